package org.mapi4j.conformance;

import static org.mapi4j.conformance.TableFixtures.all;
import static org.mapi4j.conformance.TableFixtures.compare;
import static org.mapi4j.conformance.TableFixtures.order;
import static org.mapi4j.conformance.TableFixtures.subjects;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.Set;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.Vtables;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SCountRestriction;
import org.mapi4j.types.SRestriction.SPropertyRestriction;
import org.mapi4j.types.SSortOrderSet;

/** The slots of a table, its errors, its status, and operations that may be put off. */
final class TableCallChecks {
  /** Bits that no page gives any method of a table. */
  private static final int UNKNOWN_FLAGS = 0x4000_0000;

  private static final Set<Integer> BUSY =
      Set.of(TBLSTAT_SORTING, TBLSTAT_SETTING_COLS, TBLSTAT_RESTRICTING);

  private TableCallChecks() {}

  static void register(Checks checks) {
    slots(checks);
    errors(checks);
    status(checks);
    putOff(checks);
    ended(checks);
    flags(checks);
  }

  private static void slots(Checks checks) {
    checks
        .rows("TABLE-001")
        .check(
            "QueryInterface answers IID_IMAPITable, and the slots are in order",
            c -> {
              IMAPITable table = subjects(c, "a");
              c.ok(table.queryInterface(MapiGuid.IID_IMAPITable), "QueryInterface");
              c.assertEqual(
                  List.of(
                      "QueryInterface",
                      "AddRef",
                      "Release",
                      "GetLastError",
                      "Advise",
                      "Unadvise",
                      "GetStatus",
                      "SetColumns",
                      "QueryColumns",
                      "GetRowCount",
                      "SeekRow",
                      "SeekRowApprox",
                      "QueryPosition",
                      "FindRow",
                      "Restrict",
                      "CreateBookmark",
                      "FreeBookmark",
                      "SortTable",
                      "QuerySortOrder",
                      "QueryRows",
                      "Abort",
                      "ExpandRow",
                      "CollapseRow",
                      "WaitForCompletion",
                      "GetCollapseState",
                      "SetCollapseState"),
                  Vtables.of(IMAPITable.class).stream().map(Vtables.Slot::name).toList(),
                  "names of the slots");
            });
  }

  private static void errors(Checks checks) {
    checks
        .rows("TABLE-002", "TABLE-003")
        .check(
            "GetLastError holds nothing about a code that did not occur, else text",
            c -> {
              IMAPITable table = subjects(c, "a");
              c.assertEqual(
                  null,
                  c.ok(table.getLastError(MAPI_E_NOT_FOUND, MAPI_UNICODE), "GetLastError"),
                  "error that did not occur");
              c.assertHr(MAPI_E_INVALID_PARAMETER, table.queryRows(0, 0), "QueryRows(0)");
              for (int width : new int[] {MAPI_UNICODE, 0}) {
                MapiResult<MAPIERROR> error = table.getLastError(MAPI_E_INVALID_PARAMETER, width);
                if (error.failed()) {
                  c.assertHr(MAPI_E_BAD_CHARWIDTH, error, "GetLastError");
                } else if (error.value() != null) {
                  c.assertTrue(error.value().lpszError() != null, "a text", error.value());
                }
              }
            });
  }

  private static void status(Checks checks) {
    checks
        .rows("TABLE-026")
        .check(
            "GetRowCount is exact, or says that it is not, or that there is none",
            c -> {
              IMAPITable table = subjects(c, "a", "b", "c");
              MapiResult<Integer> count = table.getRowCount(0);
              c.assertOneOf(
                  count.hr(), "GetRowCount", S_OK, MAPI_W_APPROX_COUNT, MAPI_E_NO_SUPPORT);
              if (count.hr() == S_OK) {
                c.assertEqual(3, count.value(), "rows");
              }
            });
    checks
        .rows("TABLE-008", "TABLE-009")
        .check(
            "TBLSTAT_COMPLETE when idle, and after a failure its error value or that",
            c -> {
              IMAPITable table = subjects(c, "a", "b");
              c.assertEqual(TBLSTAT_COMPLETE, status(c, table), "status of a fresh view");
              failed(c, table, table.restrict(tooComplex(), 0), TBLSTAT_RESTRICT_ERROR);
              failed(c, table, table.sortTable(unsortable(), 0), TBLSTAT_SORT_ERROR);
              failed(c, table, table.setColumns(SPropTagArray.EMPTY, 0), TBLSTAT_SETCOL_ERROR);
              c.need(table.restrict(IMAPITable.NO_RESTRICTION, 0), "Restrict(NULL)");
              c.assertEqual(TBLSTAT_COMPLETE, status(c, table), "status after a success");
              c.need(table.sortTable(order(TABLE_SORT_DESCEND, PR_SUBJECT_W), 0), "SortTable");
              c.assertDiffer(TBLSTAT_QCHANGED, status(c, table), "status after sorting");
            });
    checks
        .rows("TABLE-010")
        .check(
            "TBLSTAT_QCHANGED is no answer to sorting and restricting",
            c -> {
              IMAPITable table = subjects(c, "a", "b");
              c.need(table.sortTable(order(TABLE_SORT_DESCEND, PR_SUBJECT_W), 0), "SortTable");
              c.assertDiffer(TBLSTAT_QCHANGED, status(c, table), "status after SortTable");
              c.need(table.restrict(compare(PR_SUBJECT_W, RELOP_EQ, "a"), 0), "Restrict");
              c.assertDiffer(TBLSTAT_QCHANGED, status(c, table), "status after Restrict");
            });
    checks
        .rows("TABLE-011", "TABLE-012", "TABLE-013")
        .check(
            "Rows follow the data as the table's type says",
            c -> {
              IMAPITable table = subjects(c, "a", "b");
              int type = c.ok(table.getStatus(), "GetStatus").lpulTableType();
              c.assertEqual(List.of("a", "b"), all(c, table), "rows at first");
              TableFixtures.add(c, "aa");
              List<Object> then =
                  type == TBLTYPE_DYNAMIC ? List.of("a", "aa", "b") : List.of("a", "b");
              c.assertEqual(then, all(c, table), "rows after a message came");
            });
  }

  private static void failed(Context c, IMAPITable table, int hr, int error) {
    c.assertTrue(hr < 0, "a failure", HResult.toString(hr));
    c.assertTrue(
        Set.of(error, TBLSTAT_COMPLETE).contains(status(c, table)),
        "the operation's error or TBLSTAT_COMPLETE",
        status(c, table));
  }

  private static int status(Context c, IMAPITable table) {
    return c.ok(table.getStatus(), "GetStatus").lpulTableStatus();
  }

  /** Types that differ. */
  private static SRestriction tooComplex() {
    return new SPropertyRestriction(
        RELOP_EQ, PR_SUBJECT_W, SPropValue.of(PR_IMPORTANCE, IMPORTANCE_HIGH));
  }

  private static SSortOrderSet unsortable() {
    return order(0x7777, PR_SUBJECT_W);
  }

  private static void putOff(Checks checks) {
    checks
        .rows("TABLE-018", "TABLE-019", "TABLE-062", "TABLE-065")
        .check(
            "TBL_BATCH and TBL_ASYNC give the same rows, at the latest when they are read",
            c -> {
              for (int flag : new int[] {TBL_BATCH, TBL_ASYNC}) {
                IMAPITable table = subjects(c);
                if (flag == TBL_BATCH) {
                  for (String subject : List.of("a", "b", "c")) {
                    TableFixtures.add(c, subject);
                  }
                }
                settled(
                    c,
                    table,
                    table.setColumns(SPropTagArray.tags(PR_SUBJECT_W, 0x7FE1_001F), flag));
                settled(
                    c,
                    table,
                    table.restrict(
                        new SRestriction.SNotRestriction(compare(PR_SUBJECT_W, RELOP_EQ, "b")),
                        flag));
                settled(c, table, table.sortTable(order(TABLE_SORT_DESCEND, PR_SUBJECT_W), flag));
                MapiResult<Integer> waited = table.waitForCompletion(0, -1);
                if (waited.failed()) {
                  c.assertHr(MAPI_E_NO_SUPPORT, waited, "WaitForCompletion");
                } else {
                  c.assertTrue(!BUSY.contains(waited.value()), "an idle table", waited.value());
                }
                c.assertEqual(List.of("c", "a"), all(c, table), "rows");
                SPropValue unsupported = TableFixtures.rows(c, table).get(0).lpProps().get(1);
                c.assertEqual(
                    SPropValue.error(0x7FE1_001F, MAPI_E_NOT_FOUND),
                    unsupported,
                    "value of a column that is not there");
              }
            });
    checks
        .rows("TABLE-062")
        .check(
            "What cannot be evaluated fails at once or when rows are read",
            c -> {
              IMAPITable table = subjects(c, "a");
              int hr =
                  table.restrict(
                      new SCountRestriction(1, compare(PR_SUBJECT_W, RELOP_EQ, "a")), TBL_BATCH);
              if (hr >= 0) {
                MapiResult<?> read = table.queryRows(10, 0);
                c.assertTrue(
                    read.succeeded() || read.hr() == MAPI_E_TOO_COMPLEX, "rows or a refusal", read);
              } else {
                c.assertHr(MAPI_E_TOO_COMPLEX, hr, "Restrict(RES_COUNT)");
              }
            });
  }

  /** An operation that was put off may keep the table busy for a while. */
  private static void settled(Context c, IMAPITable table, int hr) {
    c.ok(hr, "an operation that may be put off");
    MapiResult<Integer> waited = table.waitForCompletion(0, -1);
    c.assertOneOf(waited.hr(), "WaitForCompletion", S_OK, MAPI_E_NO_SUPPORT);
  }

  private static void ended(Checks checks) {
    checks
        .rows("TABLE-063")
        .check(
            "Abort of an idle table is S_OK or MAPI_E_UNABLE_TO_ABORT",
            c -> {
              IMAPITable table = subjects(c, "a", "b");
              c.assertOneOf(table.abort(), "Abort", S_OK, MAPI_E_UNABLE_TO_ABORT);
              c.assertEqual(List.of("a", "b"), all(c, table), "rows");
            });
    checks
        .rows("TABLE-064")
        .check(
            "After Abort of a sort the earlier order or, when it had ended, the new one holds",
            c -> {
              IMAPITable table = subjects(c, "a", "b", "c");
              c.ok(
                  table.sortTable(order(TABLE_SORT_DESCEND, PR_SUBJECT_W), TBL_ASYNC),
                  "SortTable(TBL_ASYNC)");
              int aborted = table.abort();
              c.assertOneOf(aborted, "Abort", S_OK, MAPI_E_UNABLE_TO_ABORT);
              c.assertOneOf(
                  table.waitForCompletion(0, -1).hr(),
                  "WaitForCompletion",
                  S_OK,
                  MAPI_E_NO_SUPPORT);
              c.assertEqual(
                  aborted == S_OK ? List.of("a", "b", "c") : List.of("c", "b", "a"),
                  all(c, table),
                  "rows");
            });
  }

  private static void flags(Checks checks) {
    checks
        .rows("TABLE-103", "SORT-034")
        .check(
            "Flag bits that no page gives are refused",
            c -> {
              IMAPITable table = subjects(c, "a");
              refused(c, table.queryRows(1, UNKNOWN_FLAGS).hr(), "QueryRows");
              refused(c, table.getRowCount(UNKNOWN_FLAGS).hr(), "GetRowCount");
              refused(c, table.queryColumns(UNKNOWN_FLAGS).hr(), "QueryColumns");
              refused(c, table.restrict(null, UNKNOWN_FLAGS), "Restrict");
              refused(
                  c,
                  table.sortTable(TableFixtures.ascending(PR_SUBJECT_W), UNKNOWN_FLAGS),
                  "SortTable");
              refused(
                  c,
                  table.setColumns(SPropTagArray.tags(PR_SUBJECT_W), UNKNOWN_FLAGS),
                  "SetColumns");
              refused(c, table.waitForCompletion(UNKNOWN_FLAGS, 0).hr(), "WaitForCompletion");
              Bytes key = Bytes.of(1, 2, 3);
              refused(c, table.expandRow(key, 0, UNKNOWN_FLAGS).hr(), "ExpandRow");
              refused(c, table.collapseRow(key, UNKNOWN_FLAGS).hr(), "CollapseRow");
              refused(c, table.getCollapseState(UNKNOWN_FLAGS, key).hr(), "GetCollapseState");
              refused(c, table.setCollapseState(UNKNOWN_FLAGS, key).hr(), "SetCollapseState");
            });
  }

  private static void refused(Context c, int hr, String call) {
    c.assertOneOf(hr, call, MAPI_E_UNKNOWN_FLAGS, MAPI_E_INVALID_PARAMETER);
  }
}
