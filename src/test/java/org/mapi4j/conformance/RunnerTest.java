package org.mapi4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.MAPI_E_NOT_FOUND;
import static org.mapi4j.types.MapiCode.S_OK;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.conformance.RowResult.Outcome;

class RunnerTest {
  private static final Subject NO_STORE =
      new Subject() {
        @Override
        public String name() {
          return "none";
        }

        @Override
        public IMsgStore open(boolean writable) throws Exception {
          throw new Exception("no store");
        }
      };

  private static Report run(Check... checks) {
    return new Runner(Catalogue.load(), List.of(checks), Set.of(1)).run(NO_STORE);
  }

  private static RowResult result(Report report, String id) {
    return report.results().stream()
        .filter(result -> result.row().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static Check check(String title, Check.Body body) {
    return new Check(List.of("PROP-001"), title, body);
  }

  @Test
  void run_rowWithoutCheck_fails() {
    RowResult result = result(run(), "PROP-001");
    assertEquals(Outcome.FAILED, result.outcome());
    assertEquals("no check", result.detail());
  }

  @Test
  void run_rowOfALaterSlice_isLater() {
    assertEquals(Outcome.LATER, result(run(), "TABLE-001").outcome());
  }

  @Test
  void run_checkThatAssertsNothing_fails() {
    RowResult result = result(run(check("idle", c -> {})), "PROP-001");
    assertEquals(Outcome.FAILED, result.outcome());
    assertEquals("idle: the check asserts nothing", result.detail());
  }

  @Test
  void run_checkThatExpectsAnotherCode_namesBoth() {
    RowResult result =
        result(run(check("call", c -> c.assertHr(MAPI_E_NOT_FOUND, S_OK, "GetProps"))), "PROP-001");
    assertEquals(Outcome.FAILED, result.outcome());
    assertEquals(
        "call: GetProps: expected MAPI_E_NOT_FOUND (0x8004010F), found S_OK (0x00000000)",
        result.detail());
  }

  @Test
  void run_checkThatThrows_failsAndTheRunGoesOn() {
    Report report =
        run(
            check("opens", Context::store),
            new Check(List.of("PROP-002"), "passes", c -> c.assertEqual(1, 1, "one")));
    assertTrue(result(report, "PROP-001").detail().startsWith("opens: threw"), report.toText());
    assertEquals(Outcome.PASSED, result(report, "PROP-002").outcome());
  }

  @Test
  void run_refusalAsserted_isNotApplicableWithItsReason() {
    Checks checks = new Checks();
    checks
        .rows("PROP-001")
        .notApplicable("the page says so", c -> c.assertEqual(1, 1, "the refusal"));
    RowResult result = result(run(checks.list().get(0)), "PROP-001");
    assertEquals(Outcome.NOT_APPLICABLE, result.outcome());
    assertEquals("the page says so", result.detail());
  }

  @Test
  void run_notApplicableWithoutAssertion_fails() {
    RowResult result = result(run(check("skips", c -> c.notApplicable("why"))), "PROP-001");
    assertEquals(Outcome.FAILED, result.outcome());
  }

  @Test
  void run_oneOfTwoChecksFails_failsTheRow() {
    Report report =
        run(
            check("good", c -> c.assertEqual(1, 1, "one")),
            check("bad", c -> c.assertEqual(1, 2, "two")));
    assertEquals("bad: two: expected 1, found 2", result(report, "PROP-001").detail());
  }

  @Test
  void construct_checkOfAnUnknownRow_isRefused() {
    Check unknown = new Check(List.of("PROP-999"), "unknown", c -> {});
    assertThrows(
        IllegalStateException.class,
        () -> new Runner(Catalogue.load(), List.of(unknown), Set.of(1)));
  }

  @Test
  void all_everyRowOfTheBuiltSlices_hasACheck() {
    Set<String> checked =
        Checks.all().stream().flatMap(check -> check.ids().stream()).collect(Collectors.toSet());
    List<String> missing =
        Catalogue.load().rows().stream()
            .filter(row -> Runner.BUILT_SLICES.contains(row.slice()))
            .map(Requirement::id)
            .filter(id -> !checked.contains(id))
            .toList();
    assertEquals(List.of(), missing);
  }
}
