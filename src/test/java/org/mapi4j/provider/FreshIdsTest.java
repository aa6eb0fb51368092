package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;

class FreshIdsTest {
  private static final long MILLIS = 1_700_000_000_000L;

  private final Settable clock = new Settable();
  private final FreshIds ids = new FreshIds(clock, new SplittableRandom(1));

  @Test
  void next_isTheTimeANumberAndChance() {
    Bytes id = ids.next();

    assertEquals(EntryId.ID_BYTES, id.size());
    assertEquals("018bcfe568000000", hex(id));
  }

  @Test
  void next_growsWithinAMillisecondAndWhenTheClockGoesBack() {
    Bytes before = ids.next();
    for (int i = 0; i < 200_000; i++) { // more than a millisecond has numbers
      Bytes next = ids.next();
      assertTrue(before.compareTo(next) < 0);
      before = next;
    }

    clock.millis = MILLIS - 3_600_000;
    Bytes earlier = ids.next();
    clock.millis = MILLIS + 3_600_000;
    Bytes later = ids.next();

    assertTrue(before.compareTo(earlier) < 0);
    assertEquals("018bd01c56800000", hex(later));
  }

  @Test
  void next_differsBetweenSessionsAtTheSameMoment() {
    FreshIds other = new FreshIds(clock, new SplittableRandom(2));
    Set<Bytes> all = new HashSet<>();

    for (int i = 0; i < 1_000; i++) {
      all.add(ids.next());
      all.add(other.next());
    }

    assertEquals(2_000, all.size());
  }

  private static String hex(Bytes id) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Long.BYTES; i++) {
      text.append("%02x".formatted(id.toArray()[i]));
    }
    return text.toString();
  }

  /** A clock that stands where it is put. */
  private static final class Settable extends Clock {
    private long millis = MILLIS;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis);
    }
  }
}
