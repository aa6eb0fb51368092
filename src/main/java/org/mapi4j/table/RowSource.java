package org.mapi4j.table;

import java.util.List;
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
