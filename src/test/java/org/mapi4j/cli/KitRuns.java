package org.mapi4j.cli;

import java.util.concurrent.Callable;
import org.mapi4j.conformance.Report;
import org.mapi4j.conformance.Runner;

/** Runs of the kit that several tests look at: each is made once. */
final class KitRuns {
  private static Report memory;
  private static Report embedded;
  private static ThroughCom throughCom;

  private KitRuns() {}

  /**
   * A run behind interface pointers.
   *
   * @param left objects that the kit did not release
   * @param missingLibrary why functions in C were not run; empty when they were
   */
  record ThroughCom(Report report, long left, String missingLibrary) {
    static ThroughCom run(Callable<EngineSubject> engine) throws Exception {
      try (ComSubject subject = new ComSubject(engine.call())) {
        Report report = Runner.throughCom().run(subject);
        String missing = subject.nativeSide().orElseThrow().missingLibrary();
        return new ThroughCom(report, subject.left(), missing);
      }
    }
  }

  /** The stores in the heap. */
  static synchronized Report memory() throws Exception {
    if (memory == null) {
      memory = run(EngineSubject::memory);
    }
    return memory;
  }

  /** The stores of the embedded engine. */
  static synchronized Report embedded() throws Exception {
    if (embedded == null) {
      embedded = run(() -> EngineSubject.embedded(StoreOpener.EMBEDDED));
    }
    return embedded;
  }

  /** The stores in the heap behind interface pointers. */
  static synchronized ThroughCom throughCom() throws Exception {
    if (throughCom == null) {
      throughCom = ThroughCom.run(EngineSubject::memory);
    }
    return throughCom;
  }

  /** One run of its own. */
  static Report run(Callable<EngineSubject> engine) throws Exception {
    try (EngineSubject subject = engine.call()) {
      return Runner.standard().run(subject);
    }
  }
}
