package org.mapi4j.cli;

import static org.mapi4j.types.MapiDefs.*;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Currency;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.Guid;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.String8;

/** Values as people type them, by the type of their tag. */
final class ValueParser {
  private ValueParser() {}

  /** Throws CommandFailure, saying what the type expects. */
  static SPropValue parse(int tag, String text) {
    int type = PropTag.type(tag);
    try {
      return SPropValue.of(tag, value(type, text));
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      throw new CommandFailure(
          "%s: %s expects %s, found %s"
              .formatted(
                  PropTag.toString(tag),
                  ValueText.type(type),
                  expected(type),
                  ValueText.quoted(text)),
          e);
    }
  }

  private static Object value(int type, String text) {
    return switch (type) {
      case PT_UNICODE -> text;
      case PT_STRING8 -> String8.ascii(text);
      case PT_I2 -> Short.decode(text);
      case PT_LONG -> number(text);
      case PT_I8 -> Long.decode(text);
      case PT_R4 -> Float.parseFloat(text);
      case PT_DOUBLE, PT_APPTIME -> Double.parseDouble(text);
      case PT_CURRENCY -> new Currency(new BigDecimal(text).movePointRight(4).longValueExact());
      case PT_BOOLEAN -> truth(text);
      case PT_SYSTIME -> FILETIME.of(Instant.parse(text));
      case PT_CLSID -> Guid.parse(text);
      case PT_BINARY -> Bytes.fromHex(text);
      default -> throw new IllegalArgumentException("no text form");
    };
  }

  /** Signed, or all 32 bits as the headers write flags and codes. */
  private static int number(String text) {
    long number = Long.decode(text);
    if (number < Integer.MIN_VALUE || number > 0xFFFFFFFFL) {
      throw new IllegalArgumentException(text);
    }
    return (int) number;
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static String expected(int type) {
    return switch (type) {
      case PT_UNICODE -> "text";
      case PT_STRING8 -> "ASCII text";
      case PT_I2, PT_LONG, PT_I8 -> "a number, decimal or 0x";
      case PT_R4, PT_DOUBLE, PT_APPTIME, PT_CURRENCY -> "a number";
      case PT_BOOLEAN -> "true or false";
      case PT_SYSTIME -> "a time such as 2026-01-31T12:00:00Z";
      case PT_CLSID -> "a GUID";
      case PT_BINARY -> "hexadecimal digits";
      default -> "what cannot be typed here";
    };
  }
}
