package org.mapi4j.provider;

import static org.mapi4j.types.MapiDefs.*;

import org.mapi4j.types.Bytes;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.String8;

/**
 * Strings and binaries as the bytes a stream shows: PT_UNICODE is UTF-16LE, PT_STRING8 its own
 * bytes, no NUL at the end.
 */
final class LargeValues {
  private LargeValues() {}

  /** True for the types that a stream opens and a blob holds. */
  static boolean isStreamable(int type) {
    return type == PT_BINARY || type == PT_STRING8 || type == PT_UNICODE;
  }

  static Bytes toBytes(SPropValue prop) {
    return switch (prop.type()) {
      case PT_BINARY -> prop.asBytes();
      case PT_STRING8 -> ((String8) prop.value()).bytes();
      case PT_UNICODE -> Bytes.wrap(utf16le(prop.asString()));
      default -> throw new IllegalArgumentException(prop + " has no bytes");
    };
  }

  static SPropValue fromBytes(int tag, Bytes bytes) {
    return switch (PropTag.type(tag)) {
      case PT_BINARY -> new SPropValue(tag, bytes);
      case PT_STRING8 -> new SPropValue(tag, new String8(bytes));
      case PT_UNICODE -> new SPropValue(tag, fromUtf16le(bytes));
      default -> throw new IllegalArgumentException(PropTag.toString(tag) + " has no bytes");
    };
  }

  /** The property as it is kept: whole while small. */
  static Stored keep(SPropValue prop, BlobSpace space, int inlineBytesMax) {
    if (!isStreamable(prop.type()) || roughSize(prop) <= inlineBytesMax) {
      return new Stored.Whole(prop);
    }
    Bytes bytes = toBytes(prop);
    return bytes.size() <= inlineBytesMax
        ? new Stored.Whole(prop)
        : new Stored.Large(prop.ulPropTag(), space.add(bytes));
  }

  static SPropValue load(Stored.Large large, BlobSpace space) {
    return fromBytes(large.tag(), space.readAll(large.blob()));
  }

  private static int roughSize(SPropValue prop) {
    return prop.value() instanceof String text ? 2 * text.length() : toBytes(prop).size();
  }

  private static byte[] utf16le(String text) {
    byte[] bytes = new byte[2 * text.length()];
    for (int i = 0; i < text.length(); i++) {
      bytes[2 * i] = (byte) text.charAt(i);
      bytes[2 * i + 1] = (byte) (text.charAt(i) >>> 8);
    }
    return bytes;
  }

  /** Keeps lone surrogates, which a charset decoder would replace; an odd last byte is dropped. */
  private static String fromUtf16le(Bytes bytes) {
    char[] units = new char[bytes.size() / 2];
    for (int i = 0; i < units.length; i++) {
      units[i] = (char) (bytes.get(2 * i) & 0xFF | (bytes.get(2 * i + 1) & 0xFF) << 8);
    }
    return new String(units);
  }
}
