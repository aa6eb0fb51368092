package org.mapi4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mapi4j.conformance.Report;
import org.mapi4j.conformance.RowResult.Outcome;
import org.mapi4j.conformance.Runner;

/** The kit finds no fault with the stores of this jar behind interface pointers either. */
class ThroughComTest {
  /** Row by row what the direct run says, so that nothing is lost on the way. */
  @Test
  void run_standardRows_endAsTheyDoDirectly() throws Exception {
    Report direct;
    try (EngineSubject subject = EngineSubject.memory()) {
      direct = Runner.standard().run(subject);
    }
    Report through;
    try (ComSubject subject = new ComSubject(EngineSubject.memory())) {
      through = Runner.standard().run(subject);
    }
    assertEquals(0, through.count(Outcome.FAILED), through::toText);
    assertEquals(outcomes(direct), outcomes(through));
  }

  private static List<String> outcomes(Report report) {
    return report.results().stream().map(row -> row.row().id() + " " + row.outcome()).toList();
  }

  @Test
  void conformance_throughShared_isAUsageErrorThatSaysWhen() {
    CliRun run = CliRun.of("conformance", "--through", "shared");
    assertEquals(Main.USAGE, run.code());
    assertTrue(run.err().contains("issue 5"), run.err());
  }
}
