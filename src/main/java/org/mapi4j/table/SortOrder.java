package org.mapi4j.table;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.mapi4j.types.PropCompare;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/**
 * An order by several keys, rows without a key last in both directions, and the category levels
 * that its first keys make. Strings are compared as PT_UNICODE in either width. Source: MAPI
 * "SSortOrder", "SSortOrderSet", "IMAPITable::SortTable".
 */
final class SortOrder implements Comparator<SPropValue[]> {
  /** Keys of one order; more are MAPI_E_TOO_COMPLEX. */
  static final int SORT_KEYS_MAX = 32;

  private final int[] tags;
  private final boolean[] descending;
  private final int[] levelEnds;

  /**
   * @param order one that {@link #check} found good
   */
  SortOrder(SSortOrderSet order) {
    List<SSortOrder> keys = order.aSort();
    tags = keys.stream().mapToInt(key -> Widths.wide(key.ulPropTag())).toArray();
    descending = new boolean[tags.length];
    int levels = 0;
    int[] ends = new int[order.cCategories()];
    for (int i = 0; i < tags.length; i++) {
      boolean combined = keys.get(i).ulOrder() == TABLE_SORT_COMBINE;
      descending[i] = combined ? descending[i - 1] : keys.get(i).ulOrder() == TABLE_SORT_DESCEND;
      if (i < ends.length) {
        levels += combined ? 0 : 1;
        ends[levels - 1] = i + 1;
      }
    }
    levelEnds = Arrays.copyOf(ends, levels);
  }

  /** S_OK for an order that can be applied, else the code that SortTable answers. */
  static int check(SSortOrderSet order, boolean categorizable) {
    if (order.cCategories() < 0
        || order.cCategories() > order.aSort().size()
        || order.cExpanded() < 0
        || order.cExpanded() > order.cCategories()) {
      return MAPI_E_INVALID_PARAMETER;
    }
    if (order.aSort().size() > SORT_KEYS_MAX) {
      return MAPI_E_TOO_COMPLEX;
    }
    for (SSortOrder category : order.aSort().subList(0, order.cCategories())) {
      if (PropTag.id(category.ulPropTag()) == PropTag.id(PR_CONTENT_UNREAD)) {
        return MAPI_E_INVALID_PARAMETER;
      }
    }
    if (order.cCategories() > 0 && !categorizable) {
      return MAPI_E_NO_SUPPORT;
    }
    for (int i = 0; i < order.aSort().size(); i++) {
      SSortOrder key = order.aSort().get(i);
      boolean combines = key.ulOrder() == TABLE_SORT_COMBINE && i > 0 && i < order.cCategories();
      if (!isKey(key, combines)) {
        return MAPI_E_TOO_COMPLEX;
      }
    }
    return S_OK;
  }

  private static boolean isKey(SSortOrder key, boolean combines) {
    int type = PropTag.type(key.ulPropTag());
    int plain = ViewRow.isInstance(type) ? type & ~MV_INSTANCE : type;
    return (combines || key.ulOrder() == TABLE_SORT_ASCEND || key.ulOrder() == TABLE_SORT_DESCEND)
        && PropType.isDefined(plain)
        && plain != PT_OBJECT
        && plain != PT_NULL
        && plain != PT_ERROR;
  }

  /** True when rows stay in their natural order. */
  boolean isEmpty() {
    return tags.length == 0;
  }

  /** How many keys there are. */
  int size() {
    return tags.length;
  }

  /** What a key sorts by, text wide. */
  int tag(int key) {
    return tags[key];
  }

  /** True for a key whose greatest values are first. */
  boolean descends(int key) {
    return descending[key];
  }

  /** Levels of categories. */
  int levels() {
    return levelEnds.length;
  }

  /** How many keys the categories of a level and those above it have. */
  int keysOfLevel(int level) {
    return levelEnds[level];
  }

  /** The outermost level at which two rows are in different categories; {@link #levels} if none. */
  int firstDifference(SPropValue[] a, SPropValue[] b) {
    for (int level = 0, key = 0; level < levelEnds.length; level++) {
      for (; key < levelEnds[level]; key++) {
        if (compare(a[key], b[key], false) != 0) {
          return level;
        }
      }
    }
    return levelEnds.length;
  }

  /** A row's values, null where there is none. */
  SPropValue[] keysOf(ViewRow row) {
    SPropValue[] values = new SPropValue[tags.length];
    for (int i = 0; i < values.length; i++) {
      SPropValue value = row.get(tags[i]);
      values[i] = value == null || value.isError() ? null : value;
    }
    return values;
  }

  @Override
  public int compare(SPropValue[] a, SPropValue[] b) {
    for (int i = 0; i < tags.length; i++) {
      int sign = compare(a[i], b[i], descending[i]);
      if (sign != 0) {
        return sign;
      }
    }
    return 0;
  }

  /** The order of two values of one key, null where there is none. */
  static int compare(SPropValue a, SPropValue b, boolean descending) {
    if (a == null || b == null) {
      return Boolean.compare(a == null, b == null);
    }
    if (a.value() instanceof List<?> left && b.value() instanceof List<?> right) {
      return compareTuples(left, right, descending);
    }
    return directed(PropCompare.compare(a, b), descending);
  }

  /** A missing element is a missing key: last in both directions. */
  private static int compareTuples(List<?> a, List<?> b, boolean descending) {
    Iterator<?> left = a.iterator();
    Iterator<?> right = b.iterator();
    while (left.hasNext() && right.hasNext()) {
      int sign = PropCompare.compareElements(left.next(), right.next());
      if (sign != 0) {
        return directed(sign, descending);
      }
    }
    return Boolean.compare(right.hasNext(), left.hasNext());
  }

  private static int directed(int sign, boolean descending) {
    return descending ? -Integer.signum(sign) : sign;
  }
}
