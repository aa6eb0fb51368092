package org.mapi4j.format.msg;

import static org.mapi4j.types.MapiGuid.PS_MAPI;
import static org.mapi4j.types.MapiGuid.PS_PUBLIC_STRINGS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPINAMEID;

/**
 * The names behind the identifiers from 0x8000 up, which hold within one file only. Source:
 * [MS-OXMSG] 2.2.3.
 */
final class NameMap {
  static final NameMap EMPTY = new NameMap(Map.of());

  private static final String STORAGE = "__nameid_version1.0";
  private static final String GUIDS = "__substg1.0_00020102";
  private static final String ENTRIES = "__substg1.0_00030102";
  private static final String STRINGS = "__substg1.0_00040102";
  private static final int ENTRY_BYTES = 8;
  private static final int NAMES_MAX = 0x7FFF;

  private final Map<Integer, MAPINAMEID> names;

  private NameMap(Map<Integer, MAPINAMEID> names) {
    this.names = names;
  }

  /** The name of an identifier, or null. */
  MAPINAMEID name(int id) {
    return names.get(id);
  }

  /** The map of a message's storage; what embeds it, when it has none of its own. */
  static NameMap read(Storage message, NameMap outer) throws IOException {
    if (!message.hasStorage(STORAGE)) {
      return outer;
    }
    Storage storage = message.child(STORAGE);
    byte[] guids = optional(storage, GUIDS);
    byte[] strings = optional(storage, STRINGS);
    ByteBuffer entries = ByteBuffer.wrap(optional(storage, ENTRIES)).order(ByteOrder.LITTLE_ENDIAN);
    int count = entries.capacity() / ENTRY_BYTES;
    if (count > NAMES_MAX) {
      throw FormatException.tooLarge(
          storage.place(ENTRIES) + ": names", count, "namesMax", NAMES_MAX);
    }
    Map<Integer, MAPINAMEID> names = new HashMap<>();
    for (int i = 0; i < count; i++) {
      int value = entries.getInt(i * ENTRY_BYTES);
      int kindAndSet = Short.toUnsignedInt(entries.getShort(i * ENTRY_BYTES + 4));
      int index = Short.toUnsignedInt(entries.getShort(i * ENTRY_BYTES + 6));
      Guid set = set(guids, kindAndSet >> 1, storage, i);
      MAPINAMEID name =
          (kindAndSet & 1) == 0
              ? MAPINAMEID.id(set, value)
              : MAPINAMEID.string(set, string(strings, value, storage, i));
      names.putIfAbsent(0x8000 + index, name);
    }
    return new NameMap(names);
  }

  private static byte[] optional(Storage storage, String stream) throws IOException {
    return storage.hasStream(stream)
        ? storage.bytes(stream, "nameBytesMax", storage.limits().multiValueBytesMax())
        : new byte[0];
  }

  private static Guid set(byte[] guids, int index, Storage storage, int entry)
      throws FormatException {
    if (index == 1) {
      return PS_MAPI;
    }
    if (index == 2) {
      return PS_PUBLIC_STRINGS;
    }
    int at = (index - 3) * Guid.SIZE;
    if (index < 3 || at + Guid.SIZE > guids.length) {
      throw new FormatException(
          "%s: property set of entry %d: expected 1 to %d, found %d [MS-OXMSG] 2.2.3.1.2"
              .formatted(storage.place(ENTRIES), entry, 2 + guids.length / Guid.SIZE, index));
    }
    return Guid.fromBytes(guids, at);
  }

  private static String string(byte[] strings, int at, Storage storage, int entry)
      throws FormatException {
    if (at >= 0 && at <= strings.length - 4) {
      int length = ByteBuffer.wrap(strings).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
      if (length >= 0 && length <= strings.length - 4 - at) {
        return new String(strings, at + 4, length, StandardCharsets.UTF_16LE);
      }
    }
    throw new FormatException(
        "%s: text of entry %d at offset %d: beyond the %d bytes there [MS-OXMSG] 2.2.3.1.3"
            .formatted(storage.place(STRINGS), entry, at, strings.length));
  }
}
