package org.mapi4j.provider;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.mapi4j.types.Bytes;

/**
 * What a {@link ChunkBuffer} was last committed at: chunks over the value it began with, up to
 * {@link BlobSpace#MEMORY_BYTES} of them in memory and the others staged in the store. A commit
 * costs what was written since the one before, whatever the size; the whole is brought into one
 * blob only by {@link #freeze}. Guarded by its owner's lock.
 */
final class CommittedValue {
  private static final int CHUNK = BlobRef.CHUNK_BYTES;

  private final BlobSpace space;
  private Bytes baseBytes;
  private BlobRef baseBlob;

  /** How much of the value it began with is still shown. */
  private long baseSize;

  private long size;

  /** Chunks in memory, never altered in place: a buffer above may show them. */
  private final TreeMap<Integer, byte[]> memory = new TreeMap<>();

  /** Which blob has a chunk that is not in memory. */
  private final Map<Integer, BlobSpace.Staged> staged = new HashMap<>();

  /** The blob that will be the value; what it has was committed. */
  private BlobSpace.Staged own;

  CommittedValue(BlobSpace space, ChunkBuffer.Value value) {
    this.space = space;
    begin(value);
  }

  private void begin(ChunkBuffer.Value value) {
    baseBytes = value.bytes();
    baseBlob = value.blob();
    baseSize = value.size();
    size = baseSize;
    memory.clear();
    staged.clear();
    own = null;
  }

  long size() {
    return size;
  }

  /** A chunk, shorter or null where nothing was ever written. */
  Bytes chunk(int index) {
    byte[] inMemory = memory.get(index);
    if (inMemory != null) {
      return Bytes.wrap(inMemory);
    }
    BlobSpace.Staged blob = staged.get(index);
    if (blob != null) {
      return space.chunk(new BlobRef(blob.id, size), index);
    }
    long from = (long) index * CHUNK;
    if (from >= baseSize) {
      return null;
    }
    if (baseBlob == null) {
      return baseBytes.slice((int) from, (int) Math.min(baseSize, from + CHUNK));
    }
    Bytes found = space.chunk(baseBlob, index);
    return found.size() <= baseSize - from ? found : found.slice(0, (int) (baseSize - from));
  }

  /** Makes room in memory for so many chunks. When that fails nothing has changed. */
  void prepare(int chunks) {
    if ((memory.size() + chunks) * CHUNK > BlobSpace.MEMORY_BYTES && !memory.isEmpty()) {
      BlobSpace.Staged blob = ownBlob();
      memory.forEach((index, chunk) -> blob.memory.put(index, Bytes.wrap(chunk)));
      space.spill(blob);
      memory.keySet().forEach(index -> staged.put(index, blob));
      memory.clear();
    }
  }

  /**
   * Takes in what was written over this; cannot fail after {@link #prepare}.
   *
   * @param kept bytes of this value that were never cut off
   * @param chunks whole chunks, which are not altered from here on
   * @param spilledChunks further ones, which are in a blob
   * @param spilled that blob; null for none
   */
  void take(
      long kept,
      long newSize,
      Map<Integer, byte[]> chunks,
      BitSet spilledChunks,
      BlobSpace.Staged spilled) {
    if (kept < size) {
      int end = chunksOf(kept);
      memory.tailMap(end, true).clear();
      staged.keySet().removeIf(index -> index >= end);
      baseSize = Math.min(baseSize, kept);
    }
    size = newSize;
    spilledChunks.stream()
        .forEach(
            index -> {
              memory.remove(index);
              staged.put(index, spilled);
            });
    memory.putAll(chunks);
    if (own == null) {
      own = spilled;
    }
  }

  /** The value in one piece, bytes up to a limit and a blob beyond; goes on from there. */
  ChunkBuffer.Value freeze(int inlineBytesMax) {
    ChunkBuffer.Value value;
    if (size <= inlineBytesMax) {
      byte[] all = new byte[(int) size];
      for (int i = 0; i < chunksOf(size); i++) {
        Bytes chunk = chunk(i);
        if (chunk != null) {
          chunk.copyTo(0, all, i * CHUNK, Math.min(chunk.size(), all.length - i * CHUNK));
        }
      }
      value = new ChunkBuffer.Value(Bytes.wrap(all), null);
    } else if (memory.isEmpty()
        && staged.isEmpty()
        && baseBlob != null
        && baseBlob.size() == size) {
      return new ChunkBuffer.Value(null, baseBlob);
    } else {
      value = new ChunkBuffer.Value(null, new BlobRef(wholeBlob().id, size));
    }
    begin(value);
    return value;
  }

  private BlobSpace.Staged wholeBlob() {
    BlobSpace.Staged blob = ownBlob();
    int chunks = chunksOf(size);
    for (int i = 0; i < chunks; i++) {
      boolean last = i == chunks - 1; // may have been staged longer than it is now
      if (last || memory.containsKey(i) || staged.get(i) != blob) {
        Bytes chunk = exactly(i, (int) Math.min(CHUNK, size - (long) i * CHUNK));
        blob.memory.put(i, chunk);
        memory.remove(i);
        staged.put(i, blob);
        if (blob.memory.size() * CHUNK > BlobSpace.MEMORY_BYTES) {
          space.spill(blob);
        }
      }
    }
    return blob;
  }

  /** A chunk of so many bytes, zeros where nothing was written. */
  private Bytes exactly(int index, int length) {
    Bytes chunk = chunk(index);
    if (chunk != null && chunk.size() == length) {
      return chunk;
    }
    byte[] whole = new byte[length];
    if (chunk != null) {
      chunk.copyTo(0, whole, 0, Math.min(chunk.size(), length));
    }
    return Bytes.wrap(whole);
  }

  private BlobSpace.Staged ownBlob() {
    if (own == null) {
      own = space.begin();
    }
    return own;
  }

  private static int chunksOf(long bytes) {
    return (int) ((bytes + CHUNK - 1) / CHUNK);
  }
}
