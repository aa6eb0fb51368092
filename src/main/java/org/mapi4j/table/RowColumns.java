package org.mapi4j.table;

import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SRestriction;

/**
 * A source's rows in columns, and orders of them, for all views of the same rows. Columns are read
 * when they are first asked for, orders made once; commits bring both forward. Any thread; one at a
 * time changes something. Nothing is kept beyond {@code bytesMax} but what the open views need.
 */
public final class RowColumns {
  private static final int ORDERS_MAX = 16;

  /** Changes that are kept for orders that are behind, times {@code few}. */
  private static final int CHANGES_MAX_FEW = 10;

  /** So many rows, read or changed singly, are not yet as dear as all. */
  private static final int FEW = 2000;

  private final RowSource source;
  private final long bytesMax;
  private final int few;
  private final Map<KeptOrder.Name, KeptOrder> orders = new LinkedHashMap<>(16, 0.75f, true);
  private final Deque<Change> changes = new ArrayDeque<>();
  private RowSlots slots;
  private int[] room = {};
  private volatile boolean stale = true;
  private long stamp;
  private long version;
  private long singleReads;
  private long changed;
  private int loaded;
  private volatile long bytes;

  /**
   * Slots that went and came by a commit.
   *
   * @param version that it made
   */
  record Change(long version, int[] gone, int[] come) {}

  /**
   * @param source read by this alone; its keys have 16 bytes and are its order, and text asked for
   *     as PT_UNSPECIFIED is wide
   * @param bytesMax of columns and orders together, about
   */
  public RowColumns(RowSource source, long bytesMax) {
    this(source, bytesMax, FEW);
  }

  /**
   * @param few how many rows may be read or changed singly whatever the number of all
   */
  RowColumns(RowSource source, long bytesMax, int few) {
    this.source = source;
    this.bytesMax = bytesMax;
    this.few = few;
  }

  /** Bytes of heap, about. */
  public long bytes() {
    return bytes;
  }

  private void weigh() {
    long all = 4L * room.length + (slots == null ? 0 : slots.bytes());
    for (KeptOrder order : orders.values()) {
      all += order.bytes();
    }
    bytes = all;
  }

  /** True for a shape whose rows can be slots. */
  static boolean fits(Shape shape) {
    return shape.instanceColumns().isEmpty()
        && shape.order().aSort().stream().noneMatch(key -> isViews(key.ulPropTag()))
        && Restrictions.tags(shape.filter()).noneMatch(RowColumns::isViews);
  }

  /** True for a column that a view makes itself. */
  private static boolean isViews(int tag) {
    int id = PropTag.id(tag);
    return id == PropTag.id(PR_INSTANCE_KEY)
        || id == PropTag.id(PR_ROW_TYPE)
        || id == PropTag.id(PR_DEPTH)
        || ViewRow.isInstance(tag);
  }

  /** True when the rows were read, so that a view need not read on its own. */
  boolean isLoaded() {
    return !stale;
  }

  /** The order of a shape, brought forward. */
  synchronized KeptOrder order(Shape shape, ViewContext view, RowSource own) {
    KeptOrder.Name name = new KeptOrder.Name(shape.filter(), shape.order(), view.options());
    KeptOrder known = orders.get(name);
    if (known == null) {
      known = new KeptOrder(name, source::keeps);
    }
    bringForward(known, view, own);
    if (orders.put(name, known) == null) {
      trim(known);
    }
    return known;
  }

  private void trim(KeptOrder last) {
    weigh();
    while (orders.size() > ORDERS_MAX || orders.size() > 1 && bytes > bytesMax) {
      KeptOrder.Name oldest = orders.keySet().iterator().next();
      if (oldest.equals(last.name())) {
        return;
      }
      orders.keySet().remove(oldest);
      weigh();
    }
  }

  /** Makes an order that of the present rows. */
  synchronized void bringForward(KeptOrder order, ViewContext view, RowSource own) {
    refresh(order.needed());
    if (!order.isOf(slots) || !apply(order)) {
      KeptOrder whole = order.name().filter() == null ? null : unfiltered(order);
      int[] sorted = whole == null ? null : whole.rows();
      if (order.name().filter() != null && room.length < slots.rows()) {
        room = new int[slots.rows() + (slots.rows() >> 2)];
      }
      order.build(slots, version, view, own, sorted, room);
    }
  }

  /** The same order of all rows, if it is at hand. */
  private KeptOrder unfiltered(KeptOrder order) {
    KeptOrder.Name name = order.name();
    KeptOrder whole = orders.get(new KeptOrder.Name(null, name.order(), name.options()));
    return whole != null && whole.isOf(slots) && apply(whole) ? whole : null;
  }

  /**
   * What commits did to the rows since a version, in their order; empty when that is not known.
   * They are slots of the present {@link RowSlots}.
   */
  synchronized Optional<List<Change>> changesSince(long from) {
    if (from == version) {
      return Optional.of(List.of());
    }
    return changes.isEmpty() || changes.getFirst().version() > from + 1
        ? Optional.empty()
        : Optional.of(changes.stream().filter(change -> change.version() > from).toList());
  }

  /** False when what happened since is not known or too much. */
  private boolean apply(KeptOrder order) {
    if (order.version() == version) {
      return true;
    }
    Optional<List<Change>> since = changesSince(order.version());
    if (since.isEmpty()) {
      return false;
    }
    Set<Integer> gone = new LinkedHashSet<>();
    Set<Integer> come = new LinkedHashSet<>();
    for (Change change : since.get()) {
      for (int slot : change.gone()) {
        if (!come.remove(slot)) {
          gone.add(slot);
        }
      }
      for (int slot : change.come()) {
        come.add(slot);
      }
    }
    if (gone.size() + come.size() > few + slots.rows() / 8) {
      return false;
    }
    order.apply(array(gone), array(come), version);
    return true;
  }

  private static int[] array(Collection<Integer> slots) {
    return slots.stream().mapToInt(Integer::intValue).toArray();
  }

  /** A restriction made ready for slots, whose columns are read when they are the present ones. */
  synchronized SlotFilter filter(
      RowSlots of, SRestriction restriction, ViewContext view, RowSource own) {
    if (!stale && of == slots) {
      ensure(
          Restrictions.tags(restriction)
              .map(PropTag::id)
              .filter(source::keeps)
              .boxed()
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    return new SlotFilters(of, view, own).of(restriction);
  }

  /** Index among an order's rows of the row with a key; -1 when it is not among them. */
  synchronized int indexOf(KeptOrder order, Bytes key) {
    return order.indexOf(slots.find(key));
  }

  /** Index among all rows in natural order of a row; where it belongs as -1 - index. */
  synchronized int indexByKey(Bytes key) {
    return slots.indexOf(key, 0);
  }

  /** Rows are about to be read: when they are many, their columns are read once for all. */
  synchronized void reading(int rows, Shape shape) {
    if (stale || shape.columns().stream().map(PropTag::id).noneMatch(this::isMissing)) {
      return;
    }
    singleReads += rows;
    boolean many = singleReads > Math.min(few + slots.rows() / 20, 2 * slots.rows());
    if (many && bytes < bytesMax) {
      ensure(shown(shape));
      weigh();
      singleReads = 0;
    }
  }

  private boolean isMissing(int propId) {
    return source.keeps(propId) && slots.column(propId) == null;
  }

  /** Identifiers of a shape's columns that are kept with the rows. */
  private Set<Integer> shown(Shape shape) {
    return shape.columns().stream()
        .map(PropTag::id)
        .filter(source::keeps)
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void refresh(Set<Integer> needed) {
    long now = source.stamp();
    if (!stale && now == stamp) {
      ensure(needed);
      return;
    }
    Optional<List<List<Bytes>>> touched = stale ? Optional.empty() : source.changes();
    stale = true; // until all is well: a fault in between has the rows read anew
    if (touched.isEmpty() || isTooMuch(touched.get().stream().mapToInt(List::size).sum())) {
      load(needed);
      reached(now);
      return;
    }
    try {
      ensure(needed);
    } finally { // what keeps a column from being read leaves the rows as they are now
      touched.get().forEach(this::apply);
      reached(now);
    }
  }

  private void reached(long now) {
    stamp = now;
    stale = false;
  }

  private boolean isTooMuch(int touched) {
    int rows = slots.rows();
    return touched > few / 2 + rows / 8 || slots.size() > few + 2 * loaded;
  }

  /** Reads all rows. */
  private void load(Set<Integer> needed) {
    Set<Integer> ids = new TreeSet<>(needed);
    int expected = 0;
    if (slots != null) {
      expected = slots.rows();
      if (slots.bytes() < bytesMax) {
        ids.addAll(slots.columnIds());
      }
    }
    RowSlots read = new RowSlots();
    ColumnFill fill = new ColumnFill(ids, expected);
    source.forEach(
        row -> {
          Aborted.look();
          fill.put(read.append(row.instanceKey()), row);
        });
    fill.finish(read, List.of());
    changes.clear();
    changed = 0;
    version++;
    loaded = read.rows();
    slots = read;
  }

  /** Reads columns that are not there yet. */
  private void ensure(Set<Integer> needed) {
    Set<Integer> missing = new TreeSet<>(needed);
    missing.removeAll(slots.columnIds());
    if (missing.isEmpty()) {
      return;
    }
    ColumnFill fill = new ColumnFill(missing, slots.size());
    BitSet seen = new BitSet(slots.size());
    int[] next = {0};
    source.forEach(
        row -> {
          Aborted.look();
          int at = slots.indexOf(row.instanceKey(), next[0]);
          if (at >= 0) {
            next[0] = at + 1;
            seen.set(slots.natural()[at]);
            fill.put(slots.natural()[at], row);
          }
        });
    List<Integer> missed = new ArrayList<>();
    for (int i = seen.nextClearBit(0); i < slots.size(); i = seen.nextClearBit(i + 1)) {
      missed.add(i);
    }
    fill.finish(slots, missed);
  }

  private void apply(Collection<Bytes> touched) {
    List<Integer> gone = new ArrayList<>();
    List<Integer> come = new ArrayList<>();
    for (Bytes key : touched) {
      TableRow row = source.row(key);
      int old = slots.remove(key);
      if (old >= 0) {
        gone.add(old);
      }
      if (row != null) {
        come.add(slots.add(row));
      }
    }
    if (gone.isEmpty() && come.isEmpty()) {
      return;
    }
    changes.add(new Change(++version, array(gone), array(come)));
    changed += gone.size() + come.size();
    while (changed > CHANGES_MAX_FEW * (long) few) {
      Change oldest = changes.removeFirst();
      changed -= oldest.gone().length + oldest.come().length;
    }
  }
}
