package org.mapi4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.mapi4j.conformance.RowResult.Outcome;

/**
 * Runs of the kit's checks against a store in the heap with a fault. A run has the checks that may
 * find the fault, not all: a check judges its own rows, in a folder of its own.
 */
final class FaultRuns {
  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final List<Check> CHECKS = Checks.all();

  private static Sound sound;

  private FaultRuns() {}

  /** A check, and the methods that it calls of a sound store. */
  private record Calls(Check check, Set<String> methods) {}

  /**
   * The whole kit against the store without a fault, once for all.
   *
   * @param failed the rows that fail there
   */
  private record Sound(List<Calls> calls, Set<String> failed) {
    private static Sound run() {
      Set<String> called = ConcurrentHashMap.newKeySet();
      AlteredStore.Alteration noting =
          (target, method, args) -> {
            called.add(method.getName());
            return AlteredStore.original(target, method, args);
          };
      List<Calls> calls = new ArrayList<>();
      Set<String> failed = new TreeSet<>();
      try (AlteredSubject subject = new AlteredSubject("sound", noting)) {
        for (Check check : CHECKS) {
          called.clear();
          failed.addAll(FaultRuns.failed(check, subject));
          calls.add(new Calls(check, Set.copyOf(called)));
        }
      }
      return new Sound(calls, failed);
    }
  }

  /** Not by a class's initialization, for which the store's threads would wait. */
  private static synchronized Sound sound() {
    if (sound == null) {
      sound = Sound.run();
    }
    return sound;
  }

  /** The rows that fail without a fault. */
  static Set<String> failedWithoutFault() {
    return sound().failed();
  }

  /** Fails unless the rows fail. */
  static void assertFound(
      String fault, AlteredStore.Alteration alteration, Collection<String> rows) {
    Set<String> missed = new TreeSet<>(rows);
    missed.removeAll(
        failed(fault, alteration, check -> check.ids().stream().anyMatch(rows::contains)));
    assertEquals(Set.of(), missed, "rows that should have failed");
  }

  /** The rows that fail in these checks. */
  static Set<String> failed(
      String fault, AlteredStore.Alteration alteration, Predicate<Check> which) {
    Set<String> failed = new TreeSet<>();
    try (AlteredSubject subject = new AlteredSubject(fault, alteration)) {
      CHECKS.stream().filter(which).forEach(check -> failed.addAll(failed(check, subject)));
    }
    return failed;
  }

  /** True when a check that calls the method fails a row; those after it are not run. */
  static boolean isNoticed(String method, AlteredStore.Alteration alteration) {
    Stream<Check> callers =
        sound().calls().stream()
            .filter(calls -> calls.methods().contains(method))
            .map(Calls::check);
    try (AlteredSubject subject = new AlteredSubject(method, alteration)) {
      return callers.anyMatch(check -> !failed(check, subject).isEmpty());
    }
  }

  /** The rows that one check fails. */
  private static Set<String> failed(Check check, Subject subject) {
    Set<String> failed = new TreeSet<>();
    Runner runner = new Runner(CATALOGUE, List.of(check), Runner.BUILT_SLICES);
    for (RowResult result : runner.run(subject).results()) {
      if (result.outcome() == Outcome.FAILED && check.ids().contains(result.row().id())) {
        failed.add(result.row().id());
      }
    }
    return failed;
  }
}
