package org.mapi4j.cli;

import org.mapi4j.conformance.Report;
import org.mapi4j.conformance.Subject;

/** Subjects behind interface pointers, for tests of the kit. */
public final class NativeSubjects {
  private NativeSubjects() {}

  /** What a test does with a subject. */
  @FunctionalInterface
  public interface Use<T> {
    T with(Subject subject) throws Exception;
  }

  /** Runs with stores in memory, gone afterwards. */
  public static <T> T memory(Use<T> use) throws Exception {
    try (ComSubject subject = new ComSubject(EngineSubject.memory())) {
      return use.with(subject);
    }
  }

  /** What the kit says of stores in memory behind interface pointers. */
  public static Report report() throws Exception {
    return KitRuns.throughCom().report();
  }
}
