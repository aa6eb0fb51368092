package org.mapi4j.provider;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Lease;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.Stages;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.FILETIME;

/**
 * Removes what nothing can reach any more: blobs that a save dropped, once no handle has their
 * message open; blobs that were staged by a process that ended; the messages of deleted folders;
 * deleted messages whose time is over. Every step is one bounded commit that a crash may repeat.
 */
final class Sweeper {
  private static final int PAGE = 500;
  private static final int CHUNKS = 128;

  /** The version of the marker of a staged blob that is being removed: no save takes it up. */
  private static final long REMOVING = Long.MAX_VALUE;

  private final Shard shard;
  private final BooleanSupplier stops;

  /**
   * A sweeper of a shard.
   *
   * @param stops asked between two commits; what is left then is left to the next sweep
   */
  Sweeper(Shard shard, BooleanSupplier stops) {
    this.shard = shard;
    this.stops = stops;
  }

  /**
   * Sweeps garbage; answers how many blobs went. A blob whose message someone has open stays for a
   * later sweep.
   */
  int sweepGarbage() {
    int swept = 0;
    var range = Keys.allGarbage();
    while (true) {
      List<Row> page = shard.scan(range, false, PAGE);
      for (Row row : page) {
        swept += sweepBlob(Keys.owner(row.key()), Keys.member(row.key())) ? 1 : 0;
      }
      if (page.size() < PAGE || stops.getAsBoolean()) {
        return swept;
      }
      range = range.startingAfter(page.get(page.size() - 1).key());
    }
  }

  /**
   * Removes one blob's chunks, a bounded batch at a time, last its garbage row. The lease check is
   * in every batch, and the garbage row is expected in each: a FORCE_SAVE that takes the blob back
   * removes it.
   */
  private boolean sweepBlob(Bytes message, Bytes blob) {
    while (!stops.getAsBoolean()) {
      List<Row> chunks = shard.scan(Keys.chunks(blob), false, CHUNKS);
      Batch.Builder batch =
          Batch.builder()
              .expectPresent(Keys.garbage(message, blob))
              .expectUnleased(Keys.message(message), Lease.Mode.READ, 0, 0);
      chunks.forEach(chunk -> batch.delete(chunk.key()));
      if (chunks.size() < CHUNKS) {
        batch.delete(Keys.garbage(message, blob));
      }
      batch.durability(Batch.Durability.ASYNC);
      if (Stages.await(shard.commit(batch.build())) instanceof Outcome.Conflict) {
        return false;
      }
      if (chunks.size() < CHUNKS) {
        return true;
      }
    }
    return false;
  }

  /**
   * Removes every staged blob. Only for a store that no other process has open and no handle writes
   * to: at its opening.
   */
  void sweepStaged() {
    for (Row row : shard.scan(Keys.allStaged(), false, Integer.MAX_VALUE)) {
      removeStaged(shard, Keys.owner(row.key()));
    }
  }

  /** Removes a staged blob, a bounded batch at a time, last its marker. */
  static void removeStaged(Shard shard, Bytes blob) {
    boolean more = true;
    while (more) {
      List<Row> chunks = shard.scan(Keys.chunks(blob), false, CHUNKS);
      more = chunks.size() == CHUNKS;
      Batch.Builder batch =
          Batch.builder().durability(Batch.Durability.ASYNC).expectPresent(Keys.staged(blob));
      chunks.forEach(chunk -> batch.delete(chunk.key()));
      if (more) {
        batch.put(Keys.staged(blob), REMOVING, Bytes.EMPTY);
      } else {
        batch.delete(Keys.staged(blob));
      }
      more &= Stages.await(shard.commit(batch.build())) instanceof Outcome.Committed;
    }
  }

  /** Works off deleted folders; answers how many messages went. Their blobs become garbage. */
  int sweepTombstones() {
    int swept = 0;
    for (Row tombstone : shard.scan(Keys.allTombstones(), false, Integer.MAX_VALUE)) {
      if (stops.getAsBoolean()) {
        break;
      }
      swept += sweepFolder(Keys.owner(tombstone.key()));
    }
    return swept;
  }

  private int sweepFolder(Bytes folder) {
    Bytes bin = SoftDeletes.bin(folder);
    int swept = sweepMessages(folder, folder) + sweepMessages(folder, bin);
    if (stops.getAsBoolean()) {
      return swept;
    }
    buryChildren(folder);
    sweepStatuses(folder);
    Batch.Builder last =
        Batch.builder().durability(Batch.Durability.ASYNC).expectPresent(Keys.tombstone(folder));
    for (Bytes one : List.of(folder, bin)) {
      last.expectEmpty(Keys.indexes(one, false)).expectEmpty(Keys.indexes(one, true));
      last.deleteRange(Keys.counters(one));
    }
    last.expectEmpty(Keys.children(folder)).expectEmpty(Keys.statuses(folder));
    last.delete(Keys.tombstone(folder));
    Outcome done = Stages.await(shard.commit(last.build()));
    assert done instanceof Outcome.Committed || done instanceof Outcome.Conflict;
    return swept;
  }

  /** What messages' statuses were in a search folder. */
  private void sweepStatuses(Bytes folder) {
    List<Row> page = shard.scan(Keys.statuses(folder), false, CHUNKS);
    while (!page.isEmpty() && !stops.getAsBoolean()) {
      Batch.Builder batch = Batch.builder().durability(Batch.Durability.ASYNC);
      page.forEach(row -> batch.delete(row.key()));
      Outcome done = Stages.await(shard.commit(batch.build()));
      assert done instanceof Outcome.Committed;
      page = shard.scan(Keys.statuses(folder), false, CHUNKS);
    }
  }

  /** Removes what lies in a deleted folder or its bin. */
  private int sweepMessages(Bytes deleted, Bytes folder) {
    int swept = 0;
    for (boolean associated : new boolean[] {false, true}) {
      List<Row> page = shard.scan(Keys.indexes(folder, associated), false, CHUNKS);
      while (!page.isEmpty()) {
        int removed = sweepPage(deleted, folder, page);
        if (removed == 0 || stops.getAsBoolean()) {
          return swept + removed;
        }
        swept += removed;
        page = shard.scan(Keys.indexes(folder, associated), false, CHUNKS);
      }
    }
    return swept;
  }

  /**
   * Removes deleted messages whose time is over, in order of time; answers how many went. Their
   * blobs become garbage.
   */
  int sweepExpired(FILETIME now) {
    int swept = 0;
    while (true) {
      List<Row> page = shard.scan(Keys.allExpiries(), false, PAGE);
      for (Row row : page) {
        if (Long.compareUnsigned(Keys.ticks(row.key()), now.ticks()) > 0 || stops.getAsBoolean()) {
          return swept;
        }
        if (!expire(row.key())) {
          return swept; // it was touched meanwhile: the next sweep looks again
        }
        swept++;
      }
      if (page.size() < PAGE) {
        return swept;
      }
    }
  }

  private boolean expire(Bytes expiry) {
    Bytes id = Keys.retainedMessage(expiry);
    Row retained = shard.get(Keys.retained(id)).orElse(null);
    Row location = shard.get(Keys.location(id)).orElse(null);
    Batch.Builder batch = expired(expiry);
    try {
      remove(batch, expiry, retained, location);
    } catch (StorageFault.Unreadable unreadable) {
      batch = expired(expiry); // it stays in the bin, and nothing else waits for it
    }
    return Stages.await(shard.commit(batch.build())) instanceof Outcome.Committed;
  }

  private static Batch.Builder expired(Bytes expiry) {
    return Batch.builder().durability(Batch.Durability.ASYNC).expectPresent(expiry).delete(expiry);
  }

  private void remove(Batch.Builder batch, Bytes expiry, Row retained, Row location) {
    Bytes id = Keys.retainedMessage(expiry);
    if (retained != null && SoftDeletes.until(retained) == Keys.ticks(expiry) && location != null) {
      Location at = Location.decode(location.value());
      batch.delete(Keys.retained(id));
      Row index = shard.get(Keys.index(at.folder(), at.associated(), id)).orElse(null);
      if (index != null) {
        removeMessage(batch, at.folder(), index);
        MessageRows.count(batch, at, -1);
      }
    }
  }

  /** As many of the messages as a batch takes, one at least; 0 when a row changed meanwhile. */
  private int sweepPage(Bytes deleted, Bytes folder, List<Row> page) {
    Batch.Builder batch =
        Batch.builder().durability(Batch.Durability.ASYNC).expectPresent(Keys.tombstone(deleted));
    int messages = 0;
    while (messages < page.size()
        && (messages == 0 || batch.size() < shard.limits().batchOpsMax() / 2)) {
      removeMessage(batch, folder, page.get(messages));
      if (!folder.equals(deleted)) {
        Bytes id = Keys.indexed(page.get(messages).key());
        SoftDeletes.forget(batch, id, shard.get(Keys.retained(id)));
      }
      messages++;
    }
    return Stages.await(shard.commit(batch.build())) instanceof Outcome.Committed ? messages : 0;
  }

  /** Subfolders that came in while their parent was being deleted go the same way. */
  private void buryChildren(Bytes folder) {
    for (Row place : shard.scan(Keys.children(folder), false, Integer.MAX_VALUE)) {
      Bytes child = Keys.member(place.key());
      Row row = shard.get(Keys.folder(child)).orElse(null);
      Batch.Builder batch = Batch.builder().durability(Batch.Durability.ASYNC);
      batch.expect(Keys.folder(child), row == null ? Batch.ABSENT : row.version());
      batch.delete(place.key());
      FolderRow found = row == null ? null : readable(row);
      if (found != null && found.parent().equals(folder)) {
        FolderTree.bury(batch, child, found);
      }
      Outcome done = Stages.await(shard.commit(batch.build()));
      assert done instanceof Outcome.Committed || done instanceof Outcome.Conflict;
    }
  }

  /** One that cannot be read is left out of its parent alone. */
  private static FolderRow readable(Row folder) {
    try {
      return FolderRow.decode(folder.value());
    } catch (StorageFault.Unreadable unreadable) {
      return null;
    }
  }

  /**
   * A message whose index row lies in a deleted folder; one that was moved away meanwhile has its
   * rows elsewhere. A damaged one goes like the others, but for large values that it does not name
   * any more: it must not keep all that is deleted with it. One whose folder cannot be read is left
   * out of the folder alone.
   */
  private void removeMessage(Batch.Builder batch, Bytes folder, Row indexRow) {
    Bytes id = Keys.indexed(indexRow.key());
    batch.delete(indexRow.key());
    Row location = shard.get(Keys.location(id)).orElse(null);
    Row message = shard.get(Keys.message(id)).orElse(null);
    Location at = message == null ? null : place(location, message);
    if (at != null && at.folder().equals(folder)) {
      long version = location == null ? Batch.ABSENT : location.version();
      batch.expect(Keys.location(id), version).delete(Keys.location(id));
      batch.expect(Keys.message(id), message.version()).delete(Keys.message(id));
      blobs(message).forEach(blob -> batch.put(Keys.garbage(id, blob.id()), 1, Bytes.EMPTY));
    }
  }

  private static Location place(Row location, Row message) {
    try {
      return MessageRows.location(location, message);
    } catch (StorageFault.Unreadable unreadable) {
      return null;
    }
  }

  private List<BlobRef> blobs(Row message) {
    try {
      return MessageCodec.decodeRow(
              new RowReader(message.value()), message.version(), blob -> Blobs.readAll(shard, blob))
          .blobs();
    } catch (StorageFault.Unreadable unreadable) {
      return List.of();
    }
  }
}
