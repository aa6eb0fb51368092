package org.mapi4j.conformance;

import static org.mapi4j.conformance.TableColumnChecks.required;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.List;
import java.util.Set;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.NOTIFICATION.TABLE_NOTIFICATION;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction.SExistRestriction;
import org.mapi4j.types.SRow;

/**
 * What attachment, recipient and receive folder tables have, and contents tables at their option.
 */
final class TableKindChecks {
  private static final int[] ATTACHMENTS = {
    PR_ATTACH_NUM, PR_INSTANCE_KEY, PR_RECORD_KEY, PR_RENDERING_POSITION, PR_ATTACH_METHOD
  };

  private TableKindChecks() {}

  static void register(Checks checks) {
    attachments(checks);
    attachmentEvents(checks);
    recipients(checks);
    longTerm(checks);
    checks
        .rows("TABLE-095", "TABLE-104")
        .check(
            "The required columns of the receive folder table",
            c ->
                required(
                    c,
                    c.own(
                        c.ok(
                            c.store().getReceiveFolderTable(MAPI_UNICODE),
                            "GetReceiveFolderTable")),
                    PR_ENTRYID,
                    PR_MESSAGE_CLASS_W,
                    PR_RECORD_KEY));
  }

  private static IMAPITable attachments(Context c, IMessage message) {
    return c.own(c.ok(message.getAttachmentTable(MAPI_UNICODE), "GetAttachmentTable"));
  }

  private static void attachments(Checks checks) {
    checks
        .rows("TABLE-115")
        .check("What attachments commonly have are columns of their table", c -> common(c));
    checks
        .rows("TABLE-086", "TABLE-114", "TABLE-090", "TABLE-104")
        .check("The required columns of an attachment table", c -> kept(c));
    checks
        .rows("TABLE-089")
        .check("Restrict and FindRow of an attachment table go together", c -> restricted(c));
  }

  private static void common(Context c) throws Exception {
    IMessage message = c.newMessage();
    Fixtures.attach(c, message, "a.txt");
    c.save(message);
    IMAPITable table = attachments(c, message);
    List<Integer> common =
        List.of(
            PR_ATTACH_ENCODING,
            PR_ATTACH_EXTENSION_W,
            PR_ATTACH_FILENAME_W,
            PR_ATTACH_LONG_FILENAME_W,
            PR_ATTACH_PATHNAME_W,
            PR_ATTACH_LONG_PATHNAME_W,
            PR_ATTACH_TAG,
            PR_ATTACH_TRANSPORT_NAME_W,
            PR_CREATION_TIME,
            PR_DISPLAY_NAME_W,
            PR_LAST_MODIFICATION_TIME);
    c.ok(table.setColumns(SPropTagArray.of(common), 0), "SetColumns");
    SRow row = TableFixtures.rows(c, table).aRow().get(0);
    c.assertEqual("a.txt", TableFixtures.value(row, PR_ATTACH_LONG_FILENAME_W), "the name");
    c.assertEqual(common.size(), row.lpProps().size(), "columns of the row");
  }

  private static void kept(Context c) throws Exception {
    IMessage message = c.newMessage();
    Fixtures.attach(c, message, "a.txt");
    c.save(message);
    IMAPITable table = attachments(c, message);
    required(c, table, ATTACHMENTS);
    List<Object> numbers = Fixtures.column(c.rows(table, ATTACHMENTS));
    List<Object> keys = Fixtures.column(c.rows(table, PR_RECORD_KEY));
    Fixtures.attach(c, message, "b.txt");
    c.save(message);
    c.assertEqual(
        numbers.get(0), Fixtures.column(c.rows(table, ATTACHMENTS)).get(0), "number kept");
    IMAPITable again = attachments(c, c.openOther(c.entryId(message), 0));
    c.assertTrue(
        Fixtures.column(c.rows(again, PR_RECORD_KEY)).containsAll(keys),
        "the record key kept",
        keys);
  }

  private static void restricted(Context c) throws Exception {
    IMessage message = c.newMessage();
    Fixtures.attach(c, message, "a.txt");
    IMAPITable table = attachments(c, message);
    SExistRestriction any = new SExistRestriction(PR_ATTACH_NUM);
    int hr = table.restrict(any, 0);
    c.assertHr(hr, table.findRow(any, BOOKMARK_BEGINNING, 0), "FindRow, as Restrict");
    c.assertOneOf(hr, "Restrict", S_OK, MAPI_E_NO_SUPPORT);
    c.assertEqual(1, c.ok(table.getRowCount(0), "GetRowCount"), "rows");
    if (hr == S_OK) {
      c.notApplicable("attachment tables have restrictions");
    }
  }

  private static void attachmentEvents(Checks checks) {
    checks
        .rows("ATT-041")
        .check(
            "An open attachment table tells of attachments that came and went",
            c -> {
              IMessage message = c.message();
              IMAPITable table = attachments(c, message);
              c.need(table.setColumns(tags(PR_ATTACH_NUM, PR_INSTANCE_KEY), 0), "SetColumns");
              RowsHeard view = RowsHeard.of(c, table, new Heard());
              int number = Fixtures.attach(c, message, "a.txt");
              TABLE_NOTIFICATION came = view.await(TABLE_ROW_ADDED, e -> true);
              c.assertEqual(
                  SPropValue.of(PR_ATTACH_NUM, number),
                  came.row().lpProps().get(0),
                  "PR_ATTACH_NUM");
              c.ok(message.deleteAttach(number, 0, null, 0), "DeleteAttach");
              TABLE_NOTIFICATION went = view.await(TABLE_ROW_DELETED, e -> true);
              c.assertEqual(came.propIndex(), went.propIndex(), "propIndex");
            });
  }

  private static void recipients(Checks checks) {
    checks
        .rows("TABLE-091", "TABLE-072", "TABLE-094", "TABLE-104")
        .check(
            "The required columns of a recipient table, which follows ModifyRecipients",
            c -> {
              IMessage message = c.newMessage();
              IMAPITable table =
                  c.own(c.ok(message.getRecipientTable(MAPI_UNICODE), "GetRecipientTable"));
              required(c, table, PR_DISPLAY_NAME_W, PR_RECIPIENT_TYPE, PR_ROWID);
              c.assertEqual(0, c.ok(table.getRowCount(0), "GetRowCount"), "rows at first");
              c.need(
                  message.modifyRecipients(MODRECIP_ADD, RecipientChecks.list("A", "B")),
                  "ModifyRecipients");
              c.assertEqual(
                  2,
                  Set.copyOf(Fixtures.column(c.rows(table, PR_ROWID))).size(),
                  "distinct row numbers");
            });
  }

  private static void longTerm(Checks checks) {
    checks
        .rows("TABLE-071")
        .check(
            "PR_LONGTERM_ENTRYID_FROM_TABLE is an identifier that opens the message",
            c -> {
              Bytes id = c.stored();
              IMAPITable table = TableFixtures.open(c, c.folder());
              SRow row = c.rows(table, PR_LONGTERM_ENTRYID_FROM_TABLE, PR_SUBJECT_W).get(0);
              SPropValue longTerm = row.lpProps().get(0);
              if (longTerm.isError()) {
                c.assertHr(MAPI_E_NOT_FOUND, longTerm.scode(), "PR_LONGTERM_ENTRYID_FROM_TABLE");
                c.notApplicable("the table has no such column");
              }
              Bytes found = longTerm.asBytes();
              for (int i = 0; i < 4; i++) {
                c.assertEqual((byte) 0, found.get(i), "flag octet " + i + " of a long-term one");
              }
              c.assertEqual(
                  true,
                  c.ok(c.store().compareEntryIDs(id, found, 0), "CompareEntryIDs"),
                  "the same message");
              c.assertProp("subject", c.open(found, 0), PR_SUBJECT_W);
              c.assertProp("subject", c.openOther(found, 0), PR_SUBJECT_W);
            });
  }
}
