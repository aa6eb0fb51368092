package org.mapi4j.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPINAMEID;

/** The documented names of named properties, such as dispidReminderSet. */
final class NamedNames {
  private static final Map<MAPINAMEID, String> KNOWN = load();

  private NamedNames() {}

  /** The documented name, where there is one. */
  static Optional<String> of(MAPINAMEID name) {
    return name == null ? Optional.empty() : Optional.ofNullable(KNOWN.get(name));
  }

  private static Map<MAPINAMEID, String> load() {
    Map<String, Guid> sets = new HashMap<>();
    rows("iids.tsv").forEach(row -> sets.put(row[0], Guid.parse(row[1])));
    Map<MAPINAMEID, String> known = new HashMap<>();
    for (String[] row : rows("namedprops.tsv")) {
      Guid set = sets.get(row[2]);
      if (set != null && !row[3].isEmpty()) {
        MAPINAMEID name =
            row[3].startsWith("0x")
                ? MAPINAMEID.id(set, Integer.decode(row[3]))
                : MAPINAMEID.string(set, row[3]);
        known.put(name, row[1].isEmpty() ? row[0] : row[1].split("[, ]", 2)[0]);
      }
    }
    return Map.copyOf(known);
  }

  private static List<String[]> rows(String file) {
    try (InputStream in = NamedNames.class.getResourceAsStream("/org/mapi4j/spec/" + file);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      List<String[]> rows = new ArrayList<>();
      reader.readLine();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        rows.add(line.split("\t", -1));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException("the jar lacks org/mapi4j/spec/" + file, e);
    }
  }
}
