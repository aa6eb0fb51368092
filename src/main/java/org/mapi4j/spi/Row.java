package org.mapi4j.spi;

import java.nio.ByteBuffer;
import org.mapi4j.types.Bytes;

/** A stored row. The version is what its last put said; 0 for counters. */
public record Row(Bytes key, long version, Bytes value) {
  /** The value of a counter row: 8 bytes, big-endian. */
  public long counter() {
    return ByteBuffer.wrap(value.sharedArray()).getLong();
  }
}
