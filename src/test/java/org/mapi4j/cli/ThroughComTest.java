package org.mapi4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mapi4j.com.NativeCalls;
import org.mapi4j.conformance.Report;
import org.mapi4j.conformance.RowResult.Outcome;
import org.mapi4j.conformance.Runner;

/** The kit finds no fault with the stores of this jar behind interface pointers either. */
class ThroughComTest {
  private static final double REQUIRED_PERCENT = 97;

  /**
   * Row by row what the direct run says, so that nothing is lost on the way; and the rows of COM.
   */
  @Test
  void run_memoryEngine_endsAsItDoesDirectlyAndKeepsTheRulesOfCom() throws Exception {
    KitRuns.ThroughCom through = KitRuns.throughCom();
    assertEquals(0, through.left(), "objects that the kit did not release");
    Report report = through.report();
    assertEquals(0, report.count(Outcome.FAILED), report::toText);
    assertTrue(report.requiredPercent() >= REQUIRED_PERCENT, report::toText);
    assertEquals(outcomes(KitRuns.memory()), outcomes(report));
  }

  @Test
  void run_embeddedEngine_failsNoRow() throws Exception {
    KitRuns.ThroughCom through =
        KitRuns.ThroughCom.run(() -> EngineSubject.embedded(StoreOpener.EMBEDDED));
    Report report = through.report();
    assertEquals(0, report.count(Outcome.FAILED), report::toText);
    assertEquals(0, through.left(), "objects that the kit did not release");
  }

  /**
   * The other back end of a Java that has two, in a process of its own: one process has one for
   * good.
   */
  @Test
  void conformance_withJnaWhereFfmIsTheDefault_failsNoRow() throws Exception {
    Optional<String> java = javaWithFfm();
    if (java.isEmpty()) {
      System.out.println(
          "NOT RUN: jna beside ffm, because no Java here has ffm (see CONTRIBUTING, JAVA25_HOME)");
      return;
    }
    Process other =
        new ProcessBuilder(
                java.get(),
                "-Dmapi4j.thunks=jna",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "conformance",
                "--through",
                "com")
            .redirectErrorStream(true)
            .start();
    String out = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(Main.GOOD, other.waitFor(), out);
    assertTrue(out.contains("memory through com (jna)"), out);
  }

  /** This Java, else the one of the second pass: a build on Java 17 alone has the check too. */
  private static Optional<String> javaWithFfm() {
    if (NativeCalls.backEnd().equals("ffm")) {
      return ProcessHandle.current().info().command();
    }
    return Optional.ofNullable(System.getenv("JAVA25_HOME"))
        .map(home -> Path.of(home, "bin", "java"))
        .filter(Files::isExecutable)
        .map(Path::toString);
  }

  /** Of the rows that a direct run has too. */
  private static List<String> outcomes(Report report) {
    return report.results().stream()
        .filter(row -> Runner.BUILT_SLICES.contains(row.row().slice()))
        .map(row -> row.row().id() + " " + row.outcome())
        .toList();
  }
}
