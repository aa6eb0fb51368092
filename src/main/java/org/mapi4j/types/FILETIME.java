package org.mapi4j.types;

import java.time.DateTimeException;
import java.time.Instant;

/**
 * A point in time: ticks of 100 ns since 1601-01-01 UTC, unsigned as in the structure. Keeps every
 * tick. Source: MAPI "FILETIME".
 */
public record FILETIME(long ticks) implements Comparable<FILETIME> {
  private static final long EPOCH_SECONDS = 11_644_473_600L;
  private static final long TICKS_PER_SECOND = 10_000_000L;

  /** The tick at or before an instant. Throws DateTimeException before 1601. */
  public static FILETIME of(Instant instant) {
    long seconds = instant.getEpochSecond() + EPOCH_SECONDS;
    if (seconds < 0) {
      throw new DateTimeException("FILETIME: " + instant + " is before 1601");
    }
    return new FILETIME(
        Math.addExact(Math.multiplyExact(seconds, TICKS_PER_SECOND), instant.getNano() / 100));
  }

  /** The same time as an instant. */
  public Instant toInstant() {
    long seconds = Long.divideUnsigned(ticks, TICKS_PER_SECOND);
    long rest = Long.remainderUnsigned(ticks, TICKS_PER_SECOND);
    return Instant.ofEpochSecond(seconds - EPOCH_SECONDS, rest * 100);
  }

  @Override
  public int compareTo(FILETIME other) {
    return Long.compareUnsigned(ticks, other.ticks);
  }

  @Override
  public String toString() {
    return toInstant().toString();
  }
}
