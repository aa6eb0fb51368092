package org.mapi4j.engine.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.engine.contract.ShardContract.await;
import static org.mapi4j.engine.contract.ShardContract.bytes;
import static org.mapi4j.engine.contract.ShardContract.committed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.engine.je.JavaProcess;
import org.mapi4j.engine.je.JeEngine;
import org.mapi4j.engine.je.JeOptions;
import org.mapi4j.provider.BrokenShards;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Lease;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.Stamps;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;

/** What goes wrong in the process that owns a store, and what the others notice of it. */
class OwnerFaultsTest {
  @TempDir private Path directory;

  private SharedEngine open(String name) {
    return SharedWriter.open(directory, name, SharedOptions.PATIENCE);
  }

  /** An owner whose engine is another than it opened. */
  private SharedEngine owner(UnaryOperator<Shard> shard) {
    Opener opener = new Opener(directory, JeOptions.DEFAULT);
    return SharedEngine.open(
        directory,
        new SharedOptions("owner", SharedOptions.PATIENCE),
        new EngineOpener() {
          @Override
          public Shard open(Stamps stamps) {
            return shard.apply(opener.open(stamps));
          }

          @Override
          public void recover(Shard made) {
            opener.recover(made);
          }
        });
  }

  private static Batch.Builder put(String key) {
    return Batch.builder().token(bytes("token " + key)).put(bytes(key), 1, bytes(key));
  }

  private static Batch.Builder unleased(String key) {
    return Batch.builder().expectUnleased(bytes(key), Lease.Mode.READ, 0, 0);
  }

  private static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  // Errors

  /** Decides the first commit with a fault that cannot be told, and the second when it may. */
  private static final class Untold extends BrokenShards.Passing {
    final CountDownLatch second = new CountDownLatch(1);
    final CountDownLatch asked = new CountDownLatch(1);
    private final AtomicInteger commits = new AtomicInteger();

    Untold(Shard good) {
      super(good);
    }

    private static final class Unspeakable extends StorageFault {
      private static final long serialVersionUID = 1;
      private final AtomicInteger asked = new AtomicInteger();

      Unspeakable() {
        super("", null);
      }

      /** Once for the exception around it, then for the answer. */
      @Override
      public String getMessage() {
        if (asked.incrementAndGet() > 1) {
          throw new OutOfMemoryError("injected");
        }
        return "";
      }
    }

    @Override
    public CompletionStage<Outcome> commit(Batch batch) {
      return switch (commits.incrementAndGet()) {
        case 1 -> CompletableFuture.failedFuture(new Unspeakable());
        case 2 ->
            CompletableFuture.supplyAsync(
                () -> {
                  Waiting.on(second, Long.MAX_VALUE);
                  return super.commit(batch).toCompletableFuture().join();
                });
        default -> super.commit(batch);
      };
    }

    @Override
    public OptionalLong outcomeOf(Bytes token, long after) {
      asked.countDown();
      return super.outcomeOf(token, after);
    }
  }

  @Test
  void answer_thatEndsInAnError_letsNobodyAskBeforeAllOfItsConnectionIsDecided() throws Exception {
    Untold[] shard = new Untold[1];
    try (SharedEngine owner = owner(good -> shard[0] = new Untold(good));
        SharedEngine guest = open("guest")) {
      assertTrue(owner.isOwner());
      CompletionStage<Outcome> first = guest.commit(put("a").build());
      CompletionStage<Outcome> second =
          guest.commit(Batch.builder().token(bytes("token b")).add(bytes("b"), 1).build());
      assertFalse(shard[0].asked.await(700, TimeUnit.MILLISECONDS), "while one is undecided");
      shard[0].second.countDown();
      assertTrue(
          first.toCompletableFuture().get(20, TimeUnit.SECONDS) instanceof Outcome.Committed);
      assertTrue(
          second.toCompletableFuture().get(20, TimeUnit.SECONDS) instanceof Outcome.Committed);
      assertEquals(1, guest.get(bytes("b")).orElseThrow().counter(), "made twice");
    }
  }

  // Files that people delete

  /** Those that serve a store although nobody has its lock: its file was deleted. */
  private record Unlocked(Shard shard, Members members, Server server) implements AutoCloseable {
    static Unlocked open(Path directory, Stamps stamps, Bytes id) throws Exception {
      Shard shard = new Opener(directory, JeOptions.DEFAULT).open(stamps);
      Members members = Members.join(directory);
      Desk desk = new Desk(shard, members, List.of(), 0);
      Participant self = new Participant(true, ProcessHandle.current().pid(), "unlocked");
      Server server = new Server(directory, shard, desk, id, self);
      server.start();
      return new Unlocked(shard, members, server);
    }

    @Override
    public void close() throws Exception {
      server.close();
      members.close();
      shard.close();
    }
  }

  @Test
  void opening_besideAnOwnerWithoutALock_isItsGuestAndLeavesItsStampsAlone() throws Exception {
    StampFile file = StampFile.own(directory);
    file.stamps().restart();
    try (Unlocked owner = Unlocked.open(directory, file.stamps(), file.id())) {
      assertEquals(1, committed(owner.shard(), put("a")));
      file.stamps().begin(bytes("m")); // as in the middle of a commit
      long before = file.stamps().get(bytes("m"));
      try (SharedEngine guest = open("guest")) {
        assertFalse(guest.isOwner());
        assertTrue(guest.get(bytes("a")).isPresent());
        assertEquals(before, guest.stamp(bytes("m")));
      }
      file.stamps().end();
      assertEquals(before + 1, file.stamps().get(bytes("m")));
    }
  }

  @Test
  void opening_besideAProgramThatServesNobody_isLockedAtOnce() throws Exception {
    StampFile file = StampFile.own(directory);
    try (Shard alone = JeEngine.open(directory, JeOptions.DEFAULT, file.stamps())) {
      long before = alone.stamp(bytes("m"));
      long start = System.nanoTime();
      assertThrows(StorageFault.Locked.class, () -> open("late").close());
      assertTrue(millisSince(start) < SharedOptions.PATIENCE.toMillis() / 2);
      assertEquals(before, alone.stamp(bytes("m")));
    }
  }

  // Processes that are stopped

  @Test
  void saves_afterATakeoverBesideAStoppedProcess_waitForItOnceAndNotForLong() throws Exception {
    Duration patience = Duration.ofSeconds(4);
    Writers first = new Writers(directory, "a", 0, 10_000);
    assertTrue(first.startedAsOwner());
    Process holder = JavaProcess.start(TakeoverTest.LeaseHolder.class, directory.toString());
    assertEquals("held", holder.inputReader().readLine());
    try (SharedEngine one = SharedWriter.open(directory, "one", patience);
        SharedEngine two = SharedWriter.open(directory, "two", patience)) {
      Writers.signal(holder, "STOP");
      first.kill();
      long start = System.nanoTime();
      SharedEngine guest = one.isOwner() ? two : one;
      CompletionStage<Outcome> swept = guest.commit(unleased("m").build());
      assertTrue(committed(guest, put("behind it")) > 0);
      assertTrue(millisSince(start) < patience.toMillis() * 3 / 4, "" + millisSince(start));
      Outcome leased = new Outcome.Conflict(bytes("m"), Outcome.Reason.LEASED);
      assertEquals(leased, swept.toCompletableFuture().join());
      start = System.nanoTime();
      for (int i = 0; i < 5; i++) {
        assertEquals(leased, await(guest, unleased("m")));
      }
      assertTrue(millisSince(start) < patience.toMillis() / 4, "" + millisSince(start));
      assertFalse(guest.isOwner());
    } finally {
      holder.destroyForcibly();
    }
  }
}
