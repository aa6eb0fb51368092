package org.mapi4j.provider;

import java.util.List;
import java.util.Optional;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Shard;

/**
 * A number that moves on when a commit touched one of some ranges of keys, and stands still when
 * others did: it reads what the commits since its last answer wrote. When they are too many or no
 * longer kept it moves on without looking. Confined to its table, which calls one at a time.
 */
final class RangeStamp {
  /** So many changes are read at least before it is cheaper to read the rows again. */
  static final int CHANGES_MIN = 10_000;

  private static final int PAGE = 1000;

  private final Shard shard;
  private final List<KeyRange> ranges;
  private long stamp;
  private long seen;
  private long epoch;

  RangeStamp(Shard shard, List<KeyRange> ranges) {
    this.shard = shard;
    this.ranges = List.copyOf(ranges);
    this.epoch = shard.stamp(Keys.store());
    this.seen = shard.seq();
  }

  /**
   * The number now.
   *
   * @param rows how many rows are read again when it has moved on
   */
  long get(int rows) {
    // Stamps of keys that nobody writes change when an engine lost commits that could be seen.
    long present = shard.stamp(Keys.store());
    long now = shard.seq();
    if (present != epoch || now != seen && isTouched(now, Math.max(CHANGES_MIN, rows))) {
      stamp++;
    }
    epoch = present;
    seen = now;
    return stamp;
  }

  private boolean isTouched(long upTo, int most) {
    long at = seen;
    while (at < upTo) {
      Optional<List<Change>> page =
          upTo - at > most ? Optional.empty() : shard.changesSince(at, PAGE);
      if (page.isEmpty() || page.get().isEmpty() || page.get().stream().anyMatch(this::touches)) {
        return true;
      }
      at = page.get().get(page.get().size() - 1).seq();
    }
    return false;
  }

  private boolean touches(Change change) {
    return ranges.stream()
        .anyMatch(
            range ->
                change.put().stream().anyMatch(range::contains)
                    || change.deleted().stream().anyMatch(range::contains)
                    || change.deletedRanges().stream().anyMatch(range::overlaps));
  }
}
