package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.List;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;

/** DeleteProps. */
final class PropDeleteChecks {
  private PropDeleteChecks() {}

  static void register(Checks checks) {
    removal(checks);
    refusals(checks);
    attachments(checks);
  }

  private static void removal(Checks checks) {
    checks
        .rows("PROP-079")
        .check(
            "the listed properties are gone, for the handle and after SaveChanges",
            c -> {
              IMessage m = c.message();
              c.assertNoProblem(m.deleteProps(tags(PR_SUBJECT_W, PR_BODY_W)), "DeleteProps");
              c.assertPropError(MAPI_E_NOT_FOUND, m, PR_BODY_W);
              c.save(m);
              IMessage read = c.openOther(c.entryId(m), 0);
              c.assertPropError(MAPI_E_NOT_FOUND, read, PR_SUBJECT_W);
              c.assertPropError(MAPI_E_NOT_FOUND, read, PR_BODY_W);
            });
    checks
        .rows("PROP-080")
        .check(
            "the type in the tag is ignored",
            c -> {
              IMessage m = c.message();
              c.assertNoProblem(
                  m.deleteProps(tags(PropTag.changePropType(PR_BODY_W, PT_LONG))),
                  "DeleteProps(PR_BODY as PT_LONG)");
              c.assertPropError(MAPI_E_NOT_FOUND, m, PR_BODY_W);
            });
    checks
        .rows("PROP-081", "PROP-162")
        .check(
            "NULL or an empty tag array",
            c -> {
              IMessage m = c.message();
              c.assertHr(MAPI_E_INVALID_PARAMETER, m.deleteProps(null), "DeleteProps(NULL)");
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER, m.deleteProps(SPropTagArray.EMPTY), "DeleteProps(0)");
            });
    checks
        .rows("PROP-162")
        .check(
            "a caller that looks at no problem array: S_OK, and the others are deleted",
            c -> {
              IMessage m = c.message();
              c.assertHr(S_OK, m.deleteProps(tags(PR_RECORD_KEY, PR_BODY_W)).hr(), "DeleteProps");
              c.assertPropError(MAPI_E_NOT_FOUND, m, PR_BODY_W);
            });
  }

  private static void refusals(Checks checks) {
    checks
        .rows("PROP-082", "PROP-162")
        .check(
            "an object opened read-only: MAPI_E_NO_ACCESS, nothing deleted",
            c -> {
              Bytes id = c.stored();
              IMessage m = c.open(id, 0);
              c.assertHr(MAPI_E_NO_ACCESS, m.deleteProps(tags(PR_BODY_W)), "DeleteProps");
              c.assertProp("body", m, PR_BODY_W);
              c.assertProp("body", c.openOther(id, 0), PR_BODY_W);
            });
    checks
        .rows("PROP-083", "PROP-163")
        .check(
            "what cannot be deleted is a problem, the others go",
            c -> {
              IMessage m = c.message();
              SPropTagArray wanted = tags(PR_BODY_W, PR_OBJECT_TYPE, PR_SUBJECT_W);
              c.assertEqual(
                  List.of(new SPropProblem(1, PR_OBJECT_TYPE, MAPI_E_COMPUTED)),
                  c.ok(m.deleteProps(wanted), "DeleteProps"),
                  "problems");
              c.assertPropError(MAPI_E_NOT_FOUND, m, PR_BODY_W);
              c.assertPropError(MAPI_E_NOT_FOUND, m, PR_SUBJECT_W);
              c.assertProp(MAPI_MESSAGE, m, PR_OBJECT_TYPE);
            });
  }

  private static void attachments(Checks checks) {
    checks
        .rows("PROP-084")
        .check(
            "attachments that DeleteProps leaves are a problem of PR_MESSAGE_ATTACHMENTS",
            c -> {
              IMessage m = c.newMessage();
              IMessage.CreatedAttach made = c.need(m.createAttach(null, 0), "CreateAttach");
              c.save(c.own(made.lppAttach()));
              c.save(m);
              MapiResult<List<SPropProblem>> r =
                  m.deleteProps(tags(PR_BODY_W, PR_MESSAGE_ATTACHMENTS));
              List<SPropProblem> problems = c.ok(r, "DeleteProps");
              int left =
                  c.rows(
                          c.own(c.need(m.getAttachmentTable(0), "GetAttachmentTable")),
                          PR_ATTACH_NUM)
                      .size();
              boolean named =
                  problems.stream()
                      .anyMatch(p -> p.ulIndex() == 1 && p.ulPropTag() == PR_MESSAGE_ATTACHMENTS);
              c.assertEqual(left > 0, named, "a problem naming PR_MESSAGE_ATTACHMENTS");
              c.assertPropError(MAPI_E_NOT_FOUND, m, PR_BODY_W);
            });
  }
}
