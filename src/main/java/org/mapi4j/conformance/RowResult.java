package org.mapi4j.conformance;

/**
 * What became of a row.
 *
 * @param row the row
 * @param outcome the verdict
 * @param detail why it failed, or why it does not apply; else empty
 */
public record RowResult(Requirement row, Outcome outcome, String detail) {
  /** The verdicts. */
  public enum Outcome {
    /** Every check of the row passed, and at least one applied. */
    PASSED,
    /** A check failed, or there is none. */
    FAILED,
    /** Every check asserted the documented refusal of an optional feature. */
    NOT_APPLICABLE,
    /** The row belongs to a step that is not built. */
    LATER
  }
}
