package org.mapi4j.table;

import static org.mapi4j.types.MapiDefs.PT_UNSPECIFIED;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/** Columns being filled while a source's rows pass by. */
final class ColumnFill implements Values {
  private final int[] ids;
  private final Column[] columns;
  private final int slots;
  private int slot;

  /** By index, errors that came before any value that tells what the column has. */
  private final Map<Integer, Map<Integer, SPropValue>> early = new HashMap<>();

  /**
   * @param slots how many there will be, about
   */
  ColumnFill(Set<Integer> propIds, int slots) {
    ids = propIds.stream().mapToInt(Integer::intValue).toArray();
    columns = new Column[ids.length];
    this.slots = slots;
  }

  void put(int rowSlot, TableRow row) {
    slot = rowSlot;
    row.values(ids, this);
  }

  @Override
  public void number(int index, int tag, long number) {
    if (columns[index] == null) {
      columns[index] = new NumberColumn(tag, Math.max(slots, slot + 1));
    }
    if (columns[index] instanceof NumberColumn numbers && numbers.tag == tag) {
      numbers.put(slot, number);
    } else {
      columns[index].put(slot, NumberColumn.value(tag, number));
    }
  }

  @Override
  public void value(int index, SPropValue value) {
    if (columns[index] == null && value.isError()) {
      early.computeIfAbsent(index, first -> new HashMap<>()).put(slot, value);
      return;
    }
    if (columns[index] == null) {
      columns[index] = Column.like(value, Math.max(slots, slot + 1));
    }
    columns[index].put(slot, value);
  }

  /** Puts the columns in use; slots without a row that passed by are unknown. */
  void finish(RowSlots into, List<Integer> missed) {
    for (int i = 0; i < ids.length; i++) {
      Column column = columns[i] == null ? new ObjectColumn(tagOf(ids[i]), 16) : columns[i];
      column.reach(into.size());
      column.odd.putAll(early.getOrDefault(i, Map.of()));
      for (int slot : missed) {
        column.odd.put(slot, Column.UNKNOWN);
      }
      into.put(ids[i], column);
    }
  }

  private static int tagOf(int id) {
    return PropTag.of(id, PT_UNSPECIFIED);
  }
}
