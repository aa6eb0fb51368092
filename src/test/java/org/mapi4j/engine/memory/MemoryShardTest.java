package org.mapi4j.engine.memory;

import org.mapi4j.engine.contract.ShardConcurrencyContract;
import org.mapi4j.engine.contract.ShardContract;
import org.mapi4j.spi.Shard;

/** The contracts, on the heap. */
class MemoryShardTest implements ShardContract, ShardConcurrencyContract {
  private Shard shard;

  @Override
  public void open() {
    shard = new MemoryEngine(LIMITS);
  }

  @Override
  public Shard shard() {
    return shard;
  }

  @Override
  public void close() {
    shard.close();
  }
}
