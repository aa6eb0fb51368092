package org.mapi4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mapi4j.conformance.Requirement.Level;
import org.mapi4j.conformance.RowResult.Outcome;

class ReportTest {
  private static final Report REPORT =
      new Report(
          "a \"store\"",
          List.of(
              new RowResult(row("A-1", "a", Level.REQUIRED, 1), Outcome.PASSED, ""),
              new RowResult(row("A-2", "a", Level.REQUIRED, 1), Outcome.FAILED, "x: found y"),
              new RowResult(row("B-1", "b", Level.OPTIONAL, 1), Outcome.NOT_APPLICABLE, "why"),
              new RowResult(row("B-2", "b", Level.REQUIRED, 4), Outcome.LATER, "")));

  private static Requirement row(String id, String area, Level level, int slice) {
    return new Requirement(id, area, "call", level, "says " + id, "page-" + id, slice);
  }

  @Test
  void toText_someRows_endsWithLaterRowsAndTotals() {
    List<String> lines = REPORT.toText().lines().toList();
    assertEquals("1 passed, 1 failed, 1 not applicable", lines.get(lines.size() - 1));
    assertEquals("later: 1 rows (slice 4: 1)", lines.get(lines.size() - 2));
    assertEquals("required: 1 of 2 passed (50.0 %)", lines.get(lines.size() - 3));
  }

  @Test
  void toText_failedRow_showsStatementPageAndWhatWasFound() {
    String text = REPORT.toText();
    assertTrue(text.contains("FAILED A-2 (required) says A-2"), text);
    assertTrue(text.contains("page: page-A-2"), text);
    assertTrue(text.contains("x: found y"), text);
    assertTrue(text.contains("not applicable B-1: why"), text);
  }

  @Test
  void toJson_quotesInTexts_areEscaped() {
    String json = REPORT.toJson();
    assertTrue(json.contains("\"subject\": \"a \\\"store\\\"\""), json);
    assertTrue(json.contains("\"id\": \"A-2\""), json);
    assertTrue(json.contains("\"outcome\": \"NOT_APPLICABLE\""), json);
  }

  @Test
  void load_catalogueOfTheJar_has411RequiredRowsInSliceOne() {
    long required =
        Catalogue.load().rows().stream()
            .filter(row -> row.slice() == 1 && row.level() == Level.REQUIRED)
            .count();
    assertEquals(411, required);
    assertEquals(1381, Catalogue.load().rows().size());
  }
}
