package org.mapi4j.provider;

import java.util.Arrays;
import org.mapi4j.types.Bytes;

/**
 * Writes a row's bytes: numbers big-endian, counts and lengths as base-128 varints, text as one or
 * two octets a UTF-16 unit.
 */
final class RowWriter {
  private byte[] array;
  private int size;

  RowWriter(int expectedBytes) {
    array = new byte[Math.max(16, expectedBytes)];
  }

  int size() {
    return size;
  }

  Bytes toBytes() {
    return Bytes.wrap(size == array.length ? array : Arrays.copyOf(array, size));
  }

  void octet(int value) {
    room(1);
    array[size++] = (byte) value;
  }

  void fixed16(int value) {
    room(2);
    array[size++] = (byte) (value >>> 8);
    array[size++] = (byte) value;
  }

  void fixed32(int value) {
    room(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      array[size++] = (byte) (value >>> shift);
    }
  }

  void fixed64(long value) {
    fixed32((int) (value >>> 32));
    fixed32((int) value);
  }

  void count(int value) {
    room(5);
    int rest = value;
    while (rest >>> 7 != 0) {
      array[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[size++] = (byte) rest;
  }

  /** Bytes whose number the reader knows. */
  void raw(Bytes bytes) {
    room(bytes.size());
    bytes.copyTo(0, array, size, bytes.size());
    size += bytes.size();
  }

  void bytes(Bytes bytes) {
    count(bytes.size());
    raw(bytes);
  }

  /**
   * Text as its UTF-16 units: one octet each while all are below 0x100 (length even), else two
   * (length odd).
   */
  void utf16(String text) {
    boolean narrow = true;
    for (int i = 0; i < text.length() && narrow; i++) {
      narrow = text.charAt(i) < 0x100;
    }
    count(text.length() << 1 | (narrow ? 0 : 1));
    room(narrow ? text.length() : 2 * text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!narrow) {
        array[size++] = (byte) (c >>> 8);
      }
      array[size++] = (byte) c;
    }
  }

  private void room(int more) {
    if (size + more > array.length) {
      array = Arrays.copyOf(array, Math.max(size + more, array.length * 2));
    }
  }
}
