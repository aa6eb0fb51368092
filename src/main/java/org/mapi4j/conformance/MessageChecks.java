package org.mapi4j.conformance;

import static org.mapi4j.conformance.Fixtures.column;
import static org.mapi4j.conformance.Fixtures.contents;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.SPropValue;

/** Saving and opening messages, the conflict rule. */
final class MessageChecks {
  private MessageChecks() {}

  static void register(Checks checks) {
    conflicts(checks);
    firstSave(checks);
    identifiers(checks);
    access(checks);
  }

  private static void conflicts(Checks checks) {
    checks
        .rows("MSG-001", "MSG-002", "STORE-073")
        .check(
            "Of two writers the first saves, the second gets MAPI_E_OBJECT_CHANGED until"
                + " FORCE_SAVE",
            c -> {
              Bytes id = c.stored();
              IMessage first = c.open(id, MAPI_MODIFY);
              IMessage second = c.openOther(id, MAPI_MODIFY);
              c.set(first, PR_SUBJECT_W, "first");
              c.set(second, PR_BODY_W, "second");
              c.ok(first.saveChanges(KEEP_OPEN_READWRITE), "first SaveChanges");
              for (int flags : new int[] {KEEP_OPEN_READWRITE, 0, KEEP_OPEN_READONLY}) {
                c.assertHr(
                    MAPI_E_OBJECT_CHANGED,
                    second.saveChanges(flags),
                    "second SaveChanges(0x%X)".formatted(flags));
              }
              IMessage stored = c.openIn(c.session(false), id, 0);
              c.assertProp("first", stored, PR_SUBJECT_W);
              c.assertProp("body", stored, PR_BODY_W);
              c.assertProp("second", second, PR_BODY_W);
              c.ok(
                  second.saveChanges(FORCE_SAVE | KEEP_OPEN_READWRITE),
                  "second SaveChanges(FORCE_SAVE | KEEP_OPEN_READWRITE)");
              IMessage forced = c.openIn(c.session(false), id, 0);
              c.assertProp("subject", forced, PR_SUBJECT_W);
              c.assertProp("second", forced, PR_BODY_W);
            });
    checks
        .rows("MSG-080")
        .check("a user who is asked keeps, overwrites or saves elsewhere", c -> asked(c));
    checks
        .rows("MSG-080")
        .notApplicable(
            "the page lets a store ask the user; this session gave it nothing to ask with",
            c -> {
              Bytes id = c.stored();
              IMessage first = c.open(id, MAPI_MODIFY);
              IMessage second = c.openOther(id, MAPI_MODIFY);
              c.set(first, PR_SUBJECT_W, "first");
              c.set(second, PR_SUBJECT_W, "second");
              c.ok(first.saveChanges(0), "first SaveChanges");
              c.assertHr(MAPI_E_OBJECT_CHANGED, second.saveChanges(0), "second SaveChanges");
            });
  }

  private static void asked(Context c) throws Exception {
    for (Subject.Decision decision : Subject.Decision.values()) {
      IMAPIFolder folder = c.subfolder(c.folder(), decision.name());
      Bytes id = FolderFixtures.stored(c, folder);
      AtomicInteger asked = new AtomicInteger();
      IMsgStore session =
          c.asking(
              () -> {
                asked.incrementAndGet();
                return decision;
              });
      IMessage mine = c.openIn(session, id, MAPI_MODIFY);
      IMessage theirs = c.openOther(id, MAPI_MODIFY);
      c.set(theirs, PR_SUBJECT_W, "theirs");
      c.save(theirs);
      theirs.close();
      c.set(mine, PR_SUBJECT_W, "mine");
      boolean keep = decision == Subject.Decision.KEEP;
      c.assertHr(
          keep ? MAPI_E_OBJECT_CHANGED : S_OK,
          mine.saveChanges(KEEP_OPEN_READWRITE),
          "SaveChanges of a user who answers " + decision);
      c.assertEqual(1, asked.get(), "times that the user was asked");
      boolean overwrite = decision == Subject.Decision.OVERWRITE;
      c.assertProp(overwrite ? "mine" : "theirs", c.openIn(c.session(false), id, 0), PR_SUBJECT_W);
      c.assertEqual(
          keep ? List.of("theirs") : overwrite ? List.of("mine") : List.of("mine", "theirs"),
          FolderFixtures.subjects(c, folder).stream().sorted().toList(),
          "messages of the folder");
    }
  }

  private static void firstSave(Checks checks) {
    checks
        .rows("MSG-003")
        .check(
            "A message released before its first save is nowhere",
            c -> {
              Bytes kept = c.stored();
              IMessage lost = c.newMessage();
              SPropValue id = c.entry(lost, PR_ENTRYID);
              lost.close();
              c.assertEqual(
                  List.of(kept), column(contents(c, c.folder(), PR_ENTRYID)), "contents table");
              if (!id.isError()) {
                c.assertHr(
                    MAPI_E_NOT_FOUND, c.store().openEntry(id.asBytes(), null, 0), "OpenEntry");
              }
            });
    checks
        .rows("MSG-004")
        .check(
            "A first save without a message class makes it IPM",
            c -> {
              IMessage message = c.own(c.need(c.folder().createMessage(null, 0), "CreateMessage"));
              c.ok(message.saveChanges(KEEP_OPEN_READWRITE), "SaveChanges");
              c.assertProp("IPM", message, PR_MESSAGE_CLASS_W);
              c.assertProp("IPM", c.openOther(c.entryId(message), 0), PR_MESSAGE_CLASS_W);
            });
  }

  private static void identifiers(Checks checks) {
    checks
        .rows("MSG-005")
        .check(
            "PR_ENTRYID comes with CreateMessage or with the first save, and then stays",
            c -> {
              IMessage message = c.newMessage();
              SPropValue before = c.entry(message, PR_ENTRYID);
              c.save(message);
              Bytes after = c.entryId(message);
              if (before.isError()) {
                c.assertHr(MAPI_E_NOT_FOUND, before.scode(), "PR_ENTRYID before the first save");
              } else {
                c.assertEqual(before.asBytes(), after, "PR_ENTRYID after the first save");
              }
              c.assertEqual(after, c.entryId(c.openOther(after, 0)), "PR_ENTRYID when opened");
            });
    checks
        .rows("MSG-028")
        .check(
            "PR_SEARCH_KEY is there after CreateMessage, goes with copies, can be set",
            c -> {
              IMessage message = c.newMessage();
              Bytes made = c.get(message, PR_SEARCH_KEY).asBytes();
              c.save(message);
              c.assertProp(made, message, PR_SEARCH_KEY);
              Bytes id = c.entryId(message);
              IMessage copy = c.newMessage();
              c.need(
                  message.copyTo(List.of(), null, 0, null, MapiGuid.IID_IMessage, copy, 0),
                  "CopyTo");
              c.save(copy);
              c.assertProp(made, c.openOther(c.entryId(copy), 0), PR_SEARCH_KEY);
              Bytes chosen = Bytes.of(9, 8, 7);
              c.assertNoProblem(
                  message.setProps(List.of(SPropValue.of(PR_SEARCH_KEY, chosen))), "SetProps");
              c.ok(message.saveChanges(0), "SaveChanges");
              c.assertProp(chosen, c.openIn(c.session(false), id, 0), PR_SEARCH_KEY);
            });
  }

  private static void access(Checks checks) {
    checks
        .rows("MSG-069")
        .check(
            "OpenEntry gives a read-only message unless more is asked for",
            c -> {
              Bytes id = c.stored();
              IMessage plain = c.open(id, 0);
              c.assertProp(0, plain, PR_ACCESS_LEVEL);
              Fixtures.assertReadOnly(c, plain, SPropValue.of(PR_SUBJECT_W, "x"));
              c.assertProp(MAPI_MODIFY, c.open(id, MAPI_MODIFY), PR_ACCESS_LEVEL);
              c.assertProp(MAPI_MODIFY, c.open(id, MAPI_BEST_ACCESS), PR_ACCESS_LEVEL);
            });
    checks
        .rows("MSG-079")
        .check(
            "A message outlives its folder and contents table",
            c -> {
              c.stored();
              IMAPIFolder folder = c.openFolder(c.store(), c.entryId(c.folder()));
              IMAPITable table = c.need(folder.getContentsTable(0), "GetContentsTable");
              Bytes id = (Bytes) column(c.rows(table, PR_ENTRYID)).get(0);
              IMessage message =
                  (IMessage)
                      c.own(c.need(folder.openEntry(id, null, MAPI_MODIFY), "OpenEntry").lppUnk());
              table.close();
              folder.close();
              c.assertProp("subject", message, PR_SUBJECT_W);
              c.set(message, PR_SUBJECT_W, "still here");
              c.ok(message.saveChanges(0), "SaveChanges");
              c.assertProp("still here", c.openOther(id, 0), PR_SUBJECT_W);
            });
    checks
        .rows("MSG-066", "MSG-067", "MSG-070")
        .check(
            "A store that does not submit says so and saves nothing",
            c -> {
              c.assertTrue(
                  !c.supports(STORE_SUBMIT_OK), "STORE_SUBMIT_OK clear or a check of it", "set");
              IMessage message = c.message();
              c.set(message, PR_SUBJECT_W, "edited");
              c.need(
                  message.modifyRecipients(
                      MODRECIP_ADD, ADRLIST.of(Fixtures.recipient(MAPI_TO, "A"))),
                  "ModifyRecipients");
              c.assertHr(MAPI_E_NO_SUPPORT, message.submitMessage(0), "SubmitMessage");
              c.assertProp("edited", message, PR_SUBJECT_W);
              Bytes id = c.entryId(message);
              c.assertProp("subject", c.openOther(id, 0), PR_SUBJECT_W);
              c.assertBits(
                  0, Fixtures.flags(c, c.openOther(id, 0)) & MSGFLAG_SUBMIT, "MSGFLAG_SUBMIT");
              c.notApplicable("the store does not set STORE_SUBMIT_OK: sending is optional");
            });
  }
}
