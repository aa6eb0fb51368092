package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiGuid.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.List;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.ADRENTRY;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** CopyTo of messages. */
final class CopyChecks {
  private static final int PR_CUSTOM = PropTag.of(0x6855, PT_LONG);
  private static final int PR_CUSTOM_TEXT = PropTag.of(0x6855, PT_UNICODE);
  static final Bytes ATTACHED = Bytes.of(1, 2, 3);

  private CopyChecks() {}

  static void register(Checks checks) {
    whole(checks);
    mixedTypes(checks);
    replacing(checks);
    moving(checks);
    excluding(checks);
    nullTags(checks);
    arguments(checks);
    problems(checks);
    keys(checks);
  }

  /** A saved message with a recipient and an attachment. */
  static IMessage full(Context c, SPropValue... more) throws Exception {
    IMessage m = c.newMessage(more);
    c.need(
        m.modifyRecipients(
            MODRECIP_ADD,
            ADRLIST.of(
                ADRENTRY.of(
                    SPropValue.of(PR_RECIPIENT_TYPE, MAPI_TO),
                    SPropValue.of(PR_DISPLAY_NAME_W, "Ann"),
                    SPropValue.of(PR_ADDRTYPE_W, "SMTP"),
                    SPropValue.of(PR_EMAIL_ADDRESS_W, "ann@example.org")))),
        "ModifyRecipients");
    IAttach attach = c.own(c.need(m.createAttach(null, 0), "CreateAttach").lppAttach());
    c.set(
        attach,
        SPropValue.of(PR_ATTACH_METHOD, ATTACH_BY_VALUE),
        SPropValue.of(PR_DISPLAY_NAME_W, "file"),
        SPropValue.of(PR_ATTACH_DATA_BIN, ATTACHED));
    c.save(attach);
    c.save(m);
    return m;
  }

  static int recipients(Context c, IMessage m) {
    return c.need(
        c.own(c.need(m.getRecipientTable(0), "GetRecipientTable")).getRowCount(0), "rows");
  }

  static int attachments(Context c, IMessage m) {
    return c.need(
        c.own(c.need(m.getAttachmentTable(0), "GetAttachmentTable")).getRowCount(0), "rows");
  }

  static MapiResult<List<SPropProblem>> copyTo(
      IMAPIProp from, SPropTagArray exclude, IMAPIProp to, int flags) {
    return from.copyTo(List.of(), exclude, 0, null, IID_IMessage, to, flags);
  }

  /** Fails unless the copy was S_OK and every problem is MAPI_E_COMPUTED. */
  static void assertCopied(Context c, MapiResult<List<SPropProblem>> result, String call) {
    for (SPropProblem problem : c.ok(result, call)) {
      c.assertHr(MAPI_E_COMPUTED, problem.scode(), call + " problem " + problem);
    }
  }

  private static void whole(Checks checks) {
    checks
        .rows("PROP-085", "PROP-166")
        .check(
            "everything arrives, recipients and attachments too, after the destination's"
                + " SaveChanges",
            c -> {
              IMessage from = full(c, SPropValue.of(PR_CUSTOM, 7));
              IMessage to = c.own(c.need(c.folder().createMessage(null, 0), "CreateMessage"));
              c.save(to);
              Bytes id = c.entryId(to);
              assertCopied(c, copyTo(from, null, to, 0), "CopyTo");
              c.assertPropError(MAPI_E_NOT_FOUND, c.openOther(id, 0), PR_CUSTOM);
              c.ok(to.saveChanges(KEEP_OPEN_READWRITE), "SaveChanges");
              IMessage copy = c.openOther(id, 0);
              c.assertProp("subject", copy, PR_SUBJECT_W);
              c.assertProp("body", copy, PR_BODY_W);
              c.assertProp(7, copy, PR_CUSTOM);
              c.assertEqual(1, recipients(c, copy), "recipients of the copy");
              c.assertProp("Ann", copy, PR_DISPLAY_TO_W);
              c.assertEqual(1, attachments(c, copy), "attachments of the copy");
              int number =
                  c.rows(c.own(c.need(copy.getAttachmentTable(0), "table")), PR_ATTACH_NUM)
                      .get(0)
                      .lpProps()
                      .get(0)
                      .asInt();
              IAttach attach = c.own(c.need(copy.openAttach(number, null, 0), "OpenAttach"));
              c.assertProp(ATTACHED, attach, PR_ATTACH_DATA_BIN);
              c.assertProp("file", attach, PR_DISPLAY_NAME_W);
            });
    checks
        .rows("PROP-101", "PROP-165")
        .check(
            "MAPI_DECLINE_OK declines at once without copying, or the store copies by itself",
            c -> {
              IMessage from = c.message(SPropValue.of(PR_CUSTOM, 7));
              IMessage to = c.newMessage();
              MapiResult<List<SPropProblem>> r = copyTo(from, null, to, MAPI_DECLINE_OK);
              c.assertOneOf(r.hr(), "CopyTo(MAPI_DECLINE_OK)", S_OK, MAPI_E_DECLINE_COPY);
              if (r.succeeded()) {
                c.assertProp(7, to, PR_CUSTOM);
              } else {
                c.assertPropError(MAPI_E_NOT_FOUND, to, PR_CUSTOM);
              }
              MapiResult<List<SPropProblem>> props =
                  from.copyProps(tags(PR_CUSTOM), 0, null, IID_IMessage, to, MAPI_DECLINE_OK);
              c.assertHr(r.hr(), props.hr(), "CopyProps(MAPI_DECLINE_OK), as CopyTo");
            });
  }

  private static void mixedTypes(Checks checks) {
    checks
        .rows("PROP-167")
        .check(
            "objects of different types copy their generic properties",
            c -> {
              IMessage to = c.newMessage();
              c.set(c.folder(), PR_COMMENT_W, "of the folder");
              c.assertHr(
                  S_OK,
                  c.folder()
                      .copyTo(List.of(IID_IMAPIContainer), null, 0, null, IID_IMAPIProp, to, 0)
                      .hr(),
                  "CopyTo(folder to message)");
              c.assertProp("of the folder", to, PR_COMMENT_W);
              c.assertProp(MAPI_MESSAGE, to, PR_OBJECT_TYPE);
              c.assertNoProblem(
                  to.copyProps(tags(PR_COMMENT_W), 0, null, IID_IMAPIProp, c.store(), 0),
                  "CopyProps(message to store)");
              c.assertProp("of the folder", c.store(), PR_COMMENT_W);
            });
  }

  private static void replacing(Checks checks) {
    checks
        .rows("PROP-086")
        .check(
            "what both have is overwritten, what only the destination has stays",
            c -> {
              IMessage from = c.message(SPropValue.of(PR_SUBJECT_W, "from"));
              IMessage to = c.newMessage(SPropValue.of(PR_CUSTOM, 9));
              assertCopied(c, copyTo(from, null, to, 0), "CopyTo");
              c.assertProp("from", to, PR_SUBJECT_W);
              c.assertProp(9, to, PR_CUSTOM);
            });
    checks
        .rows("PROP-087")
        .check(
            "MAPI_NOREPLACE leaves what the destination has",
            c -> {
              IMessage from = c.message(SPropValue.of(PR_CUSTOM, 7));
              c.set(from, PR_SUBJECT_W, "from");
              IMessage to = c.newMessage();
              c.assertHr(
                  S_OK, copyTo(from, null, to, MAPI_NOREPLACE).hr(), "CopyTo(MAPI_NOREPLACE)");
              c.assertProp("subject", to, PR_SUBJECT_W);
              c.assertProp(7, to, PR_CUSTOM);
            });
  }

  private static void moving(Checks checks) {
    checks
        .rows("PROP-088", "PROP-166")
        .check(
            "MAPI_MOVE removes what was copied from the source, at its SaveChanges",
            c -> {
              IMessage from = full(c, SPropValue.of(PR_CUSTOM, 7));
              Bytes id = c.entryId(from);
              IMessage to = c.newMessage();
              assertCopied(c, copyTo(from, null, to, MAPI_MOVE), "CopyTo(MAPI_MOVE)");
              c.assertProp(7, to, PR_CUSTOM);
              c.assertPropError(MAPI_E_NOT_FOUND, from, PR_CUSTOM);
              c.assertProp(7, c.openOther(id, 0), PR_CUSTOM);
              c.save(to);
              c.ok(from.saveChanges(KEEP_OPEN_READWRITE), "SaveChanges of the source");
              IMessage rest = c.openOther(id, 0);
              c.assertPropError(MAPI_E_NOT_FOUND, rest, PR_CUSTOM);
              c.assertEqual(0, recipients(c, rest), "recipients of the source");
              c.assertEqual(0, attachments(c, rest), "attachments of the source");
              c.assertEqual(1, attachments(c, to), "attachments of the destination");
            });
  }

  private static void excluding(Checks checks) {
    checks
        .rows("PROP-089")
        .check(
            "lpExcludeProps with cValues 0 fails, NULL excludes nothing",
            c -> {
              IMessage from = c.message(SPropValue.of(PR_CUSTOM, 7));
              IMessage to = c.newMessage();
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  copyTo(from, SPropTagArray.EMPTY, to, 0),
                  "CopyTo(0 excluded tags)");
              c.assertPropError(MAPI_E_NOT_FOUND, to, PR_CUSTOM);
              assertCopied(c, copyTo(from, null, to, 0), "CopyTo(NULL)");
              c.assertProp(7, to, PR_CUSTOM);
            });
    checks
        .rows("PROP-090")
        .check(
            "an excluded tag excludes its identifier, whatever the type",
            c -> {
              IMessage from = c.message(SPropValue.of(PR_CUSTOM, 7));
              IMessage to = c.newMessage();
              assertCopied(c, copyTo(from, tags(PR_CUSTOM_TEXT), to, 0), "CopyTo");
              c.assertPropError(MAPI_E_NOT_FOUND, to, PR_CUSTOM);
              c.assertProp("body", to, PR_BODY_W);
            });
    checks
        .rows("PROP-091")
        .check(
            "PR_MESSAGE_RECIPIENTS and PR_MESSAGE_ATTACHMENTS excluded",
            c -> {
              IMessage from = full(c);
              IMessage to = c.newMessage();
              assertCopied(
                  c, copyTo(from, tags(PR_MESSAGE_RECIPIENTS), to, 0), "CopyTo(no recipients)");
              c.assertEqual(0, recipients(c, to), "recipients");
              c.assertEqual(1, attachments(c, to), "attachments");
              IMessage other = c.newMessage();
              assertCopied(
                  c, copyTo(from, tags(PR_MESSAGE_ATTACHMENTS), other, 0), "CopyTo(no files)");
              c.assertEqual(1, recipients(c, other), "recipients");
              c.assertEqual(0, attachments(c, other), "attachments");
            });
  }

  private static void nullTags(Checks checks) {
    checks
        .rows("PROP-093")
        .check(
            "PR_NULL among the excluded or included tags",
            c -> {
              IMessage from = c.message();
              IMessage to = c.newMessage();
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  copyTo(from, tags(PR_CUSTOM, PR_NULL), to, 0),
                  "CopyTo(PR_NULL)");
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  from.copyProps(tags(PR_SUBJECT_W, PR_NULL), 0, null, IID_IMessage, to, 0),
                  "CopyProps(PR_NULL)");
            });
  }

  private static void arguments(Checks checks) {
    checks
        .rows("PROP-094")
        .check(
            "lpInterface NULL",
            c ->
                c.assertHr(
                    MAPI_E_INVALID_PARAMETER,
                    c.message().copyTo(List.of(), null, 0, null, null, c.newMessage(), 0),
                    "CopyTo(lpInterface NULL)"));
    checks
        .rows("PROP-095")
        .check(
            "an interface that the destination lacks",
            c ->
                c.assertHr(
                    MAPI_E_INTERFACE_NOT_SUPPORTED,
                    c.message()
                        .copyTo(List.of(), null, 0, null, IID_IMAPIFolder, c.newMessage(), 0),
                    "CopyTo(message as IID_IMAPIFolder)"));
    checks
        .rows("PROP-096")
        .check(
            "all interfaces excluded",
            c ->
                c.assertHr(
                    MAPI_E_INTERFACE_NOT_SUPPORTED,
                    c.message()
                        .copyTo(
                            List.of(IID_IUnknown, IID_IMAPIProp, IID_IMessage),
                            null,
                            0,
                            null,
                            IID_IMessage,
                            c.newMessage(),
                            0),
                    "CopyTo(everything excluded)"));
    checks
        .rows("PROP-098", "PROP-106")
        .check(
            "source and destination one object",
            c -> {
              IMessage m = c.message();
              c.assertHr(MAPI_E_NO_ACCESS, copyTo(m, null, m, 0), "CopyTo(itself)");
              c.assertProp("subject", m, PR_SUBJECT_W);
            });
  }

  private static void problems(Checks checks) {
    checks
        .rows("PROP-104", "PROP-164", "PROP-105", "PROP-170")
        .check(
            "computed properties are a problem MAPI_E_COMPUTED and the rest is copied",
            c -> {
              IMessage from = c.message();
              IMessage to = c.message();
              SPropValue key = c.get(to, PR_RECORD_KEY);
              c.set(from, PR_SUBJECT_W, "from");
              List<SPropProblem> problems = c.ok(copyTo(from, null, to, 0), "CopyTo");
              for (SPropProblem problem : problems) {
                c.assertHr(MAPI_E_COMPUTED, problem.scode(), "CopyTo problem " + problem);
              }
              c.assertEqual(
                  List.of(new SPropProblem(0, PR_RECORD_KEY, MAPI_E_COMPUTED)),
                  c.ok(
                      from.copyProps(
                          tags(PR_RECORD_KEY, PR_SUBJECT_W), 0, null, IID_IMessage, to, 0),
                      "CopyProps"),
                  "CopyProps problems");
              c.assertEqual(key, c.entry(to, PR_RECORD_KEY), "PR_RECORD_KEY");
              c.assertProp("from", to, PR_SUBJECT_W);
            });
    checks
        .rows("PROP-105", "PROP-170")
        .check(
            "text of either width is copied: no MAPI_E_BAD_CHARWIDTH, INVALID_TYPE or"
                + " UNEXPECTED_TYPE as a return value",
            c -> {
              IMessage from = c.message(SPropValue.of(PR_SUBJECT_W, "\u65e5\u672c"));
              IMessage to = c.newMessage();
              assertCopied(c, copyTo(from, null, to, 0), "CopyTo");
              c.assertProp("\u65e5\u672c", to, PR_SUBJECT_W);
              c.assertNoProblem(
                  from.copyProps(tags(PR_SUBJECT_W), 0, null, IID_IMessage, to, 0), "CopyProps");
            });
    checks
        .rows("PROP-106")
        .check(
            "an error has no problem array; a caller that looks at none gets S_OK",
            c -> {
              IMessage from = c.message();
              IMessage to = c.newMessage();
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  from.copyProps(null, 0, null, IID_IMessage, to, 0),
                  "CopyProps(NULL)");
              c.assertHr(S_OK, copyTo(from, null, to, 0).hr(), "CopyTo");
              c.assertProp("body", to, PR_BODY_W);
            });
  }

  private static void keys(Checks checks) {
    checks
        .rows("PROP-108", "EID-005", "PROP-134")
        .check(
            "a copy keeps PR_SEARCH_KEY and has its own PR_ENTRYID and PR_RECORD_KEY",
            c -> {
              IMessage from = c.message();
              IMessage to = c.own(c.need(c.folder().createMessage(null, 0), "CreateMessage"));
              assertCopied(c, copyTo(from, null, to, 0), "CopyTo");
              c.save(to);
              c.assertEqual(c.get(from, PR_SEARCH_KEY), c.get(to, PR_SEARCH_KEY), "PR_SEARCH_KEY");
              c.assertDiffer(c.get(from, PR_ENTRYID), c.get(to, PR_ENTRYID), "PR_ENTRYID");
              c.assertDiffer(c.get(from, PR_RECORD_KEY), c.get(to, PR_RECORD_KEY), "PR_RECORD_KEY");
            });
  }
}
