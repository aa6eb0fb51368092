package org.mapi4j.types;

import java.util.Optional;

/**
 * An entry identifier of this store, 38 bytes for ever: 4 flag bytes (0, long-term), the 16-byte
 * UID of the store, format version, kind, and the object's immutable 16-byte id, which a move
 * keeps. Source: MAPI "ENTRYID"; src/docs/formats/entry-id.md.
 */
public record EntryId(Bytes provider, int kind, Bytes id) {
  /** Kind of a store. */
  public static final int STORE = 1;

  /** Kind of a folder. */
  public static final int FOLDER = 2;

  /** Kind of a message. */
  public static final int MESSAGE = 3;

  /** Size of an object's id and of the UID, bytes. */
  public static final int ID_BYTES = 16;

  /** Size of the whole, bytes. */
  public static final int SIZE = 38;

  private static final int VERSION = 1;

  /** Throws IllegalArgumentException unless both ids have 16 bytes and the kind exists. */
  public EntryId {
    if (provider.size() != ID_BYTES || id.size() != ID_BYTES || kind < STORE || kind > MESSAGE) {
      throw new IllegalArgumentException(
          "no entry identifier: provider " + provider + ", kind " + kind + ", id " + id);
    }
  }

  /** Reads an identifier; empty when it is none of this format. */
  public static Optional<EntryId> parse(Bytes bytes) {
    if (bytes.size() != SIZE
        || (bytes.get(0) | bytes.get(1) | bytes.get(2) | bytes.get(3)) != 0
        || bytes.get(20) != VERSION) {
      return Optional.empty();
    }
    int kind = bytes.get(21);
    return kind < STORE || kind > MESSAGE
        ? Optional.empty()
        : Optional.of(new EntryId(bytes.slice(4, 20), kind, bytes.slice(22, SIZE)));
  }

  /** The 38 bytes. */
  public Bytes toBytes() {
    byte[] b = new byte[SIZE];
    provider.copyTo(0, b, 4, ID_BYTES);
    b[20] = VERSION;
    b[21] = (byte) kind;
    id.copyTo(0, b, 22, ID_BYTES);
    return Bytes.wrap(b);
  }
}
