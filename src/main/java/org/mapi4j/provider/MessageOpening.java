package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.util.concurrent.locks.ReentrantLock;
import org.mapi4j.spi.Lease;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiResult;

/** Makes handles on messages of folders. */
final class MessageOpening {
  private MessageOpening() {}

  /** A new message in a folder that exists; nobody else sees it before its first save. */
  static MessageObject create(StoreCore core, Bytes folder, boolean associated) {
    MessageImage initial = MessageProps.initial(core.newId(), core.now());
    MessageObject message =
        new MessageObject(core, new ReentrantLock(), new BlobSpace(core), initial, true, true);
    new StoredHome(core, core.newId(), folder, associated, 0).settle(message);
    return message;
  }

  /**
   * Opens a stored message: a snapshot, fixed before this returns. Flags: MAPI_MODIFY,
   * MAPI_BEST_ACCESS, SHOW_SOFT_DELETES for those in a bin too, read-only. MAPI_E_NOT_FOUND when it
   * or its folder is gone, MAPI_E_NO_ACCESS, MAPI_E_SUBMITTED.
   */
  static MapiResult<MessageObject> open(StoreCore core, Bytes id, int flags) {
    boolean best = (flags & MAPI_BEST_ACCESS) != 0;
    boolean write = best || (flags & MAPI_MODIFY) != 0;
    StoreCore.Versioned<Location> location = core.locationBeforeMessage(id);
    boolean kept =
        location != null
            && (flags & SHOW_SOFT_DELETES) != 0
            && SoftDeletes.isBin(core, location.value().folder());
    if (location == null || !kept && !core.folderExists(location.value().folder())) {
      return MapiResult.error(MAPI_E_NOT_FOUND);
    }
    int refusal = kept || !core.writable() ? MAPI_E_NO_ACCESS : refusal(location.value());
    if (write && refusal != S_OK) {
      if (!best) {
        return MapiResult.error(refusal);
      }
      write = false;
    }
    Location at = location.value();
    StoredHome home = null;
    StoreCore.StoredMessage stored = null;
    if (!write || core.outlookProfile()) {
      stored = core.message(id);
      if (stored == null) {
        return MapiResult.error(MAPI_E_NOT_FOUND);
      }
      if (stored.blobs().isEmpty()) {
        home = new StoredHome(core, id, at.folder(), at.associated(), stored.version());
      }
    }
    if (home == null) {
      Lease.Mode mode = write && !core.outlookProfile() ? Lease.Mode.MODIFY : Lease.Mode.READ;
      return openLeased(core, id, at, write, mode);
    }
    MessageObject message =
        new MessageObject(
            core, new ReentrantLock(), new BlobSpace(core), stored.image(), false, write);
    home.settle(message);
    return MapiResult.ok(message);
  }

  /**
   * The lease comes first, so that what is read under it cannot be swept or, with write access,
   * deleted.
   */
  private static MapiResult<MessageObject> openLeased(
      StoreCore core, Bytes id, Location at, boolean write, Lease.Mode mode) {
    Lease taken = core.shard().lease(Keys.message(id), core.session(), mode);
    boolean held = false;
    try {
      StoreCore.StoredMessage stored = core.message(id);
      if (stored == null || core.location(id) == null) {
        return MapiResult.error(MAPI_E_NOT_FOUND);
      }
      StoredHome home = new StoredHome(core, id, at.folder(), at.associated(), stored.version());
      home.hold(taken, mode);
      held = true;
      MessageObject message =
          new MessageObject(
              core, new ReentrantLock(), new BlobSpace(core), stored.image(), false, write);
      home.settle(message);
      return MapiResult.ok(message);
    } finally {
      if (!held) {
        taken.close();
      }
    }
  }

  private static int refusal(Location location) {
    if ((location.submit() & SUBMITFLAG_LOCKED) != 0) {
      return MAPI_E_NO_ACCESS;
    }
    return (location.flags() & MSGFLAG_SUBMIT) != 0 ? MAPI_E_SUBMITTED : S_OK;
  }
}
