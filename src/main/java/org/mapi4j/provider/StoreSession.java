package org.mapi4j.provider;

import java.util.Optional;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.Shard;
import org.mapi4j.types.Bytes;

/** Where the wiring meets MAPI's rules: sessions on a shard, and the sweeping between them. */
public final class StoreSession {
  private StoreSession() {}

  /**
   * Opens a session on the store of a shard; an empty shard becomes a store when the options let it
   * be written. Empty when it is and they do not. The session ends with the store's Release.
   *
   * @param sweepSoon called when something may have become garbage; must not block
   */
  public static Optional<IMsgStore> open(Shard shard, StoreOptions options, Runnable sweepSoon) {
    Optional<Bytes> uid = StoreInit.open(shard, options);
    return uid.map(found -> new StoreObject(new StoreCore(shard, options, found, sweepSoon)));
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
