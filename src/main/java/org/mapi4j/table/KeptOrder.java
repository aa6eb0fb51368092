package org.mapi4j.table;

import static org.mapi4j.types.MapiTags.PR_MESSAGE_FLAGS;

import java.util.Arrays;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SSortOrderSet;

/**
 * The rows that meet a restriction, in an order: slots that are brought forward when rows come and
 * go. Shared by views; changed under the monitor of its {@link RowColumns}, while each array of
 * slots stays as it was handed out.
 */
final class KeptOrder {
  /**
   * What makes orders the same.
   *
   * @param filter with wide strings, or null
   * @param options what strings are converted by
   */
  record Name(SRestriction filter, SSortOrderSet order, TableOptions options) {}

  private final Name name;
  private final SortOrder sort;
  private final Set<Integer> needed;
  private RowSlots slots;
  private SlotFilter filter;
  private SlotOrder order;
  private int[] rows;
  private long version;

  /**
   * @param kept tells of which identifiers a restriction may have a column
   */
  KeptOrder(Name name, IntPredicate kept) {
    this.name = name;
    this.sort = new SortOrder(name.order());
    IntStream keys = IntStream.range(0, sort.size()).map(sort::tag);
    IntStream unread = sort.levels() > 0 ? IntStream.of(PR_MESSAGE_FLAGS) : IntStream.empty();
    IntStream filtered = Restrictions.tags(name.filter()).filter(tag -> kept.test(PropTag.id(tag)));
    this.needed =
        IntStream.concat(IntStream.concat(keys, unread), filtered)
            .mapToObj(PropTag::id)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Identifiers of the columns that the order is made by. */
  Set<Integer> needed() {
    return needed;
  }

  Name name() {
    return name;
  }

  SortOrder sort() {
    return sort;
  }

  /** The rows as they were brought forward last. */
  int[] rows() {
    return rows;
  }

  /** What the rows are slots of. */
  RowSlots slots() {
    return slots;
  }

  /** What commits made of the rows since this was brought forward last. */
  long version() {
    return version;
  }

  boolean isOf(RowSlots others) {
    return slots == others;
  }

  /**
   * Reads all slots.
   *
   * @param sorted the slots in the same order without the restriction, or null
   * @param room for as many slots as there are rows, to work in
   */
  void build(
      RowSlots all, long toVersion, ViewContext view, RowSource source, int[] sorted, int[] room) {
    SlotFilter nextFilter =
        name.filter() == null ? null : new SlotFilters(all, view, source).of(name.filter());
    SlotOrder nextOrder = new SlotOrder(all, sort);
    int count = all.rows();
    int[] found = all.natural();
    if (nextFilter != null) {
      count = nextFilter.select(found, count, room);
      found = room;
    }
    if (sorted != null && !sort.isEmpty() && count > all.rows() / 16) {
      found = inOrder(sorted, found, count, all.size());
    } else {
      found = Arrays.copyOf(found, count);
      nextOrder.sort(found);
    }
    slots = all;
    filter = nextFilter;
    order = nextOrder;
    rows = found;
    version = toVersion;
  }

  /** Those of the sorted slots that were found. */
  private static int[] inOrder(int[] sorted, int[] found, int count, int slots) {
    long[] marks = new long[(slots >> 6) + 1];
    for (int i = 0; i < count; i++) {
      marks[found[i] >> 6] |= 1L << found[i];
    }
    int[] kept = new int[count];
    int next = 0;
    for (int slot : sorted) {
      if ((marks[slot >> 6] & (1L << slot)) != 0) {
        kept[next++] = slot;
      }
    }
    return kept;
  }

  /** Takes out slots that went and puts in those that came, where they meet the restriction. */
  void apply(int[] gone, int[] come, long toVersion) {
    int[] out =
        Arrays.stream(gone).map(slot -> order.search(rows, slot)).filter(i -> i >= 0).toArray();
    int[] in = filter == null ? come.clone() : Arrays.stream(come).filter(filter::test).toArray();
    version = toVersion;
    if (out.length == 0 && in.length == 0) {
      return;
    }
    Arrays.sort(out);
    Integer[] sorted = Arrays.stream(in).boxed().toArray(Integer[]::new);
    Arrays.sort(sorted, order::compare);
    int[] next = new int[rows.length - out.length + in.length];
    int read = 0;
    int written = 0;
    int outAt = 0;
    for (int slot : sorted) {
      int at = -1 - order.search(rows, slot);
      while (outAt < out.length && out[outAt] < at) {
        written = copy(next, written, read, out[outAt]);
        read = out[outAt++] + 1;
      }
      written = copy(next, written, read, at);
      read = Math.max(read, at);
      next[written++] = slot;
    }
    for (; outAt < out.length; outAt++) {
      written = copy(next, written, read, out[outAt]);
      read = out[outAt] + 1;
    }
    written = copy(next, written, read, rows.length);
    assert written == next.length : written;
    rows = next;
  }

  private int copy(int[] to, int at, int from, int end) {
    int count = Math.max(0, end - from);
    System.arraycopy(rows, from, to, at, count);
    return at + count;
  }

  int compare(int a, int b) {
    return order.compare(a, b);
  }

  /** Index among the rows of a slot that may not be there: -1 then. */
  int indexOf(int slot) {
    return slot < 0 ? -1 : Math.max(-1, order.search(rows, slot));
  }

  long bytes() {
    return rows == null ? 0 : 4L * rows.length;
  }
}
