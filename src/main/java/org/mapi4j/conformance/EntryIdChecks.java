package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;
import org.mapi4j.util.MapiUtil;

/** Entry identifiers. */
final class EntryIdChecks {
  private static final int FLAG_BYTES = 4;
  private static final int UID_END = 20;
  private static final Bytes STORE_WRAP_UID = Bytes.fromHex("38A1BB1005E5101AA1BB08002B2A56C2");

  private EntryIdChecks() {}

  static void register(Checks checks) {
    layout(checks);
    tables(checks);
    comparison(checks);
    lifetime(checks);
    stores(checks);
    texts(checks);
  }

  private static void layout(Checks checks) {
    checks
        .rows("EID-001", "EID-002")
        .check(
            "4 flag bytes of which providers set the first alone, 0 for long-term; then one"
                + " MAPIUID",
            c -> {
              Bytes uid = null;
              for (IMAPIProp object : List.of(c.root(), c.folder(), c.message())) {
                Bytes id = c.entryId(object);
                c.assertTrue(id.size() > UID_END, "flags, a MAPIUID and more", id);
                c.assertEqual(Bytes.of(0, 0, 0, 0), id.slice(0, FLAG_BYTES), "abFlags");
                Bytes found = id.slice(FLAG_BYTES, UID_END);
                c.assertEqual(uid == null ? found : uid, found, "the provider's MAPIUID");
                uid = found;
              }
            });
    checks
        .rows("EID-007", "UTIL-035")
        .check(
            "clients see the wrapped identifier of the store: flags 0, then the UID of wrapping",
            c -> {
              Bytes id = c.entryId(c.store());
              c.assertTrue(id.size() > UID_END, "flags, a MAPIUID and more", id);
              c.assertEqual(STORE_WRAP_UID, id.slice(FLAG_BYTES, UID_END), "MAPIUID");
              c.assertProp(id, c.message(), PR_STORE_ENTRYID);
            });
  }

  private static void tables(Checks checks) {
    checks
        .rows("EID-003")
        .check(
            "identifiers of table rows open their objects through the container",
            c -> {
              IMessage m = c.message();
              IMAPIFolder child = c.subfolder(c.folder(), "child");
              assertOpens(c, c.need(c.folder().getContentsTable(0), "GetContentsTable"), m);
              assertOpens(c, c.need(c.folder().getHierarchyTable(0), "GetHierarchyTable"), child);
            });
    checks
        .rows("EID-013")
        .check(
            "Java form: an ENTRYLIST holds identifiers of any size in order, as SBinaryArray does",
            c -> {
              Bytes one = c.stored();
              Bytes two = c.stored();
              ENTRYLIST list = new ENTRYLIST(List.of(one, two));
              c.assertEqual(List.of(one, two), list.lpbin(), "lpbin");
              c.assertEqual(2, list.size(), "cValues");
              c.ok(c.folder().deleteMessages(list, 0, null, 0), "DeleteMessages");
              c.assertProp(0, c.folder(), PR_CONTENT_COUNT);
            });
  }

  private static void assertOpens(Context c, IMAPITable table, IMAPIProp object) throws Exception {
    SRow row = c.rows(c.own(table), PR_ENTRYID).get(0);
    Bytes id = row.lpProps().get(0).asBytes();
    IMAPIProp opened =
        (IMAPIProp)
            c.own(c.ok(c.folder().openEntry(id, null, 0), "IMAPIFolder::OpenEntry").lppUnk());
    c.assertEqual(c.entryId(object), c.entryId(opened), "PR_ENTRYID of what was opened");
    c.assertEqual(
        true,
        c.ok(c.store().compareEntryIDs(id, c.entryId(object), 0), "CompareEntryIDs"),
        "CompareEntryIDs of the row's and the long-term identifier");
  }

  private static void comparison(Checks checks) {
    checks
        .rows("EID-008")
        .check(
            "CompareEntryIDs tells one object from two",
            c -> {
              Bytes one = c.stored();
              Bytes two = c.stored();
              c.assertEqual(
                  true, c.ok(c.store().compareEntryIDs(one, one, 0), "Compare"), "one object");
              c.assertEqual(
                  false, c.ok(c.store().compareEntryIDs(one, two, 0), "Compare"), "two objects");
              c.assertEqual(
                  false,
                  c.ok(c.store().compareEntryIDs(one, c.entryId(c.folder()), 0), "Compare"),
                  "a message and a folder");
            });
    checks
        .rows("EID-009")
        .check(
            "CompareEntryIDs of an identifier that is none of this store",
            c -> {
              Bytes mine = c.stored();
              Bytes junk = mine.slice(0, FLAG_BYTES).concat(Bytes.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
              c.assertHr(
                  MAPI_E_UNKNOWN_ENTRYID,
                  c.store().compareEntryIDs(mine, junk, 0),
                  "CompareEntryIDs(own, junk)");
              byte[] foreign = mine.toArray();
              foreign[FLAG_BYTES] ^= 0x55;
              c.assertHr(
                  MAPI_E_UNKNOWN_ENTRYID,
                  c.store().compareEntryIDs(Bytes.copyOf(foreign), mine, 0),
                  "CompareEntryIDs(another provider's, own)");
            });
  }

  private static void lifetime(Checks checks) {
    checks
        .rows("EID-010")
        .check(
            "an identifier of a deleted message is not given again",
            c -> {
              Bytes gone = c.stored();
              c.need(c.folder().deleteMessages(ENTRYLIST.of(gone), 0, null, 0), "DeleteMessages");
              c.assertHr(MAPI_E_NOT_FOUND, c.store().openEntry(gone, null, 0), "OpenEntry");
              for (int i = 0; i < 20; i++) {
                c.assertDiffer(gone, c.stored(), "PR_ENTRYID of a new message");
              }
              c.assertEqual(true, c.supports(STORE_ENTRYID_UNIQUE), "STORE_ENTRYID_UNIQUE");
            });
    checks
        .rows("EID-011")
        .check(
            "moving within the store and renaming keep the identifier",
            c -> {
              Bytes id = c.stored(SPropValue.of(PR_IMPORTANCE, 2));
              IMAPIFolder to = c.subfolder(c.folder(), "to");
              c.ok(
                  c.folder().copyMessages(ENTRYLIST.of(id), null, to, 0, null, MESSAGE_MOVE),
                  "CopyMessages(MESSAGE_MOVE)");
              IMessage moved = c.open(id, 0);
              c.assertProp(2, moved, PR_IMPORTANCE);
              c.assertProp(c.entryId(to), moved, PR_PARENT_ENTRYID);
              Bytes folder = c.entryId(to);
              c.set(to, PR_DISPLAY_NAME_W, "renamed");
              c.assertProp(folder, c.openFolder(c.other(), folder), PR_ENTRYID);
              c.assertProp("renamed", c.openFolder(c.other(), folder), PR_DISPLAY_NAME_W);
            });
  }

  private static void stores(Checks checks) {
    checks
        .rows("EID-012")
        .check(
            "a copy in another store has an identifier that the first store does not know",
            c -> {
              Bytes id = c.stored();
              IMAPIFolder to = c.freshFolder(c.second());
              c.ok(c.folder().copyMessages(ENTRYLIST.of(id), null, to, 0, null, 0), "CopyMessages");
              Bytes copy =
                  c.rows(c.own(c.need(to.getContentsTable(0), "GetContentsTable")), PR_ENTRYID)
                      .get(0)
                      .lpProps()
                      .get(0)
                      .asBytes();
              c.assertDiffer(id, copy, "PR_ENTRYID of the copy");
              c.assertHr(
                  MAPI_E_UNKNOWN_ENTRYID,
                  c.store().openEntry(copy, null, 0),
                  "OpenEntry in the first store");
              c.assertProp("subject", c.openIn(c.second(), copy, 0), PR_SUBJECT_W);
            });
  }

  private static void texts(Checks checks) {
    checks
        .rows("EID-014")
        .check(
            "HrEntryIDFromSz restores what HrSzFromEntryID wrote and refuses other text",
            c -> {
              for (Bytes id : List.of(c.entryId(c.folder()), Bytes.of(0, 255, 128, 7))) {
                String text = c.ok(MapiUtil.hrSzFromEntryID(id), "HrSzFromEntryID");
                c.assertEqual(id, c.ok(MapiUtil.hrEntryIDFromSz(text), "HrEntryIDFromSz"), "id");
              }
              for (String bad : List.of("no identifier", "0", "0G")) {
                c.assertHr(
                    MAPI_E_INVALID_ENTRYID,
                    MapiUtil.hrEntryIDFromSz(bad),
                    "HrEntryIDFromSz(" + bad + ")");
              }
            });
  }
}
