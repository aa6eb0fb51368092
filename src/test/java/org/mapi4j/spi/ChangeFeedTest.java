package org.mapi4j.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.engine.contract.ShardContract;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.provider.BrokenShards;
import org.mapi4j.types.Bytes;

/** Listeners of a shard that fails. */
class ChangeFeedTest {
  private volatile Throwable failure;
  private final CountDownLatch failed = new CountDownLatch(1);
  private final Shard source =
      new BrokenShards.Passing(new MemoryEngine()) {
        @Override
        public Optional<List<Change>> changesSince(long seq, int limit) {
          if (failure instanceof Error error) {
            failed.countDown();
            throw error;
          }
          if (failure != null) {
            failed.countDown();
            throw (RuntimeException) failure;
          }
          return super.changesSince(seq, limit);
        }
      };

  private void put(ChangeFeed feed, String key) {
    Batch.Builder batch = Batch.builder().put(ShardContract.bytes(key), 1, Bytes.EMPTY);
    assertEquals(source.seq() + 1, ShardContract.committed(source, batch));
    feed.published();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void watch_sourceFailsForAWhile_isToldOfEverythingOnce(boolean error) throws Exception {
    LinkedBlockingQueue<Long> told = new LinkedBlockingQueue<>();
    LinkedBlockingQueue<Throwable> reported = new LinkedBlockingQueue<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> reported.add(thrown));
    ChangeFeed feed = new ChangeFeed(source);
    try (AutoCloseable watcher = feed.watch(0, change -> told.add(change.seq()))) {
      put(feed, "a");
      assertEquals(1, told.poll(10, TimeUnit.SECONDS));
      failure = error ? new OutOfMemoryError("injected") : new StorageFault("injected", null);
      put(feed, "b");
      assertEquals(true, failed.await(10, TimeUnit.SECONDS));
      failure = null;
      put(feed, "c");
      assertEquals(2, told.poll(10, TimeUnit.SECONDS));
      assertEquals(3, told.poll(10, TimeUnit.SECONDS));
      assertEquals(0, told.size());
      assertEquals("injected", reported.remove().getMessage());
      assertEquals(0, reported.size());
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
      feed.close();
    }
  }
}
