package org.mapi4j.com;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.mapi4j.api.Vtables.Parameter;
import org.mapi4j.api.Vtables.Slot;

/**
 * What the pages say about single parameters beyond their descriptors. Data: {@code
 * parameter-notes.tsv}.
 */
final class ParameterNotes {
  /** An output that a client may leave out by passing NULL. */
  static final String OPTIONAL = "optional";

  /** An object that a successful call keeps beyond its end, and releases itself. */
  static final String KEPT = "kept";

  /** An output that a failing call may give too. */
  static final String ON_FAILURE = "on-failure";

  private static final Map<String, String> NOTES = read();

  private ParameterNotes() {}

  static boolean has(String note, Slot slot, Parameter parameter) {
    return NOTES.containsKey(key(slot, parameter, note));
  }

  /** The output that must not be NULL for the note to hold; empty where it always holds. */
  static String condition(String note, Slot slot, Parameter parameter) {
    return NOTES.get(key(slot, parameter, note));
  }

  private static String key(Slot slot, Parameter parameter, String note) {
    return String.join(" ", slot.declaredBy(), slot.name(), parameter.name(), note);
  }

  private static Map<String, String> read() {
    try (InputStream in = ParameterNotes.class.getResourceAsStream("parameter-notes.tsv");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      Map<String, String> notes = new HashMap<>();
      reader
          .lines()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .forEach(row -> notes.put(String.join(" ", row[0], row[1], row[2], row[3]), row[4]));
      return notes;
    } catch (IOException e) {
      throw new UncheckedIOException("the jar lacks parameter-notes.tsv", e);
    }
  }
}
