package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Lease;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;

/**
 * The rows of one stored message, kept in step: image, location, index, counters. Each method is
 * one commit, made again when something that it read moved on meanwhile.
 */
final class MessageRows {
  private static final long ANY_VERSION = -1;

  private MessageRows() {}

  /** Where a message is by its rows: the one for its location, or null; its own. */
  static Location location(Row location, Row message) {
    return location == null
        ? MessageCodec.born(message.value())
        : Location.decode(location.value());
  }

  static void putIndex(
      Batch.Builder batch,
      Location location,
      Bytes id,
      long version,
      MessageImage image,
      StoreCore core) {
    batch.put(
        Keys.index(location.folder(), location.associated(), id),
        version,
        IndexRow.of(location, version, image).encode());
  }

  static void countersForNew(Batch.Builder batch, Location location) {
    count(batch, location, 1);
  }

  /** Adds to a batch that messages came to a folder, or went. */
  static void count(Batch.Builder batch, Location location, long delta) {
    if (location.associated()) {
      batch.add(Keys.counter(location.folder(), Keys.ASSOCIATED), delta);
      return;
    }
    batch.add(
        Keys.counter(location.folder(), Keys.MESSAGES),
        FolderCounts.delta(delta, location.unread() ? delta : 0));
  }

  /** Whose write access does not stand in the way of a change to a message. */
  record Except(long session, long lease) {
    static final Except NOBODY = new Except(0, 0);

    /** By the profile: nobody's as the pages say, the own session's as Outlook has it. */
    static Except of(StoreCore core) {
      return core.outlookProfile() ? new Except(core.session(), 0) : NOBODY;
    }

    /** The same for a call of a handle, whose own lease does not count. */
    static Except handle(StoreCore core, long lease) {
      return new Except(core.outlookProfile() ? core.session() : 0, lease);
    }

    void expect(Batch.Builder batch, Bytes id) {
      batch.expectUnleased(Keys.message(id), Lease.Mode.MODIFY, session, lease);
    }
  }

  /** SetReadFlag: MAPI_E_NO_ACCESS while another handle has write access, MAPI_E_OBJECT_DELETED. */
  static int setReadFlag(StoreCore core, Bytes id, int readFlags, Except except) {
    return changeLocation(
        core,
        id,
        except,
        location -> location.withFlags(MessageFlags.afterSetReadFlag(location.flags(), readFlags)),
        true);
  }

  /** SetMessageStatus: needs no write access of anyone's. */
  static int setStatus(StoreCore core, Bytes id, UnaryOperator<Location> change) {
    return changeLocation(core, id, null, change, false);
  }

  private static int changeLocation(
      StoreCore core,
      Bytes id,
      Except except,
      UnaryOperator<Location> change,
      boolean submittedStays) {
    while (true) {
      StoreCore.StoredMessage stored = core.message(id);
      StoreCore.Versioned<Location> location = core.location(id);
      if (stored == null || location == null || !core.folderExists(location.value().folder())) {
        return MAPI_E_OBJECT_DELETED;
      }
      Location before = location.value();
      if (submittedStays && (before.flags() & MSGFLAG_SUBMIT) != 0) {
        return MAPI_E_SUBMITTED;
      }
      Location after = change.apply(before);
      if (after.equals(before)) {
        return S_OK;
      }
      Batch.Builder batch = guarded(core, id, stored, location);
      if (except != null) {
        except.expect(batch, id);
      }
      putLocation(batch, id, location, after);
      putIndex(batch, after, id, stored.version(), stored.image(), core);
      ChangeMarks.changed(batch, EntryId.MESSAGE, id, changes(before, after));
      if (before.unread() != after.unread() && !after.associated()) {
        long delta = FolderCounts.delta(0, after.unread() ? 1 : -1);
        batch.add(Keys.counter(after.folder(), Keys.MESSAGES), delta);
      }
      Outcome outcome = core.commit(batch);
      if (outcome instanceof Outcome.Committed) {
        return S_OK;
      }
      if (outcome instanceof Outcome.Conflict conflict
          && conflict.reason() == Outcome.Reason.LEASED) {
        return MAPI_E_NO_ACCESS;
      }
    }
  }

  private static List<Integer> changes(Location before, Location after) {
    List<Integer> tags = new ArrayList<>();
    if (before.flags() != after.flags()) {
      tags.add(PR_MESSAGE_FLAGS);
    }
    if (before.status() != after.status()) {
      tags.add(PR_MSG_STATUS);
    }
    return tags;
  }

  /** Adds to a batch a message's row for its location. */
  static void putLocation(
      Batch.Builder batch, Bytes id, StoreCore.Versioned<Location> before, Location after) {
    long version = before.version() == Batch.ABSENT ? 1 : before.version() + 1;
    batch.put(Keys.location(id), version, after.encode());
  }

  /** A batch for a message where it is, in a folder that exists, or in the bin of one. */
  static Batch.Builder guarded(
      StoreCore core,
      Bytes id,
      StoreCore.StoredMessage stored,
      StoreCore.Versioned<Location> location) {
    return Batch.builder()
        .expect(Keys.message(id), stored.version())
        .expect(Keys.location(id), location.version())
        .expectPresent(Keys.folder(SoftDeletes.shown(core, location.value().folder())));
  }

  /** Adds to a batch what puts a message into another folder, or a bin. */
  static void relocate(
      Batch.Builder batch,
      Bytes id,
      StoreCore.StoredMessage stored,
      StoreCore.Versioned<Location> location,
      Location after,
      StoreCore core) {
    Location before = location.value();
    putLocation(batch, id, location, after);
    batch.delete(Keys.index(before.folder(), before.associated(), id));
    putIndex(batch, after, id, stored.version(), stored.image(), core);
    count(batch, before, -1);
    count(batch, after, 1);
  }

  /**
   * Deletes a message of a folder: MAPI_E_NOT_FOUND when it is not there, MAPI_E_NO_ACCESS while
   * someone's write access protects it.
   */
  static int delete(StoreCore core, Bytes folder, Bytes id, Except except) {
    return delete(core, folder, id, ANY_VERSION, except);
  }

  /** The same, while the message still has a version; MAPI_E_OBJECT_CHANGED when it has another. */
  static int delete(StoreCore core, Bytes folder, Bytes id, long version, Except except) {
    while (true) {
      StoreCore.StoredMessage stored = core.message(id);
      StoreCore.Versioned<Location> location = core.location(id);
      if (stored == null || location == null || !location.value().folder().equals(folder)) {
        return MAPI_E_NOT_FOUND;
      }
      if ((location.value().flags() & MSGFLAG_SUBMIT) != 0) {
        return MAPI_E_SUBMITTED;
      }
      if (version != ANY_VERSION && version != stored.version()) {
        return MAPI_E_OBJECT_CHANGED;
      }
      Batch.Builder batch =
          Batch.builder()
              .expect(Keys.message(id), stored.version())
              .expect(Keys.location(id), location.version());
      if (except != null) {
        except.expect(batch, id);
      }
      SoftDeletes.forget(core, batch, id, location.value());
      remove(batch, id, stored, location.value());
      Outcome outcome = core.commit(batch);
      if (outcome instanceof Outcome.Committed) {
        core.sweepSoon();
        return S_OK;
      }
      if (outcome instanceof Outcome.Conflict conflict
          && conflict.reason() == Outcome.Reason.LEASED) {
        return MAPI_E_NO_ACCESS;
      }
    }
  }

  /** Adds to a batch what removes a message; its blobs become garbage. */
  static void remove(
      Batch.Builder batch, Bytes id, StoreCore.StoredMessage stored, Location location) {
    batch
        .delete(Keys.message(id))
        .delete(Keys.location(id))
        .delete(Keys.index(location.folder(), location.associated(), id));
    count(batch, location, -1);
    stored.blobs().forEach(blob -> batch.put(Keys.garbage(id, blob.id()), 1, Bytes.EMPTY));
  }

  /**
   * Moves a message to another folder of the store; its id and version stay, its status does not.
   * From a bin it comes back, to the bin's own folder too. MAPI_E_NOT_FOUND when it is not in the
   * folder named.
   */
  static int move(StoreCore core, Bytes from, Bytes id, Bytes to) {
    while (true) {
      StoreCore.StoredMessage stored = core.message(id);
      StoreCore.Versioned<Location> location = core.location(id);
      if (stored == null || location == null || !location.value().folder().equals(from)) {
        return MAPI_E_NOT_FOUND;
      }
      if (from.equals(to)) {
        return S_OK;
      }
      Location before = location.value();
      if ((before.flags() & MSGFLAG_SUBMIT) != 0) {
        return MAPI_E_SUBMITTED;
      }
      Location after = before.withFolder(to).withStatus(0);
      Batch.Builder batch = guarded(core, id, stored, location).expectPresent(Keys.folder(to));
      relocate(batch, id, stored, location, after, core);
      SoftDeletes.forget(core, batch, id, before);
      Outcome outcome = core.commit(batch);
      if (outcome instanceof Outcome.Committed) {
        return S_OK;
      }
      if (!core.folderExists(to)) {
        return MAPI_E_OBJECT_DELETED;
      }
      if (!core.folderExists(SoftDeletes.shown(core, from))) {
        return MAPI_E_NOT_FOUND;
      }
    }
  }

  /**
   * Copies the stored version of a message into a folder of a store, this one or another session's:
   * new id, own blobs, version 1, no report pending. MAPI_E_NOT_FOUND when it is not in the folder
   * named.
   */
  static int copy(StoreCore core, Bytes from, Bytes id, StoreCore target, Bytes to) {
    Lease lease = core.shard().lease(Keys.message(id), core.session(), Lease.Mode.READ);
    try {
      StoreCore.StoredMessage stored = core.message(id);
      StoreCore.Versioned<Location> location = core.location(id);
      if (stored == null || location == null || !location.value().folder().equals(from)) {
        return MAPI_E_NOT_FOUND;
      }
      return copyImage(core, id, stored.image(), location.value(), target, to);
    } finally {
      lease.close();
    }
  }

  private static int copyImage(
      StoreCore core, Bytes id, MessageImage image, Location location, StoreCore target, Bytes to) {
    BlobSpace source = new BlobSpace(core);
    BlobSpace space = new BlobSpace(target);
    boolean done = false;
    try {
      Map<BlobRef, BlobRef> copies = new HashMap<>();
      image.blobs().forEach(blob -> copies.put(blob, space.copyOf(blob, source)));
      Bytes copyId = target.newId();
      MessageImage copy = image.mapBlobs(copies::get);
      int kept =
          location.flags() & ~(MSGFLAG_RN_PENDING | MSGFLAG_NRN_PENDING | MSGFLAG_SUBMIT)
              | MSGFLAG_UNMODIFIED;
      Location at = new Location(to, kept, 0, 0);
      Set<BlobRef> blobs = new HashSet<>(copies.values());
      Batch.Builder batch =
          Batch.builder().expect(Keys.message(copyId), Batch.ABSENT).expectPresent(Keys.folder(to));
      batch.put(Keys.message(copyId), 1, MessageCodec.encodeRow(at, copy, space, blobs));
      putIndex(batch, at, copyId, 1, copy, target);
      count(batch, at, 1);
      ChangeMarks.copied(batch, copyId, id, SoftDeletes.shown(core, location.folder()));
      space.prepare(blobs);
      space.takeUp(blobs, batch);
      done = target.commit(batch) instanceof Outcome.Committed;
      if (done) {
        space.takenUp(blobs);
      }
      return done ? S_OK : MAPI_E_OBJECT_DELETED;
    } finally {
      if (!done) {
        space.discard();
      }
    }
  }
}
