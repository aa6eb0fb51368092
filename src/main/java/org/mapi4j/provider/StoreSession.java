package org.mapi4j.provider;

import java.util.Optional;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.Shard;

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
    new Sweeper(shard).sweepStaged();
  }

  /** Removes what nothing can reach any more; answers how many values and messages went. */
  public static int sweep(Shard shard) {
    Sweeper sweeper = new Sweeper(shard);
    return sweeper.sweepTombstones() + sweeper.sweepGarbage();
  }

  /** Returns when every commit before is durable. */
  public static void sync(Shard shard) {
    StoreCore.settle(shard.sync());
  }
}
