package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.List;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.String8;

/** SetProps. */
final class PropSetChecks {
  private static final int PR_CUSTOM = PropTag.of(0x6855, PT_LONG);
  private static final int PR_CUSTOM_TEXT = PropTag.of(0x6855, PT_UNICODE);
  private static final int PR_CUSTOM_BINARY = PropTag.of(0x6856, PT_BINARY);
  private static final int PR_CUSTOM_MV = PropTag.of(0x6857, PT_MV_LONG);
  private static final int PT_UNDEFINED = 0x0077;
  private static final int PR_UNDEFINED_TYPE = PropTag.of(0x6858, PT_UNDEFINED);
  private static final int LARGE_BYTES = 2 << 20;

  private PropSetChecks() {}

  static void register(Checks checks) {
    plain(checks);
    skipped(checks);
    failing(checks);
    partial(checks);
    computed(checks);
    types(checks);
    readOnly(checks);
    limits(checks);
  }

  private static SPropValue subject(String text) {
    return SPropValue.of(PR_SUBJECT_W, text);
  }

  private static void plain(Checks checks) {
    checks
        .rows("PROP-063", "PROP-076")
        .check(
            "each value replaces or creates the property of its identifier",
            c -> {
              IMessage m = c.message();
              c.assertNoProblem(
                  m.setProps(List.of(subject("new"), SPropValue.of(PR_CUSTOM, 5))), "SetProps");
              c.assertProp("new", m, PR_SUBJECT_W);
              c.save(m);
              IMessage read = c.openOther(c.entryId(m), 0);
              c.assertProp("new", read, PR_SUBJECT_W);
              c.assertProp(5, read, PR_CUSTOM);
            });
    checks
        .rows("PROP-075", "PROP-076")
        .check(
            "another type replaces type and value of the identifier",
            c -> {
              IMessage m = c.message(SPropValue.of(PR_CUSTOM, 5));
              c.assertNoProblem(
                  m.setProps(List.of(SPropValue.of(PR_CUSTOM_TEXT, "five"))), "SetProps");
              c.save(m);
              IMessage read = c.openOther(c.entryId(m), 0);
              c.assertProp("five", read, PR_CUSTOM_TEXT);
              c.assertPropError(MAPI_E_NOT_FOUND, read, PR_CUSTOM);
              long listed =
                  c.need(read.getPropList(MAPI_UNICODE), "GetPropList").stream()
                      .filter(tag -> PropTag.id(tag) == PropTag.id(PR_CUSTOM))
                      .count();
              c.assertEqual(1L, listed, "properties with that identifier");
            });
    checks
        .rows("PROP-064")
        .check(
            "cValues 0",
            c ->
                c.assertHr(
                    MAPI_E_INVALID_PARAMETER, c.message().setProps(List.of()), "SetProps(0)"));
  }

  private static void skipped(Checks checks) {
    checks
        .rows("PROP-065", "PROP-069")
        .check(
            "PR_NULL and PT_ERROR entries are skipped without a problem",
            c -> {
              IMessage m = c.message();
              c.assertNoProblem(
                  m.setProps(
                      List.of(
                          SPropValue.none(),
                          SPropValue.error(PR_BODY_W, MAPI_E_NOT_FOUND),
                          subject("set"))),
                  "SetProps with PR_NULL and PT_ERROR");
              c.assertProp("set", m, PR_SUBJECT_W);
              c.assertProp("body", m, PR_BODY_W);
            });
  }

  private static void failing(Checks checks) {
    checks
        .rows("PROP-066", "PROP-077")
        .check(
            "a PT_OBJECT entry fails the call",
            c -> {
              IMessage m = c.message();
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  m.setProps(List.of(subject("x"), new SPropValue(PR_MESSAGE_ATTACHMENTS, null))),
                  "SetProps(PT_OBJECT)");
              c.assertProp("subject", m, PR_SUBJECT_W);
              MapiResult<MAPIERROR> detail = m.getLastError(MAPI_E_INVALID_PARAMETER, MAPI_UNICODE);
              c.assertHr(S_OK, detail.hr(), "GetLastError");
            });
    checks
        .rows("PROP-067", "PROP-077")
        .check(
            "a multivalued entry without values fails the call",
            c -> {
              IMessage m = c.message();
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  m.setProps(List.of(subject("x"), SPropValue.of(PR_CUSTOM_MV, List.of()))),
                  "SetProps(multivalued, cValues 0)");
              c.assertProp("subject", m, PR_SUBJECT_W);
              c.assertPropError(MAPI_E_NOT_FOUND, m, PR_CUSTOM_MV);
            });
  }

  private static void partial(Checks checks) {
    checks
        .rows("PROP-068", "PROP-069", "PROP-160")
        .check(
            "partial failure is S_OK with place, tag and code of what failed",
            c -> {
              IMessage m = c.message();
              MapiResult<List<SPropProblem>> r =
                  m.setProps(
                      List.of(
                          SPropValue.of(PR_CUSTOM, 1),
                          SPropValue.of(PR_OBJECT_TYPE, MAPI_FOLDER),
                          subject("set"),
                          SPropValue.of(PR_RECORD_KEY, Bytes.of(1))));
              c.assertEqual(
                  List.of(
                      new SPropProblem(1, PR_OBJECT_TYPE, MAPI_E_COMPUTED),
                      new SPropProblem(3, PR_RECORD_KEY, MAPI_E_COMPUTED)),
                  c.ok(r, "SetProps"),
                  "problems");
              c.assertProp("set", m, PR_SUBJECT_W);
              c.assertProp(1, m, PR_CUSTOM);
            });
    checks
        .rows("PROP-161")
        .check(
            "errors of SetProps show at once, or at the next SaveChanges or GetProps",
            c -> {
              IMessage m = c.message();
              MapiResult<List<SPropProblem>> r =
                  m.setProps(List.of(SPropValue.of(PR_OBJECT_TYPE, MAPI_FOLDER)));
              int saved = m.saveChanges(KEEP_OPEN_READWRITE);
              c.assertTrue(
                  r.failed() || !r.value().isEmpty() || saved != S_OK,
                  "an error of SetProps or of SaveChanges",
                  r);
              c.assertProp(MAPI_MESSAGE, c.openOther(c.entryId(m), 0), PR_OBJECT_TYPE);
            });
  }

  private static void computed(Checks checks) {
    checks
        .rows("PROP-070", "PROP-160")
        .check(
            "a computed property is problem MAPI_E_COMPUTED on store, folder and message",
            c -> {
              for (IMAPIProp object : List.of(c.store(), c.folder(), c.message())) {
                int mask = c.get(object, PR_STORE_SUPPORT_MASK).asInt();
                c.assertProblem(
                    0,
                    PR_STORE_SUPPORT_MASK,
                    MAPI_E_COMPUTED,
                    object.setProps(List.of(SPropValue.of(PR_STORE_SUPPORT_MASK, 0))),
                    "SetProps(PR_STORE_SUPPORT_MASK)");
                c.assertProp(mask, object, PR_STORE_SUPPORT_MASK);
              }
              c.assertProblem(
                  0,
                  PR_STORE_UNICODE_MASK,
                  MAPI_E_COMPUTED,
                  c.store().setProps(List.of(SPropValue.of(PR_STORE_UNICODE_MASK, 0))),
                  "SetProps(PR_STORE_UNICODE_MASK)");
            });
    checks
        .rows("PROP-078")
        .check(
            "a read-only property: a problem, or no effect",
            c -> {
              IMessage m = c.message();
              SPropValue access = c.get(m, PR_ACCESS);
              c.need(m.setProps(List.of(SPropValue.of(PR_ACCESS, 0x7777))), "SetProps(PR_ACCESS)");
              c.save(m);
              c.assertEqual(access, c.entry(m, PR_ACCESS), "PR_ACCESS");
            });
  }

  private static void types(Checks checks) {
    checks
        .rows("PROP-071", "PROP-160")
        .check(
            "a type that MAPI does not define",
            c -> {
              IMessage m = c.message();
              c.assertProblem(
                  1,
                  PR_UNDEFINED_TYPE,
                  MAPI_E_INVALID_TYPE,
                  m.setProps(List.of(subject("set"), new SPropValue(PR_UNDEFINED_TYPE, 1L))),
                  "SetProps(type 0x0077)");
              c.assertProp("set", m, PR_SUBJECT_W);
            });
    checks
        .rows("PROP-072", "PROP-160")
        .check(
            "a valid type that is not the one PR_MESSAGE_CLASS needs",
            c -> {
              IMessage m = c.message();
              int tag = PropTag.changePropType(PR_MESSAGE_CLASS_W, PT_LONG);
              c.assertProblem(
                  0,
                  tag,
                  MAPI_E_UNEXPECTED_TYPE,
                  m.setProps(List.of(SPropValue.of(tag, 1))),
                  "SetProps(PR_MESSAGE_CLASS as PT_LONG)");
              c.assertProp("IPM.Note", m, PR_MESSAGE_CLASS_W);
            });
    checks
        .rows("PROP-159")
        .check(
            "a string width is MAPI_E_BAD_CHARWIDTH exactly where the store does not take it",
            c -> {
              IMessage m = c.message();
              if (c.supports(STORE_UNICODE_OK)) {
                c.assertNoProblem(m.setProps(List.of(subject("wide"))), "SetProps(PT_UNICODE)");
                c.assertProp("wide", m, PR_SUBJECT_W);
              } else {
                c.assertProblem(
                    0,
                    PR_SUBJECT_W,
                    MAPI_E_BAD_CHARWIDTH,
                    m.setProps(List.of(subject("wide"))),
                    "SetProps(PT_UNICODE)");
              }
              c.assertNoProblem(
                  m.setProps(List.of(SPropValue.of(PR_SUBJECT_A, "narrow"))),
                  "SetProps(PT_STRING8)");
              c.assertProp(String8.ascii("narrow"), m, PR_SUBJECT_A);
            });
  }

  private static void readOnly(Checks checks) {
    checks
        .rows("PROP-073", "PROP-160")
        .check(
            "an object opened read-only: problem MAPI_E_NO_ACCESS for each property",
            c -> {
              Bytes id = c.stored();
              IMessage m = c.open(id, 0);
              c.assertEqual(
                  List.of(
                      new SPropProblem(0, PR_SUBJECT_W, MAPI_E_NO_ACCESS),
                      new SPropProblem(1, PR_CUSTOM, MAPI_E_NO_ACCESS)),
                  c.ok(m.setProps(List.of(subject("x"), SPropValue.of(PR_CUSTOM, 1))), "SetProps"),
                  "problems");
              c.assertProp("subject", m, PR_SUBJECT_W);
              c.assertPropError(MAPI_E_NOT_FOUND, m, PR_CUSTOM);
            });
    checks
        .rows("PROP-069")
        .check(
            "a caller that looks at no problem array: S_OK, and the good properties are set",
            c -> {
              IMessage m = c.message();
              c.assertHr(
                  S_OK,
                  m.setProps(List.of(SPropValue.of(PR_OBJECT_TYPE, 1), subject("good"))).hr(),
                  "SetProps");
              c.save(m);
              c.assertProp("good", c.openOther(c.entryId(m), 0), PR_SUBJECT_W);
            });
  }

  private static void limits(Checks checks) {
    checks
        .rows("PROP-074", "PROP-160")
        .check(
            "a value of 2 MB is stored, or a problem MAPI_E_NOT_ENOUGH_MEMORY with the stream left",
            c -> {
              Bytes value = PropReadChecks.pattern(LARGE_BYTES);
              IMessage m = c.message();
              List<SPropProblem> problems =
                  c.ok(
                      m.setProps(List.of(SPropValue.of(PR_CUSTOM_BINARY, value))),
                      "SetProps(2 MB)");
              if (!problems.isEmpty()) {
                c.assertEqual(
                    List.of(new SPropProblem(0, PR_CUSTOM_BINARY, MAPI_E_NOT_ENOUGH_MEMORY)),
                    problems,
                    "problems");
                c.write(c.stream(m, PR_CUSTOM_BINARY, MAPI_CREATE | MAPI_MODIFY), value);
              }
              c.save(m);
              IMessage read = c.openOther(c.entryId(m), 0);
              c.assertTrue(
                  c.readAll(c.stream(read, PR_CUSTOM_BINARY, 0)).equals(value),
                  "all bytes from the stream",
                  "others");
              c.assertTrue(
                  c.need(read.getPropList(0), "GetPropList").contains(PR_CUSTOM_BINARY),
                  "the property listed",
                  tags(PR_CUSTOM_BINARY));
            });
  }
}
