package org.mapi4j.cli;

import static org.mapi4j.types.MapiDefs.*;

import java.util.List;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.HResult;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.String8;

/** Values and types as people read them. */
final class ValueText {
  private static final int CHARS_SHOWN = 200;
  private static final int BYTES_SHOWN = 32;

  private ValueText() {}

  /** A value on one line, cut where it is long. */
  static String line(SPropValue value) {
    if (value.isError()) {
      return HResult.toString(value.scode());
    }
    if (value.value() instanceof List<?> list) {
      return list.size()
          + " values: "
          + String.join(" | ", list.stream().map(ValueText::one).toList());
    }
    return one(value.value());
  }

  private static String one(Object value) {
    if (value == null) {
      return "(object)";
    }
    if (value instanceof Bytes bytes) {
      return bytes.size() <= BYTES_SHOWN
          ? bytes.toHex() + " (" + bytes.size() + " bytes)"
          : bytes.slice(0, BYTES_SHOWN).toHex() + "… (" + bytes.size() + " bytes)";
    }
    if (value instanceof String text) {
      return quoted(text);
    }
    if (value instanceof String8 narrow) {
      return quoted(narrow.toString()) + " (no code page)";
    }
    if (value instanceof Integer number && (number < 0 || number > 9)) {
      return number + " (0x%X)".formatted(number);
    }
    return value.toString();
  }

  /** A text in quotes on one line, cut where it is long. */
  static String quoted(String text) {
    String shown = text.length() <= CHARS_SHOWN ? text : text.substring(0, CHARS_SHOWN) + "…";
    String quoted = '"' + plain(shown) + '"';
    return text.length() > CHARS_SHOWN ? quoted + " (" + text.length() + " characters)" : quoted;
  }

  /**
   * A text on one line, with escapes for what a terminal would obey: mail is written by strangers.
   */
  static String plain(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\r' -> line.append("\\r");
                case '\n' -> line.append("\\n");
                case '\t' -> line.append("\\t");
                default -> {
                  if (isObeyed(c)) {
                    line.append("\\u%04X".formatted(c));
                  } else {
                    line.appendCodePoint(c);
                  }
                }
              }
            });
    return line.toString();
  }

  /** Control characters, line separators, and what turns the direction of a whole line. */
  private static boolean isObeyed(int c) {
    return Character.isISOControl(c)
        || c == 0x2028
        || c == 0x2029
        || c >= 0x202A && c <= 0x202E
        || c >= 0x2066 && c <= 0x2069;
  }

  /** The value whole, as a program reads it: bytes in hexadecimal, times in ISO 8601. */
  static Object json(SPropValue value) {
    if (value.isError()) {
      return HResult.name(value.scode());
    }
    return value.value() instanceof List<?> list
        ? list.stream().map(ValueText::jsonOne).toList()
        : jsonOne(value.value());
  }

  private static Object jsonOne(Object value) {
    return value instanceof Bytes bytes
        ? bytes.toHex()
        : value instanceof Number || value instanceof Boolean || value == null
            ? value
            : value.toString();
  }

  /** {@code PT_UNICODE}, {@code PT_MV_LONG}, or the number of a type that has no name. */
  static String type(int type) {
    boolean multi = (type & MV_FLAG) != 0;
    String name =
        switch (type & ~MV_FLAG) {
          case PT_UNSPECIFIED -> "UNSPECIFIED";
          case PT_NULL -> "NULL";
          case PT_I2 -> "I2";
          case PT_LONG -> "LONG";
          case PT_R4 -> "R4";
          case PT_DOUBLE -> "DOUBLE";
          case PT_CURRENCY -> "CURRENCY";
          case PT_APPTIME -> "APPTIME";
          case PT_ERROR -> "ERROR";
          case PT_BOOLEAN -> "BOOLEAN";
          case PT_OBJECT -> "OBJECT";
          case PT_I8 -> "I8";
          case PT_STRING8 -> "STRING8";
          case PT_UNICODE -> "UNICODE";
          case PT_SYSTIME -> "SYSTIME";
          case PT_CLSID -> "CLSID";
          case PT_BINARY -> "BINARY";
          case PropType.PT_SRESTRICTION -> "SRESTRICTION";
          case PropType.PT_ACTIONS -> "ACTIONS";
          default -> null;
        };
    return name == null ? "0x%04X".formatted(type) : (multi ? "PT_MV_" : "PT_") + name;
  }
}
