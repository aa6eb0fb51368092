package org.mapi4j.engine.je;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mapi4j.types.Bytes;

/**
 * Versions and counters of rows that the writer met lately, as the batches before leave them. Only
 * the writer writes, so what it remembers holds until it writes again: most preconditions of a save
 * then cost no search of the tree. A group that is undone takes all of it along. For the writer
 * thread.
 */
final class KnownRows {
  private static final int VERSIONS_MAX = 8_192;
  private static final int COUNTERS_MAX = 1_024;

  private final Map<Bytes, Long> versions = new Recent<>(VERSIONS_MAX);
  private final Map<Bytes, Long> counters = new Recent<>(COUNTERS_MAX);

  /** The version of a row, {@link org.mapi4j.spi.Batch#ABSENT} for no such row; null: unknown. */
  Long version(Bytes key) {
    return versions.get(key);
  }

  /** A row has this version now; what was known of it as a counter is forgotten. */
  void version(Bytes key, long version) {
    versions.put(key, version);
    counters.remove(key);
  }

  /** The number in a counter row; null: unknown. */
  Long counter(Bytes key) {
    return counters.get(key);
  }

  /** A counter row, of version 0, holds this number now. */
  void counter(Bytes key, long value) {
    versions.put(key, 0L);
    counters.put(key, value);
  }

  /** Forgets everything. */
  void clear() {
    versions.clear();
    counters.clear();
  }

  /** Keeps what was used last. */
  private static final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;

    private final int most;

    Recent(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > most;
    }
  }
}
