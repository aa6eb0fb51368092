package org.mapi4j.conformance;

import java.util.Locale;

/**
 * A row of the catalogue: one behaviour that can be tested.
 *
 * @param id names the row for good: {@code PROP-024}
 * @param area group of the report
 * @param call the method, property or function it is about
 * @param level the page's wording
 * @param statement what must hold
 * @param page page of the MAPI documentation that says so
 * @param slice the step of the project that makes it true
 */
public record Requirement(
    String id, String area, String call, Level level, String statement, String page, int slice) {
  /** How strongly the page asks for it. */
  public enum Level {
    /** Must hold; inside an optional feature, if that is offered. */
    REQUIRED,
    /** Should hold. */
    RECOMMENDED,
    /** May hold. */
    OPTIONAL;

    static Level parse(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }
}
