package org.mapi4j.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.mapi4j.types.Bytes;

/**
 * The stamps of {@link Shard#stamp}, for engines with one writer at a time. Keys share slots by
 * hash, so a stamp may change although its key did not. Any thread reads; one thread at a time
 * begins and ends. In memory that several processes map, one of them writes and all read.
 */
public final class Stamps {
  private static final int SLOTS = 1 << 16;

  private static final int SEQ_AT = SLOTS * Long.BYTES;

  /** Bytes of memory that the stamps take, and after them the number of a commit. */
  public static final int BYTES = SEQ_AT + Long.BYTES;

  /** By how much a stamp grows with commits that became visible together. */
  public static final long ONE_CHANGE = 2;

  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final ByteBuffer memory;
  private int[] begun = new int[64];
  private int begunCount;

  /** All stamps even, in memory of their own. */
  public Stamps() {
    this(ByteBuffer.allocateDirect(BYTES));
  }

  /**
   * Stamps as they are in a memory.
   *
   * @param memory direct, {@link #BYTES} long, aligned to 8 bytes; read-only where another process
   *     writes
   */
  public Stamps(ByteBuffer memory) {
    this.memory = memory;
  }

  /** The present stamp of a key: one volatile read. */
  public long get(Bytes key) {
    return read(slot(key));
  }

  /** The number of the last commit that reads can see: one volatile read. */
  public long seq() {
    return (long) LONGS.getVolatile(memory, SEQ_AT);
  }

  /** Reads can see a commit from now on, or an engine begins with it. */
  public void seq(long number) {
    LONGS.setVolatile(memory, SEQ_AT, number);
  }

  private long read(int slot) {
    return (long) LONGS.getVolatile(memory, slot * Long.BYTES);
  }

  private void write(int slot, long stamp) {
    LONGS.setVolatile(memory, slot * Long.BYTES, stamp);
  }

  /** Makes the stamp of a key odd, until {@link #end}. Before anyone can see what is written. */
  public void begin(Bytes key) {
    int slot = slot(key);
    long stamp = read(slot);
    if ((stamp & 1) == 0) {
      write(slot, stamp + 1);
      if (begunCount == begun.length) {
        begun = Arrays.copyOf(begun, 2 * begunCount);
      }
      begun[begunCount++] = slot;
    }
  }

  /** Makes every odd stamp even, another than it was. After what is written can be seen. */
  public void end() {
    for (int i = 0; i < begunCount; i++) {
      write(begun[i], read(begun[i]) + 1);
    }
    begunCount = 0;
  }

  /** Makes every stamp another than it was: what was read before may not count. By the writer. */
  public void changeAll() {
    for (int i = 0; i < SLOTS; i++) {
      write(i, read(i) + ONE_CHANGE);
    }
  }

  /**
   * Makes every stamp even and another than it was, also those that a writer left odd when it
   * ended. By the next writer, before it begins.
   */
  public void restart() {
    for (int i = 0; i < SLOTS; i++) {
      write(i, (read(i) | 1) + 1);
    }
  }

  private static int slot(Bytes key) {
    int h = key.hashCode() * 0x9E3779B1;
    return h >>> 16 & SLOTS - 1;
  }
}
