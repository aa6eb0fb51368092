package org.mapi4j.provider;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.mapi4j.types.Bytes;

/**
 * A value being read and written at random, of any size, in constant memory: changed chunks lie
 * over the value as it was last committed, up to {@link BlobSpace#MEMORY_BYTES} in memory and the
 * rest staged in the store. Guarded by its owner's lock.
 */
final class ChunkBuffer {
  private static final int CHUNK = BlobRef.CHUNK_BYTES;

  private final BlobSpace space;
  private CommittedValue committed;

  /** How much of the committed value is still shown. */
  private long baseSize;

  private long size;
  private final TreeMap<Integer, byte[]> dirty = new TreeMap<>();
  private final BitSet spilled = new BitSet();
  private BlobSpace.Staged staged;

  /** A value: bytes, or a blob. */
  record Value(Bytes bytes, BlobRef blob) {
    long size() {
      return blob == null ? bytes.size() : blob.size();
    }
  }

  ChunkBuffer(BlobSpace space, Value value) {
    this.space = space;
    reset(value);
  }

  /** Goes on from another value, dropping every change. */
  void reset(Value value) {
    committed = new CommittedValue(space, value);
    revert();
  }

  /** Goes back to what was last committed. */
  void revert() {
    size = committed.size();
    startOver();
  }

  /** Nothing has changed since the commit. */
  private void startOver() {
    baseSize = size;
    dirty.clear();
    spilled.clear();
    staged = null;
  }

  /** What was written is what {@link #revert} goes back to. When that fails it is as before. */
  void commit() {
    committed.prepare(dirty.size());
    committed.take(baseSize, size, dirty, spilled, staged);
    startOver();
  }

  /** The value as last committed, in one piece: bytes up to a limit, a blob beyond. */
  Value freeze(int inlineBytesMax) {
    return committed.freeze(inlineBytesMax);
  }

  long size() {
    return size;
  }

  int read(long position, byte[] target, int offset, int length) {
    int wanted = (int) Math.min(length, Math.max(0, size - position));
    int done = 0;
    while (done < wanted) {
      int index = (int) ((position + done) / CHUNK);
      int within = (int) ((position + done) % CHUNK);
      int n = Math.min(CHUNK - within, wanted - done);
      byte[] chunk = dirty.get(index);
      if (chunk == null) {
        chunk = load(index);
      }
      System.arraycopy(chunk, within, target, offset + done, n);
      done += n;
    }
    return wanted;
  }

  void write(long position, byte[] source, int offset, int length) {
    int done = 0;
    while (done < length) {
      int index = (int) ((position + done) / CHUNK);
      int within = (int) ((position + done) % CHUNK);
      int n = Math.min(CHUNK - within, length - done);
      System.arraycopy(source, offset + done, edit(index, n == CHUNK), within, n);
      done += n;
    }
    size = Math.max(size, position + length);
  }

  void setSize(long newSize) {
    if (newSize < size) {
      int last = (int) (newSize / CHUNK);
      int within = (int) (newSize % CHUNK);
      if (within != 0) {
        byte[] chunk = edit(last, false);
        Arrays.fill(chunk, within, CHUNK, (byte) 0);
      }
      int firstGone = within == 0 ? last : last + 1;
      dirty.tailMap(firstGone, true).clear();
      spilled.clear(firstGone, Math.max(firstGone, spilled.length()));
      baseSize = Math.min(baseSize, newSize);
    }
    size = newSize;
  }

  private BlobSpace.Staged stagedBlob() {
    if (staged == null) {
      staged = space.begin();
    }
    return staged;
  }

  private byte[] edit(int index, boolean whole) {
    byte[] chunk = dirty.get(index);
    if (chunk == null) {
      if ((dirty.size() + 1) * CHUNK > BlobSpace.MEMORY_BYTES) {
        spillDirty();
      }
      chunk = whole ? new byte[CHUNK] : load(index);
      dirty.put(index, chunk);
    }
    return chunk;
  }

  private void spillDirty() {
    for (Map.Entry<Integer, byte[]> entry : dirty.entrySet()) {
      stagedBlob().memory.put(entry.getKey(), Bytes.copyOf(entry.getValue()));
      spilled.set(entry.getKey());
    }
    dirty.clear();
    space.spill(staged);
  }

  /** A chunk of what is there, zeros after its end, as an array of its own. */
  private byte[] load(int index) {
    byte[] chunk = new byte[CHUNK];
    Bytes found = null;
    long from = (long) index * CHUNK;
    long available = CHUNK;
    if (spilled.get(index)) {
      found = space.chunk(new BlobRef(staged.id, size), index);
    } else if (from < baseSize) {
      available = baseSize - from;
      found = committed.chunk(index);
    }
    if (found != null) {
      found.copyTo(0, chunk, 0, (int) Math.min(found.size(), available));
    }
    return chunk;
  }
}
