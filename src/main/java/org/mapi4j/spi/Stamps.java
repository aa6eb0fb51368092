package org.mapi4j.spi;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import org.mapi4j.types.Bytes;

/**
 * The stamps of {@link Shard#stamp}, for engines with one writer at a time. Keys share slots by
 * hash, so a stamp may change although its key did not. Any thread reads; one thread at a time
 * begins and ends.
 */
public final class Stamps {
  private static final int SLOTS = 1 << 16;

  private final AtomicLongArray slots = new AtomicLongArray(SLOTS);
  private int[] begun = new int[64];
  private int begunCount;

  /** All stamps even. */
  public Stamps() {}

  /** The present stamp of a key: one volatile read. */
  public long get(Bytes key) {
    return slots.get(slot(key));
  }

  /** Makes the stamp of a key odd, until {@link #end}. Before anyone can see what is written. */
  public void begin(Bytes key) {
    int slot = slot(key);
    long stamp = slots.get(slot);
    if ((stamp & 1) == 0) {
      slots.set(slot, stamp + 1);
      if (begunCount == begun.length) {
        begun = Arrays.copyOf(begun, 2 * begunCount);
      }
      begun[begunCount++] = slot;
    }
  }

  /** Makes every odd stamp even, another than it was. After what is written can be seen. */
  public void end() {
    for (int i = 0; i < begunCount; i++) {
      slots.set(begun[i], slots.get(begun[i]) + 1);
    }
    begunCount = 0;
  }

  /** Makes every stamp another than it was: what was read before may not count. By the writer. */
  public void changeAll() {
    for (int i = 0; i < SLOTS; i++) {
      slots.set(i, slots.get(i) + 2);
    }
  }

  private static int slot(Bytes key) {
    int h = key.hashCode() * 0x9E3779B1;
    return h >>> 16 & SLOTS - 1;
  }
}
