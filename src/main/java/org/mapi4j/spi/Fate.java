package org.mapi4j.spi;

import java.util.OptionalLong;
import org.mapi4j.types.Bytes;

/** What became of a commit that ended without its outcome, as far as the history tells. */
public sealed interface Fate {
  /** It was made, under this sequence number. */
  record Stands(long seq) implements Fate {}

  /** What has no number. */
  enum Numberless implements Fate {
    /** It was not made and will not be. */
    DID_NOT_HAPPEN,
    /** The history no longer reaches back to when it was given. */
    UNKNOWN
  }

  /**
   * Looks a commit up by its token. That there is no such token says that it was not made only when
   * the history, asked afterwards, still reaches back to before it was given: a token goes no
   * sooner than its change.
   *
   * @param after a commit that could be seen when this one was given
   */
  static Fate of(History history, Bytes token, long after) {
    OptionalLong seq = history.outcomeOf(token, after);
    if (seq.isPresent()) {
      return new Stands(seq.getAsLong());
    }
    return history.changesSince(after, 1).isPresent()
        ? Numberless.DID_NOT_HAPPEN
        : Numberless.UNKNOWN;
  }
}
