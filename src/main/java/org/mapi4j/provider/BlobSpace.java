package org.mapi4j.provider;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;

/**
 * The large values that one open object can read: those stored, and those written but not yet part
 * of a save. The latter lie in memory while small and in staged chunks beyond; what no save takes
 * up is removed on release, or after a crash when the store is next opened. Guarded by its owner's
 * lock.
 */
final class BlobSpace {
  /** Bytes of unsaved chunks kept in memory for one value. */
  static final int MEMORY_BYTES = 1 << 20;

  /** Bytes of unsaved chunks kept in memory for all values together. */
  private static final int TOGETHER_BYTES = 8 << 20;

  private final StoreCore core;
  private final List<Staged> inMemory = new ArrayList<>();
  private final Map<Bytes, Staged> staged = new HashMap<>();

  /**
   * A value that no save has taken up: chunks in memory, the others in the store under a marker.
   */
  static final class Staged {
    final Bytes id;
    final TreeMap<Integer, Bytes> memory = new TreeMap<>();

    /** Commits that wrote chunks, which is the version of the marker. */
    long spills;

    /** A commit may have been made of which nothing is known. */
    boolean unsure;

    /** A commit may have been made that took it up: staged again, it would be swept as unsaved. */
    boolean offered;

    Staged(Bytes id) {
      this.id = id;
    }
  }

  BlobSpace(StoreCore core) {
    this.core = core;
  }

  StoreCore core() {
    return core;
  }

  Staged begin() {
    spillWhenMany();
    Staged blob = new Staged(core.newId());
    staged.put(blob.id, blob);
    inMemory.add(blob);
    return blob;
  }

  private void spillWhenMany() {
    long chunks = 0;
    for (Staged blob : inMemory) {
      chunks += blob.memory.size();
    }
    if (chunks * BlobRef.CHUNK_BYTES > TOGETHER_BYTES) {
      for (Staged blob : inMemory) {
        if (!blob.memory.isEmpty() && !blob.offered && staged.containsKey(blob.id)) {
          spill(blob);
        }
      }
      inMemory.removeIf(blob -> !blob.offered);
    }
  }

  /**
   * Moves the chunks that lie in memory to the store; they stay in memory when that fails or its
   * outcome is unknown.
   */
  void spill(Staged blob) {
    makeSure(blob);
    Batch.Builder batch = Batch.builder();
    batch.expect(Keys.staged(blob.id), blob.spills == 0 ? Batch.ABSENT : blob.spills);
    batch.put(Keys.staged(blob.id), blob.spills + 1, Bytes.EMPTY);
    blob.memory.forEach((index, bytes) -> batch.put(Keys.chunk(blob.id, index), 1, bytes));
    blob.unsure = true;
    core.staged(blob.id);
    expectCommitted(core.commitStaged(batch));
    blob.unsure = false;
    blob.spills++;
    blob.memory.clear();
  }

  /** Finds out whether a commit that failed was made all the same. */
  private void makeSure(Staged blob) {
    if (blob.unsure) {
      long version = core.shard().get(Keys.staged(blob.id)).map(Row::version).orElse(0L);
      if (version != blob.spills && version != blob.spills + 1) {
        throw lost();
      }
      blob.spills = version;
      blob.unsure = false;
    }
  }

  private static StorageFault lost() {
    return new StorageFault("a part of a value not saved yet was lost with the disk's fault", null);
  }

  /** Throws when a conflict says that chunks written before are no longer there. */
  static void expectKept(Outcome outcome) {
    if (outcome instanceof Outcome.Conflict conflict && Keys.isStaged(conflict.key())) {
      throw lost();
    }
  }

  private static void expectCommitted(Outcome outcome) {
    expectKept(outcome);
    if (!(outcome instanceof Outcome.Committed)) {
      throw new StorageFault("staging a value: " + outcome, null);
    }
  }

  /** A value as a new blob. */
  BlobRef add(Bytes value) {
    Staged blob = begin();
    BlobRef ref = new BlobRef(blob.id, value.size());
    for (int i = 0; i < ref.chunks(); i++) {
      int from = i * BlobRef.CHUNK_BYTES;
      blob.memory.put(i, value.slice(from, Math.min(value.size(), from + BlobRef.CHUNK_BYTES)));
      if (blob.memory.size() * BlobRef.CHUNK_BYTES > MEMORY_BYTES) {
        spill(blob);
      }
    }
    return ref;
  }

  /** True for a value that no save has taken up. */
  boolean isStaged(BlobRef ref) {
    return staged.containsKey(ref.id());
  }

  /** A new value of the same bytes, copied in constant memory. */
  BlobRef copyOf(BlobRef ref, BlobSpace from) {
    Staged blob = begin();
    for (int i = 0; i < ref.chunks(); i++) {
      blob.memory.put(i, from.chunk(ref, i));
      if (blob.memory.size() * BlobRef.CHUNK_BYTES > MEMORY_BYTES) {
        spill(blob);
      }
    }
    return new BlobRef(blob.id, ref.size());
  }

  /** A chunk of a value, stored or not. */
  Bytes chunk(BlobRef ref, int index) {
    Staged blob = staged.get(ref.id());
    Bytes inMemory = blob == null ? null : blob.memory.get(index);
    return inMemory != null ? inMemory : Blobs.chunk(core.shard(), ref, index);
  }

  /** The whole value. Only for sizes within a named limit. */
  Bytes readAll(BlobRef ref) {
    byte[] whole = new byte[Math.toIntExact(ref.size())];
    for (int i = 0; i < ref.chunks(); i++) {
      Bytes chunk = chunk(ref, i);
      chunk.copyTo(0, whole, i * BlobRef.CHUNK_BYTES, chunk.size());
    }
    return Bytes.wrap(whole);
  }

  /**
   * Brings all but {@link #MEMORY_BYTES} of these values into the store, so that the commit that
   * takes them up stays small. Whether an earlier one took them up is known by now.
   */
  void prepare(Collection<BlobRef> used) {
    long kept = 0;
    for (BlobRef ref : used) {
      Staged blob = staged.get(ref.id());
      if (blob != null) {
        blob.offered = false;
        long bytes = (long) blob.memory.size() * BlobRef.CHUNK_BYTES;
        if (kept + bytes > MEMORY_BYTES) {
          spill(blob);
        } else {
          kept += bytes;
        }
      }
    }
  }

  /** Adds to a batch what makes these values permanent. */
  void takeUp(Collection<BlobRef> used, Batch.Builder batch) {
    for (BlobRef ref : used) {
      Staged blob = staged.get(ref.id());
      if (blob != null) {
        makeSure(blob);
        blob.offered = true;
        blob.memory.forEach((index, bytes) -> batch.put(Keys.chunk(blob.id, index), 1, bytes));
        if (blob.spills > 0) {
          batch.expect(Keys.staged(blob.id), blob.spills);
          batch.delete(Keys.staged(blob.id));
        }
      }
    }
  }

  /**
   * Whether a commit of {@link #takeUp} was made of which nothing else is known: its chunks are
   * there, and no marker is left. Empty where it took up nothing that this object staged.
   */
  Optional<Boolean> areTakenUp(Collection<BlobRef> used) {
    for (BlobRef ref : used) {
      Staged blob = staged.get(ref.id());
      if (blob != null) {
        boolean marked = core.shard().get(Keys.staged(blob.id)).isPresent();
        return Optional.of(!marked && core.shard().get(Keys.chunk(blob.id, 0)).isPresent());
      }
    }
    return Optional.empty();
  }

  /** The batch was committed: these values are the store's now. */
  void takenUp(Collection<BlobRef> used) {
    used.forEach(
        ref -> {
          if (staged.remove(ref.id()) != null) {
            core.unstaged(ref.id());
          }
        });
    inMemory.removeIf(blob -> !staged.containsKey(blob.id));
  }

  /** Removes what no save took up. After the session's end that is done. */
  void discard() {
    for (Staged blob : staged.values()) {
      if ((blob.spills > 0 || blob.unsure) && !core.isClosed()) {
        Sweeper.removeStaged(core.shard(), blob.id);
        core.unstaged(blob.id);
      }
    }
    staged.clear();
    inMemory.clear();
  }
}
