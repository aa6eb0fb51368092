package org.mapi4j.types;

import static org.mapi4j.types.MapiDefs.*;

/** Searches that ignore case, character by character, without making a folded text. */
final class CaseFolding {
  /** Of every UTF-16 unit; a pattern without surrogates does not meet any. */
  private static final char[] FOLDED = new char[1 << Character.SIZE];

  static {
    for (int c = 0; c < FOLDED.length; c++) {
      FOLDED[c] = (char) fold(c);
    }
  }

  private CaseFolding() {}

  /** Upper, then lower case: as equalsIgnoreCase, in no language. */
  static int fold(int character) {
    return Character.toLowerCase(Character.toUpperCase(character));
  }

  /** A search for a folded text without surrogates. */
  static FuzzyLevel.Search search(String folded, int kind) {
    char[] pattern = folded.toCharArray();
    return switch (kind) {
      case FL_PREFIX -> target -> target.length() >= pattern.length && isAt(target, 0, pattern);
      case FL_SUBSTRING -> target -> contains(target, pattern);
      default -> target -> target.length() == pattern.length && isAt(target, 0, pattern);
    };
  }

  private static boolean contains(String target, char[] pattern) {
    int last = target.length() - pattern.length;
    if (pattern.length == 0) {
      return true;
    }
    char first = pattern[0];
    for (int at = 0; at <= last; at++) {
      if (FOLDED[target.charAt(at)] == first && isAt(target, at, pattern)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAt(String target, int at, char[] pattern) {
    for (int i = 0; i < pattern.length; i++) {
      if (FOLDED[target.charAt(at + i)] != pattern[i]) {
        return false;
      }
    }
    return true;
  }
}
