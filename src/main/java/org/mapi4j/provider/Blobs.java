package org.mapi4j.provider;

import org.mapi4j.spi.Shard;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;

/** Reads chunks. */
final class Blobs {
  private Blobs() {}

  /** A chunk of a blob; a missing one is damage, since what a handle can reach is never swept. */
  static Bytes chunk(Shard shard, BlobRef blob, int index) {
    return shard
        .get(Keys.chunk(blob.id(), index))
        .orElseThrow(
            () ->
                new StorageFault.Damaged(
                    "chunk %d of blob %s is missing".formatted(index, blob.id()), null))
        .value();
  }

  /** The whole value. Only for sizes within a named limit. */
  static Bytes readAll(Shard shard, BlobRef blob) {
    byte[] whole = new byte[Math.toIntExact(blob.size())];
    for (int i = 0; i < blob.chunks(); i++) {
      Bytes chunk = chunk(shard, blob, i);
      chunk.copyTo(0, whole, i * BlobRef.CHUNK_BYTES, chunk.size());
    }
    return Bytes.wrap(whole);
  }
}
