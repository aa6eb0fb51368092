package org.mapi4j.provider;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.mapi4j.types.Bytes;

/**
 * A value being read and written at random, of any size, in constant memory: changed chunks lie
 * over the value it began with, up to {@link BlobSpace#MEMORY_BYTES} in memory and the rest staged
 * in the store. {@link #freeze} gives the value as it is now and goes on from there. Guarded by its
 * owner's lock.
 */
final class ChunkBuffer {
  private static final int CHUNK = BlobRef.CHUNK_BYTES;

  private final BlobSpace space;
  private Bytes baseBytes;
  private BlobRef baseBlob;
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

  /** Goes back to a value, dropping every change. */
  void reset(Value value) {
    baseBytes = value.bytes();
    baseBlob = value.blob();
    baseSize = value.size();
    size = baseSize;
    dirty.clear();
    spilled.clear();
    staged = null;
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

  /** The value as it is now: bytes up to a limit, a blob beyond. */
  Value freeze(int inlineBytesMax) {
    if (size <= inlineBytesMax) {
      byte[] all = new byte[(int) size];
      int read = read(0, all, 0, all.length);
      assert read == all.length;
      Value value = new Value(Bytes.wrap(all), null);
      reset(value);
      return value;
    }
    if (dirty.isEmpty() && spilled.isEmpty() && baseBlob != null && baseBlob.size() == size) {
      return new Value(null, baseBlob);
    }
    int chunks = (int) ((size + CHUNK - 1) / CHUNK);
    for (int i = 0; i < chunks; i++) {
      boolean last = i == chunks - 1; // may have been spilled longer than it is now
      if (!spilled.get(i) || last || dirty.containsKey(i)) {
        byte[] chunk = dirty.remove(i);
        stage(i, chunk == null ? load(i) : chunk);
      }
    }
    Value value = new Value(null, new BlobRef(stagedBlob().id, size));
    reset(value);
    return value;
  }

  private void stage(int index, byte[] chunk) {
    int length = (int) Math.min(CHUNK, size - (long) index * CHUNK);
    stagedBlob().memory.put(index, Bytes.copyOf(chunk, 0, length));
    spilled.set(index);
    if (staged.memory.size() * CHUNK > BlobSpace.MEMORY_BYTES) {
      space.spill(staged);
    }
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
      if (baseBlob != null) {
        found = space.chunk(baseBlob, index);
      } else {
        found = baseBytes.slice((int) from, (int) Math.min(baseBytes.size(), from + CHUNK));
      }
    }
    if (found != null) {
      found.copyTo(0, chunk, 0, (int) Math.min(found.size(), available));
    }
    return chunk;
  }
}
