package org.mapi4j.conformance;

import static org.mapi4j.conformance.Fixtures.attach;
import static org.mapi4j.conformance.Fixtures.attachments;
import static org.mapi4j.conformance.Fixtures.column;
import static org.mapi4j.conformance.Fixtures.newAttach;
import static org.mapi4j.conformance.Fixtures.openAttach;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMessage.CreatedAttach;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropValue;

/** Creating, opening and deleting attachments, and what an attachment has. */
final class AttachChecks {
  private AttachChecks() {}

  static void register(Checks checks) {
    creating(checks);
    unsaved(checks);
    opening(checks);
    deleting(checks);
    properties(checks);
    kept(checks);
  }

  private static void creating(Checks checks) {
    checks
        .rows("ATT-001", "ATT-004", "ATT-022")
        .check(
            "CreateAttach gives an IAttach and a number of its own",
            c -> {
              IMessage message = c.newMessage();
              CreatedAttach first = newAttach(c, message);
              CreatedAttach second = newAttach(c, message);
              c.assertDiffer(
                  first.lpulAttachmentNum(), second.lpulAttachmentNum(), "the second number");
              for (CreatedAttach one : List.of(first, second)) {
                c.assertProp(one.lpulAttachmentNum(), one.lppAttach(), PR_ATTACH_NUM);
                c.assertProp(NO_ATTACHMENT, one.lppAttach(), PR_ATTACH_METHOD);
                c.own(
                    c.ok(
                        one.lppAttach().queryInterface(MapiGuid.IID_IAttachment),
                        "QueryInterface(IID_IAttachment)"));
              }
              int deleted = attach(c, message, "a.txt");
              c.need(message.deleteAttach(deleted, 0, null, 0), "DeleteAttach");
              int after = attach(c, message, "b.txt");
              c.assertTrue(
                  !Set.of(first.lpulAttachmentNum(), second.lpulAttachmentNum()).contains(after),
                  "a number that no attachment has",
                  after);
            });
    checks
        .rows("ATT-002")
        .check(
            "An attachment is permanent after its own and the message's SaveChanges",
            c -> {
              IMessage message = c.message();
              Bytes id = c.entryId(message);
              attach(c, message, "a.txt");
              c.assertEqual(List.of(), names(c, c.openOther(id, 0)), "before the message's save");
              message.close();
              c.assertEqual(
                  List.of(), names(c, c.openIn(c.session(false), id, 0)), "after Release unsaved");
              IMessage again = c.open(id, MAPI_MODIFY);
              attach(c, again, "b.txt");
              c.ok(again.saveChanges(0), "SaveChanges of the message");
              c.assertEqual(
                  List.of("b.txt"),
                  names(c, c.openIn(c.session(false), id, 0)),
                  "after the message's save");
            });
  }

  private static void unsaved(Checks checks) {
    checks
        .rows("ATT-003")
        .check(
            "An attachment that was not saved itself does not come with the message",
            c -> {
              IMessage message = c.newMessage();
              CreatedAttach lost =
                  newAttach(c, message, SPropValue.of(PR_ATTACH_LONG_FILENAME_W, "lost.txt"));
              lost.lppAttach().close();
              CreatedAttach open =
                  newAttach(c, message, SPropValue.of(PR_ATTACH_LONG_FILENAME_W, "open.txt"));
              attach(c, message, "kept.txt");
              c.save(message);
              c.assertEqual(
                  List.of("kept.txt"), names(c, c.openOther(c.entryId(message), 0)), "attachments");
              open.lppAttach().close();
              c.assertEqual(List.of("kept.txt"), names(c, message), "the handle's attachments");
            });
  }

  private static void opening(Checks checks) {
    checks
        .rows("ATT-005", "ATT-006", "ATT-007")
        .check(
            "OpenAttach opens by number, read-only unless more is asked for",
            c -> {
              IMessage message = c.newMessage();
              int first = attach(c, message, "a.txt");
              int second = attach(c, message, "b.txt");
              c.save(message);
              IAttach plain = openAttach(c, message, second, 0);
              c.assertProp("b.txt", plain, PR_ATTACH_LONG_FILENAME_W);
              c.own(
                  c.ok(
                      plain.queryInterface(MapiGuid.IID_IAttachment),
                      "QueryInterface(IID_IAttachment)"));
              c.assertProp(0, plain, PR_ACCESS_LEVEL);
              Fixtures.assertReadOnly(
                  c, plain, SPropValue.of(PR_ATTACH_LONG_FILENAME_W, "other.txt"));
              plain.close();
              IAttach writable = openAttach(c, message, first, MAPI_MODIFY);
              c.assertProp(MAPI_MODIFY, writable, PR_ACCESS_LEVEL);
              c.set(writable, PR_ATTACH_LONG_FILENAME_W, "changed.txt");
              c.save(writable);
              writable.close();
              c.ok(message.saveChanges(0), "SaveChanges");
              IMessage readOnly = c.openOther(c.entryId(message), 0);
              c.assertEqual(List.of("changed.txt", "b.txt"), names(c, readOnly), "attachments");
              IAttach best =
                  c.own(
                      c.ok(
                          readOnly.openAttach(
                              (Integer) column(attachments(c, readOnly, PR_ATTACH_NUM)).get(0),
                              null,
                              MAPI_BEST_ACCESS),
                          "OpenAttach(MAPI_BEST_ACCESS) on a read-only message"));
              c.assertProp(0, best, PR_ACCESS_LEVEL);
            });
    checks
        .rows("ATT-008")
        .check(
            "A number that names no attachment",
            c -> {
              IMessage message = c.newMessage();
              int number = attach(c, message, "a.txt");
              c.save(message);
              c.assertHr(MAPI_E_NOT_FOUND, message.openAttach(number + 77, null, 0), "OpenAttach");
              c.assertHr(
                  MAPI_E_NOT_FOUND, message.deleteAttach(number + 77, 0, null, 0), "DeleteAttach");
              c.need(message.deleteAttach(number, 0, null, 0), "DeleteAttach");
              c.assertHr(
                  MAPI_E_NOT_FOUND, message.openAttach(number, null, 0), "OpenAttach, deleted");
            });
  }

  private static void deleting(Checks checks) {
    checks
        .rows("ATT-009")
        .check(
            "DeleteAttach counts with the message's SaveChanges",
            c -> {
              IMessage message = c.newMessage();
              attach(c, message, "a.txt");
              attach(c, message, "b.txt");
              c.save(message);
              Bytes id = c.entryId(message);
              message.close();
              IMessage undone = c.open(id, MAPI_MODIFY);
              c.ok(undone.deleteAttach(number(c, undone, "a.txt"), 0, null, 0), "DeleteAttach");
              c.assertEqual(List.of("b.txt"), names(c, undone), "the handle's attachments");
              undone.close();
              IMessage done = c.open(id, MAPI_MODIFY);
              c.assertEqual(List.of("a.txt", "b.txt"), names(c, done), "after Release unsaved");
              c.ok(done.deleteAttach(number(c, done, "a.txt"), 0, null, 0), "DeleteAttach");
              c.ok(done.saveChanges(0), "SaveChanges");
              c.assertEqual(
                  List.of("b.txt"), names(c, c.openOther(id, 0)), "after the message's save");
            });
    checks
        .rows("ATT-010")
        .check(
            "Progress is for ATTACH_DIALOG only, and may be missing there",
            c -> {
              IMessage message = c.newMessage();
              int first = attach(c, message, "a.txt");
              int second = attach(c, message, "b.txt");
              c.save(message);
              CountingProgress progress = new CountingProgress();
              c.ok(message.deleteAttach(first, 0, progress, 0), "DeleteAttach with progress");
              c.assertEqual(0, progress.calls(), "calls of progress without ATTACH_DIALOG");
              c.ok(
                  message.deleteAttach(second, 0, null, ATTACH_DIALOG),
                  "DeleteAttach(ATTACH_DIALOG, NULL)");
              c.assertEqual(List.of(), names(c, message), "attachments");
            });
  }

  private static void properties(Checks checks) {
    checks
        .rows("ATT-021", "ATT-037", "ATT-038", "ATT-039")
        .check(
            "What every attachment has, and has not",
            c -> {
              IMessage message = c.newMessage();
              CreatedAttach created = newAttach(c, message);
              IAttach attach = created.lppAttach();
              c.assertProp(MAPI_ATTACH, attach, PR_OBJECT_TYPE);
              c.assertProp(-1, attach, PR_RENDERING_POSITION);
              MessagePropertyChecks.refuses(
                  c, attach, PR_OBJECT_TYPE, SPropValue.of(PR_OBJECT_TYPE, MAPI_MESSAGE));
              MessagePropertyChecks.refuses(
                  c,
                  attach,
                  PR_ATTACH_NUM,
                  SPropValue.of(PR_ATTACH_NUM, created.lpulAttachmentNum() + 5));
              c.assertPropError(MAPI_E_NOT_FOUND, attach, PR_ENTRYID);
              c.set(
                  attach,
                  SPropValue.of(PR_ATTACH_METHOD, ATTACH_BY_VALUE),
                  SPropValue.of(PR_RENDERING_POSITION, 3));
              c.save(attach);
              c.save(message);
              IMessage reopened = c.openOther(c.entryId(message), 0);
              int number = (Integer) column(attachments(c, reopened, PR_ATTACH_NUM)).get(0);
              IAttach stored = openAttach(c, reopened, number, 0);
              c.assertProp(3, stored, PR_RENDERING_POSITION);
              c.assertProp(ATTACH_BY_VALUE, stored, PR_ATTACH_METHOD);
              c.assertPropError(MAPI_E_NOT_FOUND, stored, PR_ENTRYID);
            });
    checks
        .rows("ATT-019", "ATT-043")
        .check(
            "PR_RECORD_KEY of an attachment is its own and outlives the session",
            c -> {
              IMessage message = c.newMessage();
              attach(c, message, "a.txt");
              attach(c, message, "b.txt");
              c.save(message);
              List<Object> keys = column(attachments(c, message, PR_RECORD_KEY));
              c.assertEqual(2, Set.copyOf(keys).size(), "distinct record keys of " + keys);
              Bytes id = c.entryId(message);
              c.assertEqual(
                  keys,
                  column(attachments(c, c.openIn(c.session(false), id, 0), PR_RECORD_KEY)),
                  "record keys in another session");
              c.set(message, PR_SUBJECT_W, "again");
              c.save(message);
              c.assertEqual(
                  keys,
                  column(attachments(c, c.openOther(id, 0), PR_RECORD_KEY)),
                  "record keys after another save");
            });
  }

  private static void kept(Checks checks) {
    checks
        .rows("ATT-035", "ATT-048")
        .check(
            "A store of mail has attachments and says so",
            c -> {
              c.assertTrue(c.supports(STORE_ATTACH_OK), "STORE_ATTACH_OK", "a clear bit");
              IMessage message = c.newMessage();
              MapiResult<CreatedAttach> created = message.createAttach(null, 0);
              c.assertHr(S_OK, created, "CreateAttach");
              c.own(created.value().lppAttach());
            });
    checks
        .rows("ATT-036")
        .check(
            "PR_ATTACH_SIZE counts the data",
            c -> {
              IMessage message = c.newMessage();
              IAttach attach =
                  newAttach(
                          c,
                          message,
                          SPropValue.of(PR_ATTACH_METHOD, ATTACH_BY_VALUE),
                          SPropValue.of(PR_ATTACH_DATA_BIN, Bytes.wrap(new byte[50_000])))
                      .lppAttach();
              c.save(attach);
              int size = c.get(attach, PR_ATTACH_SIZE).asInt();
              c.assertTrue(size >= 50_000 && size < 52_000, "50,000 bytes and little more", size);
            });
    checks
        .rows("ATT-046", "ATT-047")
        .check(
            "An extension and a time that the client sets are kept; others are the store's choice",
            c -> {
              IMessage message = c.newMessage();
              Instant time = Instant.parse("2001-02-03T04:05:06Z");
              IAttach set =
                  newAttach(
                          c,
                          message,
                          SPropValue.of(PR_ATTACH_EXTENSION_W, ".dat"),
                          SPropValue.of(PR_LAST_MODIFICATION_TIME, time))
                      .lppAttach();
              c.save(set);
              c.assertProp(".dat", set, PR_ATTACH_EXTENSION_W);
              c.assertProp(time, set, PR_LAST_MODIFICATION_TIME);
              int number = attach(c, message, "b.txt");
              SPropValue derived =
                  c.entry(openAttach(c, message, number, 0), PR_ATTACH_EXTENSION_W);
              c.assertTrue(
                  derived.isError() || derived.asString().equals(".txt"),
                  "no extension or .txt",
                  derived);
            });
  }

  /** The file names of a message's attachments, in the table's order. */
  static List<Object> names(Context c, IMessage message) {
    return column(attachments(c, message, PR_ATTACH_LONG_FILENAME_W));
  }

  private static int number(Context c, IMessage message, String name) {
    int row = names(c, message).indexOf(name);
    return (Integer) column(attachments(c, message, PR_ATTACH_NUM)).get(row);
  }
}
