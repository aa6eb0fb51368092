package org.mapi4j.engine.shared;

/** The connection to the owner ended before it answered. The next owner is asked again. */
final class Lost extends RuntimeException {
  private static final long serialVersionUID = 1;

  Lost() {
    super("the connection to the owner of the store ended");
  }
}
