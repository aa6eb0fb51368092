package org.mapi4j.conformance;

import static org.mapi4j.conformance.TableFixtures.all;
import static org.mapi4j.conformance.TableFixtures.compare;
import static org.mapi4j.conformance.TableFixtures.here;
import static org.mapi4j.conformance.TableFixtures.order;
import static org.mapi4j.conformance.TableFixtures.read;
import static org.mapi4j.conformance.TableFixtures.seek;
import static org.mapi4j.conformance.TableFixtures.subjectIs;
import static org.mapi4j.conformance.TableFixtures.subjects;
import static org.mapi4j.conformance.TableFixtures.toStart;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;

/** The cursor of a table: reading, seeking and finding rows. */
final class TablePositionChecks {
  private TablePositionChecks() {}

  static void register(Checks checks) {
    reading(checks);
    seeking(checks);
    fractions(checks);
    finding(checks);
    findingByKey(checks);
    prefixes(checks);
  }

  private static void reading(Checks checks) {
    checks
        .rows("TABLE-025", "TABLE-053", "TABLE-055", "TABLE-057")
        .check(
            "QueryRows forward, to the end",
            c -> {
              IMAPITable table = subjects(c, "a", "b", "c", "d", "e");
              c.assertEqual(5, c.ok(table.getRowCount(0), "GetRowCount"), "rows");
              c.assertEqual(List.of("a", "b"), read(c, table, 2, 0), "first two rows");
              c.assertEqual(List.of("c", "d", "e"), read(c, table, 100, 0), "the others");
              c.assertEqual(List.of(), read(c, table, 3, 0), "rows at the end");
              c.assertHr(MAPI_E_INVALID_PARAMETER, table.queryRows(0, 0), "QueryRows(0)");
            });
    checks
        .rows("TABLE-054", "TABLE-057")
        .check(
            "QueryRows backward gives rows in forward order, down to the start",
            c -> {
              IMAPITable table = subjects(c, "a", "b", "c", "d", "e");
              seek(c, table, 4);
              c.assertEqual(List.of("c", "d"), read(c, table, -2, TBL_NOADVANCE), "two rows back");
              seek(c, table, 3);
              c.assertEqual(List.of("a", "b", "c"), read(c, table, -100, TBL_NOADVANCE), "clamped");
              c.assertEqual(List.of(), read(c, table, -1, 0), "rows at the start");
            });
    checks
        .rows("TABLE-056")
        .check(
            "TBL_NOADVANCE leaves the cursor on the first row returned",
            c -> {
              IMAPITable table = subjects(c, "a", "b", "c", "d", "e");
              seek(c, table, 1);
              c.assertEqual(List.of("b", "c"), read(c, table, 2, TBL_NOADVANCE), "forward");
              c.assertEqual("b", here(c, table), "row at the cursor");
              seek(c, table, 4);
              c.assertEqual(List.of("c", "d"), read(c, table, -2, TBL_NOADVANCE), "backward");
              c.assertEqual("c", here(c, table), "row at the cursor");
            });
    checks
        .rows("TABLE-107")
        .check(
            "Each view has a cursor of its own",
            c -> {
              IMAPITable first = subjects(c, "a", "b", "c");
              IMAPITable second = TableFixtures.bySubject(c, c.folder());
              c.assertEqual(List.of("a", "b"), read(c, first, 2, 0), "rows of the first view");
              c.assertEqual("a", here(c, second), "row at the second view's cursor");
              c.assertEqual("c", here(c, first), "row at the first view's cursor");
            });
  }

  private static void seeking(Checks checks) {
    checks
        .rows("TABLE-027", "TABLE-049")
        .check(
            "SeekRow from the three predefined bookmarks",
            c -> {
              IMAPITable table = subjects(c, "a", "b", "c", "d", "e");
              c.assertEqual(
                  2, c.ok(table.seekRow(BOOKMARK_BEGINNING, 2), "SeekRow"), "rows sought");
              c.assertEqual("c", here(c, table), "row at the cursor");
              c.assertEqual(1, c.ok(table.seekRow(BOOKMARK_CURRENT, 1), "SeekRow"), "rows sought");
              c.assertEqual("d", here(c, table), "row at the cursor");
              c.assertEqual(
                  -2, c.ok(table.seekRow(BOOKMARK_CURRENT, -2), "SeekRow"), "rows sought");
              c.assertEqual("b", here(c, table), "row at the cursor");
              c.assertEqual(-1, c.ok(table.seekRow(BOOKMARK_END, -1), "SeekRow"), "rows sought");
              c.assertEqual("e", here(c, table), "row at the cursor");
              c.assertEqual(
                  0, c.ok(table.seekRow(BOOKMARK_BEGINNING, 0), "SeekRow"), "rows sought");
              c.assertEqual("a", here(c, table), "row at the cursor");
            });
    checks
        .rows("TABLE-028", "TABLE-029")
        .check(
            "SeekRow beyond an end stops there and says how far it went",
            c -> {
              IMAPITable table = subjects(c, "a", "b", "c");
              seek(c, table, 1);
              c.assertEqual(
                  2, c.ok(table.seekRow(BOOKMARK_CURRENT, 100), "SeekRow"), "rows sought");
              c.assertEqual(List.of(), read(c, table, 1, 0), "rows at the end");
              c.assertEqual(
                  -3, c.ok(table.seekRow(BOOKMARK_CURRENT, -100), "SeekRow"), "rows sought");
              c.assertEqual("a", here(c, table), "row at the cursor");
            });
    checks
        .rows("TABLE-036", "TABLE-037")
        .check(
            "QueryPosition tells the next row, and no denominator is 0",
            c -> {
              IMAPITable empty = subjects(c);
              IMAPITable.Position none = c.ok(empty.queryPosition(), "QueryPosition");
              c.assertDiffer(0, none.lpulDenominator(), "denominator of an empty table");
              IMAPITable table = subjects(c, "a", "b", "c", "d");
              for (int row = 0; row < 4; row++) {
                IMAPITable.Position at = c.ok(table.queryPosition(), "QueryPosition");
                c.assertTrue(
                    at.lpulRow() == row || at.lpulRow() == -1, "row " + row + " or unknown", at);
                c.assertDiffer(0, at.lpulDenominator(), "denominator");
                read(c, table, 1, 0);
              }
            });
  }

  private static void fractions(Checks checks) {
    checks
        .rows("TABLE-033", "TABLE-035")
        .check(
            "SeekRowApprox is absolute: start, end and one half three times",
            c -> {
              IMAPITable table = subjects(c, "a", "b", "c", "d");
              seek(c, table, 3);
              c.ok(table.seekRowApprox(0, 7), "SeekRowApprox(0, 7)");
              c.assertEqual("a", here(c, table), "row at the cursor");
              c.ok(table.seekRowApprox(5, 5), "SeekRowApprox(5, 5)");
              c.assertEqual(List.of(), read(c, table, 1, 0), "rows at the end");
              c.ok(table.seekRowApprox(1, 2), "SeekRowApprox(1, 2)");
              Object half = here(c, table);
              for (int times : new int[] {10, 50}) {
                seek(c, table, 1);
                c.ok(table.seekRowApprox(times, 2 * times), "SeekRowApprox");
                c.assertEqual(half, here(c, table), "row at " + times + "/" + 2 * times);
              }
            });
    checks
        .rows("TABLE-034")
        .check(
            "SeekRowApprox with denominator 0 is MAPI_E_INVALID_PARAMETER",
            c ->
                c.assertHr(
                    MAPI_E_INVALID_PARAMETER,
                    subjects(c, "a").seekRowApprox(1, 0),
                    "SeekRowApprox(1, 0)"));
  }

  private static void finding(Checks checks) {
    checks
        .rows("TABLE-038", "TABLE-039", "TABLE-040")
        .check(
            "FindRow forward includes the origin, backward excludes it",
            c -> {
              IMAPITable table = subjects(c, "a", "b", "c", "b2");
              c.need(table.sortTable(TableFixtures.ascending(PR_SUBJECT_W), 0), "SortTable");
              seek(c, table, 1);
              c.ok(table.findRow(subjectIs("b"), BOOKMARK_CURRENT, 0), "FindRow of the origin");
              c.assertEqual(List.of("b"), read(c, table, 1, TBL_NOADVANCE), "row found");
              c.assertHr(
                  MAPI_E_NOT_FOUND,
                  table.findRow(subjectIs("b"), BOOKMARK_CURRENT, DIR_BACKWARD),
                  "FindRow of the origin backward");
              seek(c, table, 3);
              c.ok(table.findRow(subjectIs("b"), BOOKMARK_CURRENT, DIR_BACKWARD), "FindRow");
              c.assertEqual(List.of("b"), read(c, table, 1, 0), "row found backward");
              c.ok(table.findRow(subjectIs("c"), BOOKMARK_END, DIR_BACKWARD), "FindRow");
              c.assertEqual(List.of("c"), read(c, table, 1, 0), "row found from the end");
            });
    checks
        .rows("TABLE-041")
        .check(
            "FindRow without a match is MAPI_E_NOT_FOUND",
            c -> {
              IMAPITable table = subjects(c, "a", "b");
              c.assertHr(
                  MAPI_E_NOT_FOUND,
                  table.findRow(subjectIs("z"), BOOKMARK_BEGINNING, 0),
                  "FindRow forward");
              c.assertHr(
                  MAPI_E_NOT_FOUND,
                  table.findRow(subjectIs("z"), BOOKMARK_END, DIR_BACKWARD),
                  "FindRow backward");
            });
    checks
        .rows("TABLE-045")
        .check(
            "FindRow leaves the restriction of the view alone",
            c -> {
              IMAPITable table = subjects(c, "a", "b", "c");
              c.need(table.restrict(compare(PR_SUBJECT_W, RELOP_GE, "b"), 0), "Restrict");
              c.ok(table.findRow(subjectIs("c"), BOOKMARK_BEGINNING, 0), "FindRow");
              c.assertEqual(2, c.ok(table.getRowCount(0), "GetRowCount"), "rows");
              c.assertHr(
                  MAPI_E_NOT_FOUND,
                  table.findRow(subjectIs("a"), BOOKMARK_BEGINNING, 0),
                  "FindRow of a row that the view excludes");
              c.assertEqual(List.of("b", "c"), all(c, table), "rows");
            });
  }

  private static void findingByKey(Checks checks) {
    checks
        .rows("TABLE-043", "TABLE-067", "TABLE-112")
        .check(
            "Every row is found by its PR_INSTANCE_KEY, unique, of 16 bytes and the view's own",
            c -> {
              IMAPITable table = subjects(c, "a", "b", "c");
              SPropTagArray columns = SPropTagArray.tags(PR_INSTANCE_KEY, PR_SUBJECT_W);
              c.need(table.setColumns(columns, 0), "SetColumns");
              List<SRow> rows = TableFixtures.rows(c, table).aRow();
              List<Object> keys = all(c, table);
              c.assertEqual(3, Set.copyOf(keys).size(), "distinct keys");
              for (SRow row : rows) {
                SPropValue key = row.lpProps().get(0);
                c.assertEqual(16, key.asBytes().size(), "bytes of PR_INSTANCE_KEY");
                c.ok(
                    table.findRow(
                        compare(PR_INSTANCE_KEY, RELOP_EQ, key.asBytes()), BOOKMARK_BEGINNING, 0),
                    "FindRow by PR_INSTANCE_KEY");
                c.assertEqual(
                    List.of(row), c.ok(table.queryRows(1, 0), "QueryRows").aRow(), "row found");
              }
              c.need(table.sortTable(order(TABLE_SORT_DESCEND, PR_SUBJECT_W), 0), "SortTable");
              c.assertEqual(Set.copyOf(keys), Set.copyOf(all(c, table)), "same keys");
              IMAPITable other = TableFixtures.bySubject(c, c.folder());
              c.need(other.setColumns(columns, 0), "SetColumns");
              c.assertTrue(
                  Collections.disjoint(keys, all(c, other)), "other keys in another view", keys);
            });
  }

  private static void prefixes(Checks checks) {
    checks
        .rows("TABLE-044", "TABLE-111")
        .check(
            "RELOP_GE finds the first row with a prefix, backward where the order descends",
            c -> {
              IMAPITable table = subjects(c, "apple", "banana", "Band", "cherry");
              c.ok(
                  table.findRow(compare(PR_SUBJECT_W, RELOP_GE, "ban"), BOOKMARK_BEGINNING, 0),
                  "FindRow forward");
              c.assertEqual("banana", here(c, table), "row found");
              c.need(table.sortTable(order(TABLE_SORT_DESCEND, PR_SUBJECT_W), 0), "SortTable");
              toStart(c, table);
              c.ok(
                  table.findRow(compare(PR_SUBJECT_W, RELOP_GE, "ban"), BOOKMARK_END, DIR_BACKWARD),
                  "FindRow backward");
              c.assertEqual("banana", here(c, table), "row found");
            });
  }
}
