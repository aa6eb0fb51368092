package org.mapi4j.conformance;

import static org.mapi4j.conformance.Fixtures.column;
import static org.mapi4j.conformance.Fixtures.contents;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.Stg.STGC_DEFAULT;
import static org.mapi4j.types.Stg.STG_E_REVERTED;

import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IStream;
import org.mapi4j.api.OpenedEntry;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** Opening by entry identifier, comparing identifiers, their life, and the store's Release. */
final class StoreEntryChecks {
  private StoreEntryChecks() {}

  static void register(Checks checks) {
    opening(checks);
    openFlags(checks);
    comparing(checks);
    lives(checks);
    movesAndCopies(checks);
    release(checks);
  }

  private static void opening(Checks checks) {
    checks
        .rows("STORE-033")
        .check(
            "OpenEntry(NULL) is the root folder",
            c -> {
              OpenedEntry opened =
                  c.ok(c.store().openEntry(IMsgStore.ROOT_FOLDER, null, 0), "OpenEntry(NULL)");
              c.own(opened.lppUnk());
              c.assertEqual(MAPI_FOLDER, opened.lpulObjType(), "object type");
              c.assertProp(FOLDER_ROOT, (IMAPIFolder) opened.lppUnk(), PR_FOLDER_TYPE);
              Bytes id = c.entryId((IMAPIFolder) opened.lppUnk());
              c.assertProp(id, c.openFolder(c.other(), id), PR_ENTRYID);
            });
    checks
        .rows("STORE-034", "STORE-035")
        .check(
            "OpenEntry opens folders and messages, read-only by default",
            c -> {
              Bytes message = c.stored();
              Bytes folder = c.entryId(c.folder());
              for (Bytes id : List.of(message, folder)) {
                for (int flags : new int[] {0, MAPI_MODIFY, MAPI_BEST_ACCESS}) {
                  OpenedEntry opened = c.ok(c.other().openEntry(id, null, flags), "OpenEntry");
                  IMAPIProp object = (IMAPIProp) c.own(opened.lppUnk());
                  c.assertEqual(
                      id.equals(folder) ? MAPI_FOLDER : MAPI_MESSAGE,
                      opened.lpulObjType(),
                      "object type");
                  c.assertTrue(
                      id.equals(folder)
                          ? object instanceof IMAPIFolder
                          : object instanceof IMessage,
                      "the standard interface",
                      object.getClass().getSimpleName());
                  c.assertProp(id, object, PR_ENTRYID);
                  int level = c.get(object, PR_ACCESS_LEVEL).asInt();
                  c.assertEqual(flags == 0 ? 0 : MAPI_MODIFY, level, "PR_ACCESS_LEVEL");
                }
                c.own(
                    c.ok(c.store().openEntry(id, MapiGuid.IID_IMAPIProp, 0), "IID_IMAPIProp")
                        .lppUnk());
              }
              c.assertHr(
                  MAPI_E_INTERFACE_NOT_SUPPORTED,
                  c.store().openEntry(message, MapiGuid.IID_IMAPIFolder, 0),
                  "OpenEntry(message, IID_IMAPIFolder)");
            });
  }

  private static void openFlags(Checks checks) {
    checks
        .rows("STORE-039", "STORE-081")
        .check(
            "MAPI_NO_CACHE and MAPI_DEFERRED_ERRORS are accepted",
            c -> {
              Bytes id = c.stored();
              for (int flags :
                  new int[] {
                    MAPI_NO_CACHE, MAPI_DEFERRED_ERRORS, MAPI_DEFERRED_ERRORS | MAPI_MODIFY
                  }) {
                OpenedEntry opened =
                    c.ok(c.store().openEntry(id, null, flags), "OpenEntry(0x%X)".formatted(flags));
                c.assertProp("subject", (IMessage) c.own(opened.lppUnk()), PR_SUBJECT_W);
                opened.lppUnk().close();
              }
            });
  }

  private static void comparing(Checks checks) {
    checks
        .rows("STORE-040", "STORE-041")
        .check(
            "CompareEntryIDs: TRUE, FALSE, and what it refuses",
            c -> {
              Bytes one = c.stored();
              Bytes two = c.stored();
              IMsgStore store = c.store();
              c.assertEqual(true, c.ok(store.compareEntryIDs(one, one, 0), "same"), "same");
              c.assertEqual(false, c.ok(store.compareEntryIDs(one, two, 0), "other"), "other");
              Bytes folder = c.entryId(c.folder());
              c.assertEqual(
                  false,
                  c.ok(store.compareEntryIDs(one, folder, 0), "folder"),
                  "message and folder");
              c.assertHr(
                  MAPI_E_UNKNOWN_FLAGS,
                  store.compareEntryIDs(one, two, 0x4000_0000),
                  "CompareEntryIDs(flags)");
              c.assertHr(
                  MAPI_E_UNKNOWN_ENTRYID,
                  store.compareEntryIDs(one, foreign(one), 0),
                  "CompareEntryIDs(foreign)");
              c.assertHr(
                  MAPI_E_UNKNOWN_ENTRYID,
                  store.compareEntryIDs(Bytes.of(0, 0, 0, 0, 1), one, 0),
                  "CompareEntryIDs(malformed)");
            });
  }

  private static void lives(Checks checks) {
    checks
        .rows("STORE-060", "STORE-061")
        .check(
            "Identifiers are long-term: four zero bytes, the provider's UID, its data",
            c -> {
              IMessage message = c.message();
              Bytes folder = c.entryId(c.folder());
              for (IMAPIProp object : List.of(c.root(), c.folder(), message)) {
                Bytes id = c.entryId(object);
                c.assertTrue(id.size() > 20, "more than 20 bytes", id.size());
                c.assertEqual(Bytes.of(0, 0, 0, 0), id.slice(0, 4), "abFlags");
                c.assertEqual(folder.slice(4, 20), id.slice(4, 20), "MAPIUID");
              }
            });
    checks
        .rows("STORE-062", "STORE-063")
        .check(
            "A row's identifier opens through its container and compares equal",
            c -> {
              Bytes id = c.stored();
              Bytes row = (Bytes) column(contents(c, c.folder(), PR_ENTRYID)).get(0);
              c.assertEqual(true, c.ok(c.store().compareEntryIDs(row, id, 0), "compare"), "result");
              IMessage opened =
                  (IMessage) c.own(c.ok(c.folder().openEntry(row, null, 0), "OpenEntry").lppUnk());
              c.assertProp(id, opened, PR_ENTRYID);
              c.assertTrue(
                  row.get(0) == 0 || row.get(0) == (byte) 0xFF, "abFlags[0] 0 or 0xFF", row);
            });
  }

  private static void movesAndCopies(Checks checks) {
    checks
        .rows("STORE-064", "STORE-065")
        .check(
            "An identifier survives a move; a copy gets a new one",
            c -> {
              Bytes id = c.stored();
              IMAPIFolder target = c.subfolder(c.folder(), "target");
              c.ok(
                  c.folder().copyMessages(ENTRYLIST.of(id), null, target, 0, null, 0),
                  "CopyMessages");
              Bytes copy = (Bytes) column(contents(c, target, PR_ENTRYID)).get(0);
              c.assertDiffer(id, copy, "the copy's identifier");
              c.ok(
                  c.folder().copyMessages(ENTRYLIST.of(id), null, target, 0, null, MESSAGE_MOVE),
                  "CopyMessages(MESSAGE_MOVE)");
              IMessage moved = c.openOther(id, 0);
              c.assertProp(id, moved, PR_ENTRYID);
              c.assertProp(c.entryId(target), moved, PR_PARENT_ENTRYID);
              c.assertEqual(
                  List.of(), column(contents(c, c.folder(), PR_ENTRYID)), "rows left behind");
            });
    checks
        .rows("STORE-065")
        .check(
            "A copy in another store gets a new identifier there",
            c -> {
              IMsgStore second = c.second();
              Bytes id = c.stored();
              IMAPIFolder target = c.freshFolder(second);
              c.ok(
                  c.folder().copyMessages(ENTRYLIST.of(id), null, target, 0, null, 0),
                  "CopyMessages to another store");
              Bytes copy = (Bytes) column(contents(c, target, PR_ENTRYID)).get(0);
              c.assertDiffer(id, copy, "the copy's identifier");
              c.assertProp("subject", c.openIn(second, copy, 0), PR_SUBJECT_W);
              c.assertHr(
                  MAPI_E_UNKNOWN_ENTRYID, c.store().openEntry(copy, null, 0), "OpenEntry(copy)");
            });
  }

  private static void release(Checks checks) {
    checks
        .rows("STORE-059")
        .check(
            "After the store's Release its objects are invalid",
            c -> {
              Bytes id = c.stored();
              IMsgStore store = c.session(true);
              IMessage message = c.openIn(store, id, MAPI_MODIFY);
              IMAPIFolder folder = c.openFolder(store, c.entryId(c.folder()));
              IMAPITable table = c.own(c.need(folder.getContentsTable(0), "GetContentsTable"));
              IStream stream = c.stream(message, PR_SUBJECT_W, MAPI_MODIFY);
              store.close();
              c.assertHr(
                  MAPI_E_INVALID_OBJECT,
                  message.getProps(SPropTagArray.tags(PR_SUBJECT_W), 0),
                  "GetProps of a message");
              c.assertHr(
                  MAPI_E_INVALID_OBJECT,
                  message.setProps(List.of(SPropValue.of(PR_SUBJECT_W, "x"))),
                  "SetProps of a message");
              c.assertHr(MAPI_E_INVALID_OBJECT, message.saveChanges(0), "SaveChanges");
              c.assertHr(MAPI_E_INVALID_OBJECT, folder.createMessage(null, 0), "CreateMessage");
              c.assertHr(MAPI_E_INVALID_OBJECT, table.getRowCount(0), "GetRowCount");
              c.assertHr(STG_E_REVERTED, stream.read(new byte[1], 0, 1).hr(), "IStream::Read");
              c.assertHr(STG_E_REVERTED, stream.commit(STGC_DEFAULT), "IStream::Commit");
              message.close();
              folder.close();
              c.assertProp("subject", c.open(id, 0), PR_SUBJECT_W);
            });
  }

  /** An identifier of the same form under another provider UID. */
  static Bytes foreign(Bytes id) {
    byte[] other = id.toArray();
    for (int i = 4; i < 20; i++) {
      other[i] ^= 0x5A;
    }
    return Bytes.copyOf(other);
  }
}
