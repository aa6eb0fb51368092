package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.SPropValue;

/** The properties of the store object and those that every object shares with it. */
final class StorePropertyChecks {
  private static final int[] REQUIRED = {
    PR_DISPLAY_NAME_W,
    PR_ENTRYID,
    PR_OBJECT_TYPE,
    PR_RECORD_KEY,
    PR_STORE_ENTRYID,
    PR_STORE_RECORD_KEY,
    PR_MDB_PROVIDER,
    PR_STORE_SUPPORT_MASK
  };

  private StorePropertyChecks() {}

  static void register(Checks checks) {
    object(checks);
    masks(checks);
    shared(checks);
    keys(checks);
  }

  private static void object(Checks checks) {
    checks
        .rows("STORE-002")
        .check(
            "QueryInterface for IUnknown, IMAPIProp and IMsgStore",
            c -> {
              for (Guid iid :
                  List.of(MapiGuid.IID_IUnknown, MapiGuid.IID_IMAPIProp, MapiGuid.IID_IMsgStore)) {
                c.assertTrue(
                    c.ok(c.store().queryInterface(iid), "QueryInterface " + iid) != null,
                    "an interface",
                    "none");
              }
              c.assertHr(
                  MAPI_E_INTERFACE_NOT_SUPPORTED,
                  c.store().queryInterface(MapiGuid.IID_IMAPITable),
                  "QueryInterface(IID_IMAPITable)");
            });
    checks
        .rows("STORE-003", "STORE-005")
        .check(
            "The store has its required properties",
            c -> {
              for (int tag : REQUIRED) {
                c.assertTrue(c.get(c.store(), tag).value() != null, "a value", "none");
              }
              c.assertProp(MAPI_STORE, c.store(), PR_OBJECT_TYPE);
            });
    checks
        .rows("STORE-004", "STORE-007")
        .check(
            "Of them only the name can be written, at once",
            c -> {
              IMsgStore store = c.store();
              SPropValue name = c.get(store, PR_DISPLAY_NAME_W);
              c.assertNoProblem(
                  store.setProps(List.of(SPropValue.of(PR_DISPLAY_NAME_W, "renamed"))), "SetProps");
              c.assertProp("renamed", c.other(), PR_DISPLAY_NAME_W);
              c.ok(store.saveChanges(0), "SaveChanges of a store");
              c.ok(store.saveChanges(FORCE_SAVE | KEEP_OPEN_READWRITE), "SaveChanges of a store");
              c.set(store, name);
              c.assertEqual(name, c.get(c.other(), PR_DISPLAY_NAME_W), "name restored");
              MessagePropertyChecks.refuses(
                  c, store, PR_OBJECT_TYPE, SPropValue.of(PR_OBJECT_TYPE, MAPI_FOLDER));
              for (int tag :
                  new int[] {
                    PR_ENTRYID,
                    PR_RECORD_KEY,
                    PR_STORE_ENTRYID,
                    PR_STORE_RECORD_KEY,
                    PR_MDB_PROVIDER
                  }) {
                MessagePropertyChecks.refuses(c, store, tag, SPropValue.of(tag, Bytes.of(1, 2, 3)));
              }
            });
  }

  private static void masks(Checks checks) {
    checks
        .rows("STORE-004", "STORE-014")
        .check(
            "PR_STORE_SUPPORT_MASK is computed on store, folder and message",
            c -> {
              int mask = c.get(c.store(), PR_STORE_SUPPORT_MASK).asInt();
              IMessage message = c.message();
              for (IMAPIProp object : List.of(c.store(), c.folder(), message)) {
                c.assertProp(mask, object, PR_STORE_SUPPORT_MASK);
                c.assertProblem(
                    0,
                    PR_STORE_SUPPORT_MASK,
                    MAPI_E_COMPUTED,
                    object.setProps(List.of(SPropValue.of(PR_STORE_SUPPORT_MASK, 0))),
                    "SetProps(PR_STORE_SUPPORT_MASK)");
                c.assertProp(mask, object, PR_STORE_SUPPORT_MASK);
              }
            });
  }

  private static void shared(Checks checks) {
    checks
        .rows("STORE-009", "STORE-010", "STORE-072", "NAMED-029")
        .check(
            "Folders and messages tell the store's identity and mapping",
            c -> {
              Bytes entryId = c.get(c.store(), PR_STORE_ENTRYID).asBytes();
              Bytes key = c.get(c.store(), PR_RECORD_KEY).asBytes();
              Bytes mapping = c.get(c.store(), PR_MAPPING_SIGNATURE).asBytes();
              c.assertProp(entryId, c.store(), PR_ENTRYID);
              IMessage message = c.message();
              for (IMAPIProp object :
                  List.of(
                      c.store(),
                      c.root(),
                      c.folder(),
                      message,
                      c.openOther(c.entryId(message), 0))) {
                c.assertProp(entryId, object, PR_STORE_ENTRYID);
                c.assertProp(key, object, PR_STORE_RECORD_KEY);
                c.assertProp(mapping, object, PR_MAPPING_SIGNATURE);
              }
            });
    checks
        .rows("STORE-066")
        .check(
            "PR_PARENT_ENTRYID of folders and messages, the root its own parent",
            c -> {
              IMAPIFolder root = c.root();
              c.assertProp(c.entryId(root), root, PR_PARENT_ENTRYID);
              IMAPIFolder sub = c.subfolder(c.folder(), "sub");
              c.assertProp(c.entryId(c.folder()), sub, PR_PARENT_ENTRYID);
              c.assertProp(c.entryId(c.folder()), c.message(), PR_PARENT_ENTRYID);
            });
  }

  private static void keys(Checks checks) {
    checks
        .rows("STORE-011", "STORE-013")
        .check(
            "PR_MDB_PROVIDER is a MAPIUID of the provider; record keys are each store's own",
            c -> {
              Bytes provider = c.get(c.store(), PR_MDB_PROVIDER).asBytes();
              Bytes key = c.get(c.store(), PR_RECORD_KEY).asBytes();
              c.assertEqual(16, provider.size(), "bytes of PR_MDB_PROVIDER");
              c.assertTrue(key.size() >= 16, "a record key of 16 bytes or more", key);
              c.assertProp(key, c.other(), PR_RECORD_KEY);
              IMsgStore second = c.second();
              c.assertProp(provider, second, PR_MDB_PROVIDER);
              c.assertDiffer(key, c.get(second, PR_RECORD_KEY).asBytes(), "the second record key");
            });
    checks
        .rows("STORE-012")
        .check(
            "A copy has a record key of its own",
            c -> {
              IMessage message = c.message();
              IMessage copy = c.newMessage();
              c.need(
                  message.copyTo(List.of(), null, 0, null, MapiGuid.IID_IMessage, copy, 0),
                  "CopyTo");
              c.save(copy);
              c.assertDiffer(
                  c.get(message, PR_RECORD_KEY), c.get(copy, PR_RECORD_KEY), "the copy's key");
              IMAPIFolder target = c.subfolder(c.folder(), "target");
              Bytes id = c.entryId(message);
              c.need(
                  c.folder().copyMessages(ENTRYLIST.of(id), null, target, 0, null, 0),
                  "CopyMessages");
              Object copied = Fixtures.column(Fixtures.contents(c, target, PR_RECORD_KEY)).get(0);
              c.assertDiffer(
                  c.get(message, PR_RECORD_KEY).asBytes(), copied, "the copied message's key");
              c.assertEqual(
                  c.get(message, PR_RECORD_KEY),
                  c.get(c.openOther(id, 0), PR_RECORD_KEY),
                  "the same message's key in another session");
            });
  }
}
