package org.mapi4j.table;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;

/**
 * What the rows of one view share.
 *
 * @param mask what makes the view's instance keys its own
 */
record ViewContext(Bytes mask, TableOptions options) {
  private static final AtomicLong VIEWS = new AtomicLong();
  private static final int KEY_BYTES = 16;

  /** A further view. */
  static ViewContext next(TableOptions options) {
    return new ViewContext(digest(number(VIEWS.incrementAndGet())), options);
  }

  /** Sixteen bytes that differ between rows and between views. */
  Bytes instanceKey(Bytes identity) {
    byte[] key = (identity.size() == KEY_BYTES ? identity : digest(identity)).toArray();
    for (int i = 0; i < key.length; i++) {
      key[i] ^= mask.get(i);
    }
    return Bytes.wrap(key);
  }

  /** Sixteen bytes that stand for a text. */
  static Bytes digest(Bytes text) {
    return Guid.of(UUID.nameUUIDFromBytes(text.sharedArray())).toBytes();
  }

  private static Bytes number(long number) {
    return Bytes.copyOf(("view " + number).getBytes(StandardCharsets.US_ASCII));
  }
}
