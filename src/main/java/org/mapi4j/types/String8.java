package org.mapi4j.types;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A PT_STRING8 value: bytes in a code page that the bytes do not name, without the final NUL.
 * Source: MAPI "Property Types".
 */
public record String8(Bytes bytes) implements Comparable<String8> {
  /** The text in a code page; characters that it lacks make the result empty. */
  public static Optional<String8> encode(String text, Charset codePage) {
    try {
      ByteBuffer out =
          codePage
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(text));
      return Optional.of(new String8(Bytes.copyOf(out.array(), out.arrayOffset(), out.limit())));
    } catch (CharacterCodingException unmappable) {
      return Optional.empty();
    }
  }

  /**
   * A string in the other width, a text or a String8, or each of a list; empty when one of them is
   * no text in the code page or lacks a character there.
   */
  public static Optional<Object> otherWidth(Object value, Charset codePage) {
    if (!(value instanceof List<?> list)) {
      return value instanceof String8 narrow
          ? narrow.decode(codePage).map(text -> text)
          : encode((String) value, codePage).map(text -> text);
    }
    List<Object> converted = new ArrayList<>(list.size());
    for (Object each : list) {
      Optional<Object> one = otherWidth(each, codePage);
      if (one.isEmpty()) {
        return one;
      }
      converted.add(one.get());
    }
    return Optional.of(converted);
  }

  /** An ASCII text. Throws IllegalArgumentException for other characters. */
  public static String8 ascii(String text) {
    return encode(text, StandardCharsets.US_ASCII)
        .orElseThrow(() -> new IllegalArgumentException("not ASCII: " + text));
  }

  /** The text in a code page; bytes that are no text there make the result empty. */
  public Optional<String> decode(Charset codePage) {
    try {
      return Optional.of(
          codePage
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes.sharedArray()))
              .toString());
    } catch (CharacterCodingException malformed) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(String8 other) {
    return bytes.compareTo(other.bytes);
  }

  /** The bytes as ISO 8859-1 text, for people to read. */
  @Override
  public String toString() {
    return new String(bytes.sharedArray(), StandardCharsets.ISO_8859_1);
  }
}
