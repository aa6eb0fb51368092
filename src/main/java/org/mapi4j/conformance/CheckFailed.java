package org.mapi4j.conformance;

/** What a check expected was not what it found. */
final class CheckFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  CheckFailed(String message) {
    super(message);
  }
}
