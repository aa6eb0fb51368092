package org.mapi4j.util;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.util.MapiUtil.*;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

@DisplayName("Values compared: UTIL-007 to UTIL-014")
class ComparisonTest {
  private static SPropValue narrow(String text) {
    return SPropValue.of(PR_SUBJECT_A, text);
  }

  private static SPropValue wide(String text) {
    return SPropValue.of(PR_SUBJECT_W, text);
  }

  private static SPropValue binary(int... bytes) {
    return SPropValue.of(PR_SEARCH_KEY, Bytes.of(bytes));
  }

  private static SPropValue number(int value) {
    return SPropValue.of(PR_IMPORTANCE, value);
  }

  @Test
  @DisplayName("UTIL-007")
  void ulPropSize_ofTheValueAlone_countsBytes() {
    assertEquals(4, ulPropSize(number(1)));
    assertEquals(2, ulPropSize(SPropValue.of(PR_HASATTACH, true)));
    assertEquals(3, ulPropSize(binary(1, 2, 3)));
    assertEquals(4, ulPropSize(narrow("abc")));
    assertEquals(8, ulPropSize(wide("abc")));
    int multi = PropTag.of(0x6801, MV_FLAG | PT_LONG);
    assertEquals(12, ulPropSize(SPropValue.of(multi, List.of(1, 2, 3))));
  }

  @Test
  @DisplayName("UTIL-008")
  void fPropContainsProp_level_decidesWhere() {
    assertTrue(fPropContainsProp(narrow("abc"), narrow("abc"), FL_FULLSTRING));
    assertFalse(fPropContainsProp(narrow("abcd"), narrow("abc"), FL_FULLSTRING));
    assertTrue(fPropContainsProp(narrow("abcd"), narrow("abc"), FL_PREFIX));
    assertFalse(fPropContainsProp(narrow("xabc"), narrow("abc"), FL_PREFIX));
    assertTrue(fPropContainsProp(narrow("xabcd"), narrow("abc"), FL_SUBSTRING));
    assertFalse(fPropContainsProp(narrow("abc"), narrow("abcd"), FL_SUBSTRING));
  }

  @Test
  @DisplayName("UTIL-009")
  void fPropContainsProp_ignoringFlags_ignoreCaseAndMarks() {
    assertFalse(fPropContainsProp(wide("ABC"), wide("abc"), FL_FULLSTRING));
    assertTrue(fPropContainsProp(wide("ABC"), wide("abc"), FL_FULLSTRING | FL_IGNORECASE));
    assertTrue(fPropContainsProp(wide("é"), wide("e"), FL_FULLSTRING | FL_IGNORENONSPACE));
    assertFalse(fPropContainsProp(wide("É"), wide("e"), FL_FULLSTRING | FL_IGNORENONSPACE));
    assertTrue(fPropContainsProp(wide("xÉx"), wide("e"), FL_SUBSTRING | FL_LOOSE));
  }

  @Test
  @DisplayName("UTIL-010")
  void fPropContainsProp_binary_ignoresTheUpperWord() {
    assertFalse(fPropContainsProp(binary('A'), binary('a'), FL_FULLSTRING | FL_IGNORECASE));
    assertTrue(fPropContainsProp(binary(1, 2, 3), binary(1, 2), FL_PREFIX | FL_LOOSE));
    assertTrue(fPropContainsProp(binary(1, 2, 3), binary(2, 3), FL_SUBSTRING));
  }

  @Test
  @DisplayName("UTIL-011")
  void fPropContainsProp_otherOrDifferentTypes_isFalse() {
    assertFalse(fPropContainsProp(narrow("a"), wide("a"), FL_FULLSTRING));
    assertFalse(fPropContainsProp(number(1), number(1), FL_FULLSTRING));
    assertTrue(fPropContainsProp(wide("a"), wide("a"), FL_FULLSTRING));
  }

  @Test
  @DisplayName("UTIL-012")
  void fPropContainsProp_invalidLowerWord_isAnExactFullMatch() {
    int both = FL_PREFIX | FL_SUBSTRING;
    assertFalse(fPropContainsProp(narrow("abc"), narrow("ab"), both));
    assertTrue(fPropContainsProp(narrow("abc"), narrow("abc"), both));
    assertFalse(fPropContainsProp(narrow("ABC"), narrow("abc"), 0x77 | FL_IGNORECASE));
  }

  @Test
  @DisplayName("UTIL-013")
  void fPropCompareProp_operators_holdInThisOrder() {
    assertTrue(fPropCompareProp(number(-1), RELOP_LT, number(1)));
    assertFalse(fPropCompareProp(number(1), RELOP_LT, number(-1)));
    assertTrue(fPropCompareProp(number(1), RELOP_LE, number(1)));
    assertTrue(fPropCompareProp(number(2), RELOP_GT, number(1)));
    assertTrue(fPropCompareProp(number(1), RELOP_GE, number(1)));
    assertTrue(fPropCompareProp(number(1), RELOP_EQ, number(1)));
    assertTrue(fPropCompareProp(number(1), RELOP_NE, number(2)));
    assertFalse(fPropCompareProp(number(1), RELOP_RE, number(1)));
    assertFalse(fPropCompareProp(number(1), RELOP_NE, wide("1")));
  }

  @Test
  @DisplayName("UTIL-014")
  void lPropCompareProp_sameTypes_givesTheSign() {
    assertTrue(lPropCompareProp(number(1), number(2)) < 0);
    assertEquals(0, lPropCompareProp(wide("a"), wide("a")));
    assertTrue(lPropCompareProp(binary(0xFF), binary(1)) > 0);
    SPropValue yes = SPropValue.of(PR_HASATTACH, true);
    SPropValue no = SPropValue.of(PR_HASATTACH, false);
    assertNotEquals(0, lPropCompareProp(yes, no));
    assertEquals(lPropCompareProp(yes, no), lPropCompareProp(yes, no));
    SPropValue notFound = SPropValue.error(PR_SUBJECT_W, MAPI_E_NOT_FOUND);
    SPropValue noAccess = SPropValue.error(PR_SUBJECT_W, MAPI_E_NO_ACCESS);
    assertNotEquals(0, lPropCompareProp(notFound, noAccess));
  }
}
