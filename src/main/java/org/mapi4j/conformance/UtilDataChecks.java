package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.List;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IPropData;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.util.MapiUtil;

/** CreateIProp and IPropData. */
final class UtilDataChecks {
  private static final SPropValue SUBJECT = SPropValue.of(PR_SUBJECT_W, "subject");
  private static final SPropValue IMPORTANCE = SPropValue.of(PR_IMPORTANCE, 1);

  private UtilDataChecks() {}

  static void register(Checks checks) {
    creation(checks);
    objectProps(checks);
    objectAccess(checks);
    settingAccess(checks);
    readingAccess(checks);
  }

  private static IPropData data(Context c, SPropValue... props) {
    IPropData data = c.own(c.need(MapiUtil.createIProp(null), "CreateIProp"));
    if (props.length > 0) {
      c.set(data, props);
    }
    return data;
  }

  private static void creation(Checks checks) {
    checks
        .rows("UTIL-024")
        .check(
            "CreateIProp for IID_IMAPIPropData or NULL",
            c -> {
              c.own(c.ok(MapiUtil.createIProp(null), "CreateIProp(NULL)"));
              c.own(
                  c.ok(
                      MapiUtil.createIProp(MapiGuid.IID_IMAPIPropData),
                      "CreateIProp(IID_IMAPIPropData)"));
              c.assertHr(
                  MAPI_E_INTERFACE_NOT_SUPPORTED,
                  MapiUtil.createIProp(MapiGuid.IID_IMessage),
                  "CreateIProp(IID_IMessage)");
            });
    checks
        .rows("PROP-036", "PROP-043")
        .check(
            "an object without properties, here one of CreateIProp, is empty with S_OK",
            c -> {
              IMAPIProp empty = data(c);
              c.assertEqual(List.of(), c.ok(empty.getProps(null, 0), "GetProps"), "GetProps(NULL)");
              c.assertEqual(
                  SPropTagArray.EMPTY, c.ok(empty.getPropList(0), "GetPropList"), "GetPropList");
            });
    checks
        .rows("UTIL-033")
        .check(
            "an IPropData is not transacted: SaveChanges is S_OK and changes nothing",
            c -> {
              IPropData data = data(c, SUBJECT);
              c.ok(data.saveChanges(KEEP_OPEN_READWRITE), "SaveChanges");
              c.assertProp("subject", data, PR_SUBJECT_W);
            });
  }

  private static void objectProps(Checks checks) {
    checks
        .rows("UTIL-025")
        .check(
            "HrAddObjProps adds PT_OBJECT tags to the list",
            c -> {
              IPropData data = data(c, SUBJECT);
              c.assertNoProblem(
                  data.hrAddObjProps(tags(PR_ATTACH_DATA_OBJ, PR_MESSAGE_ATTACHMENTS)),
                  "HrAddObjProps");
              SPropTagArray list = c.ok(data.getPropList(MAPI_UNICODE), "GetPropList");
              c.assertTrue(list.contains(PR_ATTACH_DATA_OBJ), "PR_ATTACH_DATA_OBJ", list);
              c.assertTrue(list.contains(PR_MESSAGE_ATTACHMENTS), "PR_MESSAGE_ATTACHMENTS", list);
              c.assertHr(
                  MAPI_E_INVALID_TYPE,
                  data.hrAddObjProps(tags(PR_IMPORTANCE)),
                  "HrAddObjProps(PT_LONG)");
              c.need(data.hrSetObjAccess(IPROP_READONLY), "HrSetObjAccess");
              c.assertHr(
                  MAPI_E_NO_ACCESS,
                  data.hrAddObjProps(tags(PR_MESSAGE_RECIPIENTS)),
                  "HrAddObjProps on a read-only object");
            });
    checks
        .rows("UTIL-026")
        .check(
            "HrAddObjProps with any other type fails whole; partial completion comes with problems",
            c -> {
              IPropData data = data(c);
              c.assertHr(
                  MAPI_E_INVALID_TYPE,
                  data.hrAddObjProps(tags(PR_ATTACH_DATA_OBJ, PR_IMPORTANCE)),
                  "HrAddObjProps(mixed)");
              c.assertEqual(
                  SPropTagArray.EMPTY, c.ok(data.getPropList(0), "GetPropList"), "GetPropList");
              MapiResult<List<SPropProblem>> r = data.hrAddObjProps(tags(PR_ATTACH_DATA_OBJ));
              c.assertEqual(
                  r.hr() == MAPI_W_PARTIAL_COMPLETION,
                  r.succeeded() && !r.value().isEmpty(),
                  "problems exactly with MAPI_W_PARTIAL_COMPLETION");
            });
  }

  private static void objectAccess(Checks checks) {
    checks
        .rows("UTIL-027")
        .check(
            "IPROP_READONLY refuses changes, new properties and deletion until IPROP_READWRITE",
            c -> {
              IPropData data = data(c, SUBJECT);
              c.ok(data.hrSetObjAccess(IPROP_READONLY), "HrSetObjAccess(IPROP_READONLY)");
              for (SPropValue value : List.of(SPropValue.of(PR_SUBJECT_W, "x"), IMPORTANCE)) {
                c.assertHr(MAPI_E_NO_ACCESS, data.setProps(List.of(value)), "SetProps");
              }
              c.assertHr(MAPI_E_NO_ACCESS, data.deleteProps(tags(PR_SUBJECT_W)), "DeleteProps");
              c.assertProp("subject", data, PR_SUBJECT_W);
              c.assertPropError(MAPI_E_NOT_FOUND, data, PR_IMPORTANCE);
              c.ok(data.hrSetObjAccess(IPROP_READWRITE), "HrSetObjAccess(IPROP_READWRITE)");
              c.assertNoProblem(data.setProps(List.of(IMPORTANCE)), "SetProps");
              c.assertProp(1, data, PR_IMPORTANCE);
            });
  }

  private static void settingAccess(Checks checks) {
    checks
        .rows("UTIL-028")
        .check(
            "HrSetPropAccess sets access and status tag by tag",
            c -> {
              IPropData data = data(c, SUBJECT, IMPORTANCE);
              c.ok(
                  data.hrSetPropAccess(
                      tags(PR_IMPORTANCE, PR_SUBJECT_W),
                      List.of(IPROP_READWRITE | IPROP_CLEAN, IPROP_READONLY | IPROP_CLEAN)),
                  "HrSetPropAccess");
              MapiResult<List<SPropProblem>> r =
                  data.setProps(List.of(SPropValue.of(PR_SUBJECT_W, "x")));
              c.assertTrue(
                  r.failed() || !r.value().isEmpty(), "a refusal for the read-only property", r);
              c.assertProp("subject", data, PR_SUBJECT_W);
              c.assertNoProblem(
                  data.setProps(List.of(SPropValue.of(PR_IMPORTANCE, 2))), "SetProps");
              c.assertProp(2, data, PR_IMPORTANCE);
              c.ok(
                  data.hrSetPropAccess(tags(PR_SUBJECT_W), List.of(IPROP_READWRITE | IPROP_DIRTY)),
                  "HrSetPropAccess(IPROP_DIRTY)");
              c.assertTrue(
                  (access(c, data, PR_SUBJECT_W) & IPROP_DIRTY) != 0,
                  "IPROP_DIRTY",
                  access(c, data, PR_SUBJECT_W));
            });
    checks
        .rows("UTIL-029")
        .check(
            "HrSetPropAccess on a read-only object, and with contradictory flags",
            c -> {
              IPropData data = data(c, SUBJECT);
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  data.hrSetPropAccess(
                      tags(PR_SUBJECT_W), List.of(IPROP_READONLY | IPROP_READWRITE)),
                  "HrSetPropAccess(READONLY | READWRITE)");
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  data.hrSetPropAccess(tags(PR_SUBJECT_W), List.of(IPROP_CLEAN | IPROP_DIRTY)),
                  "HrSetPropAccess(CLEAN | DIRTY)");
              c.need(data.hrSetObjAccess(IPROP_READONLY), "HrSetObjAccess");
              c.assertHr(
                  MAPI_E_NO_ACCESS,
                  data.hrSetPropAccess(tags(PR_SUBJECT_W), List.of(IPROP_READONLY)),
                  "HrSetPropAccess on a read-only object");
            });
  }

  private static int access(Context c, IPropData data, int tag) {
    return c.need(data.hrGetPropAccess(tags(tag)), "HrGetPropAccess").lprgulAccess().get(0);
  }

  private static void readingAccess(Checks checks) {
    checks
        .rows("UTIL-030")
        .check(
            "HrGetPropAccess answers position by position, or for every property",
            c -> {
              IPropData data = data(c, SUBJECT, IMPORTANCE);
              c.need(
                  data.hrSetPropAccess(
                      tags(PR_SUBJECT_W, PR_IMPORTANCE),
                      List.of(IPROP_READONLY | IPROP_CLEAN, IPROP_READWRITE | IPROP_CLEAN)),
                  "HrSetPropAccess");
              IPropData.PropAccess two =
                  c.ok(data.hrGetPropAccess(tags(PR_IMPORTANCE, PR_SUBJECT_W)), "HrGetPropAccess");
              c.assertEqual(tags(PR_IMPORTANCE, PR_SUBJECT_W), two.lppPropTagArray(), "tags");
              c.assertEqual(
                  List.of(IPROP_READWRITE, IPROP_READONLY), two.lprgulAccess(), "access flags");
              IPropData.PropAccess all = c.ok(data.hrGetPropAccess(null), "HrGetPropAccess(NULL)");
              c.assertEqual(2, all.lppPropTagArray().size(), "properties of the object");
              c.assertEqual(2, all.lprgulAccess().size(), "flags of the object");
            });
    checks
        .rows("UTIL-031")
        .check(
            "a deleted property: 0 in the given tags, listed with NULL",
            c -> {
              IPropData data = data(c, SUBJECT, IMPORTANCE);
              c.need(data.deleteProps(tags(PR_SUBJECT_W)), "DeleteProps");
              c.assertEqual(
                  tags(PR_IMPORTANCE, 0),
                  c.ok(data.hrGetPropAccess(tags(PR_IMPORTANCE, PR_SUBJECT_W)), "HrGetPropAccess")
                      .lppPropTagArray(),
                  "tags");
              SPropTagArray all =
                  c.ok(data.hrGetPropAccess(null), "HrGetPropAccess(NULL)").lppPropTagArray();
              c.assertTrue(all.containsId(PR_SUBJECT_W), "the deleted property", all);
            });
    checks
        .rows("UTIL-032")
        .check(
            "a modified property reports IPROP_DIRTY alone, another its access alone",
            c -> {
              IPropData data = data(c, SUBJECT, IMPORTANCE);
              c.need(
                  data.hrSetPropAccess(
                      tags(PR_SUBJECT_W, PR_IMPORTANCE),
                      List.of(IPROP_READWRITE | IPROP_CLEAN, IPROP_READWRITE | IPROP_CLEAN)),
                  "HrSetPropAccess");
              c.set(data, PR_SUBJECT_W, "changed");
              c.assertEqual(IPROP_DIRTY, access(c, data, PR_SUBJECT_W), "flags of the changed one");
              c.assertEqual(IPROP_READWRITE, access(c, data, PR_IMPORTANCE), "flags of the other");
            });
  }
}
