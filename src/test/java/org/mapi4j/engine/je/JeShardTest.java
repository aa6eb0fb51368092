package org.mapi4j.engine.je;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.engine.contract.ShardConcurrencyContract;
import org.mapi4j.engine.contract.ShardContract;
import org.mapi4j.spi.Shard;

/** The contracts, on disk. */
class JeShardTest implements ShardContract, ShardConcurrencyContract {
  @TempDir private Path directory;
  private JeEngine shard;

  @BeforeEach
  void open() {
    shard = JeEngine.open(directory, JeOptions.DEFAULT.withLimits(LIMITS));
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
