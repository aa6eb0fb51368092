package org.mapi4j.provider;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.Stamps;
import org.mapi4j.types.Bytes;

/**
 * Decoded rows that were read a moment ago, served on the caller's thread. An entry counts only
 * while its key's stamp is what it was before the row was read, so a read never misses a commit
 * that anyone has seen. Bounded by rows and by their bytes: when full, an arbitrary quarter goes.
 */
final class RowCache<V> {
  private final Shard shard;
  private final Function<Row, V> decoder;
  private final Function<Bytes, V> otherwise;
  private final int entriesMax;
  private final long bytesMax;
  private final AtomicLong bytes = new AtomicLong();
  private final ConcurrentHashMap<Bytes, Entry<V>> entries = new ConcurrentHashMap<>();

  private record Entry<V>(long stamp, V value, int bytes) {}

  /**
   * @param bytesMax of the rows as they are stored; what they are decoded to takes a few times that
   */
  RowCache(Shard shard, int entriesMax, long bytesMax, Function<Row, V> decoder) {
    this(shard, entriesMax, bytesMax, decoder, key -> null);
  }

  /**
   * @param otherwise what stands for a row that is absent, or null; it may change only together
   *     with the key's stamp
   */
  RowCache(
      Shard shard,
      int entriesMax,
      long bytesMax,
      Function<Row, V> decoder,
      Function<Bytes, V> otherwise) {
    this.otherwise = otherwise;
    this.bytesMax = bytesMax;
    this.shard = shard;
    this.entriesMax = entriesMax;
    this.decoder = decoder;
  }

  /** The present row, decoded, or what stands for an absent one; null when absent. */
  V get(Bytes key) {
    Entry<V> entry = entries.get(key);
    long before = shard.stamp(key);
    if (entry != null && entry.stamp() == before) {
      return entry.value();
    }
    return take(key, entry, before, shard.get(key));
  }

  /**
   * The same; when the row must be read, another cache takes one that will be asked for next.
   *
   * @param taken which rows it takes without reading more
   */
  V getWith(Bytes key, RowCache<?> other, Bytes next, Predicate<Row> taken) {
    Entry<V> entry = entries.get(key);
    long before = shard.stamp(key);
    if (entry != null && entry.stamp() == before) {
      return entry.value();
    }
    long nextBefore = shard.stamp(next);
    List<Optional<Row>> rows = shard.getAll(List.of(key, next));
    other.offer(next, nextBefore, rows.get(1).filter(taken));
    return take(key, entry, before, rows.get(0));
  }

  private void offer(Bytes key, long before, Optional<Row> row) {
    if (row.isPresent()) {
      V value = take(key, entries.get(key), before, row);
      assert value != null : key;
    }
  }

  /**
   * Takes what a commit wrote without reading it back: where the stamp says that it was the only
   * one, or that those beside it became visible with it. Only for keys that no batch writes without
   * expecting their version: none of those beside it wrote it too.
   *
   * @param before the stamp before the commit was given
   */
  void wrote(long before, Row row) {
    long now = before + Stamps.ONE_CHANGE;
    if ((before & 1) == 0 && shard.stamp(row.key()) == now) {
      put(row.key(), new Entry<>(now, decoder.apply(row), row.value().size()));
    }
  }

  private V take(Bytes key, Entry<V> entry, long before, Optional<Row> row) {
    V value = row.isPresent() ? decoder.apply(row.get()) : otherwise.apply(key);
    if (value != null && !isLarge(value) && (before & 1) == 0 && shard.stamp(key) == before) {
      put(key, new Entry<>(before, value, row.map(found -> found.value().size()).orElse(0)));
    } else if (entry != null && entries.remove(key, entry)) {
      bytes.addAndGet(-entry.bytes());
    }
    return value;
  }

  /** Bytes of the rows that are kept. */
  long bytes() {
    return bytes.get();
  }

  /** A message whose image fills a blob may have megabytes: thousands of those fill a heap. */
  private static boolean isLarge(Object value) {
    return value instanceof StoreCore.StoredMessage message
        && message.blobs().size() > message.image().blobs().size();
  }

  private void put(Bytes key, Entry<V> entry) {
    if (entry.bytes() > bytesMax / 4) {
      return;
    }
    Entry<V> replaced = entries.put(key, entry);
    long kept = bytes.addAndGet(entry.bytes() - (replaced == null ? 0 : replaced.bytes()));
    if (entries.size() > entriesMax || kept > bytesMax) {
      shrink();
    }
  }

  private void shrink() {
    for (Map.Entry<Bytes, Entry<V>> kept : entries.entrySet()) {
      if (entries.size() <= entriesMax - entriesMax / 4 && bytes.get() <= bytesMax / 4 * 3) {
        return;
      }
      if (entries.remove(kept.getKey(), kept.getValue())) {
        bytes.addAndGet(-kept.getValue().bytes());
      }
    }
  }
}
