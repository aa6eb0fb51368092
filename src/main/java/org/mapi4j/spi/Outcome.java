package org.mapi4j.spi;

import static java.util.Objects.requireNonNull;

import org.mapi4j.types.Bytes;

/** How a commit ended. */
public sealed interface Outcome {
  /** Applied, under this sequence number. */
  record Committed(long seq) implements Outcome {}

  /** Not applied: this precondition failed. */
  record Conflict(Bytes key, Reason reason) implements Outcome {
    /** Expects its key: a conflict is about one. */
    public Conflict {
      requireNonNull(key, "key");
    }
  }

  /** Which kind of precondition failed. */
  enum Reason {
    /** expect: another version, or present where absent was expected, or the reverse. */
    VERSION,
    /** expectPresent: no row. */
    ABSENT,
    /** expectEmpty: a row. */
    NOT_EMPTY,
    /** expectUnleased: a lease. */
    LEASED
  }
}
