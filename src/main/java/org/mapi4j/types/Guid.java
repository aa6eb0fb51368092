package org.mapi4j.types;

import java.util.Locale;
import java.util.UUID;

/**
 * A GUID: interface identifier, property set or provider identifier. Held as the number pair of its
 * text form; {@link #toBytes} gives the little-endian layout of the GUID structure. Source: MAPI
 * "GUID", "MAPIUID".
 */
public record Guid(long high, long low) implements Comparable<Guid> {
  /** Size of the structure, bytes. */
  public static final int SIZE = 16;

  /**
   * Parses {@code 00020307-0000-0000-C000-000000000046}, with or without braces. Throws
   * IllegalArgumentException for other text.
   */
  public static Guid parse(String text) {
    String bare =
        text.startsWith("{") && text.endsWith("}") ? text.substring(1, text.length() - 1) : text;
    return of(UUID.fromString(bare));
  }

  /** The same number as a UUID. */
  public static Guid of(UUID uuid) {
    return new Guid(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
  }

  /** Reads the 16 bytes of the structure at an offset. */
  public static Guid fromBytes(byte[] b, int offset) {
    long data1 =
        (b[offset] & 0xFFL)
            | (b[offset + 1] & 0xFFL) << 8
            | (b[offset + 2] & 0xFFL) << 16
            | (b[offset + 3] & 0xFFL) << 24;
    long data2 = (b[offset + 4] & 0xFFL) | (b[offset + 5] & 0xFFL) << 8;
    long data3 = (b[offset + 6] & 0xFFL) | (b[offset + 7] & 0xFFL) << 8;
    long low = 0;
    for (int i = 8; i < 16; i++) {
      low = low << 8 | b[offset + i] & 0xFF;
    }
    return new Guid(data1 << 32 | data2 << 16 | data3, low);
  }

  /** Reads the structure. Throws IllegalArgumentException unless there are 16 bytes. */
  public static Guid fromBytes(Bytes bytes) {
    if (bytes.size() != SIZE) {
      throw new IllegalArgumentException("GUID: expected 16 bytes, found " + bytes.size());
    }
    return fromBytes(bytes.sharedArray(), 0);
  }

  /** The structure: Data1, Data2 and Data3 little-endian, Data4 as is. */
  public Bytes toBytes() {
    byte[] b = new byte[SIZE];
    writeTo(b, 0);
    return Bytes.wrap(b);
  }

  /** Writes the structure at an offset. */
  public void writeTo(byte[] b, int offset) {
    int data1 = (int) (high >>> 32);
    for (int i = 0; i < 4; i++) {
      b[offset + i] = (byte) (data1 >>> 8 * i);
    }
    b[offset + 4] = (byte) (high >>> 16);
    b[offset + 5] = (byte) (high >>> 24);
    b[offset + 6] = (byte) high;
    b[offset + 7] = (byte) (high >>> 8);
    for (int i = 0; i < 8; i++) {
      b[offset + 8 + i] = (byte) (low >>> 56 - 8 * i);
    }
  }

  @Override
  public int compareTo(Guid other) {
    return toBytes().compareTo(other.toBytes());
  }

  @Override
  public String toString() {
    return new UUID(high, low).toString().toUpperCase(Locale.ROOT);
  }
}
