package org.mapi4j.conformance;

import static org.mapi4j.conformance.TableFixtures.NO_BOOKMARK;
import static org.mapi4j.conformance.TableFixtures.add;
import static org.mapi4j.conformance.TableFixtures.bySubject;
import static org.mapi4j.conformance.TableFixtures.delete;
import static org.mapi4j.conformance.TableFixtures.here;
import static org.mapi4j.conformance.TableFixtures.seek;
import static org.mapi4j.conformance.TableFixtures.subjectIs;
import static org.mapi4j.conformance.TableFixtures.subjects;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiResult;

/** Bookmarks. */
final class TableBookmarkChecks {
  /** A view that gives so many bookmarks is taken to give as many as it is asked for. */
  private static final int BOOKMARKS_TRIED = 100_000;

  private TableBookmarkChecks() {}

  static void register(Checks checks) {
    following(checks);
    vanished(checks);
    known(checks);
    bounded(checks);
    discarded(checks);
  }

  private static void following(Checks checks) {
    checks
        .rows("TABLE-046", "TABLE-050", "TABLE-011")
        .check(
            "A bookmark stays on its row while rows before it come and go",
            c -> {
              Bytes first = add(c, "a");
              add(c, "c");
              add(c, "e");
              IMAPITable table = bySubject(c, c.folder());
              seek(c, table, 1);
              int bookmark = c.ok(table.createBookmark(), "CreateBookmark");
              seek(c, table, 0);
              c.ok(table.seekRow(bookmark, 0), "SeekRow");
              c.assertEqual("c", here(c, table), "row at the bookmark");
              add(c, "b");
              add(c, "d");
              c.ok(table.seekRow(bookmark, 0), "SeekRow after rows came");
              c.assertEqual("c", here(c, table), "row at the bookmark");
              delete(c, first);
              c.assertEqual(-1, c.ok(table.seekRow(bookmark, -1), "SeekRow"), "rows sought");
              c.assertEqual("b", here(c, table), "row before the bookmark");
            });
  }

  private static void vanished(Checks checks) {
    checks
        .rows("TABLE-031", "TABLE-042")
        .check(
            "A bookmark whose row went moves to the next and says so once",
            c -> {
              add(c, "a");
              Bytes gone = add(c, "b");
              Bytes gone2 = add(c, "c");
              add(c, "d");
              IMAPITable table = bySubject(c, c.folder());
              seek(c, table, 1);
              int bookmark = c.ok(table.createBookmark(), "CreateBookmark");
              delete(c, gone);
              MapiResult<Integer> sought = table.seekRow(bookmark, 0);
              if (sought.failed()) {
                c.assertHr(MAPI_E_INVALID_BOOKMARK, sought.hr(), "SeekRow without a substitute");
                return;
              }
              c.assertHr(MAPI_W_POSITION_CHANGED, sought.hr(), "SeekRow");
              c.assertEqual("c", here(c, table), "row at the bookmark");
              c.ok(table.seekRow(bookmark, 1), "SeekRow again");
              c.assertEqual("d", here(c, table), "row after the bookmark");
              delete(c, gone2);
              c.assertHr(
                  MAPI_W_POSITION_CHANGED,
                  table.findRow(subjectIs("d"), bookmark, 0),
                  "FindRow from a bookmark that moved");
              c.ok(table.findRow(subjectIs("d"), bookmark, 0), "FindRow again");
            });
    checks
        .rows("TABLE-042")
        .check(
            "BOOKMARK_CURRENT is never invalid, although its row went",
            c -> {
              add(c, "a");
              Bytes gone = add(c, "b");
              add(c, "c");
              IMAPITable table = bySubject(c, c.folder());
              seek(c, table, 1);
              delete(c, gone);
              c.assertOneOf(
                  table.findRow(subjectIs("c"), BOOKMARK_CURRENT, 0),
                  "FindRow from a row that went",
                  MAPI_W_POSITION_CHANGED,
                  S_OK);
              c.assertEqual("c", here(c, table), "row found");
            });
  }

  private static void known(Checks checks) {
    checks
        .rows("TABLE-030", "TABLE-042", "TABLE-051")
        .check(
            "A freed or unknown bookmark is MAPI_E_INVALID_BOOKMARK",
            c -> {
              IMAPITable table = subjects(c, "a", "b");
              int bookmark = c.ok(table.createBookmark(), "CreateBookmark");
              c.ok(table.freeBookmark(bookmark), "FreeBookmark");
              for (int invalid : new int[] {bookmark, NO_BOOKMARK}) {
                c.assertHr(MAPI_E_INVALID_BOOKMARK, table.seekRow(invalid, 0), "SeekRow");
                c.assertHr(
                    MAPI_E_INVALID_BOOKMARK, table.findRow(subjectIs("a"), invalid, 0), "FindRow");
                c.assertHr(MAPI_E_INVALID_BOOKMARK, table.freeBookmark(invalid), "FreeBookmark");
              }
            });
    checks
        .rows("TABLE-052")
        .check(
            "FreeBookmark accepts the predefined bookmarks, which stay",
            c -> {
              IMAPITable table = subjects(c, "a", "b");
              for (int bookmark : new int[] {BOOKMARK_BEGINNING, BOOKMARK_CURRENT, BOOKMARK_END}) {
                c.ok(table.freeBookmark(bookmark), "FreeBookmark");
                c.ok(table.seekRow(bookmark, 0), "SeekRow");
              }
            });
  }

  private static void bounded(Checks checks) {
    checks
        .rows("TABLE-047")
        .check(
            "Bookmarks run out with MAPI_E_UNABLE_TO_COMPLETE, until some are freed",
            c -> {
              IMAPITable table = subjects(c, "a");
              List<Integer> given = new ArrayList<>();
              MapiResult<Integer> next = table.createBookmark();
              while (next.succeeded() && given.size() < BOOKMARKS_TRIED) {
                given.add(next.value());
                next = table.createBookmark();
              }
              if (next.succeeded()) {
                c.assertEqual(given.size(), Set.copyOf(given).size(), "distinct bookmarks");
                return;
              }
              c.assertHr(MAPI_E_UNABLE_TO_COMPLETE, next, "CreateBookmark");
              c.ok(table.freeBookmark(given.get(0)), "FreeBookmark");
              c.ok(table.createBookmark(), "CreateBookmark after FreeBookmark");
            });
    checks
        .rows("TABLE-048")
        .check(
            "CreateBookmark on an attachment table is MAPI_E_NO_SUPPORT",
            c -> {
              IMessage message = c.newMessage();
              Fixtures.attach(c, message, "a.txt");
              IMAPITable table =
                  c.own(c.need(message.getAttachmentTable(MAPI_UNICODE), "GetAttachmentTable"));
              c.assertHr(MAPI_E_NO_SUPPORT, table.createBookmark(), "CreateBookmark");
              c.ok(table.seekRow(BOOKMARK_END, 0), "SeekRow to a predefined bookmark");
            });
  }

  private static void discarded(Checks checks) {
    checks
        .rows("RESTR-003")
        .check(
            "Restrict discards bookmarks and goes to the first row",
            c -> {
              IMAPITable table = subjects(c, "a", "b", "c");
              seek(c, table, 2);
              int bookmark = c.need(table.createBookmark(), "CreateBookmark");
              c.ok(
                  table.restrict(TableFixtures.compare(PR_SUBJECT_W, RELOP_GE, "b"), 0),
                  "Restrict");
              c.assertEqual("b", here(c, table), "row at the cursor");
              c.assertHr(MAPI_E_INVALID_BOOKMARK, table.seekRow(bookmark, 0), "SeekRow");
            });
    checks
        .rows("SORT-002")
        .check(
            "SortTable discards bookmarks and goes to the first row",
            c -> {
              IMAPITable table = subjects(c, "a", "b", "c");
              seek(c, table, 2);
              int bookmark = c.need(table.createBookmark(), "CreateBookmark");
              c.ok(
                  table.sortTable(TableFixtures.order(TABLE_SORT_DESCEND, PR_SUBJECT_W), 0),
                  "SortTable");
              c.assertEqual("c", here(c, table), "row at the cursor");
              c.assertHr(MAPI_E_INVALID_BOOKMARK, table.seekRow(bookmark, 0), "SeekRow");
            });
  }
}
