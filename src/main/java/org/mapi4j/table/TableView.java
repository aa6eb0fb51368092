package org.mapi4j.table;

import static org.mapi4j.types.MapiCode.*;

import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRowSet;
import org.mapi4j.types.SSortOrderSet;

/**
 * A view of a source's rows: columns, sort order and restriction. The cursor stays on its row when
 * others come or go. Calls are serialised. Source: MAPI "IMAPITable : IUnknown". Where the pages
 * differ: ADR 0010.
 */
public final class TableView implements IMAPITable {
  private final RowSource source;
  private final TableOptions options;

  private TableView(RowSource source, TableOptions options) {
    this.source = source;
    this.options = options;
  }

  /** Opens a view at the first row, with the initial columns and every row. */
  public static TableView open(RowSource source, TableOptions options) {
    return new TableView(source, options);
  }

  @Override
  public MapiResult<IUnknown> queryInterface(Guid riid) {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
  }

  @Override
  public void close() {}

  @Override
  public MapiResult<MAPIERROR> getLastError(int hResult, int ulFlags) {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
  }

  @Override
  public MapiResult<Long> advise(int ulEventMask, IMAPIAdviseSink lpAdviseSink) {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
  }

  @Override
  public int unadvise(long ulConnection) {
    return MAPI_E_NO_SUPPORT;
  }

  @Override
  public MapiResult<Status> getStatus() {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
  }

  @Override
  public int setColumns(SPropTagArray lpPropTagArray, int ulFlags) {
    return MAPI_E_NO_SUPPORT;
  }

  @Override
  public MapiResult<SPropTagArray> queryColumns(int ulFlags) {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
  }

  @Override
  public MapiResult<Integer> getRowCount(int ulFlags) {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
  }

  @Override
  public MapiResult<Integer> seekRow(int bkOrigin, int lRowCount) {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
  }

  @Override
  public int seekRowApprox(int ulNumerator, int ulDenominator) {
    return MAPI_E_NO_SUPPORT;
  }

  @Override
  public MapiResult<Position> queryPosition() {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
  }

  @Override
  public int findRow(SRestriction lpRestriction, int bkOrigin, int ulFlags) {
    return MAPI_E_NO_SUPPORT;
  }

  @Override
  public int restrict(SRestriction lpRestriction, int ulFlags) {
    return MAPI_E_NO_SUPPORT;
  }

  @Override
  public MapiResult<Integer> createBookmark() {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
  }

  @Override
  public int freeBookmark(int bkPosition) {
    return MAPI_E_NO_SUPPORT;
  }

  @Override
  public int sortTable(SSortOrderSet lpSortCriteria, int ulFlags) {
    return MAPI_E_NO_SUPPORT;
  }

  @Override
  public MapiResult<SSortOrderSet> querySortOrder() {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
  }

  @Override
  public MapiResult<SRowSet> queryRows(int lRowCount, int ulFlags) {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
  }

  @Override
  public int abort() {
    return MAPI_E_NO_SUPPORT;
  }

  @Override
  public MapiResult<Expanded> expandRow(Bytes pbInstanceKey, int ulRowCount, int ulFlags) {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
  }

  @Override
  public MapiResult<Integer> collapseRow(Bytes pbInstanceKey, int ulFlags) {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
  }

  @Override
  public MapiResult<Integer> waitForCompletion(int ulFlags, int ulTimeout) {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
  }

  @Override
  public MapiResult<Bytes> getCollapseState(int ulFlags, Bytes lpbInstanceKey) {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
  }

  @Override
  public MapiResult<Integer> setCollapseState(int ulFlags, Bytes pbCollapseState) {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
  }
}
