package org.mapi4j.util;

import static org.mapi4j.types.MapiCode.*;

import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiResult;

/** Bytes as hexadecimal text. Only ASCII digits count, so Character.digit would take too many. */
final class Hex {
  private Hex() {}

  static String of(Bytes bytes) {
    return bytes.toHex();
  }

  /** The bytes of a text, null when it is no hexadecimal text of whole bytes. */
  static Bytes parse(String text) {
    if (text == null || text.length() % 2 != 0) {
      return null;
    }
    byte[] bytes = new byte[text.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      int high = digit(text.charAt(2 * i));
      int low = digit(text.charAt(2 * i + 1));
      if (high < 0 || low < 0) {
        return null;
      }
      bytes[i] = (byte) (high << 4 | low);
    }
    return Bytes.wrap(bytes);
  }

  /** Writes the bytes of a text when they all fit; nothing otherwise. */
  static boolean parseInto(String text, byte[] pb, int cb) {
    Bytes bytes = parse(text);
    if (bytes == null || pb == null || bytes.size() > Math.min(cb, pb.length)) {
      return false;
    }
    bytes.copyTo(0, pb, 0, bytes.size());
    return true;
  }

  static MapiResult<String> fromEntryId(Bytes entryId) {
    if (entryId == null) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    return entryId.isEmpty()
        ? MapiResult.error(MAPI_E_INVALID_ENTRYID)
        : MapiResult.ok(of(entryId));
  }

  static MapiResult<Bytes> toEntryId(String text) {
    if (text == null) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    Bytes bytes = parse(text);
    return bytes == null || bytes.isEmpty()
        ? MapiResult.error(MAPI_E_INVALID_ENTRYID)
        : MapiResult.ok(bytes);
  }

  private static int digit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    if (c >= 'A' && c <= 'F') {
      return c - 'A' + 10;
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }
}
