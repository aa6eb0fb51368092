package org.mapi4j.provider;

import java.util.random.RandomGenerator;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;

/**
 * Ids and tokens, drawn some at a time: a secure source costs much the same for one as for many.
 * Any thread.
 */
final class FreshIds {
  private static final int DRAWN_AT_ONCE = 64;

  private final RandomGenerator chance;
  private final byte[] drawn = new byte[DRAWN_AT_ONCE * EntryId.ID_BYTES];
  private int used = drawn.length;

  FreshIds(RandomGenerator chance) {
    this.chance = chance;
  }

  synchronized Bytes next() {
    if (used == drawn.length) {
      chance.nextBytes(drawn);
      used = 0;
    }
    Bytes id = Bytes.copyOf(drawn, used, EntryId.ID_BYTES);
    used += EntryId.ID_BYTES;
    return id;
  }
}
