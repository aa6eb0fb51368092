package org.mapi4j.provider;

import org.mapi4j.types.Bytes;

/**
 * A value too large for its object's row: chunks of {@link #CHUNK_BYTES}, never changed once
 * referenced.
 */
record BlobRef(Bytes id, long size) {
  /** Bytes of every chunk but the last. */
  static final int CHUNK_BYTES = 64 << 10;

  /** Number of chunks. */
  int chunks() {
    return Math.toIntExact((size + CHUNK_BYTES - 1) / CHUNK_BYTES);
  }
}
