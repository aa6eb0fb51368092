package org.mapi4j.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiTags.PR_SUBJECT_W;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts in the order that people look for them in, in many scripts. */
class TextOrderTest {
  /** Each line is in order, as the root of the Unicode Collation Algorithm has it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Affe Ärger Arger-2 Arm Zug", // the first two by their third letter
        "cote coté côte côté coteau",
        "oeuf Œuvre of",
        "Strase Strasse Straße Strate",
        "lodka łódka lodz",
        "(a -a _a ١٢ 1a 2a 3 aa",
        "αγορά άλλος αλφα ώρα",
        "λόγος λόγοσα",
        "елка ёлка ель ива икра иод йод",
        "ир йа к",
        "か が かく がく カコ",
        "テスト ﾃｽﾄａ てすとb",
        "가 각 간 나",
        "कलम क़लम कुल केल",
        "א אָב בּ ב1",
        "a Ａ b Ｂ",
        "ﬁ fia fj",
        "z ζ ж ז あ 一 𝒜 😀",
      })
  void compare_wordsOfALine_areInOrder(String line) {
    List<String> words = List.of(line.split(" "));
    List<String> sorted = new ArrayList<>(words);
    Collections.shuffle(sorted, new Random(1));
    sorted.sort(PropCompare::compareElements);
    assertEquals(words, sorted);
  }

  @Test
  void compare_formsOfOneText_areBesideEachOther() {
    for (String text : List.of("йод", "Ångström", "각하", "ガッコウ", "ﷲ", "क़लम", "ṩa")) {
      String apart = Normalizer.normalize(text, Normalizer.Form.NFD);
      assertEquals(0, TextOrder.compare(text, apart), text);
      assertTrue(TextOrder.compare(apart, apart + "x") < 0, text);
    }
    assertEquals(0, TextOrder.compare("co\u00ADop", "coop"), "soft hyphen");
    assertTrue(PropCompare.compareElements("co\u00ADop", "coop") != 0, "equality stays exact");
  }

  private static final String LETTERS =
      "aAäÄßsSæeиИйЙё\u0306\u0301\u0308かがカｶ\u3099각가\u1100\u1161\u11A8कक़\u093C1१ -_İıIi\uD835\uDC9C\uD835";

  private static String text(SplittableRandom chance) {
    StringBuilder text = new StringBuilder();
    for (int i = chance.nextInt(5); i > 0; i--) {
      text.append(LETTERS.charAt(chance.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void compare_randomTexts_isATotalOrder(long seed) {
    SplittableRandom chance = new SplittableRandom(seed);
    for (int i = 0; i < 200_000; i++) {
      String a = text(chance);
      String b = text(chance);
      String c = text(chance);
      int ab = PropCompare.compareElements(a, b);
      int bc = PropCompare.compareElements(b, c);
      int ac = PropCompare.compareElements(a, c);
      String all = String.join("|", a, b, c);
      assertEquals(Integer.signum(ab), -Integer.signum(PropCompare.compareElements(b, a)), all);
      assertEquals(a.equals(b), ab == 0, all);
      if (ab <= 0 && bc <= 0) {
        assertTrue(
            ac <= 0, () -> all + " " + all.codePoints().mapToObj(Integer::toHexString).toList());
      }
    }
  }

  @Test
  void compare_values_useThisOrder() {
    SPropValue one = SPropValue.of(PR_SUBJECT_W, "Éclair");
    SPropValue other = SPropValue.of(PR_SUBJECT_W, "Zebra");
    assertTrue(PropCompare.compare(one, other) < 0);
  }
}
