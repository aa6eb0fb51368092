package org.mapi4j.history;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.provider.BrokenShards;
import org.mapi4j.provider.StoreSession;
import org.mapi4j.spi.Shard;

/** The checker catches stores that break the rule, each in the way that a known product does. */
class BrokenStoreTest {
  private static final int HISTORIES_MAX = 2000;

  private static Optional<String> violation(Shard shard) throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    Thread sweeper = new Thread(() -> sweepUntil(done, shard));
    sweeper.start();
    try {
      HistoryContract store = () -> open(shard);
      return HistoryContract.run(store, HISTORIES_MAX, 1);
    } catch (AssertionError torn) {
      return Optional.of(torn.getMessage());
    } finally {
      done.set(true);
      sweeper.join();
    }
  }

  private static void sweepUntil(AtomicBoolean done, Shard shard) {
    while (!done.get()) {
      if (StoreSession.sweep(shard) == 0) {
        Thread.yield();
      }
    }
  }

  private static IMsgStore open(Shard shard) {
    return StoreSession.open(shard, StoreOptions.DEFAULT, () -> {}, () -> {}).orElseThrow();
  }

  @Test
  void histories_onAStoreThatKeepsTheRule_areExplained() throws InterruptedException {
    try (Shard shard = new MemoryEngine()) {
      assertTrue(violation(shard).isEmpty());
    }
  }

  @Test
  void histories_withoutVersionCheck_areCaught() throws InterruptedException {
    try (Shard shard = BrokenShards.withoutVersionCheck(new MemoryEngine())) {
      assertTrue(violation(shard).isPresent());
    }
  }

  @Test
  void histories_withCheckAndWriteInTwoSteps_areCaught() throws InterruptedException {
    try (Shard shard = BrokenShards.checkingBeforeWriting(new MemoryEngine())) {
      assertTrue(violation(shard).isPresent());
    }
  }

  @Test
  void histories_withPropertiesAndAttachmentsReadInTwoSteps_areCaught()
      throws InterruptedException {
    try (Shard shard = BrokenShards.readingInTwoSteps(new MemoryEngine())) {
      assertTrue(violation(shard).isPresent());
    }
  }

  @Test
  void histories_withASweeperThatIgnoresLeases_areCaught() throws InterruptedException {
    try (Shard shard = BrokenShards.sweepingTooEarly(new MemoryEngine())) {
      assertTrue(violation(shard).isPresent());
    }
  }

  @Test
  void histories_withACacheThatIsToldLate_areCaught() throws InterruptedException {
    try (Shard shard = BrokenShards.publishingLate(new MemoryEngine())) {
      assertTrue(violation(shard).isPresent());
    }
  }
}
