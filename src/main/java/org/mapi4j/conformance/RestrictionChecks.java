package org.mapi4j.conformance;

import static org.mapi4j.conformance.TableFixtures.add;
import static org.mapi4j.conformance.TableFixtures.all;
import static org.mapi4j.conformance.TableFixtures.bySubject;
import static org.mapi4j.conformance.TableFixtures.compare;
import static org.mapi4j.conformance.TableFixtures.subjectHas;
import static org.mapi4j.conformance.TableFixtures.subjectIs;
import static org.mapi4j.conformance.TableFixtures.subjects;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SAndRestriction;
import org.mapi4j.types.SRestriction.SBitMaskRestriction;
import org.mapi4j.types.SRestriction.SCommentRestriction;
import org.mapi4j.types.SRestriction.SComparePropsRestriction;
import org.mapi4j.types.SRestriction.SContentRestriction;
import org.mapi4j.types.SRestriction.SCountRestriction;
import org.mapi4j.types.SRestriction.SExistRestriction;
import org.mapi4j.types.SRestriction.SNotRestriction;
import org.mapi4j.types.SRestriction.SOrRestriction;
import org.mapi4j.types.SRestriction.SPropertyRestriction;
import org.mapi4j.types.SRestriction.SSizeRestriction;
import org.mapi4j.types.SRestriction.SSubRestriction;

/** What restrictions of contents tables mean. */
final class RestrictionChecks {
  private static final int BINARY = 0x6658_0102;
  private static final int MANY = 0x6659_101F;
  private static final int MANY_TOO = 0x665A_101F;
  private static final int NUMBER = 0x665B_0003;
  private static final int OTHER_NUMBER = 0x665C_0003;

  private RestrictionChecks() {}

  static void register(Checks checks) {
    restricting(checks);
    logic(checks);
    fuzzyLevels(checks);
    fuzzyBits(checks);
    types(checks);
    comparing(checks);
    absent(checks);
    multivalues(checks);
    subobjects(checks);
    bombs(checks);
  }

  /** Restrict shows exactly these rows, FindRow the first of them, and Restrict(NULL) all again. */
  private static void shows(
      Context c, IMAPITable table, SRestriction restriction, Object... expected) {
    int count = all(c, table).size();
    TableFixtures.toStart(c, table);
    int found = table.findRow(restriction, BOOKMARK_BEGINNING, 0);
    if (expected.length == 0) {
      c.assertHr(MAPI_E_NOT_FOUND, found, "FindRow of " + restriction);
    } else {
      c.ok(found, "FindRow of " + restriction);
      c.assertEqual(expected[0], TableFixtures.here(c, table), "row found by " + restriction);
    }
    c.ok(table.restrict(restriction, 0), "Restrict to " + restriction);
    c.assertEqual(List.of(expected), all(c, table), "rows of " + restriction);
    c.ok(table.restrict(IMAPITable.NO_RESTRICTION, 0), "Restrict(NULL)");
    c.assertEqual(count, all(c, table).size(), "rows without a restriction");
  }

  private static void restricting(Checks checks) {
    checks
        .rows("RESTR-001", "RESTR-002", "RESTR-007")
        .check(
            "A restriction replaces the last one, and NULL ends it",
            c -> {
              IMAPITable table = subjects(c, "a", "b", "c");
              shows(c, table, subjectIs("b"), "b");
              c.ok(table.restrict(subjectIs("a"), 0), "Restrict");
              c.ok(table.restrict(subjectIs("c"), 0), "Restrict again");
              c.assertEqual(List.of("c"), all(c, table), "rows of the second restriction");
              for (int tag : new int[] {PR_SUBJECT_W, PR_MESSAGE_CLASS_W, PR_DISPLAY_TO_W}) {
                c.ok(table.restrict(new SExistRestriction(tag), 0), "Restrict to a column");
              }
            });
    checks
        .rows("RESTR-037")
        .check(
            "A restriction changes one view only",
            c -> {
              IMAPITable table = subjects(c, "a", "b", "c");
              IMAPITable other = bySubject(c, c.folder());
              c.need(table.restrict(subjectIs("b"), 0), "Restrict");
              c.assertEqual(List.of("a", "b", "c"), all(c, other), "rows of another view");
              c.assertProp(3, c.folder(), PR_CONTENT_COUNT);
            });
    checks
        .rows("RESTR-004", "RESTR-029")
        .check(
            "RES_COUNT is evaluated or MAPI_E_TOO_COMPLEX",
            c -> {
              IMAPITable table = subjects(c, "a", "b", "c");
              SRestriction two = new SCountRestriction(2, new SExistRestriction(PR_SUBJECT_W));
              int hr = table.restrict(two, 0);
              if (hr == S_OK) {
                c.assertEqual(2, all(c, table).size(), "rows");
              } else {
                c.assertHr(MAPI_E_TOO_COMPLEX, hr, "Restrict(RES_COUNT)");
                c.assertHr(
                    MAPI_E_TOO_COMPLEX,
                    table.findRow(two, BOOKMARK_BEGINNING, 0),
                    "FindRow(RES_COUNT)");
                c.assertEqual(3, all(c, table).size(), "rows");
              }
            });
  }

  private static void logic(Checks checks) {
    checks
        .rows("RESTR-008", "RESTR-009")
        .check(
            "AND, OR and NOT, nested",
            c -> {
              IMAPITable table = subjects(c, "a", "ab", "b", "c");
              SRestriction a = subjectHas(FL_SUBSTRING, "a");
              SRestriction b = subjectHas(FL_SUBSTRING, "b");
              shows(c, table, new SAndRestriction(List.of(a, b)), "ab");
              shows(c, table, new SOrRestriction(List.of(a, b)), "a", "ab", "b");
              shows(c, table, new SNotRestriction(a), "b", "c");
              shows(
                  c,
                  table,
                  new SAndRestriction(
                      List.of(
                          new SOrRestriction(List.of(a, b)),
                          new SNotRestriction(new SAndRestriction(List.of(a, b))))),
                  "a",
                  "b");
            });
    checks
        .rows("RESTR-008", "RESTR-028")
        .check(
            "The values of RES_COMMENT do not filter",
            c -> {
              IMAPITable table = subjects(c, "a", "b");
              List<SPropValue> noted = List.of(SPropValue.of(PR_SUBJECT_W, "z"));
              shows(c, table, new SCommentRestriction(noted, null), "a", "b");
              int hr = table.restrict(new SCommentRestriction(noted, subjectIs("b")), 0);
              c.ok(hr, "Restrict(RES_COMMENT)");
              c.assertTrue(
                  List.of(List.of("b"), List.of("a", "b")).contains(all(c, table)),
                  "the inner restriction evaluated, or not",
                  all(c, table));
            });
  }

  private static void fuzzyLevels(Checks checks) {
    checks
        .rows("RESTR-010", "RESTR-011", "RESTR-012", "RESTR-008")
        .check(
            "FL_FULLSTRING, FL_PREFIX and FL_SUBSTRING",
            c -> {
              IMAPITable table = subjects(c, "abc", "abcd", "xabc", "z");
              shows(c, table, subjectHas(FL_FULLSTRING, "abc"), "abc");
              shows(c, table, subjectHas(FL_PREFIX, "abc"), "abc", "abcd");
              shows(c, table, subjectHas(FL_SUBSTRING, "abc"), "abc", "abcd", "xabc");
            });
    checks
        .rows("RESTR-013")
        .check(
            "A low word that names no level is MAPI_E_TOO_COMPLEX",
            c -> {
              IMAPITable table = subjects(c, "a");
              c.assertHr(
                  MAPI_E_TOO_COMPLEX,
                  table.restrict(subjectHas(FL_SUBSTRING | FL_PREFIX, "a"), 0),
                  "Restrict(FL_SUBSTRING | FL_PREFIX)");
              c.assertEqual(1, all(c, table).size(), "rows");
            });
  }

  private static void fuzzyBits(Checks checks) {
    checks
        .rows("RESTR-014")
        .check(
            "FL_IGNORECASE, FL_IGNORENONSPACE and FL_LOOSE are never errors and never narrow",
            c -> {
              IMAPITable table = subjects(c, "resume");
              for (int bits :
                  new int[] {
                    FL_IGNORECASE,
                    FL_IGNORENONSPACE,
                    FL_LOOSE,
                    FL_IGNORECASE | FL_IGNORENONSPACE | FL_LOOSE
                  }) {
                shows(c, table, subjectHas(FL_SUBSTRING | bits, "sum"), "resume");
                shows(c, table, subjectHas(FL_PREFIX | bits, "res"), "resume");
              }
            });
    checks
        .rows("RESTR-015")
        .check(
            "PT_BINARY: the levels work, the high word does not count",
            c -> {
              add(c, "a", SPropValue.of(BINARY, Bytes.of('A', 'B', 'C')));
              add(c, "b", SPropValue.of(BINARY, Bytes.of('a', 'b', 'c')));
              IMAPITable table = bySubject(c, c.folder());
              int[] loose = {0, FL_IGNORECASE, FL_LOOSE | FL_IGNORENONSPACE};
              for (int bits : loose) {
                shows(c, table, binary(FL_FULLSTRING | bits, 'A', 'B', 'C'), "a");
                shows(c, table, binary(FL_PREFIX | bits, 'a', 'b'), "b");
                shows(c, table, binary(FL_SUBSTRING | bits, 'B'), "a");
              }
            });
  }

  private static SRestriction binary(int level, int... bytes) {
    return new SContentRestriction(level, BINARY, SPropValue.of(BINARY, Bytes.of(bytes)));
  }

  private static void types(Checks checks) {
    checks
        .rows("RESTR-016", "RESTR-022", "RESTR-004")
        .check(
            "Types that differ are MAPI_E_TOO_COMPLEX",
            c -> {
              IMAPITable table = subjects(c, "a");
              for (SRestriction wrong :
                  List.of(
                      new SPropertyRestriction(
                          RELOP_EQ, PR_SUBJECT_W, SPropValue.of(PR_IMPORTANCE, 1)),
                      new SContentRestriction(
                          FL_PREFIX, PR_SUBJECT_W, SPropValue.of(PR_ENTRYID, Bytes.of(1))),
                      new SComparePropsRestriction(RELOP_EQ, PR_SUBJECT_W, PR_IMPORTANCE))) {
                c.assertHr(MAPI_E_TOO_COMPLEX, table.restrict(wrong, 0), "Restrict to " + wrong);
                c.assertHr(
                    MAPI_E_TOO_COMPLEX,
                    table.findRow(wrong, BOOKMARK_BEGINNING, 0),
                    "FindRow of " + wrong);
              }
              c.assertEqual(List.of("a"), all(c, table), "rows");
            });
    checks
        .rows("RESTR-018")
        .check(
            "RELOP_RE is evaluated or MAPI_E_TOO_COMPLEX",
            c ->
                c.assertOneOf(
                    subjects(c, "a").restrict(compare(PR_SUBJECT_W, RELOP_RE, "a"), 0),
                    "Restrict(RELOP_RE)",
                    S_OK,
                    MAPI_E_TOO_COMPLEX));
  }

  private static void comparing(Checks checks) {
    checks
        .rows("RESTR-017", "RESTR-021", "RESTR-023", "RESTR-024", "RESTR-008")
        .check(
            "Comparisons with constants and between properties, bits and sizes",
            c -> {
              numbers(c, "a", -1, 5);
              numbers(c, "b", 5, 5);
              numbers(c, "c", 6, 5);
              IMAPITable table = bySubject(c, c.folder());
              shows(c, table, compare(NUMBER, RELOP_LT, 5), "a");
              shows(c, table, compare(NUMBER, RELOP_LE, 5), "a", "b");
              shows(c, table, compare(NUMBER, RELOP_GT, 5), "c");
              shows(c, table, compare(NUMBER, RELOP_GE, 5), "b", "c");
              shows(c, table, compare(NUMBER, RELOP_EQ, 5), "b");
              shows(c, table, compare(NUMBER, RELOP_NE, 5), "a", "c");
              shows(c, table, new SComparePropsRestriction(RELOP_LT, NUMBER, OTHER_NUMBER), "a");
              shows(c, table, new SComparePropsRestriction(RELOP_EQ, NUMBER, OTHER_NUMBER), "b");
              shows(c, table, new SComparePropsRestriction(RELOP_GT, NUMBER, OTHER_NUMBER), "c");
              shows(c, table, new SBitMaskRestriction(BMR_NEZ, NUMBER, 2), "a", "c");
              shows(c, table, new SBitMaskRestriction(BMR_EQZ, NUMBER, 2), "b");
              shows(c, table, new SSizeRestriction(RELOP_GT, BINARY, 1), "c");
              shows(c, table, new SSizeRestriction(RELOP_LE, BINARY, 1), "a", "b");
            });
  }

  private static void numbers(Context c, String subject, int number, int other) throws Exception {
    add(
        c,
        subject,
        SPropValue.of(NUMBER, number),
        SPropValue.of(OTHER_NUMBER, other),
        SPropValue.of(BINARY, subject.equals("c") ? Bytes.of(1, 2) : Bytes.of(1)));
  }

  private static void absent(Checks checks) {
    checks
        .rows("RESTR-020", "RESTR-025", "RESTR-008")
        .check(
            "RES_EXIST tells who has a property; who has not fails its comparisons",
            c -> {
              add(c, "a", SPropValue.of(NUMBER, 1));
              add(c, "b");
              IMAPITable table = bySubject(c, c.folder());
              shows(c, table, new SExistRestriction(NUMBER), "a");
              shows(c, table, new SNotRestriction(new SExistRestriction(NUMBER)), "b");
              shows(c, table, compare(NUMBER, RELOP_NE, 2), "a");
              shows(
                  c,
                  table,
                  new SAndRestriction(
                      List.of(
                          new SExistRestriction(NUMBER),
                          new SNotRestriction(compare(NUMBER, RELOP_EQ, 2)))),
                  "a");
            });
  }

  private static void multivalues(Checks checks) {
    checks
        .rows("RESTR-019")
        .check(
            "A multivalued property takes a constant of the base type; one element suffices",
            c -> {
              add(c, "a", SPropValue.of(MANY, List.of("x", "y")));
              add(c, "b", SPropValue.of(MANY, List.of("z")));
              IMAPITable table = bySubject(c, c.folder());
              shows(c, table, many("y"), "a");
              shows(c, table, many("z"), "b");
              shows(c, table, many("w"));
            });
    checks
        .rows("RESTR-005")
        .check(
            "MVI_FLAG in a restriction adds no rows",
            c -> {
              add(c, "a", SPropValue.of(MANY, List.of("x", "xy")));
              IMAPITable table = bySubject(c, c.folder());
              SRestriction has =
                  new SPropertyRestriction(
                      RELOP_GE, MANY | MV_INSTANCE, SPropValue.of(MANY & ~MV_FLAG, "x"));
              int hr = table.restrict(has, 0);
              if (hr == S_OK) {
                c.assertEqual(List.of("a"), all(c, table), "rows");
              } else {
                c.assertHr(MAPI_E_TOO_COMPLEX, hr, "Restrict with MVI_FLAG");
              }
            });
    checks
        .rows("RESTR-006")
        .check(
            "Two multivalued properties compare as tuples",
            c -> {
              tuples(c, "a", List.of("x"), List.of("x", "y"));
              tuples(c, "b", List.of("x", "y"), List.of("x", "y"));
              tuples(c, "c", List.of("y"), List.of("x", "y"));
              IMAPITable table = bySubject(c, c.folder());
              shows(c, table, new SComparePropsRestriction(RELOP_LT, MANY, MANY_TOO), "a");
              shows(c, table, new SComparePropsRestriction(RELOP_EQ, MANY, MANY_TOO), "b");
              shows(c, table, new SComparePropsRestriction(RELOP_GT, MANY, MANY_TOO), "c");
            });
  }

  private static SRestriction many(String text) {
    return new SPropertyRestriction(RELOP_EQ, MANY, SPropValue.of(MANY & ~MV_FLAG, text));
  }

  private static void tuples(Context c, String subject, List<String> one, List<String> other)
      throws Exception {
    add(c, subject, SPropValue.of(MANY, one), SPropValue.of(MANY_TOO, other));
  }

  private static void subobjects(Checks checks) {
    checks
        .rows("RESTR-026", "RESTR-008")
        .check(
            "RES_SUBRESTRICTION matches a message by one of its recipients or attachments",
            c -> {
              IMessage message = c.newMessage(SPropValue.of(PR_SUBJECT_W, "a"));
              c.need(
                  message.modifyRecipients(MODRECIP_ADD, RecipientChecks.list("Ann", "Bob")),
                  "ModifyRecipients");
              Fixtures.attach(c, message, "a.txt");
              c.save(message);
              add(c, "b");
              IMAPITable table = bySubject(c, c.folder());
              shows(
                  c,
                  table,
                  new SSubRestriction(
                      PR_MESSAGE_RECIPIENTS, compare(PR_DISPLAY_NAME_W, RELOP_EQ, "Bob")),
                  "a");
              shows(
                  c,
                  table,
                  new SSubRestriction(
                      PR_MESSAGE_RECIPIENTS, compare(PR_DISPLAY_NAME_W, RELOP_EQ, "Carl")));
              shows(
                  c,
                  table,
                  new SSubRestriction(
                      PR_MESSAGE_ATTACHMENTS,
                      compare(PR_ATTACH_LONG_FILENAME_W, RELOP_EQ, "a.txt")),
                  "a");
            });
    checks
        .rows("RESTR-027")
        .check(
            "RES_SUBRESTRICTION on a hierarchy table is MAPI_E_TOO_COMPLEX",
            c -> {
              c.subfolder(c.folder(), "child");
              IMAPITable table =
                  c.own(c.need(c.folder().getHierarchyTable(MAPI_UNICODE), "GetHierarchyTable"));
              c.assertHr(
                  MAPI_E_TOO_COMPLEX,
                  table.restrict(
                      new SSubRestriction(
                          PR_MESSAGE_RECIPIENTS, compare(PR_DISPLAY_NAME_W, RELOP_EQ, "x")),
                      0),
                  "Restrict(RES_SUBRESTRICTION)");
            });
    checks
        .rows("RESTR-031")
        .check(
            "The receive folder table restricts on PR_RECORD_KEY",
            c -> {
              IMAPITable table =
                  c.own(
                      c.need(
                          c.store().getReceiveFolderTable(MAPI_UNICODE), "GetReceiveFolderTable"));
              Object key = Fixtures.column(c.rows(table, PR_RECORD_KEY)).get(0);
              c.ok(table.restrict(compare(PR_RECORD_KEY, RELOP_EQ, key), 0), "Restrict");
              List<Object> shown = all(c, table);
              c.assertTrue(
                  !shown.isEmpty() && shown.stream().allMatch(key::equals),
                  "rows of that folder only",
                  shown);
            });
    checks
        .rows("RECIP-019", "RESTR-030")
        .check(
            "Restrictions of a recipient table",
            c -> {
              IMessage message = c.newMessage();
              c.need(
                  message.modifyRecipients(MODRECIP_ADD, RecipientChecks.list("A", "B")),
                  "ModifyRecipients");
              IMAPITable table =
                  c.own(c.need(message.getRecipientTable(MAPI_UNICODE), "GetRecipientTable"));
              c.need(table.setColumns(SPropTagArray.tags(PR_DISPLAY_NAME_W), 0), "SetColumns");
              SRestriction to = compare(PR_RECIPIENT_TYPE, RELOP_EQ, MAPI_TO);
              c.ok(
                  table.restrict(
                      new SAndRestriction(
                          List.of(
                              new SExistRestriction(PR_RECIPIENT_TYPE),
                              new SOrRestriction(
                                  List.of(to, compare(PR_RECIPIENT_TYPE, RELOP_NE, MAPI_TO))))),
                      0),
                  "Restrict");
              c.assertEqual(2, all(c, table).size(), "rows");
              c.ok(table.restrict(compare(PR_RECIPIENT_TYPE, RELOP_NE, MAPI_TO), 0), "Restrict");
              c.assertEqual(0, all(c, table).size(), "rows of another type");
            });
  }

  private static void bombs(Checks checks) {
    checks
        .rows("RESTR-004")
        .check(
            "A restriction of 300 levels is refused, or evaluated",
            c -> {
              IMAPITable table = subjects(c, "a", "b");
              SRestriction deep = subjectIs("a");
              for (int i = 0; i < 300; i++) {
                deep = new SNotRestriction(deep);
              }
              int hr = table.restrict(deep, 0);
              c.assertOneOf(
                  hr, "Restrict of 300 levels", S_OK, MAPI_E_TOO_COMPLEX, MAPI_E_INVALID_PARAMETER);
              c.assertEqual(hr == S_OK ? List.of("a") : List.of("a", "b"), all(c, table), "rows");
            });
  }
}
