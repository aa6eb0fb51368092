package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRowSet;
import org.mapi4j.util.FileTimeMath;
import org.mapi4j.util.MapiUtil;

/** HrQueryAllRows, HrAddColumnsEx, and the arithmetic of FILETIME. */
final class UtilTableChecks {
  private static final FILETIME MOST = new FILETIME(-1);
  private static final FILETIME ONE = new FILETIME(1);
  private static final int DWORD_MOST = -1;

  private UtilTableChecks() {}

  static void register(Checks checks) {
    allRows(checks);
    columns(checks);
    times(checks);
  }

  private static void allRows(Checks checks) {
    checks
        .rows("TABLE-097")
        .check(
            "HrQueryAllRows gives all rows with the columns, restriction and order it was given",
            c -> {
              IMAPITable table = TableFixtures.subjects(c, "b", "c", "a");
              c.assertEqual(List.of("a", "b", "c"), query(c, table, null, 0), "as the table is");
              TableFixtures.seek(c, table, 2);
              c.assertEqual(List.of("a", "b", "c"), query(c, table, null, 0), "from its beginning");
              SRestriction most =
                  new SRestriction.SPropertyRestriction(
                      RELOP_NE, PR_SUBJECT_W, SPropValue.of(PR_SUBJECT_W, "b"));
              c.assertEqual(List.of("a", "c"), query(c, table, most, 0), "restricted");
              SRowSet rows =
                  c.ok(
                      MapiUtil.hrQueryAllRows(
                          table,
                          SPropTagArray.tags(PR_IMPORTANCE, PR_SUBJECT_W),
                          most,
                          TableFixtures.order(TABLE_SORT_DESCEND, PR_SUBJECT_W),
                          0),
                      "HrQueryAllRows");
              c.assertEqual(
                  List.of("c", "a"),
                  rows.aRow().stream().map(row -> TableFixtures.value(row, PR_SUBJECT_W)).toList(),
                  "in the other order");
              c.assertEqual(2, rows.aRow().get(0).lpProps().size(), "columns");
            });
    checks
        .rows("TABLE-098")
        .check(
            "HrQueryAllRows of more rows than allowed is MAPI_E_TABLE_TOO_BIG",
            c -> {
              IMAPITable table = TableFixtures.subjects(c, "a", "b", "c");
              c.assertEqual(List.of("a", "b", "c"), query(c, table, null, 3), "as many as allowed");
              c.assertHr(
                  MAPI_E_TABLE_TOO_BIG,
                  MapiUtil.hrQueryAllRows(table, null, null, null, 2),
                  "HrQueryAllRows, one row too many");
            });
  }

  private static List<Object> query(
      Context c, IMAPITable table, SRestriction restriction, int most) {
    return Fixtures.column(
        c.ok(MapiUtil.hrQueryAllRows(table, null, restriction, null, most), "HrQueryAllRows"));
  }

  private static void columns(Checks checks) {
    checks
        .rows("TABLE-099")
        .check(
            "HrAddColumnsEx puts the new columns first, and keeps what its filter left of the old",
            c -> {
              IMAPITable table = TableFixtures.subjects(c, "a");
              c.need(
                  table.setColumns(SPropTagArray.tags(PR_SUBJECT_W, PR_IMPORTANCE, PR_ENTRYID), 0),
                  "SetColumns");
              SPropTagArray more = SPropTagArray.tags(PR_MESSAGE_FLAGS, PR_IMPORTANCE);
              c.ok(MapiUtil.hrAddColumns(table, more), "HrAddColumns");
              c.assertEqual(
                  SPropTagArray.tags(PR_MESSAGE_FLAGS, PR_IMPORTANCE, PR_SUBJECT_W, PR_ENTRYID),
                  c.ok(table.queryColumns(0), "QueryColumns"),
                  "columns after HrAddColumns");
              SPropTagArray[] seen = new SPropTagArray[1];
              c.ok(
                  MapiUtil.hrAddColumnsEx(
                      table,
                      SPropTagArray.tags(PR_ROWID),
                      old -> {
                        seen[0] = old;
                        return SPropTagArray.of(
                            old.stream()
                                .mapToObj(
                                    tag ->
                                        tag == PR_SUBJECT_W
                                            ? PropTag.changePropType(tag, PT_NULL)
                                            : tag)
                                .toList());
                      }),
                  "HrAddColumnsEx");
              c.assertEqual(
                  SPropTagArray.tags(PR_MESSAGE_FLAGS, PR_IMPORTANCE, PR_SUBJECT_W, PR_ENTRYID),
                  seen[0],
                  "columns that the filter saw");
              SPropTagArray set = c.ok(table.queryColumns(0), "QueryColumns");
              c.assertEqual(PR_ROWID, set.stream().findFirst().orElse(0), "the first column");
              c.assertTrue(!set.contains(PR_SUBJECT_W), "no column that the filter altered", set);
            });
  }

  private static void times(Checks checks) {
    checks
        .rows("RESTR-036")
        .check(
            "FtAddFt, FtAdcFt, FtSubFt, FtNegFt, FtMulDw and FtMulDwDw, unsigned modulo 2^64",
            c -> {
              c.assertEqual(new FILETIME(0), FileTimeMath.ftAddFt(MOST, ONE), "FtAddFt");
              c.assertEqual(
                  new FileTimeMath.Sum(new FILETIME(0), 1),
                  FileTimeMath.ftAdcFt(MOST, ONE, 0),
                  "FtAdcFt with a carry out");
              c.assertEqual(
                  new FileTimeMath.Sum(MOST, 1),
                  FileTimeMath.ftAdcFt(MOST, MOST, 1),
                  "FtAdcFt with a carry in and out");
              c.assertEqual(
                  new FileTimeMath.Sum(new FILETIME(3), 0),
                  FileTimeMath.ftAdcFt(ONE, ONE, 1),
                  "FtAdcFt with a carry in");
              c.assertEqual(MOST, FileTimeMath.ftSubFt(new FILETIME(0), ONE), "FtSubFt");
              c.assertEqual(MOST, FileTimeMath.ftNegFt(ONE), "FtNegFt");
              c.assertEqual(
                  new FILETIME(0xFFFF_FFFFL << 32),
                  FileTimeMath.ftMulDw(DWORD_MOST, new FILETIME(1L << 32)),
                  "FtMulDw");
              c.assertEqual(
                  new FILETIME(0xFFFF_FFFE_0000_0001L),
                  FileTimeMath.ftMulDwDw(DWORD_MOST, DWORD_MOST),
                  "FtMulDwDw");
              c.assertEqual(new FILETIME(-1), MOST, "the arguments, unchanged");
            });
  }
}
