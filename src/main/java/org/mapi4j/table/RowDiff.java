package org.mapi4j.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropTagArray;

/**
 * The events between the rows that a view showed and those that it shows: first what went, then
 * what came, changed or stands elsewhere, in the order of the view. Costs what the rows are. Who
 * takes out what went and puts each of the others behind the row named has the rows as they are.
 */
final class RowDiff {
  private RowDiff() {}

  /**
   * The events; TABLE_CHANGED for too many.
   *
   * @param differs whether a row that was and is there has changed
   */
  static List<RowEvent> of(
      List<ViewRow> before, List<ViewRow> after, BiPredicate<ViewRow, ViewRow> differs) {
    Map<Bytes, Integer> old = new HashMap<>();
    for (int i = 0; i < before.size(); i++) {
      old.put(before.get(i).identity(), i);
    }
    Set<Bytes> left = new HashSet<>(old.keySet());
    List<RowEvent> put = new ArrayList<>();
    Bytes prior = null;
    int last = -1;
    for (ViewRow row : after) {
      Integer was = old.get(row.identity());
      boolean stays = was != null && was > last && !differs.test(before.get(was), row);
      if (stays) {
        last = was;
      } else {
        put.add(RowEvent.put(was != null, row, prior));
        if (put.size() > RowEvent.ROWS_MAX) {
          return RowEvent.CHANGED;
        }
      }
      left.remove(row.identity());
      prior = row.identity();
    }
    if (left.size() + put.size() > RowEvent.ROWS_MAX) {
      return RowEvent.CHANGED;
    }
    List<RowEvent> events = new ArrayList<>();
    before.stream()
        .map(ViewRow::identity)
        .filter(left::contains)
        .forEach(identity -> events.add(RowEvent.deleted(identity)));
    events.addAll(put);
    return events;
  }

  /** Whether a column shows another value. */
  static boolean differ(ViewRow old, ViewRow now, SPropTagArray columns) {
    return columns.stream().anyMatch(tag -> !old.cell(tag).equals(now.cell(tag)));
  }

  /** A heading shows another value, or a row's source was touched. */
  static BiPredicate<ViewRow, ViewRow> touched(Set<Bytes> origins, SPropTagArray columns) {
    return (old, now) ->
        now instanceof HeadingRow ? differ(old, now, columns) : origins.contains(now.origin());
  }
}
