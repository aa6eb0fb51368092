package org.mapi4j.provider;

import java.util.List;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.StorageFault;

/** What a folder's counters say. */
record FolderCounts(long messages, long unread, long associated) {
  /** How many counters a folder has at most. */
  static final int KINDS = 4;

  /** The change of {@link Keys#MESSAGES} by some messages and unread ones among them. */
  static long delta(long messages, long unread) {
    return (messages << Integer.SIZE) + unread;
  }

  /** The counters of one folder. Stores of older builds have two more, which count as well. */
  static FolderCounts of(List<Row> counters) {
    long messages = 0;
    long unread = 0;
    long associated = 0;
    for (Row row : counters) {
      long value = row.counter();
      int kind = row.key().get(row.key().size() - 1);
      switch (kind) {
        case Keys.CONTENT -> messages += value;
        case Keys.UNREAD -> unread += value;
        case Keys.ASSOCIATED -> associated += value;
        case Keys.MESSAGES -> {
          int low = (int) value; // below 0 when unread ones went that an older counter has
          unread += low;
          messages += (value - low) >> Integer.SIZE;
        }
        default ->
            throw new StorageFault.NewerFormat(
                "counter %s: kind %d, this build reads %d"
                    .formatted(row.key(), kind, Keys.MESSAGES),
                null);
      }
    }
    return new FolderCounts(messages, unread, associated);
  }

  /** A count as a property shows it. */
  static int shown(long count) {
    return (int) Math.min(Integer.MAX_VALUE, count);
  }
}
