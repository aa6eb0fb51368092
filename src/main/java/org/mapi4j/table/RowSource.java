package org.mapi4j.table;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mapi4j.advise.SinkQueue;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiCode;
import org.mapi4j.types.MapiDefs;
import org.mapi4j.types.SPropTagArray;

/**
 * The rows behind a view, and what columns they have. Asked by one thread at a time: a caller's, or
 * one that looks on behalf of the view's sinks.
 */
public interface RowSource {
  /** Who hears that rows may have changed. */
  interface Listener {
    /** Rows may have changed. Returns at once and asks nothing of the source; any thread. */
    void changed();

    /** The store ends: nothing more will be heard. The sinks that are to end with it; once. */
    List<SinkQueue> ended();
  }

  /**
   * Every column that the table can supply: QueryColumns with TBL_ALL_COLUMNS. String tags in
   * either width; the view gives them its own.
   */
  SPropTagArray allColumns();

  /** The columns before any SetColumns; none is multivalued. String tags in either width. */
  SPropTagArray initialColumns();

  /**
   * The present row set in natural order, which is the order of a view that is not sorted. Where
   * that is not the order of keys, rows keep the values that they have now: what changed is seen by
   * comparing them.
   */
  List<? extends TableRow> rows();

  /**
   * A number that changes whenever the answer of {@link #rows} or a value in it may have changed.
   * Read before the rows, so that a change in between is seen at the next call.
   */
  long stamp();

  /** Passes every row in natural order; a row is not needed any more when its turn is over. */
  default void forEach(Consumer<TableRow> each) {
    rows().forEach(each);
  }

  /**
   * True when natural order is that of the rows' keys, as unsigned bytes: then {@link #changes} and
   * {@link #row} may be asked.
   */
  default boolean isOrderedByKey() {
    return false;
  }

  /**
   * Keys of the rows that came, went or changed since this or the rows were asked for last, a list
   * for each commit, in order, each key once, with the last; empty when the rows must be read anew.
   * Asked after {@link #stamp}.
   */
  default Optional<List<List<Bytes>>> changes() {
    return Optional.empty();
  }

  /** The row with a key as it is now, or null. */
  default TableRow row(Bytes key) {
    throw new UnsupportedOperationException("rows are not ordered by key");
  }

  /**
   * Columns that all views of these rows share; null for none. Who has them has keys of 16 bytes,
   * which are the order of the rows, and answers {@link #unread} and {@link #after}.
   */
  default RowColumns columns() {
    return null;
  }

  /** The row with a key, which reads what it is asked for; without values once it has gone. */
  default TableRow unread(Bytes key) {
    throw new UnsupportedOperationException("rows have no columns");
  }

  /**
   * The same of several, which are about to be asked for some identifiers: what that takes is read
   * at once.
   */
  default List<? extends TableRow> unread(List<Bytes> keys, int[] propIds) {
    return keys.stream().map(this::unread).toList();
  }

  /** The first rows after a key, null for the first of all; fewer than asked for at the end. */
  default List<? extends TableRow> after(Bytes key, int count) {
    throw new UnsupportedOperationException("rows have no columns");
  }

  /** True for an identifier whose values are small and read with the rows. */
  default boolean keeps(int propId) {
    return false;
  }

  /**
   * Tells of changes from now on, until the answer is closed; null when this source cannot, so that
   * Advise is MAPI_E_NO_SUPPORT. A change that a reader can see has been told, or will be.
   */
  default AutoCloseable listen(Listener listener) {
    return null;
  }

  /** TBLTYPE_ value that GetStatus tells of the view. */
  default int tableType() {
    return MapiDefs.TBLTYPE_DYNAMIC;
  }

  /** What sinks are told where {@link #changes} was empty: TABLE_CHANGED or TABLE_RELOAD. */
  default int coarseEvent() {
    return MapiDefs.TABLE_CHANGED;
  }

  /** The view was released: called once, with no lock held. */
  default void released() {}

  /**
   * S_OK, or the failure that every call on the view answers now: MAPI_E_INVALID_OBJECT once the
   * store was released.
   */
  default int state() {
    return MapiCode.S_OK;
  }

  /**
   * The failure code that an exception stands for which this source or one of its rows threw: the
   * view answers the call with it and stays as it was. S_OK for a fault of the program, which is
   * thrown on.
   */
  default int codeOf(RuntimeException thrown) {
    return MapiCode.S_OK;
  }
}
