package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.Set;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.OpenedEntry;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropValue;

/** Messages that were deleted and are kept: SHOW_SOFT_DELETES, restoring, DELETE_HARD_DELETE. */
final class SoftDeleteChecks {
  private static final String NONE_KEPT =
      "the store keeps nothing that was deleted: what the flag shows is empty";

  private SoftDeleteChecks() {}

  static void register(Checks checks) {
    showing(checks);
    opening(checks);
    restoring(checks);
    forGood(checks);
  }

  /** Deletes a message; ends the check where the store keeps none, and shows none. */
  private static Bytes deleted(Context c, IMAPIFolder in, String subject) throws Exception {
    Bytes id = FolderFixtures.stored(c, in, SPropValue.of(PR_SUBJECT_W, subject));
    c.ok(in.deleteMessages(ENTRYLIST.of(id), 0, null, 0), "DeleteMessages(0)");
    c.assertTrue(!FolderFixtures.messages(c, in).contains(id), "no row of the message", "one");
    c.assertHr(MAPI_E_NOT_FOUND, c.other().openEntry(id, null, 0), "OpenEntry without the flag");
    if (!FolderFixtures.messages(c, in, SHOW_SOFT_DELETES).contains(id)) {
      FolderMessageChecks.assertGone(c, in, id);
      c.notApplicable(NONE_KEPT);
    }
    return id;
  }

  private static void showing(Checks checks) {
    checks
        .rows("CONT-007")
        .check(
            "SHOW_SOFT_DELETES shows what was deleted, flags 0 what is there",
            c -> {
              Bytes id = deleted(c, c.folder(), "deleted");
              Bytes live = c.stored();
              c.assertEqual(Set.of(live), FolderFixtures.messages(c, c.folder()), "rows");
              c.assertTrue(
                  FolderFixtures.messages(c, c.folder(), SHOW_SOFT_DELETES).contains(id),
                  "the message that was deleted",
                  "none");
              var rows =
                  c.rows(
                      c.own(
                          c.need(
                              c.openFolder(c.other(), c.entryId(c.folder()))
                                  .getContentsTable(SHOW_SOFT_DELETES | MAPI_UNICODE),
                              "GetContentsTable")),
                      PR_SUBJECT_W,
                      PR_PARENT_ENTRYID);
              boolean found = false;
              for (var row : rows) {
                found |= "deleted".equals(row.lpProps().get(0).value());
                c.assertEqual(
                    c.entryId(c.folder()), row.lpProps().get(1).value(), "PR_PARENT_ENTRYID");
              }
              c.assertTrue(found, "the message in another session's table", rows);
              c.assertProp(1, c.folder(), PR_CONTENT_COUNT);
              c.assertProp(1, c.folder(), PR_CONTENT_UNREAD);
            });
    checks
        .rows("CONT-007")
        .check(
            "folders that were deleted are shown with the flag alone",
            c -> {
              Bytes gone = c.entryId(c.subfolder(c.folder(), "gone"));
              Bytes live = c.entryId(c.subfolder(c.folder(), "live"));
              c.ok(c.folder().deleteFolder(gone, 0, null, 0), "DeleteFolder");
              c.assertEqual(
                  Set.of(live), FolderFixtures.folders(c, c.folder(), 0, PR_ENTRYID), "rows");
              Set<Object> shown =
                  FolderFixtures.folders(c, c.folder(), SHOW_SOFT_DELETES, PR_ENTRYID);
              c.assertEqual(
                  shown.contains(gone),
                  c.opens(c.store(), gone, SHOW_SOFT_DELETES),
                  "what is shown can be opened");
              c.assertHr(MAPI_E_NOT_FOUND, c.store().openEntry(gone, null, 0), "OpenEntry");
            });
  }

  private static void opening(Checks checks) {
    checks
        .rows("CONT-018")
        .check(
            "SHOW_SOFT_DELETES opens a message that was deleted",
            c -> {
              Bytes id = deleted(c, c.folder(), "deleted");
              IMessage message = c.openOther(id, SHOW_SOFT_DELETES);
              c.assertProp("deleted", message, PR_SUBJECT_W);
              c.assertProp("body", message, PR_BODY_W);
              c.assertProp(c.entryId(c.folder()), message, PR_PARENT_ENTRYID);
              c.assertProp(id, message, PR_ENTRYID);
              MapiResult<OpenedEntry> byFolder = c.folder().openEntry(id, null, SHOW_SOFT_DELETES);
              c.own(c.ok(byFolder, "OpenEntry of the folder").lppUnk());
              c.assertHr(MAPI_E_NOT_FOUND, c.folder().openEntry(id, null, 0), "OpenEntry(0)");
            });
  }

  private static void restoring(Checks checks) {
    checks
        .rows("CONT-018", "CONT-007")
        .check(
            "a move brings it back, a copy makes another",
            c -> {
              IMAPIFolder to = c.subfolder(c.folder(), "to");
              Bytes moved = deleted(c, c.folder(), "moved");
              Bytes copied = deleted(c, c.folder(), "copied");
              c.ok(
                  c.folder().copyMessages(ENTRYLIST.of(copied), null, to, 0, null, 0),
                  "CopyMessages");
              c.assertEqual(List.of("copied"), FolderFixtures.subjects(c, to), "copies");
              c.assertTrue(
                  FolderFixtures.messages(c, c.folder(), SHOW_SOFT_DELETES).contains(copied),
                  "the original still kept",
                  "gone");
              c.ok(
                  c.folder()
                      .copyMessages(ENTRYLIST.of(moved), null, c.folder(), 0, null, MESSAGE_MOVE),
                  "CopyMessages(MESSAGE_MOVE) to where it was");
              c.assertEqual(List.of("moved"), FolderFixtures.subjects(c, c.folder()), "restored");
              Bytes back = FolderFixtures.only(c, c.folder());
              c.assertProp("body", c.openOther(back, MAPI_MODIFY), PR_BODY_W);
              c.assertTrue(
                  !FolderFixtures.messages(c, c.folder(), SHOW_SOFT_DELETES).contains(back),
                  "it among the deleted no longer",
                  "there");
              c.assertProp(1, c.folder(), PR_CONTENT_COUNT);
            });
    checks
        .rows("CONT-007")
        .check(
            "a handle of before the deletion does not bring it back",
            c -> {
              Bytes id = c.stored(SPropValue.of(PR_SUBJECT_W, "deleted"));
              IMessage reader = c.openOther(id, 0);
              c.ok(c.folder().deleteMessages(ENTRYLIST.of(id), 0, null, 0), "DeleteMessages");
              c.assertProp("deleted", reader, PR_SUBJECT_W);
              c.assertHr(
                  MAPI_E_OBJECT_DELETED, reader.setReadFlag(0), "SetReadFlag of what was deleted");
              FolderFixtures.assertPartial(
                  c,
                  c.folder().setReadFlags(ENTRYLIST.of(id), 0, null, 0),
                  "SetReadFlags of what was deleted");
              FolderFixtures.assertPartial(
                  c,
                  c.folder().deleteMessages(ENTRYLIST.of(id), 0, null, 0),
                  "DeleteMessages of what was deleted");
              c.assertEqual(Set.of(), FolderFixtures.messages(c, c.folder()), "rows");
            });
  }

  private static void forGood(Checks checks) {
    checks
        .rows("FOLDER-017")
        .check(
            "DeleteMessages with DELETE_HARD_DELETE removes what was deleted before",
            c -> {
              Bytes id = deletedOrGone(c, c.folder());
              FolderFixtures.stored(c, c.folder());
              int hr = c.folder().deleteMessages(ENTRYLIST.of(id), 0, null, DELETE_HARD_DELETE);
              c.assertOneOf(
                  hr, "DeleteMessages", S_OK, MAPI_W_PARTIAL_COMPLETION, MAPI_E_NOT_FOUND);
              FolderMessageChecks.assertGone(c, c.folder(), id);
              c.assertProp(1, c.folder(), PR_CONTENT_COUNT);
            });
    checks
        .rows("FOLDER-039")
        .check(
            "EmptyFolder with DELETE_HARD_DELETE removes what was deleted before",
            c -> {
              Bytes id = deletedOrGone(c, c.folder());
              c.ok(c.folder().emptyFolder(0, null, 0), "EmptyFolder(0)");
              c.ok(
                  c.folder().emptyFolder(0, null, DELETE_HARD_DELETE),
                  "EmptyFolder(DELETE_HARD_DELETE)");
              FolderMessageChecks.assertGone(c, c.folder(), id);
              c.assertEqual(
                  Set.of(),
                  FolderFixtures.messages(c, c.folder(), SHOW_SOFT_DELETES),
                  "messages that are kept");
            });
    checks
        .rows("FOLDER-035")
        .check(
            "what was deleted from a folder goes with the folder",
            c -> {
              IMAPIFolder doomed = c.subfolder(c.folder(), "doomed");
              Bytes id = deletedOrGone(c, doomed);
              c.ok(
                  c.folder().deleteFolder(c.entryId(doomed), 0, null, DELETE_HARD_DELETE),
                  "DeleteFolder of a folder whose messages were deleted");
              c.assertHr(
                  MAPI_E_NOT_FOUND,
                  c.other().openEntry(id, null, SHOW_SOFT_DELETES),
                  "OpenEntry(SHOW_SOFT_DELETES)");
            });
  }

  private static Bytes deletedOrGone(Context c, IMAPIFolder in) {
    Bytes id = FolderFixtures.stored(c, in);
    c.need(in.deleteMessages(ENTRYLIST.of(id), 0, null, 0), "DeleteMessages");
    return id;
  }
}
