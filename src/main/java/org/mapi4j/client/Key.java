package org.mapi4j.client;

import static org.mapi4j.types.MapiDefs.*;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.Guid;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/**
 * A property tag with the Java type of its value. Text keys are PT_UNICODE. {@link Tags} has the
 * usual ones; any other is one call: {@code Key.text(PR_TRANSPORT_MESSAGE_HEADERS_W)}.
 *
 * @param <T> String, Integer, Long, Boolean, Instant, Bytes, Guid or a List of these
 */
public final class Key<T> {
  private final int tag;
  private final Function<T, Object> toMapi;
  private final Function<Object, T> toJava;

  private Key(int tag, Function<T, Object> toMapi, Function<Object, T> toJava) {
    this.tag = tag;
    this.toMapi = toMapi;
    this.toJava = toJava;
  }

  private static <T> Key<T> plain(int tag, int type, Class<T> carrier) {
    require(tag, type);
    return new Key<>(tag, value -> value, carrier::cast);
  }

  /** Requires the type; of text either width. */
  private static void require(int tag, int type) {
    if (PropTag.type(tag) != type) {
      throw new IllegalArgumentException(
          "%s: expected type 0x%04X".formatted(PropTag.toString(tag), type));
    }
  }

  /** A PT_UNICODE property. Throws IllegalArgumentException for another type, as all these do. */
  public static Key<String> text(int tag) {
    return plain(tag, PT_UNICODE, String.class);
  }

  /** A PT_LONG property. */
  public static Key<Integer> number(int tag) {
    return plain(tag, PT_LONG, Integer.class);
  }

  /** A PT_I8 property. */
  public static Key<Long> longNumber(int tag) {
    return plain(tag, PT_I8, Long.class);
  }

  /** A PT_BOOLEAN property. */
  public static Key<Boolean> flag(int tag) {
    return plain(tag, PT_BOOLEAN, Boolean.class);
  }

  /** A PT_BINARY property. */
  public static Key<Bytes> binary(int tag) {
    return plain(tag, PT_BINARY, Bytes.class);
  }

  /** A PT_CLSID property. */
  public static Key<Guid> guid(int tag) {
    return plain(tag, PT_CLSID, Guid.class);
  }

  /** A PT_SYSTIME property; an instant is cut to its tick of 100 ns when set. */
  public static Key<Instant> time(int tag) {
    require(tag, PT_SYSTIME);
    return new Key<>(tag, FILETIME::of, value -> ((FILETIME) value).toInstant());
  }

  /** A PT_MV_UNICODE property. */
  public static Key<List<String>> texts(int tag) {
    require(tag, PT_MV_UNICODE);
    return new Key<>(
        tag, value -> value, value -> ((List<?>) value).stream().map(String.class::cast).toList());
  }

  /** The property tag. */
  public int tag() {
    return tag;
  }

  /** The value as MAPI has it. */
  SPropValue toMapi(T value) {
    return new SPropValue(tag, toMapi.apply(Objects.requireNonNull(value)));
  }

  /** The value as Java has it, of a property that has this tag. */
  T toJava(SPropValue prop) {
    return toJava.apply(prop.value());
  }

  @Override
  public String toString() {
    return PropTag.toString(tag);
  }
}
