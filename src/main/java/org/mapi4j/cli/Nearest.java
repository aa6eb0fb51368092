package org.mapi4j.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The words nearest to a mistyped one. */
final class Nearest {
  private static final int SHOWN = 3;

  private Nearest() {}

  /** {@code " Did you mean A, B?"}, or nothing where no word is near. */
  static String hint(String typed, Collection<String> words) {
    List<String> near =
        words.stream()
            .filter(word -> distance(typed, word) <= Math.max(2, typed.length() / 4))
            .sorted(Comparator.comparingInt(word -> distance(typed, word)))
            .limit(SHOWN)
            .toList();
    return near.isEmpty() ? "" : " Did you mean " + String.join(", ", near) + "?";
  }

  /** Characters to insert, delete or replace. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
