package org.mapi4j.table;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiCode;
import org.mapi4j.types.SPropTagArray;

/** The rows behind a view, and what columns they have. Asked from the caller's thread only. */
public interface RowSource {
  /**
   * Every column that the table can supply: QueryColumns with TBL_ALL_COLUMNS. String tags in
   * either width; the view gives them its own.
   */
  SPropTagArray allColumns();

  /** The columns before any SetColumns; none is multivalued. String tags in either width. */
  SPropTagArray initialColumns();

  /** The present row set in natural order, which is the order of a view that is not sorted. */
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
   * True when natural order is that of the rows' keys, as unsigned bytes: then {@link #changedKeys}
   * and {@link #row} may be asked.
   */
  default boolean isOrderedByKey() {
    return false;
  }

  /**
   * Keys of the rows that came, went or changed since this or the rows were asked for last, each
   * once, in the order of the commits; empty when the rows must be read anew. Asked after {@link
   * #stamp}.
   */
  default Optional<Collection<Bytes>> changedKeys() {
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
