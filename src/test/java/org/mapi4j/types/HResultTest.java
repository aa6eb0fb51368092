package org.mapi4j.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HResultTest {
  @Test
  void toString_knownCode_givesNameAndNumber() {
    assertEquals(
        "MAPI_E_OBJECT_CHANGED (0x80040109)", HResult.toString(MapiCode.MAPI_E_OBJECT_CHANGED));
  }

  @Test
  void toString_unknownCode_givesNumber() {
    assertEquals("0x8123ABCD", HResult.toString(0x8123ABCD));
  }

  @Test
  void failed_warning_isSuccess() {
    assertFalse(HResult.failed(MapiCode.MAPI_W_ERRORS_RETURNED));
    assertTrue(HResult.failed(MapiCode.MAPI_E_NOT_FOUND));
  }
}
