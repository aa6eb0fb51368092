package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.Locale;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IMsgStore.ReceiveFolder;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.HResult;

/** GetReceiveFolder and SetReceiveFolder. Every check puts the associations back. */
final class ReceiveChecks {
  /** The class below which the checks register. */
  static final String BASE = "Conformance.Receive";

  private ReceiveChecks() {}

  static void register(Checks checks) {
    lookups(checks);
    defaults(checks);
    setting(checks);
    removing(checks);
  }

  private static void lookups(Checks checks) {
    checks
        .rows("RECV-001", "RECV-002", "RECV-003", "RECV-008", "RECV-009")
        .check(
            "The longest registered prefix wins, without regard to case",
            c -> {
              IMsgStore store = c.store();
              Bytes outer = folder(c, "outer");
              Bytes inner = folder(c, "inner");
              Bytes inbox = find(c, "IPM").lppEntryID();
              register(c, BASE, outer);
              register(c, BASE + ".Note.Sample", inner);
              try {
                assertFolder(c, outer, BASE, BASE);
                assertFolder(c, outer, BASE, BASE + ".Note");
                assertFolder(c, outer, BASE, BASE + ".Note.SampleX");
                assertFolder(c, inner, BASE + ".Note.Sample", BASE + ".Note.Sample");
                assertFolder(c, inner, BASE + ".Note.Sample", BASE + ".Note.Sample.Simple.Totally");
                c.assertEqual(
                    inner,
                    find(c, BASE.toUpperCase(Locale.ROOT) + ".NOTE.sample").lppEntryID(),
                    "folder of the class in capitals");
                c.assertEqual(
                    inbox, find(c, "IPM.Timecard").lppEntryID(), "folder of IPM.Timecard");
                ReceiveFolder elsewhere =
                    c.ok(
                        c.other().getReceiveFolder(BASE + ".Note.Sample", MAPI_UNICODE),
                        "GetReceiveFolder in another session");
                c.assertEqual(inner, elsewhere.lppEntryID(), "folder in another session");
                register(c, BASE + ".Note.Sample", outer);
                assertFolder(c, outer, BASE + ".Note.Sample", BASE + ".Note.Sample");
              } finally {
                remove(store, BASE + ".Note.Sample");
                remove(store, BASE);
              }
            });
    checks
        .rows("RECV-006", "RECV-007", "RECV-025")
        .check(
            "Either width addresses the same association",
            c -> {
              Bytes first = folder(c, "first");
              Bytes second = folder(c, "second");
              try {
                c.ok(c.store().setReceiveFolder(BASE, 0, first), "SetReceiveFolder, ANSI");
                ReceiveFolder wide = c.ok(c.store().getReceiveFolder(BASE, MAPI_UNICODE), "wide");
                c.assertEqual(new ReceiveFolder(first, BASE), wide, "Unicode lookup");
                register(c, BASE, second);
                ReceiveFolder narrow = c.ok(c.store().getReceiveFolder(BASE, 0), "narrow");
                c.assertEqual(new ReceiveFolder(second, BASE), narrow, "ANSI lookup");
                c.assertEqual(new ReceiveFolder(first, BASE), wide, "the earlier result");
              } finally {
                remove(c.store(), BASE);
              }
            });
  }

  private static void defaults(Checks checks) {
    checks
        .rows("RECV-004", "RECV-005")
        .check(
            "NULL and the empty class are the default folder",
            c -> {
              ReceiveFolder none =
                  c.ok(c.store().getReceiveFolder(null, MAPI_UNICODE), "GetReceiveFolder(NULL)");
              c.assertEqual("", none.lppszExplicitClass(), "explicit class");
              c.own(
                  c.ok(c.store().openEntry(none.lppEntryID(), null, 0), "OpenEntry of the default")
                      .lppUnk());
              for (int flags : new int[] {MAPI_UNICODE, 0}) {
                c.assertEqual(
                    none,
                    c.ok(c.store().getReceiveFolder("", flags), "GetReceiveFolder(\"\")"),
                    "default by the empty class");
                c.assertEqual(
                    none,
                    c.ok(
                        c.store().getReceiveFolder("NoSuchClass.At.All", flags),
                        "GetReceiveFolder"),
                    "default of an unknown class");
              }
            });
    checks
        .rows("RECV-017", "RECV-018", "RECV-019")
        .check(
            "The empty class, IPM and REPORT go to the Inbox, IPC to the root",
            c -> {
              ReceiveFolder ipm = find(c, "IPM");
              c.assertEqual("IPM", ipm.lppszExplicitClass(), "explicit class of IPM");
              c.assertEqual(
                  ipm.lppEntryID(), find(c, "").lppEntryID(), "folder of the empty class");
              c.assertEqual(
                  new ReceiveFolder(ipm.lppEntryID(), "REPORT"), find(c, "REPORT"), "REPORT");
              c.assertEqual(new ReceiveFolder(c.entryId(c.root()), "IPC"), find(c, "IPC"), "IPC");
              c.assertEqual(
                  c.entryId(c.root()), find(c, "IPC.Paper.Order").lppEntryID(), "IPC.Paper.Order");
              String report = "Report.IPC.Paper.Order";
              c.assertEqual(ipm.lppEntryID(), find(c, report).lppEntryID(), report);
              Bytes own = folder(c, "reports");
              register(c, report, own);
              try {
                c.assertEqual(own, find(c, report).lppEntryID(), report + " registered");
              } finally {
                remove(c.store(), report);
              }
              c.assertBits(
                  FOLDER_IPM_INBOX_VALID,
                  c.get(c.store(), PR_VALID_FOLDER_MASK).asInt() & FOLDER_IPM_INBOX_VALID,
                  "FOLDER_IPM_INBOX_VALID");
            });
  }

  private static void setting(Checks checks) {
    checks
        .rows("RECV-011", "RECV-012")
        .check(
            "The empty class sets the default; without it the root is the default",
            c -> {
              ReceiveFolder before = find(c, null);
              Bytes mine = folder(c, "default");
              try {
                for (String empty : new String[] {null, ""}) {
                  c.ok(
                      c.store().setReceiveFolder(empty, MAPI_UNICODE, mine),
                      "SetReceiveFolder(default)");
                  c.assertEqual(new ReceiveFolder(mine, ""), find(c, "Un.Known"), "Un.Known");
                  c.ok(
                      c.store().setReceiveFolder(null, MAPI_UNICODE, null),
                      "SetReceiveFolder(NULL, NULL)");
                  c.assertEqual(
                      new ReceiveFolder(c.entryId(c.root()), ""), find(c, "Un.Known"), "Un.Known");
                }
              } finally {
                c.need(
                    c.store().setReceiveFolder(null, MAPI_UNICODE, before.lppEntryID()),
                    "SetReceiveFolder");
              }
              c.assertEqual(before, find(c, null), "default restored");
            });
    checks
        .rows("RECV-013")
        .check(
            "A failed call changes nothing",
            c -> {
              Bytes mine = folder(c, "mine");
              register(c, BASE, mine);
              try {
                Bytes message = c.stored();
                IMAPIFolder gone = c.subfolder(c.folder(), "gone");
                Bytes goneId = c.entryId(gone);
                gone.close();
                c.need(c.folder().deleteFolder(goneId, 0, null, 0), "DeleteFolder");
                assertRefused(c, MAPI_E_INVALID_ENTRYID, message, mine);
                assertRefused(c, MAPI_E_NOT_FOUND, goneId, mine);
                assertRefused(c, MAPI_E_UNKNOWN_ENTRYID, StoreEntryChecks.foreign(mine), mine);
                c.assertHr(
                    MAPI_E_UNKNOWN_FLAGS,
                    c.store().setReceiveFolder(BASE, 0x4000_0000, null),
                    "SetReceiveFolder(flags)");
                assertFolder(c, mine, BASE, BASE);
              } finally {
                remove(c.store(), BASE);
              }
            });
  }

  private static void removing(Checks checks) {
    checks
        .rows("RECV-010")
        .check(
            "A removed class falls back to its prefix; removing none is S_OK",
            c -> {
              Bytes outer = folder(c, "outer");
              Bytes inner = folder(c, "inner");
              register(c, BASE, outer);
              register(c, BASE + ".Note", inner);
              try {
                assertFolder(c, inner, BASE + ".Note", BASE + ".Note");
                c.ok(
                    c.store().setReceiveFolder(BASE + ".Note", MAPI_UNICODE, null),
                    "SetReceiveFolder(NULL)");
                assertFolder(c, outer, BASE, BASE + ".Note");
                c.ok(
                    c.store().setReceiveFolder(BASE + ".Note", MAPI_UNICODE, null),
                    "SetReceiveFolder(NULL) again");
                c.ok(
                    c.store().setReceiveFolder(BASE, MAPI_UNICODE, null), "SetReceiveFolder(NULL)");
                c.assertEqual(find(c, null), find(c, BASE + ".Note"), "the default folder");
              } finally {
                remove(c.store(), BASE + ".Note");
                remove(c.store(), BASE);
              }
            });
  }

  private static void assertRefused(Context c, int code, Bytes id, Bytes mine) throws Exception {
    c.assertHr(code, c.store().setReceiveFolder(BASE, MAPI_UNICODE, id), "SetReceiveFolder");
    assertFolder(c, mine, BASE, BASE);
  }

  /** Fails unless a class resolves to a folder by an association. */
  private static void assertFolder(Context c, Bytes folder, String explicit, String messageClass)
      throws Exception {
    c.assertEqual(
        new ReceiveFolder(folder, explicit),
        c.ok(c.store().getReceiveFolder(messageClass, MAPI_UNICODE), "GetReceiveFolder"),
        "GetReceiveFolder(" + messageClass + ")");
  }

  private static ReceiveFolder find(Context c, String messageClass) throws Exception {
    return c.need(
        c.store().getReceiveFolder(messageClass, MAPI_UNICODE),
        "GetReceiveFolder(" + messageClass + ")");
  }

  /** A new folder's identifier. */
  static Bytes folder(Context c, String name) throws Exception {
    return c.entryId(c.subfolder(c.folder(), name));
  }

  /** Set-up: an association. */
  static void register(Context c, String messageClass, Bytes folder) throws Exception {
    c.need(
        c.store().setReceiveFolder(messageClass, MAPI_UNICODE, folder),
        "SetReceiveFolder(" + messageClass + ")");
  }

  /** Takes an association away; its outcome shows in the next check's lookups. */
  static void remove(IMsgStore store, String messageClass) {
    int hr = store.setReceiveFolder(messageClass, MAPI_UNICODE, null);
    if (hr < 0) {
      throw new CheckFailed(
          "cleaning up: SetReceiveFolder(%s, NULL): %s"
              .formatted(messageClass, HResult.toString(hr)));
    }
  }
}
