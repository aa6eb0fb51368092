package org.mapi4j.conformance;

import static org.mapi4j.conformance.TableFixtures.all;
import static org.mapi4j.conformance.TableFixtures.open;
import static org.mapi4j.conformance.TableFixtures.rows;
import static org.mapi4j.conformance.TableFixtures.subjects;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.List;
import java.util.Set;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;

/** Columns of tables and the values in them. */
final class TableColumnChecks {
  private static final int ABSENT = 0x7FE1_001F;
  private static final int MANY = 0x6655_101F;
  private static final int MANY_TOO = 0x6656_1003;
  private static final int[] CONTENTS = {
    PR_ENTRYID,
    PR_INSTANCE_KEY,
    PR_OBJECT_TYPE,
    PR_RECORD_KEY,
    PR_PARENT_ENTRYID,
    PR_STORE_ENTRYID,
    PR_STORE_RECORD_KEY,
    PR_MAPPING_SIGNATURE,
    PR_DISPLAY_TO_W,
    PR_DISPLAY_CC_W,
    PR_HASATTACH,
    PR_LAST_MODIFICATION_TIME,
    PR_MESSAGE_CLASS_W,
    PR_MESSAGE_FLAGS,
    PR_MESSAGE_SIZE,
    PR_MSG_STATUS
  };
  private static final int[] HIERARCHY = {
    PR_COMMENT_W,
    PR_DEPTH,
    PR_DISPLAY_NAME_W,
    PR_DISPLAY_TYPE,
    PR_ENTRYID,
    PR_INSTANCE_KEY,
    PR_OBJECT_TYPE,
    PR_STATUS
  };

  private TableColumnChecks() {}

  static void register(Checks checks) {
    given(checks);
    refused(checks);
    asked(checks);
    values(checks);
    multivalued(checks);
    widths(checks);
    contents(checks);
    hierarchy(checks);
  }

  private static void given(Checks checks) {
    checks
        .rows("TABLE-014", "TABLE-016", "TABLE-017", "TABLE-058", "TABLE-103")
        .check(
            "Rows have exactly the columns asked for; what is not there is an error entry",
            c -> {
              IMAPITable table = subjects(c, "a", "b");
              c.ok(
                  table.setColumns(tags(PR_MESSAGE_FLAGS, PR_NULL, ABSENT, PR_SUBJECT_W), 0),
                  "SetColumns");
              List<SRow> rows = rows(c, table).aRow();
              c.assertEqual(2, rows.size(), "rows");
              for (SRow row : rows) {
                c.assertEqual(
                    List.of(
                        PR_MESSAGE_FLAGS,
                        PR_NULL,
                        PropTag.changePropType(ABSENT, PT_ERROR),
                        PR_SUBJECT_W),
                    row.lpProps().stream().map(SPropValue::ulPropTag).toList(),
                    "tags of a row");
                c.assertHr(MAPI_E_NOT_FOUND, row.lpProps().get(2).scode(), "the absent column");
              }
            });
  }

  private static void refused(Checks checks) {
    checks
        .rows("TABLE-015")
        .check(
            "SetColumns without columns is MAPI_E_INVALID_PARAMETER and changes nothing",
            c -> {
              IMAPITable table = subjects(c, "a");
              c.assertHr(MAPI_E_INVALID_PARAMETER, table.setColumns(null, 0), "SetColumns(NULL)");
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  table.setColumns(SPropTagArray.EMPTY, 0),
                  "SetColumns of no tag");
              c.assertEqual(
                  tags(PR_SUBJECT_W), c.ok(table.queryColumns(0), "QueryColumns"), "columns");
            });
  }

  private static void asked(Checks checks) {
    checks
        .rows("TABLE-023", "TABLE-024", "TABLE-106", "TABLE-105")
        .check(
            "The default set, the set in force, and all columns",
            c -> {
              subjects(c, "a", "b");
              IMAPITable table = open(c, c.folder());
              SPropTagArray initial = c.ok(table.queryColumns(0), "QueryColumns");
              List<SRow> rows = c.ok(table.queryRows(10, 0), "QueryRows").aRow();
              c.assertEqual(2, rows.size(), "rows of a fresh view");
              c.assertEqual(
                  initial.stream().map(PropTag::id).boxed().toList(),
                  rows.get(0).lpProps().stream().map(SPropValue::id).toList(),
                  "columns of a fresh view");
              c.assertTrue(
                  initial.stream().allMatch(tag -> (tag & MV_FLAG) == 0),
                  "no multivalued column",
                  initial);
              SPropTagArray every = c.ok(table.queryColumns(TBL_ALL_COLUMNS), "QueryColumns");
              c.assertTrue(
                  initial.stream().allMatch(every::containsId), "a superset of " + initial, every);
              SPropTagArray mine = tags(PR_MESSAGE_SIZE, PR_ENTRYID, PR_SUBJECT_W);
              c.need(table.setColumns(mine, 0), "SetColumns");
              c.assertEqual(mine, c.ok(table.queryColumns(0), "QueryColumns"), "columns set");
            });
  }

  private static void values(Checks checks) {
    checks
        .rows("TABLE-022", "TABLE-113")
        .check(
            "Any property of a message is accepted as a column",
            c -> {
              int own = 0x6657_001F;
              TableFixtures.add(c, "a", SPropValue.of(own, "mine"));
              IMAPITable table = open(c, c.folder());
              c.ok(table.setColumns(tags(own), 0), "SetColumns");
              c.assertEqual(List.of("mine"), all(c, table), "values");
            });
    checks
        .rows("TABLE-073")
        .check(
            "A long text is whole, or cut to 255 or 510 bytes",
            c -> {
              String text = "0123456789".repeat(300);
              TableFixtures.add(c, text);
              Object shown = all(c, subjects(c)).get(0);
              c.assertTrue(
                  text.equals(shown)
                      || shown instanceof String cut
                          && text.startsWith(cut)
                          && cut.length() >= 127
                          && cut.length() <= 510,
                  "the text, or its beginning",
                  shown);
            });
    checks
        .rows("TABLE-069", "TABLE-070")
        .check(
            "Leaf rows say so, in a table without categories at depth 0",
            c -> {
              IMAPITable table = subjects(c, "a", "b");
              c.need(table.setColumns(tags(PR_ROW_TYPE, PR_DEPTH), 0), "SetColumns");
              for (SRow row : rows(c, table)) {
                c.assertEqual(TBL_LEAF_ROW, TableFixtures.value(row, PR_ROW_TYPE), "PR_ROW_TYPE");
                c.assertEqual(0, TableFixtures.value(row, PR_DEPTH), "PR_DEPTH");
              }
            });
    checks
        .rows("TABLE-079")
        .check(
            "A named property is a column of a folder of one mapping signature",
            c -> {
              int named =
                  PropTag.changePropType(
                      c.need(
                              c.newMessage()
                                  .getIDsFromNames(
                                      List.of(
                                          MAPINAMEID.string(NamedChecks.SET, "conformance column")),
                                      MAPI_CREATE),
                              "GetIDsFromNames")
                          .get(0),
                      PT_LONG);
              TableFixtures.add(c, "a", SPropValue.of(named, 5));
              IMAPITable table = open(c, c.folder());
              c.ok(table.setColumns(tags(named), 0), "SetColumns");
              c.assertEqual(List.of(5), all(c, table), "values");
            });
  }

  private static void multivalued(Checks checks) {
    checks
        .rows("TABLE-074")
        .check(
            "A multivalued column shows all values in one row",
            c -> {
              TableFixtures.add(c, "a", SPropValue.of(MANY, List.of("x", "y", "z")));
              IMAPITable table = open(c, c.folder());
              c.ok(table.setColumns(tags(MANY), 0), "SetColumns");
              c.assertEqual(List.of(List.of("x", "y", "z")), all(c, table), "values");
            });
    checks
        .rows("TABLE-075", "TABLE-068")
        .check(
            "With MVI_FLAG there is a row per value, each with a key of its own",
            c -> {
              TableFixtures.add(
                  c,
                  "a",
                  SPropValue.of(MANY, List.of("x", "y", "z")),
                  SPropValue.of(MANY_TOO, List.of(1, 2)));
              IMAPITable table = open(c, c.folder());
              int hr =
                  table.setColumns(
                      tags(
                          MANY | MV_INSTANCE,
                          MANY_TOO | MV_INSTANCE,
                          PR_SUBJECT_W,
                          PR_INSTANCE_KEY),
                      0);
              if (hr != S_OK) {
                c.assertHr(MAPI_E_TOO_COMPLEX, hr, "SetColumns with MVI_FLAG");
                return;
              }
              List<SRow> rows = rows(c, table).aRow();
              c.assertEqual(6, c.ok(table.getRowCount(0), "GetRowCount"), "rows");
              c.assertEqual(
                  Set.of("x1", "x2", "y1", "y2", "z1", "z2"),
                  Set.copyOf(
                      rows.stream()
                          .map(
                              row ->
                                  "" + row.lpProps().get(0).value() + row.lpProps().get(1).value())
                          .toList()),
                  "pairs of values");
              for (SRow row : rows) {
                c.assertEqual(MANY & ~MV_FLAG, row.lpProps().get(0).ulPropTag(), "tag of a value");
                c.assertEqual("a", row.lpProps().get(2).value(), "the other column");
              }
              c.assertEqual(
                  6,
                  Set.copyOf(rows.stream().map(row -> row.lpProps().get(3)).toList()).size(),
                  "distinct keys");
            });
    checks
        .rows("TABLE-021")
        .check(
            "Bookmarks go when MVI_FLAG makes more rows",
            c -> {
              TableFixtures.add(c, "a", SPropValue.of(MANY, List.of("x", "y")));
              IMAPITable table = open(c, c.folder());
              int bookmark = c.need(table.createBookmark(), "CreateBookmark");
              if (table.setColumns(tags(MANY | MV_INSTANCE), 0) == S_OK) {
                c.assertHr(MAPI_E_INVALID_BOOKMARK, table.seekRow(bookmark, 0), "SeekRow");
              } else {
                c.ok(table.seekRow(bookmark, 0), "SeekRow");
              }
            });
  }

  private static void widths(Checks checks) {
    checks
        .rows("TABLE-076", "TABLE-108")
        .check(
            "MAPI_UNICODE decides the width of columns, rows and sort orders",
            c -> {
              subjects(c, "a");
              for (int width : new int[] {MAPI_UNICODE, 0}) {
                int subject = width == 0 ? PR_SUBJECT_A : PR_SUBJECT_W;
                var opened = c.folder().getContentsTable(width);
                if (opened.failed()) {
                  c.assertHr(MAPI_E_BAD_CHARWIDTH, opened, "GetContentsTable");
                  continue;
                }
                IMAPITable table = c.own(opened.value());
                c.assertTrue(
                    c.ok(table.queryColumns(TBL_ALL_COLUMNS), "QueryColumns").contains(subject),
                    PropTag.toString(subject),
                    "none");
                c.assertEqual(
                    subject,
                    c.ok(table.queryRows(1, 0), "QueryRows").get(0).lpProps().stream()
                        .filter(prop -> prop.id() == PropTag.id(subject))
                        .findFirst()
                        .map(SPropValue::ulPropTag)
                        .orElse(0),
                    "tag of the subject in a row");
                c.need(table.sortTable(TableFixtures.ascending(subject), 0), "SortTable");
                c.assertEqual(
                    TableFixtures.ascending(subject),
                    c.ok(table.querySortOrder(), "QuerySortOrder"),
                    "order");
              }
            });
  }

  private static void contents(Checks checks) {
    checks
        .rows("TABLE-077", "TABLE-104")
        .check(
            "The required columns of a contents table, before any SetColumns",
            c -> {
              subjects(c, "a");
              IMAPITable table = open(c, c.folder());
              required(c, table, CONTENTS);
              SRow row = c.ok(table.queryRows(1, 0), "QueryRows").get(0);
              c.assertEqual(MAPI_MESSAGE, TableFixtures.value(row, PR_OBJECT_TYPE), "type");
              c.assertEqual(
                  c.entryId(c.folder()), TableFixtures.value(row, PR_PARENT_ENTRYID), "parent");
              Bytes id = (Bytes) TableFixtures.value(row, PR_ENTRYID);
              c.assertProp("a", c.open(id, 0), PR_SUBJECT_W);
            });
    checks
        .rows("TABLE-078")
        .check(
            "Columns that contents tables commonly have",
            c -> {
              subjects(c, "a");
              SPropTagArray columns =
                  c.ok(open(c, c.folder()).queryColumns(TBL_ALL_COLUMNS), "QueryColumns");
              for (int tag :
                  new int[] {
                    PR_CLIENT_SUBMIT_TIME,
                    PR_IMPORTANCE,
                    PR_MESSAGE_DELIVERY_TIME,
                    PR_NORMALIZED_SUBJECT_W,
                    PR_PRIORITY,
                    PR_SENDER_NAME_W,
                    PR_SENSITIVITY,
                    PR_SUBJECT_W
                  }) {
                c.assertTrue(columns.contains(tag), PropTag.toString(tag), columns);
              }
            });
  }

  private static void hierarchy(Checks checks) {
    checks
        .rows("TABLE-081", "TABLE-082", "TABLE-083", "TABLE-084", "TABLE-104")
        .check(
            "The required columns of a hierarchy table",
            c -> {
              Bytes child = c.entryId(c.subfolder(c.folder(), "child"));
              IMAPITable table =
                  c.own(c.ok(c.folder().getHierarchyTable(MAPI_UNICODE), "GetHierarchyTable"));
              required(c, table, HIERARCHY);
              required(
                  c, table, PR_FOLDER_TYPE, PR_SUBFOLDERS, PR_CONTENT_COUNT, PR_CONTENT_UNREAD);
              SRow row = c.ok(table.queryRows(1, 0), "QueryRows").get(0);
              c.assertEqual(MAPI_FOLDER, TableFixtures.value(row, PR_OBJECT_TYPE), "type");
              c.assertEqual(child, TableFixtures.value(row, PR_ENTRYID), "entry identifier");
              c.assertEqual(0, TableFixtures.value(row, PR_DEPTH), "depth");
              c.assertEqual("child", TableFixtures.value(row, PR_DISPLAY_NAME_W), "name");
              c.assertTrue(
                  Set.of(DT_FOLDER, DT_FOLDER_SPECIAL, DT_FOLDER_LINK)
                      .contains(TableFixtures.value(row, PR_DISPLAY_TYPE)),
                  "a display type of folders",
                  row);
            });
    checks
        .rows("TABLE-070", "CONT-009", "CONT-010")
        .check(
            "Depths of a hierarchy table",
            c -> {
              c.subfolder(c.subfolder(c.subfolder(c.folder(), "a"), "b"), "c");
              IMAPITable deep =
                  c.own(
                      c.ok(
                          c.folder().getHierarchyTable(MAPI_UNICODE | CONVENIENT_DEPTH),
                          "GetHierarchyTable"));
              c.need(deep.setColumns(tags(PR_DEPTH), 0), "SetColumns");
              c.assertEqual(List.of(0, 1, 2), all(c, deep), "depths");
              IMAPITable flat =
                  c.own(c.ok(c.folder().getHierarchyTable(MAPI_UNICODE), "GetHierarchyTable"));
              c.need(flat.setColumns(tags(PR_DISPLAY_NAME_W), 0), "SetColumns");
              c.assertEqual(List.of("a"), all(c, flat), "immediate subfolders");
            });
  }

  /** The columns are in the default set. */
  static void required(Context c, IMAPITable table, int... columns) {
    SPropTagArray initial = c.ok(table.queryColumns(0), "QueryColumns");
    for (int tag : columns) {
      c.assertTrue(
          initial.contains(tag), PropTag.toString(tag) + " among the default columns", initial);
    }
  }
}
