package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.SPropValue;

/** SetReadFlags. */
final class FolderReadChecks {
  private static final int PENDING = MSGFLAG_RN_PENDING | MSGFLAG_NRN_PENDING;

  private FolderReadChecks() {}

  static void register(Checks checks) {
    setting(checks);
    reports(checks);
    withdrawing(checks);
    refusals(checks);
  }

  private static int flags(Context c, Bytes message) throws Exception {
    return Fixtures.flags(c, c.openIn(c.session(false), message, 0));
  }

  private static void assertRead(Context c, boolean read, Bytes... messages) throws Exception {
    for (Bytes message : messages) {
      c.assertBits(read ? MSGFLAG_READ : 0, flags(c, message) & MSGFLAG_READ, "MSGFLAG_READ");
    }
  }

  private static int setReadFlags(Context c, int flags, Bytes... messages) throws Exception {
    return c.folder().setReadFlags(ENTRYLIST.of(messages), 0, null, flags);
  }

  /** A delivered message that asked for both reports. */
  private static Bytes delivered(Context c) throws Exception {
    return c.stored(
        SPropValue.of(PR_MESSAGE_FLAGS, 0),
        SPropValue.of(PR_READ_RECEIPT_REQUESTED, true),
        SPropValue.of(PR_NON_RECEIPT_NOTIFICATION_REQUESTED, true));
  }

  private static void setting(Checks checks) {
    checks
        .rows("FOLDER-041")
        .check(
            "without a list every message of the folder",
            c -> {
              Bytes one = c.stored();
              Bytes two = c.stored();
              IMAPIFolder child = c.subfolder(c.folder(), "child");
              Bytes below = FolderFixtures.stored(c, child);
              c.ok(
                  c.folder().setReadFlags(IMAPIFolder.ALL_MESSAGES, 0, null, MAPI_DEFERRED_ERRORS),
                  "SetReadFlags(NULL, MAPI_DEFERRED_ERRORS)");
              assertRead(c, true, one, two);
              assertRead(c, false, below);
              c.assertProp(0, c.folder(), PR_CONTENT_UNREAD);
              c.ok(
                  c.folder().setReadFlags(IMAPIFolder.ALL_MESSAGES, 0, null, CLEAR_READ_FLAG),
                  "SetReadFlags(NULL, CLEAR_READ_FLAG)");
              assertRead(c, false, one, two);
              c.assertProp(2, c.folder(), PR_CONTENT_UNREAD);
            });
    checks
        .rows("FOLDER-044")
        .check(
            "CLEAR_READ_FLAG clears the flag of the messages listed",
            c -> {
              Bytes one = c.stored();
              Bytes two = c.stored();
              c.ok(setReadFlags(c, 0, one, two), "SetReadFlags(0)");
              assertRead(c, true, one, two);
              c.ok(setReadFlags(c, CLEAR_READ_FLAG, one), "SetReadFlags(CLEAR_READ_FLAG)");
              assertRead(c, false, one);
              assertRead(c, true, two);
            });
    checks
        .rows("FOLDER-051")
        .check(
            "associated messages have no read state",
            c -> {
              Bytes id = FolderFixtures.associated(c, c.folder());
              for (int flags : List.of(0, SUPPRESS_RECEIPT, CLEAR_READ_FLAG)) {
                c.ok(setReadFlags(c, flags, id), "SetReadFlags(" + flags + ")");
                assertRead(c, false, id);
              }
              c.assertProp(0, c.folder(), PR_CONTENT_UNREAD);
            });
  }

  private static void reports(Checks checks) {
    checks
        .rows("FOLDER-047")
        .check(
            "CLEAR_RN_PENDING and CLEAR_NRN_PENDING clear their bits and leave the others",
            c -> {
              Bytes one = delivered(c);
              Bytes two = delivered(c);
              int before = flags(c, one);
              c.assertBits(PENDING, before & PENDING, "pending reports of a new message");
              c.ok(setReadFlags(c, CLEAR_RN_PENDING, one), "SetReadFlags(CLEAR_RN_PENDING)");
              c.assertBits(before & ~MSGFLAG_RN_PENDING, flags(c, one), "PR_MESSAGE_FLAGS");
              c.ok(setReadFlags(c, CLEAR_NRN_PENDING, two), "SetReadFlags(CLEAR_NRN_PENDING)");
              c.assertBits(before & ~MSGFLAG_NRN_PENDING, flags(c, two), "PR_MESSAGE_FLAGS");
              c.ok(
                  c.folder()
                      .setReadFlags(
                          IMAPIFolder.ALL_MESSAGES, 0, null, CLEAR_RN_PENDING | CLEAR_NRN_PENDING),
                  "SetReadFlags(NULL)");
              for (Bytes id : List.of(one, two)) {
                c.assertBits(before & ~PENDING, flags(c, id), "PR_MESSAGE_FLAGS");
              }
            });
  }

  private static void withdrawing(Checks checks) {
    checks
        .rows("FOLDER-046")
        .check(
            "SUPPRESS_RECEIPT with GENERATE_RECEIPT_ONLY withdraws the request of a read report",
            c -> {
              Bytes asks = delivered(c);
              Bytes silent = c.stored();
              int before = flags(c, asks);
              c.ok(
                  setReadFlags(c, SUPPRESS_RECEIPT | GENERATE_RECEIPT_ONLY, asks, silent),
                  "SetReadFlags");
              c.assertProp(false, c.openIn(c.session(false), asks, 0), PR_READ_RECEIPT_REQUESTED);
              c.assertProp("subject", c.openIn(c.session(false), asks, 0), PR_SUBJECT_W);
              int untouched = MSGFLAG_READ | MSGFLAG_NRN_PENDING;
              c.assertBits(
                  before & untouched,
                  flags(c, asks) & (untouched | MSGFLAG_RN_PENDING),
                  "MSGFLAG_READ and pending reports");
              c.assertPropError(
                  MAPI_E_NOT_FOUND,
                  c.openIn(c.session(false), silent, 0),
                  PR_READ_RECEIPT_REQUESTED);
              assertRead(c, false, silent);
            });
  }

  private static void refusals(Checks checks) {
    checks
        .rows("FOLDER-048")
        .check(
            "the three impossible combinations",
            c -> {
              Bytes id = c.stored();
              c.need(setReadFlags(c, 0, id), "SetReadFlags");
              int before = flags(c, id);
              for (int flags :
                  List.of(
                      SUPPRESS_RECEIPT | CLEAR_READ_FLAG,
                      CLEAR_READ_FLAG | GENERATE_RECEIPT_ONLY,
                      SUPPRESS_RECEIPT | CLEAR_READ_FLAG | GENERATE_RECEIPT_ONLY)) {
                c.assertHr(
                    MAPI_E_INVALID_PARAMETER, setReadFlags(c, flags, id), "SetReadFlags " + flags);
                c.assertHr(
                    MAPI_E_INVALID_PARAMETER,
                    c.folder().setReadFlags(IMAPIFolder.ALL_MESSAGES, 0, null, flags),
                    "SetReadFlags(NULL) " + flags);
              }
              c.assertBits(before, flags(c, id), "PR_MESSAGE_FLAGS");
            });
    checks
        .rows("FOLDER-050")
        .check(
            "what is gone, moved or open read/write keeps its flag, the rest is done",
            c -> {
              IMAPIFolder other = c.subfolder(c.folder(), "other");
              Bytes gone = FolderFixtures.gone(c, c.folder());
              Bytes moved = c.stored();
              FolderFixtures.copy(c, c.folder(), other, MESSAGE_MOVE, moved);
              Bytes open = c.entryId(c.message());
              Bytes first = c.stored();
              Bytes last = c.stored();
              FolderFixtures.assertPartial(
                  c, setReadFlags(c, 0, first, gone, moved, open, last), "SetReadFlags");
              assertRead(c, true, first, last);
              assertRead(c, false, open, FolderFixtures.only(c, other));
            });
  }
}
