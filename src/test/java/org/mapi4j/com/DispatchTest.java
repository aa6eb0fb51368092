package org.mapi4j.com;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.*;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapi4j.Mapi4j;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiTags;

/** A store's vtable, called as native code does, on each back end. */
class DispatchTest {
  private static final int GET_PROPS = 5;
  private static final int OPEN_ENTRY = 17;

  static Stream<Bridge> bridges() {
    return BackEnds.stream().map(Bridge::new);
  }

  private static long export(Bridge bridge) {
    IMsgStore store = Mapi4j.memory(StoreOptions.DEFAULT).store();
    return bridge.objects().give(store, IMsgStore.class, bridge.logon(bridge.own()));
  }

  private static int query(Bridge bridge, long object, Guid iid, long ppv) {
    long riid = bridge.memory().allocate(16);
    bridge.memory().write(riid, iid.toBytes().toArray(), 0, 16);
    int hr = (int) bridge.call(0, object, riid, ppv);
    bridge.memory().free(riid);
    return hr;
  }

  @ParameterizedTest
  @MethodSource("bridges")
  void queryInterface_relatedAndUnknown_keepsIdentity(Bridge bridge) {
    long store = export(bridge);
    long ppv = bridge.memory().allocate(8);
    assertEquals(S_OK, query(bridge, store, MapiGuid.IID_IUnknown, ppv));
    assertEquals(store, bridge.memory().getLong(ppv));
    assertEquals(
        MAPI_E_INTERFACE_NOT_SUPPORTED, query(bridge, store, MapiGuid.IID_IMAPITable, ppv));
    assertEquals(0, bridge.memory().getLong(ppv));
    assertEquals(MAPI_E_INVALID_PARAMETER, query(bridge, store, MapiGuid.IID_IUnknown, 0));
    assertEquals(3, bridge.call(1, store));
    assertEquals(2, bridge.call(2, store));
    assertEquals(1, bridge.call(2, store));
    assertEquals(1, bridge.objects().leaks().size());
    assertEquals(0, bridge.call(2, store));
    assertTrue(bridge.objects().leaks().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("bridges")
  void getProps_oneTag_writesTheArrayAndItsCount(Bridge bridge) {
    long store = export(bridge);
    NativeMemory memory = bridge.memory();
    long block = memory.allocate(32);
    memory.putInt(block, 1);
    memory.putInt(block + 4, MapiTags.PR_OBJECT_TYPE);
    long garbage = 0x7777_0000_0000_0000L;
    long before = bridge.own().live();
    assertEquals(S_OK, (int) bridge.call(GET_PROPS, store, block, garbage, block + 16, block + 24));
    assertEquals(1, memory.getInt(block + 16));
    long array = memory.getLong(block + 24);
    assertEquals(MapiTags.PR_OBJECT_TYPE, memory.getInt(array));
    assertEquals(1, memory.getInt(array + 8));
    bridge.own().freeBuffer(array);
    assertEquals(before, bridge.own().live());
    assertEquals(
        MAPI_E_INVALID_PARAMETER, (int) bridge.call(GET_PROPS, store, block, 0, 0, block + 24));
    assertEquals(0, memory.getLong(block + 24));
    assertEquals(0, bridge.call(2, store));
  }

  @ParameterizedTest
  @MethodSource("bridges")
  void release_ofTheStore_endsItsChildren(Bridge bridge) {
    long store = export(bridge);
    NativeMemory memory = bridge.memory();
    long outs = memory.allocate(16);
    assertEquals(S_OK, (int) bridge.call(OPEN_ENTRY, store, 0, 0, 0, 0, outs, outs + 8));
    long root = memory.getLong(outs + 8);
    assertNotEquals(0, root);
    assertEquals(0, bridge.call(2, store));
    assertEquals(MAPI_E_INVALID_OBJECT, (int) bridge.call(4, root, 0));
    assertEquals(0, bridge.call(2, root));
    assertEquals(MAPI_E_INVALID_OBJECT, (int) bridge.call(4, root, 0));
    assertEquals(MAPI_E_INVALID_OBJECT, (int) bridge.call(4, store, 0));
    assertTrue(bridge.objects().leaks().isEmpty());
  }
}
