package org.mapi4j.client;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SSortOrderSet;

/**
 * The rows of a table. Each iteration opens the table anew and reads it in pages, so that rows
 * which come or go meanwhile show as the table shows them. Immutable: where and sortedBy answer
 * another.
 */
public final class Rows implements Iterable<Row> {
  private static final int PAGE_ROWS = 100;

  private final Item owner;
  private final Supplier<MapiResult<IMAPITable>> table;
  private final SPropTagArray columns;
  private final SRestriction restriction;
  private final SSortOrderSet order;

  private Rows(
      Item owner,
      Supplier<MapiResult<IMAPITable>> table,
      SPropTagArray columns,
      SRestriction restriction,
      SSortOrderSet order) {
    this.owner = owner;
    this.table = table;
    this.columns = columns;
    this.restriction = restriction;
    this.order = order;
  }

  /** Rows of a table with these columns, the given key always first. */
  static Rows of(
      Item owner, Supplier<MapiResult<IMAPITable>> table, Key<?> first, Key<?>... columns) {
    IntStream more = Stream.of(columns).mapToInt(Key::tag);
    int[] tags = IntStream.concat(IntStream.of(first.tag()), more).distinct().toArray();
    return new Rows(owner, table, SPropTagArray.tags(tags), null, null);
  }

  /** Only the rows that meet a restriction. */
  public Rows where(SRestriction value) {
    return new Rows(owner, table, columns, value, order);
  }

  /** In a sort order. */
  public Rows sortedBy(SSortOrderSet value) {
    return new Rows(owner, table, columns, restriction, value);
  }

  /** Number of rows at this moment. */
  public int count() {
    try (IMAPITable open = open()) {
      return MapiException.require(open.getRowCount(0), "IMAPITable::GetRowCount");
    }
  }

  /** The rows as a stream; close it when it is left before its end. */
  public Stream<Row> stream() {
    Pages pages = new Pages(owner, open());
    Iterable<Row> once = () -> pages;
    return StreamSupport.stream(once.spliterator(), false).onClose(pages::close);
  }

  /**
   * Reads the table. It is released at the last row, and at a failure; after a loop that is left
   * before its end when the folder or message is closed.
   */
  @Override
  public Iterator<Row> iterator() {
    return new Pages(owner, open());
  }

  private IMAPITable open() {
    IMAPITable open = MapiException.object(table.get(), IMAPITable.class, "opening the table");
    try {
      MapiException.require(open.setColumns(columns, 0), "IMAPITable::SetColumns");
      if (restriction != null) {
        MapiException.require(open.restrict(restriction, 0), "IMAPITable::Restrict");
      }
      if (order != null) {
        MapiException.require(open.sortTable(order, 0), "IMAPITable::SortTable");
      }
      return open;
    } catch (RuntimeException | Error failed) {
      open.close();
      throw failed;
    }
  }

  /** One iteration. */
  static final class Pages implements Iterator<Row> {
    private final Item owner;
    private final IMAPITable table;
    private final Queue<SRow> page = new ArrayDeque<>();
    private boolean ended;

    Pages(Item owner, IMAPITable table) {
      this.owner = owner;
      this.table = table;
      owner.opened(this);
    }

    @Override
    public boolean hasNext() {
      if (page.isEmpty() && !ended) {
        fill();
      }
      return !page.isEmpty();
    }

    private void fill() {
      try {
        page.addAll(
            MapiException.value(table.queryRows(PAGE_ROWS, 0), "IMAPITable::QueryRows").aRow());
      } finally {
        if (page.isEmpty()) {
          close();
        }
      }
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return new Row(page.remove());
    }

    void close() {
      ended = true;
      owner.closed(this);
      table.close();
    }
  }
}
