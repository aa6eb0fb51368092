package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.OpenedEntry;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/** The special folders. */
final class StoreFolderChecks {
  /** Bits of PR_VALID_FOLDER_MASK that have an identifier property. */
  private static final Map<Integer, Integer> PROPERTY = new LinkedHashMap<>();

  static {
    PROPERTY.put(FOLDER_IPM_SUBTREE_VALID, PR_IPM_SUBTREE_ENTRYID);
    PROPERTY.put(FOLDER_IPM_OUTBOX_VALID, PR_IPM_OUTBOX_ENTRYID);
    PROPERTY.put(FOLDER_IPM_WASTEBASKET_VALID, PR_IPM_WASTEBASKET_ENTRYID);
    PROPERTY.put(FOLDER_IPM_SENTMAIL_VALID, PR_IPM_SENTMAIL_ENTRYID);
    PROPERTY.put(FOLDER_VIEWS_VALID, PR_VIEWS_ENTRYID);
    PROPERTY.put(FOLDER_COMMON_VIEWS_VALID, PR_COMMON_VIEWS_ENTRYID);
    PROPERTY.put(FOLDER_FINDER_VALID, PR_FINDER_ENTRYID);
  }

  private StoreFolderChecks() {}

  static void register(Checks checks) {
    present(checks);
    places(checks);
    contents(checks);
    gone(checks);
  }

  private static void present(Checks checks) {
    checks
        .rows("STORE-006", "STORE-025", "STORE-026", "STORE-027", "STORE-080")
        .check(
            "The identifier properties are long-term and open folders",
            c -> {
              for (int tag : PROPERTY.values()) {
                Bytes id = c.get(c.store(), tag).asBytes();
                c.assertEqual((byte) 0, id.get(0), "abFlags[0] of " + PropTag.toString(tag));
                OpenedEntry opened =
                    c.ok(c.store().openEntry(id, null, 0), "OpenEntry " + PropTag.toString(tag));
                c.own(opened.lppUnk());
                c.assertEqual(MAPI_FOLDER, opened.lpulObjType(), "object type");
                c.assertProp(id, (IMAPIFolder) opened.lppUnk(), PR_ENTRYID);
              }
            });
    checks
        .rows("STORE-023", "STORE-024", "RECV-019", "FOLDER-070")
        .check(
            "PR_VALID_FOLDER_MASK says which there are",
            c -> {
              int mask = c.get(c.store(), PR_VALID_FOLDER_MASK).asInt();
              for (Map.Entry<Integer, Integer> one : PROPERTY.entrySet()) {
                SPropValue id = c.entry(c.store(), one.getValue());
                boolean opens = !id.isError() && c.opens(c.store(), id.asBytes(), 0);
                c.assertEqual(
                    (mask & one.getKey()) != 0,
                    opens,
                    PropTag.toString(one.getValue()) + " beside its bit");
              }
              MapiResult<IMsgStore.ReceiveFolder> inbox =
                  c.store().getReceiveFolder("IPM", MAPI_UNICODE);
              c.assertEqual(
                  (mask & FOLDER_IPM_INBOX_VALID) != 0,
                  inbox.succeeded() && c.opens(c.store(), inbox.value().lppEntryID(), 0),
                  "receive folder of IPM beside FOLDER_IPM_INBOX_VALID");
              c.assertBits(0, mask & ~0xFF, "bits that no page names");
            });
    checks
        .rows("STORE-028", "STORE-029", "FOLDER-069")
        .check(
            "Every special folder is there",
            c -> {
              c.assertBits(
                  0xFF, c.get(c.store(), PR_VALID_FOLDER_MASK).asInt(), "PR_VALID_FOLDER_MASK");
              c.assertTrue(
                  c.need(c.store().getReceiveFolder(null, 0), "GetReceiveFolder")
                          .lppEntryID()
                          .size()
                      > 0,
                  "a receive folder",
                  "none");
            });
  }

  private static void places(Checks checks) {
    checks
        .rows("STORE-030", "STORE-078")
        .check(
            "Views and search root lie in the root, the mail folders in the IPM subtree",
            c -> {
              Bytes root = c.entryId(c.root());
              Bytes subtree = c.get(c.store(), PR_IPM_SUBTREE_ENTRYID).asBytes();
              for (int tag :
                  new int[] {
                    PR_FINDER_ENTRYID,
                    PR_COMMON_VIEWS_ENTRYID,
                    PR_VIEWS_ENTRYID,
                    PR_IPM_SUBTREE_ENTRYID
                  }) {
                assertParent(c, root, c.get(c.store(), tag).asBytes());
              }
              for (int tag :
                  new int[] {
                    PR_IPM_OUTBOX_ENTRYID, PR_IPM_SENTMAIL_ENTRYID, PR_IPM_WASTEBASKET_ENTRYID
                  }) {
                assertParent(c, subtree, c.get(c.store(), tag).asBytes());
              }
              assertParent(
                  c,
                  subtree,
                  c.need(c.store().getReceiveFolder("IPM", MAPI_UNICODE), "GetReceiveFolder")
                      .lppEntryID());
            });
  }

  private static void contents(Checks checks) {
    checks
        .rows("STORE-071")
        .check(
            "A default store keeps arbitrary classes, named properties and associated contents",
            c -> {
              Bytes id = c.stored(SPropValue.of(PR_MESSAGE_CLASS_W, "Anything.At.All"));
              c.assertProp("Anything.At.All", c.openOther(id, 0), PR_MESSAGE_CLASS_W);
              IMessage associated =
                  c.own(
                      c.ok(
                          c.folder().createMessage(null, MAPI_ASSOCIATED),
                          "CreateMessage(MAPI_ASSOCIATED)"));
              c.set(associated, PR_SUBJECT_W, "associated");
              c.save(associated);
              c.assertEqual(
                  List.of(c.entryId(associated)),
                  Fixtures.column(
                      c.rows(
                          c.own(
                              c.ok(
                                  c.folder().getContentsTable(MAPI_ASSOCIATED),
                                  "GetContentsTable(MAPI_ASSOCIATED)")),
                          PR_ENTRYID)),
                  "associated contents");
              c.assertEqual(
                  List.of(id),
                  Fixtures.column(Fixtures.contents(c, c.folder(), PR_ENTRYID)),
                  "contents");
              c.assertTrue(
                  c.ok(c.store().getIDsFromNames(NamedChecks.someNames(), MAPI_CREATE), "names")
                          .size()
                      > 0,
                  "named properties",
                  "none");
            });
  }

  private static void gone(Checks checks) {
    checks
        .rows("STORE-024")
        .check(
            "A receive folder that is deleted receives no longer",
            c -> {
              IMsgStore store = c.store();
              Bytes before =
                  c.need(store.getReceiveFolder("IPM", MAPI_UNICODE), "GetReceiveFolder")
                      .lppEntryID();
              IMAPIFolder parent = c.folder();
              IMAPIFolder doomed = c.subfolder(parent, "doomed");
              Bytes id = c.entryId(doomed);
              doomed.close();
              c.need(store.setReceiveFolder("IPM", MAPI_UNICODE, id), "SetReceiveFolder");
              try {
                c.need(parent.deleteFolder(id, 0, null, 0), "DeleteFolder");
                boolean bit =
                    (c.get(store, PR_VALID_FOLDER_MASK).asInt() & FOLDER_IPM_INBOX_VALID) != 0;
                MapiResult<IMsgStore.ReceiveFolder> now =
                    store.getReceiveFolder("IPM", MAPI_UNICODE);
                boolean opens = now.succeeded() && c.opens(store, now.value().lppEntryID(), 0);
                c.assertEqual(bit, opens, "the receive folder of IPM beside its bit");
              } finally {
                c.need(store.setReceiveFolder("IPM", MAPI_UNICODE, before), "SetReceiveFolder");
              }
            });
  }

  private static void assertParent(Context c, Bytes parent, Bytes folder) throws Exception {
    c.assertProp(parent, c.openFolder(c.store(), folder), PR_PARENT_ENTRYID);
  }
}
