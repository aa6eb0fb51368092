package org.mapi4j.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mapi4j.conformance.RowResult.Outcome;

/**
 * Runs the checks of the slices built, and of those under way, against a subject. Confined to one
 * thread.
 */
public final class Runner {
  /** The steps whose rows this kit runs against any store. */
  public static final Set<Integer> BUILT_SLICES = Set.of(1);

  /** The steps whose rows it runs against a store behind interface pointers. */
  public static final Set<Integer> NATIVE_SLICES = Set.of(1, 2);

  /** The steps being built: their rows are run from the day that they have a check. */
  public static final Set<Integer> SLICES_UNDER_WAY = Set.of(4);

  private final Catalogue catalogue;
  private final List<Check> checks;
  private final Set<Integer> slices;

  Runner(Catalogue catalogue, List<Check> checks, Set<Integer> slices) {
    this.catalogue = catalogue;
    this.checks = List.copyOf(checks);
    this.slices = Set.copyOf(slices);
    for (Check check : checks) {
      for (String id : check.ids()) {
        if (catalogue.find(id).isEmpty()) {
          throw new IllegalStateException(
              "no row %s for the check: %s".formatted(id, check.title()));
        }
      }
    }
  }

  /** The kit of the jar, for any store. */
  public static Runner standard() {
    return new Runner(Catalogue.load(), Checks.all(), BUILT_SLICES);
  }

  /**
   * The kit of the jar with the rows about interface pointers, memory and the provider's entry: for
   * a subject with a {@link Subject#nativeSide} and a {@link Subject#providerSide}.
   */
  public static Runner throughCom() {
    return new Runner(Catalogue.load(), Checks.all(), NATIVE_SLICES);
  }

  /** Runs every check that names a row of those slices. Never throws for a check's sake. */
  public Report run(Subject subject) {
    Map<String, List<Verdict>> verdicts = new LinkedHashMap<>();
    for (Check check : checks) {
      if (check.ids().stream().anyMatch(this::isBuilt)) {
        Verdict verdict = run(check, subject);
        for (String id : check.ids()) {
          verdicts.computeIfAbsent(id, key -> new ArrayList<>()).add(verdict);
        }
      }
    }
    List<RowResult> results = new ArrayList<>();
    for (Requirement row : catalogue.rows()) {
      results.add(result(row, verdicts.getOrDefault(row.id(), List.of())));
    }
    return new Report(subject.name(), results);
  }

  private boolean isBuilt(String id) {
    return catalogue
        .find(id)
        .map(row -> slices.contains(row.slice()) || SLICES_UNDER_WAY.contains(row.slice()))
        .orElse(false);
  }

  private record Verdict(Outcome outcome, String detail) {}

  private static Verdict run(Check check, Subject subject) {
    Context context = new Context(subject);
    Verdict verdict;
    try {
      check.body().run(context);
      verdict =
          context.assertions() > 0
              ? new Verdict(Outcome.PASSED, "")
              : new Verdict(Outcome.FAILED, check.title() + ": the check asserts nothing");
    } catch (NotApplicable reason) {
      verdict =
          context.assertions() > 0 || reason.subjectLacks()
              ? new Verdict(Outcome.NOT_APPLICABLE, reason.getMessage())
              : new Verdict(Outcome.FAILED, check.title() + ": no refusal asserted");
    } catch (CheckFailed failure) {
      verdict = new Verdict(Outcome.FAILED, check.title() + ": " + failure.getMessage());
    } catch (Exception | StackOverflowError | AssertionError thrown) {
      verdict = new Verdict(Outcome.FAILED, check.title() + ": threw " + describe(thrown));
    }
    try {
      context.close();
    } catch (RuntimeException thrown) {
      return new Verdict(Outcome.FAILED, check.title() + ": Release threw " + describe(thrown));
    }
    return verdict;
  }

  private static String describe(Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    return trace.length == 0 ? thrown.toString() : thrown + " at " + trace[0];
  }

  private RowResult result(Requirement row, List<Verdict> verdicts) {
    boolean begun = SLICES_UNDER_WAY.contains(row.slice()) && !verdicts.isEmpty();
    if (!slices.contains(row.slice()) && !begun) {
      return new RowResult(row, Outcome.LATER, "");
    }
    if (verdicts.isEmpty()) {
      return new RowResult(row, Outcome.FAILED, "no check");
    }
    List<String> failures =
        verdicts.stream()
            .filter(verdict -> verdict.outcome() == Outcome.FAILED)
            .map(Verdict::detail)
            .toList();
    if (!failures.isEmpty()) {
      return new RowResult(row, Outcome.FAILED, String.join("; ", failures));
    }
    if (verdicts.stream().anyMatch(verdict -> verdict.outcome() == Outcome.PASSED)) {
      return new RowResult(row, Outcome.PASSED, "");
    }
    return new RowResult(row, Outcome.NOT_APPLICABLE, verdicts.get(0).detail());
  }
}
