package org.mapi4j.conformance;

import static org.mapi4j.conformance.Fixtures.attach;
import static org.mapi4j.conformance.Fixtures.flags;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.time.Instant;
import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropValue;

/** PR_MESSAGE_FLAGS, PR_HASATTACH and PR_MSG_STATUS. */
final class MessageFlagChecks {
  /** Bits that SetProps can set before the first save. */
  private static final int INITIAL =
      MSGFLAG_READ | MSGFLAG_UNSENT | MSGFLAG_FROMME | MSGFLAG_RESEND;

  /** MSGFLAG_ORIGIN_X400, INTERNET, MISC_EXT and EXT_SEND of the property's page. */
  private static final int ORIGIN = 0x1000 | 0x2000 | 0x8000 | 0x10000;

  private static final int STORE_OWNED =
      MSGFLAG_HASATTACH
          | MSGFLAG_ASSOCIATED
          | MSGFLAG_SUBMIT
          | MSGFLAG_RN_PENDING
          | MSGFLAG_NRN_PENDING
          | ORIGIN;

  private MessageFlagChecks() {}

  static void register(Checks checks) {
    initial(checks);
    storesOwn(checks);
    delivered(checks);
    unmodified(checks);
    attachments(checks);
    status(checks);
  }

  private static void initial(Checks checks) {
    checks
        .rows("MSG-010")
        .check(
            "A new message is unsent and unmodified",
            c -> {
              IMessage message = c.newMessage();
              c.assertBits(
                  MSGFLAG_UNSENT | MSGFLAG_UNMODIFIED, flags(c, message), "PR_MESSAGE_FLAGS");
              c.save(message);
              c.assertBits(
                  MSGFLAG_UNSENT | MSGFLAG_UNMODIFIED,
                  flags(c, c.openOther(c.entryId(message), 0)),
                  "PR_MESSAGE_FLAGS after the first save");
            });
    checks
        .rows("MSG-011", "MSG-012")
        .check(
            "UNSENT, FROMME, RESEND and READ are SetProps' before the first save only",
            c -> {
              Bytes all = c.stored(SPropValue.of(PR_MESSAGE_FLAGS, INITIAL));
              c.assertBits(INITIAL, flags(c, c.openOther(all, 0)) & INITIAL, "all four set");
              Bytes none = c.stored(SPropValue.of(PR_MESSAGE_FLAGS, 0));
              c.assertBits(0, flags(c, c.openOther(none, 0)) & INITIAL, "all four clear");
              IMessage message = c.open(none, MAPI_MODIFY);
              trySet(c, message, INITIAL | MSGFLAG_UNMODIFIED);
              c.assertBits(0, flags(c, message) & INITIAL, "after SetProps on a saved message");
              c.set(message, PR_SUBJECT_W, "again");
              c.ok(message.saveChanges(0), "SaveChanges");
              c.assertBits(
                  0, flags(c, c.openIn(c.session(false), none, 0)) & INITIAL, "after its save");
              c.ok(c.open(none, 0).setReadFlag(0), "SetReadFlag(0)");
              c.assertBits(
                  MSGFLAG_READ,
                  flags(c, c.openIn(c.session(false), none, 0)) & INITIAL,
                  "after SetReadFlag");
            });
  }

  private static void storesOwn(Checks checks) {
    checks
        .rows("MSG-013")
        .check(
            "The store's own bits are out of SetProps' reach, before and after the first save",
            c -> {
              IMessage message = c.newMessage();
              trySet(c, message, STORE_OWNED | MSGFLAG_UNSENT);
              c.assertBits(0, flags(c, message) & STORE_OWNED, "before the first save");
              c.save(message);
              c.assertBits(0, flags(c, message) & STORE_OWNED, "after the first save");
              trySet(c, message, STORE_OWNED);
              c.set(message, PR_SUBJECT_W, "again");
              c.save(message);
              c.assertBits(
                  0,
                  flags(c, c.openOther(c.entryId(message), 0)) & STORE_OWNED,
                  "after another save");
              IMessage with = c.newMessage();
              attach(c, with, "a.txt");
              c.save(with);
              trySet(c, with, 0);
              c.assertBits(
                  MSGFLAG_HASATTACH, flags(c, with) & MSGFLAG_HASATTACH, "MSGFLAG_HASATTACH");
            });
    checks
        .rows("MSG-015")
        .check(
            "An associated message says so and has no read state",
            c -> {
              MapiResult<IMessage> created = c.folder().createMessage(null, MAPI_ASSOCIATED);
              if (created.failed()) {
                c.assertHr(MAPI_E_NO_SUPPORT, created, "CreateMessage(MAPI_ASSOCIATED)");
                c.notApplicable("the store does not support associated messages");
              }
              IMessage message = c.own(created.value());
              c.set(message, PR_SUBJECT_W, "associated");
              c.save(message);
              int before = flags(c, message);
              c.assertBits(MSGFLAG_ASSOCIATED, before & MSGFLAG_ASSOCIATED, "MSGFLAG_ASSOCIATED");
              c.assertTrue(
                  message.setReadFlag(0) >= 0, "SetReadFlag of an associated message", "a failure");
              Bytes id = c.entryId(message);
              message.close();
              c.assertProp(0, c.folder(), PR_CONTENT_COUNT);
              c.assertProp(0, c.folder(), PR_CONTENT_UNREAD);
              c.assertBits(
                  MSGFLAG_ASSOCIATED,
                  flags(c, c.openOther(id, 0)) & MSGFLAG_ASSOCIATED,
                  "MSGFLAG_ASSOCIATED in another session");
            });
  }

  private static void delivered(Checks checks) {
    checks
        .rows("MSG-018", "RECV-024")
        .check(
            "A delivered message starts unread and unmodified",
            c -> {
              Bytes inbox =
                  c.need(c.store().getReceiveFolder("IPM.Note", MAPI_UNICODE), "GetReceiveFolder")
                      .lppEntryID();
              c.assertTrue(!inbox.isEmpty(), "a receive folder", inbox);
              // What a transport does: create, fill, mark as sent, save. Done in the check's
              // folder,
              // so that nobody's Inbox gets mail.
              Bytes id =
                  c.stored(
                      SPropValue.of(PR_MESSAGE_FLAGS, 0),
                      SPropValue.of(PR_MESSAGE_DELIVERY_TIME, Instant.EPOCH));
              c.assertBits(
                  MSGFLAG_UNMODIFIED,
                  flags(c, c.openOther(id, 0)) & (MSGFLAG_UNMODIFIED | MSGFLAG_READ),
                  "PR_MESSAGE_FLAGS of a delivered message");
            });
  }

  private static void unmodified(Checks checks) {
    checks
        .rows("MSG-014")
        .check(
            "The second save clears MSGFLAG_UNMODIFIED; SetProps and SetReadFlag do not",
            c -> {
              IMessage message = c.newMessage();
              trySet(c, message, MSGFLAG_UNSENT);
              c.save(message);
              c.assertBits(
                  MSGFLAG_UNMODIFIED,
                  flags(c, message) & MSGFLAG_UNMODIFIED,
                  "after the first save");
              trySet(c, message, 0);
              c.ok(message.setReadFlag(0), "SetReadFlag(0)");
              Bytes id = c.entryId(message);
              c.assertBits(
                  MSGFLAG_UNMODIFIED,
                  flags(c, c.openOther(id, 0)) & MSGFLAG_UNMODIFIED,
                  "after SetProps and SetReadFlag");
              c.set(message, PR_SUBJECT_W, "again");
              c.ok(message.saveChanges(KEEP_OPEN_READWRITE), "second SaveChanges");
              c.assertBits(0, flags(c, message) & MSGFLAG_UNMODIFIED, "after the second save");
              c.assertBits(
                  0,
                  flags(c, c.openIn(c.session(false), id, 0)) & MSGFLAG_UNMODIFIED,
                  "in another session");
            });
  }

  private static void attachments(Checks checks) {
    checks
        .rows("MSG-019", "MSG-073")
        .check(
            "MSGFLAG_HASATTACH and PR_HASATTACH tell of saved attachments at SaveChanges",
            c -> {
              IMessage message = c.message();
              c.assertProp(false, message, PR_HASATTACH);
              int number = attach(c, message, "a.txt");
              c.save(message);
              c.assertProp(true, message, PR_HASATTACH);
              Bytes id = c.entryId(message);
              IMessage stored = c.openOther(id, 0);
              c.assertProp(true, stored, PR_HASATTACH);
              c.assertBits(
                  MSGFLAG_HASATTACH, flags(c, stored) & MSGFLAG_HASATTACH, "MSGFLAG_HASATTACH");
              MessagePropertyChecks.refuses(
                  c, message, PR_HASATTACH, SPropValue.of(PR_HASATTACH, false));
              c.need(message.deleteAttach(number, 0, null, 0), "DeleteAttach");
              c.save(message);
              IMessage without = c.openIn(c.session(false), id, 0);
              c.assertProp(false, without, PR_HASATTACH);
              c.assertBits(0, flags(c, without) & MSGFLAG_HASATTACH, "MSGFLAG_HASATTACH");
            });
  }

  private static void status(Checks checks) {
    checks
        .rows("MSG-030")
        .check(
            "PR_MSG_STATUS is SetMessageStatus' alone",
            c -> {
              IMessage message = c.message();
              Bytes id = c.entryId(message);
              IMAPIFolder folder = c.folder();
              c.assertBits(0, c.need(folder.getMessageStatus(id, 0), "GetMessageStatus"), "status");
              List<SPropProblem> problems =
                  c.ok(message.setProps(List.of(SPropValue.of(PR_MSG_STATUS, 1))), "SetProps");
              if (!problems.isEmpty()) {
                c.assertOneOf(
                    problems.get(0).scode(),
                    "SetProps(PR_MSG_STATUS)",
                    MAPI_E_COMPUTED,
                    MAPI_E_NO_ACCESS);
              }
              c.save(message);
              c.assertBits(
                  0,
                  c.need(folder.getMessageStatus(id, 0), "GetMessageStatus"),
                  "status after SetProps");
              c.assertBits(
                  0,
                  c.ok(
                      folder.setMessageStatus(id, MSGSTATUS_TAGGED, MSGSTATUS_TAGGED),
                      "SetMessageStatus"),
                  "old status");
              c.assertBits(
                  MSGSTATUS_TAGGED,
                  c.need(folder.getMessageStatus(id, 0), "GetMessageStatus"),
                  "status after SetMessageStatus");
            });
  }

  /** SetProps of PR_MESSAGE_FLAGS, whatever it answers. */
  private static void trySet(Context c, IMessage message, int value) {
    c.need(message.setProps(List.of(SPropValue.of(PR_MESSAGE_FLAGS, value))), "SetProps");
  }
}
