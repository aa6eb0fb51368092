package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiGuid.PS_MAPI;
import static org.mapi4j.types.MapiGuid.PS_PUBLIC_STRINGS;
import static org.mapi4j.types.MapiTags.PR_SUBJECT_W;
import static org.mapi4j.types.SPropTagArray.tags;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import java.util.List;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMAPIProp.NamesFromIDs;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;

/** GetNamesFromIDs: identifiers to names. */
final class NamesFromIdsChecks {
  private static final Guid NO_SET = Guid.parse("00000000-1111-4000-8000-000000000000");

  private NamesFromIdsChecks() {}

  static void register(Checks checks) {
    byIdentifier(checks);
    callersOwn(checks);
    whole(checks);
    sets(checks);
  }

  private static void byIdentifier(Checks checks) {
    checks
        .rows("NAMED-011", "NAMED-012", "NAMED-020", "NAMED-025")
        .check(
            "Names come in the order of the identifiers, whatever set and types are passed",
            c -> {
              List<MAPINAMEID> names = NamedChecks.someNames();
              SPropTagArray ids = registered(c);
              NamesFromIDs plain = c.ok(c.store().getNamesFromIDs(ids, null, 0), "GetNamesFromIDs");
              c.assertEqual(names, plain.lpppPropNames(), "names");
              c.assertEqual(ids, plain.lppPropTags(), "tags");
              SPropTagArray typed =
                  SPropTagArray.of(
                      ids.stream()
                          .map(tag -> PropTag.changePropType(tag, PT_LONG))
                          .boxed()
                          .toList());
              c.assertEqual(
                  names,
                  c.ok(c.store().getNamesFromIDs(typed, NO_SET, 0), "GetNamesFromIDs(other set)")
                      .lpppPropNames(),
                  "names with another set and other types");
            });
    checks
        .rows("NAMED-013")
        .check(
            "An identifier without name",
            c -> {
              SPropTagArray ids = registered(c);
              int free = PropTag.of(0xFFFE, PT_LONG);
              MapiResult<NamesFromIDs> result =
                  c.store().getNamesFromIDs(tags(free, ids.get(0)), null, 0);
              c.assertHr(MAPI_W_ERRORS_RETURNED, result, "GetNamesFromIDs");
              c.assertEqual(
                  Arrays.asList(null, NamedChecks.someNames().get(0)),
                  result.value().lpppPropNames(),
                  "names");
              c.assertEqual(
                  PT_ERROR, PropTag.type(result.value().lppPropTags().get(0)), "type of the tag");
              c.assertEqual(ids.get(0), result.value().lppPropTags().get(1), "the other tag");
            });
    checks
        .rows("NAMED-015")
        .check(
            "An empty tag array",
            c ->
                c.assertHr(
                    MAPI_E_INVALID_PARAMETER,
                    c.store().getNamesFromIDs(SPropTagArray.EMPTY, null, 0),
                    "GetNamesFromIDs(cValues 0)"));
  }

  private static void callersOwn(Checks checks) {
    checks
        .rows("NAMED-019")
        .check(
            "The result is the caller's: it does not change with the mapping",
            c -> {
              registered(c);
              NamesFromIDs before =
                  c.need(c.store().getNamesFromIDs(IMAPIProp.ALL_PROPS, null, 0), "names");
              int size = before.lpppPropNames().size();
              c.need(
                  c.store().getIDsFromNames(List.of(NamedChecks.fresh(c)), MAPI_CREATE),
                  "GetIDsFromNames");
              c.assertEqual(size, before.lpppPropNames().size(), "names in the old result");
              c.assertEqual(
                  size + 1,
                  c.need(c.store().getNamesFromIDs(IMAPIProp.ALL_PROPS, null, 0), "names")
                      .lpppPropNames()
                      .size(),
                  "names in a new result");
            });
    checks
        .rows("NAMED-026")
        .check(
            "Identifiers below 0x8000 are PS_MAPI's",
            c -> {
              MapiResult<NamesFromIDs> result =
                  c.store().getNamesFromIDs(tags(PR_SUBJECT_W), null, 0);
              c.assertTrue(result.succeeded(), "a success", result);
              MAPINAMEID name = result.value().lpppPropNames().get(0);
              if (name == null) {
                c.assertHr(MAPI_W_ERRORS_RETURNED, result, "GetNamesFromIDs(PR_SUBJECT)");
              } else {
                c.assertEqual(
                    MAPINAMEID.id(PS_MAPI, PropTag.id(PR_SUBJECT_W)), name, "name of PR_SUBJECT");
                c.assertEqual(
                    tags(PropTag.changePropType(PR_SUBJECT_W, PT_UNSPECIFIED)),
                    c.ok(c.store().getIDsFromNames(List.of(name), 0), "GetIDsFromNames"),
                    "identifier of the name");
              }
            });
  }

  private static void whole(Checks checks) {
    checks
        .rows("NAMED-014")
        .check(
            "NULL asks for every name of the mapping",
            c -> {
              SPropTagArray ids = registered(c);
              NamesFromIDs all =
                  c.ok(c.store().getNamesFromIDs(IMAPIProp.ALL_PROPS, null, 0), "GetNamesFromIDs");
              c.assertEqual(
                  all.lppPropTags().size(), all.lpppPropNames().size(), "as many names as tags");
              c.assertTrue(
                  all.lpppPropNames().containsAll(NamedChecks.someNames()),
                  "the registered names",
                  all.lpppPropNames());
              for (int i = 0; i < ids.size(); i++) {
                int at = all.lpppPropNames().indexOf(NamedChecks.someNames().get(i));
                c.assertEqual(
                    PropTag.id(ids.get(i)), PropTag.id(all.lppPropTags().get(at)), "identifier");
              }
            });
    checks
        .rows("NAMED-016", "NAMED-017")
        .check(
            "MAPI_NO_IDS, MAPI_NO_STRINGS, and both",
            c -> {
              registered(c);
              for (int flag : new int[] {MAPI_NO_IDS, MAPI_NO_STRINGS}) {
                int kind = flag == MAPI_NO_IDS ? MNID_STRING : MNID_ID;
                NamesFromIDs some =
                    c.ok(
                        c.store().getNamesFromIDs(IMAPIProp.ALL_PROPS, null, flag),
                        "GetNamesFromIDs(0x%X)".formatted(flag));
                c.assertTrue(!some.lpppPropNames().isEmpty(), "names", "none");
                c.assertTrue(
                    some.lpppPropNames().stream().allMatch(name -> name.ulKind() == kind),
                    "names of one kind",
                    some.lpppPropNames());
              }
              assertNone(
                  c,
                  c.store()
                      .getNamesFromIDs(IMAPIProp.ALL_PROPS, null, MAPI_NO_IDS | MAPI_NO_STRINGS));
            });
  }

  private static void sets(Checks checks) {
    checks
        .rows("NAMED-018", "NAMED-031")
        .check(
            "A property set without tags: its names, all names, or a refusal",
            c -> {
              registered(c);
              c.need(
                  c.store()
                      .getIDsFromNames(
                          List.of(MAPINAMEID.string(PS_PUBLIC_STRINGS, "Keywords")), MAPI_CREATE),
                  "GetIDsFromNames");
              int all =
                  c.need(c.store().getNamesFromIDs(IMAPIProp.ALL_PROPS, null, 0), "names")
                      .lpppPropNames()
                      .size();
              for (Guid set : List.of(NamedChecks.SET, PS_PUBLIC_STRINGS)) {
                MapiResult<NamesFromIDs> result =
                    c.store().getNamesFromIDs(IMAPIProp.ALL_PROPS, set, 0);
                if (result.failed()) {
                  c.assertHr(MAPI_E_INVALID_PARAMETER, result, "GetNamesFromIDs(set)");
                  continue;
                }
                List<MAPINAMEID> names = result.value().lpppPropNames();
                c.assertTrue(
                    names.size() == all || names.stream().allMatch(n -> n.lpguid().equals(set)),
                    "all names or those of the set",
                    names);
              }
            });
    checks
        .rows("NAMED-017")
        .check(
            "A set without names",
            c -> {
              registered(c);
              MapiResult<NamesFromIDs> result =
                  c.store().getNamesFromIDs(IMAPIProp.ALL_PROPS, NO_SET, MAPI_NO_IDS);
              if (result.failed()) {
                c.assertHr(MAPI_E_INVALID_PARAMETER, result, "GetNamesFromIDs(set)");
              } else if (result.value().lppPropTags().isEmpty()) {
                assertNone(c, result);
              } else {
                c.assertHr(S_OK, result, "GetNamesFromIDs(set ignored)");
              }
            });
  }

  @CanIgnoreReturnValue
  private static SPropTagArray registered(Context c) throws Exception {
    return c.need(
        c.store().getIDsFromNames(NamedChecks.someNames(), MAPI_CREATE), "GetIDsFromNames");
  }

  private static void assertNone(Context c, MapiResult<NamesFromIDs> result) {
    NamesFromIDs none = c.ok(result, "GetNamesFromIDs without names to return");
    c.assertEqual(SPropTagArray.EMPTY, none.lppPropTags(), "tags");
    c.assertTrue(
        none.lpppPropNames() == null || none.lpppPropNames().isEmpty(),
        "no names",
        none.lpppPropNames());
  }
}
