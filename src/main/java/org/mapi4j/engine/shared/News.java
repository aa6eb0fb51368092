package org.mapi4j.engine.shared;

/** What hears that there are commits. Any thread. */
@FunctionalInterface
interface News {
  /** Before anyone asks. */
  News NOBODY = seq -> {};

  /** Commits up to a number can be seen; {@link #publish} or {@link #tell} follows. */
  void note(long seq);

  /** Has those told who want to know. */
  default void publish() {}

  /** False while nobody wants to know. */
  default boolean isAwaited() {
    return true;
  }

  /** The same on a thread that has nothing else to do, and may do a part of it. */
  default void tell() {
    publish();
  }

  /** Commits up to a number can be seen, and those are told who want to know. */
  default void came(long seq) {
    note(seq);
    publish();
  }
}
