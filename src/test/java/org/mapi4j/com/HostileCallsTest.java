package org.mapi4j.com;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.*;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapi4j.api.IUnknown;
import org.mapi4j.api.Vtables;
import org.mapi4j.api.Vtables.Slot;
import org.mapi4j.com.SlotPlan.Crossing;

/** Every slot of every interface of the store, called as badly as C lets one. */
class HostileCallsTest {
  private static final int FIRST = 3;

  /** Structures that begin with their count. */
  private static final List<String> COUNTED =
      List.of(
          "LPSPropTagArray",
          "LPADRLIST",
          "LPENTRYLIST",
          "LPSRowSet",
          "LPSSortOrderSet",
          "LPNOTIFKEY",
          "LPFlagList");

  private static final int ALL_FLAGS = 0xFFFF_FFFF;

  @TempDir Path folder;

  static Stream<Bridge> bridges() {
    return BackEnds.stream().map(Bridge::new);
  }

  /** Each slot beyond IUnknown's; those that end the object last. */
  private static List<Slot> slots(Class<? extends IUnknown> type) {
    List<Slot> slots = new ArrayList<>(Vtables.of(type).subList(FIRST, Vtables.of(type).size()));
    List<Slot> ends =
        slots.stream().filter(slot -> List.of("Logoff", "Shutdown").contains(slot.name())).toList();
    slots.removeAll(ends);
    slots.addAll(ends);
    return slots;
  }

  /** Runs a case on every slot; afterwards nothing is left that was not there before. */
  private void onEverySlot(Bridge bridge, StoreObjects objects, BiConsumer<Slot, Long> test) {
    long before = bridge.own().live();
    for (Map.Entry<Class<? extends IUnknown>, Long> one : objects.pointers().entrySet()) {
      for (Slot slot : slots(one.getKey())) {
        test.accept(slot, one.getValue());
      }
    }
    assertEquals(before, bridge.own().live(), "blocks were not freed");
  }

  @ParameterizedTest
  @MethodSource("bridges")
  void nullForEveryPointerInTurn_isAnswered(Bridge bridge) {
    try (StoreObjects objects = new StoreObjects(bridge, folder.resolve(bridge.thunks().name()))) {
      onEverySlot(
          bridge,
          objects,
          (slot, self) -> {
            RawCall whole = new RawCall(bridge, slot, self, objects);
            int usual = whole.run();
            for (Crossing c : whole.pointers()) {
              int hr = new RawCall(bridge, slot, self, objects).with(c, 0).run();
              boolean must = (c.out() || c.inOut()) && !c.optional();
              if (must && usual != MAPI_E_INVALID_OBJECT) {
                assertEquals(
                    MAPI_E_INVALID_PARAMETER, hr, whole + " without " + c.parameter().name());
              }
            }
          });
    }
    assertEquals(List.of(), bridge.objects().leaks());
    assertEquals(List.of(), bridge.foreigners().leaks());
  }

  @ParameterizedTest
  @MethodSource("bridges")
  void countsThatCannotBe_areRefused(Bridge bridge) {
    try (StoreObjects objects = new StoreObjects(bridge, folder.resolve(bridge.thunks().name()))) {
      onEverySlot(
          bridge,
          objects,
          (slot, self) -> {
            RawCall whole = new RawCall(bridge, slot, self, objects);
            int usual = whole.run();
            for (Crossing count : whole.counts()) {
              int none = new RawCall(bridge, slot, self, objects).with(count, 0).run();
              assertTrue(none != MAPI_E_CALL_FAILED, whole + " with a count of 0");
              for (long many : new long[] {1L << 31, 0xFFFF_FFFFL}) {
                int hr = new RawCall(bridge, slot, self, objects).with(count, many).run();
                assertTrue(
                    hr < 0 || usual == MAPI_E_INVALID_OBJECT, whole + " with a count of " + many);
              }
            }
            for (Crossing c : whole.pointers()) {
              if (c.in() && COUNTED.contains(c.type())) {
                for (int many : new int[] {1 << 31, 0xFFFF_FFFF}) {
                  int hr = new RawCall(bridge, slot, self, objects).holding(c, many).run();
                  assertTrue(hr != MAPI_E_CALL_FAILED, whole + " holding " + many);
                }
              }
            }
          });
    }
    assertEquals(List.of(), bridge.objects().leaks());
  }

  @ParameterizedTest
  @MethodSource("bridges")
  void aCountWithoutItsArray_isAnInvalidParameter(Bridge bridge) {
    try (StoreObjects objects = new StoreObjects(bridge, folder.resolve(bridge.thunks().name()))) {
      onEverySlot(
          bridge,
          objects,
          (slot, self) -> {
            RawCall whole = new RawCall(bridge, slot, self, objects);
            int usual = whole.run();
            for (Crossing c : whole.pointers()) {
              if (c.in() && c.countWord() > 0 && usual != MAPI_E_NO_SUPPORT) {
                assertEquals(
                    MAPI_E_INVALID_PARAMETER,
                    new RawCall(bridge, slot, self, objects).with(c, 0).run(),
                    whole + " without " + c.parameter().name());
              }
            }
          });
    }
  }

  /** IStream::Commit alone takes any: its flags are hints to a storage. */
  @ParameterizedTest
  @MethodSource("bridges")
  void unknownFlags_areRefused(Bridge bridge) {
    List<String> taken = new ArrayList<>();
    try (StoreObjects objects = new StoreObjects(bridge, folder.resolve(bridge.thunks().name()))) {
      onEverySlot(
          bridge,
          objects,
          (slot, self) -> {
            RawCall whole = new RawCall(bridge, slot, self, objects);
            for (Crossing c : whole.flags()) {
              int hr =
                  new RawCall(bridge, slot, self, objects).with(c, ALL_FLAGS & 0xFFFF_FFFFL).run();
              if (hr >= 0 && !whole.toString().equals("IStream::Commit")) {
                taken.add(whole.toString());
              }
              assertTrue(hr != MAPI_E_CALL_FAILED, whole + " with all flags");
            }
          });
    }
    assertEquals(List.of(), taken);
  }

  @ParameterizedTest
  @MethodSource("bridges")
  void anObjectThatIsNone_isAnInvalidObjectInEverySlot(Bridge bridge) {
    NativeMemory memory = bridge.memory();
    long forged = memory.allocate(64);
    try (StoreObjects objects = new StoreObjects(bridge, folder.resolve(bridge.thunks().name()))) {
      for (Map.Entry<Class<? extends IUnknown>, Long> one : objects.pointers().entrySet()) {
        long vtable = memory.getLong(one.getValue());
        memory.putLong(forged, vtable);
        long released = released(bridge, one.getKey());
        long never = one.getValue() + 1000L * Cells.BYTES;
        for (Slot slot : slots(one.getKey())) {
          long function = memory.getLong(vtable + 8L * slot.index());
          for (long self : new long[] {forged, released, never, one.getValue() + 8, 0, -1}) {
            long[] words = new long[SlotPlan.of(slot).words()];
            words[0] = self;
            assertEquals(
                MAPI_E_INVALID_OBJECT,
                withOutputs(bridge, slot, function, words),
                slot + " of 0x%x".formatted(self));
          }
        }
        for (long self : new long[] {forged, released, never}) {
          assertEquals(0, (int) bridge.callFunction(memory.getLong(vtable + 8), self));
          assertEquals(0, (int) bridge.callFunction(memory.getLong(vtable + 16), self));
        }
        assertEquals(MAPI_E_INVALID_OBJECT, (int) bridge.call(60, released, 0));
        assertEquals(MAPI_E_INVALID_OBJECT, (int) bridge.call(60, never, 0));
      }
    }
    memory.free(forged);
  }

  /** Outputs must be there: a NULL one is refused before the object is looked for. */
  private static int withOutputs(Bridge bridge, Slot slot, long function, long[] words) {
    long room = bridge.memory().allocate(256);
    for (Crossing c : SlotPlan.of(slot).parameters()) {
      if (!c.in()) {
        words[c.word()] = room;
      }
    }
    int hr = (int) bridge.callFunction(function, words);
    bridge.memory().free(room);
    return hr;
  }

  /** A pointer whose object is gone. */
  private static long released(Bridge bridge, Class<? extends IUnknown> type) {
    IUnknown nothing =
        (IUnknown)
            Proxy.newProxyInstance(
                HostileCallsTest.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> null);
    long pointer = bridge.objects().give(nothing, type, bridge.logon(bridge.own()));
    bridge.release(pointer);
    return pointer;
  }
}
