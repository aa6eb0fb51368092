package org.mapi4j.conformance;

import static org.mapi4j.conformance.AttachChecks.names;
import static org.mapi4j.conformance.Fixtures.attach;
import static org.mapi4j.conformance.Fixtures.attachments;
import static org.mapi4j.conformance.Fixtures.column;
import static org.mapi4j.conformance.Fixtures.openAttach;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.Set;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SPropertyRestriction;
import org.mapi4j.types.SRow;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/** The attachment table. */
final class AttachTableChecks {
  private AttachTableChecks() {}

  static void register(Checks checks) {
    rows(checks);
    followed(checks);
    widthsAndRestrictions(checks);
    order(checks);
  }

  private static void rows(Checks checks) {
    checks
        .rows("ATT-011", "ATT-014")
        .check(
            "One row per attachment, with the required columns",
            c -> {
              IMessage message = c.newMessage();
              c.assertEqual(0, attachments(c, message, PR_ATTACH_NUM).size(), "rows at first");
              attach(c, message, "a.txt");
              attach(c, message, "b.txt");
              attach(c, message, "c.txt");
              c.save(message);
              IMAPITable table =
                  c.own(
                      c.ok(
                          c.openOther(c.entryId(message), 0).getAttachmentTable(0),
                          "GetAttachmentTable"));
              c.assertEqual(3, c.ok(table.getRowCount(0), "GetRowCount"), "rows");
              c.assertEqual(
                  List.of("a.txt", "b.txt", "c.txt"),
                  column(c.rows(table, PR_ATTACH_LONG_FILENAME_W)),
                  "attachments");
              SPropTagArray columns = c.ok(table.queryColumns(TBL_ALL_COLUMNS), "QueryColumns");
              for (int tag :
                  new int[] {
                    PR_ATTACH_NUM, PR_INSTANCE_KEY, PR_RECORD_KEY, PR_RENDERING_POSITION
                  }) {
                c.assertTrue(
                    columns.contains(tag), PropTag.toString(tag) + " among the columns", columns);
              }
              for (SRow row :
                  c.rows(
                      table,
                      PR_ATTACH_NUM,
                      PR_INSTANCE_KEY,
                      PR_RECORD_KEY,
                      PR_RENDERING_POSITION)) {
                c.assertTrue(
                    row.lpProps().stream().noneMatch(SPropValue::isError), "four values", row);
              }
            });
  }

  private static void followed(Checks checks) {
    checks
        .rows("TABLE-087")
        .check(
            "A row comes with the message's SaveChanges, not with the attachment's alone",
            c -> {
              IMessage message = c.newMessage();
              attach(c, message, "a.txt");
              c.save(message);
              IMAPITable table =
                  c.own(
                      c.need(
                          c.openOther(c.entryId(message), 0).getAttachmentTable(0),
                          "GetAttachmentTable"));
              attach(c, message, "b.txt");
              c.assertEqual(
                  List.of("a.txt"),
                  column(c.rows(table, PR_ATTACH_LONG_FILENAME_W)),
                  "what another handle sees before SaveChanges");
              c.save(message);
              c.assertEqual(
                  List.of("a.txt", "b.txt"),
                  names(c, c.openOther(c.entryId(message), 0)),
                  "what another handle sees after SaveChanges");
            });
    checks
        .rows("ATT-012", "ATT-018", "TABLE-087")
        .check(
            "An open table follows the attachments, whose numbers stay",
            c -> {
              IMessage message = c.newMessage();
              attach(c, message, "a.txt");
              int second = attach(c, message, "b.txt");
              c.save(message);
              IMAPITable table = c.own(c.need(message.getAttachmentTable(0), "GetAttachmentTable"));
              List<Object> numbers = column(c.rows(table, PR_ATTACH_NUM));
              c.assertEqual(2, numbers.size(), "rows at first");
              int third = attach(c, message, "c.txt");
              c.save(message);
              c.assertEqual(
                  List.of("a.txt", "b.txt", "c.txt"),
                  column(c.rows(table, PR_ATTACH_LONG_FILENAME_W)),
                  "rows after CreateAttach");
              c.assertEqual(
                  numbers, column(c.rows(table, PR_ATTACH_NUM)).subList(0, 2), "numbers kept");
              IAttach changed = openAttach(c, message, second, MAPI_MODIFY);
              c.set(changed, PR_ATTACH_LONG_FILENAME_W, "changed.txt");
              c.save(changed);
              changed.close();
              c.need(message.deleteAttach((Integer) numbers.get(0), 0, null, 0), "DeleteAttach");
              c.save(message);
              c.assertEqual(
                  List.of("changed.txt", "c.txt"),
                  column(c.rows(table, PR_ATTACH_LONG_FILENAME_W)),
                  "rows after a change and DeleteAttach");
              c.assertEqual(
                  List.of(second, third), column(c.rows(table, PR_ATTACH_NUM)), "numbers kept");
            });
  }

  private static void widthsAndRestrictions(Checks checks) {
    checks
        .rows("ATT-013")
        .check(
            "MAPI_UNICODE asks for wide columns",
            c -> {
              IMessage message = c.newMessage();
              attach(c, message, "a.txt");
              for (int flags : new int[] {MAPI_UNICODE, 0}) {
                IMAPITable table =
                    c.own(c.ok(message.getAttachmentTable(flags), "GetAttachmentTable"));
                int wanted = flags == 0 ? PT_STRING8 : PT_UNICODE;
                boolean narrowOnly = !c.supports(STORE_UNICODE_OK);
                c.ok(table.queryColumns(TBL_ALL_COLUMNS), "QueryColumns").stream()
                    .map(PropTag::type)
                    .filter(type -> type == PT_STRING8 || type == PT_UNICODE)
                    .forEach(
                        type ->
                            c.assertEqual(
                                narrowOnly ? PT_STRING8 : wanted, type, "type of a text column"));
                c.assertTrue(
                    c.need(table.queryRows(1, 0), "QueryRows").size() == 1, "one row", "none");
              }
            });
    checks
        .rows("ATT-017")
        .check(
            "Restrict and FindRow work or are MAPI_E_NO_SUPPORT",
            c -> {
              IMessage message = c.newMessage();
              attach(c, message, "a.txt");
              attach(c, message, "b.txt");
              IMAPITable table =
                  c.own(c.need(message.getAttachmentTable(MAPI_UNICODE), "GetAttachmentTable"));
              SRestriction wanted =
                  new SPropertyRestriction(
                      RELOP_EQ,
                      PR_ATTACH_LONG_FILENAME_W,
                      SPropValue.of(PR_ATTACH_LONG_FILENAME_W, "b.txt"));
              int hr = table.restrict(wanted, 0);
              if (hr == S_OK) {
                c.assertEqual(
                    List.of("b.txt"),
                    column(c.rows(table, PR_ATTACH_LONG_FILENAME_W)),
                    "rows restricted");
                c.ok(table.restrict(IMAPITable.NO_RESTRICTION, 0), "Restrict(NULL)");
                c.ok(table.findRow(wanted, BOOKMARK_BEGINNING, 0), "FindRow");
              } else {
                c.assertHr(MAPI_E_NO_SUPPORT, hr, "Restrict");
                c.assertHr(
                    MAPI_E_NO_SUPPORT, table.findRow(wanted, BOOKMARK_BEGINNING, 0), "FindRow");
              }
            });
  }

  private static void order(Checks checks) {
    checks
        .rows("ATT-015", "ATT-016")
        .check(
            "Rendering positions order as signed numbers, attachment numbers within them",
            c -> {
              IMessage message = rendered(c);
              c.save(message);
              IMAPITable table =
                  c.own(c.need(message.getAttachmentTable(MAPI_UNICODE), "GetAttachmentTable"));
              int hr =
                  table.sortTable(
                      SSortOrderSet.of(
                          new SSortOrder(PR_RENDERING_POSITION, TABLE_SORT_ASCEND),
                          new SSortOrder(PR_ATTACH_NUM, TABLE_SORT_ASCEND)),
                      0);
              if (hr != S_OK) {
                c.assertHr(MAPI_E_NO_SUPPORT, hr, "SortTable");
              }
              c.assertEqual(
                  List.of("none", "none too", "5", "9"),
                  column(c.rows(table, PR_ATTACH_LONG_FILENAME_W)),
                  "rows");
            });
    checks
        .rows("ATT-042")
        .check(
            "A fresh table has every row, in whatever order",
            c ->
                c.assertEqual(
                    Set.of("none", "none too", "5", "9"),
                    Set.copyOf(names(c, rendered(c))),
                    "rows"));
  }

  private static IMessage rendered(Context c) throws Exception {
    IMessage message = c.newMessage();
    Object[][] given = {{"9", 9}, {"none", -1}, {"5", 5}, {"none too", -1}};
    for (Object[] one : given) {
      IAttach attach =
          Fixtures.newAttach(
                  c,
                  message,
                  SPropValue.of(PR_ATTACH_LONG_FILENAME_W, one[0]),
                  SPropValue.of(PR_RENDERING_POSITION, one[1]))
              .lppAttach();
      c.save(attach);
      attach.close();
    }
    return message;
  }
}
