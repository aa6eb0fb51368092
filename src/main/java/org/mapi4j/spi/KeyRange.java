package org.mapi4j.spi;

import org.mapi4j.types.Bytes;

/** Keys from one, inclusive, to another, exclusive; a null end has no bound. */
public record KeyRange(Bytes from, Bytes to) {
  /** All keys with a prefix. */
  public static KeyRange prefix(Bytes prefix) {
    return new KeyRange(prefix, after(prefix));
  }

  /** The same range without the keys up to and including one: where a scan goes on. */
  public KeyRange startingAfter(Bytes key) {
    return new KeyRange(key.concat(Bytes.of(0)), to);
  }

  /** The same range without the keys from one on: where a reverse scan goes on. */
  public KeyRange endingBefore(Bytes key) {
    return new KeyRange(from, key);
  }

  /** True when a key lies inside. */
  public boolean contains(Bytes key) {
    return key.compareTo(from) >= 0 && (to == null || key.compareTo(to) < 0);
  }

  /** True when a key may lie inside both. */
  public boolean overlaps(KeyRange other) {
    return (to == null || other.from.compareTo(to) < 0)
        && (other.to == null || from.compareTo(other.to) < 0);
  }

  private static Bytes after(Bytes prefix) {
    byte[] next = prefix.toArray();
    for (int i = next.length - 1; i >= 0; i--) {
      if (++next[i] != 0) {
        return Bytes.copyOf(next, 0, i + 1);
      }
    }
    return null;
  }
}
