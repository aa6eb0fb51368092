package org.mapi4j.com;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;

/**
 * The code page of LPSTR and PT_STRING8 in this process: {@code native.encoding}, which is GetACP
 * on Windows and the locale's elsewhere.
 */
final class AnsiCodePage {
  private static final Charset CHARSET = find();

  private AnsiCodePage() {}

  static Charset charset() {
    return CHARSET;
  }

  private static Charset find() {
    String name = System.getProperty("native.encoding");
    try {
      return name == null ? Charset.defaultCharset() : Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return Charset.defaultCharset();
    }
  }
}
