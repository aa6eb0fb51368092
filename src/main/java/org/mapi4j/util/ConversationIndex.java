package org.mapi4j.util;

import static org.mapi4j.types.MapiCode.*;

import java.time.Clock;
import java.util.random.RandomGenerator;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.MapiResult;

/**
 * PR_CONVERSATION_INDEX: a header of 22 bytes (1, five bytes of time, a GUID) and a child block of
 * 5 bytes for each reply. The first byte 1 and the five after it are the six high bytes of a
 * FILETIME of our age, which is how the header's time is read back. Source: MAPI "Tracking
 * Conversations".
 */
final class ConversationIndex {
  /** Bytes of the header block. */
  static final int HEADER_BYTES = 22;

  /** Bytes of a child block. */
  static final int CHILD_BYTES = 5;

  private static final int TIME_BYTES = 5;
  private static final int TIME_SHIFT = 16;
  private static final int NEAR_SHIFT = 18;
  private static final int FAR_SHIFT = 23;
  private static final int NEAR_BITS = 49;
  private static final int DIFFERENCE_MASK = 0x7FFFFFFF;
  private static final int FAR_FLAG = 0x80000000;

  private ConversationIndex() {}

  static MapiResult<Bytes> create(Bytes parent, Clock clock, RandomGenerator chance) {
    long now = FILETIME.of(clock.instant()).ticks();
    if (parent == null || parent.isEmpty()) {
      return MapiResult.ok(header(now, chance));
    }
    int children = parent.size() - HEADER_BYTES;
    if (children < 0 || children % CHILD_BYTES != 0) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    return MapiResult.ok(parent.concat(child(now - headerTime(parent), chance)));
  }

  private static Bytes header(long now, RandomGenerator chance) {
    byte[] header = new byte[HEADER_BYTES];
    chance.nextBytes(header);
    header[0] = 1;
    for (int i = 0; i < TIME_BYTES; i++) {
      header[1 + i] = (byte) (now >>> TIME_SHIFT + 8 * (TIME_BYTES - 1 - i));
    }
    return Bytes.wrap(header);
  }

  private static long headerTime(Bytes header) {
    long time = 1;
    for (int i = 1; i <= TIME_BYTES; i++) {
      time = time << 8 | header.get(i) & 0xFF;
    }
    return time << TIME_SHIFT;
  }

  /** A clock that went back gives the distance all the same. */
  private static Bytes child(long difference, RandomGenerator chance) {
    long distance = Math.abs(difference);
    int block =
        distance >>> NEAR_BITS == 0
            ? (int) (distance >>> NEAR_SHIFT) & DIFFERENCE_MASK
            : (int) (distance >>> FAR_SHIFT) & DIFFERENCE_MASK | FAR_FLAG;
    int random = chance.nextInt();
    return Bytes.of(block >>> 24, block >>> 16, block >>> 8, block, random);
  }
}
