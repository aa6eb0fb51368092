package org.mapi4j.provider;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;

/**
 * Ids and tokens: first the time in milliseconds (6 octets) and a number within it (2), then chance
 * (8). What is made together so lies together in the store's ordered rows: a new message touches
 * the end of a few pages, not a page of its own in each index. Ids of one object only grow, also
 * when the clock goes back. Chance is drawn some at a time: a secure source costs much the same for
 * one as for many. Any thread.
 */
final class FreshIds {
  private static final int DRAWN_AT_ONCE = 128;
  private static final int NUMBER_BITS = 16;

  private final Clock clock;
  private final RandomGenerator chance;
  private final ByteBuffer drawn = ByteBuffer.allocate(DRAWN_AT_ONCE * Long.BYTES);
  private long latest;

  FreshIds(Clock clock, RandomGenerator chance) {
    this.clock = clock;
    this.chance = chance;
    drawn.limit(0);
  }

  synchronized Bytes next() {
    if (!drawn.hasRemaining()) {
      drawn.clear();
      chance.nextBytes(drawn.array());
    }
    latest = Math.max(latest + 1, clock.millis() << NUMBER_BITS);
    return Bytes.wrap(
        ByteBuffer.allocate(EntryId.ID_BYTES).putLong(latest).putLong(drawn.getLong()).array());
  }
}
