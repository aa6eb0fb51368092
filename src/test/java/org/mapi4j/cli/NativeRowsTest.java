package org.mapi4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mapi4j.conformance.Report;
import org.mapi4j.conformance.Requirement;
import org.mapi4j.conformance.RowResult;
import org.mapi4j.conformance.RowResult.Outcome;

/** The rows of interface pointers, memory and the provider's entry, on this Java's back end. */
class NativeRowsTest {
  private static final int SLICE = 2;
  private static final double PERCENT_MIN = 97;

  @Test
  void run_rowsOfNativeCallers_passButForThoseThatTheStoreNeedNot() throws Exception {
    KitRuns.ThroughCom through = KitRuns.throughCom();
    Report report = through.report();
    boolean library = through.missingLibrary().isEmpty();
    if (!library) {
      System.out.println("NOT RUN: rows of functions in C, " + through.missingLibrary());
    }
    List<RowResult> rows =
        report.results().stream().filter(each -> each.row().slice() == SLICE).toList();
    assertEquals(
        List.of(),
        rows.stream().filter(each -> each.outcome() == Outcome.FAILED).toList(),
        report::toText);
    List<RowResult> required =
        rows.stream().filter(each -> each.row().level() == Requirement.Level.REQUIRED).toList();
    assertEquals(51, required.size());
    long passed = required.stream().filter(each -> each.outcome() == Outcome.PASSED).count();
    assertTrue(
        !library || 100.0 * passed / required.size() >= PERCENT_MIN,
        () -> "only %d of 51%n%s".formatted(passed, report.toText()));
  }
}
