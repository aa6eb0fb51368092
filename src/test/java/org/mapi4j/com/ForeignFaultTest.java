package org.mapi4j.com;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.PR_ENTRYID;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapi4j.Mapi4j;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** Foreign objects that break the rules of COM: Java stays whole, and releases them once. */
class ForeignFaultTest {
  private static final int ADD_REF = 1;
  private static final int RELEASE = 2;
  private static final int PROGRESS = 3;
  private static final int COPY_MESSAGES = 20;

  /** A slot written by hand. */
  @FunctionalInterface
  interface Function {
    long call(long[] words);
  }

  private final List<Long> allocated = new ArrayList<>();
  private int addRefs;
  private int releases;
  private Bridge bridge;

  static Stream<Bridge> bridges() {
    return BackEnds.stream().map(Bridge::new);
  }

  @AfterEach
  void free() {
    allocated.forEach(block -> bridge.memory().free(block));
  }

  private long allocate(long bytes) {
    long block = bridge.memory().allocate(bytes);
    allocated.add(block);
    return block;
  }

  /** An object whose Release counts, and answers nonsense, and whose one slot is given. */
  private long raw(Bridge on, int slot, int words, Function function) {
    bridge = on;
    long ok =
        bridge
            .thunks()
            .function(
                MethodHandles.dropArguments(MethodHandles.constant(long.class, 0L), 0, long.class));
    long head = allocate(8);
    long table = allocate(64 * 8L);
    bridge.memory().putLong(head, table);
    for (int other = 0; other < 64; other++) {
      bridge.memory().putLong(table + 8L * other, ok);
    }
    put(table, ADD_REF, 1, all -> ++addRefs);
    put(
        table,
        RELEASE,
        1,
        all -> {
          releases++;
          return 0xDEAD_BEEFL;
        });
    put(table, slot, words, function);
    return head;
  }

  private IMAPIProp object(Bridge on, int slot, int words, Function function) {
    long head = raw(on, slot, words, function);
    return (IMAPIProp) bridge.foreigners().adopt(head, IMAPIProp.class, bridge.logon(bridge.own()));
  }

  private void put(long table, int slot, int words, Function function) {
    try {
      MethodHandle call =
          MethodHandles.lookup()
              .findVirtual(Function.class, "call", MethodType.methodType(long.class, long[].class))
              .bindTo(function)
              .asCollector(long[].class, words);
      bridge.memory().putLong(table + 8L * slot, bridge.thunks().function(call));
    } catch (ReflectiveOperationException renamed) {
      throw new LinkageError(renamed.getMessage(), renamed);
    }
  }

  @ParameterizedTest
  @MethodSource("bridges")
  void outputs_thatCannotBe_areACallThatFailed(Bridge on) {
    IMAPIProp counted =
        object(
            on,
            5,
            5,
            words -> {
              bridge.memory().putInt(words[3], 5);
              return S_OK;
            });
    assertEquals(MAPI_E_CALL_FAILED, counted.getProps(null, 0).hr());
    assertTrue(
        counted.getLastError(MAPI_E_CALL_FAILED, 0).value().lpszError().contains("GetProps"));
    counted.close();
    counted.close();
    assertEquals(1, releases);
    assertEquals(List.of(), bridge.foreigners().leaks());
  }

  @ParameterizedTest
  @MethodSource("bridges")
  void outputs_ofAFailure_areNotTouched(Bridge on) {
    IMAPIProp dirty =
        object(
            on,
            7,
            6,
            words -> {
              bridge.memory().putLong(words[5], 0x10);
              return MAPI_E_NO_ACCESS & 0xFFFF_FFFFL;
            });
    assertEquals(MAPI_E_NO_ACCESS, dirty.openProperty(1, MapiGuid.IID_IStream, 0, 0).hr());
    dirty.close();
    assertEquals(1, releases);
  }

  @ParameterizedTest
  @MethodSource("bridges")
  void queryInterface_thatSucceedsWithNull_isARefusal(Bridge on) {
    IMAPIProp empty =
        object(
            on,
            0,
            3,
            words -> {
              bridge.memory().putLong(words[2], 0);
              return S_OK;
            });
    assertEquals(MAPI_E_INTERFACE_NOT_SUPPORTED, empty.queryInterface(MapiGuid.IID_IMessage).hr());
    empty.close();
    assertEquals(1, releases);
  }

  @ParameterizedTest
  @MethodSource("bridges")
  void close_whileACallIsUnderWay_releasesAfterIt(Bridge on) {
    IMAPIProp[] self = new IMAPIProp[1];
    self[0] =
        object(
            on,
            8,
            4,
            words -> {
              self[0].close();
              return 1000L + releases;
            });
    assertEquals(1000, self[0].setProps(List.of(SPropValue.of(0x66000003, 1))).hr());
    assertEquals(1, releases);
    assertEquals(MAPI_E_INVALID_OBJECT, self[0].setProps(List.of()).hr());
    assertEquals(1, releases);
    assertEquals(0, bridge.own().live());
  }

  @ParameterizedTest
  @MethodSource("bridges")
  void aForeignArgument_isCalledAndReleasedWithTheCall(Bridge on) {
    List<Integer> seen = new ArrayList<>();
    long progress =
        raw(
            on,
            PROGRESS,
            4,
            words -> {
              seen.add((int) words[2]);
              return S_OK;
            });
    Logon logon = on.logon(on.own());
    IMsgStore store = Mapi4j.memory(StoreOptions.DEFAULT).store();
    IMAPIFolder root =
        (IMAPIFolder) store.openEntry(IMsgStore.ROOT_FOLDER, null, MAPI_MODIFY).value().lppUnk();
    IMAPIFolder made = root.createFolder(FOLDER_GENERIC, "made", null, null, MAPI_UNICODE).value();
    IMessage message = root.createMessage(null, 0).value();
    assertEquals(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
    Bytes id = message.getProps(SPropTagArray.tags(PR_ENTRYID), 0).value().get(0).asBytes();
    long from = on.objects().give(root, IMAPIFolder.class, logon);
    long to = on.objects().give(made, IMAPIFolder.class, logon);
    long list = on.temporary().encoder().entryList(new ENTRYLIST(List.of(id)));
    assertEquals(
        S_OK, (int) on.call(COPY_MESSAGES, from, list, 0, to, 0, progress, MESSAGE_DIALOG));
    assertTrue(seen.size() > 0, "Progress was called");
    assertEquals(addRefs, releases);
    assertEquals(List.of(), on.foreigners().leaks());
    on.own().freeBuffer(list);
    on.release(from);
    on.release(to);
    store.close();
  }
}
