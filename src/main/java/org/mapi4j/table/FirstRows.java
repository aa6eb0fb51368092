package org.mapi4j.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SRow;

/** The first rows of a source in its own order, as far as they were asked for. */
final class FirstRows {
  /** Who asks for more has all rows read. */
  static final int ROWS_MAX = 1000;

  private static final int PAGE = 50;

  private final ViewContext view;
  private final RowSource source;
  private final List<LeafRow> rows = new ArrayList<>();
  private boolean whole;

  FirstRows(ViewContext view, RowSource source) {
    this.view = view;
    this.source = source;
  }

  /** What there is so far; grows. */
  List<ViewRow> shown() {
    return Collections.unmodifiableList(rows);
  }

  /** Reads on until there are so many, or all. */
  void reach(int count) {
    while (rows.size() < count && !whole) {
      int more = Math.max(PAGE, count - rows.size());
      List<? extends TableRow> read =
          source.after(rows.isEmpty() ? null : rows.get(rows.size() - 1).identity(), more);
      read.forEach(row -> rows.add(new LeafRow(view, row, row.instanceKey(), Map.of())));
      whole = read.size() < more;
    }
  }

  /** What some rows have under a column set. */
  List<SRow> cells(SPropTagArray tags, int from, int to) {
    Cells cells = new Cells(view, tags, null);
    List<SRow> found = new ArrayList<>(to - from);
    List<TableRow> bases = rows.subList(from, to).stream().map(LeafRow::base).toList();
    cells.addTo(found, null, from, to, bases, rows::get);
    return found;
  }

  /**
   * Index among rows that were read whole of the first one behind these.
   *
   * @param all how many those are
   */
  int beyond(RowColumns columns, int all) {
    if (whole || rows.isEmpty()) {
      return all;
    }
    int last = columns.indexByKey(rows.get(rows.size() - 1).identity());
    return last < 0 ? -1 - last : last + 1;
  }
}
