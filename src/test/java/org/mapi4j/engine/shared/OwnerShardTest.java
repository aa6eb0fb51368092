package org.mapi4j.engine.shared;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.engine.contract.ShardConcurrencyContract;
import org.mapi4j.engine.contract.ShardContract;
import org.mapi4j.engine.je.JeOptions;
import org.mapi4j.spi.Shard;

/** The contracts, in the process that owns the directory. */
class OwnerShardTest implements ShardContract, ShardConcurrencyContract {
  @TempDir private Path directory;
  private SharedEngine shard;

  @BeforeEach
  void open() {
    shard =
        SharedEngine.open(
            directory,
            new SharedOptions("owner", SharedOptions.PATIENCE),
            new Opener(directory, JeOptions.DEFAULT.withLimits(LIMITS)));
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
