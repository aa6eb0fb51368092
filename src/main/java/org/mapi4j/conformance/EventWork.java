package org.mapi4j.conformance;

import static org.mapi4j.types.MapiDefs.*;

import java.util.List;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.NOTIFICATION.OBJECT_NOTIFICATION;

/** What the checks of events do to a store, and what they read from events. */
final class EventWork {
  private EventWork() {}

  /** Copies or moves a message between two folders. */
  static void copy(Context c, Bytes from, Bytes to, Bytes message, boolean move) throws Exception {
    try (IMAPIFolder source = folder(c, from);
        IMAPIFolder target = folder(c, to)) {
      c.need(
          source.copyMessages(
              ENTRYLIST.of(message), null, target, 0, null, move ? MESSAGE_MOVE : 0),
          "CopyMessages");
    }
  }

  private static IMAPIFolder folder(Context c, Bytes entryId) throws Exception {
    return (IMAPIFolder)
        c.need(c.store().openEntry(entryId, null, MAPI_MODIFY), "OpenEntry(folder)").lppUnk();
  }

  /** Follows a message through its events: made, moved from where it was, deleted where it is. */
  static void replay(Context c, List<OBJECT_NOTIFICATION> events, Bytes home) {
    Bytes at = null;
    for (OBJECT_NOTIFICATION event : events) {
      switch (event.ulEventType()) {
        case fnevObjectCreated -> {
          c.assertEqual(null, at, "where a message is before it is made");
          at = event.lpParentID();
        }
        case fnevObjectMoved -> {
          c.assertEqual(at, event.lpOldParentID(), "where a message is before it moves");
          at = event.lpParentID();
        }
        case fnevObjectDeleted -> {
          c.assertEqual(at, event.lpParentID(), "where a message is before it goes");
          at = null;
        }
        default -> c.assertEqual(at, event.lpParentID(), "where a message is when it changes");
      }
    }
    c.assertEqual(null, at, "where a message is in the end");
    c.assertEqual(home, events.get(events.size() - 1).lpParentID(), "where it was deleted");
  }
}
