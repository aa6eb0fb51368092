package org.mapi4j.provider;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Shard;
import org.mapi4j.types.Bytes;

/**
 * A number that moves on when a commit touched one of some ranges of keys, and stands still when
 * others did: it reads what the commits since its last answer wrote. When they are too many or no
 * longer kept it moves on without looking. Confined to its table, which calls one at a time.
 */
final class RangeStamp {
  /** So many changes are read at least before it is cheaper to read the rows again. */
  static final int CHANGES_MIN = 10_000;

  private static final int PAGE = 1000;

  /**
   * Keys that nobody writes. Keys share stamps, so that of one of these may change with a commit;
   * those of all change, one after the other, when an engine lost commits that could be seen.
   */
  static final List<Bytes> UNWRITTEN =
      List.of(Keys.store(), Bytes.of('~', 1), Bytes.of('~', 2), Bytes.of('~', 3));

  private final Shard shard;
  private final List<KeyRange> ranges;
  private final Map<Bytes, Set<Bytes>> keys = new HashMap<>();
  private final List<Set<Bytes>> commits = new ArrayList<>();
  private boolean all;
  private long stamp;
  private long seen;
  private long[] epoch;

  RangeStamp(Shard shard, List<KeyRange> ranges) {
    this.shard = shard;
    this.ranges = List.copyOf(ranges);
    this.epoch = epoch();
    this.seen = shard.seq();
  }

  private long[] epoch() {
    return UNWRITTEN.stream().mapToLong(shard::stamp).toArray();
  }

  /** True when more than one stamp is another. */
  private static boolean isOther(long[] before, long[] now) {
    return IntStream.range(0, now.length).filter(i -> before[i] != now[i]).count() > 1;
  }

  /**
   * The number now.
   *
   * @param rows how many rows are read again when it has moved on
   */
  long get(int rows) {
    long[] present = epoch();
    long now = shard.seq();
    boolean lost = isOther(epoch, present);
    if (lost || now != seen && isTouched(now, Math.max(CHANGES_MIN, rows))) {
      all |= lost;
      stamp++;
    }
    epoch = present;
    seen = now;
    return stamp;
  }

  /**
   * Keys of the first range that commits touched since the last call, a list for each, in order,
   * each key once, with the last; empty when something else was touched too, or when that is not
   * known any more.
   */
  Optional<List<List<Bytes>>> take() {
    Optional<List<List<Bytes>>> taken =
        all ? Optional.empty() : Optional.of(commits.stream().map(List::copyOf).toList());
    forget();
    return taken;
  }

  /** The same when nobody wants to know: the rows are being read whole. */
  void forget() {
    keys.clear();
    commits.clear();
    all = false;
  }

  private boolean isTouched(long upTo, int most) {
    boolean touched = false;
    long at = seen;
    while (at < upTo) {
      Optional<List<Change>> page =
          upTo - at > most ? Optional.empty() : shard.changesSince(at, PAGE);
      if (page.isEmpty() || page.get().isEmpty() || keys.size() > most) {
        all = true;
        return true;
      }
      for (Change change : page.get()) {
        at = change.seq();
        touched |= at <= upTo && note(change); // what comes after is for the next call
      }
    }
    return touched;
  }

  /** True for a change of one of the ranges. */
  private boolean note(Change change) {
    boolean touched = change.deletedRanges().stream().anyMatch(this::overlaps);
    all |= touched;
    Set<Bytes> commit = new LinkedHashSet<>();
    for (List<Bytes> written : List.of(change.put(), change.deleted())) {
      for (Bytes key : written) {
        if (ranges.get(0).contains(key)) {
          Set<Bytes> earlier = keys.put(key, commit);
          if (earlier != null) {
            earlier.remove(key);
          }
          commit.add(key);
          touched = true;
        } else if (ranges.stream().anyMatch(range -> range.contains(key))) {
          all = true;
          touched = true;
        }
      }
    }
    if (!commit.isEmpty()) {
      commits.add(commit);
    }
    return touched;
  }

  /** True when a commit touched one of some ranges. */
  static boolean isTouched(List<KeyRange> ranges, Change change) {
    return ranges.stream()
        .anyMatch(
            range ->
                change.put().stream().anyMatch(range::contains)
                    || change.deleted().stream().anyMatch(range::contains)
                    || change.deletedRanges().stream().anyMatch(range::overlaps));
  }

  private boolean overlaps(KeyRange deleted) {
    return ranges.stream().anyMatch(deleted::overlaps);
  }
}
