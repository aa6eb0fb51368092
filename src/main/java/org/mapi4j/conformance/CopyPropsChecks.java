package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiGuid.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** CopyProps, and named properties in copies. */
final class CopyPropsChecks {
  private static final int PR_CUSTOM = PropTag.of(0x6855, PT_LONG);
  private static final Guid SET = Guid.parse("6D61706A-0001-4A00-8000-636F6E666F72");

  private CopyPropsChecks() {}

  static void register(Checks checks) {
    listed(checks);
    lackingAndSaved(checks);
    arguments(checks);
    refusals(checks);
    named(checks);
  }

  private static MapiResult<List<SPropProblem>> copy(
      IMAPIProp from, SPropTagArray include, IMAPIProp to, int flags) {
    return from.copyProps(include, 0, null, IID_IMessage, to, flags);
  }

  private static void listed(Checks checks) {
    checks
        .rows("PROP-110")
        .check(
            "only what is listed reaches the destination, recipients and attachments included",
            c -> {
              IMessage from = CopyChecks.full(c, SPropValue.of(PR_CUSTOM, 7));
              c.set(from, PR_SUBJECT_W, "from");
              IMessage to = c.newMessage();
              c.assertNoProblem(copy(from, tags(PR_SUBJECT_W), to, 0), "CopyProps");
              c.assertProp("from", to, PR_SUBJECT_W);
              c.assertProp("body", to, PR_BODY_W);
              c.assertPropError(MAPI_E_NOT_FOUND, to, PR_CUSTOM);
              c.assertEqual(0, CopyChecks.recipients(c, to), "recipients");
              c.assertEqual(0, CopyChecks.attachments(c, to), "attachments");
            });
    checks
        .rows("PROP-112")
        .check(
            "PR_MESSAGE_RECIPIENTS and PR_MESSAGE_ATTACHMENTS listed",
            c -> {
              IMessage from = CopyChecks.full(c);
              IMessage to = c.newMessage();
              c.assertNoProblem(
                  copy(from, tags(PR_MESSAGE_RECIPIENTS, PR_MESSAGE_ATTACHMENTS), to, 0),
                  "CopyProps");
              c.save(to);
              IMessage copy = c.openOther(c.entryId(to), 0);
              c.assertEqual(1, CopyChecks.recipients(c, copy), "recipients");
              c.assertEqual(1, CopyChecks.attachments(c, copy), "attachments");
              c.assertProp("Ann", copy, PR_DISPLAY_TO_W);
            });
    checks
        .rows("PROP-114")
        .check(
            "MAPI_MOVE takes the copied properties from the source; MAPI_NOREPLACE keeps existing",
            c -> {
              IMessage from = c.message(SPropValue.of(PR_CUSTOM, 7));
              IMessage to = c.newMessage();
              c.assertNoProblem(copy(from, tags(PR_CUSTOM), to, MAPI_MOVE), "CopyProps(MOVE)");
              c.assertProp(7, to, PR_CUSTOM);
              c.assertPropError(MAPI_E_NOT_FOUND, from, PR_CUSTOM);
              c.assertProp("body", from, PR_BODY_W);
              c.set(from, PR_SUBJECT_W, "from");
              c.assertHr(
                  S_OK,
                  copy(from, tags(PR_SUBJECT_W), to, MAPI_NOREPLACE).hr(),
                  "CopyProps(NOREPLACE)");
              c.assertProp("subject", to, PR_SUBJECT_W);
            });
  }

  private static void lackingAndSaved(Checks checks) {
    checks
        .rows("PROP-116")
        .check(
            "a listed property that the source lacks is skipped",
            c -> {
              IMessage from = c.message();
              c.set(from, PR_SUBJECT_W, "from");
              IMessage to = c.newMessage(SPropValue.of(PR_CUSTOM, 9));
              c.assertHr(S_OK, copy(from, tags(PR_CUSTOM, PR_SUBJECT_W), to, 0).hr(), "CopyProps");
              c.assertProp("from", to, PR_SUBJECT_W);
              c.assertProp(9, to, PR_CUSTOM);
            });
    checks
        .rows("PROP-166")
        .check(
            "what CopyProps brings is permanent after the destination's SaveChanges",
            c -> {
              IMessage from = c.message(SPropValue.of(PR_CUSTOM, 7));
              IMessage to = c.message();
              c.assertNoProblem(copy(from, tags(PR_CUSTOM), to, 0), "CopyProps");
              c.assertPropError(MAPI_E_NOT_FOUND, c.openOther(c.entryId(to), 0), PR_CUSTOM);
              c.save(to);
              c.assertProp(7, c.openOther(c.entryId(to), 0), PR_CUSTOM);
            });
  }

  private static void arguments(Checks checks) {
    checks
        .rows("PROP-111")
        .check(
            "lpIncludeProps or lpInterface NULL",
            c -> {
              IMessage from = c.message();
              IMessage to = c.newMessage();
              c.assertHr(MAPI_E_INVALID_PARAMETER, copy(from, null, to, 0), "CopyProps(NULL)");
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  from.copyProps(tags(PR_SUBJECT_W), 0, null, null, to, 0),
                  "CopyProps(lpInterface NULL)");
            });
  }

  private static void refusals(Checks checks) {
    checks
        .rows("PROP-115")
        .check(
            "the codes of CopyTo: same object, read-only destination, interface, name, cycle",
            c -> {
              IMessage from = c.message();
              c.assertHr(
                  MAPI_E_NO_ACCESS, copy(from, tags(PR_SUBJECT_W), from, 0), "CopyProps(itself)");
              c.assertHr(
                  MAPI_E_NO_ACCESS,
                  copy(from, tags(PR_SUBJECT_W), c.open(c.stored(), 0), 0),
                  "CopyProps(destination opened read-only)");
              c.assertHr(
                  MAPI_E_INTERFACE_NOT_SUPPORTED,
                  from.copyProps(tags(PR_SUBJECT_W), 0, null, IID_IMAPIFolder, c.newMessage(), 0),
                  "CopyProps(IID_IMAPIFolder)");
              IMAPIFolder source = c.subfolder(c.folder(), "source");
              c.subfolder(source, "twin");
              IMAPIFolder target = c.subfolder(c.folder(), "target");
              c.subfolder(target, "twin");
              SPropTagArray hierarchy = tags(PR_CONTAINER_HIERARCHY);
              c.assertHr(
                  MAPI_E_COLLISION,
                  source.copyProps(hierarchy, 0, null, IID_IMAPIFolder, target, 0),
                  "CopyProps(subfolder of the same name)");
              c.assertHr(
                  MAPI_E_FOLDER_CYCLE,
                  c.folder().copyProps(hierarchy, 0, null, IID_IMAPIFolder, source, 0),
                  "CopyProps(into a descendant)");
            });
  }

  @CanIgnoreReturnValue
  private static int named(Context c, IMAPIProp object, MAPINAMEID name) {
    SPropTagArray ids =
        c.need(object.getIDsFromNames(List.of(name), MAPI_CREATE), "GetIDsFromNames");
    return PropTag.changePropType(ids.get(0), PT_LONG);
  }

  private static void named(Checks checks) {
    checks
        .rows("PROP-107")
        .check(
            "with an equal PR_MAPPING_SIGNATURE identifiers stay as they are",
            c -> {
              IMessage from = c.message();
              int tag = named(c, from, MAPINAMEID.string(SET, "kept"));
              c.set(from, tag, 11);
              IMessage to = c.newMessage();
              c.assertEqual(
                  c.get(from, PR_MAPPING_SIGNATURE),
                  c.get(to, PR_MAPPING_SIGNATURE),
                  "PR_MAPPING_SIGNATURE");
              c.assertNoProblem(copy(from, tags(tag), to, 0), "CopyProps");
              c.assertProp(11, to, tag);
              IMessage whole = c.newMessage();
              CopyChecks.assertCopied(c, CopyChecks.copyTo(from, null, whole, 0), "CopyTo");
              c.assertProp(11, whole, tag);
            });
    checks
        .rows("PROP-107")
        .check(
            "with another PR_MAPPING_SIGNATURE the name is carried over",
            c -> {
              MAPINAMEID name = MAPINAMEID.string(SET, "carried");
              IMessage shift = c.message(c.freshFolder(c.second()));
              for (int i = 0; i < 3; i++) {
                named(c, shift, MAPINAMEID.id(SET, 100 + i));
              }
              IMessage from = c.message();
              int tag = named(c, from, name);
              c.set(from, tag, 12);
              IMessage to = c.newMessage(c.freshFolder(c.second()));
              c.assertDiffer(
                  c.get(from, PR_MAPPING_SIGNATURE),
                  c.get(to, PR_MAPPING_SIGNATURE),
                  "PR_MAPPING_SIGNATURE");
              CopyChecks.assertCopied(c, CopyChecks.copyTo(from, null, to, 0), "CopyTo");
              c.save(to);
              int there = named(c, to, name);
              Bytes id = c.entryId(to);
              c.assertProp(12, c.openIn(c.second(), id, 0), there);
            });
  }
}
