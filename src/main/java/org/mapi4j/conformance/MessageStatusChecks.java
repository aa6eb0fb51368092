package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropValue;

/** GetMessageStatus, SetMessageStatus, PR_MSG_STATUS. */
final class MessageStatusChecks {
  private MessageStatusChecks() {}

  static void register(Checks checks) {
    reading(checks);
    writing(checks);
    property(checks);
  }

  /** GetMessageStatus. */
  static int status(Context c, IMAPIFolder folder, Bytes message) {
    return c.need(folder.getMessageStatus(message, 0), "GetMessageStatus");
  }

  @CanIgnoreReturnValue
  private static int set(Context c, Bytes message, int status, int mask) throws Exception {
    return c.ok(c.folder().setMessageStatus(message, status, mask), "SetMessageStatus");
  }

  private static void reading(Checks checks) {
    checks
        .rows("FOLDER-052")
        .check(
            "GetMessageStatus reads the bits in this folder; there are no flags",
            c -> {
              Bytes id = c.stored();
              c.assertBits(0, c.ok(c.folder().getMessageStatus(id, 0), "GetMessageStatus"), "new");
              set(c, id, MSGSTATUS_TAGGED | MSGSTATUS_HIDDEN, -1);
              c.assertBits(
                  MSGSTATUS_TAGGED | MSGSTATUS_HIDDEN,
                  c.ok(
                      c.openFolder(c.other(), c.entryId(c.folder())).getMessageStatus(id, 0),
                      "GetMessageStatus of another session"),
                  "the status");
              c.assertHr(
                  MAPI_E_UNKNOWN_FLAGS, c.folder().getMessageStatus(id, 1), "GetMessageStatus(1)");
              IMAPIFolder other = c.subfolder(c.folder(), "other");
              c.assertHr(
                  MAPI_E_NOT_FOUND, other.getMessageStatus(id, 0), "GetMessageStatus elsewhere");
            });
  }

  private static void writing(Checks checks) {
    checks
        .rows("FOLDER-053", "FOLDER-054")
        .check(
            "SetMessageStatus changes the bits of its mask and gives the status before",
            c -> {
              Bytes id = c.stored();
              c.assertBits(0, set(c, id, 0x00FF0000, 0x000F0000), "the status before");
              c.assertBits(0x000F0000, status(c, c.folder(), id), "bits of the mask alone");
              c.assertBits(0x000F0000, set(c, id, 0, 0x00030000), "the status before");
              c.assertBits(0x000C0000, status(c, c.folder(), id), "bits outside the mask");
              c.assertBits(0x000C0000, set(c, id, 0x00300000, 0x00300000), "the status before");
              c.assertBits(0x003C0000, status(c, c.folder(), id), "the status");
              c.assertBits(0x003C0000, set(c, id, -1, 0), "the status before");
              c.assertBits(0x003C0000, status(c, c.folder(), id), "with an empty mask");
            });
    checks
        .rows("FOLDER-054")
        .check(
            "of two clients that set one bit, one sees it clear",
            c -> {
              Bytes id = c.stored();
              IMAPIFolder other = c.openFolder(c.other(), c.entryId(c.folder()));
              c.assertBits(0, set(c, id, MSGSTATUS_TAGGED, MSGSTATUS_TAGGED), "the first's");
              c.assertBits(
                  MSGSTATUS_TAGGED,
                  c.ok(
                      other.setMessageStatus(id, MSGSTATUS_TAGGED, MSGSTATUS_TAGGED),
                      "SetMessageStatus"),
                  "the second's");
            });
    checks
        .rows("FOLDER-055")
        .check(
            "the clients' bits are kept and nothing else happens",
            c -> {
              Bytes id = c.stored();
              IMessage open = c.openOther(id, MAPI_MODIFY);
              for (int bit :
                  List.of(
                      MSGSTATUS_DELMARKED,
                      MSGSTATUS_HIDDEN,
                      MSGSTATUS_HIGHLIGHTED,
                      MSGSTATUS_TAGGED)) {
                set(c, id, bit, bit);
              }
              c.assertBits(
                  MSGSTATUS_DELMARKED | MSGSTATUS_HIDDEN | MSGSTATUS_HIGHLIGHTED | MSGSTATUS_TAGGED,
                  status(c, c.folder(), id),
                  "the status");
              c.assertEqual(
                  java.util.Set.of(id), FolderFixtures.messages(c, c.folder()), "the message");
              c.set(open, PR_SUBJECT_W, "saved");
              c.ok(open.saveChanges(0), "SaveChanges of a message whose status changed");
            });
  }

  private static void property(Checks checks) {
    checks
        .rows("FOLDER-056")
        .check(
            "PR_MSG_STATUS is a column of the row, in each folder its own",
            c -> {
              Bytes id = c.stored();
              IMAPIFolder to = c.subfolder(c.folder(), "to");
              FolderFixtures.copy(c, c.folder(), to, 0, id);
              set(c, id, MSGSTATUS_TAGGED, MSGSTATUS_TAGGED);
              c.assertEqual(
                  List.of(MSGSTATUS_TAGGED),
                  Fixtures.column(Fixtures.contents(c, c.folder(), PR_MSG_STATUS)),
                  "the row's status");
              c.assertEqual(
                  List.of(0),
                  Fixtures.column(Fixtures.contents(c, to, PR_MSG_STATUS)),
                  "the copy's status");
            });
    checks
        .rows("FOLDER-057")
        .check(
            "SetProps does not set PR_MSG_STATUS",
            c -> {
              IMessage message = c.message();
              MapiResult<List<org.mapi4j.types.SPropProblem>> set =
                  message.setProps(List.of(SPropValue.of(PR_MSG_STATUS, MSGSTATUS_TAGGED)));
              c.assertProblem(0, PR_MSG_STATUS, MAPI_E_COMPUTED, set, "SetProps(PR_MSG_STATUS)");
              c.save(message);
              c.assertBits(0, status(c, c.folder(), c.entryId(message)), "the status");
            });
  }
}
