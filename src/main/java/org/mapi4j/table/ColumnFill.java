package org.mapi4j.table;

import static org.mapi4j.types.MapiDefs.PT_UNSPECIFIED;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/** Columns being filled while a source's rows pass by. */
final class ColumnFill {
  private final int[] ids;
  private final Column[] columns;
  private final int slots;

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

  void put(int slot, TableRow row) {
    for (int i = 0; i < ids.length; i++) {
      SPropValue value = RowSlots.valueOf(row, ids[i]);
      if (value == null) {
        continue;
      }
      if (columns[i] == null && value.isError()) {
        early.computeIfAbsent(i, first -> new HashMap<>()).put(slot, value);
        continue;
      }
      if (columns[i] == null) {
        columns[i] = Column.like(value, Math.max(slots, slot + 1));
      }
      columns[i].put(slot, value);
    }
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
