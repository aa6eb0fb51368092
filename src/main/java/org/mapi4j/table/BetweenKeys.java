package org.mapi4j.table;

import org.mapi4j.types.Bytes;

/**
 * Keys whose order, as unsigned bytes, is an order that rows are put into anywhere: there is always
 * one between two others. A key is numbers of eight bytes, the last of them not 0. Rows at the ends
 * count up and down, with room between them; where there is no room the key before goes on with one
 * more number, from which rows count up and down as at the ends. So keys stay short at the ends,
 * always at one place, and at random.
 */
final class BetweenKeys {
  private static final int BYTES = Long.BYTES;
  private static final long FIRST = 1L << 62;

  private BetweenKeys() {}

  /**
   * A key between two.
   *
   * @param low the key before; null at the beginning
   * @param high the key behind; null at the end
   */
  static Bytes between(Bytes low, Bytes high) {
    if (low == null) {
      return high == null ? with(Bytes.EMPTY, 0, FIRST) : down(high, 0);
    }
    if (high == null) {
      return up(low, 0);
    }
    int same = 0;
    while (same < numbers(low) && number(low, same) == number(high, same)) {
      same++; // high ends no earlier than low: it is behind it
    }
    if (same == numbers(low)) {
      return down(high, same);
    }
    if (same < numbers(low) - 1) {
      return up(low, numbers(low) - 1);
    }
    long from = number(low, same);
    long room = number(high, same) - from;
    return room == 1 ? open(low) : with(low, same, from + (room >>> 1));
  }

  private static Bytes open(Bytes low) {
    return with(low, numbers(low), FIRST);
  }

  /** Behind a key, by the number at an index, or by a later one where numbers end. */
  private static Bytes up(Bytes low, int index) {
    int at = index;
    while (at < numbers(low)) {
      long next = number(low, at) + stride(at);
      if (Long.compareUnsigned(next, stride(at)) >= 0) {
        return with(low, at, next);
      }
      at++;
    }
    return open(low);
  }

  /** Before a key, and behind what its first numbers make. */
  private static Bytes down(Bytes high, int index) {
    int at = index;
    while (number(high, at) == 0) {
      at++;
    }
    long number = number(high, at);
    return Long.compareUnsigned(number, stride(at)) > 0
        ? with(high, at, number - stride(at))
        : with(with(high, at, 0), at + 1, FIRST);
  }

  /** The room between rows that count: rows come to the ends more often than to one place. */
  private static long stride(int index) {
    return index == 0 ? 1L << 24 : 1L << 40;
  }

  private static int numbers(Bytes key) {
    return key.size() / BYTES;
  }

  private static long number(Bytes key, int index) {
    long number = 0;
    for (int i = 0; i < BYTES; i++) {
      number = number << 8 | key.get(index * BYTES + i) & 0xFF;
    }
    return number;
  }

  /** The first numbers of a key and one more. */
  private static Bytes with(Bytes key, int index, long number) {
    byte[] bytes = new byte[(index + 1) * BYTES];
    for (int i = 0; i < index * BYTES; i++) {
      bytes[i] = key.get(i);
    }
    for (int i = 0; i < BYTES; i++) {
      bytes[index * BYTES + i] = (byte) (number >>> 56 - 8 * i);
    }
    return Bytes.wrap(bytes);
  }
}
