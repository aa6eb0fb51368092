package org.mapi4j.types;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of texts by their letters, whatever their case and accents: spaces, punctuation,
 * symbols, digits, letters by script and alphabet. Of no language: as the root of the Unicode
 * Collation Algorithm has it for what is common, by table and without making keys (ADR 0086).
 *
 * <p>Case and width never count. Accents do not count where they make no letter of their own: on
 * Latin and Greek letters, on Cyrillic e, on kana, the nukta of Indian letters, and marks that
 * stand alone. æ, œ, ß and ligatures are two letters. Characters outside the BMP are by their
 * number, after the rest.
 */
final class TextOrder {
  /** Of a UTF-16 unit that does not count. */
  private static final char NONE = 0;

  /** From here on a weight is the index of two, less this. */
  private static final char PAIRS = 0xFF00;

  private static final char[] WEIGHTS = new char[1 << Character.SIZE];
  private static final char[] FIRSTS = new char[(1 << Character.SIZE) - PAIRS];
  private static final char[] SECONDS = new char[FIRSTS.length];

  /** What may make another letter of the one before it. */
  private static final boolean[] COMPOSING = new boolean[1 << Character.SIZE];

  private static final int VOWEL_JAMO_FIRST = 0x1160;
  private static final int JAMO_LAST = 0x11FF;
  private static final int KATAKANA_FIRST = 0x30A1;
  private static final int KATAKANA_LAST = 0x30F6;
  private static final int KATAKANA_TO_HIRAGANA = 0x60;
  private static final String NUKTA = "\u093C\u09BC\u0A3C\u0ABC\u0B3C";
  private static final String SMALL_KANA = "ぁぃぅぇぉっゃゅょゎ";
  private static final int WIDTH_FORMS_FIRST = 0xFF01;
  private static final int WIDTH_FORMS_LAST = 0xFFEE;

  private static final Map<Character, String> SPELLED =
      Map.ofEntries(
          Map.entry('ß', "ss"),
          Map.entry('æ', "ae"),
          Map.entry('œ', "oe"),
          Map.entry('ĳ', "ij"),
          Map.entry('ﬀ', "ff"),
          Map.entry('ﬁ', "fi"),
          Map.entry('ﬂ', "fl"),
          Map.entry('ﬅ', "st"),
          Map.entry('ﬆ', "st"),
          Map.entry('ø', "o"),
          Map.entry('ł', "l"),
          Map.entry('đ', "d"));

  static {
    fill();
  }

  private TextOrder() {}

  /** What a unit is ordered by: its group, then the letters that it stands for. */
  private record Sort(int group, String letters) {
    static final Sort IGNORED = new Sort(0, "");
    static final int SPACE = 1;
    static final int PUNCTUATION = 2;
    static final int SYMBOL = 3;
    static final int DIGIT = 4;
    static final int LETTER = 5;
    static final int BEYOND = 6;
  }

  private static void fill() {
    Map<Sort, List<Integer>> units = new HashMap<>();
    for (int c = 0; c < WEIGHTS.length; c++) {
      units.computeIfAbsent(sort((char) c), sort -> new ArrayList<>()).add(c);
    }
    char next = NONE;
    List<Sort> order =
        units.keySet().stream()
            .filter(sort -> sort.letters().length() == 1)
            .sorted(Comparator.comparing(Sort::group).thenComparing(Sort::letters))
            .toList();
    Map<String, Character> letters = new HashMap<>();
    for (Sort sort : order) {
      next++;
      for (int c : units.get(sort)) {
        WEIGHTS[c] = next;
      }
      letters.put(sort.letters(), next);
    }
    List<Sort> two = units.keySet().stream().filter(sort -> sort.letters().length() == 2).toList();
    for (int i = 0; i < two.size(); i++) {
      FIRSTS[i] = letters.get(two.get(i).letters().substring(0, 1));
      SECONDS[i] = letters.get(two.get(i).letters().substring(1));
      for (int c : units.get(two.get(i))) {
        WEIGHTS[c] = (char) (PAIRS + i);
      }
    }
    if (next >= PAIRS) {
      throw new IllegalStateException("%d weights".formatted((int) next));
    }
  }

  private static Sort sort(char c) {
    if (Character.isSurrogate(c)) {
      return new Sort(Sort.BEYOND, String.valueOf(c));
    }
    COMPOSING[c] |= c >= VOWEL_JAMO_FIRST && c <= JAMO_LAST;
    String base = isPlain(c) ? String.valueOf(c) : base(c);
    if (base.length() == 2) {
      return new Sort(Sort.LETTER, base);
    }
    return base.isEmpty() ? Sort.IGNORED : new Sort(group(base.charAt(0)), digit(base));
  }

  /** Ideographs, syllables of Hangul and private use, which have no parts that count. */
  private static boolean isPlain(char c) {
    return c >= 0x3400 && c < 0xA000 || c >= 0xAC00 && c < 0xF900;
  }

  private static String digit(String base) {
    int value = Character.digit(base.charAt(0), 10);
    return value < 0 ? base : String.valueOf((char) ('0' + value));
  }

  private static int group(char c) {
    return switch (Character.getType(c)) {
      case Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.CONTROL ->
          Sort.SPACE;
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          Sort.PUNCTUATION;
      case Character.MATH_SYMBOL,
          Character.CURRENCY_SYMBOL,
          Character.MODIFIER_SYMBOL,
          Character.OTHER_SYMBOL ->
          Sort.SYMBOL;
      case Character.DECIMAL_DIGIT_NUMBER, Character.OTHER_NUMBER -> Sort.DIGIT;
      default -> Sort.LETTER;
    };
  }

  /** The letters that a unit stands for: none, one or two. */
  private static String base(char unit) {
    char c = unit;
    if (c >= WIDTH_FORMS_FIRST && c <= WIDTH_FORMS_LAST) {
      c = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKC).charAt(0);
    }
    String parts = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD);
    char first = parts.charAt(0);
    boolean accented = parts.length() > 1 && hasAccents(parts);
    for (int i = 1; i < parts.length() && !accented; i++) {
      COMPOSING[parts.charAt(i)] = true;
    }
    if (Character.getType(first) == Character.FORMAT || isMark(first)) {
      return "";
    }
    char base = (char) CaseFolding.fold(parts.length() == 1 || accented ? first : c);
    return SPELLED.getOrDefault(base, String.valueOf(kana(base)));
  }

  /** A mark that is no letter: not the signs of vowels in the scripts of India and beyond. */
  private static boolean isMark(char c) {
    if (Character.getType(c) != Character.NON_SPACING_MARK) {
      return false;
    }
    if (NUKTA.indexOf(c) >= 0) {
      return true;
    }
    return switch (UnicodeScript.of(c)) {
      case INHERITED, LATIN, GREEK, CYRILLIC, HEBREW, ARABIC, SYRIAC -> true;
      default -> false;
    };
  }

  /** True for a letter and what makes no other letter of it. */
  private static boolean hasAccents(String parts) {
    return switch (UnicodeScript.of(parts.charAt(0))) {
      case LATIN, GREEK, HIRAGANA, KATAKANA, HEBREW -> true;
      case CYRILLIC ->
          CaseFolding.fold(parts.charAt(0)) == 'е' && parts.charAt(1) != '\u0306'
              || parts.charAt(1) == '\u0300';
      default -> NUKTA.indexOf(parts.charAt(1)) >= 0;
    };
  }

  private static char kana(char c) {
    char hiragana =
        c >= KATAKANA_FIRST && c <= KATAKANA_LAST ? (char) (c - KATAKANA_TO_HIRAGANA) : c;
    return SMALL_KANA.indexOf(hiragana) < 0 ? hiragana : (char) (hiragana + 1);
  }

  /** Less than, equal to or greater than 0 as the letters of one are before those of the other. */
  static int compare(String a, String b) {
    return compare(a, b, false);
  }

  /**
   * @param composed letters are composed with their marks
   */
  private static int compare(String a, String b, boolean composed) {
    int i = 0;
    int j = 0;
    char left = NONE;
    char right = NONE;
    while (true) {
      while (left == right && i < a.length() && j < b.length() && a.charAt(i) == b.charAt(j)) {
        i++;
        j++;
        left = NONE;
        right = NONE;
      }
      if (!composed && (isComposed(a, i) || isComposed(b, j))) {
        return compare(composed(a), composed(b), true);
      }
      while (left == NONE && i < a.length()) {
        left = WEIGHTS[a.charAt(i++)];
      }
      while (right == NONE && j < b.length()) {
        right = WEIGHTS[b.charAt(j++)];
      }
      char one = first(left);
      char other = first(right);
      if (one != other) {
        return one - other;
      }
      if (one == NONE) {
        return 0;
      }
      left = second(left);
      right = second(right);
    }
  }

  private static String composed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /** True where a unit, or the one behind it, makes another letter of what is before it. */
  private static boolean isComposed(String text, int at) {
    return at < text.length() && COMPOSING[text.charAt(at)]
        || at + 1 < text.length() && COMPOSING[text.charAt(at + 1)];
  }

  private static char first(char weight) {
    return weight < PAIRS ? weight : FIRSTS[weight - PAIRS];
  }

  /** What is left of a weight when its first letter was compared. */
  private static char second(char weight) {
    return weight < PAIRS ? NONE : SECONDS[weight - PAIRS];
  }
}
