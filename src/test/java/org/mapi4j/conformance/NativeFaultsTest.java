package org.mapi4j.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.conformance.NativeClient.slot;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IStream;
import org.mapi4j.cli.NativeSubjects;
import org.mapi4j.com.NativeCalls;
import org.mapi4j.conformance.FaultyNativeSide.Fault;
import org.mapi4j.conformance.RowResult.Outcome;

/** The checks of native callers can fail: each fault breaks the rows that speak of it. */
class NativeFaultsTest {
  private static final int QUERY = 0;
  private static final int ADD_REF = 1;
  private static final int GET_LAST_ERROR = slot(IMAPIProp.class, "GetLastError");
  private static final int GET_PROPS = slot(IMAPIProp.class, "GetProps");
  private static final int SET_PROPS = slot(IMAPIProp.class, "SetProps");
  private static final int OPEN_ENTRY = slot(IMsgStore.class, "OpenEntry");
  private static final int QUERY_ROWS = slot(IMAPITable.class, "QueryRows");
  private static final int ON_NOTIFY = slot(IMAPIAdviseSink.class, "OnNotify");
  private static final int STAT = slot(IStream.class, "Stat");

  private final List<DynamicTest> tests = new ArrayList<>();

  private static byte[] word(long word) {
    return NativeClient.word(word);
  }

  private static long pointer(NativeSide side, long address) {
    return ByteBuffer.wrap(side.read(address, 8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private void fault(String name, Fault fault, String... rows) {
    fault(name, fault, Map.of(), rows);
  }

  private void export(String export, int words, NativeCalls.Function instead, String... rows) {
    fault(
        export + " replaced",
        FaultyNativeSide.NONE,
        Map.of(export, NativeCalls.function(words, instead)),
        rows);
  }

  private void fault(String name, Fault fault, Map<String, Long> exports, String... rows) {
    tests.add(
        DynamicTest.dynamicTest(
            name,
            () -> {
              Set<String> failed =
                  NativeSubjects.memory(subject -> failed(subject, fault, exports, Set.of(rows)));
              assertTrue(
                  failed.containsAll(Set.of(rows)), () -> name + ": only these failed: " + failed);
            }));
  }

  /** Runs the checks of these rows alone. */
  private static Set<String> failed(
      Subject subject, Fault fault, Map<String, Long> exports, Set<String> rows) {
    List<Check> checks =
        Checks.all().stream()
            .filter(check -> check.ids().stream().anyMatch(rows::contains))
            .toList();
    Report report =
        new Runner(Catalogue.load(), checks, Set.of(2))
            .run(FaultyNativeSide.behind(subject, fault, exports));
    return report.results().stream()
        .filter(result -> result.outcome() == Outcome.FAILED)
        .filter(result -> !result.detail().equals("no check"))
        .map(result -> result.row().id())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @TestFactory
  Stream<DynamicTest> fault_ofANativeStore_failsItsRows() {
    references();
    outputs();
    codes();
    memory();
    return tests.stream();
  }

  private void references() {
    fault(
        "QueryInterface counts twice",
        (side, object, slot, words, sound) -> {
          int hr = sound.call(words);
          if (slot == QUERY && hr == S_OK) {
            assertTrue(side.call(object, ADD_REF) > 1);
          }
          return hr;
        },
        "COM-003");
    fault(
        "QueryInterface leaves its output",
        (side, object, slot, words, sound) -> {
          int hr = sound.call(words);
          if (slot == QUERY && hr == MAPI_E_INTERFACE_NOT_SUPPORTED) {
            side.write(words[1], word(object));
          }
          return hr;
        },
        "COM-001");
    fault(
        "QueryInterface takes a NULL output",
        (side, object, slot, words, sound) ->
            slot == QUERY && words[1] == 0 ? S_OK : sound.call(words),
        "COM-002");
    AtomicInteger counted = new AtomicInteger();
    fault(
        "AddRef is lost at times",
        (side, object, slot, words, sound) ->
            slot == ADD_REF && counted.incrementAndGet() % 1000 == 0 ? 2 : sound.call(words),
        "COM-005");
    fault(
        "OpenEntry gives two references",
        (side, object, slot, words, sound) -> {
          int hr = sound.call(words);
          if (slot == OPEN_ENTRY && words.length == 6 && hr == S_OK) {
            assertTrue(side.call(pointer(side, words[5]), ADD_REF) > 1);
          }
          return hr;
        },
        "COM-006",
        "COM-005");
    Map<Long, Long> threads = new TreeMap<>();
    fault(
        "an object serves the thread that used it first",
        (side, object, slot, words, sound) -> {
          long thread = Thread.currentThread().getId();
          synchronized (threads) {
            boolean own = threads.computeIfAbsent(object, first -> thread) == thread;
            return own || slot < GET_LAST_ERROR ? sound.call(words) : MAPI_E_BUSY;
          }
        },
        "COM-013");
  }

  private void outputs() {
    fault(
        "a failing GetProps leaves a pointer",
        (side, object, slot, words, sound) -> {
          int hr = sound.call(words);
          if (slot == GET_PROPS && words.length == 4 && hr < 0 && words[3] != 0) {
            side.write(words[3], word(object));
          }
          return hr;
        },
        "COM-007");
    fault(
        "outputs come from malloc",
        (side, object, slot, words, sound) -> {
          int hr = sound.call(words);
          if (slot == GET_PROPS && words.length == 4 && hr >= 0) {
            long copy = side.allocate(NativeClient.PROP_BYTES * 8);
            side.write(copy, side.read(pointer(side, words[3]), NativeClient.PROP_BYTES));
            side.write(words[3], word(copy));
          }
          return hr;
        },
        "MEM-011",
        "MEM-007",
        "PROV-006");
    fault(
        "two rows share their properties",
        (side, object, slot, words, sound) -> {
          int hr = sound.call(words);
          if (slot == QUERY_ROWS && words.length == 3 && hr == S_OK) {
            long set = pointer(side, words[2]);
            if (side.read(set, 1)[0] > 1) {
              side.write(set + 32, side.read(set + 16, 8));
            }
          }
          return hr;
        },
        "MEM-010",
        "UTIL-006");
    fault(
        "SetProps does not copy",
        (side, object, slot, words, sound) -> {
          if (slot == SET_PROPS && words.length == 3 && words[1] != 0) {
            side.write(words[1] + NativeClient.PROP_BYTES, new byte[] {'x', 0, 'y', 0});
          }
          return sound.call(words);
        },
        "MEM-008");
    fault(
        "Stat changes the size",
        (side, object, slot, words, sound) -> {
          int hr = sound.call(words);
          if (slot == STAT && words.length == 2 && hr == S_OK) {
            side.write(words[0] + 16, word(3));
          }
          return hr;
        },
        "MEM-012");
    fault(
        "MAPIERROR has another version",
        (side, object, slot, words, sound) -> {
          int hr = sound.call(words);
          if (slot == GET_LAST_ERROR && words.length == 3 && hr == S_OK) {
            long error = pointer(side, words[2]);
            if (error != 0) {
              side.write(error, new byte[] {1});
            }
          }
          return hr;
        },
        "COM-016");
  }

  private void codes() {
    fault(
        "warnings are hidden",
        (side, object, slot, words, sound) -> {
          int hr = sound.call(words);
          return hr == MAPI_W_ERRORS_RETURNED ? S_OK : hr;
        },
        "COM-008");
    fault(
        "unknown flags are ignored",
        (side, object, slot, words, sound) -> {
          int hr = sound.call(words);
          return hr == MAPI_E_UNKNOWN_FLAGS ? S_OK : hr;
        },
        "COM-009");
    fault(
        "strings are wide whatever the flags say",
        (side, object, slot, words, sound) -> {
          if (slot == GET_PROPS && words.length == 4 && words[1] == 0) {
            words[1] = MAPI_UNICODE;
          }
          return sound.call(words);
        },
        "COM-010");
    long[] last = new long[1];
    fault(
        "errors belong to nobody",
        (side, object, slot, words, sound) -> {
          if (slot == GET_LAST_ERROR && words.length == 3 && last[0] != 0) {
            return side.call(last[0], GET_LAST_ERROR, words);
          }
          int hr = sound.call(words);
          last[0] = slot > GET_LAST_ERROR && hr == MAPI_E_UNKNOWN_FLAGS ? object : 0;
          return hr;
        },
        "COM-014");
    fault(
        "sinks answer S_OK",
        (side, object, slot, words, sound) -> {
          int answer = sound.call(words);
          return slot == ON_NOTIFY && words.length == 2 ? S_OK : answer;
        },
        "COM-011");
    fault(
        "dead objects answer S_OK",
        (side, object, slot, words, sound) -> {
          int hr = sound.call(words);
          return hr == MAPI_E_INVALID_OBJECT ? S_OK : hr;
        },
        "COM-017");
  }

  private void memory() {
    // Not at its start: the allocator looks at what lies in front of a block.
    long block = NativeCalls.allocate(1 << 20) + 1024;
    NativeCalls.Function same =
        words -> {
          NativeCalls.write(words[words.length - 1], word(block));
          return S_OK;
        };
    export("MAPIAllocateBuffer", 2, same, "UTIL-001", "MEM-001");
    export("MAPIAllocateMore", 3, same, "UTIL-002", "MEM-002");
    export("MAPIFreeBuffer", 1, words -> S_OK, "UTIL-003", "MEM-004");
    export("UlAddRef", 1, words -> 2, "UTIL-064");
    export(
        "PropCopyMore",
        4,
        words -> {
          NativeCalls.write(words[0], NativeCalls.read(words[1], NativeClient.PROP_BYTES));
          return S_OK;
        },
        "UTIL-023");
    export(
        "HrThisThreadAdviseSink",
        2,
        words -> {
          NativeCalls.call(words[0], ADD_REF);
          NativeCalls.write(words[1], word(words[0]));
          return S_OK;
        },
        "COM-012");
    export("MAPIGetDefaultMalloc", 1, words -> 0, "UTIL-071");
  }
}
