package org.mapi4j.table;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiGuid.*;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.api.CALLERRELEASE;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.ITableData;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Guid;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;
import org.mapi4j.types.SSortOrderSet;

/**
 * Rows in memory that one program fills and others see through read-only views, each of them live.
 * After {@link #close} every method answers MAPI_E_INVALID_OBJECT; views that are open go on. Any
 * thread. Source: MAPI "ITableData : IUnknown", "CreateTable".
 */
public final class TableData implements ITableData {
  /** What PT_STRING8 values are encoded in. */
  static final Charset CODE_PAGE = Charset.forName("windows-1252");

  private final int type;
  private final int indexTag;
  private final boolean unicode;
  private final TableDataRows rows;
  private volatile boolean closed;

  private TableData(int type, int indexTag, SPropTagArray columns) {
    this.type = type;
    this.indexTag = indexTag;
    this.unicode = columns.stream().noneMatch(tag -> PropTag.type(tag) == PT_STRING8);
    this.rows = new TableDataRows(columns);
  }

  /**
   * Makes an object without rows. MAPI_E_INTERFACE_NOT_SUPPORTED for another interface;
   * MAPI_E_INVALID_PARAMETER for an unknown type of table, an index column that is multivalued or
   * has no type, no columns or one of type PT_ERROR; MAPI_E_TOO_COMPLEX for more than 10,000
   * columns. Source: MAPI "CreateTable".
   *
   * @param lpInterface IID_IMAPITableData or null
   * @param ulTableType TBLTYPE_SNAPSHOT, TBLTYPE_KEYSET or TBLTYPE_DYNAMIC: what GetStatus of every
   *     view says
   * @param ulPropTagIndexColumn the column by which rows are known
   * @param lpSPropTagArrayOfColumns the columns that views have at first; strings of PT_STRING8
   *     where one of these is
   */
  public static MapiResult<ITableData> create(
      Guid lpInterface,
      int ulTableType,
      int ulPropTagIndexColumn,
      SPropTagArray lpSPropTagArrayOfColumns) {
    if (lpInterface != null
        && !lpInterface.equals(IID_IMAPITableData)
        && !lpInterface.equals(IID_IUnknown)) {
      return MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
    }
    if (!isType(ulTableType)
        || !isIndex(PropTag.type(ulPropTagIndexColumn))
        || lpSPropTagArrayOfColumns == null
        || lpSPropTagArrayOfColumns.isEmpty()
        || lpSPropTagArrayOfColumns.stream().anyMatch(tag -> PropTag.type(tag) == PT_ERROR)) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    return lpSPropTagArrayOfColumns.size() > TableView.COLUMNS_MAX
        ? MapiResult.error(MAPI_E_TOO_COMPLEX)
        : MapiResult.ok(new TableData(ulTableType, ulPropTagIndexColumn, lpSPropTagArrayOfColumns));
  }

  private static boolean isType(int type) {
    return type == TBLTYPE_SNAPSHOT || type == TBLTYPE_KEYSET || type == TBLTYPE_DYNAMIC;
  }

  private static boolean isIndex(int type) {
    return (type & MV_FLAG) == 0
        && type != PT_UNSPECIFIED
        && type != PT_NULL
        && type != PT_ERROR
        && type != PT_OBJECT;
  }

  @Override
  public MapiResult<IUnknown> queryInterface(Guid riid) {
    boolean known = IID_IMAPITableData.equals(riid) || IID_IUnknown.equals(riid);
    return known ? MapiResult.ok(this) : MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public MapiResult<IMAPITable> hrGetView(
      SSortOrderSet lpSSortOrderSet, CALLERRELEASE lpfCallerRelease, long ulCallerData) {
    if (closed) {
      return MapiResult.error(MAPI_E_INVALID_OBJECT);
    }
    if (lpSSortOrderSet != null && lpSSortOrderSet.cCategories() > 0) {
      return MapiResult.error(MAPI_E_NO_SUPPORT);
    }
    TableDataView source = rows.view(type);
    IMAPITable view =
        TableView.open(source, TableOptions.of(unicode, CODE_PAGE, Integer.MAX_VALUE));
    int hr = lpSSortOrderSet == null ? S_OK : view.sortTable(lpSSortOrderSet, 0);
    if (HResult.failed(hr)) {
      view.close();
      return MapiResult.error(hr);
    }
    if (lpfCallerRelease != null) {
      source.atClose(() -> lpfCallerRelease.callerRelease(ulCallerData, this, view));
    }
    return MapiResult.ok(view);
  }

  @Override
  public int hrModifyRow(SRow lpSRow) {
    return lpSRow == null ? MAPI_E_INVALID_PARAMETER : modify(List.of(lpSRow));
  }

  @Override
  public int hrModifyRows(int ulFlags, SRowSet lpSRowSet) {
    if (ulFlags != 0) {
      return MAPI_E_UNKNOWN_FLAGS;
    }
    return lpSRowSet == null ? MAPI_E_INVALID_PARAMETER : modify(lpSRowSet.aRow());
  }

  private int modify(List<SRow> given) {
    if (closed) {
      return MAPI_E_INVALID_OBJECT;
    }
    List<SPropValue> keys = indexes(given);
    return keys == null ? MAPI_E_INVALID_PARAMETER : rows.put(keys, given);
  }

  /** The index columns of rows; null when one has none. */
  private List<SPropValue> indexes(List<SRow> given) {
    List<SPropValue> keys = new ArrayList<>(given.size());
    for (SRow row : given) {
      SPropValue key = row.find(indexTag).orElse(null);
      if (key == null) {
        return null;
      }
      keys.add(key);
    }
    return keys;
  }

  private boolean isKey(SPropValue value) {
    return value != null && value.ulPropTag() == indexTag;
  }

  @Override
  public int hrInsertRow(int uliRow, SRow lpSRow) {
    if (closed) {
      return MAPI_E_INVALID_OBJECT;
    }
    SPropValue key = lpSRow == null ? null : lpSRow.find(indexTag).orElse(null);
    return key == null ? MAPI_E_INVALID_PARAMETER : rows.insert(uliRow, key, lpSRow);
  }

  @Override
  public int hrDeleteRow(SPropValue lpSPropValue) {
    if (closed) {
      return MAPI_E_INVALID_OBJECT;
    }
    if (!isKey(lpSPropValue)) {
      return MAPI_E_INVALID_PARAMETER;
    }
    return rows.delete(List.of(lpSPropValue)) == 0 ? MAPI_E_NOT_FOUND : S_OK;
  }

  @Override
  public MapiResult<Integer> hrDeleteRows(int ulFlags, SRowSet lprowsetToDelete) {
    if (closed) {
      return MapiResult.error(MAPI_E_INVALID_OBJECT);
    }
    if ((ulFlags & ~TAD_ALL_ROWS) != 0) {
      return MapiResult.error(MAPI_E_UNKNOWN_FLAGS);
    }
    if (ulFlags == TAD_ALL_ROWS) {
      return MapiResult.ok(rows.deleteAll());
    }
    List<SPropValue> keys = lprowsetToDelete == null ? null : indexes(lprowsetToDelete.aRow());
    return keys == null
        ? MapiResult.error(MAPI_E_INVALID_PARAMETER)
        : MapiResult.ok(rows.delete(keys));
  }

  @Override
  public MapiResult<QueriedRow> hrQueryRow(SPropValue lpsPropValue) {
    if (closed) {
      return MapiResult.error(MAPI_E_INVALID_OBJECT);
    }
    if (!isKey(lpsPropValue)) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    QueriedRow found = rows.find(lpsPropValue);
    return found == null ? MapiResult.error(MAPI_E_NOT_FOUND) : MapiResult.ok(found);
  }

  @Override
  public MapiResult<SRow> hrEnumRow(int ulRowNumber) {
    return closed ? MapiResult.error(MAPI_E_INVALID_OBJECT) : MapiResult.ok(rows.at(ulRowNumber));
  }

  @Override
  public int hrNotify(int ulFlags, List<SPropValue> lpSPropValue) {
    if (closed) {
      return MAPI_E_INVALID_OBJECT;
    }
    if (ulFlags != 0) {
      return MAPI_E_UNKNOWN_FLAGS;
    }
    SPropValue key =
        lpSPropValue == null
            ? null
            : lpSPropValue.stream().filter(this::isKey).findFirst().orElse(null);
    if (key == null) {
      return MAPI_E_INVALID_PARAMETER;
    }
    return rows.touch(key) ? S_OK : MAPI_E_NOT_FOUND;
  }
}
