package org.mapi4j.util;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.util.MapiUtil.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Currency;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.String8;

@DisplayName(
    "ScCountProps, ScCopyProps, ScRelocProps, ScDupPropset: UTIL-018 to UTIL-021, UTIL-050")
class PropBlockTest {
  private static final long BASE = 0x7FFF_0000_1000L;

  private static int tag(int id, int type) {
    return PropTag.of(id, type);
  }

  private static List<SPropValue> everyType() {
    List<SPropValue> props = new ArrayList<>();
    Guid guid = Guid.parse("00020307-0000-0000-C000-000000000046");
    props.add(SPropValue.of(tag(0x6801, PT_I2), (short) -2));
    props.add(SPropValue.of(tag(0x6802, PT_LONG), 0x80000001));
    props.add(SPropValue.of(tag(0x6803, PT_R4), 1.5f));
    props.add(SPropValue.of(tag(0x6804, PT_DOUBLE), -2.25));
    props.add(SPropValue.of(tag(0x6805, PT_CURRENCY), new Currency(12345)));
    props.add(SPropValue.of(tag(0x6806, PT_APPTIME), 40000.5));
    props.add(SPropValue.of(tag(0x6807, PT_BOOLEAN), true));
    props.add(SPropValue.of(tag(0x6808, PT_I8), Long.MIN_VALUE));
    props.add(SPropValue.of(tag(0x6809, PT_STRING8), "narrow"));
    props.add(SPropValue.of(tag(0x680A, PT_UNICODE), "wide ü€😀"));
    props.add(SPropValue.of(tag(0x680B, PT_SYSTIME), new FILETIME(132_000_000_000_000_001L)));
    props.add(SPropValue.of(tag(0x680C, PT_CLSID), guid));
    props.add(SPropValue.of(tag(0x680D, PT_BINARY), Bytes.of(1, 2, 3)));
    props.add(SPropValue.of(tag(0x680E, PT_BINARY), Bytes.EMPTY));
    props.add(SPropValue.of(tag(0x680F, PT_ERROR), MAPI_E_NOT_FOUND));
    props.add(SPropValue.of(tag(0x6811, MV_FLAG | PT_I2), List.of(1, 2, 3)));
    props.add(SPropValue.of(tag(0x6812, MV_FLAG | PT_LONG), List.of(7)));
    props.add(SPropValue.of(tag(0x6813, MV_FLAG | PT_STRING8), List.of("a", "", "ccc")));
    props.add(SPropValue.of(tag(0x6814, MV_FLAG | PT_UNICODE), List.of("ä", "bb")));
    props.add(SPropValue.of(tag(0x6815, MV_FLAG | PT_BINARY), List.of(Bytes.of(9), Bytes.EMPTY)));
    props.add(SPropValue.of(tag(0x6816, MV_FLAG | PT_CLSID), List.of(guid, guid)));
    props.add(SPropValue.of(tag(0x6817, MV_FLAG | PT_I8), List.of(1L, -1L)));
    return props;
  }

  @Test
  void scCountProps_inlineValues_are24BytesEach() {
    List<SPropValue> props = List.of(SPropValue.of(PR_IMPORTANCE, 1));
    assertEquals(MapiResult.ok(24), scCountProps(props));
  }

  @Test
  void scCountProps_strings_countTheirNulAndAlignment() {
    List<SPropValue> props = List.of(SPropValue.of(PR_SUBJECT_W, "abc"));
    assertEquals(MapiResult.ok(24 + 8), scCountProps(props));
    List<SPropValue> empty = List.of(SPropValue.of(PR_BODY_A, new String8(Bytes.EMPTY)));
    assertEquals(MapiResult.ok(24 + 1), scCountProps(empty));
  }

  @Test
  void scCountProps_reservedIdentifierOrEmptyMultivalue_returnsInvalidParameter() {
    int none = tag(PROP_ID_NULL, PT_LONG);
    int invalid = tag(PROP_ID_INVALID, PT_LONG);
    int multi = tag(0x6801, MV_FLAG | PT_LONG);
    assertEquals(MAPI_E_INVALID_PARAMETER, scCountProps(List.of(SPropValue.of(none, 1))).hr());
    assertEquals(MAPI_E_INVALID_PARAMETER, scCountProps(List.of(SPropValue.of(invalid, 1))).hr());
    assertEquals(
        MAPI_E_INVALID_PARAMETER, scCountProps(List.of(SPropValue.of(multi, List.of()))).hr());
    assertEquals(MAPI_E_INVALID_PARAMETER, scDupPropset(List.of(SPropValue.of(none, 1))).hr());
  }

  @Test
  void scCopyProps_everyType_keepsOrderValuesAndCountedSize() {
    MapiResult<PropBlock> block = scCopyProps(everyType(), BASE);
    assertEquals(S_OK, block.hr());
    assertEquals(scCountProps(everyType()).value(), block.value().size());
    assertEquals(MapiResult.ok(everyType()), block.value().props());
  }

  @Test
  void scCopyProps_unicodeString_liesAsOnX64() {
    PropBlock block = scCopyProps(List.of(SPropValue.of(PR_SUBJECT_W, "A")), 0x1000).value();
    assertEquals(
        "1F003700" + "00000000" + "1810000000000000" + "0000000000000000" + "41000000",
        block.memory().toHex());
  }

  @Test
  void scCopyProps_unknownType_returnsInvalidParameter() {
    SPropValue odd = SPropValue.of(tag(0x6801, 0x77), 1L);
    assertEquals(MAPI_E_INVALID_PARAMETER, scCopyProps(List.of(odd), BASE).hr());
    assertEquals(MAPI_E_NO_SUPPORT, propCopyMore(odd).hr());
  }

  @Test
  void scRelocProps_toZeroThroughDiskAndBack_givesUsablePointers() {
    PropBlock block = scCopyProps(everyType(), BASE).value();
    PropBlock onDisk = scRelocProps(block, BASE, 0).value();
    assertEquals(block.size(), onDisk.size());
    PropBlock read = PropBlock.of(onDisk.memory(), onDisk.cprop(), 0);
    PropBlock back = scRelocProps(read, 0, BASE).value();
    assertEquals(block.memory(), back.memory());
    assertEquals(MapiResult.ok(everyType()), back.props());
  }

  @Test
  void scRelocProps_unknownTypeOrForeignBase_returnsInvalidParameter() {
    PropBlock block = scCopyProps(everyType(), BASE).value();
    assertEquals(MAPI_E_INVALID_PARAMETER, scRelocProps(block, BASE + 1_000_000, 0).hr());
    byte[] odd = block.memory().toArray();
    odd[0] = 0x77;
    PropBlock bad = PropBlock.of(Bytes.wrap(odd), block.cprop(), BASE);
    assertEquals(MAPI_E_INVALID_PARAMETER, scRelocProps(bad, BASE, 0).hr());
    assertEquals(MAPI_E_INVALID_PARAMETER, scRelocProps(null, BASE, 0).hr());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void props_ofBlockWithFlippedBits_neverReadsOutside(long seed) {
    Random chance = new Random(seed);
    PropBlock block = scCopyProps(everyType(), BASE).value();
    for (int i = 0; i < 20_000; i++) {
      byte[] memory = block.memory().toArray();
      for (int flips = chance.nextInt(4); flips >= 0; flips--) {
        memory[chance.nextInt(memory.length)] ^= (byte) (1 << chance.nextInt(8));
      }
      PropBlock damaged = PropBlock.of(Bytes.wrap(memory), block.cprop(), BASE);
      int hr = damaged.props().hr();
      assertTrue(hr == S_OK || hr == MAPI_E_INVALID_PARAMETER);
      int moved = scRelocProps(damaged, BASE, 0).hr();
      assertTrue(moved == S_OK || moved == MAPI_E_INVALID_PARAMETER);
    }
  }

  @Test
  @DisplayName("UTIL-040: a bad property in memory")
  void fBadProp_inMemory_seesWhatAValueCannotHold() {
    List<SPropValue> props =
        List.of(
            SPropValue.of(PR_HASATTACH, true),
            SPropValue.of(tag(0x680D, PT_BINARY), Bytes.of(1, 2, 3)));
    PropBlock good = scCopyProps(props, BASE).value();
    assertFalse(fBadProp(good, 0));
    assertFalse(fBadProp(good, 1));
    byte[] memory = good.memory().toArray();
    memory[8] = 7;
    for (int i = 24 + 16; i < 48; i++) {
      memory[i] = 0;
    }
    PropBlock bad = PropBlock.of(Bytes.wrap(memory), 2, BASE);
    assertTrue(fBadProp(bad, 0), "Boolean of 7");
    assertTrue(fBadProp(bad, 1), "NULL pointer with a size of 3");
    assertTrue(fBadProp(bad, 2), "beyond the array");
  }

  @Test
  @DisplayName("UTIL-049: what is copied needs no allocator")
  void propCopyMore_anyKnownType_sharesTheImmutableValue() {
    for (SPropValue prop : everyType()) {
      assertSame(prop, propCopyMore(prop).value());
    }
  }

  @Test
  @DisplayName("UTIL-067: GetInstance")
  void getInstance_ofMultivalue_hasTheSingleTypeAndSharesTheValue() {
    String text = "a large value".repeat(100);
    SPropValue multi = SPropValue.of(tag(0x6814, MV_FLAG | PT_UNICODE), List.of("first", text));
    SPropValue single = getInstance(multi, 1);
    assertEquals(tag(0x6814, PT_UNICODE), single.ulPropTag());
    assertSame(text, single.value());
  }
}
