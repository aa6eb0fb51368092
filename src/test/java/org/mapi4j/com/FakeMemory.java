package org.mapi4j.com;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Memory whose every block ends at the end of a page that nothing follows, so that reading or
 * writing beyond a block is an AssertionError where a process would have ended, or worse, not.
 */
final class FakeMemory implements NativeMemory {
  static final int PAGE = 4096;
  private static final byte GARBAGE = (byte) 0xCC;

  private final TreeMap<Long, byte[]> runs = new TreeMap<>();
  private final TreeMap<Long, Long> blocks = new TreeMap<>();
  private long next = 0x7F00_0000_0000L;
  private int writes;

  /** Calls of {@link #write} so far. */
  int writes() {
    return writes;
  }

  /** Blocks that were not freed. */
  int live() {
    return blocks.size();
  }

  private byte[] run(long address, long length) {
    Map.Entry<Long, byte[]> run = runs.floorEntry(address);
    if (run == null || address + length > run.getKey() + run.getValue().length) {
      throw new AssertionError("access to %d bytes at 0x%X".formatted(length, address));
    }
    return run.getValue();
  }

  private int offset(long address) {
    return (int) (address - runs.floorKey(address));
  }

  @Override
  public void read(long address, byte[] target, int offset, int length) {
    System.arraycopy(run(address, length), offset(address), target, offset, length);
  }

  @Override
  public void write(long address, byte[] source, int offset, int length) {
    writes++;
    System.arraycopy(source, offset, run(address, length), offset(address), length);
  }

  @Override
  public int getInt(long address) {
    return LittleEndian.getInt(run(address, 4), offset(address));
  }

  @Override
  public long getLong(long address) {
    return LittleEndian.getLong(run(address, 8), offset(address));
  }

  @Override
  public void putInt(long address, int value) {
    LittleEndian.putInt(run(address, 4), offset(address), value);
  }

  @Override
  public void putLong(long address, long value) {
    LittleEndian.putLong(run(address, 8), offset(address), value);
  }

  /** A zeroed block, aligned to 8. */
  @Override
  public long allocate(long size) {
    return place(size, (byte) 0, 8);
  }

  /** A block whose bytes are what a heap leaves there. */
  long allocateDirty(int size) {
    return place(size, GARBAGE, 8);
  }

  /** A block at any address, which ends exactly with its page. */
  long allocateUnaligned(int size) {
    return place(size, GARBAGE, 1);
  }

  private long place(long size, byte fill, int align) {
    long used = Math.max(align, (size + align - 1) / align * align);
    byte[] run = new byte[(int) ((used + PAGE - 1) / PAGE * PAGE)];
    Arrays.fill(run, fill);
    long start = next;
    next += run.length + PAGE;
    runs.put(start, run);
    long address = start + run.length - used;
    blocks.put(address, start);
    return address;
  }

  @Override
  public void free(long address) {
    if (address != 0) {
      Long start = blocks.remove(address);
      if (start == null) {
        throw new AssertionError("free of 0x%X, which is no block".formatted(address));
      }
      runs.remove(start);
    }
  }

  /** A block with these bytes. */
  long put(byte[] bytes) {
    long address = allocateUnaligned(bytes.length);
    write(address, bytes, 0, bytes.length);
    return address;
  }

  /** A copy of memory. */
  byte[] get(long address, int length) {
    byte[] copy = new byte[length];
    read(address, copy, 0, length);
    return copy;
  }
}
