package org.mapi4j.util;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;
import org.mapi4j.types.SSortOrderSet;

/** Whole tables at once, and columns put first. */
final class AllRows {
  /** Rows asked for at a time. */
  private static final int CHUNK_ROWS = 1000;

  private AllRows() {}

  static MapiResult<SRowSet> query(
      IMAPITable table,
      SPropTagArray columns,
      SRestriction restriction,
      SSortOrderSet sort,
      int rowsMax) {
    if (table == null || rowsMax < 0) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    int hr = columns == null ? S_OK : table.setColumns(columns, TBL_BATCH);
    if (hr >= 0 && restriction != null) {
      hr = table.restrict(restriction, TBL_BATCH);
    }
    if (hr >= 0 && sort != null) {
      hr = table.sortTable(sort, TBL_BATCH);
    }
    if (hr >= 0) {
      hr = table.seekRow(BOOKMARK_BEGINNING, 0).hr();
    }
    return hr < 0 ? MapiResult.error(hr) : read(table, rowsMax);
  }

  private static MapiResult<SRowSet> read(IMAPITable table, int rowsMax) {
    List<SRow> rows = new ArrayList<>();
    while (true) {
      MapiResult<SRowSet> chunk = table.queryRows(CHUNK_ROWS, 0);
      if (chunk.failed()) {
        return MapiResult.error(chunk.hr());
      }
      if (chunk.value().size() == 0) {
        return MapiResult.ok(new SRowSet(rows));
      }
      rows.addAll(chunk.value().aRow());
      if (rowsMax != 0 && rows.size() > rowsMax) {
        return MapiResult.error(MAPI_E_TABLE_TOO_BIG);
      }
    }
  }

  static int addColumns(
      IMAPITable table, SPropTagArray added, UnaryOperator<SPropTagArray> filter) {
    if (table == null || added == null) {
      return MAPI_E_INVALID_PARAMETER;
    }
    MapiResult<SPropTagArray> present = table.queryColumns(0);
    if (present.failed()) {
      return present.hr();
    }
    SPropTagArray old = filter == null ? present.value() : filter.apply(present.value());
    if (old == null || old.size() > present.value().size()) {
      return MAPI_E_INVALID_PARAMETER;
    }
    IntStream kept = old.stream().filter(tag -> !added.contains(tag));
    int[] columns = IntStream.concat(added.stream(), kept).toArray();
    return table.setColumns(SPropTagArray.tags(columns), TBL_BATCH);
  }
}
