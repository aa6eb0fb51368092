package org.mapi4j.history;

import org.mapi4j.types.HResult;

/**
 * One call of one client on one message.
 *
 * @param from when it began, by the one clock of the history
 * @param to when it returned
 * @param base the write that the handle was opened at, for saves
 * @param value the write that an open observed, or that a save makes
 * @param hr what the call answered
 * @param maybe true for a save whose answer never came: it may have happened
 */
record Event(
    int client, Kind kind, long from, long to, int base, int value, int hr, boolean maybe) {
  /** What the call was. */
  enum Kind {
    /** OpenEntry, and everything read through the handle. */
    OPEN,
    /** SaveChanges without FORCE_SAVE. */
    SAVE,
    /** SaveChanges with FORCE_SAVE. */
    FORCE
  }

  @Override
  public String toString() {
    String call =
        kind == Kind.OPEN
            ? "open saw " + value
            : kind + " of " + value + " over " + base + " " + HResult.name(hr);
    return "client %d [%d..%d] %s%s".formatted(client, from, to, call, maybe ? " (no answer)" : "");
  }
}
