package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** A session opened without MDB_WRITE. */
final class ReadOnlyStoreChecks {
  private ReadOnlyStoreChecks() {}

  static void register(Checks checks) {
    mask(checks);
    opening(checks);
    writing(checks);
    copying(checks);
  }

  private static void mask(Checks checks) {
    checks
        .rows("STORE-021")
        .check(
            "The mask lacks STORE_MODIFY_OK and STORE_CREATE_OK",
            c -> {
              int mask = c.get(c.session(false), PR_STORE_SUPPORT_MASK).asInt();
              c.assertBits(0, mask & (STORE_MODIFY_OK | STORE_CREATE_OK), "the two bits");
            });
    checks
        .rows("STORE-075")
        .check(
            "With STORE_READONLY there is no Outbox",
            c -> {
              IMsgStore store = c.session(false);
              needReadOnly(c, store);
              c.assertPropError(MAPI_E_NOT_FOUND, store, PR_IPM_OUTBOX_ENTRYID);
              c.assertBits(
                  0,
                  c.get(store, PR_VALID_FOLDER_MASK).asInt() & FOLDER_IPM_OUTBOX_VALID,
                  "FOLDER_IPM_OUTBOX_VALID");
            });
    checks
        .rows("STORE-068")
        .check(
            "STORE_MODIFY_OK and STORE_CREATE_OK apart",
            c -> {
              for (IMsgStore store : List.of(c.store(), c.session(false))) {
                int mask = c.get(store, PR_STORE_SUPPORT_MASK).asInt();
                boolean modify = (mask & STORE_MODIFY_OK) != 0;
                boolean create = (mask & STORE_CREATE_OK) != 0;
                IMAPIFolder folder =
                    (IMAPIFolder)
                        c.own(
                            c.need(
                                    store.openEntry(c.entryId(c.folder()), null, MAPI_BEST_ACCESS),
                                    "OpenEntry")
                                .lppUnk());
                c.assertEqual(create, c.gives(folder.createMessage(null, 0)), "CreateMessage");
                c.assertEqual(
                    modify, c.opens(store, c.stored(), MAPI_MODIFY), "OpenEntry(MAPI_MODIFY)");
                if (modify != create) {
                  return;
                }
              }
              c.notApplicable("the store sets STORE_MODIFY_OK and STORE_CREATE_OK together");
            });
  }

  private static void opening(Checks checks) {
    checks
        .rows("STORE-036", "STORE-074")
        .check(
            "MAPI_MODIFY fails, MAPI_BEST_ACCESS opens read-only",
            c -> {
              Bytes message = c.stored();
              Bytes folder = c.entryId(c.folder());
              IMsgStore store = c.session(false);
              for (Bytes id : List.of(message, folder)) {
                c.assertHr(
                    MAPI_E_NO_ACCESS,
                    store.openEntry(id, null, MAPI_MODIFY),
                    "OpenEntry(MAPI_MODIFY)");
                IMAPIProp best =
                    (IMAPIProp)
                        c.own(
                            c.ok(
                                    store.openEntry(id, null, MAPI_BEST_ACCESS),
                                    "OpenEntry(MAPI_BEST_ACCESS)")
                                .lppUnk());
                c.assertProp(0, best, PR_ACCESS_LEVEL);
              }
              IMessage plain = c.openIn(store, message, 0);
              c.assertHr(
                  MAPI_E_NO_ACCESS,
                  plain.openProperty(PR_BODY_W, MapiGuid.IID_IStream, 0, MAPI_MODIFY),
                  "OpenProperty(MAPI_MODIFY)");
              c.assertHr(
                  MAPI_E_NO_ACCESS,
                  plain.openProperty(PR_BODY_W, MapiGuid.IID_IStream, 0, MAPI_CREATE | MAPI_MODIFY),
                  "OpenProperty(MAPI_CREATE)");
              c.assertProp("body", plain, PR_BODY_W);
            });
  }

  private static void writing(Checks checks) {
    checks
        .rows("STORE-067", "STORE-069", "MSG-071")
        .check(
            "Every write is refused with MAPI_E_NO_ACCESS",
            c -> {
              IMessage given = c.newMessage();
              int number = Fixtures.attach(c, given, "a.txt");
              c.save(given);
              Bytes id = c.entryId(given);
              given.close();
              IMAPIFolder sub = c.subfolder(c.folder(), "sub");
              Bytes subId = c.entryId(sub);
              IMsgStore store = c.session(false);
              needReadOnly(c, store);
              IMAPIFolder folder = readOnly(c, store, c.entryId(c.folder()));
              IMessage message = c.openIn(store, id, 0);
              c.assertHr(MAPI_E_NO_ACCESS, folder.createMessage(null, 0), "CreateMessage");
              c.assertHr(
                  MAPI_E_NO_ACCESS,
                  folder.createFolder(FOLDER_GENERIC, "new", null, null, MAPI_UNICODE),
                  "CreateFolder");
              c.assertHr(
                  MAPI_E_NO_ACCESS,
                  folder.deleteMessages(ENTRYLIST.of(id), 0, null, 0),
                  "DeleteMessages");
              c.assertHr(
                  MAPI_E_NO_ACCESS,
                  folder.deleteFolder(subId, 0, null, DEL_FOLDERS | DEL_MESSAGES),
                  "DeleteFolder");
              c.assertHr(MAPI_E_NO_ACCESS, folder.setMessageStatus(id, 1, 1), "SetMessageStatus");
              c.assertHr(MAPI_E_NO_ACCESS, message.setReadFlag(0), "SetReadFlag");
              c.assertHr(MAPI_E_NO_ACCESS, message.createAttach(null, 0), "CreateAttach");
              c.assertHr(
                  MAPI_E_NO_ACCESS, message.deleteAttach(number, 0, null, 0), "DeleteAttach");
              IAttach attach = Fixtures.openAttach(c, message, number, 0);
              for (IMAPIProp object : List.of(store, folder, message, attach)) {
                Fixtures.assertReadOnly(c, object, SPropValue.of(PR_COMMENT_W, "written"));
                c.assertHr(
                    MAPI_E_NO_ACCESS,
                    object.deleteProps(SPropTagArray.tags(PR_SUBJECT_W)),
                    "DeleteProps");
              }
              c.assertHr(
                  MAPI_E_NO_ACCESS,
                  store.setReceiveFolder("IPM.Conformance", MAPI_UNICODE, subId),
                  "SetReceiveFolder");
              IMessage after = c.open(id, 0);
              c.assertProp("subject", after, PR_SUBJECT_W);
              c.assertPropError(MAPI_E_NOT_FOUND, after, PR_COMMENT_W);
              c.assertEqual(List.of("a.txt"), AttachChecks.names(c, after), "attachments");
              c.assertBits(0, Fixtures.flags(c, after) & MSGFLAG_READ, "MSGFLAG_READ");
              c.assertProp(subId, c.openFolder(c.store(), subId), PR_ENTRYID);
            });
  }

  private static void copying(Checks checks) {
    checks
        .rows("STORE-070")
        .check(
            "Copies into it are refused",
            c -> {
              Bytes id = c.stored();
              Bytes subId = c.entryId(c.subfolder(c.folder(), "sub"));
              Bytes targetId = c.entryId(c.subfolder(c.folder(), "target"));
              IMsgStore store = c.session(false);
              IMAPIFolder target = readOnly(c, store, targetId);
              c.assertHr(
                  MAPI_E_NO_ACCESS,
                  c.folder().copyMessages(ENTRYLIST.of(id), null, target, 0, null, 0),
                  "CopyMessages");
              c.assertHr(
                  MAPI_E_NO_ACCESS,
                  c.folder()
                      .copyFolder(
                          subId, null, target, null, 0, null, COPY_SUBFOLDERS | MAPI_UNICODE),
                  "CopyFolder");
              c.assertHr(
                  MAPI_E_NO_ACCESS,
                  c.open(id, 0)
                      .copyTo(
                          List.of(),
                          null,
                          0,
                          null,
                          MapiGuid.IID_IMessage,
                          c.openIn(store, id, 0),
                          0),
                  "CopyTo");
              c.assertProp(0, c.openFolder(c.other(), targetId), PR_CONTENT_COUNT);
              c.assertProp(false, c.openFolder(c.other(), targetId), PR_SUBFOLDERS);
            });
  }

  private static IMAPIFolder readOnly(Context c, IMsgStore store, Bytes id) {
    return (IMAPIFolder) c.own(c.need(store.openEntry(id, null, 0), "OpenEntry").lppUnk());
  }

  /** Ends a check of STORE_READONLY where the session does not set it, after a refused write. */
  private static void needReadOnly(Context c, IMsgStore store) {
    if ((c.get(store, PR_STORE_SUPPORT_MASK).asInt() & STORE_READONLY) == 0) {
      Fixtures.assertReadOnly(c, store, SPropValue.of(PR_COMMENT_W, "written"));
      c.notApplicable("the store does not set STORE_READONLY");
    }
  }
}
