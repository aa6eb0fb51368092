package org.mapi4j.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mapi4j.format.msg.KeptOut;

/** What an import says: each failure with its reason, what stores kept out, and the totals last. */
final class ImportReport {
  private static final int REASONS_SHOWN = 10;
  private static final int PROPERTIES_SHOWN = 20;

  private final Console console;
  private final int expected;
  private final boolean json;
  private final Map<String, Map<String, Integer>> keptOut = new TreeMap<>();
  private int stored;
  private int failed;

  ImportReport(Console console, int expected, boolean json) {
    this.console = console;
    this.expected = expected;
    this.json = json;
  }

  void item(MailImport.Item item) {
    if (item.failure() == null) {
      stored++;
    } else {
      failed++;
    }
    if (json) {
      console.out().println(Json.line(object(item)));
      return;
    }
    if (item.failure() != null) {
      console.out().println(ValueText.plain("FAILED " + item.path() + ": " + item.failure()));
    }
    for (KeptOut each : item.keptOut()) {
      String property =
          each.name() == null ? TagNames.name(each.tag()) : ValueText.plain(each.name().toString());
      keptOut
          .computeIfAbsent(each.reason(), reason -> new TreeMap<>())
          .merge(property, 1, Integer::sum);
    }
  }

  private void keptOut() {
    if (keptOut.isEmpty()) {
      return;
    }
    console.out().println("Properties kept out (--json tells of which file):");
    keptOut.entrySet().stream()
        .limit(REASONS_SHOWN)
        .forEach(
            entry -> {
              console.out().println("  " + ValueText.plain(entry.getKey()));
              List<String> counts = new ArrayList<>();
              entry.getValue().forEach((property, n) -> counts.add(property + " " + n + "x"));
              int hidden = counts.size() - PROPERTIES_SHOWN;
              String more = hidden > 0 ? ", and " + hidden + " more" : "";
              console
                  .out()
                  .println(
                      "    "
                          + String.join(
                              ", ", counts.subList(0, Math.min(PROPERTIES_SHOWN, counts.size())))
                          + more);
            });
    if (keptOut.size() > REASONS_SHOWN) {
      console.out().println("  and " + (keptOut.size() - REASONS_SHOWN) + " more reasons");
    }
  }

  private static Map<String, Object> object(MailImport.Item item) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("path", item.path().toString());
    object.put("result", item.failure() == null ? "stored" : "failed");
    if (item.failure() == null) {
      object.put("entryId", item.entryId());
      object.put("keptOut", item.keptOut().stream().map(KeptOut::toString).toList());
    } else {
      object.put("reason", item.failure());
    }
    return object;
  }

  /** Prints the totals; true when nothing failed and every item is accounted for. */
  boolean finish() {
    boolean good = failed == 0 && stored == expected;
    if (json) {
      Map<String, Object> totals = new LinkedHashMap<>();
      totals.put("expected", expected);
      totals.put("stored", stored);
      totals.put("failed", failed);
      console.out().println(Json.line(totals));
      return good;
    }
    keptOut();
    console.out().println("expected %d, stored %d, failed %d".formatted(expected, stored, failed));
    return good;
  }
}
