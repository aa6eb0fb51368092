package org.mapi4j.types;

import static org.mapi4j.types.MapiDefs.*;

import java.util.List;

/**
 * What the PT_ types are: which exist, which Java class carries each. Source: MAPI "Property
 * Types".
 */
public final class PropType {
  /** PT_SRESTRICTION of the rule properties. */
  public static final int PT_SRESTRICTION = 0xFD;

  /** PT_ACTIONS of the rule properties. */
  public static final int PT_ACTIONS = 0xFE;

  private PropType() {}

  /**
   * True for a type of mapidefs.h that a property value can have, single or multivalued; not for
   * PT_UNSPECIFIED.
   */
  public static boolean isDefined(int type) {
    int base = type & ~MV_FLAG;
    boolean multi = (type & MV_FLAG) != 0;
    return switch (base) {
      case PT_I2,
          PT_LONG,
          PT_R4,
          PT_DOUBLE,
          PT_CURRENCY,
          PT_APPTIME,
          PT_I8,
          PT_STRING8,
          PT_UNICODE,
          PT_SYSTIME,
          PT_CLSID,
          PT_BINARY ->
          true;
      case PT_NULL, PT_ERROR, PT_BOOLEAN, PT_OBJECT -> !multi;
      default -> false;
    };
  }

  /** True for PT_STRING8, PT_UNICODE and their multivalued forms. */
  public static boolean isString(int type) {
    int base = type & ~MV_FLAG;
    return base == PT_STRING8 || base == PT_UNICODE;
  }

  /**
   * The type with string types changed to one width: PT_UNICODE when {@code unicode}, else
   * PT_STRING8. Others stay.
   */
  public static int withWidth(int type, boolean unicode) {
    return isString(type) ? type & MV_FLAG | (unicode ? PT_UNICODE : PT_STRING8) : type;
  }

  /** True when two types differ at most in string width. */
  public static boolean sameButWidth(int a, int b) {
    return withWidth(a, true) == withWidth(b, true);
  }

  /**
   * The class that carries one value of a single-valued type; Long, the raw union, for types that
   * MAPI does not define.
   */
  static Class<?> carrier(int type) {
    return switch (type) {
      case PT_I2 -> Short.class;
      case PT_LONG, PT_ERROR -> Integer.class;
      case PT_R4 -> Float.class;
      case PT_DOUBLE, PT_APPTIME -> Double.class;
      case PT_CURRENCY -> Currency.class;
      case PT_BOOLEAN -> Boolean.class;
      case PT_STRING8 -> String8.class;
      case PT_UNICODE -> String.class;
      case PT_SYSTIME -> FILETIME.class;
      case PT_CLSID -> Guid.class;
      case PT_BINARY, PT_SRESTRICTION, PT_ACTIONS -> Bytes.class;
      default -> Long.class;
    };
  }

  /** What a value must be to stand under a tag; null when it fits, else what was expected. */
  static String mismatch(int tag, Object value) {
    int type = PropTag.type(tag);
    if (type == PT_NULL || type == PT_OBJECT || type == PT_UNSPECIFIED) {
      return value == null || value instanceof Long ? null : "nothing or a Long";
    }
    if (isDefined(type) && (type & MV_FLAG) != 0) {
      Class<?> carrier = carrier(type & ~MV_FLAG);
      boolean fits = value instanceof List<?> list && list.stream().allMatch(carrier::isInstance);
      return fits ? null : "a List of " + carrier.getSimpleName();
    }
    Class<?> carrier = carrier(type);
    return carrier.isInstance(value) ? null : carrier.getSimpleName();
  }
}
