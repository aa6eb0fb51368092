package org.mapi4j.conformance;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction.SPropertyRestriction;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/** The receive folder table. */
final class ReceiveTableChecks {
  private ReceiveTableChecks() {}

  static void register(Checks checks) {
    checks
        .rows("RECV-009", "RECV-014")
        .check(
            "One row per association, the default's too, with the required columns",
            c -> {
              Bytes mine = ReceiveChecks.folder(c, "mine");
              List<Object> before = classes(c);
              ReceiveChecks.register(c, ReceiveChecks.BASE, mine);
              try {
                List<Object> expected = new ArrayList<>(before);
                expected.add(ReceiveChecks.BASE);
                c.assertEqual(sorted(expected), sorted(classes(c)), "classes");
                c.assertEqual(
                    1, Collections.frequency(before, ""), "rows of the default association");
                IMAPITable table = table(c, MAPI_UNICODE);
                SPropTagArray columns = c.ok(table.queryColumns(0), "QueryColumns");
                for (int tag : new int[] {PR_ENTRYID, PR_MESSAGE_CLASS_W, PR_RECORD_KEY}) {
                  c.assertTrue(
                      columns.contains(tag), PropTag.toString(tag) + " among the columns", columns);
                }
                for (SRow row : c.rows(table, PR_MESSAGE_CLASS_W, PR_ENTRYID, PR_RECORD_KEY)) {
                  String named = row.lpProps().get(0).asString();
                  c.assertEqual(
                      c.need(c.store().getReceiveFolder(named, MAPI_UNICODE), "GetReceiveFolder")
                          .lppEntryID(),
                      row.lpProps().get(1).asBytes(),
                      "folder of " + named);
                  c.assertProp(
                      row.lpProps().get(2).asBytes(),
                      c.openFolder(c.store(), row.lpProps().get(1).asBytes()),
                      PR_RECORD_KEY);
                }
              } finally {
                ReceiveChecks.remove(c.store(), ReceiveChecks.BASE);
              }
              c.assertEqual(sorted(before), sorted(classes(c)), "classes afterwards");
            });
    restrictionsAndWidths(checks);
  }

  private static void restrictionsAndWidths(Checks checks) {
    checks
        .rows("RECV-015")
        .check(
            "A restriction on PR_RECORD_KEY",
            c -> {
              Bytes mine = ReceiveChecks.folder(c, "mine");
              ReceiveChecks.register(c, ReceiveChecks.BASE, mine);
              try {
                Bytes key = c.get(c.openFolder(c.store(), mine), PR_RECORD_KEY).asBytes();
                IMAPITable table = table(c, MAPI_UNICODE);
                c.ok(
                    table.restrict(
                        new SPropertyRestriction(
                            RELOP_EQ, PR_RECORD_KEY, SPropValue.of(PR_RECORD_KEY, key)),
                        0),
                    "Restrict(PR_RECORD_KEY)");
                c.assertEqual(
                    List.of(ReceiveChecks.BASE),
                    Fixtures.column(c.rows(table, PR_MESSAGE_CLASS_W)),
                    "rows of the folder");
              } finally {
                ReceiveChecks.remove(c.store(), ReceiveChecks.BASE);
              }
            });
    checks
        .rows("RECV-016", "RECV-026")
        .check(
            "MAPI_UNICODE decides the width of PR_MESSAGE_CLASS",
            c -> {
              for (int flags :
                  new int[] {
                    MAPI_UNICODE, 0, MAPI_DEFERRED_ERRORS, MAPI_DEFERRED_ERRORS | MAPI_UNICODE
                  }) {
                int tag = (flags & MAPI_UNICODE) != 0 ? PR_MESSAGE_CLASS_W : PR_MESSAGE_CLASS_A;
                int other = (flags & MAPI_UNICODE) != 0 ? PR_MESSAGE_CLASS_A : PR_MESSAGE_CLASS_W;
                IMAPITable table = table(c, flags);
                for (int all : new int[] {0, TBL_ALL_COLUMNS}) {
                  SPropTagArray columns = c.ok(table.queryColumns(all), "QueryColumns");
                  c.assertTrue(columns.contains(tag), PropTag.toString(tag), columns);
                  c.assertTrue(!columns.contains(other), "no " + PropTag.toString(other), columns);
                }
                SRow row = c.need(table.queryRows(1, 0), "QueryRows").get(0);
                c.assertTrue(row.find(tag).isPresent(), PropTag.toString(tag), row);
                if (table.sortTable(SSortOrderSet.of(new SSortOrder(tag, TABLE_SORT_ASCEND)), 0)
                    >= 0) {
                  c.assertEqual(
                      tag,
                      c.ok(table.querySortOrder(), "QuerySortOrder").aSort().get(0).ulPropTag(),
                      "sort column");
                }
              }
            });
  }

  private static IMAPITable table(Context c, int flags) throws Exception {
    return c.own(c.need(c.store().getReceiveFolderTable(flags), "GetReceiveFolderTable"));
  }

  private static List<Object> classes(Context c) throws Exception {
    return Fixtures.column(c.rows(table(c, MAPI_UNICODE), PR_MESSAGE_CLASS_W));
  }

  private static List<String> sorted(List<Object> classes) {
    return classes.stream().map(String::valueOf).sorted().toList();
  }
}
