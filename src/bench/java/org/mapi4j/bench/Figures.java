package org.mapi4j.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Collects what was measured and prints it, for people or as JSON. */
final class Figures {
  private final boolean json;
  private final List<Figure> figures = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();

  /**
   * What was measured.
   *
   * @param target what it should be; null for none
   * @param atMost true where less is better
   */
  private record Figure(String name, double value, String unit, Double target, boolean atMost) {
    boolean isMet() {
      return atMost ? value <= target : value >= target;
    }
  }

  Figures(boolean json) {
    this.json = json;
  }

  boolean isJson() {
    return json;
  }

  /** A rate or time as it was. */
  void add(String name, double value, String unit) {
    figures.add(new Figure(name, value, unit, null, false));
  }

  /** A ratio with the least it should be. */
  void ratio(String name, double value, double target) {
    figures.add(new Figure(name, value, "ratio", target, false));
  }

  /** A ratio with the most it should be. */
  void atMost(String name, double value, double target) {
    atMost(name, value, "ratio", target);
  }

  /** A figure with the most it should be. */
  void atMost(String name, double value, String unit, double target) {
    figures.add(new Figure(name, value, unit, target, true));
  }

  /** Text that follows the figures, for people only. */
  void text(String text) {
    texts.add(text);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Progress, for people only. */
  void progress(String text) {
    System.err.println(text);
  }

  void print(String name) {
    for (Figure figure : figures) {
      if (json) {
        System.out.printf(
            Locale.ROOT,
            "{\"bench\":\"%s\",\"name\":\"%s\",\"value\":%.4f,\"unit\":\"%s\"%s}%n",
            name,
            figure.name(),
            figure.value(),
            figure.unit(),
            figure.target() == null ? "" : ",\"target\":" + figure.target());
      } else {
        String target =
            figure.target() == null
                ? ""
                : "   (target %s %.2f: %s)"
                    .formatted(
                        figure.atMost() ? "at most" : "at least",
                        figure.target(),
                        figure.isMet() ? "met" : "MISSED");
        System.out.printf(
            Locale.ROOT,
            "%-64s %,14.2f %s%s%n",
            figure.name(),
            figure.value(),
            figure.unit(),
            target);
      }
    }
    if (!json) {
      texts.forEach(System.out::println);
    }
  }
}
