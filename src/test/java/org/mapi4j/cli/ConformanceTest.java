package org.mapi4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.conformance.Report;
import org.mapi4j.conformance.RowResult.Outcome;

/** The kit finds no fault with the stores of this jar. */
class ConformanceTest {
  private static final double REQUIRED_PERCENT = 97;

  @TempDir Path folder;

  @Test
  void run_memoryEngine_failsNoRowAndPassesTheRequiredOnes() throws Exception {
    assertConforms(KitRuns.memory());
  }

  @Test
  void run_embeddedEngine_failsNoRowAndPassesTheRequiredOnes() throws Exception {
    assertConforms(KitRuns.embedded());
  }

  @Test
  void run_throughASecondProcess_passesTheSameRowsAsDirectly() throws Exception {
    Report shared = KitRuns.run(() -> EngineSubject.shared(StoreOpener.EMBEDDED));
    assertConforms(shared);
    assertEquals(outcomes(KitRuns.embedded()), outcomes(shared));
  }

  private static List<String> outcomes(Report report) {
    return report.results().stream().map(result -> result.row() + " " + result.outcome()).toList();
  }

  private static void assertConforms(Report report) {
    assertEquals(0, report.count(Outcome.FAILED), report::toText);
    assertTrue(report.requiredPercent() >= REQUIRED_PERCENT, report::toText);
  }

  @Test
  void conformance_memoryEngine_endsWithTotalsAndWritesTheReport() throws Exception {
    Path file = folder.resolve("report.json");
    CliRun run = CliRun.of("conformance", "--engine", "memory", "--json", "--report", "" + file);
    List<String> lines = run.out().lines().toList();
    assertEquals(Main.GOOD, run.code(), run.err());
    assertTrue(
        lines.get(lines.size() - 1).matches("\\d+ passed, 0 failed, \\d+ not applicable"),
        run.out());
    assertTrue(Files.readString(file).contains("\"failed\": 0,"), run.out());
  }

  @Test
  void conformance_memoryThroughShared_isAUsageError() {
    assertEquals(
        Main.USAGE, CliRun.of("conformance", "--engine", "memory", "--through", "shared").code());
  }

  @Test
  void conformance_unknownEngine_isAUsageError() {
    assertEquals(Main.USAGE, CliRun.of("conformance", "--engine", "none").code());
  }
}
