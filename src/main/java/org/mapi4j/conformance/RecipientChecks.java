package org.mapi4j.conformance;

import static org.mapi4j.conformance.Fixtures.column;
import static org.mapi4j.conformance.Fixtures.recipient;
import static org.mapi4j.conformance.Fixtures.recipients;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.List;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.ADRENTRY;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRowSet;

/** IMessage::ModifyRecipients. */
final class RecipientChecks {
  private RecipientChecks() {}

  static void register(Checks checks) {
    flags(checks);
    rowIds(checks);
    entries(checks);
    addresses(checks);
    lists(checks);
    permanence(checks);
  }

  private static void flags(Checks checks) {
    checks
        .rows("RECIP-001", "RECIP-002", "RECIP-004", "RECIP-015")
        .check(
            "Replace, add and remove",
            c -> {
              IMessage message = c.newMessage();
              c.ok(message.modifyRecipients(MODRECIP_ADD, list("A", "B")), "ModifyRecipients(ADD)");
              c.assertEqual(List.of("A", "B"), names(c, message), "added to none");
              c.ok(message.modifyRecipients(MODRECIP_ADD, list("C")), "ModifyRecipients(ADD)");
              c.assertEqual(List.of("A", "B", "C"), names(c, message), "added to two");
              Object row = column(recipients(c, message, PR_ROWID)).get(1);
              c.ok(
                  message.modifyRecipients(
                      MODRECIP_REMOVE, ADRLIST.of(ADRENTRY.of(SPropValue.of(PR_ROWID, row)))),
                  "ModifyRecipients(REMOVE)");
              c.assertEqual(List.of("A", "C"), names(c, message), "one removed");
              c.ok(message.modifyRecipients(0, list("D")), "ModifyRecipients(0)");
              c.assertEqual(List.of("D"), names(c, message), "replaced");
              c.save(message);
              c.assertEqual(
                  List.of("D"), names(c, c.openOther(c.entryId(message), 0)), "in another session");
            });
    checks
        .rows("RECIP-003")
        .check(
            "MODRECIP_MODIFY leaves exactly the entry's properties",
            c -> {
              IMessage message = c.newMessage();
              c.need(
                  message.modifyRecipients(
                      0,
                      ADRLIST.of(
                          recipient(MAPI_TO, "A", SPropValue.of(PR_COMMENT_W, "remark")),
                          recipient(MAPI_TO, "B", SPropValue.of(PR_COMMENT_W, "kept")))),
                  "ModifyRecipients");
              Object row = column(recipients(c, message, PR_ROWID)).get(0);
              c.ok(
                  message.modifyRecipients(
                      MODRECIP_MODIFY,
                      ADRLIST.of(recipient(MAPI_CC, "changed", SPropValue.of(PR_ROWID, row)))),
                  "ModifyRecipients(MODIFY)");
              c.save(message);
              IMessage stored = c.openOther(c.entryId(message), 0);
              c.assertEqual(List.of("changed", "B"), names(c, stored), "names");
              c.assertEqual(
                  List.of(MAPI_CC, MAPI_TO),
                  column(recipients(c, stored, PR_RECIPIENT_TYPE)),
                  "types");
              List<Object> remarks = column(recipients(c, stored, PR_COMMENT_W));
              c.assertTrue(remarks.get(0) == null, "no remark left", remarks.get(0));
              c.assertEqual("kept", remarks.get(1), "the other's remark");
            });
  }

  private static void rowIds(Checks checks) {
    checks
        .rows("RECIP-005")
        .check(
            "PR_ROWID where it must be, and where it must not",
            c -> {
              IMessage message = c.newMessage();
              c.need(message.modifyRecipients(0, list("A")), "ModifyRecipients");
              Object row = column(recipients(c, message, PR_ROWID)).get(0);
              for (int flag : new int[] {MODRECIP_MODIFY, MODRECIP_REMOVE}) {
                c.assertHr(
                    MAPI_E_INVALID_PARAMETER,
                    message.modifyRecipients(flag, list("no row")),
                    "ModifyRecipients(0x%X) without PR_ROWID".formatted(flag));
              }
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  message.modifyRecipients(
                      MODRECIP_ADD,
                      ADRLIST.of(recipient(MAPI_TO, "row", SPropValue.of(PR_ROWID, row)))),
                  "ModifyRecipients(ADD) with PR_ROWID");
              c.assertEqual(List.of("A"), names(c, message), "recipients");
            });
  }

  private static void entries(Checks checks) {
    checks
        .rows("RECIP-006")
        .check(
            "PT_NULL fails the call",
            c -> {
              IMessage message = c.newMessage();
              c.need(message.modifyRecipients(0, list("A")), "ModifyRecipients");
              c.assertHr(
                  MAPI_E_INVALID_PARAMETER,
                  message.modifyRecipients(
                      MODRECIP_ADD,
                      ADRLIST.of(
                          recipient(MAPI_TO, "B"),
                          recipient(
                              MAPI_TO,
                              "C",
                              new SPropValue(
                                  PropTag.changePropType(PR_COMMENT_W, PT_NULL), null)))),
                  "ModifyRecipients with PT_NULL");
              c.assertEqual(List.of("A"), names(c, message), "recipients");
            });
    checks
        .rows("RECIP-007")
        .check(
            "PT_ERROR is left out",
            c -> {
              IMessage message = c.newMessage();
              c.ok(
                  message.modifyRecipients(
                      MODRECIP_ADD,
                      ADRLIST.of(
                          recipient(
                              MAPI_TO, "A", SPropValue.error(PR_COMMENT_W, MAPI_E_NOT_FOUND)))),
                  "ModifyRecipients with PT_ERROR");
              c.assertEqual(List.of("A"), names(c, message), "recipients");
              SPropValue cell = recipients(c, message, PR_COMMENT_W).get(0).lpProps().get(0);
              c.assertHr(MAPI_E_NOT_FOUND, cell.scode(), "PR_COMMENT of the row");
            });
    checks
        .rows("RECIP-008")
        .check(
            "A NULL recipient is accepted",
            c -> {
              IMessage message = c.newMessage();
              c.ok(
                  message.modifyRecipients(
                      MODRECIP_ADD, ADRLIST.of(recipient(MAPI_TO, "A"), ADRENTRY.of())),
                  "ModifyRecipients with a NULL recipient");
              c.assertEqual("A", names(c, message).get(0), "the other recipient");
              c.save(message);
              c.assertEqual(
                  "A", names(c, c.openOther(c.entryId(message), 0)).get(0), "after the save");
            });
  }

  private static void addresses(Checks checks) {
    checks
        .rows("RECIP-012")
        .check(
            "An address that disagrees with PR_ENTRYID is no error",
            c -> {
              IMessage message = c.newMessage();
              c.ok(
                  message.modifyRecipients(
                      MODRECIP_ADD,
                      ADRLIST.of(
                          recipient(
                              MAPI_TO,
                              "A",
                              SPropValue.of(PR_ADDRTYPE_W, "SMTP"),
                              SPropValue.of(PR_EMAIL_ADDRESS_W, "other@example.org"),
                              SPropValue.of(PR_ENTRYID, Bytes.of(0, 0, 0, 0, 1))))),
                  "ModifyRecipients");
              c.ok(message.saveChanges(KEEP_OPEN_READWRITE), "SaveChanges");
              c.assertEqual(
                  List.of("other@example.org"),
                  column(recipients(c, message, PR_EMAIL_ADDRESS_W)),
                  "address");
            });
  }

  private static void lists(Checks checks) {
    checks
        .rows("RECIP-010", "RECIP-011")
        .check(
            "The table's rows pass as an ADRLIST; the list is left alone",
            c -> {
              IMessage message = c.newMessage();
              c.need(
                  message.modifyRecipients(
                      0,
                      ADRLIST.of(
                          recipient(MAPI_TO, "A", SPropValue.of(PR_ADDRTYPE_W, "SMTP")),
                          recipient(MAPI_CC, "B"))),
                  "ModifyRecipients");
              IMAPITable table =
                  c.own(c.need(message.getRecipientTable(MAPI_UNICODE), "GetRecipientTable"));
              SPropTagArray columns = c.need(table.queryColumns(TBL_ALL_COLUMNS), "QueryColumns");
              SRowSet rows = c.rows(table, columns.stream().toArray());
              ADRLIST list = ADRLIST.of(rows);
              c.ok(message.modifyRecipients(MODRECIP_MODIFY, list), "ModifyRecipients(MODIFY)");
              c.assertEqual(List.of("A", "B"), names(c, message), "after MODRECIP_MODIFY");
              c.ok(message.modifyRecipients(0, list), "ModifyRecipients(0) with the rows");
              c.assertEqual(List.of("A", "B"), names(c, message), "after replacing");
              List<Object> types = column(recipients(c, message, PR_ADDRTYPE_W));
              c.assertEqual("SMTP", types.get(0), "PR_ADDRTYPE kept");
              c.assertTrue(types.get(1) == null, "no PR_ADDRTYPE made", types.get(1));
              c.assertEqual(ADRLIST.of(rows), list, "the list afterwards");
            });
  }

  private static void permanence(Checks checks) {
    checks
        .rows("RECIP-013")
        .check(
            "Changes are permanent after the message's SaveChanges",
            c -> {
              IMessage message = c.newMessage();
              c.need(message.modifyRecipients(0, list("A")), "ModifyRecipients");
              c.save(message);
              Bytes id = c.entryId(message);
              c.ok(message.modifyRecipients(MODRECIP_ADD, list("B")), "ModifyRecipients(ADD)");
              c.assertEqual(List.of("A"), names(c, c.openOther(id, 0)), "before SaveChanges");
              message.close();
              c.assertEqual(
                  List.of("A"), names(c, c.openIn(c.session(false), id, 0)), "after Release");
              IMessage again = c.open(id, MAPI_MODIFY);
              c.ok(again.modifyRecipients(MODRECIP_ADD, list("B")), "ModifyRecipients(ADD)");
              c.ok(again.saveChanges(0), "SaveChanges");
              c.assertEqual(
                  List.of("A", "B"),
                  names(c, c.openIn(c.session(false), id, 0)),
                  "after SaveChanges");
            });
    checks
        .rows("RECIP-014")
        .check(
            "An open recipient table follows ModifyRecipients",
            c -> {
              IMessage message = c.newMessage();
              c.need(message.modifyRecipients(0, list("A")), "ModifyRecipients");
              IMAPITable table =
                  c.own(c.need(message.getRecipientTable(MAPI_UNICODE), "GetRecipientTable"));
              c.assertEqual(List.of("A"), column(c.rows(table, PR_DISPLAY_NAME_W)), "at first");
              c.ok(message.modifyRecipients(MODRECIP_ADD, list("B")), "ModifyRecipients(ADD)");
              c.assertEqual(
                  List.of("A", "B"), column(c.rows(table, PR_DISPLAY_NAME_W)), "after adding");
              c.ok(message.modifyRecipients(0, list("C")), "ModifyRecipients(0)");
              c.assertEqual(
                  List.of("C"), column(c.rows(table, PR_DISPLAY_NAME_W)), "after replacing");
            });
  }

  /** Recipients of type MAPI_TO. */
  static ADRLIST list(String... names) {
    List<ADRENTRY> entries = new ArrayList<>();
    for (String name : names) {
      entries.add(recipient(MAPI_TO, name));
    }
    return new ADRLIST(entries);
  }

  /** The display names, in the table's order. */
  static List<Object> names(Context c, IMessage message) {
    return column(recipients(c, message, PR_DISPLAY_NAME_W));
  }
}
