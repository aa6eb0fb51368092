package org.mapi4j.engine.memory;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.mapi4j.engine.contract.ShardConcurrencyContract;
import org.mapi4j.engine.contract.ShardContract;
import org.mapi4j.spi.Shard;

/** The contracts, on the heap. */
class MemoryShardTest implements ShardContract, ShardConcurrencyContract {
  private Shard shard;

  @BeforeEach
  void open() {
    shard = new MemoryEngine(LIMITS);
  }

  @Override
  public Shard shard() {
    return shard;
  }

  @AfterEach
  void close() {
    shard.close();
  }
}
