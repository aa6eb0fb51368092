package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** Properties that the store computes, on every kind of object. */
final class ObjectPropChecks {
  private static final int MESSAGE_ACCESS =
      MAPI_ACCESS_MODIFY | MAPI_ACCESS_READ | MAPI_ACCESS_DELETE;
  private static final int FOLDER_ACCESS =
      MESSAGE_ACCESS
          | MAPI_ACCESS_CREATE_HIERARCHY
          | MAPI_ACCESS_CREATE_CONTENTS
          | MAPI_ACCESS_CREATE_ASSOCIATED;

  private ObjectPropChecks() {}

  static void register(Checks checks) {
    type(checks);
    access(checks);
    keys(checks);
    parents(checks);
    times(checks);
    modificationTimes(checks);
    counts(checks);
    required(checks);
  }

  /** Fails unless setting a property is a problem MAPI_E_COMPUTED that changes nothing. */
  private static void assertComputed(Context c, IMAPIProp object, int tag, Object value) {
    SPropValue before = c.entry(object, tag);
    c.assertProblem(
        0,
        tag,
        MAPI_E_COMPUTED,
        object.setProps(List.of(SPropValue.of(tag, value))),
        "SetProps(" + PropTag.toString(tag) + ")");
    c.assertEqual(before, c.entry(object, tag), "the value afterwards");
  }

  private static IAttach attach(Context c) throws Exception {
    return c.own(c.need(c.newMessage().createAttach(null, 0), "CreateAttach").lppAttach());
  }

  private static void type(Checks checks) {
    checks
        .rows("PROP-131")
        .check(
            "PR_OBJECT_TYPE of store, folder, message and attachment; it cannot be set",
            c -> {
              List<IMAPIProp> objects = List.of(c.store(), c.folder(), c.message(), attach(c));
              List<Integer> types = List.of(MAPI_STORE, MAPI_FOLDER, MAPI_MESSAGE, MAPI_ATTACH);
              for (int i = 0; i < types.size(); i++) {
                c.assertProp(types.get(i), objects.get(i), PR_OBJECT_TYPE);
                assertComputed(c, objects.get(i), PR_OBJECT_TYPE, MAPI_MAILUSER);
              }
            });
  }

  private static void access(Checks checks) {
    checks
        .rows("PROP-132")
        .check(
            "PR_ACCESS: rights of folder and message; it cannot be set",
            c -> {
              c.assertProp(FOLDER_ACCESS, c.folder(), PR_ACCESS);
              c.assertProp(MESSAGE_ACCESS, c.message(), PR_ACCESS);
              assertComputed(c, c.folder(), PR_ACCESS, 0);
              assertComputed(c, c.message(), PR_ACCESS, 0);
              IMessage read = c.openIn(c.session(false), c.entryId(c.message()), 0);
              c.assertEqual(
                  MAPI_ACCESS_READ,
                  c.get(read, PR_ACCESS).asInt() & MESSAGE_ACCESS,
                  "PR_ACCESS through a session without MDB_WRITE");
            });
    checks
        .rows("PROP-133")
        .check(
            "PR_ACCESS_LEVEL is 1 opened for modification, else 0; it cannot be set",
            c -> {
              Bytes id = c.stored();
              IMessage write = c.open(id, MAPI_MODIFY);
              IMessage read = c.open(id, 0);
              c.assertProp(MAPI_MODIFY, write, PR_ACCESS_LEVEL);
              c.assertProp(0, read, PR_ACCESS_LEVEL);
              c.assertProp(MAPI_MODIFY, c.folder(), PR_ACCESS_LEVEL);
              IMAPIFolder folder =
                  (IMAPIFolder)
                      c.own(
                          c.need(c.store().openEntry(c.entryId(c.folder()), null, 0), "OpenEntry")
                              .lppUnk());
              c.assertProp(0, folder, PR_ACCESS_LEVEL);
              assertComputed(c, write, PR_ACCESS_LEVEL, 0);
            });
  }

  private static void keys(Checks checks) {
    checks
        .rows("PROP-134", "EID-006")
        .check(
            "PR_RECORD_KEY is unique among folders, messages, and attachments of a message; the"
                + " same in every session",
            c -> {
              IMessage m = c.newMessage();
              IAttach one = c.own(c.need(m.createAttach(null, 0), "CreateAttach").lppAttach());
              IAttach two = c.own(c.need(m.createAttach(null, 0), "CreateAttach").lppAttach());
              c.save(one);
              c.save(two);
              c.save(m);
              c.assertDiffer(c.get(one, PR_RECORD_KEY), c.get(two, PR_RECORD_KEY), "attachments");
              c.assertDiffer(
                  c.get(c.folder(), PR_RECORD_KEY), c.get(c.root(), PR_RECORD_KEY), "folders");
              c.assertDiffer(
                  c.get(m, PR_RECORD_KEY), c.get(c.message(), PR_RECORD_KEY), "messages");
              c.assertEqual(
                  c.get(m, PR_RECORD_KEY),
                  c.get(c.openOther(c.entryId(m), 0), PR_RECORD_KEY),
                  "PR_RECORD_KEY in another session");
              c.assertEqual(
                  c.get(c.store(), PR_STORE_RECORD_KEY).value(),
                  c.get(c.store(), PR_RECORD_KEY).value(),
                  "PR_RECORD_KEY of the store");
            });
    checks
        .rows("PROP-135", "EID-007")
        .check(
            "PR_STORE_ENTRYID is the store's PR_ENTRYID on store, folder and message",
            c -> {
              Bytes id = c.entryId(c.store());
              for (IMAPIProp object : List.of(c.store(), c.root(), c.folder(), c.message())) {
                c.assertProp(id, object, PR_STORE_ENTRYID);
              }
            });
    checks
        .rows("PROP-136")
        .check(
            "PR_STORE_RECORD_KEY is the store's PR_RECORD_KEY on store, folder and message",
            c -> {
              Bytes key = c.get(c.store(), PR_RECORD_KEY).asBytes();
              for (IMAPIProp object : List.of(c.store(), c.root(), c.folder(), c.message())) {
                c.assertProp(key, object, PR_STORE_RECORD_KEY);
              }
            });
    checks
        .rows("PROP-148")
        .check(
            "PR_MAPPING_SIGNATURE is there and the same on folder and message",
            c -> {
              SPropValue signature = c.get(c.message(), PR_MAPPING_SIGNATURE);
              c.assertTrue(!signature.asBytes().isEmpty(), "a signature", signature);
              c.assertEqual(signature, c.get(c.folder(), PR_MAPPING_SIGNATURE), "the folder's");
            });
  }

  private static void parents(Checks checks) {
    checks
        .rows("PROP-137")
        .check(
            "PR_PARENT_ENTRYID names the folder; the root's is its own; it cannot be set",
            c -> {
              IMAPIFolder child = c.subfolder(c.folder(), "child");
              IMessage m = c.message(child);
              assertSame(c, c.entryId(child), c.get(m, PR_PARENT_ENTRYID).asBytes());
              assertSame(c, c.entryId(c.folder()), c.get(child, PR_PARENT_ENTRYID).asBytes());
              assertSame(c, c.entryId(c.root()), c.get(c.root(), PR_PARENT_ENTRYID).asBytes());
              assertComputed(c, m, PR_PARENT_ENTRYID, Bytes.of(1));
            });
    checks
        .rows("PROP-138")
        .check(
            "PR_STORE_SUPPORT_MASK is on the store, its folders and messages",
            c -> {
              SPropValue mask = c.get(c.store(), PR_STORE_SUPPORT_MASK);
              c.assertEqual(mask, c.entry(c.folder(), PR_STORE_SUPPORT_MASK), "the folder's");
              c.assertEqual(mask, c.entry(c.message(), PR_STORE_SUPPORT_MASK), "the message's");
            });
    checks
        .rows("PROP-139")
        .check(
            "PR_MDB_PROVIDER is a MAPIUID that cannot be set",
            c -> {
              c.assertEqual(
                  16, c.get(c.store(), PR_MDB_PROVIDER).asBytes().size(), "bytes of the MAPIUID");
              assertComputed(c, c.store(), PR_MDB_PROVIDER, Bytes.of(1));
            });
  }

  private static void assertSame(Context c, Bytes expected, Bytes found) throws Exception {
    c.assertEqual(
        true,
        c.ok(c.store().compareEntryIDs(expected, found, 0), "CompareEntryIDs"),
        "PR_PARENT_ENTRYID names the folder");
  }

  private static void times(Checks checks) {
    checks
        .rows("PROP-140")
        .check(
            "PR_CREATION_TIME is set by the store and stays",
            c -> {
              IMessage m = c.message();
              c.assertTrue(
                  c.get(m, PR_CREATION_TIME).asTime().ticks() != 0,
                  "a time",
                  c.get(m, PR_CREATION_TIME));
              assertComputed(c, m, PR_CREATION_TIME, new FILETIME(1));
            });
    checks
        .rows("PROP-141")
        .check(
            "PR_LAST_MODIFICATION_TIME starts as PR_CREATION_TIME",
            c -> {
              IMessage m = c.newMessage();
              c.assertEqual(
                  c.get(m, PR_CREATION_TIME).value(),
                  c.get(m, PR_LAST_MODIFICATION_TIME).value(),
                  "PR_LAST_MODIFICATION_TIME of a new message");
            });
  }

  private static void modificationTimes(Checks checks) {
    checks
        .rows("PROP-142")
        .check(
            "a client sets PR_LAST_MODIFICATION_TIME until the first save, not later",
            c -> {
              FILETIME early = new FILETIME(0x01D0_0000_0000_0000L);
              IMessage m = c.newMessage();
              c.assertNoProblem(
                  m.setProps(List.of(SPropValue.of(PR_LAST_MODIFICATION_TIME, early))),
                  "SetProps before the first save");
              c.save(m);
              c.assertProp(early, m, PR_LAST_MODIFICATION_TIME);
              MapiResult<List<SPropProblem>> r =
                  m.setProps(List.of(SPropValue.of(PR_LAST_MODIFICATION_TIME, new FILETIME(1))));
              c.assertTrue(r.succeeded(), "success or a problem", r);
              c.save(m);
              c.assertDiffer(
                  SPropValue.of(PR_LAST_MODIFICATION_TIME, new FILETIME(1)),
                  c.entry(c.openOther(c.entryId(m), 0), PR_LAST_MODIFICATION_TIME),
                  "PR_LAST_MODIFICATION_TIME");
            });
    checks
        .rows("PROP-143")
        .check(
            "every later save moves PR_LAST_MODIFICATION_TIME on",
            c -> {
              IMessage m = c.message();
              FILETIME last = c.get(m, PR_LAST_MODIFICATION_TIME).asTime();
              for (int i = 0; i < 3; i++) {
                c.set(m, PR_SUBJECT_W, "save " + i);
                c.save(m);
                FILETIME now = c.get(m, PR_LAST_MODIFICATION_TIME).asTime();
                c.assertTrue(now.compareTo(last) > 0, "a time after " + last, now);
                last = now;
              }
            });
  }

  private static void counts(Checks checks) {
    checks
        .rows("PROP-144")
        .check(
            "PR_CONTENT_COUNT and PR_CONTENT_UNREAD follow the messages; they cannot be set",
            c -> {
              IMAPIFolder f = c.folder();
              Bytes one = c.stored();
              c.message();
              IMessage associated =
                  c.own(c.need(f.createMessage(null, MAPI_ASSOCIATED), "CreateMessage"));
              c.save(associated);
              c.need(c.open(one, 0).setReadFlag(0), "SetReadFlag");
              IMAPIFolder seen = c.openFolder(c.other(), c.entryId(f));
              int unread = 0;
              for (SPropValue flags : flagsOf(c, seen)) {
                unread += (flags.asInt() & MSGFLAG_READ) == 0 ? 1 : 0;
              }
              c.assertProp(2, seen, PR_CONTENT_COUNT);
              c.assertProp(unread, seen, PR_CONTENT_UNREAD);
              assertComputed(c, f, PR_CONTENT_COUNT, 99);
              assertComputed(c, f, PR_CONTENT_UNREAD, 99);
            });
  }

  private static List<SPropValue> flagsOf(Context c, IMAPIFolder f) {
    return c
        .rows(c.own(c.need(f.getContentsTable(0), "GetContentsTable")), PR_MESSAGE_FLAGS)
        .aRow()
        .stream()
        .map(row -> row.lpProps().get(0))
        .toList();
  }

  private static void required(Checks checks) {
    checks
        .rows("PROP-145")
        .check(
            "the required properties of a folder",
            c -> {
              assertHas(
                  c,
                  c.folder(),
                  PR_DISPLAY_NAME_W,
                  PR_ENTRYID,
                  PR_FOLDER_TYPE,
                  PR_OBJECT_TYPE,
                  PR_PARENT_ENTRYID,
                  PR_RECORD_KEY,
                  PR_STORE_ENTRYID,
                  PR_STORE_RECORD_KEY);
              c.assertProp(FOLDER_GENERIC, c.folder(), PR_FOLDER_TYPE);
              c.assertProp(FOLDER_ROOT, c.root(), PR_FOLDER_TYPE);
            });
    checks
        .rows("PROP-146")
        .check(
            "the required properties of a store",
            c ->
                assertHas(
                    c,
                    c.store(),
                    PR_DISPLAY_NAME_W,
                    PR_ENTRYID,
                    PR_OBJECT_TYPE,
                    PR_RECORD_KEY,
                    PR_STORE_ENTRYID,
                    PR_STORE_RECORD_KEY,
                    PR_MDB_PROVIDER,
                    PR_STORE_SUPPORT_MASK));
    checks
        .rows("PROP-147")
        .check(
            "the required properties of a container",
            c -> {
              assertHas(c, c.folder(), PR_CONTAINER_FLAGS);
              SPropTagArray list = c.need(c.folder().getPropList(MAPI_UNICODE), "GetPropList");
              for (int tag : new int[] {PR_CONTAINER_HIERARCHY, PR_CONTAINER_CONTENTS}) {
                c.assertTrue(list.contains(tag), PropTag.toString(tag) + " listed", list);
                c.assertHr(
                    MAPI_E_INVALID_PARAMETER,
                    c.folder().setProps(List.of(new SPropValue(tag, null))),
                    "SetProps(PT_OBJECT)");
              }
            });
  }

  private static void assertHas(Context c, IMAPIProp object, int... tags) {
    for (int tag : tags) {
      SPropValue value = c.entry(object, tag);
      c.assertEqual(tag, value.ulPropTag(), "tag of " + value);
    }
  }
}
