package org.mapi4j.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.SpecFile;

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
    SpecFile.rows("iids.tsv").forEach(row -> sets.put(row[0], Guid.parse(row[1])));
    Map<MAPINAMEID, String> known = new HashMap<>();
    for (String[] row : SpecFile.rows("namedprops.tsv")) {
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
}
