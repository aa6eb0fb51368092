package org.mapi4j.types;

import static org.mapi4j.types.MapiDefs.*;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Whether a value contains another, to an FL_ level. FL_FULLSTRING asks for equality (ADR 0010).
 * FL_IGNORENONSPACE takes Unicode's non-spacing marks away; FL_LOOSE these, case, width and what
 * else is compatible: ß is ss, a ligature its letters (ADR 0086). Source: MAPI "FPropContainsProp",
 * "SContentRestriction".
 */
public final class FuzzyLevel {
  private static final int KIND = 0xFFFF;

  private FuzzyLevel() {}

  /**
   * True when the target contains the pattern. Both are PT_UNICODE, PT_STRING8 (read as ISO 8859-1)
   * or PT_BINARY; false for other types and for types that differ. The upper half of the level does
   * not count for PT_BINARY. A level whose lower half is none of FL_FULLSTRING, FL_PREFIX and
   * FL_SUBSTRING is an exact match of the whole.
   */
  public static boolean contains(SPropValue target, SPropValue pattern, int ulFuzzyLevel) {
    if (target.type() != pattern.type()) {
      return false;
    }
    int level = isValid(ulFuzzyLevel) ? ulFuzzyLevel : FL_FULLSTRING;
    return switch (target.type()) {
      case PT_BINARY ->
          // One character per byte: a search in bytes is a search in the text they make.
          matches(
              new String8(target.asBytes()).toString(),
              new String8(pattern.asBytes()).toString(),
              level & KIND);
      case PT_STRING8, PT_UNICODE ->
          matches(fold(target.asString(), level), fold(pattern.asString(), level), level & KIND);
      default -> false;
    };
  }

  /** True when the lower half names exactly one kind of match. */
  public static boolean isValid(int ulFuzzyLevel) {
    int kind = ulFuzzyLevel & KIND;
    return kind == FL_FULLSTRING || kind == FL_PREFIX || kind == FL_SUBSTRING;
  }

  /**
   * A search for a text in many wide texts, to a level that {@link #isValid}: finds what {@link
   * #contains} does.
   */
  public static Search search(String pattern, int ulFuzzyLevel) {
    boolean caseOnly =
        (ulFuzzyLevel & (FL_IGNORENONSPACE | FL_LOOSE | FL_IGNORECASE)) == FL_IGNORECASE;
    String folded = fold(pattern, ulFuzzyLevel);
    int kind = ulFuzzyLevel & KIND;
    if (caseOnly && pattern.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return CaseFolding.search(folded, kind);
    }
    return target -> matches(fold(target, ulFuzzyLevel), folded, kind);
  }

  /** A pattern and a level made ready. */
  public interface Search {
    /** True for a text that has the pattern. */
    boolean finds(String target);
  }

  private static boolean matches(String target, String pattern, int kind) {
    return switch (kind) {
      case FL_PREFIX -> target.startsWith(pattern);
      case FL_SUBSTRING -> target.contains(pattern);
      default -> target.equals(pattern);
    };
  }

  /** The text without what the level ignores. */
  private static String fold(String text, int level) {
    boolean ignoresMarks = (level & (FL_IGNORENONSPACE | FL_LOOSE)) != 0 && !isAscii(text);
    boolean ignoresCase = (level & (FL_IGNORECASE | FL_LOOSE)) != 0;
    if (!ignoresMarks) {
      return ignoresCase ? foldCase(text) : text;
    }
    boolean loose = (level & FL_LOOSE) != 0;
    String folded =
        withoutMarks(
            Normalizer.normalize(text, loose ? Normalizer.Form.NFKD : Normalizer.Form.NFD));
    if (loose) {
      folded = folded.toUpperCase(Locale.ROOT); // ß is SS
    }
    if (ignoresCase) {
      folded = foldCase(folded);
    }
    // Else the beginning of a syllable of Hangul would be found in it.
    return Normalizer.normalize(folded, Normalizer.Form.NFC);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7F) {
        return false;
      }
    }
    return true;
  }

  /** Without Unicode's non-spacing marks. */
  private static String withoutMarks(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      if (Character.getType(character) != Character.NON_SPACING_MARK) {
        kept.appendCodePoint(character);
      }
      i += Character.charCount(character);
    }
    return kept.toString();
  }

  /** Upper, then lower case, each character on its own: as equalsIgnoreCase, in no language. */
  private static String foldCase(String text) {
    int[] folded = text.codePoints().map(CaseFolding::fold).toArray();
    return new String(folded, 0, folded.length);
  }
}
