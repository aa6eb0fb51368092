package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Set;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.SPropValue;

/** CopyMessages and DeleteMessages. */
final class FolderMessageChecks {
  private FolderMessageChecks() {}

  static void register(Checks checks) {
    copying(checks);
    parameters(checks);
    opened(checks);
    deleting(checks);
  }

  @CanIgnoreReturnValue
  private static Bytes subject(Context c, String subject) throws Exception {
    return c.stored(SPropValue.of(PR_SUBJECT_W, subject));
  }

  private static void copying(Checks checks) {
    checks
        .rows("FOLDER-007")
        .check(
            "a copy leaves the messages in both folders, a move in the destination alone",
            c -> {
              IMAPIFolder to = c.subfolder(c.folder(), "to");
              ENTRYLIST list = ENTRYLIST.of(subject(c, "one"), subject(c, "two"));
              c.ok(c.folder().copyMessages(list, null, to, 0, null, 0), "CopyMessages");
              for (IMAPIFolder folder : List.of(c.folder(), to)) {
                c.assertEqual(
                    List.of("one", "two"), FolderFixtures.subjects(c, folder), "after a copy");
              }
              IMAPIFolder last = c.subfolder(c.folder(), "last");
              c.ok(
                  c.folder().copyMessages(list, null, last, 0, null, MESSAGE_MOVE),
                  "CopyMessages(MESSAGE_MOVE)");
              c.assertEqual(List.of(), FolderFixtures.subjects(c, c.folder()), "after a move");
              c.assertEqual(
                  List.of("one", "two"), FolderFixtures.subjects(c, last), "in the destination");
              c.assertEqual(
                  List.of("one", "two"), FolderFixtures.subjects(c, to), "the copies stay");
            });
    checks
        .rows("FOLDER-008")
        .check(
            "what is not there is passed over: MAPI_W_PARTIAL_COMPLETION",
            c -> {
              IMAPIFolder to = c.subfolder(c.folder(), "to");
              for (int flags : List.of(0, MESSAGE_MOVE)) {
                ENTRYLIST list =
                    ENTRYLIST.of(
                        subject(c, "first " + flags),
                        FolderFixtures.gone(c, c.folder()),
                        subject(c, "last " + flags));
                c.assertHr(
                    MAPI_W_PARTIAL_COMPLETION,
                    c.folder().copyMessages(list, null, to, 0, null, flags),
                    "CopyMessages of one that is gone");
              }
              c.assertEqual(
                  List.of("first 0", "first 1", "last 0", "last 1"),
                  FolderFixtures.subjects(c, to),
                  "what was copied and moved");
              c.assertEqual(
                  List.of("first 0", "last 0"),
                  FolderFixtures.subjects(c, c.folder()),
                  "what stayed");
            });
    checks
        .rows("FOLDER-011")
        .check(
            "a message's status does not travel",
            c -> {
              IMAPIFolder to = c.subfolder(c.folder(), "to");
              IMAPIFolder last = c.subfolder(c.folder(), "last");
              Bytes id = c.stored();
              c.need(
                  c.folder().setMessageStatus(id, MSGSTATUS_TAGGED, MSGSTATUS_TAGGED),
                  "SetMessageStatus");
              FolderFixtures.copy(c, c.folder(), to, 0, id);
              c.assertBits(
                  0, MessageStatusChecks.status(c, to, FolderFixtures.only(c, to)), "of a copy");
              c.assertBits(
                  MSGSTATUS_TAGGED, MessageStatusChecks.status(c, c.folder(), id), "original");
              FolderFixtures.copy(c, c.folder(), last, MESSAGE_MOVE, id);
              c.assertBits(
                  0,
                  MessageStatusChecks.status(c, last, FolderFixtures.only(c, last)),
                  "of a message that moved");
            });
  }

  private static void parameters(Checks checks) {
    checks
        .rows("FOLDER-009")
        .check(
            "MAPI_E_DECLINE_COPY comes with MAPI_DECLINE_OK alone, and then nothing is copied",
            c -> {
              IMAPIFolder to = c.subfolder(c.folder(), "to");
              ENTRYLIST list = ENTRYLIST.of(subject(c, "one"));
              int hr = c.folder().copyMessages(list, null, to, 0, null, MAPI_DECLINE_OK);
              c.assertOneOf(hr, "CopyMessages(MAPI_DECLINE_OK)", S_OK, MAPI_E_DECLINE_COPY);
              c.assertEqual(
                  hr == S_OK ? List.of("one") : List.of(),
                  FolderFixtures.subjects(c, to),
                  "what was copied");
              c.ok(c.folder().copyMessages(list, null, to, 0, null, 0), "CopyMessages(0)");
            });
    checks
        .rows("FOLDER-010")
        .check(
            "NULL and the four interfaces of a folder describe the destination",
            c -> {
              IMAPIFolder to = c.subfolder(c.folder(), "to");
              ENTRYLIST list = ENTRYLIST.of(c.stored());
              Guid[] known = {
                null,
                MapiGuid.IID_IUnknown,
                MapiGuid.IID_IMAPIProp,
                MapiGuid.IID_IMAPIContainer,
                MapiGuid.IID_IMAPIFolder
              };
              for (Guid iid : known) {
                c.ok(
                    c.folder().copyMessages(list, iid, to, 0, null, 0),
                    "CopyMessages(" + iid + ")");
              }
              c.assertEqual(known.length, FolderFixtures.subjects(c, to).size(), "copies");
            });
  }

  private static void opened(Checks checks) {
    checks
        .rows("FOLDER-013")
        .check(
            "messages that are open read/write are copied and moved",
            c -> {
              IMAPIFolder to = c.subfolder(c.folder(), "to");
              IMAPIFolder last = c.subfolder(c.folder(), "last");
              IMessage open = c.message(SPropValue.of(PR_SUBJECT_W, "open"));
              ENTRYLIST list = ENTRYLIST.of(c.entryId(open));
              c.ok(c.folder().copyMessages(list, null, to, 0, null, 0), "CopyMessages");
              c.ok(
                  c.folder().copyMessages(list, null, last, 0, null, MESSAGE_MOVE),
                  "CopyMessages(MESSAGE_MOVE)");
              c.assertEqual(List.of("open"), FolderFixtures.subjects(c, to), "copied");
              c.assertEqual(List.of("open"), FolderFixtures.subjects(c, last), "moved");
              c.assertEqual(List.of(), FolderFixtures.subjects(c, c.folder()), "left");
            });
  }

  private static void deleting(Checks checks) {
    checks
        .rows("FOLDER-015", "FOLDER-016", "FOLDER-075")
        .check(
            "what is gone, moved or open read/write stays as it is, all others are deleted",
            c -> {
              IMAPIFolder other = c.subfolder(c.folder(), "other");
              Bytes gone = FolderFixtures.gone(c, c.folder());
              Bytes moved = subject(c, "moved");
              FolderFixtures.copy(c, c.folder(), other, MESSAGE_MOVE, moved);
              Bytes open = c.entryId(c.message(SPropValue.of(PR_SUBJECT_W, "open")));
              Bytes first = subject(c, "first");
              Bytes last = subject(c, "last");
              FolderFixtures.assertPartial(
                  c,
                  c.folder()
                      .deleteMessages(ENTRYLIST.of(first, gone, moved, open, last), 0, null, 0),
                  "DeleteMessages");
              c.assertEqual(List.of("open"), FolderFixtures.subjects(c, c.folder()), "left");
              c.assertEqual(List.of("moved"), FolderFixtures.subjects(c, other), "elsewhere");
              c.assertHr(MAPI_E_NOT_FOUND, c.other().openEntry(last, null, 0), "OpenEntry");
            });
    checks
        .rows("FOLDER-015")
        .check(
            "the messages listed are deleted, the others stay",
            c -> {
              Bytes one = subject(c, "one");
              Bytes two = subject(c, "two");
              subject(c, "three");
              Bytes associated = FolderFixtures.associated(c, c.folder());
              c.ok(
                  c.folder().deleteMessages(ENTRYLIST.of(one, associated, two), 0, null, 0),
                  "DeleteMessages");
              c.assertEqual(List.of("three"), FolderFixtures.subjects(c, c.folder()), "left");
              c.assertEqual(
                  Set.of(),
                  FolderFixtures.messages(c, c.folder(), MAPI_ASSOCIATED),
                  "associated messages left");
              c.assertHr(MAPI_E_NOT_FOUND, c.other().openEntry(one, null, 0), "OpenEntry");
            });
    checks
        .rows("FOLDER-017")
        .check(
            "DELETE_HARD_DELETE leaves nothing to show or open",
            c -> {
              Bytes id = subject(c, "one");
              c.ok(
                  c.folder().deleteMessages(ENTRYLIST.of(id), 0, null, DELETE_HARD_DELETE),
                  "DeleteMessages(DELETE_HARD_DELETE)");
              assertGone(c, c.folder(), id);
            });
    checks
        .rows("FOLDER-075")
        .check(
            "a call that cannot do anything reports another error than MAPI_E_NOT_FOUND",
            c -> {
              IMAPIFolder doomed = c.subfolder(c.folder(), "doomed");
              Bytes id = c.stored();
              c.need(
                  c.folder().deleteFolder(c.entryId(doomed), 0, null, DELETE_HARD_DELETE),
                  "DeleteFolder");
              for (int hr :
                  List.of(
                      doomed.deleteMessages(ENTRYLIST.of(id), 0, null, 0),
                      doomed.setReadFlags(ENTRYLIST.of(id), 0, null, 0),
                      doomed.deleteFolder(c.entryId(c.folder()), 0, null, 0),
                      c.folder().copyFolder(id, null, c.folder(), null, 0, null, MAPI_UNICODE))) {
                c.assertTrue(
                    hr < 0 && hr != MAPI_E_NOT_FOUND,
                    "an error that is not MAPI_E_NOT_FOUND",
                    org.mapi4j.types.HResult.toString(hr));
              }
              c.assertEqual(List.of("subject"), FolderFixtures.subjects(c, c.folder()), "left");
            });
  }

  /** Asserts that no table shows a message and nothing opens it. */
  static void assertGone(Context c, IMAPIFolder folder, Bytes id) throws Exception {
    for (int flags : List.of(0, SHOW_SOFT_DELETES)) {
      c.assertTrue(
          !FolderFixtures.messages(c, folder, flags).contains(id), "no row of the message", "one");
      c.assertHr(MAPI_E_NOT_FOUND, c.other().openEntry(id, null, flags), "OpenEntry");
      c.assertHr(MAPI_E_NOT_FOUND, folder.openEntry(id, null, flags), "OpenEntry of the folder");
    }
  }
}
