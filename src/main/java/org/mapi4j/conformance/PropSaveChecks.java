package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.List;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** SaveChanges: transactions, its flags, and the codes of conflicts. */
final class PropSaveChecks {
  private PropSaveChecks() {}

  static void register(Checks checks) {
    transactions(checks);
    fromOpenToSave(checks);
    force(checks);
    keepOpen(checks);
    noFlag(checks);
    deleted(checks);
    failing(checks);
    deferred(checks);
    deferredEverywhere(checks);
  }

  private static void transactions(Checks checks) {
    checks
        .rows("PROP-010")
        .check(
            "what is set on or deleted from a message shows to others after its SaveChanges only",
            c -> {
              IMessage m = c.message();
              Bytes id = c.entryId(m);
              c.set(m, PR_SUBJECT_W, "changed");
              c.need(m.deleteProps(tags(PR_BODY_W)), "DeleteProps");
              IMessage before = c.openOther(id, 0);
              c.assertProp("subject", before, PR_SUBJECT_W);
              c.assertProp("body", before, PR_BODY_W);
              c.ok(m.saveChanges(KEEP_OPEN_READWRITE), "SaveChanges");
              IMessage after = c.openOther(id, 0);
              c.assertProp("changed", after, PR_SUBJECT_W);
              c.assertPropError(MAPI_E_NOT_FOUND, after, PR_BODY_W);
            });
    checks
        .rows("PROP-011")
        .check(
            "what is set on or deleted from a folder or store counts at once; SaveChanges is S_OK",
            c -> {
              IMAPIFolder mine = c.folder();
              IMAPIFolder theirs = c.openFolder(c.other(), c.entryId(mine));
              c.set(mine, PR_COMMENT_W, "set");
              c.assertProp("set", theirs, PR_COMMENT_W);
              c.ok(mine.saveChanges(0), "IMAPIFolder::SaveChanges");
              c.need(mine.deleteProps(tags(PR_COMMENT_W)), "DeleteProps");
              IMAPIProp again = c.openFolder(c.other(), c.entryId(mine));
              c.assertPropError(MAPI_E_NOT_FOUND, again, PR_COMMENT_W);
              c.set(c.store(), PR_COMMENT_W, "store");
              c.assertProp("store", c.session(false), PR_COMMENT_W);
              c.ok(c.store().saveChanges(KEEP_OPEN_READWRITE), "IMsgStore::SaveChanges");
            });
  }

  private static void fromOpenToSave(Checks checks) {
    checks
        .rows("PROP-022", "EID-004")
        .check(
            "PR_ENTRYID and PR_RECORD_KEY are there after the first save, whatever its flag",
            c -> {
              for (int flags : new int[] {0, KEEP_OPEN_READONLY, KEEP_OPEN_READWRITE}) {
                IMessage m = c.newMessage();
                c.ok(m.saveChanges(flags), "SaveChanges");
                List<SPropValue> keys =
                    c.ok(m.getProps(tags(PR_ENTRYID, PR_RECORD_KEY), 0), "GetProps");
                c.assertTrue(!keys.get(1).asBytes().isEmpty(), "a record key", keys);
                c.assertProp("subject", c.openOther(keys.get(0).asBytes(), 0), PR_SUBJECT_W);
              }
            });
    checks
        .rows("PROP-023")
        .check(
            "a message opened with MAPI_MODIFY stays as it was when another saves",
            c -> {
              Bytes id = c.stored();
              IMessage mine = c.open(id, MAPI_MODIFY);
              IMessage theirs = c.openOther(id, MAPI_MODIFY);
              c.set(theirs, PR_SUBJECT_W, "theirs");
              c.set(theirs, PR_COMMENT_W, "new");
              c.save(theirs);
              c.assertProp("subject", mine, PR_SUBJECT_W);
              c.assertPropError(MAPI_E_NOT_FOUND, mine, PR_COMMENT_W);
            });
  }

  /** A message opened read/write twice, both edited, the other saved. */
  private static IMessage stale(Context c, Bytes id) throws Exception {
    IMessage mine = c.open(id, MAPI_MODIFY);
    IMessage theirs = c.openOther(id, MAPI_MODIFY);
    c.set(theirs, PR_SUBJECT_W, "theirs");
    c.save(theirs);
    c.set(mine, PR_SUBJECT_W, "mine");
    return mine;
  }

  private static void force(Checks checks) {
    checks
        .rows("PROP-012")
        .check(
            "FORCE_SAVE writes over the save of another",
            c -> {
              Bytes id = c.stored();
              IMessage mine = stale(c, id);
              c.assertHr(MAPI_E_OBJECT_CHANGED, mine.saveChanges(0), "SaveChanges(0)");
              c.ok(mine.saveChanges(FORCE_SAVE), "SaveChanges(FORCE_SAVE)");
              c.assertProp("mine", c.openOther(id, 0), PR_SUBJECT_W);
            });
    checks
        .rows("PROP-013")
        .check(
            "FORCE_SAVE on a message opened read-only",
            c -> {
              Bytes id = c.stored();
              IMessage m = c.open(id, 0);
              MapiResult<?> set = m.setProps(List.of(SPropValue.of(PR_SUBJECT_W, "mine")));
              c.assertTrue(set.succeeded() || set.hr() == MAPI_E_NO_ACCESS, "a refusal", set);
              c.assertHr(MAPI_E_NO_ACCESS, m.saveChanges(FORCE_SAVE), "SaveChanges(FORCE_SAVE)");
              c.assertProp("subject", c.openOther(id, 0), PR_SUBJECT_W);
            });
    checks
        .rows("PROP-014", "PROP-019")
        .check(
            "FORCE_SAVE, or no flag, after DeleteFolder took the message",
            c -> {
              IMAPIFolder doomed = c.subfolder(c.folder(), "doomed");
              IMessage m = c.message(doomed);
              Bytes id = c.entryId(m);
              c.set(m, PR_SUBJECT_W, "mine");
              IMAPIFolder parent = c.openFolder(c.other(), c.entryId(c.folder()));
              c.need(parent.deleteFolder(c.entryId(doomed), 0, null, DEL_MESSAGES), "DeleteFolder");
              c.assertHr(MAPI_E_OBJECT_DELETED, m.saveChanges(0), "SaveChanges(0)");
              c.assertHr(
                  MAPI_E_OBJECT_DELETED, m.saveChanges(FORCE_SAVE), "SaveChanges(FORCE_SAVE)");
              c.assertHr(
                  MAPI_E_NOT_FOUND, c.other().openEntry(id, null, 0), "OpenEntry afterwards");
            });
    checks
        .rows("PROP-149")
        .check(
            "FORCE_SAVE alone closes for writing; with KEEP_OPEN_READWRITE the object stays open",
            c -> {
              Bytes id = c.stored();
              IMessage m = stale(c, id);
              c.ok(m.saveChanges(FORCE_SAVE | KEEP_OPEN_READWRITE), "SaveChanges(FORCE|READWRITE)");
              c.set(m, PR_SUBJECT_W, "again");
              c.ok(m.saveChanges(FORCE_SAVE), "SaveChanges(FORCE_SAVE)");
              c.assertProp("again", c.openOther(id, 0), PR_SUBJECT_W);
              m.close();
              c.assertProp("again", c.openOther(id, 0), PR_SUBJECT_W);
            });
  }

  private static void keepOpen(Checks checks) {
    checks
        .rows("PROP-015", "PROP-152")
        .check(
            "KEEP_OPEN_READONLY commits and keeps the object readable; a further save works or is"
                + " refused whole",
            c -> {
              IMessage m = c.message();
              c.set(m, PR_SUBJECT_W, "first");
              c.ok(m.saveChanges(KEEP_OPEN_READONLY), "SaveChanges(KEEP_OPEN_READONLY)");
              c.assertProp("first", m, PR_SUBJECT_W);
              Bytes id = c.entryId(m);
              c.assertProp("first", c.openOther(id, 0), PR_SUBJECT_W);
              boolean taken =
                  m.setProps(List.of(SPropValue.of(PR_SUBJECT_W, "second")))
                      .equals(MapiResult.ok(List.of()));
              int hr = m.saveChanges(0);
              c.assertOneOf(hr, "a further SaveChanges", S_OK, MAPI_E_NO_ACCESS);
              c.assertProp(
                  taken && hr == S_OK ? "second" : "first", c.openOther(id, 0), PR_SUBJECT_W);
            });
    checks
        .rows("PROP-016", "PROP-150")
        .check(
            "KEEP_OPEN_READWRITE commits and the object takes further changes",
            c -> {
              IMessage m = c.message();
              Bytes id = c.entryId(m);
              for (String text : List.of("one", "two", "three")) {
                c.set(m, PR_SUBJECT_W, text);
                int hr = m.saveChanges(KEEP_OPEN_READWRITE);
                if (hr == MAPI_E_NO_ACCESS) {
                  c.assertDiffer(
                      text, c.get(c.openOther(id, 0), PR_SUBJECT_W).value(), "stored subject");
                  hr = m.saveChanges(0);
                }
                c.ok(hr, "SaveChanges");
                c.assertProp(text, c.openOther(id, 0), PR_SUBJECT_W);
              }
              c.assertProp(1, m, PR_ACCESS_LEVEL);
            });
    checks
        .rows("PROP-017")
        .check(
            "KEEP_OPEN_READWRITE on a read-only object is MAPI_E_NO_ACCESS and writes nothing",
            c -> {
              Bytes id = c.stored();
              IMessage m = c.open(id, 0);
              c.assertHr(
                  MAPI_E_NO_ACCESS,
                  m.saveChanges(KEEP_OPEN_READWRITE),
                  "SaveChanges(KEEP_OPEN_READWRITE)");
              c.assertProp(0, m, PR_ACCESS_LEVEL);
              c.assertProp("subject", c.openOther(id, 0), PR_SUBJECT_W);
            });
  }

  private static void noFlag(Checks checks) {
    checks
        .rows("PROP-018")
        .check(
            "SaveChanges(0) commits; Release works afterwards",
            c -> {
              IMessage m = c.message();
              Bytes id = c.entryId(m);
              c.set(m, PR_SUBJECT_W, "last");
              c.ok(m.saveChanges(0), "SaveChanges(0)");
              m.close();
              c.assertProp("last", c.openOther(id, 0), PR_SUBJECT_W);
            });
    checks
        .rows("PROP-021")
        .check(
            "SPAMFILTER_ONSAVE and NON_EMS_XP_SAVE do not fail a save",
            c -> {
              IMessage m = c.newMessage();
              c.ok(
                  m.saveChanges(KEEP_OPEN_READWRITE | SPAMFILTER_ONSAVE | NON_EMS_XP_SAVE),
                  "SaveChanges(SPAMFILTER_ONSAVE | NON_EMS_XP_SAVE)");
              c.assertProp("subject", c.openOther(c.entryId(m), 0), PR_SUBJECT_W);
            });
  }

  private static void deleted(Checks checks) {
    checks
        .rows("PROP-019")
        .check(
            "SaveChanges of an attachment that DeleteAttach took",
            c -> {
              IMessage m = c.newMessage();
              IMessage.CreatedAttach created = c.need(m.createAttach(null, 0), "CreateAttach");
              c.save(c.own(created.lppAttach()));
              IAttach open =
                  c.own(
                      c.need(
                          m.openAttach(created.lpulAttachmentNum(), null, MAPI_MODIFY),
                          "OpenAttach"));
              c.set(open, PR_DISPLAY_NAME_W, "changed");
              c.need(m.deleteAttach(created.lpulAttachmentNum(), 0, null, 0), "DeleteAttach");
              c.assertHr(
                  MAPI_E_OBJECT_DELETED, open.saveChanges(0), "IAttach::SaveChanges after delete");
            });
  }

  private static void failing(Checks checks) {
    checks
        .rows("PROP-020")
        .check(
            "a failing SaveChanges leaves the object open with its edits, whatever the flags",
            c -> {
              Bytes id = c.stored();
              IMessage m = stale(c, id);
              for (int flags : new int[] {0, KEEP_OPEN_READONLY, KEEP_OPEN_READWRITE, 0}) {
                c.assertHr(MAPI_E_OBJECT_CHANGED, m.saveChanges(flags), "SaveChanges");
                c.assertProp("mine", m, PR_SUBJECT_W);
              }
              c.assertProp("theirs", c.openOther(id, 0), PR_SUBJECT_W);
              c.ok(
                  m.saveChanges(FORCE_SAVE | KEEP_OPEN_READWRITE),
                  "SaveChanges(FORCE_SAVE | KEEP_OPEN_READWRITE)");
              c.assertProp("mine", c.openOther(id, 0), PR_SUBJECT_W);
            });
  }

  private static void deferred(Checks checks) {
    checks
        .rows("PROP-151")
        .check(
            "MAPI_DEFERRED_ERRORS is accepted, alone and with KEEP_OPEN flags",
            c -> {
              IMessage m = c.newMessage();
              c.ok(
                  m.saveChanges(MAPI_DEFERRED_ERRORS | KEEP_OPEN_READWRITE),
                  "SaveChanges(MAPI_DEFERRED_ERRORS | KEEP_OPEN_READWRITE)");
              c.set(m, PR_SUBJECT_W, "deferred");
              c.ok(m.saveChanges(MAPI_DEFERRED_ERRORS), "SaveChanges(MAPI_DEFERRED_ERRORS)");
              Bytes id = c.entryId(m);
              m.close();
              c.assertProp("deferred", c.openOther(id, 0), PR_SUBJECT_W);
            });
    checks
        .rows("PROP-153")
        .notApplicable(
            "the page leaves MAPI_E_CORRUPT_DATA to a store whose storage became unreachable, which"
                + " this interface cannot bring about",
            c -> {
              IMessage m = c.newMessage();
              c.ok(m.saveChanges(KEEP_OPEN_READWRITE), "SaveChanges");
              c.assertProp("subject", c.openOther(c.entryId(m), 0), PR_SUBJECT_W);
            });
    checks
        .rows("PROP-154")
        .notApplicable(
            "no operation of this store can only be done deferred",
            c -> {
              Bytes id = c.stored();
              for (int flags : new int[] {0, MAPI_DEFERRED_ERRORS}) {
                c.ok(c.store().openEntry(id, null, flags), "OpenEntry").lppUnk().close();
              }
            });
  }

  private static void deferredEverywhere(Checks checks) {
    checks
        .rows("PROP-130")
        .check(
            "MAPI_DEFERRED_ERRORS is accepted by every method that names it",
            c -> {
              IMessage m = c.message();
              int flag = MAPI_DEFERRED_ERRORS;
              IMessage.CreatedAttach made = c.ok(m.createAttach(null, flag), "CreateAttach");
              c.own(made.lppAttach());
              c.set(made.lppAttach(), PR_ATTACH_METHOD, ATTACH_BY_VALUE);
              c.ok(
                  made.lppAttach().saveChanges(flag | KEEP_OPEN_READWRITE), "IAttach::SaveChanges");
              c.own(c.ok(m.openAttach(made.lpulAttachmentNum(), null, flag), "OpenAttach"));
              c.own(c.ok(m.getAttachmentTable(flag), "GetAttachmentTable"));
              c.own(c.ok(m.getRecipientTable(flag), "GetRecipientTable"));
              c.own(c.ok(m.openProperty(PR_BODY_W, MapiGuid.IID_IStream, 0, flag), "OpenProperty"));
              c.ok(m.saveChanges(flag | KEEP_OPEN_READWRITE), "SaveChanges");
              c.own(c.ok(c.store().openEntry(c.entryId(m), null, flag), "OpenEntry").lppUnk());
              c.own(c.ok(c.folder().getContentsTable(flag), "GetContentsTable"));
              c.own(c.ok(c.folder().getHierarchyTable(flag), "GetHierarchyTable"));
              c.own(c.ok(c.store().getReceiveFolderTable(flag), "GetReceiveFolderTable"));
              IMessage read = c.open(c.stored(), 0);
              c.ok(read.setReadFlag(flag), "SetReadFlag");
              c.assertEqual(
                  SPropTagArray.tags(PR_SUBJECT_W),
                  PropReadChecks.tagsOf(c.ok(read.getProps(tags(PR_SUBJECT_W), 0), "GetProps")),
                  "tags of a later GetProps");
            });
  }
}
