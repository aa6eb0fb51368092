package org.mapi4j.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropCompareTest {
  private static int tag(int type) {
    return PropTag.of(0x6001, type);
  }

  private static void assertAscending(int type, Object... values) {
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values.length; j++) {
        int sign =
            PropCompare.compare(
                SPropValue.of(tag(type), values[i]), SPropValue.of(tag(type), values[j]));
        assertEquals(
            Integer.compare(i, j), Integer.signum(sign), values[i] + " against " + values[j]);
      }
    }
  }

  @Test
  void compare_valuesOfEveryOrderedType_followTheirOrder() {
    assertAscending(PT_I2, -3, 0, 7);
    assertAscending(PT_LONG, Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE);
    assertAscending(PT_I8, Long.MIN_VALUE, -1L, Long.MAX_VALUE);
    assertAscending(PT_R4, -1f, 0f, 2.5f, Float.NaN);
    assertAscending(PT_DOUBLE, Double.NEGATIVE_INFINITY, 0d, 1e9, Double.NaN);
    assertAscending(PT_APPTIME, -1d, 36_000.5);
    assertAscending(PT_CURRENCY, new Currency(-1), new Currency(10_000));
    assertAscending(PT_BOOLEAN, false, true);
    assertAscending(PT_SYSTIME, new FILETIME(0), new FILETIME(5), new FILETIME(-1));
    assertAscending(PT_BINARY, Bytes.EMPTY, Bytes.of(1), Bytes.of(1, 0), Bytes.of(0x80));
    assertAscending(PT_CLSID, new Guid(0, 1), new Guid(1, 0));
    assertAscending(PT_ERROR, 1, 2);
  }

  @Test
  void compare_strings_orderIgnoresCaseAndEqualityDoesNot() {
    assertAscending(PT_UNICODE, "", "Ä", "Ab", "aB", "ab", "äb", "abc", "B", "b");
    assertAscending(PT_STRING8, "Ab", "ab", "B");
  }

  @Test
  void compare_messageClasses_areEqualWhateverTheirCase() {
    SPropValue upper = SPropValue.of(PR_MESSAGE_CLASS_W, "IPM.NOTE");
    SPropValue mixed = SPropValue.of(PR_MESSAGE_CLASS_W, "IPM.Note");
    assertEquals(0, PropCompare.compare(upper, mixed));
    assertTrue(PropCompare.relop(RELOP_EQ, upper, mixed));
    assertFalse(PropCompare.relop(RELOP_LT, upper, mixed));
  }

  @Test
  void compare_zeroes_areEqual() {
    assertEquals(
        0,
        PropCompare.compare(SPropValue.of(tag(PT_DOUBLE), 0d), SPropValue.of(tag(PT_DOUBLE), -0d)));
  }

  @Test
  void compare_tuples_firstDifferenceDecidesAndMissingIsLess() {
    assertAscending(PT_MV_LONG, List.of(), List.of(1), List.of(1, 2), List.of(1, 3), List.of(2));
  }

  @Test
  void relop_differentTypes_isFalseForEveryOperator() {
    SPropValue number = SPropValue.of(tag(PT_LONG), 1);
    SPropValue text = SPropValue.of(tag(PT_UNICODE), "1");
    for (int relop = RELOP_LT; relop <= RELOP_RE; relop++) {
      assertFalse(PropCompare.relop(relop, number, text));
    }
    assertNotEquals(0, PropCompare.compare(number, text));
  }

  @Test
  void relop_operands_standLeftAndRight() {
    SPropValue one = SPropValue.of(tag(PT_LONG), 1);
    SPropValue two = SPropValue.of(tag(PT_LONG), 2);
    assertTrue(PropCompare.relop(RELOP_LT, one, two));
    assertTrue(PropCompare.relop(RELOP_LE, one, one));
    assertTrue(PropCompare.relop(RELOP_GT, two, one));
    assertTrue(PropCompare.relop(RELOP_GE, two, two));
    assertTrue(PropCompare.relop(RELOP_NE, one, two));
    assertFalse(PropCompare.relop(RELOP_EQ, one, two));
    assertFalse(PropCompare.relop(RELOP_RE, one, one));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 20_261})
  void compare_randomTexts_isATotalOrder(long seed) {
    Random random = new Random(seed);
    SPropValue[] values = new SPropValue[200];
    for (int i = 0; i < values.length; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(4); n > 0; n--) {
        text.append("aAbBäÄß\uD83D\uDE00ıİ".charAt(random.nextInt(11)));
      }
      values[i] = SPropValue.of(tag(PT_UNICODE), text.toString());
    }
    Arrays.sort(values, PropCompare::compare);
    for (int i = 0; i < values.length; i++) {
      for (int j = i; j < values.length; j++) {
        int sign = PropCompare.compare(values[i], values[j]);
        assertTrue(sign <= 0, values[i] + " before " + values[j]);
        assertEquals(values[i].equals(values[j]), sign == 0);
      }
    }
    Collections.reverse(Arrays.asList(values));
    assertTrue(PropCompare.compare(values[0], values[199]) >= 0);
  }
}
