package org.mapi4j.table;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SRow;

/** Leaves of a view that are made when they are asked for, out of slots in order. */
final class SlotRows extends AbstractList<LeafRow> implements RandomAccess {
  /** Rows that are read at once. */
  private static final int PAGE = 250;

  private final ViewContext view;
  private final RowSource source;
  private final RowSlots slots;
  private final int[] rows;
  private final SortOrder order;

  SlotRows(ViewContext view, RowSource source, RowSlots slots, int[] rows, SortOrder order) {
    this.view = view;
    this.source = source;
    this.slots = slots;
    this.rows = rows;
    this.order = order;
  }

  /** True when they are these slots. */
  boolean isOf(int[] others) {
    return rows == others;
  }

  RowSlots slots() {
    return slots;
  }

  /** The slots in order. */
  List<Integer> slotList() {
    return new AbstractList<>() {
      @Override
      public Integer get(int index) {
        return rows[index];
      }

      @Override
      public int size() {
        return rows.length;
      }
    };
  }

  /** A row of one of the slots, whether it is among these or not. */
  LeafRow leaf(int slot) {
    return leaf(view, source, slots, slot);
  }

  /** Index of the first row that meets a filter, from one on or backward before it; or -1. */
  int find(SlotFilter filter, int from, boolean backward) {
    int step = backward ? -1 : 1;
    for (int i = backward ? from - 1 : from; i >= 0 && i < rows.length; i += step) {
      if (filter.test(rows[i])) {
        return i;
      }
    }
    return -1;
  }

  /** What some rows have under a column set. */
  List<SRow> cells(SPropTagArray tags, int from, int to) {
    Cells cells = new Cells(view, tags, slots);
    int[] asked = cells.asked();
    List<SRow> found = new ArrayList<>(to - from);
    for (int start = from; start < to; start += PAGE) {
      int end = Math.min(to, start + PAGE);
      List<? extends TableRow> page = asked.length == 0 ? null : unread(start, end, asked);
      cells.addTo(found, rows, start, end, page, this::get);
    }
    return found;
  }

  private List<? extends TableRow> unread(int from, int to, int[] propIds) {
    List<Bytes> keys = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      keys.add(slots.key(rows[i]));
    }
    return source.unread(keys, propIds);
  }

  static LeafRow leaf(ViewContext view, RowSource source, RowSlots slots, int slot) {
    ColumnRow row = new ColumnRow(slots, source, slot);
    return new LeafRow(view, row, row.instanceKey(), Map.of());
  }

  @Override
  public LeafRow get(int index) {
    LeafRow leaf = leaf(view, source, slots, rows[index]);
    if (order.levels() > 0) {
      leaf.place(order);
    }
    return leaf;
  }

  @Override
  public int size() {
    return rows.length;
  }
}
