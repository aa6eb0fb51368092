package org.mapi4j.provider;

import java.nio.charset.StandardCharsets;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;

/** Reads what {@link RowWriter} wrote. A row that ends early is {@link StorageFault.Damaged}. */
final class RowReader {
  private final byte[] array;
  private int at;

  RowReader(Bytes row) {
    array = row.sharedArray();
  }

  int octet() {
    need(1);
    return array[at++] & 0xFF;
  }

  short fixed16() {
    need(2);
    return (short) (octet() << 8 | octet());
  }

  int fixed32() {
    need(4);
    int value =
        (array[at] & 0xFF) << 24
            | (array[at + 1] & 0xFF) << 16
            | (array[at + 2] & 0xFF) << 8
            | array[at + 3] & 0xFF;
    at += 4;
    return value;
  }

  long fixed64() {
    return (long) fixed32() << 32 | fixed32() & 0xFFFFFFFFL;
  }

  /**
   * A count or length; never more than the octets that are left allow, with at least half an octet
   * for each.
   */
  int count() {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int octet = octet();
      value |= (octet & 0x7F) << shift;
      if (octet < 0x80) {
        if (value < 0 || (value >>> 1) > array.length) {
          throw new StorageFault.Damaged(
              "a count of %d in a row of %d bytes".formatted(value, array.length), null);
        }
        return value;
      }
    }
    throw new StorageFault.Damaged("a count in a row does not end", null);
  }

  Bytes raw(int length) {
    need(length);
    at += length;
    return Bytes.copyOf(array, at - length, length);
  }

  void skip(int bytes) {
    need(bytes);
    at += bytes;
  }

  void skipUtf16() {
    int head = count();
    skip((head >>> 1) * ((head & 1) == 0 ? 1 : 2));
  }

  Bytes bytes() {
    return raw(count());
  }

  String utf16() {
    int head = count();
    int length = head >>> 1;
    if ((head & 1) == 0) {
      need(length);
      at += length;
      return new String(array, at - length, length, StandardCharsets.ISO_8859_1);
    }
    need(2 * length);
    at += 2 * length;
    return decode(at - 2 * length, length);
  }

  /** What is left of the row. */
  Bytes rest() {
    return raw(array.length - at);
  }

  boolean atEnd() {
    return at == array.length;
  }

  private String decode(int from, int length) {
    char[] units = new char[length];
    for (int i = 0; i < length; i++) {
      units[i] = (char) ((array[from + 2 * i] & 0xFF) << 8 | array[from + 2 * i + 1] & 0xFF);
    }
    return new String(units);
  }

  private void need(int bytes) {
    if (bytes < 0 || array.length - at < bytes) {
      throw new StorageFault.Damaged(
          "a row of %d bytes ends at %d where %d more are needed"
              .formatted(array.length, at, bytes),
          null);
    }
  }
}
