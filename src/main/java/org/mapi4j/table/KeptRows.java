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
import java.util.function.Supplier;
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
  private long version;

  KeptRows(ViewContext view, RowSource source, Shape shape) {
    super(view, source, shape);
  }

  @Override
  List<ViewRow> present() {
    RowColumns columns = columns();
    List<RowEvent> events = columns == null ? presentLeaves() : presentSlots(columns);
    if (isFollowed()) {
      arrived(events);
    }
    return shown();
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
        && !isFollowed()
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

  /** What became of the rows, where that is to be told. */
  private List<RowEvent> presentSlots(RowColumns columns) {
    Supplier<List<RowEvent>> events;
    synchronized (columns) {
      events = bringForward(columns);
    }
    return events.get(); // without the monitor of the columns, which other views wait for
  }

  /** What becomes of the rows: what needs the columns as they are now is found out here. */
  private Supplier<List<RowEvent>> bringForward(RowColumns columns) {
    KeptOrder now = kept;
    if (now == null || stale) {
      now = columns.order(shape(), view, source);
    } else {
      columns.bringForward(now, view, source);
    }
    if (!stale && slots != null && slots.isOf(now.rows())) {
      version = now.version();
      return List::of;
    }
    KeptOrder found = now;
    SlotRows old = slots;
    List<ViewRow> before = shown();
    boolean isSame = old != null && old.slots() == now.slots();
    Optional<List<RowColumns.Change>> commits =
        isKnown() && isSame ? columns.changesSince(version) : Optional.empty();
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
    version = now.version();
    stale = false;
    if (!isKnown()) {
      return List::of;
    }
    return commits.map(since -> slotEvents(before, old, since)).orElse(() -> RowEvent.CHANGED);
  }

  /** Of a row in an order that others bring forward at once; of the rows in categories later. */
  private Supplier<List<RowEvent>> slotEvents(
      List<ViewRow> before, SlotRows old, List<RowColumns.Change> commits) {
    if (order.levels() > 0) {
      Set<Bytes> touched = TouchedRows.keys(slots.slots(), commits);
      return () -> compare(before, touched);
    }
    List<RowEvent> events = derive(() -> TouchedRows.events(old, kept, commits, slots::leaf));
    return () -> events;
  }

  /** By their places, where it is known what was touched. */
  private List<RowEvent> compare(List<ViewRow> before, Set<Bytes> touched) {
    return derive(() -> RowDiff.of(before, shown(), RowDiff.touched(touched, shape().columns())));
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

  /** What became of the rows, where that is to be told. */
  private List<RowEvent> presentLeaves() {
    long now = source.stamp();
    if (!stale && now == stamp) {
      return List.of();
    }
    List<ViewRow> before = shown();
    boolean isNew = stale;
    Optional<List<List<Bytes>>> touched = stale ? Optional.empty() : source.changes();
    stale = true; // until all is well: a fault in between has the rows read anew
    List<RowEvent> events = List.of();
    if (touched.isEmpty() || !expanded.isEmpty() || !source.isOrderedByKey()) {
      load();
      if (isKnown()) {
        events = isNew ? RowEvent.CHANGED : loadedEvents(before, touched);
      }
    } else {
      events = apply(touched.get());
    }
    stamp = now;
    stale = false;
    return events;
  }

  /** Of a source that cannot say what changed; its rows keep their values while they are few. */
  private List<RowEvent> loadedEvents(List<ViewRow> before, Optional<List<List<Bytes>>> touched) {
    if (touched.isPresent() && source.isOrderedByKey()) {
      return compare(before, keys(touched.get()));
    }
    return light || source.isOrderedByKey()
        ? RowEvent.coarse(source.coarseEvent())
        : derive(
            () ->
                RowDiff.of(
                    before, shown(), (old, now) -> RowDiff.differ(old, now, shape().columns())));
  }

  private static Set<Bytes> keys(List<List<Bytes>> commits) {
    Set<Bytes> all = new HashSet<>();
    commits.forEach(all::addAll);
    return all;
  }

  private void load() {
    SortOrder keys = new SortOrder(shape().order());
    expanded = shape().instanceColumns();
    ArrayList<LeafRow> read = new ArrayList<>();
    int[] rows = {0};
    source.forEach(
        row -> {
          Aborted.look();
          shape().leaves(view, row, expanded, keys, read::add);
          if (read.size() - ++rows[0] > Instances.ADDED_ROWS_MAX) {
            throw new Instances.TooMany();
          }
          if (rows[0] > ROWS_WHOLE_MAX) {
            row.forget();
          }
        });
    light = rows[0] > ROWS_WHOLE_MAX;
    Comparator<LeafRow> byKeys = Comparator.comparing(LeafRow::keys, keys);
    if (!keys.isEmpty()) {
      read.sort(
          (a, b) -> {
            Aborted.look();
            return byKeys.compare(a, b);
          });
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

  private List<RowEvent> apply(List<List<Bytes>> commits) {
    Map<Bytes, Optional<LeafRow>> now = read(keys(commits));
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
      return List.of();
    }
    List<ViewRow> before = shown();
    List<RowEvent> events =
        isKnown() && order.levels() == 0
            ? TouchedRows.events(leaves, byPlace, byKey, now, commits)
            : List.of();
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
    return isKnown() && order.levels() > 0 ? compare(before, now.keySet()) : events;
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
