package org.mapi4j.provider;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Shard;
import org.mapi4j.types.Bytes;

/**
 * Decoded rows that were read a moment ago, served on the caller's thread. An entry counts only
 * while its key's stamp is what it was before the row was read, so a read never misses a commit
 * that anyone has seen. Bounded: when full, an arbitrary quarter goes.
 */
final class RowCache<V> {
  private final Shard shard;
  private final Function<Row, V> decoder;
  private final int entriesMax;
  private final ConcurrentHashMap<Bytes, Entry<V>> entries = new ConcurrentHashMap<>();

  private record Entry<V>(long stamp, V value) {}

  RowCache(Shard shard, int entriesMax, Function<Row, V> decoder) {
    this.shard = shard;
    this.entriesMax = entriesMax;
    this.decoder = decoder;
  }

  /** The present row, decoded; null when absent. */
  V get(Bytes key) {
    Entry<V> entry = entries.get(key);
    long before = shard.stamp(key);
    if (entry != null && entry.stamp() == before) {
      return entry.value();
    }
    Optional<Row> row = shard.get(key);
    V value = row.map(decoder).orElse(null);
    if (value != null && !isLarge(value) && (before & 1) == 0 && shard.stamp(key) == before) {
      put(key, new Entry<>(before, value));
    } else if (entry != null) {
      entries.remove(key, entry);
    }
    return value;
  }

  /** A message whose image fills a blob may have megabytes: thousands of those fill a heap. */
  private static boolean isLarge(Object value) {
    return value instanceof StoreCore.StoredMessage message
        && message.blobs().size() > message.image().blobs().size();
  }

  private void put(Bytes key, Entry<V> entry) {
    if (entries.size() >= entriesMax) {
      int drop = entriesMax / 4;
      for (var it = entries.keySet().iterator(); drop > 0 && it.hasNext(); drop--) {
        it.next();
        it.remove();
      }
    }
    entries.put(key, entry);
  }
}
