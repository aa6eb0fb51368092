package org.mapi4j.api;

import java.util.List;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;
import org.mapi4j.types.SSortOrderSet;

/**
 * Rows in memory that one program fills and others see through read-only views. A row is known by
 * its index column. Source: MAPI "ITableData : IUnknown".
 */
public interface ITableData extends IUnknown {
  /** A NULL sort order: the rows in the order in which they were added. */
  SSortOrderSet UNSORTED = null;

  /** Outputs of {@link #hrQueryRow}: the row, and its number in the order of insertion. */
  record QueriedRow(SRow lppSRow, int lpuliRow) {}

  /**
   * A read-only view, its cursor on the first row. Categories are MAPI_E_NO_SUPPORT. Source: MAPI
   * "ITableData::HrGetView".
   *
   * @param lpSSortOrderSet the view's order, or {@link #UNSORTED}
   * @param lpfCallerRelease called when the view is released; may be null
   * @param ulCallerData handed to {@code lpfCallerRelease}
   */
  MapiResult<IMAPITable> hrGetView(
      SSortOrderSet lpSSortOrderSet, CALLERRELEASE lpfCallerRelease, long ulCallerData);

  /**
   * Replaces the row with the same index column, or appends one. MAPI_E_INVALID_PARAMETER without
   * an index column. Source: MAPI "ITableData::HrModifyRow".
   */
  int hrModifyRow(SRow lpSRow);

  /**
   * Removes the row with this index column from the data and every view. MAPI_E_NOT_FOUND. Source:
   * MAPI "ITableData::HrDeleteRow".
   */
  int hrDeleteRow(SPropValue lpSPropValue);

  /**
   * The row with this index column, every property of it. MAPI_E_INVALID_PARAMETER for another
   * column, MAPI_E_NOT_FOUND. Source: MAPI "ITableData::HrQueryRow".
   */
  MapiResult<QueriedRow> hrQueryRow(SPropValue lpsPropValue);

  /**
   * The row of a number in the order of insertion; S_OK with null where there is none. Source: MAPI
   * "ITableData::HrEnumRow".
   */
  MapiResult<SRow> hrEnumRow(int ulRowNumber);

  /**
   * Sends TABLE_ROW_MODIFIED for a row to every view, changed or not. Flags: 0. Source: MAPI
   * "ITableData::HrNotify".
   */
  int hrNotify(int ulFlags, List<SPropValue> lpSPropValue);

  /**
   * Inserts a row before a number; the number of rows appends. MAPI_E_INVALID_PARAMETER when the
   * index column's value exists. Source: MAPI "ITableData::HrInsertRow".
   */
  int hrInsertRow(int uliRow, SRow lpSRow);

  /**
   * Replaces or appends rows, all or none. Flags: 0. MAPI_E_INVALID_PARAMETER when one lacks the
   * index column. Source: MAPI "ITableData::HrModifyRows".
   */
  int hrModifyRows(int ulFlags, SRowSet lpSRowSet);

  /**
   * Removes rows by their index columns; the value is how many there were. Flags: TAD_ALL_ROWS,
   * with which the row set may be null. Source: MAPI "ITableData::HrDeleteRows".
   */
  MapiResult<Integer> hrDeleteRows(int ulFlags, SRowSet lprowsetToDelete);
}
