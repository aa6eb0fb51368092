package org.mapi4j.conformance;

import static org.mapi4j.conformance.Fixtures.flags;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropValue;

/** IMessage::SetReadFlag. */
final class ReadFlagChecks {
  private static final int PENDING = MSGFLAG_RN_PENDING | MSGFLAG_NRN_PENDING;

  private ReadFlagChecks() {}

  static void register(Checks checks) {
    checks
        .rows("MSG-042", "MSG-043", "MSG-050")
        .check(
            "SetReadFlag saves the flag by itself, and nothing else",
            c -> {
              Bytes id = c.stored();
              IMessage message = c.open(id, MAPI_MODIFY);
              c.set(message, PR_SUBJECT_W, "not saved");
              c.ok(message.setReadFlag(0), "SetReadFlag(0)");
              IMessage read = c.openIn(c.session(false), id, 0);
              c.assertBits(MSGFLAG_READ, flags(c, read) & MSGFLAG_READ, "MSGFLAG_READ");
              c.assertProp("subject", read, PR_SUBJECT_W);
              c.assertProp("not saved", message, PR_SUBJECT_W);
              int before = flags(c, read);
              c.ok(message.setReadFlag(0), "SetReadFlag(0) again");
              c.ok(message.setReadFlag(SUPPRESS_RECEIPT), "SetReadFlag(SUPPRESS_RECEIPT)");
              c.assertBits(
                  before, flags(c, c.openIn(c.session(false), id, 0)), "flags of a read message");
              c.ok(message.setReadFlag(CLEAR_READ_FLAG), "SetReadFlag(CLEAR_READ_FLAG)");
              c.assertBits(
                  before & ~MSGFLAG_READ,
                  flags(c, c.openIn(c.session(false), id, 0)),
                  "flags after CLEAR_READ_FLAG");
              c.ok(message.saveChanges(0), "SaveChanges");
              c.assertProp("not saved", c.openIn(c.session(false), id, 0), PR_SUBJECT_W);
            });
    checks
        .rows("MSG-044")
        .check(
            "CLEAR_RN_PENDING and CLEAR_NRN_PENDING clear their bits",
            c -> {
              Bytes id =
                  c.stored(
                      SPropValue.of(PR_MESSAGE_FLAGS, 0),
                      SPropValue.of(PR_READ_RECEIPT_REQUESTED, true),
                      SPropValue.of(PR_NON_RECEIPT_NOTIFICATION_REQUESTED, true));
              IMessage message = c.open(id, 0);
              int before = flags(c, message);
              c.ok(message.setReadFlag(CLEAR_RN_PENDING), "SetReadFlag(CLEAR_RN_PENDING)");
              c.assertBits(
                  before & MSGFLAG_NRN_PENDING,
                  flags(c, c.openOther(id, 0)) & PENDING,
                  "pending reports after CLEAR_RN_PENDING");
              c.ok(message.setReadFlag(CLEAR_NRN_PENDING), "SetReadFlag(CLEAR_NRN_PENDING)");
              int after = flags(c, c.openIn(c.session(false), id, 0));
              c.assertBits(0, after & PENDING, "pending reports after CLEAR_NRN_PENDING");
              c.assertBits(before & MSGFLAG_READ, after & MSGFLAG_READ, "MSGFLAG_READ");
            });
    pendingBits(checks);
    withdrawing(checks);
    otherHandles(checks);
  }

  private static void pendingBits(Checks checks) {
    checks
        .rows("MSG-044")
        .check(
            "Both pending bits of a delivered message with both requests are there to clear",
            c -> {
              Bytes id =
                  c.stored(
                      SPropValue.of(PR_MESSAGE_FLAGS, 0),
                      SPropValue.of(PR_READ_RECEIPT_REQUESTED, true),
                      SPropValue.of(PR_NON_RECEIPT_NOTIFICATION_REQUESTED, true));
              c.assertBits(
                  PENDING, flags(c, c.openOther(id, 0)) & PENDING, "MSGFLAG_RN and NRN_PENDING");
              c.ok(c.open(id, 0).setReadFlag(CLEAR_RN_PENDING | CLEAR_NRN_PENDING), "SetReadFlag");
              c.assertBits(
                  0, flags(c, c.openIn(c.session(false), id, 0)) & PENDING, "pending reports");
            });
    checks
        .rows("MSG-048")
        .check(
            "The three impossible combinations",
            c -> {
              Bytes id = c.stored();
              IMessage message = c.open(id, 0);
              int before = flags(c, message);
              int[] impossible = {
                SUPPRESS_RECEIPT | CLEAR_READ_FLAG,
                CLEAR_READ_FLAG | GENERATE_RECEIPT_ONLY,
                SUPPRESS_RECEIPT | CLEAR_READ_FLAG | GENERATE_RECEIPT_ONLY
              };
              for (int flags : impossible) {
                c.assertHr(
                    MAPI_E_INVALID_PARAMETER,
                    message.setReadFlag(flags),
                    "SetReadFlag(0x%X)".formatted(flags));
              }
              c.assertBits(before, flags(c, c.openOther(id, 0)), "flags afterwards");
              c.ok(
                  message.setReadFlag(SUPPRESS_RECEIPT | GENERATE_RECEIPT_ONLY),
                  "SetReadFlag(SUPPRESS_RECEIPT | GENERATE_RECEIPT_ONLY)");
            });
  }

  private static void withdrawing(Checks checks) {
    checks
        .rows("MSG-047")
        .check(
            "SUPPRESS_RECEIPT with GENERATE_RECEIPT_ONLY withdraws the request of a read report",
            c -> {
              Bytes id =
                  c.stored(
                      SPropValue.of(PR_MESSAGE_FLAGS, 0),
                      SPropValue.of(PR_READ_RECEIPT_REQUESTED, true));
              IMessage message = c.open(id, MAPI_MODIFY);
              int read = flags(c, message) & MSGFLAG_READ;
              c.set(message, PR_SUBJECT_W, "not saved");
              c.ok(message.setReadFlag(SUPPRESS_RECEIPT | GENERATE_RECEIPT_ONLY), "SetReadFlag");
              IMessage other = c.openIn(c.session(false), id, 0);
              c.assertProp(false, other, PR_READ_RECEIPT_REQUESTED);
              c.assertProp("subject", other, PR_SUBJECT_W);
              c.assertBits(read, flags(c, other) & (MSGFLAG_READ | MSGFLAG_RN_PENDING), "flags");
              c.assertProp(false, message, PR_READ_RECEIPT_REQUESTED);
              c.assertProp("not saved", message, PR_SUBJECT_W);
              c.ok(message.saveChanges(0), "SaveChanges of the same handle");
              IMessage saved = c.openIn(c.session(false), id, 0);
              c.assertProp("not saved", saved, PR_SUBJECT_W);
              c.assertProp(false, saved, PR_READ_RECEIPT_REQUESTED);
            });
  }

  private static void otherHandles(Checks checks) {
    checks
        .rows("MSG-051")
        .check(
            "The read flag of a message that another handle may write stays",
            c -> {
              Bytes id = c.stored();
              IMessage reader = c.open(id, 0);
              IMessage writer = c.openOther(id, MAPI_MODIFY);
              c.assertHr(MAPI_E_NO_ACCESS, reader.setReadFlag(0), "SetReadFlag beside a writer");
              c.assertBits(
                  0,
                  flags(c, c.openIn(c.session(false), id, 0)) & MSGFLAG_READ,
                  "MSGFLAG_READ beside a writer");
              writer.close();
              c.ok(reader.setReadFlag(0), "SetReadFlag after the writer's Release");
              c.assertBits(
                  MSGFLAG_READ,
                  flags(c, c.openIn(c.session(false), id, 0)) & MSGFLAG_READ,
                  "MSGFLAG_READ after the writer's Release");
            });
  }
}
