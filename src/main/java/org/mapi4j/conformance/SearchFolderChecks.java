package org.mapi4j.conformance;

import static org.mapi4j.conformance.SearchFixtures.add;
import static org.mapi4j.conformance.SearchFixtures.assertShows;
import static org.mapi4j.conformance.SearchFixtures.has;
import static org.mapi4j.conformance.SearchFixtures.list;
import static org.mapi4j.conformance.SearchFixtures.make;
import static org.mapi4j.conformance.SearchFixtures.searching;
import static org.mapi4j.conformance.SearchFixtures.set;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;

/** What a search folder shows, and what can be done through it and to it. */
final class SearchFolderChecks {
  private SearchFolderChecks() {}

  static void register(Checks checks) {
    making(checks);
    following(checks);
    columns(checks);
    messages(checks);
    refusals(checks);
    deletion(checks);
    storeState(checks);
  }

  private static void making(Checks checks) {
    checks
        .rows("SEARCH-026", "SEARCH-034", "SEARCH-027", "FOLDER-019")
        .check(
            "search folders can be made below PR_FINDER_ENTRYID and anywhere else",
            c -> {
              IMAPIFolder plain = make(c);
              c.assertProp(FOLDER_SEARCH, plain, PR_FOLDER_TYPE);
              IMAPIFolder finder =
                  c.openFolder(c.store(), c.get(c.store(), PR_FINDER_ENTRYID).asBytes());
              Bytes root = c.entryId(c.root());
              c.assertEqual(
                  true,
                  c.ok(
                      c.store()
                          .compareEntryIDs(root, c.get(finder, PR_PARENT_ENTRYID).asBytes(), 0),
                      "CompareEntryIDs"),
                  "the root to be the parent of the folder of searches");
              String name = "conformance " + plain.hashCode();
              IMAPIFolder made = make(c, finder, name);
              Bytes id = c.entryId(made);
              c.after(
                  () -> {
                    int hr = finder.deleteFolder(id, 0, null, 0);
                    if (hr != S_OK && hr != MAPI_E_NOT_FOUND) {
                      throw new CheckFailed("the search folder could not be deleted");
                    }
                  });
              c.assertProp(FOLDER_SEARCH, made, PR_FOLDER_TYPE);
              add(c, c.folder(), "apple");
              set(c, made, has("apple"), list(c, c.folder()), RESTART_SEARCH);
              assertShows(c, made, "below the folder of searches", "apple");
              c.assertTrue(c.supports(STORE_SEARCH_OK), "STORE_SEARCH_OK", "none");
              c.assertHr(
                  MAPI_E_COLLISION,
                  finder.createFolder(FOLDER_SEARCH, name, null, null, MAPI_UNICODE),
                  "CreateFolder of the same name");
            });
    checks
        .rows("TABLE-084")
        .check(
            "the hierarchy table shows a search folder as DT_FOLDER_LINK",
            c -> {
              make(c);
              IMAPITable table =
                  c.own(c.need(c.folder().getHierarchyTable(MAPI_UNICODE), "GetHierarchyTable"));
              SRowSet rows = c.rows(table, PR_DISPLAY_TYPE, PR_FOLDER_TYPE);
              c.assertEqual(1, rows.size(), "folders");
              c.assertEqual(
                  DT_FOLDER_LINK, TableFixtures.value(rows.get(0), PR_DISPLAY_TYPE), "type");
              c.assertEqual(
                  FOLDER_SEARCH, TableFixtures.value(rows.get(0), PR_FOLDER_TYPE), "folder type");
            });
  }

  private static void following(Checks checks) {
    checks
        .rows("SEARCH-019")
        .check(
            "messages that begin or cease to match come and go, whoever changed them",
            c -> {
              IMAPIFolder other = c.subfolder(c.folder(), "other");
              IMAPIFolder search = searching(c, "apple");
              IMAPITable table = TableFixtures.bySubject(c, search);
              c.assertEqual(List.of(), TableFixtures.all(c, table), "subjects at first");
              Bytes id = add(c, c.folder(), "apple");
              c.assertEqual(List.of("apple"), TableFixtures.all(c, table), "after a message came");
              rename(c, id, "plum");
              c.assertEqual(List.of(), TableFixtures.all(c, table), "after it got another subject");
              rename(c, id, "apple again");
              c.assertEqual(
                  List.of("apple again"), TableFixtures.all(c, table), "after it matches again");
              EventWork.copy(c, c.entryId(c.folder()), c.entryId(other), id, true);
              c.assertEqual(List.of(), TableFixtures.all(c, table), "after it moved away");
              EventWork.copy(c, c.entryId(other), c.entryId(c.folder()), id, true);
              c.assertEqual(
                  List.of("apple again"), TableFixtures.all(c, table), "after it came back");
              c.assertProp(1, search, PR_CONTENT_COUNT);
              TableFixtures.delete(c, id);
              c.assertEqual(List.of(), TableFixtures.all(c, table), "after it was deleted");
              c.assertProp(0, search, PR_CONTENT_COUNT);
            });
  }

  /** Another session gives a message another subject. */
  private static void rename(Context c, Bytes id, String subject) throws Exception {
    try (IMessage message =
        (IMessage)
            c.need(c.other().openEntry(id, null, MAPI_MODIFY), "OpenEntry(message)").lppUnk()) {
      c.set(message, PR_SUBJECT_W, subject);
      c.save(message);
    }
  }

  private static void columns(Checks checks) {
    checks
        .rows("SEARCH-033", "SEARCH-024", "TABLE-080")
        .check(
            "the table has the columns of any contents table, PR_PARENT_DISPLAY, and real parents",
            c -> {
              IMAPIFolder other = c.subfolder(c.folder(), "place of the message");
              Bytes id = add(c, other, "apple");
              IMAPIFolder search = make(c);
              set(c, search, has("apple"), list(c, other), RESTART_SEARCH);
              IMAPITable plain = TableFixtures.open(c, other);
              IMAPITable found = TableFixtures.open(c, search);
              SPropTagArray all = c.need(found.queryColumns(TBL_ALL_COLUMNS), "QueryColumns");
              c.assertTrue(all.containsId(PR_PARENT_DISPLAY_W), "PR_PARENT_DISPLAY", all);
              SPropTagArray generic = c.need(plain.queryColumns(0), "QueryColumns");
              for (int tag : generic.stream().toArray()) {
                c.assertTrue(all.containsId(tag), "%08X among the columns".formatted(tag), all);
              }
              SRow row = c.rows(found, PR_PARENT_ENTRYID, PR_ENTRYID, PR_PARENT_DISPLAY_W).get(0);
              c.assertEqual(
                  c.entryId(other), TableFixtures.value(row, PR_PARENT_ENTRYID), "the parent");
              c.assertEqual(id, TableFixtures.value(row, PR_ENTRYID), "the message");
              c.assertEqual(
                  "place of the message",
                  TableFixtures.value(row, PR_PARENT_DISPLAY_W),
                  "PR_PARENT_DISPLAY");
              SRow own = c.rows(plain, PR_PARENT_DISPLAY_W).get(0);
              c.assertTrue(
                  own.lpProps().get(0).isError(), "no PR_PARENT_DISPLAY in another table", own);
              c.assertPropError(MAPI_E_NOT_FOUND, c.open(id, 0), PR_PARENT_DISPLAY_W);
            });
    checks
        .rows("FOLDER-056")
        .check(
            "a message's status belongs to the row of a table",
            c -> {
              Bytes id = add(c, c.folder(), "apple");
              IMAPIFolder search = searching(c, "apple");
              int tagged = MSGSTATUS_TAGGED;
              c.ok(c.folder().setMessageStatus(id, tagged, tagged), "SetMessageStatus");
              c.assertEqual(
                  List.of(tagged),
                  Fixtures.column(Fixtures.contents(c, c.folder(), PR_MSG_STATUS)),
                  "PR_MSG_STATUS in the folder's table");
              c.ok(search.setMessageStatus(id, 0, tagged), "SetMessageStatus in a search folder");
              c.assertEqual(
                  List.of(0),
                  Fixtures.column(Fixtures.contents(c, search, PR_MSG_STATUS)),
                  "PR_MSG_STATUS in the search folder's table");
              c.assertBits(
                  0, c.ok(search.getMessageStatus(id, 0), "GetMessageStatus"), "status there");
              c.assertEqual(
                  List.of(tagged),
                  Fixtures.column(Fixtures.contents(c, c.folder(), PR_MSG_STATUS)),
                  "PR_MSG_STATUS in the folder's table afterwards");
            });
  }

  private static void messages(Checks checks) {
    checks
        .rows("SEARCH-022")
        .check(
            "deleting a message through the search folder deletes it where it is",
            c -> {
              IMAPIFolder other = c.subfolder(c.folder(), "other");
              Bytes id = add(c, other, "apple");
              add(c, other, "apple too");
              IMAPIFolder search = make(c);
              set(c, search, has("apple"), list(c, other), RESTART_SEARCH);
              c.ok(search.deleteMessages(ENTRYLIST.of(id), 0, null, 0), "DeleteMessages");
              assertShows(c, other, "in the real folder", "apple too");
              assertShows(c, search, "in the search folder", "apple too");
              c.assertTrue(!c.opens(c.other(), id, 0), "the message to be gone", id);
            });
    checks
        .rows("SEARCH-025")
        .check(
            "opening, reading, copying and moving through the search folder act on the original",
            c -> {
              IMAPIFolder from = c.subfolder(c.folder(), "from");
              IMAPIFolder to = c.subfolder(c.folder(), "to");
              Bytes id = add(c, from, "apple");
              IMAPIFolder search = make(c);
              set(c, search, has("apple"), list(c, from), RESTART_SEARCH);
              try (IMessage opened =
                  (IMessage) c.need(search.openEntry(id, null, 0), "OpenEntry").lppUnk()) {
                c.assertProp(c.entryId(from), opened, PR_PARENT_ENTRYID);
              }
              c.ok(search.setReadFlags(ENTRYLIST.of(id), 0, null, 0), "SetReadFlags");
              c.assertBits(
                  MSGFLAG_READ,
                  Fixtures.flags(c, c.openOther(id, 0)) & MSGFLAG_READ,
                  "MSGFLAG_READ of the original");
              c.ok(search.copyMessages(ENTRYLIST.of(id), null, to, 0, null, 0), "CopyMessages");
              assertShows(c, to, "after a copy", "apple");
              assertShows(c, from, "after a copy", "apple");
              c.ok(
                  search.copyMessages(ENTRYLIST.of(id), null, to, 0, null, MESSAGE_MOVE),
                  "CopyMessages(MESSAGE_MOVE)");
              assertShows(c, to, "after a move", "apple", "apple");
              assertShows(c, from, "after a move");
              assertShows(c, search, "after a move");
            });
  }

  private static void refusals(Checks checks) {
    checks
        .rows("SEARCH-020")
        .check(
            "nothing can be made in, copied or moved into a search folder",
            c -> {
              IMAPIFolder other = c.subfolder(c.folder(), "other");
              Bytes plum = add(c, c.folder(), "plum");
              IMAPIFolder search = searching(c, "apple");
              c.assertTrue(
                  !c.gives(search.createMessage(null, 0)), "CreateMessage to be refused", "S_OK");
              for (int type : new int[] {FOLDER_GENERIC, FOLDER_SEARCH}) {
                c.assertTrue(
                    !c.gives(search.createFolder(type, "x", null, null, MAPI_UNICODE)),
                    "CreateFolder to be refused",
                    "S_OK");
              }
              for (int flags : new int[] {0, MESSAGE_MOVE}) {
                int hr = c.folder().copyMessages(ENTRYLIST.of(plum), null, search, 0, null, flags);
                c.assertTrue(hr < 0 || hr == MAPI_W_PARTIAL_COMPLETION, "a refusal", hr);
              }
              for (int flags : new int[] {0, FOLDER_MOVE}) {
                int hr =
                    c.folder().copyFolder(c.entryId(other), null, search, null, 0, null, flags);
                c.assertTrue(hr < 0 || hr == MAPI_W_PARTIAL_COMPLETION, "a refusal", hr);
              }
              assertShows(c, search, "afterwards");
              assertShows(c, c.folder(), "afterwards", "plum");
            });
    checks
        .rows("SEARCH-021", "SEARCH-035")
        .check(
            "a search folder cannot be moved, copied or renamed; other properties can be set",
            c -> {
              IMAPIFolder target = c.subfolder(c.folder(), "target");
              IMAPIFolder search = searching(c, "apple");
              for (int flags : new int[] {0, FOLDER_MOVE}) {
                int hr =
                    c.folder()
                        .copyFolder(
                            c.entryId(search), null, target, "new", 0, null, flags | MAPI_UNICODE);
                c.assertTrue(hr < 0, "CopyFolder to be refused", hr);
              }
              c.assertEqual(0, Fixtures.column(hierarchy(c, target)).size(), "folders moved");
              var named =
                  search.setProps(
                      List.of(
                          SPropValue.of(PR_DISPLAY_NAME_W, "renamed"),
                          SPropValue.of(PR_COMMENT_W, "a comment")));
              List<SPropProblem> problems = c.ok(named, "SetProps");
              c.assertEqual(
                  List.of(PR_DISPLAY_NAME_W),
                  problems.stream().map(SPropProblem::ulPropTag).toList(),
                  "properties with a problem");
              c.assertProp("search", search, PR_DISPLAY_NAME_W);
              c.assertProp("a comment", search, PR_COMMENT_W);
            });
  }

  private static SRowSet hierarchy(Context c, IMAPIFolder folder) {
    return c.rows(
        c.own(c.need(folder.getHierarchyTable(MAPI_UNICODE), "GetHierarchyTable")),
        PR_DISPLAY_NAME_W);
  }

  private static void deletion(Checks checks) {
    checks
        .rows("SEARCH-023")
        .check(
            "deleting the search folder leaves the messages where they are",
            c -> {
              Bytes id = add(c, c.folder(), "apple");
              IMAPIFolder search = searching(c, "apple");
              assertShows(c, search, "at first", "apple");
              c.ok(
                  c.folder().deleteFolder(c.entryId(search), 0, null, DEL_MESSAGES),
                  "DeleteFolder");
              assertShows(c, c.folder(), "afterwards", "apple");
              c.assertTrue(c.opens(c.other(), id, 0), "the message to be there", id);
            });
  }

  private static void storeState(Checks checks) {
    checks
        .rows("STORE-022")
        .check(
            "STORE_HAS_SEARCHES is set while there is a search, and not without one",
            c -> {
              int before = state(c);
              IMAPIFolder search = searching(c, "apple");
              c.assertBits(STORE_HAS_SEARCHES, state(c), "STORE_HAS_SEARCHES with a search");
              c.ok(
                  c.folder().deleteFolder(c.entryId(search), 0, null, DEL_MESSAGES),
                  "DeleteFolder");
              c.assertBits(before, state(c), "STORE_HAS_SEARCHES after it was deleted");
            });
  }

  private static int state(Context c) throws Exception {
    SPropValue state = c.entry(c.store(), PR_STORE_STATE);
    return state.isError() ? 0 : state.asInt() & STORE_HAS_SEARCHES;
  }
}
