package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.ITableData;
import org.mapi4j.api.Vtables;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.NOTIFICATION.TABLE_NOTIFICATION;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;
import org.mapi4j.util.MapiUtil;

/** CreateTable and ITableData: rows that a program puts into a table of its own. */
final class TableDataChecks {
  /** Rows of one call that are told one by one; one more is told coarsely. */
  private static final int TOLD_MAX = 8;

  private static final SPropTagArray COLUMNS = SPropTagArray.tags(PR_ROWID, PR_SUBJECT_W);
  private static final SSortOrderSet BY_SUBJECT = TableFixtures.ascending(PR_SUBJECT_W);

  private TableDataChecks() {}

  static void register(Checks checks) {
    creation(checks);
    views(checks);
    modification(checks);
    insertion(checks);
    deletion(checks);
    questions(checks);
    events(checks);
  }

  private static ITableData data(Context c, String... subjects) {
    ITableData data =
        c.own(c.ok(MapiUtil.createTable(null, TBLTYPE_DYNAMIC, PR_ROWID, COLUMNS), "CreateTable"));
    for (int i = 0; i < subjects.length; i++) {
      c.need(data.hrModifyRow(row(i, subjects[i])), "HrModifyRow");
    }
    return data;
  }

  private static SPropValue id(int id) {
    return SPropValue.of(PR_ROWID, id);
  }

  private static SRow row(int id, String subject) {
    return SRow.of(id(id), SPropValue.of(PR_SUBJECT_W, subject));
  }

  private static SRowSet rows(SRow... rows) {
    return new SRowSet(List.of(rows));
  }

  @CanIgnoreReturnValue
  private static IMAPITable view(Context c, ITableData data, SSortOrderSet order) {
    return c.own(c.ok(data.hrGetView(order, null, 0), "HrGetView"));
  }

  /** The subjects of a view, from its beginning. */
  private static List<Object> subjects(Context c, IMAPITable view) {
    return TableFixtures.rows(c, view).aRow().stream()
        .map(row -> TableFixtures.value(row, PR_SUBJECT_W))
        .toList();
  }

  @CanIgnoreReturnValue
  private static TABLE_NOTIFICATION await(RowsHeard told, int event) throws Exception {
    return told.awaitAny("an event of type " + event, e -> e.ulTableEvent() == event);
  }

  private static void creation(Checks checks) {
    checks
        .rows("TDATA-001")
        .check(
            "ITableData: the slots after IUnknown",
            c ->
                c.assertEqual(
                    List.of(
                        "QueryInterface",
                        "AddRef",
                        "Release",
                        "HrGetView",
                        "HrModifyRow",
                        "HrDeleteRow",
                        "HrQueryRow",
                        "HrEnumRow",
                        "HrNotify",
                        "HrInsertRow",
                        "HrModifyRows",
                        "HrDeleteRows"),
                    Vtables.of(ITableData.class).stream().map(Vtables.Slot::name).toList(),
                    "names of the slots"));
    checks
        .rows("TDATA-002")
        .check(
            "CreateTable: the interface, the type that views give, and the initial columns",
            c -> {
              for (Guid iid : new Guid[] {null, MapiGuid.IID_IMAPITableData}) {
                for (int type : new int[] {TBLTYPE_SNAPSHOT, TBLTYPE_KEYSET, TBLTYPE_DYNAMIC}) {
                  ITableData data =
                      c.own(c.ok(MapiUtil.createTable(iid, type, PR_ROWID, COLUMNS), "CreateT…"));
                  IMAPITable view = view(c, data, null);
                  c.assertEqual(
                      type, c.ok(view.getStatus(), "GetStatus").lpulTableType(), "table type");
                  c.assertEqual(
                      COLUMNS, c.ok(view.queryColumns(0), "QueryColumns"), "initial columns");
                }
              }
              c.assertHr(
                  MAPI_E_INTERFACE_NOT_SUPPORTED,
                  MapiUtil.createTable(MapiGuid.IID_IMAPITable, TBLTYPE_DYNAMIC, PR_ROWID, COLUMNS),
                  "CreateTable(IID_IMAPITable)");
            });
    checks
        .rows("TDATA-003")
        .check(
            "a multivalued index column is MAPI_E_INVALID_PARAMETER",
            c ->
                c.assertHr(
                    MAPI_E_INVALID_PARAMETER,
                    MapiUtil.createTable(
                        null, TBLTYPE_DYNAMIC, PropTag.of(0x6601, PT_MV_LONG), COLUMNS),
                    "CreateTable"));
  }

  private static void views(Checks checks) {
    checks
        .rows("TDATA-004")
        .check(
            "HrGetView: sorted or as the rows were put in, the cursor on the first row",
            c -> {
              ITableData data = data(c, "c", "a", "b");
              IMAPITable unsorted = view(c, data, null);
              IMAPITable sorted = view(c, data, BY_SUBJECT);
              for (IMAPITable view : List.of(unsorted, sorted)) {
                c.assertEqual(
                    0, c.ok(view.queryPosition(), "QueryPosition").lpulRow(), "the cursor");
              }
              c.assertEqual(List.of("c", "a", "b"), subjects(c, unsorted), "unsorted");
              c.assertEqual(List.of("a", "b", "c"), subjects(c, sorted), "sorted");
            });
    checks
        .rows("TDATA-005")
        .check(
            "the caller's function is called once, when the view is released",
            c -> {
              ITableData data = data(c, "a");
              List<Object> calls = new ArrayList<>();
              IMAPITable view =
                  c.ok(
                      data.hrGetView(
                          null,
                          (number, from, table) -> calls.addAll(List.of(number, from, table)),
                          77),
                      "HrGetView");
              c.need(view.queryRows(1, 0), "QueryRows");
              c.assertEqual(List.of(), calls, "calls before the release");
              view.close();
              c.assertEqual(List.of(77L, data, view), calls, "the call's arguments");
              view.close();
              c.assertEqual(3, calls.size(), "arguments after another close");
              c.own(c.ok(data.hrGetView(null, null, 1), "HrGetView")).close();
            });
    checks
        .rows("TDATA-022")
        .check(
            "a view has no categories",
            c -> {
              ITableData data = data(c, "a");
              SSortOrderSet categories =
                  new SSortOrderSet(List.of(new SSortOrder(PR_SUBJECT_W, TABLE_SORT_ASCEND)), 1, 1);
              c.assertHr(
                  MAPI_E_NO_SUPPORT,
                  data.hrGetView(categories, null, 0),
                  "HrGetView with a category");
              c.assertHr(
                  MAPI_E_NO_SUPPORT,
                  view(c, data, null).sortTable(categories, 0),
                  "SortTable with a category");
            });
  }

  private static void modification(Checks checks) {
    checks
        .rows("TDATA-006")
        .check(
            "HrModifyRow replaces the row of the same index column, or appends",
            c -> {
              ITableData data = data(c, "a", "b");
              IMAPITable view = view(c, data, null);
              c.ok(data.hrModifyRow(row(0, "A")), "HrModifyRow of a row that is there");
              c.ok(data.hrModifyRow(row(7, "c")), "HrModifyRow of a new one");
              c.assertEqual(List.of("A", "b", "c"), subjects(c, view), "rows");
            });
    checks
        .rows("TDATA-007")
        .check(
            "HrModifyRow without the index column is MAPI_E_INVALID_PARAMETER",
            c -> {
              ITableData data = data(c, "a");
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  data.hrModifyRow(SRow.of(SPropValue.of(PR_SUBJECT_W, "b"))),
                  "HrModifyRow");
              c.assertEqual(List.of("a"), subjects(c, view(c, data, null)), "rows");
            });
    checks
        .rows("TDATA-008", "TDATA-015")
        .check(
            "a new property is a column that open views may have and later views begin with",
            c -> {
              ITableData data = data(c, "a");
              IMAPITable open = view(c, data, null);
              c.ok(
                  data.hrModifyRow(
                      SRow.of(
                          id(1),
                          SPropValue.of(PR_SUBJECT_W, "b"),
                          SPropValue.of(PR_IMPORTANCE, 2))),
                  "HrModifyRow");
              c.assertEqual(COLUMNS, c.ok(open.queryColumns(0), "QueryColumns"), "its columns");
              for (boolean deleted : new boolean[] {false, true}) {
                String when = deleted ? " after the row went" : "";
                c.assertTrue(
                    c.ok(open.queryColumns(TBL_ALL_COLUMNS), "QueryColumns")
                        .contains(PR_IMPORTANCE),
                    "PR_IMPORTANCE among all columns" + when,
                    "not");
                c.assertTrue(
                    c.ok(view(c, data, null).queryColumns(0), "QueryColumns")
                        .contains(PR_IMPORTANCE),
                    "PR_IMPORTANCE among a later view's columns" + when,
                    "not");
                if (!deleted) {
                  c.need(data.hrDeleteRow(id(1)), "HrDeleteRow");
                }
              }
            });
    checks
        .rows("TDATA-009")
        .check(
            "HrModifyRows changes all rows or, where one has no index column, none",
            c -> {
              ITableData data = data(c, "a");
              IMAPITable view = view(c, data, null);
              SRow bad = SRow.of(SPropValue.of(PR_SUBJECT_W, "x"));
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  data.hrModifyRows(0, rows(row(0, "A"), row(1, "b"), bad)),
                  "HrModifyRows");
              c.assertEqual(List.of("a"), subjects(c, view), "rows after the refusal");
              c.ok(data.hrModifyRows(0, rows(row(0, "A"), row(1, "b"))), "HrModifyRows");
              c.assertEqual(List.of("A", "b"), subjects(c, view), "rows");
            });
  }

  private static void insertion(Checks checks) {
    checks
        .rows("TDATA-011")
        .check(
            "HrInsertRow at the beginning, between and at the end",
            c -> {
              ITableData data = data(c, "b", "d");
              IMAPITable view = view(c, data, null);
              c.ok(data.hrInsertRow(0, row(10, "a")), "HrInsertRow(0)");
              c.ok(data.hrInsertRow(2, row(11, "c")), "HrInsertRow(2)");
              c.ok(data.hrInsertRow(4, row(12, "e")), "HrInsertRow(4)");
              c.assertEqual(List.of("a", "b", "c", "d", "e"), subjects(c, view), "rows");
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER, data.hrInsertRow(6, row(13, "x")), "HrInsertRow(n+1)");
            });
    checks
        .rows("TDATA-012")
        .check(
            "HrInsertRow of an index value that is there is MAPI_E_INVALID_PARAMETER",
            c -> {
              ITableData data = data(c, "a");
              c.assertHr(MAPI_E_INVALID_PARAMETER, data.hrInsertRow(0, row(0, "b")), "HrInsertRow");
              c.assertEqual(List.of("a"), subjects(c, view(c, data, null)), "rows");
            });
  }

  private static void deletion(Checks checks) {
    checks
        .rows("TDATA-014")
        .check(
            "HrDeleteRow takes the row from every view; MAPI_E_NOT_FOUND when there is none",
            c -> {
              ITableData data = data(c, "a", "b");
              IMAPITable unsorted = view(c, data, null);
              IMAPITable sorted = view(c, data, BY_SUBJECT);
              c.need(unsorted.setColumns(RowsHeard.COLUMNS, 0), "SetColumns");
              RowsHeard told = RowsHeard.of(c, unsorted, new Heard());
              Bytes key = told.key("a");
              c.ok(data.hrDeleteRow(id(0)), "HrDeleteRow");
              c.assertEqual(List.of("b"), subjects(c, unsorted), "rows of the one view");
              c.assertEqual(List.of("b"), subjects(c, sorted), "rows of the other view");
              TABLE_NOTIFICATION event = await(told, TABLE_ROW_DELETED);
              c.assertEqual(
                  SPropValue.of(PR_INSTANCE_KEY, key), event.propIndex(), "what the view hears of");
              c.assertHr(MAPI_E_NOT_FOUND, data.hrDeleteRow(id(0)), "HrDeleteRow again");
            });
    checks
        .rows("TDATA-016")
        .check(
            "HrDeleteRows skips rows that are not there and counts the others",
            c -> {
              ITableData data = data(c, "a", "b", "c");
              c.assertEqual(
                  2,
                  c.ok(
                      data.hrDeleteRows(0, rows(SRow.of(id(0)), SRow.of(id(9)), SRow.of(id(2)))),
                      "HrDeleteRows"),
                  "rows deleted");
              c.assertEqual(List.of("b"), subjects(c, view(c, data, null)), "rows");
            });
    checks
        .rows("TDATA-017")
        .check(
            "TAD_ALL_ROWS empties the table with one TABLE_RELOAD; the rows may be NULL",
            c -> {
              ITableData data = data(c, "a", "b", "c");
              IMAPITable view = view(c, data, null);
              RowsHeard told = RowsHeard.of(c, view, new Heard());
              c.assertEqual(
                  3, c.ok(data.hrDeleteRows(TAD_ALL_ROWS, null), "HrDeleteRows"), "rows deleted");
              await(told, TABLE_RELOAD);
              c.assertEqual(List.of(), subjects(c, view), "rows");
              c.need(data.hrModifyRow(row(5, "new")), "HrModifyRow");
              await(told, TABLE_ROW_ADDED);
              c.assertEqual(2, told.events().size(), "events");
            });
  }

  private static void questions(Checks checks) {
    checks
        .rows("TDATA-018")
        .check(
            "HrQueryRow gives every property of the row and its number",
            c -> {
              ITableData data = data(c, "a", "b");
              SRow wide =
                  SRow.of(id(9), SPropValue.of(PR_SUBJECT_W, "c"), SPropValue.of(PR_IMPORTANCE, 2));
              c.need(data.hrInsertRow(1, wide), "HrInsertRow");
              ITableData.QueriedRow found = c.ok(data.hrQueryRow(id(9)), "HrQueryRow");
              c.assertEqual(wide, found.lppSRow(), "the row");
              c.assertEqual(1, found.lpuliRow(), "its number");
              c.assertHr(MAPI_E_NOT_FOUND, data.hrQueryRow(id(8)), "HrQueryRow of no row");
            });
    checks
        .rows("TDATA-019")
        .check(
            "HrQueryRow by another column is MAPI_E_INVALID_PARAMETER",
            c ->
                c.assertHr(
                    MAPI_E_INVALID_PARAMETER,
                    data(c, "a").hrQueryRow(SPropValue.of(PR_SUBJECT_W, "a")),
                    "HrQueryRow"));
    checks
        .rows("TDATA-020")
        .check(
            "HrEnumRow goes by the order of insertion, whatever a view's order; NULL at the end",
            c -> {
              ITableData data = data(c, "c", "a", "b");
              view(c, data, BY_SUBJECT);
              for (int i = 0; i < 3; i++) {
                c.assertEqual(
                    row(i, List.of("c", "a", "b").get(i)),
                    c.ok(data.hrEnumRow(i), "HrEnumRow"),
                    "row " + i);
              }
              c.assertEqual(null, c.ok(data.hrEnumRow(3), "HrEnumRow(3)"), "the row after them");
            });
  }

  private static void events(Checks checks) {
    checks
        .rows("TDATA-010")
        .check(
            "up to eight rows are told one by one, more as one TABLE_CHANGED",
            c -> {
              ITableData data = data(c, "0", "1");
              RowsHeard told = RowsHeard.of(c, view(c, data, null), new Heard());
              c.ok(data.hrModifyRows(0, numbered(0, TOLD_MAX)), "HrModifyRows of 8");
              told.await(TABLE_ROW_MODIFIED, "row 0");
              told.await(TABLE_ROW_MODIFIED, "row 1");
              for (int i = 2; i < TOLD_MAX; i++) {
                told.await(TABLE_ROW_ADDED, "row " + i);
              }
              c.assertEqual(TOLD_MAX, told.events().size(), "events of 8 rows");
              c.ok(data.hrModifyRows(0, numbered(0, TOLD_MAX + 1)), "HrModifyRows of 9");
              await(told, TABLE_CHANGED);
              c.assertEqual(TOLD_MAX + 1, told.events().size(), "events of 9 rows more");
            });
    checks
        .rows("TDATA-013")
        .check(
            "a view is not told of a row that its restriction leaves out",
            c -> {
              ITableData data = data(c, "a");
              IMAPITable view = view(c, data, null);
              c.need(
                  view.restrict(
                      new SRestriction.SPropertyRestriction(
                          RELOP_NE, PR_SUBJECT_W, SPropValue.of(PR_SUBJECT_W, "out")),
                      0),
                  "Restrict");
              RowsHeard told = RowsHeard.of(c, view, new Heard());
              c.ok(data.hrInsertRow(0, row(8, "out")), "HrInsertRow of a row left out");
              c.ok(data.hrInsertRow(0, row(9, "in")), "HrInsertRow of a row let in");
              told.await(TABLE_ROW_ADDED, "in");
              c.assertEqual(1, told.events().size(), "events");
            });
    checks
        .rows("TDATA-021")
        .check(
            "HrNotify tells every view of TABLE_ROW_MODIFIED though nothing changed",
            c -> {
              ITableData data = data(c, "a", "b");
              RowsHeard first = RowsHeard.of(c, view(c, data, null), new Heard());
              RowsHeard second = RowsHeard.of(c, view(c, data, BY_SUBJECT), new Heard());
              c.ok(data.hrNotify(0, List.of(id(1))), "HrNotify");
              first.await(TABLE_ROW_MODIFIED, "b");
              second.await(TABLE_ROW_MODIFIED, "b");
              c.assertHr(MAPI_E_NOT_FOUND, data.hrNotify(0, List.of(id(7))), "HrNotify of no row");
              c.assertHr(
                  MAPI_E_UNKNOWN_FLAGS, data.hrNotify(1, List.of(id(1))), "HrNotify with flags");
            });
  }

  private static SRowSet numbered(int from, int count) {
    List<SRow> rows = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      rows.add(row(i, "row " + i));
    }
    return new SRowSet(rows);
  }
}
