package org.mapi4j.conformance;

/** A row does not apply to this store; the message is the page's reason. */
final class NotApplicable extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotApplicable(String reason) {
    super(reason);
  }
}
