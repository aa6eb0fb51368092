package org.mapi4j.conformance;

import static org.mapi4j.conformance.TableFixtures.add;
import static org.mapi4j.conformance.TableFixtures.open;
import static org.mapi4j.conformance.TableFixtures.rows;
import static org.mapi4j.conformance.TableFixtures.seek;
import static org.mapi4j.conformance.TableFixtures.value;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SRowSet;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/** Categorized views. */
final class CategoryChecks {
  private static final int OUTER = 0x6661_0003;
  private static final int INNER = 0x6662_0003;
  private static final String REFUSED = "the store does not advertise STORE_CATEGORIZE_OK";

  private CategoryChecks() {}

  static void register(Checks checks) {
    refusals(checks);
    headings(checks);
    levels(checks);
    combined(checks);
    expanding(checks);
    collapsing(checks);
    bookmarks(checks);
    states(checks);
  }

  /** A view of four messages in two categories, of two and of one inner category. */
  private static IMAPITable table(Context c, int categories, int expanded) throws Exception {
    message(c, "a", 1, 1);
    message(c, "b", 1, 1);
    message(c, "c", 1, 2);
    message(c, "d", 2, 1);
    return view(c, categories, expanded);
  }

  @CanIgnoreReturnValue
  private static Bytes message(Context c, String subject, int outer, int inner) throws Exception {
    return add(c, subject, SPropValue.of(OUTER, outer), SPropValue.of(INNER, inner));
  }

  private static IMAPITable view(Context c, int categories, int expanded) throws Exception {
    IMAPITable table = open(c, c.folder());
    c.need(
        table.setColumns(
            tags(
                PR_SUBJECT_W,
                OUTER,
                INNER,
                PR_ROW_TYPE,
                PR_DEPTH,
                PR_CONTENT_COUNT,
                PR_CONTENT_UNREAD,
                PR_INSTANCE_KEY),
            0),
        "SetColumns");
    if (!c.supports(STORE_CATEGORIZE_OK)) {
      c.assertOneOf(
          table.sortTable(order(categories, expanded), 0),
          "SortTable with categories",
          MAPI_E_NO_SUPPORT,
          MAPI_E_TOO_COMPLEX);
      c.notApplicable(REFUSED);
    }
    c.ok(table.sortTable(order(categories, expanded), 0), "SortTable with categories");
    return table;
  }

  private static SSortOrderSet order(int categories, int expanded) {
    return new SSortOrderSet(
        List.of(
            new SSortOrder(OUTER, TABLE_SORT_ASCEND),
            new SSortOrder(INNER, TABLE_SORT_ASCEND),
            new SSortOrder(PR_SUBJECT_W, TABLE_SORT_ASCEND)),
        categories,
        expanded);
  }

  /** Headings as their keys in brackets, leaves as their subjects. */
  private static String shown(Context c, IMAPITable table) {
    return shown(rows(c, table));
  }

  private static String shown(SRowSet rows) {
    List<String> texts = new ArrayList<>();
    for (SRow row : rows) {
      if (isLeaf(row)) {
        texts.add((String) value(row, PR_SUBJECT_W));
      } else {
        String inner = row.find(INNER).map(prop -> "." + prop.value()).orElse("");
        texts.add("[" + value(row, OUTER) + inner + "]");
      }
    }
    return String.join(" ", texts);
  }

  private static boolean isLeaf(SRow row) {
    return value(row, PR_ROW_TYPE).equals(TBL_LEAF_ROW);
  }

  private static Bytes key(Context c, IMAPITable table, int row) {
    return (Bytes) value(rows(c, table).get(row), PR_INSTANCE_KEY);
  }

  private static void refusals(Checks checks) {
    checks
        .rows("SORT-011", "SORT-019", "SORT-020", "SORT-005")
        .check(
            "Orders that are none are refused",
            c -> {
              IMAPITable table = open(c, c.folder());
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  table.sortTable(
                      new SSortOrderSet(
                          List.of(new SSortOrder(PR_CONTENT_UNREAD, TABLE_SORT_ASCEND)), 1, 1),
                      0),
                  "SortTable with the category PR_CONTENT_UNREAD");
              c.assertTrue(table.sortTable(order(4, 0), 0) < 0, "more categories refused", 4);
              c.assertTrue(table.sortTable(order(1, 2), 0) < 0, "more expanded refused", 2);
              IMAPITable other =
                  c.own(
                      c.need(
                          c.store().getReceiveFolderTable(MAPI_UNICODE), "GetReceiveFolderTable"));
              c.assertOneOf(
                  other.sortTable(
                      new SSortOrderSet(
                          List.of(new SSortOrder(PR_MESSAGE_CLASS_W, TABLE_SORT_ASCEND)), 1, 1),
                      0),
                  "SortTable with a category of a receive folder table",
                  S_OK,
                  MAPI_E_NO_SUPPORT,
                  MAPI_E_TOO_COMPLEX);
            });
  }

  private static void headings(Checks checks) {
    checks
        .rows("SORT-021", "SORT-022", "SORT-024", "TABLE-068", "TABLE-069", "TABLE-070")
        .check(
            "Headings have key, counts, type and depth; leaves follow them",
            c -> {
              IMAPITable table = table(c, 1, 1);
              c.assertEqual("[1] a b c [2] d", shown(c, table), "rows");
              SRowSet rows = rows(c, table);
              List<Object> keys = new ArrayList<>();
              for (SRow row : rows) {
                c.assertEqual(8, row.lpProps().size(), "columns of a row");
                keys.add(value(row, PR_INSTANCE_KEY));
                c.assertEqual(isLeaf(row) ? 1 : 0, value(row, PR_DEPTH), "depth of " + row);
                if (!isLeaf(row)) {
                  c.assertEqual(TBL_EXPANDED_CATEGORY, value(row, PR_ROW_TYPE), "type of " + row);
                }
              }
              c.assertEqual(6, Set.copyOf(keys).size(), "distinct keys");
              c.assertEqual(3, value(rows.get(0), PR_CONTENT_COUNT), "messages of the first");
              c.assertEqual(1, value(rows.get(4), PR_CONTENT_COUNT), "messages of the second");
              int unread = (Integer) value(rows.get(4), PR_CONTENT_UNREAD);
              c.assertTrue(unread == 0 || unread == 1, "0 or 1 unread message", unread);
            });
    checks
        .rows("SORT-023")
        .check(
            "A heading comes with its first message and goes with its last",
            c -> {
              Bytes only = message(c, "a", 1, 1);
              message(c, "b", 2, 1);
              IMAPITable table = view(c, 1, 1);
              c.assertEqual("[1] a [2] b", shown(c, table), "rows at first");
              TableFixtures.delete(c, only);
              c.assertEqual("[2] b", shown(c, table), "rows after its last message went");
              message(c, "c", 3, 1);
              c.assertEqual("[2] b [3] c", shown(c, table), "rows after a message came");
            });
  }

  private static void levels(Checks checks) {
    checks
        .rows("SORT-019", "SORT-020", "TABLE-061")
        .check(
            "cExpanded says down to which level categories are open at first",
            c -> {
              IMAPITable table = table(c, 2, 0);
              c.assertEqual("[1] [2]", shown(c, table), "rows with none expanded");
              c.assertEqual(2, c.ok(table.getRowCount(0), "GetRowCount"), "visible rows");
              c.need(table.sortTable(order(2, 1), 0), "SortTable");
              c.assertEqual("[1] [1.1] [1.2] [2] [2.1]", shown(c, table), "rows with one level");
              c.need(table.sortTable(order(2, 2), 0), "SortTable");
              c.assertEqual(
                  "[1] [1.1] a b [1.2] c [2] [2.1] d", shown(c, table), "rows with all levels");
            });
  }

  private static void combined(Checks checks) {
    checks
        .rows("SORT-017")
        .check(
            "TABLE_SORT_COMBINE makes one category per pair; first or alone it is refused",
            c -> {
              IMAPITable table = table(c, 1, 1);
              SSortOrder outer = new SSortOrder(OUTER, TABLE_SORT_ASCEND);
              SSortOrder inner = new SSortOrder(INNER, TABLE_SORT_COMBINE);
              int hr = table.sortTable(new SSortOrderSet(List.of(outer, inner), 2, 2), 0);
              if (hr == S_OK) {
                List<Object> types = new ArrayList<>();
                rows(c, table).forEach(row -> types.add(value(row, PR_DEPTH)));
                c.assertEqual(List.of(0, 1, 1, 0, 1, 0, 1), types, "depths");
              } else {
                c.assertHr(MAPI_E_TOO_COMPLEX, hr, "SortTable(TABLE_SORT_COMBINE)");
              }
              for (SSortOrderSet wrong :
                  List.of(
                      new SSortOrderSet(List.of(inner, outer), 2, 2),
                      SSortOrderSet.of(outer, inner))) {
                c.assertOneOf(
                    table.sortTable(wrong, 0),
                    "SortTable by " + wrong,
                    MAPI_E_TOO_COMPLEX,
                    MAPI_E_INVALID_PARAMETER);
              }
            });
    checks
        .rows("SORT-018")
        .check(
            "TABLE_SORT_CATEG_MAX and _MIN are refused, or order the categories before",
            c -> {
              IMAPITable table = table(c, 1, 1);
              for (int extreme : new int[] {TABLE_SORT_CATEG_MAX, TABLE_SORT_CATEG_MIN}) {
                c.assertOneOf(
                    table.sortTable(
                        new SSortOrderSet(
                            List.of(
                                new SSortOrder(OUTER, TABLE_SORT_ASCEND),
                                new SSortOrder(INNER, extreme)),
                            1,
                            1),
                        0),
                    "SortTable by an extreme",
                    S_OK,
                    MAPI_E_TOO_COMPLEX,
                    MAPI_E_NO_SUPPORT);
              }
            });
  }

  private static void expanding(Checks checks) {
    checks
        .rows("SORT-025", "SORT-027", "SORT-028", "SORT-029", "SORT-030", "SORT-031")
        .check(
            "ExpandRow shows the rows of one category and gives the first of them",
            c -> {
              IMAPITable table = table(c, 1, 0);
              Bytes first = key(c, table, 0);
              IMAPITable.Expanded some = c.ok(table.expandRow(first, 2, 0), "ExpandRow");
              c.assertEqual("a b", shown(some.lppRows()), "rows given");
              c.assertEqual(3, some.lpulMoreRows(), "rows added");
              c.assertEqual(
                  "c [2]", shown(c.need(table.queryRows(10, 0), "QueryRows")), "rows that follow");
              c.assertEqual("[1] a b c [2]", shown(c, table), "rows");
              seek(c, table, 4);
              IMAPITable.Expanded none = c.ok(table.expandRow(first, 5, 0), "ExpandRow again");
              c.assertEqual(0, none.lpulMoreRows(), "rows added");
              c.assertEqual(
                  "a b c [2]",
                  shown(c.need(table.queryRows(10, 0), "QueryRows")),
                  "rows after the heading");
              IMAPITable.Expanded bare =
                  c.ok(table.expandRow(key(c, table, 4), 0, 0), "ExpandRow of 0 rows");
              c.assertEqual(1, bare.lpulMoreRows(), "rows added");
              c.assertEqual("d", shown(c.need(table.queryRows(10, 0), "QueryRows")), "next rows");
              Bytes unknown = Bytes.wrap(new byte[16]);
              c.assertHr(MAPI_E_NOT_FOUND, table.expandRow(unknown, 1, 0), "ExpandRow");
              c.assertOneOf(
                  table.collapseRow(unknown, 0).hr(),
                  "CollapseRow",
                  MAPI_E_NOT_FOUND,
                  MAPI_E_INVALID_ENTRYID);
            });
  }

  private static void collapsing(Checks checks) {
    checks
        .rows("SORT-033", "SORT-025", "TABLE-069")
        .check(
            "CollapseRow hides what is below a heading, lower headings too",
            c -> {
              IMAPITable table = table(c, 2, 2);
              c.assertEqual(
                  5, c.ok(table.collapseRow(key(c, table, 0), 0), "CollapseRow"), "rows hidden");
              c.assertEqual("[1] [2] [2.1] d", shown(c, table), "rows");
              c.assertEqual(
                  TBL_COLLAPSED_CATEGORY,
                  value(rows(c, table).get(0), PR_ROW_TYPE),
                  "type of the heading");
              c.assertEqual(
                  0, c.ok(table.collapseRow(key(c, table, 0), 0), "CollapseRow"), "rows hidden");
              c.ok(table.expandRow(key(c, table, 0), 0, 0), "ExpandRow");
              c.assertEqual("[1] [1.1] a b [1.2] c [2] [2.1] d", shown(c, table), "rows again");
            });
  }

  private static void bookmarks(Checks checks) {
    checks
        .rows("TABLE-032", "TABLE-109")
        .check(
            "A bookmark on a row that is hidden moves to the next visible one and says so",
            c -> {
              IMAPITable table = table(c, 1, 1);
              seek(c, table, 2);
              int bookmark = c.need(table.createBookmark(), "CreateBookmark");
              c.need(table.collapseRow(key(c, table, 0), 0), "CollapseRow");
              c.assertHr(MAPI_W_POSITION_CHANGED, table.seekRow(bookmark, 0).hr(), "SeekRow");
              c.assertEqual(
                  "[2] d", shown(c.need(table.queryRows(10, 0), "QueryRows")), "rows from there");
            });
  }

  private static void states(Checks checks) {
    checks
        .rows("SORT-035", "SORT-036", "SORT-037", "SORT-044")
        .check(
            "A collapse state kept from one view holds in another, with a bookmark on its row",
            c -> {
              IMAPITable table = table(c, 2, 2);
              Bytes second = key(c, table, 6);
              c.need(table.collapseRow(key(c, table, 1), 0), "CollapseRow");
              String before = shown(c, table);
              Bytes state = c.ok(table.getCollapseState(0, second), "GetCollapseState");
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER, table.getCollapseState(0, null), "GetCollapseState");
              IMAPITable later = view(c, 2, 2);
              int bookmark = c.ok(later.setCollapseState(0, state), "SetCollapseState");
              c.assertEqual(before, shown(c, later), "rows");
              c.need(later.seekRow(bookmark, 0), "SeekRow");
              c.assertEqual(
                  "[2] [2.1] d",
                  shown(c.need(later.queryRows(10, 0), "QueryRows")),
                  "rows from the bookmark");
            });
    checks
        .rows("SORT-038", "SORT-039")
        .check(
            "A state of another order or restriction is refused, and bytes that are none",
            c -> {
              IMAPITable table = table(c, 2, 2);
              Bytes state = c.need(table.getCollapseState(0, key(c, table, 0)), "GetCollapseState");
              String before = shown(c, table);
              c.need(table.restrict(TableFixtures.compare(OUTER, RELOP_EQ, 1), 0), "Restrict");
              c.assertHr(
                  MAPI_E_UNABLE_TO_COMPLETE,
                  table.setCollapseState(0, state),
                  "SetCollapseState under another restriction");
              c.need(table.restrict(IMAPITable.NO_RESTRICTION, 0), "Restrict(NULL)");
              MapiResult<Integer> broken = table.setCollapseState(0, Bytes.of(1, 2, 3));
              c.assertTrue(broken.failed(), "a failure for bytes that are no state", broken);
              c.assertEqual(before, shown(c, table), "rows");
            });
  }
}
