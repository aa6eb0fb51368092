package org.mapi4j.spi;

/**
 * Hears the commits of a shard, one call at a time, in their order, on threads that tell it nothing
 * else meanwhile. What must not delay the next commits' telling is left to {@link #rest}.
 */
@FunctionalInterface
public interface ChangeListener {
  /** A commit. */
  void changed(Change change);

  /** False while nobody would hear of a commit: no thread need be awake for that. Any thread. */
  default boolean isAwaited() {
    return true;
  }

  /**
   * What follows from the commits that were told, taken when there are no more for now. It runs on
   * the thread that told the last of them, which has nothing else to do: it may take its time, and
   * the next commits are told on another thread meanwhile.
   */
  default Runnable rest() {
    return () -> {};
  }
}
