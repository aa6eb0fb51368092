package org.mapi4j.types;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.Iterator;
import java.util.List;

/**
 * The order of property values: the one order that sort keys, restrictions and the helper functions
 * share, so that a search by RELOP_GE lands where the sort put the value. The choices that the
 * pages leave open are those of ADR 0010.
 *
 * <p>Strings are ordered by their letters, whatever their case and accents ({@link TextOrder});
 * among equals accents decide, then the character numbers, so that equality is exact. Message
 * classes are equal whatever their case. A PT_STRING8 value is read as ISO 8859-1; convert it first
 * where its code page is known. Binaries and GUIDs compare as unsigned bytes, times as unsigned
 * numbers, false before true, NaN last. Multivalues are tuples, of which a missing element is less
 * than any other.
 */
public final class PropCompare {
  private PropCompare() {}

  /**
   * Less than, equal to or greater than 0 as {@code a} is before, equal to or after {@code b}.
   * Identifiers do not count. Values of different types are ordered by type and never equal.
   * Source: MAPI "LPropCompareProp".
   */
  public static int compare(SPropValue a, SPropValue b) {
    if (a.type() != b.type()) {
      return Integer.compare(a.type(), b.type());
    }
    boolean exact = !(ignoresCase(a.ulPropTag()) && ignoresCase(b.ulPropTag()));
    return a.value() instanceof List<?> list
        ? compareTuples(list, b.asList())
        : compareValues(a.value(), b.value(), exact);
  }

  /**
   * True when {@code a relop b} holds for RELOP_LT, LE, GT, GE, EQ and NE; false for values of
   * different types and for every other operator. Source: MAPI "FPropCompareProp".
   */
  public static boolean relop(int relop, SPropValue a, SPropValue b) {
    return a.type() == b.type() && holds(relop, compare(a, b));
  }

  /** True when a comparison's sign fulfils an operator; false for an operator without order. */
  public static boolean holds(int relop, int sign) {
    return switch (relop) {
      case RELOP_LT -> sign < 0;
      case RELOP_LE -> sign <= 0;
      case RELOP_GT -> sign > 0;
      case RELOP_GE -> sign >= 0;
      case RELOP_EQ -> sign == 0;
      case RELOP_NE -> sign != 0;
      default -> false;
    };
  }

  /**
   * The order of two single values of one class, as {@link #compare} has it: for the elements of
   * multivalues.
   */
  public static int compareElements(Object a, Object b) {
    return compareValues(a, b, true);
  }

  /** True for the message class properties, whose values are equal whatever their case. */
  public static boolean ignoresCase(int tag) {
    int id = PropTag.id(tag);
    return id == PropTag.id(PR_MESSAGE_CLASS_W) || id == PropTag.id(PR_ORIG_MESSAGE_CLASS_W);
  }

  private static int compareTuples(List<?> a, List<?> b) {
    Iterator<?> left = a.iterator();
    Iterator<?> right = b.iterator();
    while (left.hasNext() && right.hasNext()) {
      int sign = compareElements(left.next(), right.next());
      if (sign != 0) {
        return sign;
      }
    }
    return Boolean.compare(left.hasNext(), right.hasNext());
  }

  private static int compareValues(Object a, Object b, boolean exactCase) {
    if (a instanceof String || a instanceof String8) {
      return compareText(a.toString(), b.toString(), exactCase);
    }
    if (a instanceof Double left && b instanceof Double right) {
      return compareNumbers(left, right);
    }
    if (a instanceof Float left && b instanceof Float right) {
      return compareNumbers(left, right);
    }
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    return compareNatural(a, b);
  }

  private static int compareText(String a, String b, boolean exactCase) {
    int letters = TextOrder.compare(a, b);
    int sign = letters != 0 ? letters : String.CASE_INSENSITIVE_ORDER.compare(a, b);
    return sign != 0 || !exactCase ? sign : a.compareTo(b);
  }

  /** As numbers: 0.0 equals -0.0, and NaN is last. */
  private static int compareNumbers(double a, double b) {
    return a == b ? 0 : Double.compare(a, b);
  }

  @SuppressWarnings("unchecked") // both have the class that their common type requires
  private static int compareNatural(Object a, Object b) {
    return ((Comparable<Object>) a).compareTo(b);
  }
}
