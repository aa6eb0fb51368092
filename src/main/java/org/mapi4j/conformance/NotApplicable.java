package org.mapi4j.conformance;

/** A row does not apply to this store; the message is the page's reason. */
final class NotApplicable extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean subjectLacks;

  /**
   * @param subjectLacks true when the kit was not handed what the row needs; else the check must
   *     have asserted the refusal
   */
  NotApplicable(String reason, boolean subjectLacks) {
    super(reason);
    this.subjectLacks = subjectLacks;
  }

  boolean subjectLacks() {
    return subjectLacks;
  }
}
