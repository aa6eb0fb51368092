package org.mapi4j.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mapi4j.conformance.Requirement.Level;
import org.mapi4j.conformance.RowResult.Outcome;

/**
 * The outcome of a run.
 *
 * @param subject name of the store
 * @param results one per row of the catalogue, in its order
 */
public record Report(String subject, List<RowResult> results) {
  /** Keeps its own copy of the list. */
  public Report {
    results = List.copyOf(results);
  }

  /** Number of rows with an outcome. */
  public long count(Outcome outcome) {
    return results.stream().filter(result -> result.outcome() == outcome).count();
  }

  /** Number of required rows of the built steps. */
  public long required() {
    return results.stream().filter(Report::isRequired).count();
  }

  /** Number of required rows of the built steps that passed. */
  public long requiredPassed() {
    return results.stream()
        .filter(Report::isRequired)
        .filter(result -> result.outcome() == Outcome.PASSED)
        .count();
  }

  /** Share of the required rows that passed, percent. */
  public double requiredPercent() {
    return required() == 0 ? 100 : 100.0 * requiredPassed() / required();
  }

  private static boolean isRequired(RowResult result) {
    return result.row().level() == Level.REQUIRED && result.outcome() != Outcome.LATER;
  }

  /** For people: areas, failures, what does not apply, what is left for later, the totals. */
  public String toText() {
    StringBuilder out = new StringBuilder("conformance of ").append(subject).append('\n');
    byArea().forEach((area, rows) -> area(out, area, rows));
    String later =
        laterBySlice().entrySet().stream()
            .map(entry -> "slice %d: %d".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
    out.append(
        "%nrequired: %d of %d passed (%s %%)%n"
            .formatted(
                requiredPassed(),
                required(),
                String.format(Locale.ROOT, "%.1f", requiredPercent())));
    out.append("later: %d rows (%s)%n".formatted(count(Outcome.LATER), later));
    out.append(totals()).append('\n');
    return out.toString();
  }

  /** The last line of the report. */
  public String totals() {
    return "%d passed, %d failed, %d not applicable"
        .formatted(count(Outcome.PASSED), count(Outcome.FAILED), count(Outcome.NOT_APPLICABLE));
  }

  private Map<String, List<RowResult>> byArea() {
    return results.stream()
        .filter(result -> result.outcome() != Outcome.LATER)
        .collect(
            Collectors.groupingBy(
                result -> result.row().area(), LinkedHashMap::new, Collectors.toList()));
  }

  private Map<Integer, Long> laterBySlice() {
    return results.stream()
        .filter(result -> result.outcome() == Outcome.LATER)
        .collect(
            Collectors.groupingBy(
                result -> result.row().slice(), TreeMap::new, Collectors.counting()));
  }

  private static void area(StringBuilder out, String area, List<RowResult> rows) {
    long passed = rows.stream().filter(row -> row.outcome() == Outcome.PASSED).count();
    out.append("%n%s: %d of %d passed%n".formatted(area, passed, rows.size()));
    for (RowResult result : rows) {
      Requirement row = result.row();
      if (result.outcome() == Outcome.FAILED) {
        out.append(
            "  FAILED %s (%s) %s%n    page: %s%n    %s%n"
                .formatted(
                    row.id(),
                    row.level().name().toLowerCase(Locale.ROOT),
                    row.statement(),
                    row.page(),
                    result.detail()));
      } else if (result.outcome() == Outcome.NOT_APPLICABLE) {
        out.append("  not applicable %s: %s%n".formatted(row.id(), result.detail()));
      }
    }
  }

  /** For programs. */
  public String toJson() {
    String rows =
        results.stream()
            .map(Report::json)
            .collect(Collectors.joining(",\n    ", "[\n    ", "\n  ]"));
    return """
    {
      "subject": %s,
      "passed": %d,
      "failed": %d,
      "notApplicable": %d,
      "later": %d,
      "required": %d,
      "requiredPassed": %d,
      "rows": %s
    }
    """
        .formatted(
            quote(subject),
            count(Outcome.PASSED),
            count(Outcome.FAILED),
            count(Outcome.NOT_APPLICABLE),
            count(Outcome.LATER),
            required(),
            requiredPassed(),
            rows);
  }

  private static String json(RowResult result) {
    Requirement row = result.row();
    return ("{\"id\": %s, \"area\": %s, \"level\": %s, \"slice\": %d, \"page\": %s,"
            + " \"outcome\": %s, \"detail\": %s}")
        .formatted(
            quote(row.id()),
            quote(row.area()),
            quote(row.level().name().toLowerCase(Locale.ROOT)),
            row.slice(),
            quote(row.page()),
            quote(result.outcome().name()),
            quote(result.detail()));
  }

  private static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (char ch : text.toCharArray()) {
      if (ch == '"' || ch == '\\') {
        out.append('\\').append(ch);
      } else if (ch < ' ') {
        out.append("\\u%04x".formatted((int) ch));
      } else {
        out.append(ch);
      }
    }
    return out.append('"').toString();
  }
}
