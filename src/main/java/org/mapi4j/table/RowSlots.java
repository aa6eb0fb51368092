package org.mapi4j.table;

import static org.mapi4j.types.MapiDefs.PT_UNSPECIFIED;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/**
 * Rows in slots: a key and some columns each. A row that changes gets another slot, and what a slot
 * holds stays, so that orders made before still agree with it. Changed under the monitor of its
 * {@link RowColumns}; slots and columns that were handed out are read without it.
 */
final class RowSlots {
  /** Bytes of a row's key. */
  static final int KEY_BYTES = 16;

  private final Map<Integer, Column> columns = new ConcurrentHashMap<>();
  private volatile long[] keys = new long[32];
  private int[] natural = new int[16];
  private int rows;
  private int size;

  /** The column of an identifier, or null. */
  Column column(int propId) {
    return columns.get(propId);
  }

  Collection<Integer> columnIds() {
    return columns.keySet();
  }

  /** How many rows there are now. */
  int rows() {
    return rows;
  }

  /** How many slots were given, those of rows that changed or went included. */
  int size() {
    return size;
  }

  /** The present rows in the order of their keys; the first {@link #rows} count. */
  int[] natural() {
    return natural;
  }

  Bytes key(int slot) {
    long[] present = keys;
    return Bytes.wrap(
        ByteBuffer.allocate(KEY_BYTES)
            .putLong(present[2 * slot])
            .putLong(present[2 * slot + 1])
            .array());
  }

  /** The order of two slots' keys, as unsigned bytes. */
  int compareKeys(int a, int b) {
    long[] present = keys;
    int sign = Long.compareUnsigned(present[2 * a], present[2 * b]);
    return sign != 0 ? sign : Long.compareUnsigned(present[2 * a + 1], present[2 * b + 1]);
  }

  /** The slot of the present row with a key; -1 for none. */
  int find(Bytes key) {
    int at = search(key);
    return at < 0 ? -1 : natural[at];
  }

  /**
   * Index among the present rows of the row with a key; where it belongs as -1 - index.
   *
   * @param likely where it may be
   */
  int indexOf(Bytes key, int likely) {
    return likely < rows && key(natural[likely]).equals(key) ? likely : search(key);
  }

  private int search(Bytes key) {
    ByteBuffer bytes = ByteBuffer.wrap(key.sharedArray());
    if (key.size() != KEY_BYTES) {
      return -1;
    }
    long high = bytes.getLong();
    long low = bytes.getLong();
    int from = 0;
    int to = rows - 1;
    while (from <= to) {
      int middle = from + to >>> 1;
      int slot = natural[middle];
      int sign = Long.compareUnsigned(keys[2 * slot], high);
      sign = sign != 0 ? sign : Long.compareUnsigned(keys[2 * slot + 1], low);
      if (sign == 0) {
        return middle;
      } else if (sign < 0) {
        from = middle + 1;
      } else {
        to = middle - 1;
      }
    }
    return -1 - from;
  }

  /** Adds a row, mostly one whose key is the greatest; its slot. */
  int add(TableRow row) {
    Bytes key = row.instanceKey();
    int at = rows == 0 ? -1 : search(key);
    if (at >= 0) {
      throw new IllegalStateException("two rows have the key " + key);
    }
    int slot = slot(key);
    insert(-1 - at, slot);
    columns.forEach((id, column) -> column.put(slot, valueOf(row, id)));
    return slot;
  }

  /** Adds a row behind all others, without its values. */
  int append(Bytes key) {
    int slot = slot(key);
    insert(rows, slot);
    return slot;
  }

  /** Takes the row with a key out of the present ones; its slot, or -1 for none. */
  int remove(Bytes key) {
    int at = search(key);
    if (at < 0) {
      return -1;
    }
    int slot = natural[at];
    System.arraycopy(natural, at + 1, natural, at, rows - at - 1);
    rows--;
    return slot;
  }

  private int slot(Bytes key) {
    if (key.size() != KEY_BYTES) {
      throw new IllegalArgumentException("key: expected 16 bytes, found " + key.size());
    }
    long[] present = keys;
    if (2 * size + 2 > present.length) {
      present = Arrays.copyOf(present, (present.length + (present.length >> 1)) & ~1);
    }
    ByteBuffer bytes = ByteBuffer.wrap(key.sharedArray());
    present[2 * size] = bytes.getLong();
    present[2 * size + 1] = bytes.getLong();
    keys = present; // published with what it holds
    return size++;
  }

  private void insert(int at, int slot) {
    if (rows == natural.length) {
      natural = Arrays.copyOf(natural, rows + (rows >> 1));
    }
    System.arraycopy(natural, at, natural, at + 1, rows - at);
    natural[at] = slot;
    rows++;
  }

  /** Puts a column in use that has a value for every slot. */
  void put(int propId, Column column) {
    columns.put(propId, column);
  }

  /** What a row has under an identifier, text wide; null for none. */
  static SPropValue valueOf(TableRow row, int propId) {
    return row.get(PropTag.of(propId, PT_UNSPECIFIED));
  }

  /** Bytes of heap, about. */
  long bytes() {
    long all = 8L * keys.length + 4L * natural.length;
    for (Column column : columns.values()) {
      all += column.bytes();
    }
    return all;
  }
}
