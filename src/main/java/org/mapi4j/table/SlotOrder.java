package org.mapi4j.table;

import org.mapi4j.types.PropCompare;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/** The order of slots by sort keys, then by the keys of rows: {@link SortOrder} over columns. */
final class SlotOrder {
  /** One sort key. */
  private interface Key {
    int compare(int a, int b);
  }

  private static final int FEW = 8;

  /** Merges of so many rows ask whether that is still wanted. */
  static final int LOOK_ROWS = 256;

  private final RowSlots slots;
  private final Key[] keys;
  private NumberColumn only;
  private boolean descending;

  /** Every key has a column. */
  SlotOrder(RowSlots slots, SortOrder order) {
    this.slots = slots;
    this.keys = new Key[order.size()];
    for (int i = 0; i < keys.length; i++) {
      Column column = slots.column(PropTag.id(order.tag(i)));
      keys[i] = key(column, order.tag(i), order.descends(i));
      if (keys.length == 1 && column.isOf(order.tag(i)) && column instanceof NumberColumn numbers) {
        only = numbers;
        descending = order.descends(i);
      }
    }
  }

  private static Key key(Column column, int tag, boolean descending) {
    if (column.isOf(tag) && column instanceof NumberColumn numbers) {
      return (a, b) -> {
        long[] all = numbers.numbers();
        long left = all[a];
        long right = all[b];
        if (left == NumberColumn.NONE || right == NumberColumn.NONE) {
          return compareOdd(column, tag, descending, a, b);
        }
        return descending ? Long.compare(right, left) : Long.compare(left, right);
      };
    }
    if (column.isOf(tag)
        && column instanceof ObjectColumn objects
        && !PropCompare.ignoresCase(tag)) {
      return (a, b) -> {
        Object[] all = objects.values();
        if (all[a] instanceof String left && all[b] instanceof String right) {
          int sign = left.equals(right) ? 0 : PropCompare.compareElements(left, right);
          return descending ? -Integer.signum(sign) : sign;
        }
        return compareOdd(column, tag, descending, a, b);
      };
    }
    return (a, b) -> compareOdd(column, tag, descending, a, b);
  }

  private static int compareOdd(Column column, int tag, boolean descending, int a, int b) {
    return SortOrder.compare(valueOf(column, tag, a), valueOf(column, tag, b), descending);
  }

  /** As a sort key: null for an error and for another type than the key asks for. */
  private static SPropValue valueOf(Column column, int tag, int slot) {
    SPropValue value = column.get(slot);
    return value == null || value.isError() || !Widths.fits(value, tag) ? null : value;
  }

  int compare(int a, int b) {
    for (Key key : keys) {
      int sign = key.compare(a, b);
      if (sign != 0) {
        return sign;
      }
    }
    return slots.compareKeys(a, b);
  }

  /** Index of a slot among slots in this order; where it belongs as -1 - index. */
  int search(int[] rows, int slot) {
    int from = 0;
    int to = rows.length - 1;
    while (from <= to) {
      int middle = from + to >>> 1;
      int sign = rows[middle] == slot ? 0 : compare(rows[middle], slot);
      if (sign == 0) {
        return rows[middle] == slot ? middle : -1 - middle;
      } else if (sign < 0) {
        from = middle + 1;
      } else {
        to = middle - 1;
      }
    }
    return -1 - from;
  }

  /** Puts slots, which are in the order of the rows' keys, in this order. */
  void sort(int[] rows) {
    if (only != null && only.odd.isEmpty()) {
      NumberSort.sort(rows, only, descending);
    } else if (keys.length > 0) {
      sort(rows, rows.clone(), 0, rows.length);
    }
  }

  /** Merges halves of {@code to} out of {@code from}, which hold the same; stable. */
  private void sort(int[] to, int[] from, int start, int end) {
    if (end - start < FEW) {
      insertionSort(to, start, end);
      return;
    }
    if (end - start >= LOOK_ROWS) {
      Aborted.look();
    }
    int middle = start + end >>> 1;
    sort(from, to, start, middle);
    sort(from, to, middle, end);
    if (compareByKeys(from[middle - 1], from[middle]) <= 0) {
      System.arraycopy(from, start, to, start, end - start);
      return;
    }
    int left = start;
    int right = middle;
    for (int i = start; i < end; i++) {
      boolean takeLeft =
          right >= end || left < middle && compareByKeys(from[left], from[right]) <= 0;
      to[i] = takeLeft ? from[left++] : from[right++];
    }
  }

  private void insertionSort(int[] rows, int start, int end) {
    for (int i = start + 1; i < end; i++) {
      int row = rows[i];
      int at = i;
      for (; at > start && compareByKeys(rows[at - 1], row) > 0; at--) {
        rows[at] = rows[at - 1];
      }
      rows[at] = row;
    }
  }

  private int compareByKeys(int a, int b) {
    for (Key key : keys) {
      int sign = key.compare(a, b);
      if (sign != 0) {
        return sign;
      }
    }
    return 0;
  }
}
