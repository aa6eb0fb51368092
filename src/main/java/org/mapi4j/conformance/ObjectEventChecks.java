package org.mapi4j.conformance;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.NOTIFICATION.OBJECT_NOTIFICATION;
import org.mapi4j.types.SPropTagArray;

/** What the store and the objects concerned hear of each operation, member by member. */
final class ObjectEventChecks {
  private static final int OBJECTS = StoreAdviseChecks.OBJECTS;

  private ObjectEventChecks() {}

  static void register(Checks checks) {
    creation(checks);
    modification(checks);
    movement(checks);
    copying(checks);
    deletion(checks);
  }

  private static List<Integer> types(List<OBJECT_NOTIFICATION> events) {
    return events.stream().map(OBJECT_NOTIFICATION::ulEventType).toList();
  }

  /** The event without the list of properties, which a store need not give. */
  private static OBJECT_NOTIFICATION plain(OBJECT_NOTIFICATION event) {
    return event(
        event.ulEventType(),
        event.lpEntryID(),
        event.ulObjType(),
        event.lpParentID(),
        event.lpOldID(),
        event.lpOldParentID());
  }

  private static OBJECT_NOTIFICATION event(
      int event, Bytes id, int type, Bytes parent, Bytes old, Bytes oldParent) {
    return new OBJECT_NOTIFICATION(event, id, type, parent, old, oldParent, null);
  }

  private static void creation(Checks checks) {
    checks
        .rows(
            "NOTIF-022",
            "NOTIF-013",
            "NOTIF-014",
            "NOTIF-015",
            "STORE-046",
            "STORE-051",
            "STORE-052")
        .check(
            "CreateFolder and a message's first SaveChanges are fnevObjectCreated",
            c -> {
              Heard heard = Heard.of(c, c.store(), null, OBJECTS);
              Bytes home = c.entryId(c.folder());
              Bytes folder = c.entryId(c.subfolder(c.folder(), "made"));
              Bytes message = c.stored();
              heard.await(fnevObjectCreated, message);
              c.assertEqual(
                  event(fnevObjectCreated, folder, MAPI_FOLDER, home, null, null),
                  plain(heard.about(folder).get(0)),
                  "the event of the folder");
              c.assertEqual(
                  event(fnevObjectCreated, message, MAPI_MESSAGE, home, null, null),
                  plain(heard.about(message).get(0)),
                  "the event of the message");
            });
  }

  private static void modification(Checks checks) {
    checks
        .rows("NOTIF-027", "NOTIF-014", "NOTIF-015", "NOTIF-016", "STORE-049", "STORE-051")
        .check(
            "a later SaveChanges is fnevObjectModified of the message, not of its folder",
            c -> {
              IMessage message = c.message();
              Bytes id = c.entryId(message);
              Bytes home = c.entryId(c.folder());
              Heard all = Heard.of(c, c.store(), null, OBJECTS);
              Heard own = Heard.of(c, c.store(), id, OBJECTS);
              c.set(message, PR_SUBJECT_W, "another");
              c.save(message);
              OBJECT_NOTIFICATION event = own.await(fnevObjectModified, id);
              c.assertEqual(
                  event(fnevObjectModified, id, MAPI_MESSAGE, home, null, null),
                  plain(event),
                  "what the message's sink hears");
              Bytes fence = c.stored();
              all.await(fnevObjectCreated, fence);
              c.assertEqual(
                  List.of(fnevObjectModified), types(all.about(id)), "what the store's sink hears");
              int made = all.events().indexOf(all.about(fence).get(0));
              c.assertEqual(
                  List.of(),
                  all.about(home).stream().filter(e -> all.events().indexOf(e) < made).toList(),
                  "what the store's sink hears of the folder before what follows");
              SPropTagArray tags = event.lpPropTagArray();
              c.assertTrue(
                  tags == null || tags.containsId(PR_SUBJECT_W) && !tags.containsId(PR_BODY_W),
                  "no list of properties, or PR_SUBJECT without PR_BODY",
                  tags);
            });
    checks
        .rows("NOTIF-026", "STORE-049")
        .check(
            "computed properties of a folder that change are its fnevObjectModified",
            c -> {
              IMAPIFolder inner = c.subfolder(c.folder(), "inner");
              Bytes outerId = c.entryId(c.folder());
              Bytes innerId = c.entryId(inner);
              Heard all = Heard.of(c, c.store(), null, OBJECTS);
              Heard own = Heard.of(c, c.store(), innerId, OBJECTS);
              IMessage message = c.message(inner);
              own.await(1, fnevObjectModified, innerId);
              c.need(message.setReadFlag(0), "SetReadFlag");
              own.await(2, fnevObjectModified, innerId);
              c.subfolder(inner, "innermost");
              own.await(3, fnevObjectModified, innerId);
              c.assertEqual(
                  event(fnevObjectModified, innerId, MAPI_FOLDER, outerId, null, null),
                  plain(own.events().get(0) instanceof OBJECT_NOTIFICATION o ? o : null),
                  "what the folder's sink hears");
              Bytes fence = c.stored();
              all.await(fnevObjectCreated, fence);
              int before = all.events().indexOf(all.about(fence).get(0));
              c.assertEqual(
                  List.of(),
                  all.about(outerId).stream()
                      .filter(e -> all.events().indexOf(e) < before)
                      .toList(),
                  "what the store's sink hears of the folder's parent");
            });
    checks
        .rows("NOTIF-027", "STORE-049")
        .check(
            "another session's SaveChanges is told too",
            c -> {
              Bytes id = c.stored();
              Heard heard = Heard.of(c, c.store(), id, OBJECTS);
              StoreAdviseChecks.saveAgain(c, c.openOther(id, MAPI_MODIFY));
              c.assertEqual(
                  c.entryId(c.folder()),
                  heard.await(fnevObjectModified, id).lpParentID(),
                  "the parent of what was saved");
            });
  }

  private static void movement(Checks checks) {
    checks
        .rows("NOTIF-024", "NOTIF-014", "NOTIF-015", "NOTIF-017", "STORE-048", "STORE-051")
        .check(
            "a move is fnevObjectMoved with the old and the new parent",
            c -> {
              Bytes home = c.entryId(c.folder());
              Bytes there = c.entryId(c.subfolder(c.folder(), "there"));
              Bytes message = c.stored();
              Bytes folder = c.entryId(c.subfolder(c.folder(), "moved"));
              Heard all = Heard.of(c, c.store(), null, fnevObjectMoved);
              Heard own = Heard.of(c, c.store(), message, OBJECTS);
              Heard place = Heard.of(c, c.store(), folder, OBJECTS);
              EventWork.copy(c, home, there, message, true);
              try (IMAPIFolder target = c.openFolder(c.store(), there)) {
                c.need(
                    c.folder().copyFolder(folder, null, target, null, 0, null, FOLDER_MOVE),
                    "CopyFolder(FOLDER_MOVE)");
              }
              moved(c, all, own, MAPI_MESSAGE, message, there, home);
              moved(c, all, place, MAPI_FOLDER, folder, there, home);
            });
  }

  private static void moved(
      Context c, Heard all, Heard own, int type, Bytes old, Bytes parent, Bytes oldParent)
      throws Exception {
    OBJECT_NOTIFICATION event =
        (OBJECT_NOTIFICATION)
            all.await(
                "fnevObjectMoved",
                e -> e instanceof OBJECT_NOTIFICATION o && old.equals(o.lpOldID()));
    c.assertEqual(
        event(fnevObjectMoved, event.lpEntryID(), type, parent, old, oldParent),
        plain(event),
        "what the store's sink hears");
    c.assertTrue(c.opens(c.store(), event.lpEntryID(), 0), "to open by the new identifier", event);
    own.await("fnevObjectMoved of the object's sink", e -> e.ulEventType() == fnevObjectMoved);
  }

  private static void copying(Checks checks) {
    checks
        .rows("NOTIF-025", "NOTIF-014", "NOTIF-015", "STORE-048", "STORE-051")
        .check(
            "a copy is fnevObjectCopied with the original, and no fnevObjectCreated",
            c -> {
              Bytes home = c.entryId(c.folder());
              Bytes there = c.entryId(c.subfolder(c.folder(), "there"));
              Bytes message = c.stored();
              Bytes folder = c.entryId(c.subfolder(c.folder(), "copied"));
              Heard all = Heard.of(c, c.store(), null, OBJECTS);
              Heard own = Heard.of(c, c.store(), message, OBJECTS);
              Heard place = Heard.of(c, c.store(), folder, OBJECTS);
              EventWork.copy(c, home, there, message, false);
              try (IMAPIFolder target = c.openFolder(c.store(), there)) {
                c.need(c.folder().copyFolder(folder, null, target, null, 0, null, 0), "CopyFolder");
              }
              copied(c, all, own, MAPI_MESSAGE, message, there, home);
              copied(c, all, place, MAPI_FOLDER, folder, there, home);
              c.assertTrue(
                  all.events().stream().noneMatch(e -> e.ulEventType() == fnevObjectCreated),
                  "no fnevObjectCreated",
                  all.events());
            });
  }

  private static void copied(
      Context c, Heard all, Heard own, int type, Bytes source, Bytes parent, Bytes oldParent)
      throws Exception {
    OBJECT_NOTIFICATION event =
        (OBJECT_NOTIFICATION)
            all.await(
                "fnevObjectCopied",
                e -> e instanceof OBJECT_NOTIFICATION o && source.equals(o.lpOldID()));
    c.assertEqual(
        event(fnevObjectCopied, event.lpEntryID(), type, parent, source, oldParent),
        plain(event),
        "what the store's sink hears");
    c.assertDiffer(source, event.lpEntryID(), "the identifier of the copy");
    c.assertTrue(c.opens(c.store(), event.lpEntryID(), 0), "to open the copy", event);
    own.await("fnevObjectCopied of the original's sink", e -> e.ulEventType() == fnevObjectCopied);
  }

  private static void deletion(Checks checks) {
    checks
        .rows("NOTIF-023", "NOTIF-014", "NOTIF-015", "STORE-047", "STORE-051")
        .check(
            "a deletion is fnevObjectDeleted to the store and to the object",
            c -> {
              Bytes home = c.entryId(c.folder());
              Bytes message = c.stored();
              Bytes folder = c.entryId(c.subfolder(c.folder(), "deleted"));
              Heard all = Heard.of(c, c.store(), null, OBJECTS);
              Heard own = Heard.of(c, c.store(), message, OBJECTS);
              Heard place = Heard.of(c, c.store(), folder, OBJECTS);
              StoreAdviseChecks.delete(c, message);
              c.need(c.folder().deleteFolder(folder, 0, null, 0), "DeleteFolder");
              for (Heard heard : List.of(all, own)) {
                c.assertEqual(
                    event(fnevObjectDeleted, message, MAPI_MESSAGE, home, null, null),
                    plain(heard.await(fnevObjectDeleted, message)),
                    "the event of the message");
              }
              for (Heard heard : List.of(all, place)) {
                c.assertEqual(
                    event(fnevObjectDeleted, folder, MAPI_FOLDER, home, null, null),
                    plain(heard.await(fnevObjectDeleted, folder)),
                    "the event of the folder");
              }
            });
  }
}
