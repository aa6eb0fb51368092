package org.mapi4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.provider.BrokenShards;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;

/** Shards by directory: who opens or closes one keeps nobody from another. */
@Timeout(60)
class SharedShardTest {
  private static final Path HERE = Path.of("here");
  private static final Path THERE = Path.of("there");

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void acquire_whileAnotherDirectoryIsBeingOpened_doesNotWait() throws Exception {
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Supplier<Shard> slow =
        () -> {
          opening.countDown();
          await(go);
          return new MemoryEngine();
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<SharedShard> first = threads.submit(() -> SharedShard.acquire(HERE, slow));
      await(opening);
      SharedShard.acquire(THERE, MemoryEngine::new).release();
      Future<SharedShard> second = threads.submit(() -> SharedShard.acquire(HERE, slow));
      go.countDown();
      assertSame(first.get(), second.get());
      first.get().release();
      second.get().release();
    } finally {
      threads.shutdown();
    }
    SharedShard again = SharedShard.acquire(HERE, MemoryEngine::new);
    SharedShard.acquire(HERE, MemoryEngine::new).release();
    again.release();
  }

  @Test
  void acquire_openingFails_leavesThePlaceFree() {
    StorageFault locked = new StorageFault.Locked("by another", null);
    assertThrows(
        StorageFault.Locked.class,
        () ->
            SharedShard.acquire(
                HERE,
                () -> {
                  throw locked;
                }));
    SharedShard first = SharedShard.acquire(HERE, MemoryEngine::new);
    first.release();
    SharedShard second = SharedShard.acquire(HERE, MemoryEngine::new);
    assertNotSame(first, second);
    second.release();
  }

  /** Garbage of as many messages, so that a sweep makes as many commits. */
  private static Shard withGarbage(int count) {
    Shard shard = new MemoryEngine();
    Batch.Builder batch = Batch.builder();
    for (int i = 0; i < count; i++) {
      byte[] key = new byte[33];
      key[0] = 'z';
      key[1] = (byte) (i >> 8);
      key[2] = (byte) i;
      batch.put(Bytes.wrap(key), 1, Bytes.EMPTY);
    }
    assertTrue(
        shard.commit(batch.build()).toCompletableFuture().join() instanceof Outcome.Committed);
    return shard;
  }

  @Test
  void release_duringASweep_endsItAfterItsPresentStep() {
    Shard filled = withGarbage(500);
    CountDownLatch sweeping = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    int[] left = {-1};
    Shard slow =
        new BrokenShards.Passing(filled) {
          @Override
          public CompletionStage<Outcome> commit(Batch batch) {
            sweeping.countDown();
            await(go);
            return super.commit(batch);
          }

          @Override
          public void close() {
            left[0] = scan(KeyRange.prefix(Bytes.of('z')), false, 1000).size();
            super.close();
          }
        };
    SharedShard shared = SharedShard.acquire(HERE, () -> slow);
    await(sweeping);
    Thread releasing = new Thread(shared::release);
    releasing.start();
    while (releasing.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    go.countDown();
    SharedShard.acquire(HERE, MemoryEngine::new).release();
    assertEquals(499, left[0]);
  }
}
