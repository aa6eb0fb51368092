package org.mapi4j.engine.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.engine.contract.ShardContract.await;
import static org.mapi4j.engine.contract.ShardContract.bytes;
import static org.mapi4j.engine.contract.ShardContract.committed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.engine.je.JeOptions;
import org.mapi4j.provider.BrokenShards;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.Stamps;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;

/** What goes wrong beside owners that end: files that people delete, faults in a takeover. */
class SharedFaultsTest {
  private static final Duration SHORT = Duration.ofMillis(600);
  private static final int KEYS = 5_000;
  private static final int KEY_BYTES = 200;
  private static final int ASKING = 20;

  @TempDir private Path directory;

  /** Does something before the engine opens, and hands out another shard than its own. */
  private record Hindered(Opener opener, Runnable before, UnaryOperator<Shard> shard)
      implements EngineOpener {
    @Override
    public Shard open(Stamps stamps) {
      before.run();
      return shard.apply(opener.open(stamps));
    }

    @Override
    public void recover(Shard made) {
      opener.recover(made);
    }
  }

  private SharedEngine open(String name) {
    return SharedWriter.open(directory, name, SharedOptions.PATIENCE);
  }

  private SharedEngine hindered(Runnable before, UnaryOperator<Shard> shard) {
    Opener opener = new Opener(directory, JeOptions.DEFAULT);
    return SharedEngine.open(
        directory,
        new SharedOptions("hindered", SharedOptions.PATIENCE),
        new Hindered(opener, before, shard));
  }

  private static Batch.Builder put(String key) {
    return Batch.builder().token(bytes("token " + key)).put(bytes(key), 1, bytes(key));
  }

  private static long asynchronously(Shard shard, String key) {
    return committed(shard, put(key).durability(Batch.Durability.ASYNC));
  }

  // Asynchronous commits that are lost with their owner

  private Path log() {
    return directory.resolve("00000000.jdb");
  }

  private long logBytes() {
    try {
      return Files.size(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a disk that failed leaves the log: what was not synced is gone. */
  private void cutLog(long bytes) {
    try (FileChannel channel = FileChannel.open(log(), StandardOpenOption.WRITE)) {
      Files.deleteIfExists(directory.resolve("mapi4j.closed"));
      assertTrue(channel.truncate(bytes).size() == bytes && bytes > 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void numbers_ofLostCommits_areNotGivenAgain() throws Exception {
    long[] synced = new long[1];
    SharedEngine owner = open("owner");
    SharedEngine guest = hindered(() -> cutLog(synced[0]), shard -> shard);
    try (guest) {
      assertEquals(1, committed(guest, put("a")));
      synced[0] = logBytes();
      assertEquals(2, asynchronously(guest, "b"));
      assertEquals(3, asynchronously(owner, "c"));
      assertEquals(3, guest.seq());
      BlockingQueue<Change> told = new LinkedBlockingQueue<>();
      AutoCloseable watch = guest.watch(3, told::add);
      owner.close();
      assertEquals(Optional.empty(), guest.get(bytes("b")));
      assertTrue(guest.isOwner());
      assertEquals(OptionalLong.empty(), guest.outcomeOf(bytes("token b"), 0));
      assertEquals(3, guest.seq());
      CompletionException lost =
          assertThrows(CompletionException.class, () -> guest.sync(1).toCompletableFuture().join());
      assertTrue(lost.getCause() instanceof StorageFault.Lost, lost::toString);
      assertEquals(null, guest.sync(3).toCompletableFuture().join());
      assertEquals(4, committed(guest, put("d")));
      Change change = told.poll(10, TimeUnit.SECONDS);
      assertEquals(List.of(bytes("d")), change == null ? null : change.put());
      assertEquals(4, change.seq());
      watch.close();
    }
    try (SharedEngine again = open("again")) {
      assertEquals(4, again.seq());
      assertEquals(OptionalLong.of(4), again.outcomeOf(bytes("token d"), 0));
    }
  }

  @Test
  void numbers_thatNoStoreCanHaveLost_areNotBelieved() throws Exception {
    try (SharedEngine owner = open("owner")) {
      assertEquals(1, committed(owner, put("a")));
    }
    StampFile.own(directory).stamps().seq(Long.MAX_VALUE - 5);
    try (SharedEngine owner = open("owner")) {
      assertEquals(1, owner.seq());
      assertEquals(2, committed(owner, put("b")));
    }
  }

  // Files that people delete

  @Test
  void stamps_ofANewFile_areNoneOfTheOldOnes() throws Exception {
    Set<Long> seen = new HashSet<>();
    SharedEngine owner = open("owner");
    SharedEngine guest = open("guest");
    try (guest) {
      seen.add(guest.stamp(bytes("m")));
      for (int i = 0; i < 20; i++) {
        assertTrue(committed(owner, put("m")) > 0);
        seen.add(guest.stamp(bytes("m")));
      }
      assertEquals(21, seen.size());
      Files.delete(directory.resolve("mapi4j.stamps1"));
      try (SharedEngine late = open("late")) {
        assertEquals(-1, late.stamp(bytes("m")), "what it cannot see it must ask for");
        assertTrue(late.get(bytes("m")).isPresent());
      }
      assertTrue(committed(owner, put("m")) > 0);
      seen.add(guest.stamp(bytes("m")));
      owner.close();
      assertTrue(guest.get(bytes("m")).isPresent());
      assertTrue(guest.isOwner());
      assertTrue(seen.add(guest.stamp(bytes("m"))), "what was read before seems to be new");
      assertTrue(committed(guest, put("m")) > 0);
      assertTrue(seen.add(guest.stamp(bytes("m"))));
    }
  }

  @Test
  void portFile_deletedOrOverwritten_comesBack() throws Exception {
    try (SharedEngine owner = open("owner")) {
      Path file = directory.resolve("mapi4j.port");
      Files.delete(file);
      try (SharedEngine guest = open("guest")) {
        assertFalse(guest.isOwner());
      }
      for (byte[] rubbish :
          List.of(new byte[] {(byte) 0xFF, (byte) 0xFE}, bytes("port=1\n").toArray())) {
        Files.write(file, rubbish);
        try (SharedEngine guest = open("guest")) {
          assertFalse(guest.isOwner());
          assertTrue(committed(guest, put("a")) > 0);
        }
      }
      assertTrue(owner.isOwner());
    }
  }

  // Takeovers

  @Test
  void takeover_thatFailsAfterItsEngineOpened_isTriedAgainAndKeepsNobodyOut() throws Exception {
    AtomicInteger opened = new AtomicInteger();
    Writers owner = new Writers(directory, "a", 0, 10_000);
    assertTrue(owner.startedAsOwner());
    UnaryOperator<Shard> failingOnce =
        shard ->
            opened.incrementAndGet() > 1
                ? shard
                : new BrokenShards.Passing(shard) {
                  @Override
                  public OptionalLong outcomeOf(Bytes token, long after) {
                    throw new StorageFault("made up", null);
                  }
                };
    try (SharedEngine guest = hindered(() -> {}, failingOnce)) {
      owner.signal("STOP");
      CompletableFuture<Long> commit =
          CompletableFuture.supplyAsync(() -> committed(guest, put("a")));
      Pause.millis(100);
      owner.kill();
      assertEquals(1, commit.get(20, TimeUnit.SECONDS));
      assertTrue(guest.isOwner(), "it is the guest of its own server");
      assertEquals(2, opened.get());
    }
    assertTrue(
        OwnerLock.tryAcquire(directory.toAbsolutePath()).map(SharedFaultsTest::free).orElse(false));
  }

  private static boolean free(OwnerLock lock) {
    try (lock) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those that come while the owner ends find the next, or own it themselves. */
  @Test
  void opening_whileTheOwnerEnds_findsItOrTheNext() throws Exception {
    for (int round = 0; round < 8; round++) {
      SharedEngine owner = open("owner");
      SharedEngine between = open("between");
      int delay = round;
      CompletableFuture<Integer> late =
          CompletableFuture.supplyAsync(
              () -> {
                Pause.millis(delay % 5);
                try (SharedEngine engine = open("late")) {
                  return (int) committed(engine, put("late"));
                }
              });
      owner.close();
      assertTrue(late.get(30, TimeUnit.SECONDS) > 0);
      assertTrue(between.get(bytes("late")).isPresent());
      between.close();
    }
  }

  @Test
  @Timeout(30)
  void close_whileTheOwnerIsStoppedAndTakesNothing_ends() throws Exception {
    Writers owner = new Writers(directory, "a", 0, 10_000);
    assertTrue(owner.startedAsOwner());
    SharedEngine guest = SharedWriter.open(directory, "guest", SHORT);
    try {
      owner.signal("STOP");
      CompletableFuture<?> first =
          CompletableFuture.runAsync(
              () -> assertThrows(StorageFault.OutcomeUnknown.class, () -> await(guest, put("a"))));
      Pause.millis(SHORT.toMillis() * 2 / 3);
      // Requests that fill the way to the owner, so that one of them is stuck in it.
      List<Bytes> keys = Collections.nCopies(KEYS, bytes("k".repeat(KEY_BYTES)));
      for (int i = 0; i < ASKING; i++) {
        Thread asking = new Thread(() -> assertThrows(StorageFault.class, () -> ask(guest, keys)));
        asking.setDaemon(true);
        asking.start();
      }
      first.get(10, TimeUnit.SECONDS);
      guest.close();
    } finally {
      owner.process.destroyForcibly();
    }
  }

  private static void ask(SharedEngine engine, List<Bytes> keys) {
    assertEquals(List.of(), engine.getAll(keys));
  }
}
