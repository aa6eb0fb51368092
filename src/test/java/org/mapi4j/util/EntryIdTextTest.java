package org.mapi4j.util;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.MAPI_UNICODE;
import static org.mapi4j.util.MapiUtil.*;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.WrappedStoreEntryID;

@DisplayName("Entry identifiers: EID-014, UTIL-034, UTIL-036, UTIL-037, UTIL-068, UTIL-069")
class EntryIdTextTest {
  private static final Bytes KEY = Bytes.fromHex("A1A2A3A4");
  private static final Bytes MESSAGE = Bytes.fromHex("00000000112233445566778899AABBCCDDEEFF00");

  @Test
  void hexFromBin_everyByte_isTwoUpperCaseDigits() {
    assertEquals("0AFF00", hexFromBin(Bytes.of(10, 255, 0)));
    assertEquals("", hexFromBin(Bytes.EMPTY));
  }

  @Test
  void fBinFromHex_eitherCase_writesBytes() {
    byte[] out = new byte[3];
    assertTrue(fBinFromHex("0aFf10", out));
    assertArrayEquals(new byte[] {10, -1, 16}, out);
  }

  @Test
  void fBinFromHex_otherText_isFalseAndWritesNothing() {
    byte[] out = new byte[4];
    for (String text : new String[] {"0G", "0A0", "0x10", " 0A", "٠٠", null}) {
      assertFalse(fBinFromHex(text, out), text);
    }
    assertArrayEquals(new byte[4], out);
  }

  @Test
  void scBinFromHexBounded_longerThanTheBound_failsAndWritesNothing() {
    byte[] out = new byte[4];
    assertEquals(MAPI_E_CALL_FAILED, scBinFromHexBounded("01020304", out, 3));
    assertArrayEquals(new byte[4], out);
    assertEquals(S_OK, scBinFromHexBounded("010203", out, 3));
    assertArrayEquals(new byte[] {1, 2, 3, 0}, out);
    assertEquals(MAPI_E_CALL_FAILED, scBinFromHexBounded("zz", out, 4));
  }

  @Test
  void hrEntryIDFromSz_ofEncoded_restoresTheBytes() {
    String text = hrSzFromEntryID(MESSAGE).value();
    assertTrue(text.chars().allMatch(c -> c > 32 && c < 127));
    assertEquals(MapiResult.ok(MESSAGE), hrEntryIDFromSz(text));
  }

  @Test
  void hrEntryIDFromSz_malformed_returnsInvalidEntryId() {
    assertEquals(MAPI_E_INVALID_ENTRYID, hrEntryIDFromSz("no identifier").hr());
    assertEquals(MAPI_E_INVALID_ENTRYID, hrEntryIDFromSz("123").hr());
    assertEquals(MAPI_E_INVALID_ENTRYID, hrEntryIDFromSz("").hr());
    assertEquals(MAPI_E_INVALID_PARAMETER, hrEntryIDFromSz(null).hr());
  }

  @Test
  void hrDecomposeEID_ofComposed_returnsBothParts() {
    Bytes eid = hrComposeEID(null, KEY, MESSAGE).value();
    assertNotEquals(MESSAGE, eid);
    assertEquals(MapiResult.ok(new CompoundEID(KEY, MESSAGE)), hrDecomposeEID(null, eid));
  }

  @Test
  void hrComposeEID_layout_isThatOfTheFormatPage() {
    assertEquals(
        "00000000"
            + "601A3F5B0E9C574D8E1B6D4A9F2C7E31"
            + "01000000"
            + "04000000"
            + "A1A2A3A4"
            + MESSAGE.toHex(),
        hrComposeEID(null, KEY, MESSAGE).value().toHex());
  }

  @Test
  void hrComposeEID_withoutStoreKey_copiesTheObjectsIdentifier() {
    assertEquals(MapiResult.ok(MESSAGE), hrComposeEID(null, null, MESSAGE));
    assertEquals(MapiResult.ok(MESSAGE), hrComposeEID(null, Bytes.EMPTY, MESSAGE));
    assertEquals(MapiResult.ok(new CompoundEID(null, MESSAGE)), hrDecomposeEID(null, MESSAGE));
  }

  @Test
  void hrDecomposeEID_ofCutIdentifier_returnsInvalidEntryId() {
    Bytes eid = hrComposeEID(null, KEY, MESSAGE).value();
    for (int size = 24; size <= 32; size++) {
      assertEquals(MAPI_E_INVALID_ENTRYID, hrDecomposeEID(null, eid.slice(0, size)).hr());
    }
  }

  @Test
  void hrDecomposeMsgID_ofComposed_equalsTheStepsOneByOne() {
    String id = hrComposeMsgID(null, KEY, MESSAGE).value();
    assertEquals(hrSzFromEntryID(hrComposeEID(null, KEY, MESSAGE).value()).value(), id);
    assertEquals(MapiResult.ok(new CompoundEID(KEY, MESSAGE)), hrDecomposeMsgID(null, id));
    assertEquals(hrSzFromEntryID(MESSAGE), hrComposeMsgID(null, null, MESSAGE));
    assertEquals(MAPI_E_INVALID_ENTRYID, hrDecomposeMsgID(null, "?").hr());
  }

  @Test
  void wrapStoreEntryID_joinsNameAndIdentifier_andIsTakenApart() {
    Bytes wrapped = wrapStoreEntryID(0, "mapi4j.dll", MESSAGE).value();
    assertEquals(
        "00000000"
            + "38A1BB1005E5101AA1BB08002B2A56C2"
            + "0000"
            + "6D617069346A2E646C6C"
            + "00000000"
            + MESSAGE.toHex(),
        wrapped.toHex());
    WrappedStoreEntryID parts = WrappedStoreEntryID.parse(wrapped).orElseThrow();
    assertEquals(new WrappedStoreEntryID("mapi4j.dll", MESSAGE), parts);
    assertEquals(MapiResult.ok(wrapped), wrapStoreEntryID(MAPI_UNICODE, "mapi4j.dll", MESSAGE));
    assertTrue(WrappedStoreEntryID.parse(MESSAGE).isEmpty());
  }

  @Test
  void wrapStoreEntryID_badArguments_areRefused() {
    assertEquals(MAPI_E_UNKNOWN_FLAGS, wrapStoreEntryID(1, "a.dll", MESSAGE).hr());
    assertEquals(MAPI_E_INVALID_PARAMETER, wrapStoreEntryID(0, null, MESSAGE).hr());
    assertEquals(MAPI_E_INVALID_PARAMETER, wrapStoreEntryID(0, "a.dll", Bytes.EMPTY).hr());
    assertEquals(MAPI_E_BAD_CHARWIDTH, wrapStoreEntryID(0, "ü.dll", MESSAGE).hr());
  }
}
