package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** GetProps and GetPropList. */
final class PropReadChecks {
  private static final int PR_CUSTOM = PropTag.of(0x6855, PT_LONG);
  private static final int PR_CUSTOM_BINARY = PropTag.of(0x6856, PT_BINARY);
  private static final int LARGE_BYTES = 5 << 20;

  private PropReadChecks() {}

  static void register(Checks checks) {
    order(checks);
    errors(checks);
    widths(checks);
    special(checks);
    reserved(checks);
    list(checks);
  }

  private static void order(Checks checks) {
    checks
        .rows("PROP-024", "PROP-028")
        .check(
            "GetProps answers each tag in the order of the array, with the type asked for",
            c -> {
              IMessage m = c.message(SPropValue.of(PR_IMPORTANCE, 2));
              SPropTagArray wanted = tags(PR_IMPORTANCE, PR_BODY_W, PR_SUBJECT_A, PR_SUBJECT_W);
              List<SPropValue> props = c.ok(m.getProps(wanted, 0), "GetProps");
              c.assertEqual(wanted, tagsOf(props), "tags of the result");
              c.assertEqual(2, props.get(0).value(), "PR_IMPORTANCE");
              c.assertEqual("subject", props.get(3).value(), "PR_SUBJECT_W");
            });
    checks
        .rows("PROP-028")
        .check(
            "GetProps of PR_IMPORTANCE as PT_BINARY is PT_ERROR, never another type",
            c -> {
              IMessage m = c.message(SPropValue.of(PR_IMPORTANCE, 2));
              c.assertPropError(
                  MAPI_E_NOT_FOUND, m, PropTag.changePropType(PR_IMPORTANCE, PT_BINARY));
            });
    checks
        .rows("PROP-025")
        .check(
            "GetProps(ALL_PROPS) holds what was set and what is computed",
            c -> {
              IMessage m = c.message(SPropValue.of(PR_CUSTOM, 77));
              List<SPropValue> props = c.need(m.getProps(null, MAPI_UNICODE), "GetProps(NULL)");
              c.assertTrue(
                  props.contains(SPropValue.of(PR_CUSTOM, 77)), "the custom property", props);
              c.assertTrue(
                  props.contains(SPropValue.of(PR_SUBJECT_W, "subject")), "PR_SUBJECT_W", props);
              c.assertTrue(
                  props.contains(SPropValue.of(PR_OBJECT_TYPE, MAPI_MESSAGE)),
                  "PR_OBJECT_TYPE",
                  props);
            });
    checks
        .rows("PROP-026")
        .check(
            "GetProps with cValues 0",
            c ->
                c.assertHr(
                    MAPI_E_INVALID_PARAMETER,
                    c.message().getProps(SPropTagArray.EMPTY, 0),
                    "GetProps(0 tags)"));
    checks
        .rows("PROP-027")
        .check(
            "PT_UNSPECIFIED is answered with the property's type",
            c -> {
              IMessage m = c.message(SPropValue.of(PR_IMPORTANCE, 2));
              List<SPropValue> props =
                  c.ok(
                      m.getProps(tags(unspecified(PR_IMPORTANCE), unspecified(PR_ENTRYID)), 0),
                      "GetProps(PT_UNSPECIFIED)");
              c.assertEqual(tags(PR_IMPORTANCE, PR_ENTRYID), tagsOf(props), "tags of the result");
            });
  }

  private static void errors(Checks checks) {
    checks
        .rows("PROP-030", "PROP-031", "PROP-032", "PROP-033")
        .check(
            "an absent property is a PT_ERROR entry in its place, the others are there",
            c -> {
              IMessage m = c.message();
              MapiResult<List<SPropValue>> r =
                  m.getProps(tags(PR_SUBJECT_W, PR_CUSTOM, PR_BODY_W), 0);
              c.assertHr(MAPI_W_ERRORS_RETURNED, r, "GetProps");
              c.assertEqual(
                  List.of(
                      SPropValue.of(PR_SUBJECT_W, "subject"),
                      SPropValue.error(PR_CUSTOM, MAPI_E_NOT_FOUND),
                      SPropValue.of(PR_BODY_W, "body")),
                  r.value(),
                  "entries (the PT_ERROR entry keeps the identifier)");
            });
    checks
        .rows("PROP-034")
        .check(
            "a value of 5 KB is whole; one of 5 MB is whole or MAPI_E_NOT_ENOUGH_MEMORY; both as"
                + " streams",
            c -> {
              for (int size : new int[] {5 << 10, LARGE_BYTES}) {
                Bytes value = pattern(size);
                IMessage m = c.newMessage();
                c.write(c.stream(m, PR_CUSTOM_BINARY, MAPI_CREATE | MAPI_MODIFY), value);
                c.save(m);
                SPropValue entry = c.entry(m, PR_CUSTOM_BINARY);
                boolean whole = entry.equals(SPropValue.of(PR_CUSTOM_BINARY, value));
                c.assertTrue(
                    whole || entry.scode() == MAPI_E_NOT_ENOUGH_MEMORY,
                    "the whole value or MAPI_E_NOT_ENOUGH_MEMORY for %d bytes".formatted(size),
                    entry);
                c.assertTrue(
                    c.readAll(c.stream(m, PR_CUSTOM_BINARY, 0)).equals(value),
                    "the stream to hold all %d bytes".formatted(size),
                    "other bytes");
              }
            });
    checks
        .rows("PROP-035")
        .check(
            "text that the ANSI code page lacks is MAPI_E_BAD_CHARWIDTH as PT_STRING8",
            c -> {
              IMessage m = c.message(SPropValue.of(PR_SUBJECT_W, "\u65e5\u672c"));
              c.assertPropError(MAPI_E_BAD_CHARWIDTH, m, PR_SUBJECT_A);
              c.assertProp("\u65e5\u672c", m, PR_SUBJECT_W);
            });
  }

  private static void widths(Checks checks) {
    checks
        .rows("PROP-029")
        .check(
            "MAPI_UNICODE decides the width of PT_UNSPECIFIED and of ALL_PROPS, and nothing else",
            c -> {
              IMessage m = c.message();
              for (int flags : new int[] {MAPI_UNICODE, 0}) {
                int width = flags == 0 ? PT_STRING8 : PT_UNICODE;
                SPropTagArray asked = tags(unspecified(PR_SUBJECT_W), PR_SUBJECT_W, PR_SUBJECT_A);
                List<SPropValue> props = c.ok(m.getProps(asked, flags), "GetProps");
                c.assertEqual(
                    tags(PropTag.changePropType(PR_SUBJECT_W, width), PR_SUBJECT_W, PR_SUBJECT_A),
                    tagsOf(props),
                    "tags of the result");
                for (SPropValue prop : c.need(m.getProps(null, flags), "GetProps(NULL)")) {
                  int base = prop.type() & ~MV_FLAG;
                  c.assertTrue(
                      !PropType.isString(prop.type()) || base == width, "the flag's width", prop);
                }
              }
            });
  }

  private static void special(Checks checks) {
    checks
        .rows("PROP-037")
        .check(
            "no multivalued property without values, on store, folder and message",
            c -> {
              for (IMAPIProp object : List.of(c.store(), c.folder(), c.message())) {
                for (SPropValue prop : c.need(object.getProps(null, 0), "GetProps(NULL)")) {
                  c.assertTrue(
                      !PropTag.isMultiValued(prop.ulPropTag()) || !prop.asList().isEmpty(),
                      "values",
                      prop);
                }
              }
            });
    checks
        .rows("PROP-038", "PROP-129")
        .check(
            "Java form of one MAPIFreeBuffer: a result is immutable and stays as it was when the"
                + " object changes",
            c -> {
              IMessage m = c.message();
              List<SPropValue> before = c.ok(m.getProps(tags(PR_SUBJECT_W), 0), "GetProps");
              c.set(m, PR_SUBJECT_W, "changed");
              c.assertEqual(
                  List.of(SPropValue.of(PR_SUBJECT_W, "subject")), before, "the earlier result");
              c.assertEqual(true, isImmutable(before), "immutability of the result");
            });
    checks
        .rows("PROP-039")
        .check(
            "GetProps of a PT_OBJECT property is PT_ERROR",
            c -> c.assertPropError(MAPI_E_NOT_ENOUGH_MEMORY, c.message(), PR_MESSAGE_ATTACHMENTS));
  }

  private static void reserved(Checks checks) {
    checks
        .rows("PROP-040")
        .check(
            "secure properties, if any, are not among ALL_PROPS",
            c -> {
              for (SPropValue prop : c.need(c.message().getProps(null, 0), "GetProps(NULL)")) {
                c.assertTrue(
                    prop.id() < PROP_ID_SECURE_MIN || prop.id() > PROP_ID_SECURE_MAX,
                    "no identifier of the secure range",
                    prop);
              }
            });
    checks
        .rows("PROP-041")
        .check(
            "PR_NULL keeps its place",
            c -> {
              MapiResult<List<SPropValue>> r =
                  c.message().getProps(tags(PR_SUBJECT_W, PR_NULL, PR_BODY_W), 0);
              c.assertHr(MAPI_W_ERRORS_RETURNED, r, "GetProps with PR_NULL");
              c.assertEqual(3, r.value().size(), "entries");
              c.assertEqual(
                  SPropValue.error(PR_NULL, MAPI_E_NOT_FOUND), r.value().get(1), "PR_NULL's entry");
              c.assertEqual(SPropValue.of(PR_BODY_W, "body"), r.value().get(2), "the entry after");
            });
    checks
        .rows("PROP-042", "EID-004")
        .check(
            "PR_ENTRYID is the long-term form",
            c -> {
              for (IMAPIProp object : List.of(c.store(), c.root(), c.folder(), c.message())) {
                c.assertEqual((byte) 0, c.entryId(object).get(0), "abFlags[0] of " + object);
              }
            });
  }

  private static void list(Checks checks) {
    checks
        .rows("PROP-044")
        .check(
            "GetPropList names the PT_OBJECT properties",
            c -> {
              SPropTagArray list = c.ok(c.message().getPropList(MAPI_UNICODE), "GetPropList");
              c.assertTrue(list.contains(PR_MESSAGE_RECIPIENTS), "PR_MESSAGE_RECIPIENTS", list);
              c.assertTrue(list.contains(PR_MESSAGE_ATTACHMENTS), "PR_MESSAGE_ATTACHMENTS", list);
              SPropTagArray folder = c.ok(c.folder().getPropList(MAPI_UNICODE), "GetPropList");
              c.assertTrue(folder.contains(PR_CONTAINER_CONTENTS), "PR_CONTAINER_CONTENTS", folder);
            });
    checks
        .rows("PROP-045")
        .check(
            "GetPropList's strings have the width of the flag",
            c -> {
              IMessage m = c.message();
              SPropTagArray wide = c.ok(m.getPropList(MAPI_UNICODE), "GetPropList(MAPI_UNICODE)");
              SPropTagArray narrow = c.ok(m.getPropList(0), "GetPropList(0)");
              c.assertTrue(
                  wide.contains(PR_SUBJECT_W) && !wide.contains(PR_SUBJECT_A),
                  "PR_SUBJECT_W alone",
                  wide);
              c.assertTrue(
                  narrow.contains(PR_SUBJECT_A) && !narrow.contains(PR_SUBJECT_W),
                  "PR_SUBJECT_A alone",
                  narrow);
            });
    checks
        .rows("PROP-046", "PROP-124")
        .check(
            "MAPI_UNICODE is MAPI_E_BAD_CHARWIDTH exactly where STORE_UNICODE_OK is clear",
            c -> {
              int expected = c.supports(STORE_UNICODE_OK) ? S_OK : MAPI_E_BAD_CHARWIDTH;
              c.assertHr(expected, c.message().getPropList(MAPI_UNICODE).hr(), "GetPropList");
              c.assertHr(expected, c.store().getPropList(MAPI_UNICODE).hr(), "GetPropList");
              MapiResult<IMAPITable> table = c.folder().getContentsTable(MAPI_UNICODE);
              c.gives(table);
              c.assertHr(expected, table.hr(), "GetContentsTable(MAPI_UNICODE)");
            });
    checks
        .rows("PROP-047", "PROP-158")
        .check(
            "GetPropList and GetProps(ALL_PROPS) agree on the identifiers",
            c -> {
              for (IMAPIProp object : List.of(c.store(), c.folder(), c.message())) {
                Set<Integer> listed = ids(c.ok(object.getPropList(MAPI_UNICODE), "GetPropList"));
                Set<Integer> read =
                    ids(tagsOf(c.need(object.getProps(null, MAPI_UNICODE), "GetProps(NULL)")));
                c.assertEqual(listed, read, "identifiers of GetProps(NULL)");
              }
            });
  }

  private static int unspecified(int tag) {
    return PropTag.changePropType(tag, PT_UNSPECIFIED);
  }

  private static Set<Integer> ids(SPropTagArray tags) {
    return tags.stream().map(PropTag::id).boxed().collect(Collectors.toCollection(TreeSet::new));
  }

  static SPropTagArray tagsOf(List<SPropValue> props) {
    return SPropTagArray.of(props.stream().map(SPropValue::ulPropTag).toList());
  }

  static Bytes pattern(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 + (i >>> 8));
    }
    return Bytes.wrap(bytes);
  }

  static boolean isImmutable(List<SPropValue> list) {
    try {
      list.add(SPropValue.none());
      return false;
    } catch (UnsupportedOperationException refused) {
      return true;
    }
  }
}
