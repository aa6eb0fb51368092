package org.mapi4j.api;

import org.mapi4j.types.Bytes;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRowSet;
import org.mapi4j.types.SSortOrderSet;

/**
 * A view of rows with columns, sort order, restriction and cursor. Source: MAPI "IMAPITable :
 * IUnknown".
 */
public interface IMAPITable extends IUnknown {
  /** A NULL restriction: every row. */
  SRestriction NO_RESTRICTION = null;

  /** Outputs of {@link #getStatus}. */
  record Status(int lpulTableStatus, int lpulTableType) {}

  /** Outputs of {@link #queryPosition}: the row, and its place as a fraction. */
  record Position(int lpulRow, int lpulNumerator, int lpulDenominator) {}

  /** Outputs of {@link #expandRow}: the rows, and how many more were added. */
  record Expanded(SRowSet lppRows, int lpulMoreRows) {}

  /**
   * Detail about the last failure with that code, or null. Flags: MAPI_UNICODE. Source: MAPI
   * "IMAPITable::GetLastError".
   */
  MapiResult<MAPIERROR> getLastError(int hResult, int ulFlags);

  /**
   * Registers a sink for changes (fnevTableModified). MAPI_E_NO_SUPPORT. Source: MAPI
   * "IMAPITable::Advise".
   */
  MapiResult<Long> advise(int ulEventMask, IMAPIAdviseSink lpAdviseSink);

  /** Ends a registration. Source: MAPI "IMAPITable::Unadvise". */
  int unadvise(long ulConnection);

  /** TBLSTAT_ and TBLTYPE_. Source: MAPI "IMAPITable::GetStatus". */
  MapiResult<Status> getStatus();

  /**
   * Sets the columns of QueryRows. Flags: TBL_ASYNC, TBL_BATCH. MAPI_E_BUSY. Source: MAPI
   * "IMAPITable::SetColumns".
   */
  int setColumns(SPropTagArray lpPropTagArray, int ulFlags);

  /**
   * The present columns, or all possible ones with TBL_ALL_COLUMNS. Source: MAPI
   * "IMAPITable::QueryColumns".
   */
  MapiResult<SPropTagArray> queryColumns(int ulFlags);

  /** Number of rows. Flags: reserved, 0. Source: MAPI "IMAPITable::GetRowCount". */
  MapiResult<Integer> getRowCount(int ulFlags);

  /**
   * Moves the cursor; the value is the rows moved, signed. MAPI_E_INVALID_BOOKMARK,
   * MAPI_W_POSITION_CHANGED. Source: MAPI "IMAPITable::SeekRow".
   */
  MapiResult<Integer> seekRow(int bkOrigin, int lRowCount);

  /** Moves the cursor to a fraction of the table. Source: MAPI "IMAPITable::SeekRowApprox". */
  int seekRowApprox(int ulNumerator, int ulDenominator);

  /** Where the cursor is. Source: MAPI "IMAPITable::QueryPosition". */
  MapiResult<Position> queryPosition();

  /**
   * Moves the cursor to the next row that meets a restriction. Flags: DIR_BACKWARD.
   * MAPI_E_NOT_FOUND. Source: MAPI "IMAPITable::FindRow".
   */
  int findRow(SRestriction lpRestriction, int bkOrigin, int ulFlags);

  /**
   * Shows only the rows that meet a restriction; {@link #NO_RESTRICTION} shows all. Flags:
   * TBL_ASYNC, TBL_BATCH. MAPI_E_TOO_COMPLEX. Source: MAPI "IMAPITable::Restrict".
   */
  int restrict(SRestriction lpRestriction, int ulFlags);

  /**
   * Marks the cursor's row. MAPI_E_UNABLE_TO_COMPLETE. Source: MAPI "IMAPITable::CreateBookmark".
   */
  MapiResult<Integer> createBookmark();

  /** Frees a bookmark. MAPI_E_INVALID_BOOKMARK. Source: MAPI "IMAPITable::FreeBookmark". */
  int freeBookmark(int bkPosition);

  /**
   * Sorts. Flags: TBL_ASYNC, TBL_BATCH. MAPI_E_TOO_COMPLEX. Source: MAPI "IMAPITable::SortTable".
   */
  int sortTable(SSortOrderSet lpSortCriteria, int ulFlags);

  /** The present sort order. Source: MAPI "IMAPITable::QuerySortOrder". */
  MapiResult<SSortOrderSet> querySortOrder();

  /**
   * Reads rows at the cursor, backwards for a negative count. Flags: TBL_NOADVANCE. No row is the
   * end. Source: MAPI "IMAPITable::QueryRows".
   */
  MapiResult<SRowSet> queryRows(int lRowCount, int ulFlags);

  /** Stops what runs asynchronously. MAPI_E_UNABLE_TO_ABORT. Source: MAPI "IMAPITable::Abort". */
  int abort();

  /** Expands a category. MAPI_E_NOT_FOUND. Source: MAPI "IMAPITable::ExpandRow". */
  MapiResult<Expanded> expandRow(Bytes pbInstanceKey, int ulRowCount, int ulFlags);

  /**
   * Collapses a category; the value is the rows removed. MAPI_E_NOT_FOUND. Source: MAPI
   * "IMAPITable::CollapseRow".
   */
  MapiResult<Integer> collapseRow(Bytes pbInstanceKey, int ulFlags);

  /**
   * Waits for asynchronous work; the value is the table's status. MAPI_E_TIMEOUT. Source: MAPI
   * "IMAPITable::WaitForCompletion".
   */
  MapiResult<Integer> waitForCompletion(int ulFlags, int ulTimeout);

  /** The expanded and collapsed categories as data. Source: MAPI "IMAPITable::GetCollapseState". */
  MapiResult<Bytes> getCollapseState(int ulFlags, Bytes lpbInstanceKey);

  /** Restores categories; the value is a bookmark. Source: MAPI "IMAPITable::SetCollapseState". */
  MapiResult<Integer> setCollapseState(int ulFlags, Bytes pbCollapseState);
}
