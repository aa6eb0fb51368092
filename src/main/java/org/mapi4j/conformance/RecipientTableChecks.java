package org.mapi4j.conformance;

import static org.mapi4j.conformance.Fixtures.column;
import static org.mapi4j.conformance.Fixtures.recipient;
import static org.mapi4j.conformance.Fixtures.recipients;
import static org.mapi4j.conformance.RecipientChecks.list;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;

/** The recipient table, PR_DISPLAY_TO, CC and BCC, and recipients' properties. */
final class RecipientTableChecks {
  private RecipientTableChecks() {}

  static void register(Checks checks) {
    columns(checks);
    submitted(checks);
    names(checks);
    properties(checks);
    readyForSending(checks);
  }

  private static void columns(Checks checks) {
    checks
        .rows("RECIP-015", "RECIP-017", "RECIP-020")
        .check(
            "One row per recipient with the required columns, PR_ROWID of its own",
            c -> {
              IMessage message = c.newMessage();
              c.need(message.modifyRecipients(0, list("A", "B", "C")), "ModifyRecipients");
              IMAPITable table =
                  c.own(c.ok(message.getRecipientTable(MAPI_UNICODE), "GetRecipientTable"));
              c.assertEqual(3, c.ok(table.getRowCount(0), "GetRowCount"), "rows");
              SPropTagArray columns = c.ok(table.queryColumns(TBL_ALL_COLUMNS), "QueryColumns");
              for (int tag : new int[] {PR_DISPLAY_NAME_W, PR_RECIPIENT_TYPE, PR_ROWID}) {
                c.assertTrue(
                    columns.contains(tag), PropTag.toString(tag) + " among the columns", columns);
              }
              for (SRow row : c.rows(table, PR_DISPLAY_NAME_W, PR_RECIPIENT_TYPE, PR_ROWID)) {
                c.assertTrue(
                    row.lpProps().stream().noneMatch(SPropValue::isError), "three values", row);
              }
              c.assertEqual(
                  3, Set.copyOf(column(recipients(c, message, PR_ROWID))).size(), "distinct rows");
              c.save(message);
              c.assertEqual(
                  3,
                  Set.copyOf(column(recipients(c, c.openOther(c.entryId(message), 0), PR_ROWID)))
                      .size(),
                  "distinct rows when opened again");
            });
    checks
        .rows("RECIP-016")
        .check(
            "MAPI_UNICODE selects wide columns, its absence narrow ones",
            c -> {
              IMessage message = c.newMessage();
              c.need(message.modifyRecipients(0, list("A")), "ModifyRecipients");
              for (int flags : new int[] {MAPI_UNICODE, 0}) {
                IMAPITable table =
                    c.own(c.ok(message.getRecipientTable(flags), "GetRecipientTable"));
                int wanted =
                    flags == 0 || !c.supports(STORE_UNICODE_OK)
                        ? PR_DISPLAY_NAME_A
                        : PR_DISPLAY_NAME_W;
                SRow row = c.need(table.queryRows(1, 0), "QueryRows").get(0);
                c.assertEqual(
                    wanted,
                    row.lpProps().stream()
                        .filter(prop -> prop.id() == PropTag.id(wanted))
                        .findFirst()
                        .map(SPropValue::ulPropTag)
                        .orElse(0),
                    "tag of the name");
              }
            });
  }

  private static void submitted(Checks checks) {
    checks
        .rows("RECIP-018")
        .notApplicable(
            "the store does not set STORE_SUBMIT_OK: there is no submitted message",
            c -> {
              c.assertTrue(!c.supports(STORE_SUBMIT_OK), "STORE_SUBMIT_OK clear", "set");
              IMessage message = c.newMessage();
              c.need(message.modifyRecipients(0, list("A")), "ModifyRecipients");
              c.assertHr(MAPI_E_NO_SUPPORT, message.submitMessage(0), "SubmitMessage");
            });
  }

  private static void names(Checks checks) {
    checks
        .rows("RECIP-022", "RECIP-023", "RECIP-024")
        .check(
            "PR_DISPLAY_TO, CC and BCC list the names as of the last save",
            c -> {
              IMessage message = c.newMessage();
              c.save(message);
              for (int tag : new int[] {PR_DISPLAY_TO_W, PR_DISPLAY_CC_W, PR_DISPLAY_BCC_W}) {
                c.assertProp("", message, tag);
              }
              c.need(
                  message.modifyRecipients(
                      0,
                      ADRLIST.of(
                          recipient(MAPI_TO, "A"),
                          recipient(MAPI_CC, "B"),
                          recipient(MAPI_TO, "C"),
                          recipient(MAPI_BCC, "D"),
                          recipient(MAPI_BCC, "E"))),
                  "ModifyRecipients");
              c.save(message);
              IMessage stored = c.openOther(c.entryId(message), 0);
              assertNames(c, List.of("A", "C"), stored, PR_DISPLAY_TO_W);
              assertNames(c, List.of("B"), stored, PR_DISPLAY_CC_W);
              assertNames(c, List.of("D", "E"), stored, PR_DISPLAY_BCC_W);
              c.need(message.modifyRecipients(0, list("F")), "ModifyRecipients");
              assertNames(c, List.of("A", "C"), message, PR_DISPLAY_TO_W);
              c.save(message);
              assertNames(c, List.of("F"), message, PR_DISPLAY_TO_W);
              c.assertProp("", message, PR_DISPLAY_CC_W);
              c.assertProp("", message, PR_DISPLAY_BCC_W);
            });
  }

  private static void properties(Checks checks) {
    checks
        .rows("RECIP-021")
        .check(
            "PR_RECIPIENT_TYPE keeps the types and MAPI_SUBMITTED",
            c -> {
              IMessage message = c.newMessage();
              List<Object> types =
                  List.of(MAPI_TO, MAPI_CC, MAPI_BCC, MAPI_P1, MAPI_TO | MAPI_SUBMITTED);
              c.need(
                  message.modifyRecipients(
                      0,
                      new ADRLIST(
                          types.stream().map(type -> recipient((Integer) type, "A")).toList())),
                  "ModifyRecipients");
              c.save(message);
              c.assertEqual(
                  types,
                  column(recipients(c, c.openOther(c.entryId(message), 0), PR_RECIPIENT_TYPE)),
                  "types");
            });
    checks
        .rows("RECIP-027")
        .check(
            "A recipient's search key has the form TYPE:ADDRESS and a NUL",
            c -> {
              Bytes key = Bytes.copyOf("SMTP:A@EXAMPLE.ORG\0".getBytes(StandardCharsets.US_ASCII));
              IMessage message = c.newMessage();
              SPropValue type = SPropValue.of(PR_ADDRTYPE_W, "smtp");
              SPropValue address = SPropValue.of(PR_EMAIL_ADDRESS_W, "a@example.org");
              c.need(
                  message.modifyRecipients(
                      0,
                      ADRLIST.of(
                          recipient(MAPI_TO, "A", type, address, SPropValue.of(PR_SEARCH_KEY, key)),
                          recipient(MAPI_TO, "B", type, address))),
                  "ModifyRecipients");
              c.save(message);
              List<Object> keys =
                  column(recipients(c, c.openOther(c.entryId(message), 0), PR_SEARCH_KEY));
              c.assertEqual(key, keys.get(0), "the search key given");
              c.assertTrue(
                  keys.get(1) == null || keys.get(1).equals(key),
                  "no search key or " + key,
                  keys.get(1));
            });
  }

  private static void readyForSending(Checks checks) {
    checks
        .rows("RECIP-028", "TABLE-116")
        .check(
            "The properties of a recipient that is ready for sending are kept",
            c -> {
              SPropValue[] ready = {
                SPropValue.of(PR_ADDRTYPE_W, "SMTP"),
                SPropValue.of(PR_DISPLAY_TYPE, DT_MAILUSER),
                SPropValue.of(PR_ENTRYID, Bytes.of(0, 0, 0, 0, 7, 8, 9)),
                SPropValue.of(PR_OBJECT_TYPE, MAPI_MAILUSER),
                SPropValue.of(PR_EMAIL_ADDRESS_W, "a@example.org")
              };
              IMessage message = c.newMessage();
              c.need(
                  message.modifyRecipients(0, ADRLIST.of(recipient(MAPI_TO, "A", ready))),
                  "ModifyRecipients");
              c.save(message);
              SRow row =
                  recipients(
                          c,
                          c.openOther(c.entryId(message), 0),
                          PR_ADDRTYPE_W,
                          PR_DISPLAY_TYPE,
                          PR_ENTRYID,
                          PR_OBJECT_TYPE,
                          PR_EMAIL_ADDRESS_W,
                          PR_DISPLAY_NAME_W)
                      .get(0);
              c.assertEqual(List.of(ready), row.lpProps().subList(0, 5), "the properties");
              c.assertEqual(
                  SPropValue.of(PR_DISPLAY_NAME_W, "A"), row.lpProps().get(5), "the name");
            });
  }

  private static void assertNames(Context c, List<String> names, IMessage message, int tag) {
    String found = c.get(message, tag).asString();
    c.assertEqual(
        names, found.isEmpty() ? List.of() : List.of(found.split(" *; *")), PropTag.toString(tag));
  }
}
