package org.mapi4j.engine.shared;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.engine.contract.ShardConcurrencyContract;
import org.mapi4j.engine.contract.ShardContract;
import org.mapi4j.engine.je.JeOptions;
import org.mapi4j.spi.Shard;

/** The contracts, through a connection to another engine, which owns the directory. */
class GuestShardTest implements ShardContract, ShardConcurrencyContract {
  @TempDir private Path directory;
  private SharedEngine owner;
  private SharedEngine guest;

  @BeforeEach
  void open() {
    owner = open("owner");
    guest = open("guest");
    assertTrue(owner.isOwner());
    assertFalse(guest.isOwner());
  }

  private SharedEngine open(String name) {
    return SharedEngine.open(
        directory,
        new SharedOptions(name, SharedOptions.PATIENCE),
        new Opener(directory, JeOptions.DEFAULT.withLimits(LIMITS)));
  }

  @Override
  public Shard shard() {
    return guest;
  }

  @AfterEach
  void close() {
    guest.close();
    owner.close();
  }
}
