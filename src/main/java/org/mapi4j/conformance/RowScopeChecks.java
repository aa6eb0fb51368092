package org.mapi4j.conformance;

import static org.mapi4j.conformance.RowEventChecks.key;
import static org.mapi4j.conformance.RowEventChecks.rename;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.NOTIFICATION.TABLE_NOTIFICATION;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/** Which rows a table's sinks hear of, with which columns, and the events that have no row. */
final class RowScopeChecks {
  /** More rows than a sink that does not return is told of, one by one. */
  private static final int MANY = 600;

  /** How often calls are made beside an operation. */
  private static final int BESIDE = 20;

  private RowScopeChecks() {}

  static void register(Checks checks) {
    columns(checks);
    restricted(checks);
    categories(checks);
    coarse(checks);
    operations(checks);
    waiting(checks);
  }

  private static void columns(Checks checks) {
    checks
        .rows("NOTIF-040")
        .check(
            "a row's columns are those in force when its event came about, delivered later or not",
            c -> {
              CountDownLatch returns = new CountDownLatch(1);
              IMAPITable table = RowsHeard.view(c, c.folder());
              RowsHeard slow = RowsHeard.of(c, table, new Heard(() -> Heard.pass(returns)));
              RowsHeard quick = RowsHeard.of(c, table, new Heard());
              c.after(returns::countDown);
              add(c, "a");
              slow.heard.awaitCall();
              add(c, "b");
              quick.await(TABLE_ROW_ADDED, "b");
              c.ok(
                  table.setColumns(SPropTagArray.tags(PR_IMPORTANCE, PR_SUBJECT_W), 0),
                  "SetColumns");
              add(c, "c");
              quick.await(TABLE_ROW_ADDED, "c");
              returns.countDown();
              slow.await(TABLE_ROW_ADDED, "c");
              List<List<Integer>> tags = new ArrayList<>();
              slow.events().forEach(e -> tags.add(tags(e)));
              List<Integer> before = RowsHeard.COLUMNS.stream().boxed().toList();
              c.assertEqual(
                  List.of(before, before, List.of(PR_IMPORTANCE, PR_SUBJECT_W)),
                  tags,
                  "columns of the three rows");
            });
  }

  private static List<Integer> tags(TABLE_NOTIFICATION event) {
    return event.row().lpProps().stream().map(SPropValue::ulPropTag).toList();
  }

  private static void restricted(Checks checks) {
    checks
        .rows("NOTIF-041")
        .check(
            "a restricted view tells of rows that meet the restriction, begin to and cease to",
            c -> {
              IMAPITable table = RowsHeard.view(c, c.folder());
              c.need(table.restrict(TableFixtures.subjectHas(FL_PREFIX, "in"), 0), "Restrict");
              RowsHeard view = RowsHeard.of(c, table, new Heard());
              Bytes id = TableFixtures.add(c, "out");
              rename(c, c.open(id, MAPI_MODIFY), "still out");
              rename(c, c.open(id, MAPI_MODIFY), "in 1");
              view.await(TABLE_ROW_ADDED, "in 1");
              Bytes key = view.key("in 1");
              rename(c, c.open(id, MAPI_MODIFY), "in 2");
              view.await(TABLE_ROW_MODIFIED, "in 2");
              rename(c, c.open(id, MAPI_MODIFY), "out again");
              TABLE_NOTIFICATION gone = view.await(TABLE_ROW_DELETED, e -> true);
              c.assertEqual(key(key), gone.propIndex(), "the row that went");
              TableFixtures.delete(c, id);
              TableFixtures.add(c, "in, the last");
              view.await(TABLE_ROW_ADDED, "in, the last");
              c.assertEqual(
                  List.of(TABLE_ROW_ADDED, TABLE_ROW_MODIFIED, TABLE_ROW_DELETED, TABLE_ROW_ADDED),
                  told(view.events()),
                  "events");
            });
  }

  /**
   * The kinds of the events; without a TABLE_ROW_MODIFIED that says again what the event before it
   * said, which a table may send when it looked at the row between two changes.
   */
  private static List<Integer> told(List<TABLE_NOTIFICATION> events) {
    List<Integer> kinds = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      TABLE_NOTIFICATION event = events.get(i);
      boolean again =
          i > 0
              && event.ulTableEvent() == TABLE_ROW_MODIFIED
              && event.row().equals(events.get(i - 1).row());
      if (!again) {
        kinds.add(event.ulTableEvent());
      }
    }
    return kinds;
  }

  private static void categories(Checks checks) {
    checks
        .rows("NOTIF-041", "SORT-032")
        .check(
            "nothing is told of categories that open and close, nor of rows in closed ones",
            c -> {
              IMAPITable table = RowsHeard.view(c, c.folder());
              SSortOrderSet order =
                  new SSortOrderSet(
                      List.of(
                          new SSortOrder(PR_IMPORTANCE, TABLE_SORT_ASCEND),
                          new SSortOrder(PR_SUBJECT_W, TABLE_SORT_ASCEND)),
                      1,
                      0);
              Bytes id = add(c, "a");
              int sorted = table.sortTable(order, 0);
              if (!c.supports(STORE_CATEGORIZE_OK)) {
                c.assertOneOf(sorted, "SortTable", MAPI_E_NO_SUPPORT, MAPI_E_TOO_COMPLEX);
                c.notApplicable("the store does not advertise STORE_CATEGORIZE_OK");
              }
              c.need(sorted, "SortTable");
              RowsHeard view = RowsHeard.of(c, table, new Heard());
              Bytes heading =
                  (Bytes) TableFixtures.value(TableFixtures.rows(c, table).get(0), PR_INSTANCE_KEY);
              c.need(table.expandRow(heading, 10, 0), "ExpandRow");
              c.need(table.collapseRow(heading, 0), "CollapseRow");
              rename(c, c.open(id, MAPI_MODIFY), "hidden");
              c.need(table.getRowCount(0), "GetRowCount");
              c.need(table.expandRow(heading, 10, 0), "ExpandRow");
              rename(c, c.open(id, MAPI_MODIFY), "shown");
              view.await(TABLE_ROW_MODIFIED, "shown");
              c.assertEqual(
                  List.of(),
                  view.events().stream()
                      .map(RowsHeard::subject)
                      .filter(subject -> subject != null && !subject.equals("shown"))
                      .toList(),
                  "rows told of while they were hidden");
            });
  }

  @CanIgnoreReturnValue
  private static Bytes add(Context c, String subject) throws Exception {
    return TableFixtures.add(c, subject, SPropValue.of(PR_IMPORTANCE, IMPORTANCE_HIGH));
  }

  private static void coarse(Checks checks) {
    checks
        .rows("NOTIF-035", "NOTIF-036", "NOTIF-039")
        .check(
            "TABLE_CHANGED leaves instance keys and bookmarks good, TABLE_RELOAD voids them",
            c -> {
              CountDownLatch returns = new CountDownLatch(1);
              TableFixtures.add(c, "kept");
              RowsHeard view =
                  RowsHeard.of(
                      c, RowsHeard.view(c, c.folder()), new Heard(() -> Heard.pass(returns)));
              c.after(returns::countDown);
              Bytes key = view.key("kept");
              c.need(
                  view.table.findRow(TableFixtures.subjectIs("kept"), BOOKMARK_BEGINNING, 0),
                  "FindRow");
              MapiResult<Integer> bookmark = view.table.createBookmark();
              List<Bytes> many = many(c, "n"); // while the sink does not return
              TableFixtures.delete(c, many.toArray(Bytes[]::new));
              TableFixtures.add(c, "the last");
              returns.countDown();
              TABLE_NOTIFICATION event =
                  view.awaitAny(
                      "a coarse event, or the last row",
                      e -> RowsHeard.isCoarse(e) || "the last".equals(RowsHeard.subject(e)));
              c.assertTrue(bookmark.succeeded(), "a bookmark", bookmark);
              if (!RowsHeard.isCoarse(event)) {
                c.notApplicable(
                    "the table kept %d events for a sink that did not return".formatted(2 * MANY));
              }
              c.assertTrue(event.row() == null || event.row().lpProps().isEmpty(), "no row", event);
              MapiResult<Integer> sought = view.table.seekRow(bookmark.value(), 0);
              if (event.ulTableEvent() == TABLE_RELOAD) {
                c.assertHr(MAPI_E_INVALID_BOOKMARK, sought, "SeekRow after TABLE_RELOAD");
              } else {
                c.ok(sought, "SeekRow after TABLE_CHANGED");
                c.assertEqual("kept", TableFixtures.here(c, view.table), "the row at the bookmark");
                c.assertEqual(key, view.key("kept"), "the row's PR_INSTANCE_KEY");
              }
            });
  }

  private static List<Bytes> many(Context c, String subject) throws Exception {
    List<Bytes> ids = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      ids.add(TableFixtures.add(c, subject + i));
    }
    return ids;
  }

  private static void operations(Checks checks) {
    checks
        .rows("NOTIF-037")
        .check(
            "what SortTable cannot do is its code, or TABLE_ERROR with that in hResult",
            c -> {
              RowsHeard view = RowsHeard.of(c, "a", "b");
              SSortOrderSet unsortable = TableFixtures.order(0x7777, PR_SUBJECT_W);
              int hr = view.table.sortTable(unsortable, TBL_ASYNC);
              if (hr < 0) {
                c.assertOneOf(hr, "SortTable", MAPI_E_TOO_COMPLEX, MAPI_E_INVALID_PARAMETER);
                TableFixtures.add(c, "c");
                view.await(TABLE_ROW_ADDED, "c");
              }
              for (TABLE_NOTIFICATION event : view.events()) {
                c.assertEqual(
                    event.ulTableEvent() == TABLE_ERROR,
                    event.hResult() < 0,
                    "a failure in hResult where the event is TABLE_ERROR: "
                        + HResult.toString(event.hResult()));
              }
              if (hr >= 0) {
                view.awaitAny(
                    "TABLE_ERROR", e -> e.ulTableEvent() == TABLE_ERROR && e.hResult() < 0);
              }
            });
    checks
        .rows("TABLE-020", "TABLE-060")
        .check(
            "beside an unfinished operation a call waits for it or is MAPI_E_BUSY, and harms nothing",
            c -> {
              IMAPITable table = TableFixtures.subjects(c, "a", "b", "c");
              for (int i = 0; i < BESIDE; i++) {
                int direction = i % 2 == 0 ? TABLE_SORT_DESCEND : TABLE_SORT_ASCEND;
                c.ok(
                    table.sortTable(TableFixtures.order(direction, PR_SUBJECT_W), TBL_ASYNC),
                    "SortTable");
                int[] beside = {
                  table.queryRows(1, 0).hr(),
                  table.seekRow(BOOKMARK_BEGINNING, 0).hr(),
                  table.getRowCount(0).hr(),
                  table.querySortOrder().hr(),
                  table.setColumns(SPropTagArray.tags(PR_SUBJECT_W), 0),
                  table.restrict(IMAPITable.NO_RESTRICTION, TBL_ASYNC)
                };
                for (int hr : beside) {
                  c.assertOneOf(hr, "a call beside SortTable", S_OK, MAPI_E_BUSY);
                }
                c.ok(table.waitForCompletion(0, -1), "WaitForCompletion");
                c.assertEqual(
                    i % 2 == 0 ? List.of("c", "b", "a") : List.of("a", "b", "c"),
                    TableFixtures.all(c, table),
                    "rows");
              }
            });
    checks
        .rows("NOTIF-038", "NOTIF-039", "TABLE-065", "TABLE-009")
        .check(
            "the end of an asynchronous operation is told, and no other's",
            c -> {
              RowsHeard view = RowsHeard.of(c, "a", "b");
              IMAPITable table = view.table;
              c.ok(
                  table.sortTable(TableFixtures.order(TABLE_SORT_DESCEND, PR_SUBJECT_W), 0),
                  "SortTable");
              c.ok(table.restrict(TableFixtures.subjectIs("a"), 0), "Restrict");
              c.ok(table.setColumns(SPropTagArray.tags(PR_SUBJECT_W), 0), "SetColumns");
              ended(c, table, table.setColumns(RowsHeard.COLUMNS, TBL_ASYNC));
              ended(c, table, table.restrict(IMAPITable.NO_RESTRICTION, TBL_ASYNC));
              ended(c, table, table.sortTable(TableFixtures.ascending(PR_SUBJECT_W), TBL_ASYNC));
              TableFixtures.add(c, "c");
              view.await(TABLE_ROW_ADDED, "c");
              List<TABLE_NOTIFICATION> events = view.events();
              List<Integer> types = events.stream().map(TABLE_NOTIFICATION::ulTableEvent).toList();
              c.assertOneOf(types.size(), "how many events: all three ends, or none", 4, 1);
              if (types.size() == 1) {
                c.notApplicable("the table announces no ends, as its page allows");
              }
              c.assertEqual(
                  List.of(TABLE_SETCOL_DONE, TABLE_RESTRICT_DONE, TABLE_SORT_DONE, TABLE_ROW_ADDED),
                  types,
                  "events");
              c.assertTrue(
                  events.stream()
                      .limit(3)
                      .allMatch(e -> e.row() == null || e.row().lpProps().isEmpty()),
                  "no rows with ends",
                  events);
            });
  }

  private static void waiting(Checks checks) {
    checks
        .rows("TABLE-065", "TABLE-066", "TABLE-064")
        .check(
            "WaitForCompletion waits as long as it may; what was aborted had no effect",
            c -> {
              RowsHeard view = RowsHeard.of(c, "a", "b");
              for (int i = 0; i < 20; i++) {
                int direction = i % 2 == 0 ? TABLE_SORT_DESCEND : TABLE_SORT_ASCEND;
                List<Object> before = TableFixtures.all(c, view.table);
                c.ok(
                    view.table.sortTable(TableFixtures.order(direction, PR_SUBJECT_W), TBL_ASYNC),
                    "SortTable(TBL_ASYNC)");
                int aborted = i < 10 ? MAPI_E_UNABLE_TO_ABORT : view.table.abort();
                MapiResult<Integer> waited = view.table.waitForCompletion(0, 0);
                c.assertOneOf(
                    waited.hr(), "WaitForCompletion(0)", S_OK, MAPI_E_TIMEOUT, MAPI_E_NO_SUPPORT);
                waited = view.table.waitForCompletion(0, -1);
                c.assertOneOf(waited.hr(), "WaitForCompletion", S_OK, MAPI_E_NO_SUPPORT);
                List<Object> sorted = i % 2 == 0 ? List.of("b", "a") : List.of("a", "b");
                c.assertEqual(
                    aborted == S_OK ? before : sorted, TableFixtures.all(c, view.table), "rows");
              }
            });
  }

  private static void ended(Context c, IMAPITable table, int hr) {
    c.ok(hr, "an asynchronous operation");
    MapiResult<Integer> waited = table.waitForCompletion(0, -1);
    if (waited.failed()) {
      c.assertHr(MAPI_E_NO_SUPPORT, waited, "WaitForCompletion");
    } else {
      c.assertEqual(TBLSTAT_COMPLETE, waited.value(), "status after WaitForCompletion");
    }
    c.need(table.getRowCount(0), "GetRowCount");
  }
}
