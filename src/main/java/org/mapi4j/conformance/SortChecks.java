package org.mapi4j.conformance;

import static org.mapi4j.conformance.TableFixtures.add;
import static org.mapi4j.conformance.TableFixtures.all;
import static org.mapi4j.conformance.TableFixtures.ascending;
import static org.mapi4j.conformance.TableFixtures.bySubject;
import static org.mapi4j.conformance.TableFixtures.open;
import static org.mapi4j.conformance.TableFixtures.order;
import static org.mapi4j.conformance.TableFixtures.subjects;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/** Sort orders without categories. */
final class SortChecks {
  private static final int FIRST = 0x665D_0003;
  private static final int SECOND = 0x665E_0003;
  private static final int MANY = 0x665F_1003;

  private SortChecks() {}

  static void register(Checks checks) {
    keys(checks);
    defaults(checks);
    refusals(checks);
    multivalues(checks);
    masks(checks);
  }

  private static void numbered(Context c, String subject, Integer first, Integer second)
      throws Exception {
    List<SPropValue> props = new ArrayList<>();
    if (first != null) {
      props.add(SPropValue.of(FIRST, first));
    }
    if (second != null) {
      props.add(SPropValue.of(SECOND, second));
    }
    add(c, subject, props.toArray(SPropValue[]::new));
  }

  private static void keys(Checks checks) {
    checks
        .rows("SORT-001", "SORT-014")
        .check(
            "Keys in sequence, each in its own direction",
            c -> {
              numbered(c, "a", 1, 1);
              numbered(c, "b", 1, 2);
              numbered(c, "c", 2, 1);
              numbered(c, "d", 2, 2);
              IMAPITable table = bySubject(c, c.folder());
              int up = TABLE_SORT_ASCEND;
              int down = TABLE_SORT_DESCEND;
              Object[][] cases = {
                {up, up, "abcd"}, {up, down, "badc"}, {down, up, "cdab"}, {down, down, "dcba"}
              };
              for (Object[] one : cases) {
                SSortOrderSet order =
                    SSortOrderSet.of(
                        new SSortOrder(FIRST, (Integer) one[0]),
                        new SSortOrder(SECOND, (Integer) one[1]));
                c.ok(table.sortTable(order, 0), "SortTable");
                c.assertEqual(one[2], joined(c, table), "rows of " + order);
                c.assertEqual(order, c.ok(table.querySortOrder(), "QuerySortOrder"), "order");
              }
            });
    checks
        .rows("SORT-015")
        .check(
            "Every column of the current set is a key",
            c -> {
              subjects(c, "a", "b");
              IMAPITable table = open(c, c.folder());
              c.need(
                  table.setColumns(tags(PR_SUBJECT_W, PR_MESSAGE_FLAGS, PR_ENTRYID), 0),
                  "SetColumns");
              for (int tag : new int[] {PR_SUBJECT_W, PR_MESSAGE_FLAGS, PR_ENTRYID}) {
                c.ok(table.sortTable(ascending(tag), 0), "SortTable");
                c.assertEqual(2, all(c, table).size(), "rows");
              }
            });
    checks
        .rows("SORT-016")
        .check(
            "Rows without the key are last in both directions",
            c -> {
              numbered(c, "a", null, null);
              numbered(c, "b", 1, null);
              numbered(c, "c", 2, null);
              IMAPITable table = bySubject(c, c.folder());
              c.need(table.sortTable(ascending(FIRST), 0), "SortTable");
              c.assertEqual("bca", joined(c, table), "rows ascending");
              c.need(table.sortTable(order(TABLE_SORT_DESCEND, FIRST), 0), "SortTable");
              c.assertEqual("cba", joined(c, table), "rows descending");
            });
    checks
        .rows("SORT-008")
        .check(
            "A key given twice sorts, or is refused",
            c -> {
              IMAPITable table = subjects(c, "a", "b");
              SSortOrderSet twice =
                  SSortOrderSet.of(
                      new SSortOrder(PR_SUBJECT_W, TABLE_SORT_DESCEND),
                      new SSortOrder(PR_SUBJECT_W, TABLE_SORT_ASCEND));
              int hr = table.sortTable(twice, 0);
              c.assertOneOf(hr, "SortTable", S_OK, MAPI_E_TOO_COMPLEX, MAPI_E_NO_SUPPORT);
              c.assertEqual(hr == S_OK ? "ba" : "ab", joined(c, table), "rows");
            });
    checks
        .rows("SORT-009")
        .check(
            "A key that no row has sorts, or is refused",
            c -> {
              IMAPITable table = subjects(c, "a", "b");
              int hr = table.sortTable(ascending(0x7FE2_0003), 0);
              c.assertOneOf(hr, "SortTable", S_OK, MAPI_E_TOO_COMPLEX, MAPI_E_NO_SUPPORT);
              c.assertEqual(2, all(c, table).size(), "rows");
            });
  }

  private static String joined(Context c, IMAPITable table) {
    StringBuilder text = new StringBuilder();
    all(c, table).forEach(text::append);
    return text.toString();
  }

  private static void defaults(Checks checks) {
    checks
        .rows("SORT-004", "SORT-014")
        .check(
            "cSorts 0 restores the default order",
            c -> {
              subjects(c, "b", "c", "a");
              IMAPITable table = open(c, c.folder());
              SSortOrderSet before = c.ok(table.querySortOrder(), "QuerySortOrder");
              c.need(table.setColumns(tags(PR_SUBJECT_W), 0), "SetColumns");
              List<Object> rows = all(c, table);
              c.need(table.sortTable(ascending(PR_SUBJECT_W), 0), "SortTable");
              c.ok(table.sortTable(SSortOrderSet.of(), 0), "SortTable of no key");
              c.assertEqual(rows, all(c, table), "rows");
              c.assertEqual(before, c.ok(table.querySortOrder(), "QuerySortOrder"), "order");
            });
    checks
        .rows("TABLE-085")
        .check(
            "A hierarchy table sorts, or disregards the order",
            c -> {
              for (String name : List.of("b", "c", "a")) {
                c.subfolder(c.folder(), name);
              }
              IMAPITable table =
                  c.own(c.need(c.folder().getHierarchyTable(MAPI_UNICODE), "GetHierarchyTable"));
              c.need(table.setColumns(tags(PR_DISPLAY_NAME_W), 0), "SetColumns");
              c.assertOneOf(
                  table.sortTable(ascending(PR_DISPLAY_NAME_W), 0),
                  "SortTable",
                  S_OK,
                  MAPI_E_NO_SUPPORT,
                  MAPI_E_TOO_COMPLEX);
              c.assertEqual(Set.of("a", "b", "c"), Set.copyOf(all(c, table)), "rows");
            });
    checks
        .rows("TABLE-088", "SORT-010")
        .check(
            "An attachment table is in rendering order, and sorts otherwise or refuses to",
            c -> {
              var message = c.newMessage();
              for (int position : new int[] {7, -1, 3}) {
                var attach =
                    Fixtures.newAttach(c, message, SPropValue.of(PR_RENDERING_POSITION, position))
                        .lppAttach();
                c.save(attach);
                attach.close();
              }
              IMAPITable table =
                  c.own(c.need(message.getAttachmentTable(MAPI_UNICODE), "GetAttachmentTable"));
              c.need(table.setColumns(tags(PR_RENDERING_POSITION), 0), "SetColumns");
              c.assertEqual(List.of(-1, 3, 7), all(c, table), "positions");
              int hr = table.sortTable(order(TABLE_SORT_DESCEND, PR_RENDERING_POSITION), 0);
              if (hr == S_OK) {
                c.assertEqual(List.of(7, 3, -1), all(c, table), "positions descending");
              } else {
                c.assertOneOf(hr, "SortTable", MAPI_E_TOO_COMPLEX, MAPI_E_NO_SUPPORT);
              }
            });
  }

  private static void refusals(Checks checks) {
    checks
        .rows("SORT-003", "SORT-006", "SORT-007")
        .check(
            "What cannot be sorted is refused, and the order before stays",
            c -> {
              IMAPITable table = subjects(c, "a", "b", "c");
              c.need(table.sortTable(order(TABLE_SORT_DESCEND, PR_SUBJECT_W), 0), "SortTable");
              SSortOrderSet before = c.ok(table.querySortOrder(), "QuerySortOrder");
              refused(c, table, ascending(PR_MESSAGE_RECIPIENTS));
              refused(c, table, order(0x7777, PR_SUBJECT_W));
              c.assertEqual(before, c.ok(table.querySortOrder(), "QuerySortOrder"), "order");
              c.assertEqual("cba", joined(c, table), "rows");
            });
  }

  private static void refused(Context c, IMAPITable table, SSortOrderSet order) {
    c.assertOneOf(
        table.sortTable(order, 0),
        "SortTable by " + order,
        MAPI_E_TOO_COMPLEX,
        MAPI_E_NO_SUPPORT,
        MAPI_E_INVALID_PARAMETER);
  }

  private static void multivalues(Checks checks) {
    checks
        .rows("SORT-012", "SORT-008")
        .check(
            "An MVI_FLAG key sorts a row per value, or is refused",
            c -> {
              add(c, "a", SPropValue.of(MANY, List.of(1, 4)));
              add(c, "b", SPropValue.of(MANY, List.of(3)));
              IMAPITable table = bySubject(c, c.folder());
              int hr = table.sortTable(ascending(MANY | MV_INSTANCE), 0);
              if (hr == S_OK) {
                c.assertEqual("aba", joined(c, table), "rows");
              } else {
                c.assertOneOf(hr, "SortTable", MAPI_E_TOO_COMPLEX, MAPI_E_NO_SUPPORT);
              }
            });
    checks
        .rows("SORT-013")
        .check(
            "A multivalued key is a tuple, or refused",
            c -> {
              add(c, "c", SPropValue.of(MANY, List.of(2)));
              add(c, "a", SPropValue.of(MANY, List.of(1, 4)));
              add(c, "b", SPropValue.of(MANY, List.of(1, 5)));
              IMAPITable table = bySubject(c, c.folder());
              int hr = table.sortTable(ascending(MANY), 0);
              if (hr == S_OK) {
                c.assertEqual("abc", joined(c, table), "rows");
              } else {
                c.assertOneOf(hr, "SortTable", MAPI_E_TOO_COMPLEX, MAPI_E_NO_SUPPORT);
              }
            });
  }

  private static void masks(Checks checks) {
    checks
        .rows("SORT-026")
        .check(
            "STORE_SORT_OK and STORE_RESTRICTION_OK hold what they say",
            c -> {
              IMAPITable table = subjects(c, "a", "b");
              int sorted = table.sortTable(order(TABLE_SORT_DESCEND, PR_SUBJECT_W), 0);
              c.assertEqual(c.supports(STORE_SORT_OK), sorted == S_OK, "SortTable succeeded");
              int restricted =
                  table.restrict(TableFixtures.compare(PR_RECORD_KEY, RELOP_NE, Bytes.of(1)), 0);
              c.assertEqual(
                  c.supports(STORE_RESTRICTION_OK), restricted == S_OK, "Restrict succeeded");
            });
  }
}
