package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** GetIDsFromNames: names to identifiers, and the mapping itself. */
final class NamedChecks {
  /** Property sets of the checks. Fixed, so that repeated runs do not fill a store's mapping. */
  static final Guid SET = Guid.parse("6D617069-346A-4000-8000-636F6E666F72");

  private static final Guid OTHER_SET = Guid.parse("6D617069-346A-4000-8001-636F6E666F72");
  private static final int UNKNOWN = 0x0000000A;

  /** More than there are identifiers from 0x8000 to 0xFFFE. */
  private static final int TOO_MANY = 0x8000;

  private NamedChecks() {}

  /** A numbered and a text name, the same in every run. */
  static List<MAPINAMEID> someNames() {
    return List.of(
        MAPINAMEID.id(SET, 1),
        MAPINAMEID.string(SET, "1"),
        MAPINAMEID.id(OTHER_SET, 1),
        MAPINAMEID.string(SET, "Name"),
        MAPINAMEID.string(SET, "name"));
  }

  /** A name that the store does not know: it counts the names, which only become more. */
  static MAPINAMEID fresh(Context c) throws Exception {
    int names = c.need(c.store().getIDsFromNames(IMAPIProp.ALL_NAMES, 0), "all names").size();
    return MAPINAMEID.string(SET, "new " + names);
  }

  static void register(Checks checks) {
    identifiers(checks);
    everyIdentifier(checks);
    refusals(checks);
    sharing(checks);
    signature(checks);
    unsupported(checks);
  }

  private static void identifiers(Checks checks) {
    checks
        .rows("NAMED-001", "NAMED-002", "NAMED-003", "NAMED-004", "NAMED-025")
        .check(
            "Names get identifiers of their own, in order, and keep them",
            c -> {
              List<MAPINAMEID> names = someNames();
              SPropTagArray ids =
                  c.ok(c.store().getIDsFromNames(names, MAPI_CREATE), "GetIDsFromNames");
              c.assertEqual(names.size(), ids.size(), "number of tags");
              c.assertEqual(names.size(), (int) ids.stream().distinct().count(), "distinct tags");
              ids.stream()
                  .forEach(
                      tag -> {
                        c.assertEqual(PT_UNSPECIFIED, PropTag.type(tag), "type of a tag");
                        int id = PropTag.id(tag);
                        c.assertTrue(
                            id >= 0x8000 && id <= 0xFFFE,
                            "an identifier from 0x8000 to 0xFFFE",
                            PropTag.toString(tag));
                      });
              c.assertEqual(
                  ids, c.ok(c.store().getIDsFromNames(names, 0), "GetIDsFromNames"), "tags again");
              List<MAPINAMEID> reversed = new ArrayList<>(names);
              Collections.reverse(reversed);
              List<Integer> back = new ArrayList<>(ids.stream().boxed().toList());
              Collections.reverse(back);
              c.assertEqual(
                  SPropTagArray.of(back),
                  c.ok(c.store().getIDsFromNames(reversed, MAPI_CREATE), "GetIDsFromNames"),
                  "tags in reverse");
            });
    checks
        .rows("NAMED-005")
        .check(
            "A name that is not registered is 0x0000000A unless it is created",
            c -> {
              MAPINAMEID unknown = fresh(c);
              int known = one(c, someNames().get(0));
              c.assertEqual(
                  tags(known, UNKNOWN),
                  warned(
                      c,
                      c.store().getIDsFromNames(List.of(someNames().get(0), unknown), 0),
                      "GetIDsFromNames"),
                  "tags");
              c.assertEqual(
                  tags(UNKNOWN),
                  warned(c, c.store().getIDsFromNames(List.of(unknown), 0), "GetIDsFromNames"),
                  "tags, still unknown");
            });
  }

  private static void everyIdentifier(Checks checks) {
    checks
        .rows("NAMED-006")
        .check(
            "NULL asks for every identifier of the mapping",
            c -> {
              SPropTagArray mine =
                  c.need(c.store().getIDsFromNames(someNames(), MAPI_CREATE), "GetIDsFromNames");
              SPropTagArray all =
                  c.ok(
                      c.message().getIDsFromNames(IMAPIProp.ALL_NAMES, 0), "GetIDsFromNames(NULL)");
              c.assertTrue(
                  mine.stream().allMatch(all::containsId), "every registered identifier", all);
              c.assertEqual(
                  all.size(),
                  (int) all.stream().map(PropTag::id).distinct().count(),
                  "distinct identifiers");
            });
    checks
        .rows("NAMED-020", "NAMED-021", "NAMED-030")
        .check(
            "A named property: set, listed, saved, read and named in another session",
            c -> {
              MAPINAMEID name = someNames().get(3);
              int tag = PropTag.changePropType(one(c, name), PT_UNICODE);
              IMessage message = c.message();
              c.set(message, tag, "value");
              c.save(message);
              SPropTagArray list = c.need(message.getPropList(MAPI_UNICODE), "GetPropList");
              c.assertTrue(list.contains(tag), PropTag.toString(tag) + " listed", list);
              IMessage stored = c.openOther(c.entryId(message), 0);
              c.assertProp("value", stored, tag);
              c.assertEqual(
                  tags(PropTag.changePropType(tag, PT_UNSPECIFIED)),
                  c.ok(c.other().getIDsFromNames(List.of(name), 0), "GetIDsFromNames"),
                  "identifier in another session");
              c.assertEqual(
                  List.of(name),
                  c.ok(stored.getNamesFromIDs(tags(tag), null, 0), "GetNamesFromIDs")
                      .lpppPropNames(),
                  "name in another session");
            });
  }

  private static void refusals(Checks checks) {
    checks
        .rows("NAMED-007")
        .check(
            "MAPI_CREATE without names",
            c ->
                c.assertHr(
                    MAPI_E_INVALID_PARAMETER,
                    c.store().getIDsFromNames(IMAPIProp.ALL_NAMES, MAPI_CREATE),
                    "GetIDsFromNames(NULL, MAPI_CREATE)"));
    checks
        .rows("NAMED-009")
        .check(
            "More names or tags than there are identifiers",
            c -> {
              SPropTagArray before =
                  c.need(c.store().getIDsFromNames(IMAPIProp.ALL_NAMES, 0), "GetIDsFromNames");
              List<MAPINAMEID> names = new ArrayList<>();
              int[] many = new int[TOO_MANY];
              for (int i = 0; i < TOO_MANY; i++) {
                names.add(MAPINAMEID.id(OTHER_SET, 0x10000 + i));
                many[i] = PropTag.of(0x8000 + i % 0x7FFF, PT_UNSPECIFIED);
              }
              c.assertHr(
                  MAPI_E_TOO_BIG,
                  c.store().getIDsFromNames(names, MAPI_CREATE),
                  "GetIDsFromNames(32768 names)");
              c.assertEqual(
                  before,
                  c.need(c.store().getIDsFromNames(IMAPIProp.ALL_NAMES, 0), "GetIDsFromNames"),
                  "the mapping afterwards");
              c.assertHr(
                  MAPI_E_TOO_BIG,
                  c.store().getNamesFromIDs(tags(many), null, 0),
                  "GetNamesFromIDs(32768 tags)");
            });
    checks
        .rows("NAMED-024")
        .check(
            "A name without property set",
            c -> {
              MAPINAMEID unknown = fresh(c);
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  c.store()
                      .getIDsFromNames(
                          List.of(unknown, new MAPINAMEID(null, MNID_ID, 7, null)), MAPI_CREATE),
                  "GetIDsFromNames(no set)");
              c.assertEqual(
                  tags(UNKNOWN),
                  warned(c, c.store().getIDsFromNames(List.of(unknown), 0), "GetIDsFromNames"),
                  "the other name of the call");
            });
  }

  private static void sharing(Checks checks) {
    checks
        .rows("NAMED-010", "NAMED-027")
        .check(
            "Every object of the store has the one mapping",
            c -> {
              IMessage message = c.newMessage();
              IMAPIProp attach = Fixtures.newAttach(c, message).lppAttach();
              List<MAPINAMEID> names = someNames();
              SPropTagArray ids =
                  c.need(c.store().getIDsFromNames(names, MAPI_CREATE), "GetIDsFromNames");
              for (IMAPIProp object : List.of(c.root(), c.folder(), message, attach, c.other())) {
                c.assertEqual(ids, c.ok(object.getIDsFromNames(names, 0), "tags"), "tags");
                c.assertEqual(
                    names,
                    c.ok(object.getNamesFromIDs(ids, null, 0), "names").lpppPropNames(),
                    "names");
                c.assertEqual(
                    c.get(c.store(), PR_MAPPING_SIGNATURE),
                    c.get(object, PR_MAPPING_SIGNATURE),
                    "signature");
              }
            });
    checks
        .rows("NAMED-023")
        .check(
            "A store of arbitrary message classes has named properties",
            c -> {
              Bytes id = c.stored(SPropValue.of(PR_MESSAGE_CLASS_W, "Some.Class"));
              c.assertProp("Some.Class", c.openOther(id, 0), PR_MESSAGE_CLASS_W);
              int tag = PropTag.changePropType(one(c, someNames().get(0)), PT_LONG);
              IMessage message = c.open(id, MAPI_MODIFY);
              c.assertNoProblem(message.setProps(List.of(SPropValue.of(tag, 5))), "SetProps");
            });
  }

  private static void signature(Checks checks) {
    checks
        .rows("NAMED-027", "NAMED-028", "NAMED-029")
        .check(
            "PR_MAPPING_SIGNATURE changes with a new name, and only then",
            c -> {
              IMessage message = c.message();
              Bytes before = c.get(c.store(), PR_MAPPING_SIGNATURE).asBytes();
              c.assertTrue(!before.isEmpty(), "a signature", before);
              c.need(
                  c.store().getIDsFromNames(someNames(), MAPI_CREATE),
                  "GetIDsFromNames of known names");
              Bytes known = c.get(c.store(), PR_MAPPING_SIGNATURE).asBytes();
              c.need(c.store().getIDsFromNames(someNames(), MAPI_CREATE), "GetIDsFromNames");
              c.assertProp(known, c.store(), PR_MAPPING_SIGNATURE);
              c.assertProp(known, c.session(false), PR_MAPPING_SIGNATURE);
              c.need(c.store().getIDsFromNames(List.of(fresh(c)), MAPI_CREATE), "GetIDsFromNames");
              Bytes after = c.get(c.store(), PR_MAPPING_SIGNATURE).asBytes();
              c.assertDiffer(known, after, "the signature after a new name");
              for (IMAPIProp object : List.of(message, c.folder(), c.root(), c.session(false))) {
                c.assertProp(after, object, PR_MAPPING_SIGNATURE);
              }
            });
  }

  private static void unsupported(Checks checks) {
    checks
        .rows("NAMED-008", "NAMED-022")
        .check(
            "An object without named properties says MAPI_E_NO_SUPPORT",
            c -> {
              IMessage message = c.newMessage();
              for (IMAPIProp object :
                  List.of(
                      c.store(), c.folder(), message, Fixtures.newAttach(c, message).lppAttach())) {
                int hr = object.getIDsFromNames(someNames(), MAPI_CREATE).hr();
                if (hr != S_OK) {
                  c.assertHr(MAPI_E_NO_SUPPORT, hr, "GetIDsFromNames");
                  c.assertProblem(
                      0,
                      PropTag.of(0x8123, PT_LONG),
                      MAPI_E_UNEXPECTED_ID,
                      object.setProps(List.of(SPropValue.of(PropTag.of(0x8123, PT_LONG), 1))),
                      "SetProps of an identifier of the named range");
                  return;
                }
                c.assertHr(S_OK, hr, "GetIDsFromNames");
              }
              c.notApplicable("every object of the store supports named properties");
            });
    checks
        .rows("NAMED-032")
        .check(
            "A mapping per message",
            c -> {
              c.assertEqual(
                  c.get(c.message(), PR_MAPPING_SIGNATURE),
                  c.get(c.message(), PR_MAPPING_SIGNATURE),
                  "signatures of two messages");
              c.notApplicable("the store has one mapping, as the page recommends");
            });
  }

  private static int one(Context c, MAPINAMEID name) throws Exception {
    return c.need(c.store().getIDsFromNames(List.of(name), MAPI_CREATE), "GetIDsFromNames").get(0);
  }

  private static SPropTagArray warned(Context c, MapiResult<SPropTagArray> result, String call) {
    c.assertHr(MAPI_W_ERRORS_RETURNED, result, call);
    return result.value();
  }
}
