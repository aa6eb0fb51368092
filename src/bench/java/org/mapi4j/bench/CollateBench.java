package org.mapi4j.bench;

import com.ibm.icu.text.RawCollationKey;
import com.ibm.icu.text.RuleBasedCollator;
import com.ibm.icu.util.ULocale;
import java.text.Collator;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.mapi4j.types.FuzzyLevel;
import org.mapi4j.types.MapiDefs;
import org.mapi4j.types.PropCompare;

/**
 * What it costs to put subjects in several scripts in order, and how often two of them are in the
 * order of the root of the Unicode Collation Algorithm: ours, the JDK's Collator, ICU4J's, and
 * character numbers regardless of case. {@code --count} subjects from a fixed seed.
 */
final class CollateBench implements Measurement {
  private static final int ROUNDS = 5;
  private static final int PAIRS = 200_000;

  /** Words of mail by script, some of them with the same letters but for marks. */
  private static final Map<String, String[]> WORDS =
      new TreeMap<>(
          Map.of(
              "English", words("budget Review meeting re-sent e-mail [urgent] co-op 2024 Q3 3rd"),
              "German", words("Ärger Arbeit Straße Strasse Übung Uhr Öl Ofen groß Grüße Zug"),
              "French", words("côté cote coté côte élève eleve Œuvre oeuf naïf zéro École"),
              "Polish", words("łódka lodka Lód żaba zaba źle świat swiat ćma cena"),
              "Greek", words("ἀγορά αγορά όλος ολος ΛΌΓΟΣ λόγος άλλος αλλά ώρα"),
              "Russian", words("ёлка елка Ель йод иод икра Ирис объём объем письмо ящик"),
              "Arabic", words("أحمد احمد إلى الى آخر كتاب كِتاب مكتب رسالة"),
              "Japanese", words("がっこう かっこう カッコウ ガッコウ ﾃｽﾄ テスト てすと 会議 予算"),
              "Korean", words("회의 예산 계약 각 가 간 학교 한국 서울"),
              "Hindi", words("कुल केल कल बजट बैठक क़लम कलम सूचना")));

  private static String[] words(String text) {
    return text.split(" ");
  }

  @Override
  public int defaultCount() {
    return 100_000;
  }

  private static String subject(String[] words, SplittableRandom chance) {
    StringBuilder text = new StringBuilder(chance.nextInt(4) == 0 ? "Re: " : "");
    for (int i = chance.nextInt(2, 6); i > 0; i--) {
      text.append(words[chance.nextInt(words.length)]).append(' ');
    }
    return text.append(chance.nextInt(1000)).toString();
  }

  /** A text's key, as its bytes. */
  private interface Keys {
    byte[] of(String text);
  }

  @Override
  public void run(Figures figures, int count) {
    Collator jdk = Collator.getInstance(Locale.ROOT);
    jdk.setStrength(Collator.TERTIARY);
    jdk.setDecomposition(Collator.CANONICAL_DECOMPOSITION);
    RuleBasedCollator icu =
        (RuleBasedCollator) com.ibm.icu.text.Collator.getInstance(ULocale.ROOT).freeze();
    Map<String, Comparator<String>> orders = new TreeMap<>();
    orders.put("numbers", String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder()));
    orders.put("ours", PropCompare::compareElements);
    orders.put("JDK", jdk::compare);
    orders.put("ICU4J", icu::compare);
    String[] texts = new String[count];
    SplittableRandom chance = new SplittableRandom(6);
    List<String[]> scripts = List.copyOf(WORDS.values());
    for (int i = 0; i < count; i++) {
      texts[i] = subject(scripts.get(i % scripts.size()), chance);
    }
    orders.forEach((name, order) -> sort(figures, "all scripts", name, order, texts));
    String[] latin = new String[count];
    for (int i = 0; i < count; i++) {
      latin[i] = subject(WORDS.get("English"), chance);
    }
    orders.forEach((name, order) -> sort(figures, "English", name, order, latin));
    keys(figures, "JDK", text -> jdk.getCollationKey(text).toByteArray(), texts);
    keys(figures, "ICU4J", text -> bytes(icu.getRawCollationKey(text, null)), texts);
    search(figures, "all scripts", texts);
    search(figures, "English", latin);
    figures.text(agreement(orders, icu));
  }

  private static byte[] bytes(RawCollationKey key) {
    return Arrays.copyOf(key.bytes, key.size);
  }

  private static void sort(
      Figures figures, String what, String name, Comparator<String> order, String[] texts) {
    double[] micros = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      String[] sorted = texts.clone();
      long start = System.nanoTime();
      Arrays.sort(sorted, order);
      if (round >= 0) {
        micros[round] = (System.nanoTime() - start) / 1000.0;
      }
    }
    figures.add(
        "%s: sort of %,d by comparing, %s".formatted(what, texts.length, name),
        Figures.median(micros) / 1000,
        "ms");
  }

  private static void keys(Figures figures, String name, Keys keys, String[] texts) {
    double[] rates = new double[ROUNDS];
    long bytes = 0;
    for (int round = -1; round < ROUNDS; round++) {
      byte[][] made = new byte[texts.length][];
      long start = System.nanoTime();
      for (int i = 0; i < texts.length; i++) {
        made[i] = keys.of(texts[i]);
      }
      if (round >= 0) {
        rates[round] = texts.length * 1e9 / (System.nanoTime() - start);
      }
      bytes = Arrays.stream(made).mapToLong(key -> key.length).sum();
    }
    figures.add("all scripts: keys made, " + name, Figures.median(rates), "/s");
    figures.add(
        "all scripts: heap of a million keys, " + name,
        (bytes / (double) texts.length + 16) * 1e6 / (1 << 20),
        "MB");
  }

  private static void search(Figures figures, String what, String[] texts) {
    FuzzyLevel.Search loose = FuzzyLevel.search("GROSS", MapiDefs.FL_SUBSTRING | MapiDefs.FL_LOOSE);
    double[] rates = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      long start = System.nanoTime();
      long found = Arrays.stream(texts).filter(loose::finds).count();
      if (round >= 0) {
        rates[round] = (texts.length + 0 * found) * 1e9 / (System.nanoTime() - start);
      }
    }
    figures.add(what + ": texts searched with FL_LOOSE, ours", Figures.median(rates), "/s");
  }

  /** How many pairs of one script are in the order that ICU4J has for the root. */
  private static String agreement(Map<String, Comparator<String>> orders, RuleBasedCollator icu) {
    StringBuilder text =
        new StringBuilder("| pairs of subjects in the order of Unicode's root, % |");
    orders.keySet().forEach(name -> text.append(' ').append(name).append(" |"));
    text.append("\n|---|").append("---|".repeat(orders.size())).append('\n');
    WORDS.forEach(
        (script, words) -> {
          text.append("| ").append(script).append(" |");
          orders.forEach(
              (name, order) ->
                  text.append(" %.2f |".formatted(agreement(words, order, icu::compare))));
          text.append('\n');
        });
    return text.toString();
  }

  private interface Sign {
    int of(String a, String b);
  }

  private static double agreement(String[] words, Comparator<String> order, Sign expected) {
    SplittableRandom chance = new SplittableRandom(7);
    ToIntFunction<Integer> sign = Integer::signum;
    int same = 0;
    for (int i = 0; i < PAIRS; i++) {
      String a = subject(words, chance);
      String b = subject(words, chance);
      same += sign.applyAsInt(order.compare(a, b)) == sign.applyAsInt(expected.of(a, b)) ? 1 : 0;
    }
    return 100.0 * same / PAIRS;
  }
}
