package org.mapi4j.engine.je;

/**
 * How long a sync takes lately: half of them take longer. Each moves it by a sixteenth, however
 * long it took, so that a disk that hesitates once changes little. One thread tells, any asks.
 */
final class SyncTime {
  private static final int STEP = 16;

  /** A timer may be late by so much, and then the thread must get a core. */
  private static final long TIMER_LATE_NANOS = 50_000;

  private static final double ASLEEP = 0.6;

  /** A disk may be quicker than it was lately, and nobody wakes a caller. */
  private static final long ASLEEP_MAX_NANOS = 1_000_000;

  private volatile long nanos;

  /** A sync took so long. */
  void took(long tookNanos) {
    long known = nanos;
    long step = known / STEP;
    nanos = known == 0 ? tookNanos : tookNanos > known ? known + step : known - step;
  }

  /**
   * How long a caller can sleep and yet be awake before its commit is likely to be done; 0 or less:
   * not at all.
   */
  long asleepNanos() {
    return Math.min(ASLEEP_MAX_NANOS, (long) (nanos * ASLEEP) - TIMER_LATE_NANOS);
  }
}
