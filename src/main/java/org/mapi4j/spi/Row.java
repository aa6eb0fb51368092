package org.mapi4j.spi;

import java.nio.ByteBuffer;
import org.mapi4j.types.Bytes;

/** A stored row. The version is what its last put said; 0 for counters. */
public record Row(Bytes key, long version, Bytes value) {
  /** The value of a counter row: 8 bytes, big-endian. Throws StorageFault.Damaged for fewer. */
  public long counter() {
    if (value.size() < Long.BYTES) {
      throw new StorageFault.Damaged(
          "counter %s has %d bytes where 8 are needed".formatted(key, value.size()), null);
    }
    return ByteBuffer.wrap(value.sharedArray()).getLong();
  }
}
