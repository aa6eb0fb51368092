package org.mapi4j.table;

import java.util.Arrays;
import org.mapi4j.types.Bytes;

/**
 * Keys whose order, as unsigned bytes, is an order that rows are put into anywhere: there is always
 * one between two others. At both ends they are eight bytes; between two that are next to each
 * other they grow by a byte for some eight rows.
 */
final class BetweenKeys {
  private static final long FIRST = 1L << 62;
  private static final int DIGITS = 256;

  private BetweenKeys() {}

  /**
   * A key between two.
   *
   * @param low the key before; null at the beginning
   * @param high the key behind; null at the end
   */
  static Bytes between(Bytes low, Bytes high) {
    if (low == null && high == null) {
      return key(FIRST);
    }
    if (high == null) {
      return key(number(low) + 1);
    }
    if (low == null) {
      return key(number(high) - 1);
    }
    return middle(low, high);
  }

  private static Bytes key(long number) {
    byte[] bytes = new byte[8];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (number >>> 56 - 8 * i);
    }
    return Bytes.wrap(bytes);
  }

  private static long number(Bytes key) {
    long number = 0;
    for (int i = 0; i < 8; i++) {
      number = number << 8 | digit(key, i);
    }
    return number;
  }

  private static int digit(Bytes key, int index) {
    return index < key.size() ? key.get(index) & 0xFF : 0;
  }

  /** As numbers between 0 and 1 with digits of base 256: keys differ in more than zeros behind. */
  private static Bytes middle(Bytes low, Bytes high) {
    byte[] digits = new byte[Math.max(low.size(), high.size()) + 1];
    boolean below = false; // what is made up to here is less than high's beginning
    for (int i = 0; ; i++) {
      int from = digit(low, i);
      int to = below ? DIGITS : digit(high, i);
      int middle = from + to >>> 1;
      if (middle > from) {
        digits[i] = (byte) middle;
        return Bytes.wrap(Arrays.copyOf(digits, i + 1));
      }
      digits[i] = (byte) from;
      below |= from < to;
    }
  }
}
