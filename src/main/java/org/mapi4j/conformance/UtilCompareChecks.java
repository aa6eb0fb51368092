package org.mapi4j.conformance;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import org.mapi4j.types.Bytes;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.String8;
import org.mapi4j.util.MapiUtil;

/** FPropContainsProp, FPropCompareProp, LPropCompareProp. */
final class UtilCompareChecks {
  private static final int BOOLEAN = PropTag.of(0x6804, PT_BOOLEAN);
  private static final int INVALID_LEVEL = 0x0008;

  private UtilCompareChecks() {}

  static void register(Checks checks) {
    levels(checks);
    loose(checks);
    types(checks);
    relations(checks);
    order(checks);
  }

  private static SPropValue text(String value) {
    return SPropValue.of(PR_SUBJECT_A, value);
  }

  private static SPropValue binary(int... bytes) {
    return SPropValue.of(PR_HTML, Bytes.of(bytes));
  }

  private static void assertContains(
      Context c, boolean expected, SPropValue value, SPropValue sought, int level) {
    c.assertEqual(
        expected,
        MapiUtil.fPropContainsProp(value, sought, level),
        "FPropContainsProp(%s, %s, 0x%08X)".formatted(value, sought, level));
  }

  private static void levels(Checks checks) {
    checks
        .rows("UTIL-008", "RESTR-033")
        .check(
            "FL_FULLSTRING, FL_PREFIX and FL_SUBSTRING, text and bytes",
            c -> {
              assertContains(c, true, text("hello"), text("hello"), FL_FULLSTRING);
              assertContains(c, false, text("hello"), text("hell"), FL_FULLSTRING);
              assertContains(c, true, text("hello"), text("hell"), FL_PREFIX);
              assertContains(c, false, text("hello"), text("ello"), FL_PREFIX);
              assertContains(c, false, text("hell"), text("hello"), FL_PREFIX);
              assertContains(c, true, text("hello"), text("ell"), FL_SUBSTRING);
              assertContains(c, false, text("hello"), text("elo"), FL_SUBSTRING);
              assertContains(c, true, binary(1, 2, 3), binary(1, 2, 3), FL_FULLSTRING);
              assertContains(c, false, binary(1, 2, 3), binary(1, 2), FL_FULLSTRING);
              assertContains(c, true, binary(1, 2, 3), binary(1, 2), FL_PREFIX);
              assertContains(c, true, binary(1, 2, 3), binary(2, 3), FL_SUBSTRING);
              assertContains(c, false, binary(1, 2, 3), binary(1, 3), FL_SUBSTRING);
            });
    checks
        .rows("UTIL-010")
        .check(
            "the upper 16 bits do not count for PT_BINARY",
            c -> {
              for (int bits : new int[] {FL_IGNORECASE, FL_IGNORENONSPACE, FL_LOOSE}) {
                assertContains(c, false, binary('a'), binary('A'), FL_FULLSTRING | bits);
                assertContains(c, true, binary('a', 'b'), binary('a'), FL_PREFIX | bits);
              }
            });
    checks
        .rows("UTIL-012", "RESTR-033")
        .check(
            "an invalid level is an exact match of the whole",
            c -> {
              assertContains(c, true, text("hello"), text("hello"), INVALID_LEVEL);
              assertContains(c, false, text("hello"), text("hell"), INVALID_LEVEL);
              assertContains(c, false, text("hello"), text("hell"), FL_PREFIX | FL_SUBSTRING);
            });
  }

  private static void loose(Checks checks) {
    checks
        .rows("UTIL-009")
        .check(
            "FL_IGNORECASE, FL_IGNORENONSPACE, FL_LOOSE",
            c -> {
              SPropValue accented =
                  SPropValue.of(PR_SUBJECT_A, new String8(Bytes.of('C', 'a', 'f', 0xE9)));
              assertContains(c, true, text("Hello"), text("hELLO"), FL_FULLSTRING | FL_IGNORECASE);
              assertContains(c, false, text("Hello"), text("hELLO"), FL_FULLSTRING);
              assertContains(c, true, accented, text("Cafe"), FL_FULLSTRING | FL_IGNORENONSPACE);
              assertContains(c, false, accented, text("cafe"), FL_FULLSTRING | FL_IGNORENONSPACE);
              assertContains(c, false, accented, text("Cafe"), FL_FULLSTRING | FL_IGNORECASE);
              assertContains(c, true, accented, text("cAFE"), FL_FULLSTRING | FL_LOOSE);
              assertContains(c, true, accented, text("aFe"), FL_SUBSTRING | FL_LOOSE);
            });
  }

  private static void types(Checks checks) {
    checks
        .rows("UTIL-011", "RESTR-033")
        .check(
            "FALSE for different types and for types without text; PT_UNICODE is taken, our choice",
            c -> {
              SPropValue wide = SPropValue.of(PR_SUBJECT_W, "hello");
              SPropValue number = SPropValue.of(PR_IMPORTANCE, 1);
              assertContains(c, false, wide, text("hello"), FL_FULLSTRING);
              assertContains(c, false, text("a"), binary('a'), FL_FULLSTRING);
              assertContains(c, false, number, number, FL_FULLSTRING);
              assertContains(
                  c, true, wide, SPropValue.of(PR_SUBJECT_W, "HELL"), FL_PREFIX | FL_IGNORECASE);
            });
  }

  private static void relations(Checks checks) {
    checks
        .rows("UTIL-013", "RESTR-034")
        .check(
            "prop1 RELOP prop2 in this order; FALSE for different types",
            c -> {
              SPropValue one = SPropValue.of(PR_IMPORTANCE, 1);
              SPropValue two = SPropValue.of(PR_IMPORTANCE, 2);
              int[] relops = {RELOP_LT, RELOP_LE, RELOP_GT, RELOP_GE, RELOP_EQ, RELOP_NE};
              boolean[] below = {true, true, false, false, false, true};
              boolean[] equal = {false, true, false, true, true, false};
              boolean[] above = {false, false, true, true, false, true};
              for (int i = 0; i < relops.length; i++) {
                assertRelation(c, below[i], one, relops[i], two);
                assertRelation(c, equal[i], one, relops[i], one);
                assertRelation(c, above[i], two, relops[i], one);
                assertRelation(
                    c, false, one, relops[i], SPropValue.of(PropTag.of(0x17, PT_I8), 2L));
              }
            });
  }

  private static void assertRelation(
      Context c, boolean expected, SPropValue a, int relop, SPropValue b) {
    c.assertEqual(
        expected,
        MapiUtil.fPropCompareProp(a, relop, b),
        "FPropCompareProp(%s, %d, %s)".formatted(a, relop, b));
  }

  private static void order(Checks checks) {
    checks
        .rows("UTIL-014", "RESTR-035")
        .check(
            "LPropCompareProp: the sign of the order, non-zero for unequal values without one",
            c -> {
              assertOrdered(c, SPropValue.of(PR_IMPORTANCE, -1), SPropValue.of(PR_IMPORTANCE, 1));
              assertOrdered(c, text("a"), text("b"));
              assertOrdered(c, binary(1), binary(255));
              assertOrdered(
                  c,
                  SPropValue.of(PR_CREATION_TIME, new FILETIME(1)),
                  SPropValue.of(PR_CREATION_TIME, new FILETIME(2)));
              SPropValue yes = SPropValue.of(BOOLEAN, true);
              SPropValue no = SPropValue.of(BOOLEAN, false);
              c.assertEqual(0, MapiUtil.lPropCompareProp(yes, yes), "equal Booleans");
              int unequal = MapiUtil.lPropCompareProp(yes, no);
              c.assertDiffer(0, unequal, "unequal Booleans");
              c.assertEqual(unequal, MapiUtil.lPropCompareProp(yes, no), "unequal Booleans again");
            });
  }

  private static void assertOrdered(Context c, SPropValue low, SPropValue high) {
    String both = low + ", " + high;
    c.assertTrue(MapiUtil.lPropCompareProp(low, high) < 0, "less than 0 for " + both, "not");
    c.assertTrue(MapiUtil.lPropCompareProp(high, low) > 0, "more than 0 for " + both, "not");
    c.assertEqual(0, MapiUtil.lPropCompareProp(low, low), "LPropCompareProp of equal values");
  }
}
