package org.mapi4j.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mapi4j.types.MapiDefs.*;

import java.util.List;
import org.junit.jupiter.api.Test;

class PropSizeTest {
  private static int size(int type, Object value) {
    return PropSize.of(SPropValue.of(PropTag.of(0x6001, type), value));
  }

  @Test
  void of_fixedTypes_isTheUnionMember() {
    assertEquals(2, size(PT_I2, 1));
    assertEquals(2, size(PT_BOOLEAN, true));
    assertEquals(4, size(PT_LONG, 1));
    assertEquals(4, size(PT_R4, 1f));
    assertEquals(8, size(PT_DOUBLE, 1d));
    assertEquals(8, size(PT_CURRENCY, new Currency(1)));
    assertEquals(8, size(PT_SYSTIME, new FILETIME(1)));
    assertEquals(8, size(PT_I8, 1L));
    assertEquals(16, size(PT_CLSID, new Guid(1, 2)));
    assertEquals(4, size(PT_ERROR, 1));
    assertEquals(0, PropSize.of(SPropValue.none()));
  }

  @Test
  void of_stringsAndBinaries_countsTheTerminatorOfStringsOnly() {
    assertEquals(4, size(PT_STRING8, "abc"));
    assertEquals(8, size(PT_UNICODE, "abc"));
    assertEquals(3, size(PT_BINARY, Bytes.of(1, 2, 3)));
    assertEquals(0, size(PT_BINARY, Bytes.EMPTY));
  }

  @Test
  void of_multivalues_isTheSumOfTheElements() {
    assertEquals(12, size(PT_MV_LONG, List.of(1, 2, 3)));
    assertEquals(6, size(PT_MV_STRING8, List.of("ab", "cd")));
    assertEquals(0, size(PT_MV_UNICODE, List.of()));
  }
}
