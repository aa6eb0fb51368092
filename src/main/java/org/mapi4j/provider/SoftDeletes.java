package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.MSGFLAG_SUBMIT;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.FILETIME;

/**
 * Messages that were deleted and are kept for the time that {@code StoreOptions.deletedRetention}
 * names. They lie in their folder's bin: an id that follows from the folder's and never has a
 * folder's row. So every path that reads messages of folders takes them for deleted, as it takes
 * messages of deleted folders; only SHOW_SOFT_DELETES, a copy or move from their folder and a
 * permanent deletion look there. A row for each says when its time is over, and one in order of
 * time is for the sweeper. ADR 0084; src/docs/formats/store-rows.md.
 */
final class SoftDeletes {
  /** Without the time of the deletion; read, not written any more. */
  private static final int FORMAT_UNTIL = 1;

  private static final int FORMAT = 2;

  /** Bits in which a bin's id differs from its folder's: "mapi4j:deleted:1", for ever. */
  private static final byte[] DIFFERENCE = {
    'm', 'a', 'p', 'i', '4', 'j', ':', 'd', 'e', 'l', 'e', 't', 'e', 'd', ':', '1'
  };

  private SoftDeletes() {}

  /** The bin of a folder; the folder of a bin. */
  static Bytes bin(Bytes folder) {
    byte[] id = new byte[EntryId.ID_BYTES];
    for (int i = 0; i < id.length; i++) {
      id[i] = (byte) (folder.get(i) ^ DIFFERENCE[i]);
    }
    return Bytes.wrap(id);
  }

  /** True for the bin of a folder that exists. */
  static boolean isBin(StoreCore core, Bytes folder) {
    return !core.folderExists(folder) && core.folderExists(bin(folder));
  }

  /** The folder that clients see a message of a folder, or of its bin, in. */
  static Bytes shown(StoreCore core, Bytes folder) {
    return isBin(core, folder) ? bin(folder) : folder;
  }

  /**
   * DeleteMessages, EmptyFolder: into the bin, or for good where nothing is kept. Codes as {@link
   * MessageRows#delete}.
   */
  static int delete(StoreCore core, Bytes folder, Bytes id, MessageRows.Except except) {
    Duration kept = core.options().deletedRetention();
    if (kept.isZero() || !core.folderExists(folder)) {
      return MessageRows.delete(core, folder, id, except);
    }
    while (true) {
      StoreCore.StoredMessage stored = core.message(id);
      StoreCore.Versioned<Location> location = core.location(id);
      if (stored == null
          || location == null
          || !location.value().folder().equals(folder)
          || !core.folderExists(folder)) {
        return MAPI_E_NOT_FOUND;
      }
      Location before = location.value();
      if ((before.flags() & MSGFLAG_SUBMIT) != 0) {
        return MAPI_E_SUBMITTED;
      }
      Batch.Builder batch = MessageRows.guarded(core, id, stored, location);
      except.expect(batch, id);
      MessageRows.relocate(batch, id, stored, location, before.withFolder(bin(folder)), core);
      retain(batch, id, core.options().clock().instant(), kept);
      Outcome outcome = core.commit(batch);
      if (outcome instanceof Outcome.Committed) {
        core.sweepSoon(); // others' time may be over
        return S_OK;
      }
      if (outcome instanceof Outcome.Conflict conflict
          && conflict.reason() == Outcome.Reason.LEASED) {
        return MAPI_E_NO_ACCESS;
      }
    }
  }

  private static void retain(Batch.Builder batch, Bytes id, Instant now, Duration kept) {
    long ticks = FILETIME.of(now.plus(kept)).ticks();
    RowWriter out = new RowWriter(17);
    out.octet(FORMAT);
    out.fixed64(ticks);
    out.fixed64(FILETIME.of(now).ticks());
    batch.put(Keys.retained(id), 1, out.toBytes());
    batch.put(Keys.expiry(ticks, id), 1, Bytes.EMPTY);
  }

  /** Until when a message of a bin is kept, in ticks, by its row. */
  static long until(Row retained) {
    RowReader in = new RowReader(retained.value());
    expectFormat(in.octet());
    return in.fixed64();
  }

  private static void expectFormat(int layout) {
    if (layout != FORMAT_UNTIL) {
      RowFormat.expect("retention row", FORMAT, layout);
    }
  }

  /**
   * When a message of a bin was deleted; empty for others, where an older build did it, and where
   * it cannot be read.
   */
  static Optional<FILETIME> deletedOn(StoreCore core, Bytes id) {
    try {
      return core.shard().get(Keys.retained(id)).flatMap(SoftDeletes::deletedOn);
    } catch (StorageFault.Unreadable unreadable) {
      return Optional.empty(); // of one row: the others of its table can be read
    }
  }

  private static Optional<FILETIME> deletedOn(Row retained) {
    RowReader in = new RowReader(retained.value());
    int layout = in.octet();
    expectFormat(layout);
    in.skip(Long.BYTES);
    return layout == FORMAT ? Optional.of(new FILETIME(in.fixed64())) : Optional.empty();
  }

  /** Adds to a batch that a message is in the bin no longer. */
  static void forget(Batch.Builder batch, Bytes id, Optional<Row> retained) {
    if (retained.isEmpty()) {
      return;
    }
    batch.delete(Keys.retained(id));
    try {
      batch.delete(Keys.expiry(until(retained.get()), id));
    } catch (StorageFault.Unreadable unreadable) {
      return; // whatever its expiry is, the sweep that comes to it finds nothing to remove
    }
  }

  /** The same for a message whose location says whether it was there. */
  static void forget(StoreCore core, Batch.Builder batch, Bytes id, Location location) {
    if (!core.folderExists(location.folder())) {
      forget(batch, id, core.shard().get(Keys.retained(id)));
    }
  }
}
