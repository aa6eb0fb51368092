package org.mapi4j.format.msg;

import org.mapi4j.types.Bytes;
import org.mapi4j.types.String8;

/** String values as their streams hold them; a final NUL is no part of the value. */
final class Texts {
  private Texts() {}

  /** UTF-16 little-endian; every code unit survives, unpaired surrogates too. */
  static String unicode(byte[] bytes, int length) {
    char[] chars = new char[length / 2];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = (char) (bytes[2 * i] & 0xFF | bytes[2 * i + 1] << 8);
    }
    int end = chars.length;
    while (end > 0 && chars[end - 1] == 0) {
      end--;
    }
    return new String(chars, 0, end);
  }

  /** Bytes whose code page is not known here. */
  static String8 narrow(byte[] bytes, int length) {
    int end = length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return new String8(Bytes.copyOf(bytes, 0, end));
  }
}
