package org.mapi4j.util;

/** Strings as C sees them: a pointer into a string is the rest of it. Exact matches only. */
final class Sz {
  private Sz() {}

  static String rest(String text, int index) {
    return index < 0 ? null : text.substring(index);
  }

  static String findCh(String text, char ch) {
    return text == null ? null : rest(text, text.indexOf(ch));
  }

  static String findLastCh(String text, char ch) {
    return text == null ? null : rest(text, text.lastIndexOf(ch));
  }

  static String findSz(String text, String key) {
    return text == null || key == null ? null : rest(text, text.indexOf(key));
  }

  /** A number too large for 32 bits keeps its low ones, as UINT arithmetic does. */
  static int unsigned(String text) {
    int number = 0;
    for (int i = 0; text != null && i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        break;
      }
      number = 10 * number + (c - '0');
    }
    return number;
  }
}
