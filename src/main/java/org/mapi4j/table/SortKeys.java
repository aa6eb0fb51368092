package org.mapi4j.table;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.mapi4j.types.PropCompare;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/**
 * Sorting by several keys, stable, rows without a key last in both directions. Strings are compared
 * as PT_UNICODE in either width. Source: MAPI "SSortOrder", "IMAPITable::SortTable".
 */
final class SortKeys {
  /** Keys of one order; more are MAPI_E_TOO_COMPLEX. */
  static final int SORT_KEYS_MAX = 32;

  private SortKeys() {}

  /** S_OK for an order that can be applied, else the code that SortTable answers. */
  static int check(SSortOrderSet order) {
    if (order.cCategories() < 0
        || order.cCategories() > order.aSort().size()
        || order.cExpanded() < 0
        || order.cExpanded() > order.cCategories()) {
      return MAPI_E_INVALID_PARAMETER;
    }
    for (SSortOrder category : order.aSort().subList(0, order.cCategories())) {
      if (PropTag.id(category.ulPropTag()) == PropTag.id(PR_CONTENT_UNREAD)) {
        return MAPI_E_INVALID_PARAMETER;
      }
    }
    if (order.cCategories() > 0) {
      return MAPI_E_NO_SUPPORT;
    }
    boolean sortable =
        order.aSort().size() <= SORT_KEYS_MAX && order.aSort().stream().allMatch(SortKeys::isKey);
    return sortable ? S_OK : MAPI_E_TOO_COMPLEX;
  }

  private static boolean isKey(SSortOrder key) {
    int type = PropTag.type(key.ulPropTag());
    int plain = ViewRow.isInstance(type) ? type & ~MV_INSTANCE : type;
    return (key.ulOrder() == TABLE_SORT_ASCEND || key.ulOrder() == TABLE_SORT_DESCEND)
        && PropType.isDefined(plain)
        && plain != PT_OBJECT
        && plain != PT_NULL
        && plain != PT_ERROR;
  }

  /** The rows in order. */
  static List<ViewRow> sort(List<ViewRow> rows, SSortOrderSet order) {
    List<Keyed> keyed = new ArrayList<>(rows.size());
    for (ViewRow row : rows) {
      keyed.add(Keyed.of(row, order.aSort()));
    }
    keyed.sort((a, b) -> compare(a, b, order.aSort()));
    return keyed.stream().map(Keyed::row).toList();
  }

  /** A row and its keys' values, null where there is none. */
  private record Keyed(ViewRow row, SPropValue[] values) {
    static Keyed of(ViewRow row, List<SSortOrder> keys) {
      SPropValue[] values = new SPropValue[keys.size()];
      for (int i = 0; i < values.length; i++) {
        SPropValue value = row.get(Widths.wide(keys.get(i).ulPropTag()));
        values[i] = value == null || value.isError() ? null : value;
      }
      return new Keyed(row, values);
    }
  }

  private static int compare(Keyed a, Keyed b, List<SSortOrder> keys) {
    for (int i = 0; i < keys.size(); i++) {
      boolean descending = keys.get(i).ulOrder() == TABLE_SORT_DESCEND;
      int sign = compare(a.values[i], b.values[i], descending);
      if (sign != 0) {
        return sign;
      }
    }
    return 0;
  }

  private static int compare(SPropValue a, SPropValue b, boolean descending) {
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
