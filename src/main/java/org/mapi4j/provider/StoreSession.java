package org.mapi4j.provider;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.FILETIME;

/** Where the wiring meets MAPI's rules: sessions on a shard, and the sweeping between them. */
public final class StoreSession {
  private StoreSession() {}

  /**
   * Opens a session on the store of a shard; an empty shard becomes a store when the options let it
   * be written. Empty when it is and they do not. The session ends with the store's Release.
   *
   * @param sweepSoon called when something may have become garbage; must not block
   * @param ended called once, by the Release that ends the session
   */
  public static Optional<IMsgStore> open(
      Shard shard, StoreOptions options, Runnable sweepSoon, Runnable ended) {
    return StoreInit.open(shard, options)
        .map(
            uid -> {
              StoreCore core = new StoreCore(shard, options, uid, sweepSoon);
              core.whenClosed(ended);
              return new StoreObject(core);
            });
  }

  /**
   * Removes what a process that ended had begun. Only while nobody writes to the shard: at its
   * opening.
   */
  public static void recover(Shard shard) {
    try {
      new Sweeper(shard, () -> false).sweepStaged();
    } catch (StorageFault.ReadOnly nothingToDo) {
      // Staged values are in nobody's way: who may write the shard next removes them.
      return;
    }
  }

  /**
   * What is wrong in the rows of a store, a sentence each; empty when it is sound. Reads
   * everything; for a store that nobody writes meanwhile.
   */
  public static List<String> check(Shard shard) {
    return new StoreCheck(shard).run();
  }

  /** Removes what nothing can reach any more; answers how many values and messages went. */
  public static int sweep(Shard shard) {
    return sweep(shard, () -> false);
  }

  /**
   * The same; ends early, with less done, once it is told to stop.
   *
   * @param stops asked between two commits
   */
  public static int sweep(Shard shard, BooleanSupplier stops) {
    Sweeper sweeper = new Sweeper(shard, stops);
    return all(sweeper::sweepTombstones, sweeper::sweepGarbage);
  }

  /** The same, and deleted messages that were kept until now. */
  public static int sweep(Shard shard, BooleanSupplier stops, Clock clock) {
    Sweeper sweeper = new Sweeper(shard, stops);
    FILETIME now = FILETIME.of(clock.instant());
    return all(() -> sweeper.sweepExpired(now), sweeper::sweepTombstones, sweeper::sweepGarbage);
  }

  /** Each by itself; the first fault is thrown after the last. */
  private static int all(IntSupplier... sweeps) {
    int swept = 0;
    StorageFault first = null;
    for (IntSupplier sweep : sweeps) {
      try {
        swept += sweep.getAsInt();
      } catch (StorageFault fault) {
        first = first == null ? fault : first;
      }
    }
    if (first != null) {
      throw first;
    }
    return swept;
  }

  /**
   * Returns when every commit before is durable. Throws {@link StorageFault.Lost} once when commits
   * since the session's last call were lost.
   *
   * @param store what {@link #open} answered
   */
  public static void sync(IMsgStore store) {
    ((StoreObject) store).core.sync();
  }
}
