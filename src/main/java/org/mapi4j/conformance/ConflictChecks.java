package org.mapi4j.conformance;

import static org.mapi4j.conformance.Fixtures.attach;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IStream;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropValue;

/** The conflict rule: every kind of edit, one session or two, recipients and attachments too. */
final class ConflictChecks {
  /** A change of an open message that is not saved yet. */
  @FunctionalInterface
  private interface Edit {
    void make(Context c, IMessage message) throws Exception;
  }

  private static final Map<String, Edit> EDITS = new LinkedHashMap<>();

  static {
    EDITS.put("SetProps", (c, m) -> c.set(m, PR_BODY_W, "mine"));
    EDITS.put("SetProps of the same value", (c, m) -> c.set(m, PR_SUBJECT_W, "subject"));
    EDITS.put("DeleteProps", (c, m) -> c.need(m.deleteProps(tags(PR_BODY_W)), "DeleteProps"));
    EDITS.put(
        "ModifyRecipients",
        (c, m) ->
            c.need(
                m.modifyRecipients(MODRECIP_ADD, RecipientChecks.list("mine")),
                "ModifyRecipients"));
    EDITS.put("CreateAttach and its SaveChanges", (c, m) -> attach(c, m, "mine.txt"));
    EDITS.put(
        "DeleteAttach", (c, m) -> c.need(m.deleteAttach(number(c, m), 0, null, 0), "DeleteAttach"));
    EDITS.put("a stream", ConflictChecks::writeBody);
  }

  private ConflictChecks() {}

  static void register(Checks checks) {
    checks
        .rows("MSG-001", "MSG-002", "STORE-073")
        .check(
            "Every kind of edit conflicts, with handles of one session and of two",
            c -> {
              for (Map.Entry<String, Edit> edit : EDITS.entrySet()) {
                for (boolean sameSession : new boolean[] {true, false}) {
                  conflict(c, edit.getKey(), edit.getValue(), sameSession);
                }
              }
            });
    checks
        .rows("MSG-002", "STORE-073")
        .check(
            "A handle without edits has nothing to conflict",
            c -> {
              Bytes id = c.stored();
              IMessage first = c.open(id, MAPI_MODIFY);
              IMessage second = c.openOther(id, MAPI_MODIFY);
              c.set(first, PR_SUBJECT_W, "first");
              c.ok(first.saveChanges(0), "first SaveChanges");
              c.ok(second.saveChanges(KEEP_OPEN_READWRITE), "SaveChanges without edits");
              c.ok(
                  second.saveChanges(FORCE_SAVE | KEEP_OPEN_READWRITE),
                  "SaveChanges(FORCE_SAVE) without edits");
              c.assertProp("first", c.openIn(c.session(false), id, 0), PR_SUBJECT_W);
              c.set(second, PR_BODY_W, "second");
              c.assertHr(
                  MAPI_E_OBJECT_CHANGED,
                  second.saveChanges(KEEP_OPEN_READWRITE),
                  "SaveChanges with an edit after it");
            });
    wholeVersions(checks);
  }

  private static void wholeVersions(Checks checks) {
    checks
        .rows("MSG-002", "STORE-073")
        .check(
            "FORCE_SAVE stores what its handle sees, recipients and attachments too",
            c -> {
              Bytes id = complete(c);
              IMessage first = c.open(id, MAPI_MODIFY);
              IMessage second = c.openOther(id, MAPI_MODIFY);
              c.set(first, PR_SUBJECT_W, "first");
              c.need(first.modifyRecipients(0, RecipientChecks.list("X")), "ModifyRecipients");
              c.need(first.deleteAttach(number(c, first), 0, null, 0), "DeleteAttach");
              attach(c, first, "first.txt");
              c.ok(first.saveChanges(0), "first SaveChanges");
              c.set(second, PR_BODY_W, "second");
              c.assertHr(
                  MAPI_E_OBJECT_CHANGED, second.saveChanges(KEEP_OPEN_READWRITE), "SaveChanges");
              assertState(c, c.openIn(c.session(false), id, 0), "first", "X", "first.txt");
              assertState(c, second, "subject", "A", "a.txt");
              c.ok(second.saveChanges(FORCE_SAVE), "SaveChanges(FORCE_SAVE)");
              IMessage forced = c.openIn(c.session(false), id, 0);
              assertState(c, forced, "subject", "A", "a.txt");
              c.assertProp("second", forced, PR_BODY_W);
              c.assertEqual(
                  Fixtures.DATA,
                  c.readAll(
                      c.stream(
                          Fixtures.openAttach(c, forced, number(c, forced), 0),
                          PR_ATTACH_DATA_BIN,
                          0)),
                  "data of the attachment");
            });
    checks
        .rows("MSG-002")
        .check(
            "An open message shows one version, whoever saves meanwhile",
            c -> {
              Bytes id = complete(c);
              IMessage reader = c.openOther(id, 0);
              IMessage writer = c.open(id, MAPI_MODIFY);
              c.set(writer, PR_SUBJECT_W, "later");
              c.need(writer.modifyRecipients(0, RecipientChecks.list("X")), "ModifyRecipients");
              c.need(writer.deleteAttach(number(c, writer), 0, null, 0), "DeleteAttach");
              c.save(writer);
              assertState(c, reader, "subject", "A", "a.txt");
              c.assertEqual(
                  Fixtures.DATA,
                  c.readAll(
                      c.stream(
                          Fixtures.openAttach(c, reader, number(c, reader), 0),
                          PR_ATTACH_DATA_BIN,
                          0)),
                  "data of the attachment");
            });
  }

  private static void conflict(Context c, String name, Edit edit, boolean sameSession)
      throws Exception {
    Bytes id = complete(c);
    IMessage first = c.open(id, MAPI_MODIFY);
    IMessage second = sameSession ? c.open(id, MAPI_MODIFY) : c.openOther(id, MAPI_MODIFY);
    c.set(first, PR_IMPORTANCE, 2);
    edit.make(c, second);
    c.ok(first.saveChanges(0), "first SaveChanges beside " + name);
    c.assertHr(
        MAPI_E_OBJECT_CHANGED,
        second.saveChanges(KEEP_OPEN_READWRITE),
        "SaveChanges after " + name + (sameSession ? " in one session" : " in another session"));
    IMessage stored = c.openIn(c.session(false), id, 0);
    assertState(c, stored, "subject", "A", "a.txt");
    c.assertProp("body", stored, PR_BODY_W);
    c.assertProp(2, stored, PR_IMPORTANCE);
    second.close();
  }

  /** A stored message with a recipient A and an attachment a.txt. */
  private static Bytes complete(Context c) throws Exception {
    IMessage message = c.newMessage(SPropValue.of(PR_IMPORTANCE, 1));
    c.need(message.modifyRecipients(0, RecipientChecks.list("A")), "ModifyRecipients");
    attach(c, message, "a.txt");
    c.save(message);
    Bytes id = c.entryId(message);
    message.close();
    return id;
  }

  /** PR_ATTACH_NUM of the first attachment. */
  private static int number(Context c, IMessage message) {
    return (Integer) Fixtures.column(Fixtures.attachments(c, message, PR_ATTACH_NUM)).get(0);
  }

  private static void assertState(
      Context c, IMessage message, String subject, String recipient, String attachment) {
    c.assertProp(subject, message, PR_SUBJECT_W);
    c.assertEqual(List.of(recipient), RecipientChecks.names(c, message), "recipients");
    c.assertEqual(List.of(attachment), AttachChecks.names(c, message), "attachments");
  }

  private static void writeBody(Context c, IMessage message) {
    IStream stream = c.stream(message, PR_BODY_W, MAPI_CREATE | MAPI_MODIFY);
    c.write(stream, Bytes.of('m', 0));
    stream.close();
  }
}
