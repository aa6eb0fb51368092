package org.mapi4j.types;

import java.util.HashMap;
import java.util.Map;

/** Reads the data files of {@code org/mapi4j/spec} for the names that people see. */
final class SpecNames {
  private SpecNames() {}

  static Map<Integer, String> hresults() {
    Map<Integer, String> names = new HashMap<>();
    for (String[] row : SpecFile.rows("hresults.tsv")) {
      names.putIfAbsent(Integer.parseUnsignedInt(row[0].substring(2), 16), row[1]);
    }
    return Map.copyOf(names);
  }

  /**
   * Identifier and type, as in a tag, to PR_ name; a name with a width suffix wins over one
   * without.
   */
  static Map<Integer, String> tags(Map<String, Integer> typeCodes) {
    Map<Integer, String> names = new HashMap<>();
    for (String[] row : SpecFile.rows("proptags.tsv")) {
      int tag = PropTag.of(Integer.decode(row[0]), typeCodes.getOrDefault(row[1], 0));
      names.merge(tag, row[2], (one, other) -> hasWidth(other) && !hasWidth(one) ? other : one);
    }
    return Map.copyOf(names);
  }

  /** PT_ name to code: those of constants.tsv, and the two of rules, which the headers lack. */
  static Map<String, Integer> types() {
    Map<String, Integer> codes = new HashMap<>();
    codes.put("PT_SRESTRICTION", PropType.PT_SRESTRICTION);
    codes.put("PT_ACTIONS", PropType.PT_ACTIONS);
    for (String[] row : SpecFile.rows("constants.tsv")) {
      if (row[0].startsWith("PT_")) {
        codes.put(row[0], Integer.decode(row[1]));
      }
    }
    return Map.copyOf(codes);
  }

  private static boolean hasWidth(String name) {
    return name.endsWith("_W") || name.endsWith("_A");
  }
}
