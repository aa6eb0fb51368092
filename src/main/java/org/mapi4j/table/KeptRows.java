package org.mapi4j.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRow;

/**
 * Rows kept in order: what a commit touched is taken out and put in where it belongs now, the
 * others stay. The source is read whole only at first, after Restrict, SortTable or another
 * expansion of multivalued columns, and when it cannot say what changed. Of each row the identity
 * and the sort keys are kept; its values are read again where the source has many. Where views
 * share {@link RowColumns} the rows are those, and nothing is kept here.
 */
final class KeptRows extends ShownRows {
  /** Sources with more rows read a row's values again each time they are asked for. */
  static final int ROWS_WHOLE_MAX = 20_000;

  /** So many rows are put in one by one before the lists are merged. */
  private static final int SINGLE_ROWS_MAX = 32;

  private ArrayList<LeafRow> leaves = new ArrayList<>();
  private final Map<Bytes, LeafRow> byKey = new HashMap<>();
  private SortOrder order;
  private Comparator<LeafRow> byPlace;
  private List<Integer> expanded = List.of();
  private long stamp;
  private boolean stale = true;
  private boolean light;
  private KeptOrder kept;
  private SlotRows slots;
  private FirstRows first;
  private Shape judged;
  private boolean fits;

  KeptRows(ViewContext view, RowSource source, Shape shape) {
    super(view, source, shape);
  }

  @Override
  List<ViewRow> present() {
    RowColumns columns = columns();
    return columns == null ? presentLeaves() : presentSlots(columns);
  }

  /** Shared columns where they can serve the shape, else null. */
  private RowColumns columns() {
    RowColumns columns = source.columns();
    if (columns == null) {
      return null;
    }
    if (judged != shape()) {
      judged = shape();
      fits = RowColumns.fits(judged);
    }
    return fits ? columns : null;
  }

  /** True while no more than the first rows were needed. */
  private boolean isBegun() {
    RowColumns columns = columns();
    return columns != null
        && shape().filter() == null
        && shape().order().aSort().isEmpty()
        && (first == null ? stale && shown().isEmpty() && !columns.isLoaded() : !stale);
  }

  @Override
  List<ViewRow> present(int count) {
    if (count > FirstRows.ROWS_MAX || !isBegun()) {
      return present();
    }
    long now = source.stamp();
    if (first == null) {
      first = new FirstRows(view, source);
      slots = null;
      order = new SortOrder(shape().order());
      stamp = now;
      stale = false;
      show(first.shown());
    }
    if (now != stamp) {
      return present();
    }
    first.reach(count);
    return shown();
  }

  private List<ViewRow> presentSlots(RowColumns columns) {
    synchronized (columns) {
      KeptOrder now = kept;
      if (now == null || stale) {
        now = columns.order(shape(), view, source);
      } else {
        columns.bringForward(now, view, source);
      }
      if (!stale && slots != null && slots.isOf(now.rows())) {
        return shown();
      }
      KeptOrder found = now;
      SlotRows next = new SlotRows(view, source, now.slots(), now.rows(), now.sort());
      List<ViewRow> visible = visible(next, now.sort());
      if (first != null && !stale) {
        places.follow(shown(), visible, columns::indexByKey, first.beyond(columns, visible.size()));
        showInPlace(visible);
      } else if (slots != null && !stale && now.sort().levels() == 0) {
        places.follow(shown(), visible, key -> columns.indexOf(found, key), visible.size());
        showInPlace(visible);
      } else {
        show(visible);
      }
      leaves = new ArrayList<>();
      byKey.clear();
      first = null;
      light = false;
      kept = now;
      slots = next;
      order = now.sort();
      stale = false;
      return shown();
    }
  }

  @Override
  int find(SRestriction restriction, int from, boolean backward) {
    RowColumns columns = slots == null || order.levels() > 0 ? null : columns();
    return columns == null || !RowColumns.fits(shape().withFilter(restriction))
        ? super.find(restriction, from, backward)
        : slots.find(columns.filter(slots.slots(), restriction, view, source), from, backward);
  }

  @Override
  void reading(int count) {
    RowColumns columns = slots == null ? null : columns();
    if (columns != null) {
      columns.reading(count, shape());
    }
  }

  @Override
  List<SRow> cells(int from, int to) {
    if (first != null) {
      return first.cells(shape().columns(), from, to);
    }
    return slots == null || order.levels() > 0
        ? super.cells(from, to)
        : slots.cells(shape().columns(), from, to);
  }

  private List<ViewRow> presentLeaves() {
    long now = source.stamp();
    if (!stale && now == stamp) {
      return shown();
    }
    Optional<Collection<Bytes>> touched = stale ? Optional.empty() : source.changedKeys();
    stale = true; // until all is well: a fault in between has the rows read anew
    if (touched.isEmpty() || !expanded.isEmpty() || !source.isOrderedByKey()) {
      load();
    } else {
      apply(touched.get());
    }
    stamp = now;
    stale = false;
    return shown();
  }

  private void load() {
    SortOrder keys = new SortOrder(shape().order());
    expanded = shape().instanceColumns();
    ArrayList<LeafRow> read = new ArrayList<>();
    int[] rows = {0};
    source.forEach(
        row -> {
          shape().leaves(view, row, expanded, keys, read::add);
          if (++rows[0] > ROWS_WHOLE_MAX) {
            row.forget();
          }
        });
    light = rows[0] > ROWS_WHOLE_MAX;
    Comparator<LeafRow> byKeys = Comparator.comparing(LeafRow::keys, keys);
    if (!keys.isEmpty()) {
      read.sort(byKeys);
    }
    order = keys;
    byPlace = byKeys.thenComparing(LeafRow::identity);
    byKey.clear();
    if (expanded.isEmpty() && source.isOrderedByKey()) {
      read.forEach(leaf -> byKey.put(leaf.identity(), leaf));
    }
    leaves = read;
    kept = null;
    slots = null;
    first = null;
    show(visible());
  }

  @Override
  List<ViewRow> visible() {
    return visible(slots == null ? leaves : slots, order);
  }

  @Override
  void forget() {
    stale = true;
  }

  @Override
  void drop() {
    leaves = new ArrayList<>();
    byKey.clear();
    kept = null;
    slots = null;
    first = null;
    stale = true;
  }

  @Override
  void wasRead(ViewRow row) {
    if (light && row instanceof LeafRow leaf) {
      leaf.base().forget();
    }
  }

  /** What some rows of the source are now. */
  private Map<Bytes, Optional<LeafRow>> read(Collection<Bytes> touched) {
    Map<Bytes, Optional<LeafRow>> now = new HashMap<>();
    for (Bytes key : touched) {
      List<LeafRow> leaf = new ArrayList<>(1);
      TableRow row = source.row(key);
      if (row != null) {
        shape().leaves(view, row, expanded, order, leaf::add);
        if (light) {
          row.forget();
        }
      }
      now.put(key, leaf.stream().findFirst());
    }
    return now;
  }

  private void apply(Collection<Bytes> touched) {
    Map<Bytes, Optional<LeafRow>> now = read(touched);
    List<LeafRow> gone = new ArrayList<>();
    List<LeafRow> come = new ArrayList<>();
    now.forEach(
        (key, leaf) -> {
          LeafRow old = byKey.get(key);
          if (old != null) {
            gone.add(old);
          }
          leaf.ifPresent(come::add);
        });
    if (gone.isEmpty() && come.isEmpty()) {
      return;
    }
    boolean inPlace = order.levels() == 0 && gone.size() + come.size() <= SINGLE_ROWS_MAX;
    if (inPlace) {
      places.leave(shown(), row -> stays(row, now));
    }
    gone.forEach(leaf -> byKey.remove(leaf.identity()));
    come.forEach(leaf -> byKey.put(leaf.identity(), leaf));
    if (inPlace) {
      gone.forEach(leaf -> leaves.remove(indexOf(leaf)));
      come.forEach(leaf -> leaves.add(-1 - indexOf(leaf), leaf));
      showInPlace(visible());
      places.arrive(shown(), identity -> indexOf(byKey.get(identity)));
    } else {
      leaves = merged(new HashSet<>(gone), come);
      show(visible());
    }
  }

  private static boolean stays(ViewRow row, Map<Bytes, Optional<LeafRow>> now) {
    Optional<LeafRow> leaf = now.get(row.identity());
    return leaf == null || leaf.isPresent();
  }

  private int indexOf(LeafRow leaf) {
    return Collections.binarySearch(leaves, leaf, byPlace);
  }

  private ArrayList<LeafRow> merged(Set<LeafRow> gone, List<LeafRow> come) {
    come.sort(byPlace);
    ArrayList<LeafRow> all = new ArrayList<>(leaves.size() + come.size());
    int next = 0;
    for (LeafRow leaf : leaves) {
      if (gone.contains(leaf)) {
        continue;
      }
      while (next < come.size() && byPlace.compare(come.get(next), leaf) < 0) {
        all.add(come.get(next++));
      }
      all.add(leaf);
    }
    all.addAll(come.subList(next, come.size()));
    return all;
  }
}
