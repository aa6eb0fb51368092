package org.mapi4j.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FuzzyLevelTest {
  private static SPropValue wide(String text) {
    return SPropValue.of(PR_SUBJECT_W, text);
  }

  private static SPropValue binary(int... bytes) {
    return new SPropValue(PR_SEARCH_KEY, Bytes.of(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "Hello World, Hello World, 0, true",
    "Hello World, Hello, 0, false",
    "Hello World, Hello, 2, true",
    "Hello World, World, 2, false",
    "Hello World, World, 1, true",
    "Hello World, word, 1, false",
    "Hello World, '', 1, true",
    "Hello World, '', 2, true",
    "Hello World, '', 0, false",
    "Hello World, hello, 0x10002, true",
    "Hello World, hello, 0x20002, false",
    "Résumé, resume, 0x30000, true",
    "Résumé, resume, 0x10000, false",
    "Résumé, Resume, 0x20000, true",
    "Résumé, resume, 0x40000, true",
    "ÀÉ, àé, 0x10000, true",
    "각하, 가, 0x20001, false", // a syllable is not found by its beginning
    "각하, 가, 0x40002, false",
    "각하, 각, 0x20002, true",
    "Straße, STRASSE, 0x40000, true",
    "Straße, strasse, 0x10000, false",
    "ﬁnal, FINAL, 0x40000, true",
    "λόγος, ΛΟΓΟΣ, 0x30000, true",
    "λόγος, ΛΟΓΟΣ, 0x40000, true",
    "ISPARTA ılık İzmir, isparta ilik izmir, 0x40000, true",
    "ﾃﾞｰﾀ, テータ, 0x40000, true",
    "ﾃﾞｰﾀ, データ, 0x10000, false",
    "ＡＢＣ, abc, 0x40000, true",
    "كِتَاب, كتاب, 0x20000, true",
    "ﻛﺘﺎﺏ, كتاب, 0x40000, true",
    "कुल, कल, 0x20000, true", // Unicode's non-spacing marks, vowels or not
    "a𞣐b, ab, 0x20000, true", // a mark beyond the BMP
    "é, é, 0x20000, true",
  })
  void contains_text_followsTheLevel(String target, String pattern, String level, boolean holds) {
    assertEquals(holds, FuzzyLevel.contains(wide(target), wide(pattern), Integer.decode(level)));
  }

  @Test
  void contains_narrowText_isReadAsLatin1() {
    SPropValue target = SPropValue.of(PR_SUBJECT_A, new String8(Bytes.of(0xC9, 't', 0xE9)));
    assertTrue(
        FuzzyLevel.contains(target, SPropValue.of(PR_SUBJECT_A, "ETE"), FL_FULLSTRING | FL_LOOSE));
    assertTrue(FuzzyLevel.contains(target, SPropValue.of(PR_SUBJECT_A, "t"), FL_SUBSTRING));
  }

  @Test
  void contains_binary_ignoresTheUpperHalf() {
    SPropValue target = binary('A', 0, 0xFF, 'b');
    assertTrue(FuzzyLevel.contains(target, binary(0, 0xFF), FL_SUBSTRING));
    assertTrue(FuzzyLevel.contains(target, binary('A', 0), FL_PREFIX));
    assertFalse(FuzzyLevel.contains(target, binary('a', 0), FL_PREFIX | FL_IGNORECASE));
    assertFalse(FuzzyLevel.contains(target, binary('B'), FL_SUBSTRING | FL_LOOSE));
    assertTrue(FuzzyLevel.contains(target, target, FL_FULLSTRING | FL_LOOSE));
  }

  @Test
  void contains_invalidLevel_isAnExactMatchOfTheWhole() {
    assertTrue(FuzzyLevel.contains(wide("abc"), wide("abc"), 3));
    assertFalse(FuzzyLevel.contains(wide("abc"), wide("ab"), 3));
    assertFalse(FuzzyLevel.contains(wide("abc"), wide("ABC"), 3 | FL_IGNORECASE));
  }

  @Test
  void contains_otherOrDifferentTypes_isFalse() {
    assertFalse(
        FuzzyLevel.contains(
            SPropValue.of(PR_IMPORTANCE, 1), SPropValue.of(PR_IMPORTANCE, 1), FL_FULLSTRING));
    assertFalse(FuzzyLevel.contains(wide("a"), SPropValue.of(PR_SUBJECT_A, "a"), FL_FULLSTRING));
  }

  @Test
  void search_randomTexts_findsWhatContainsDoes() {
    String[] letters = {
      "a", "A", "e", "E", "\u0301", "\u00C9", "\u00DF", "\u1E9E", "\u0130", "\u0131"
    };
    String[] others = {
      "i", "I", "\u212A", "k", "\u017F", "s", "\uD801\uDC00", "\uD801\uDC28", "\uD801"
    };
    Random random = new Random(6);
    for (int i = 0; i < 20_000; i++) {
      String target = text(random, i % 2 == 0 ? letters : others, 8);
      String pattern = text(random, i % 2 == 0 ? letters : others, 3);
      for (int kind : new int[] {FL_FULLSTRING, FL_PREFIX, FL_SUBSTRING}) {
        int level = kind | random.nextInt(8) << 16;
        assertEquals(
            FuzzyLevel.contains(wide(target), wide(pattern), level),
            FuzzyLevel.search(pattern, level).finds(target),
            () -> pattern + " in " + target + " to " + Integer.toHexString(level));
      }
    }
  }

  private static String text(Random random, String[] letters, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most); i > 0; i--) {
      text.append(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }
}
