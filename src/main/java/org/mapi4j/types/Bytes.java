package org.mapi4j.types;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable sequence of bytes: SBinary, entry identifiers, keys. Compared as unsigned bytes, as
 * memcmp does. Source: MAPI "SBinary".
 */
public final class Bytes implements Comparable<Bytes> {
  /** No bytes. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] array;
  private int hash;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** A copy of these bytes. */
  public static Bytes copyOf(byte[] array) {
    return new Bytes(array.clone());
  }

  /** A copy of {@code length} bytes from {@code offset}. */
  public static Bytes copyOf(byte[] array, int offset, int length) {
    return new Bytes(Arrays.copyOfRange(array, offset, offset + length));
  }

  /** Takes the array over without a copy: the caller must not change it afterwards. */
  public static Bytes wrap(byte[] array) {
    return new Bytes(array);
  }

  /** These values, each cut to its low eight bits. */
  public static Bytes of(int... values) {
    byte[] array = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      array[i] = (byte) values[i];
    }
    return new Bytes(array);
  }

  /**
   * The bytes of a hexadecimal text, without separators. Throws IllegalArgumentException for any
   * other text.
   */
  public static Bytes fromHex(String hex) {
    return new Bytes(HexFormat.of().parseHex(hex));
  }

  /** Number of bytes. */
  public int size() {
    return array.length;
  }

  /** True when there is no byte. */
  public boolean isEmpty() {
    return array.length == 0;
  }

  /** The byte at an index. */
  public byte get(int index) {
    return array[index];
  }

  /** A copy of the bytes. */
  public byte[] toArray() {
    return array.clone();
  }

  /** The array itself, for hot paths that only read: it must never be changed. */
  public byte[] sharedArray() {
    return array;
  }

  /** Copies a range out. */
  public void copyTo(int from, byte[] target, int offset, int length) {
    System.arraycopy(array, from, target, offset, length);
  }

  /** The bytes from an index to another, exclusive. */
  public Bytes slice(int from, int to) {
    return copyOf(array, from, to - from);
  }

  /** These bytes followed by others. */
  public Bytes concat(Bytes other) {
    byte[] joined = Arrays.copyOf(array, array.length + other.array.length);
    System.arraycopy(other.array, 0, joined, array.length, other.array.length);
    return new Bytes(joined);
  }

  /** True when these bytes begin with others. */
  public boolean startsWith(Bytes prefix) {
    return array.length >= prefix.array.length
        && Arrays.equals(array, 0, prefix.array.length, prefix.array, 0, prefix.array.length);
  }

  /** Upper-case hexadecimal digits. */
  public String toHex() {
    return HexFormat.of().withUpperCase().formatHex(array);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(array, other.array);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
  }

  @Override
  public int hashCode() {
    int h = hash;
    if (h == 0) {
      h = Arrays.hashCode(array);
      hash = h;
    }
    return h;
  }

  @Override
  public String toString() {
    return array.length <= 64 ? toHex() : slice(0, 64).toHex() + "… (" + array.length + " bytes)";
  }
}
