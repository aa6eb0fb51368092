package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SSortOrderSet;

/** IMAPIFolder::SaveContentsSort. */
final class ContentsSortChecks {
  private static final SSortOrderSet DESCENDING =
      TableFixtures.order(TABLE_SORT_DESCEND, PR_SUBJECT_W);

  private ContentsSortChecks() {}

  static void register(Checks checks) {
    checks
        .rows("SORT-041")
        .check(
            "tables opened afterwards have the saved order, in every session",
            c -> {
              IMAPIFolder folder = c.folder();
              add(c, folder);
              IMAPITable before = open(c, folder);
              save(c, folder, DESCENDING, 0);
              assertOrder(c, List.of("c", "b", "a"), folder);
              assertOrder(c, List.of("c", "b", "a"), c.openFolder(c.other(), c.entryId(folder)));
              IMAPITable table = open(c, folder);
              c.assertEqual(DESCENDING.aSort(), order(c, table).aSort(), "QuerySortOrder");
              c.ok(
                  table.sortTable(TableFixtures.ascending(PR_SUBJECT_W), 0),
                  "SortTable of another order");
              c.assertEqual(
                  List.of("a", "b", "c"), Fixtures.column(c.rows(table, PR_SUBJECT_W)), "rows");
              c.assertEqual(List.of(), order(c, before).aSort(), "the order of an earlier view");
              c.message(folder, SPropValue.of(PR_SUBJECT_W, "bb"));
              assertOrder(c, List.of("c", "bb", "b", "a"), folder);
            });
    checks
        .rows("SORT-041")
        .check(
            "an order with categories, and another in its place",
            c -> {
              IMAPIFolder folder = c.folder();
              add(c, folder);
              save(c, folder, DESCENDING, 0);
              save(c, folder, TableFixtures.ascending(PR_SUBJECT_W), 0);
              assertOrder(c, List.of("a", "b", "c"), folder);
              if (c.supports(STORE_CATEGORIZE_OK)) {
                SSortOrderSet grouped =
                    new SSortOrderSet(TableFixtures.ascending(PR_SUBJECT_W).aSort(), 1, 0);
                save(c, folder, grouped, 0);
                IMAPITable table = open(c, folder);
                c.assertEqual(grouped, order(c, table), "QuerySortOrder");
                c.assertEqual(
                    3, c.need(table.getRowCount(0), "GetRowCount"), "headings, all collapsed");
              }
            });
    checks
        .rows("SORT-042")
        .check(
            "RECURSIVE_SORT reaches all subfolders, without it none is reached",
            c -> {
              IMAPIFolder child = c.subfolder(c.folder(), "child");
              IMAPIFolder deep = c.subfolder(child, "deep");
              IMAPIFolder beside = c.subfolder(c.folder(), "beside");
              for (IMAPIFolder folder : List.of(c.folder(), child, deep, beside)) {
                add(c, folder);
              }
              save(c, c.folder(), DESCENDING, 0);
              c.assertEqual(List.of(), order(c, open(c, child)).aSort(), "a subfolder's order");
              save(c, child, DESCENDING, RECURSIVE_SORT);
              assertOrder(c, List.of("c", "b", "a"), child);
              assertOrder(c, List.of("c", "b", "a"), deep);
              c.assertEqual(List.of(), order(c, open(c, beside)).aSort(), "its neighbour's order");
            });
    checks
        .rows("SORT-043")
        .check(
            "MAPI_E_NO_SUPPORT comes only where no order is kept at all",
            c -> {
              int hr = c.folder().saveContentsSort(DESCENDING, 0);
              c.assertOneOf(hr, "SaveContentsSort", S_OK, MAPI_E_NO_SUPPORT);
              c.assertEqual(
                  hr == S_OK ? DESCENDING.aSort() : List.of(),
                  order(c, open(c, c.folder())).aSort(),
                  "the order of a table");
              c.assertTrue(
                  c.folder().saveContentsSort(null, 0) < 0, "a missing order refused", "success");
            });
  }

  private static void add(Context c, IMAPIFolder folder) {
    for (String subject : List.of("b", "c", "a")) {
      FolderFixtures.stored(c, folder, SPropValue.of(PR_SUBJECT_W, subject));
    }
  }

  /** Saves an order; ends the check where the store keeps none. */
  private static void save(Context c, IMAPIFolder folder, SSortOrderSet order, int flags) {
    int hr = folder.saveContentsSort(order, flags);
    if (hr == MAPI_E_NO_SUPPORT) {
      c.assertHr(MAPI_E_NO_SUPPORT, hr, "SaveContentsSort");
      c.notApplicable("the store keeps no order for its contents tables");
    }
    c.ok(hr, "SaveContentsSort");
  }

  private static IMAPITable open(Context c, IMAPIFolder folder) {
    return TableFixtures.open(c, folder);
  }

  private static SSortOrderSet order(Context c, IMAPITable table) {
    return c.need(table.querySortOrder(), "QuerySortOrder");
  }

  private static void assertOrder(Context c, List<String> expected, IMAPIFolder folder) {
    c.assertEqual(
        expected, Fixtures.column(Fixtures.contents(c, folder, PR_SUBJECT_W)), "subjects in order");
  }
}
