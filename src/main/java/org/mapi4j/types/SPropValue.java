package org.mapi4j.types;

import static org.mapi4j.types.MapiDefs.*;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A property: its tag and its value. The value's class follows from the tag's type, and a value of
 * another class cannot be built:
 *
 * <pre>
 * PT_I2 Short · PT_LONG Integer · PT_R4 Float · PT_DOUBLE, PT_APPTIME Double · PT_CURRENCY Currency · PT_BOOLEAN Boolean
 * PT_I8 Long · PT_STRING8 String8 · PT_UNICODE String · PT_SYSTIME FILETIME · PT_CLSID Guid · PT_BINARY Bytes · PT_ERROR Integer (SCODE)
 * PT_NULL, PT_OBJECT, PT_UNSPECIFIED null or Long · PT_MV_x List of x · a type that MAPI does not define: Long, the raw union
 * </pre>
 *
 * A multivalued list may be empty, since callers can pass one; stores refuse it. Source: MAPI
 * "SPropValue".
 */
public record SPropValue(int ulPropTag, Object value) {
  /** Throws IllegalArgumentException when the value's class does not fit the tag's type. */
  public SPropValue {
    String expected = PropType.mismatch(ulPropTag, value);
    if (expected != null) {
      throw new IllegalArgumentException(
          "%s: expected %s, found %s"
              .formatted(
                  PropTag.toString(ulPropTag),
                  expected,
                  value == null ? "null" : value.getClass().getSimpleName()));
    }
    if (value instanceof List<?> list) {
      value = List.copyOf(list);
    }
  }

  /**
   * A property from plain Java values: {@code int} for PT_LONG, PT_I2 and PT_ERROR, {@code byte[]}
   * for PT_BINARY, Instant for PT_SYSTIME, ASCII text for PT_STRING8, and every class named above.
   */
  public static SPropValue of(int tag, Object value) {
    return new SPropValue(tag, adapt(PropTag.type(tag), value));
  }

  /** The PT_ERROR entry that stands for an unreadable property: it keeps the identifier. */
  public static SPropValue error(int tag, int scode) {
    return new SPropValue(PropTag.changePropType(tag, PT_ERROR), scode);
  }

  /** PR_NULL. */
  public static SPropValue none() {
    return new SPropValue(MapiTags.PR_NULL, null);
  }

  private static Object adapt(int type, Object value) {
    if (value instanceof Integer i && type == PT_I2) {
      return i.shortValue();
    }
    if (value instanceof Integer i && type == PT_I8) {
      return i.longValue();
    }
    if (value instanceof byte[] array) {
      return Bytes.copyOf(array);
    }
    if (value instanceof Instant instant && type == PT_SYSTIME) {
      return FILETIME.of(instant);
    }
    if (value instanceof String text && type == PT_STRING8) {
      return String8.ascii(text);
    }
    if (value instanceof List<?> list && (type & MV_FLAG) != 0) {
      return list.stream().map(one -> adapt(type & ~MV_FLAG, one)).toList();
    }
    return value;
  }

  /** PROP_ID of the tag. */
  public int id() {
    return PropTag.id(ulPropTag);
  }

  /** PROP_TYPE of the tag. */
  public int type() {
    return PropTag.type(ulPropTag);
  }

  /** True for a PT_ERROR entry. */
  public boolean isError() {
    return type() == PT_ERROR;
  }

  /** The SCODE of a PT_ERROR entry; S_OK for every other. */
  public int scode() {
    return isError() ? (Integer) value : MapiCode.S_OK;
  }

  /**
   * The value of PT_LONG, PT_I2 or PT_ERROR. Throws ClassCastException for other types, as the
   * getters below do.
   */
  public int asInt() {
    return ((Number) value).intValue();
  }

  /** The value of PT_I8, or any other integer. */
  public long asLong() {
    return value instanceof Currency currency ? currency.int64() : ((Number) value).longValue();
  }

  /** The value of PT_BOOLEAN. */
  public boolean asBoolean() {
    return (Boolean) value;
  }

  /** The value of PT_UNICODE; of PT_STRING8 its ISO 8859-1 reading. */
  public String asString() {
    return value instanceof String8 narrow ? narrow.toString() : (String) value;
  }

  /** The value of PT_BINARY. */
  public Bytes asBytes() {
    return (Bytes) value;
  }

  /** The value of PT_SYSTIME. */
  public FILETIME asTime() {
    return (FILETIME) value;
  }

  /** The value of PT_CLSID. */
  public Guid asGuid() {
    return (Guid) value;
  }

  /** The values of a multivalued type. */
  public List<?> asList() {
    return (List<?>) value;
  }

  /**
   * The same value under another identifier or width of tag. Throws IllegalArgumentException where
   * the value does not fit it.
   */
  public SPropValue withTag(int tag) {
    return new SPropValue(tag, value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SPropValue prop
        && ulPropTag == prop.ulPropTag
        && Objects.equals(value, prop.value);
  }

  @Override
  public int hashCode() {
    return 31 * ulPropTag + Objects.hashCode(value);
  }

  @Override
  public String toString() {
    String shown =
        isError()
            ? HResult.toString(scode())
            : value instanceof String text ? '"' + text + '"' : String.valueOf(value);
    return PropTag.toString(ulPropTag) + " = " + shown;
  }
}
