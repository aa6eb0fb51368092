package org.mapi4j.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Rows computed anew, all of them, whenever the source's stamp changes: the model against which
 * {@link KeptRows} is tested.
 */
final class RecomputedRows extends ShownRows {
  private List<LeafRow> leaves = List.of();
  private SortOrder order;
  private long stamp;
  private boolean stale = true;

  RecomputedRows(ViewContext view, RowSource source, Shape shape) {
    super(view, source, shape);
  }

  @Override
  List<ViewRow> present() {
    long now = source.stamp();
    if (stale || now != stamp) {
      SortOrder keys = new SortOrder(shape().order());
      List<Integer> expanded = shape().instanceColumns();
      List<LeafRow> sorted = new ArrayList<>();
      for (TableRow row : source.rows()) {
        shape().leaves(view, row, expanded, keys, sorted::add);
      }
      sorted.sort(Comparator.comparing(LeafRow::keys, keys));
      leaves = sorted;
      order = keys;
      show(visible());
      stamp = now;
      stale = false;
    }
    return shown();
  }

  @Override
  List<ViewRow> visible() {
    return visible(leaves, order);
  }

  @Override
  void forget() {
    stale = true;
  }

  @Override
  void drop() {
    leaves = List.of();
    stale = true;
  }
}
