package org.mapi4j.format.msg;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.OptionalLong;

/** The UTF-16 little-endian bytes of a text kept in another code page, in constant memory. */
final class TextStream extends InputStream {
  private static final int CHARS = 4096;

  private final Reader text;
  private final char[] chars = new char[CHARS];
  private int next;
  private int filled;
  private int highByte = -1;

  private TextStream(Reader text) {
    this.text = text;
  }

  /** The same text as UTF-16; its bytes must be valid in the code page. */
  static InputStream of(InputStream bytes, Charset codePage) {
    return new TextStream(strict(bytes, codePage));
  }

  /** Characters of a text; empty when its bytes are not valid in the code page. Closes it. */
  static OptionalLong length(InputStream bytes, Charset codePage) throws IOException {
    long length = 0;
    char[] chars = new char[CHARS];
    try (Reader text = strict(bytes, codePage)) {
      for (int n = text.read(chars); n >= 0; n = text.read(chars)) {
        length += n;
      }
    } catch (CharacterCodingException invalid) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(length);
  }

  private static Reader strict(InputStream bytes, Charset codePage) {
    return new InputStreamReader(
        bytes,
        codePage
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  @Override
  public int read() throws IOException {
    if (highByte >= 0) {
      int high = highByte;
      highByte = -1;
      return high;
    }
    if (next == filled) {
      filled = text.read(chars);
      next = 0;
      if (filled <= 0) {
        filled = 0;
        return -1;
      }
    }
    char c = chars[next++];
    highByte = c >> 8;
    return c & 0xFF;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
