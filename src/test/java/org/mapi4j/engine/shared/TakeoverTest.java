package org.mapi4j.engine.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.engine.contract.ShardContract;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Lease;
import org.mapi4j.spi.Outcome;

/** Owners that end, well or not, while others save. */
class TakeoverTest {
  private static final int SEED = 20261126;
  private static final int ROUNDS = Boolean.getBoolean("mapi4j.long") ? 60 : 6;

  @TempDir private Path directory;
  private final List<Writers> writers = new ArrayList<>();

  private Writers start(String name, int threads) throws Exception {
    Writers writer = new Writers(directory, name, threads, 20_000);
    writers.add(writer);
    return writer;
  }

  @AfterEach
  void killAll() {
    writers.forEach(writer -> writer.process.destroyForcibly());
  }

  @Test
  void owner_killed_anotherTakesOverAndLosesNothing() throws Exception {
    Writers owner = start("a", 2);
    assertTrue(owner.startedAsOwner());
    Writers guest = start("b", 2);
    assertFalse(guest.startedAsOwner());
    guest.awaitMore(50);
    owner.kill();
    guest.awaitMore(50);
    try (SharedEngine engine = SharedWriter.open(directory, "test", SharedOptions.PATIENCE)) {
      assertFalse(engine.isOwner());
      owner.check(engine);
      guest.checkAcknowledged(engine);
    }
    guest.end();
    try (SharedEngine engine = SharedWriter.open(directory, "test", SharedOptions.PATIENCE)) {
      assertTrue(engine.isOwner());
      owner.check(engine);
      guest.check(engine);
    }
  }

  @Test
  void owner_endsInOrder_anotherTakesOverAndLosesNothing() throws Exception {
    Writers owner = start("a", 2);
    assertTrue(owner.startedAsOwner());
    Writers guest = start("b", 2);
    Writers other = start("c", 2);
    guest.awaitMore(50);
    other.awaitMore(50);
    owner.end();
    guest.awaitMore(50);
    other.awaitMore(50);
    guest.end();
    other.awaitMore(50);
    other.end();
    try (SharedEngine engine = SharedWriter.open(directory, "test", SharedOptions.PATIENCE)) {
      writers.forEach(writer -> writer.check(engine));
    }
  }

  @Test
  @DisplayName("processes_killedAtRandom_loseNothingAcknowledged, seed " + SEED)
  void processes_killedAtRandom_loseNothingAcknowledged() throws Exception {
    Random chance = new Random(SEED);
    List<Writers> alive = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      alive.add(start("p" + i, 2));
      alive.get(i).awaitFirst();
    }
    for (int round = 0; round < ROUNDS; round++) {
      Writers one = alive.get(chance.nextInt(alive.size()));
      one.awaitMore(chance.nextInt(60));
      // the first in the list is the oldest: mostly the owner
      Writers victim = alive.remove(chance.nextInt(3) > 0 ? 0 : chance.nextInt(alive.size()));
      victim.kill();
      alive.add(start("r" + round, 2));
      alive.get(0).awaitMore(1);
    }
    for (Writers writer : alive) {
      writer.awaitMore(20);
      writer.end();
    }
    try (SharedEngine engine = SharedWriter.open(directory, "test", SharedOptions.PATIENCE)) {
      writers.forEach(writer -> writer.check(engine));
      assertEquals(List.of(), engine.check().problems());
    }
  }

  @Test
  void lease_ofAGuestOfADeadOwner_standsWithTheNextOwner() throws Exception {
    Writers owner = start("a", 1);
    assertTrue(owner.startedAsOwner());
    try (SharedEngine one = SharedWriter.open(directory, "one", SharedOptions.PATIENCE);
        SharedEngine two = SharedWriter.open(directory, "two", SharedOptions.PATIENCE)) {
      Lease lease = one.lease(ShardContract.bytes("m"), one.newSession(), Lease.Mode.READ);
      Lease other = two.lease(ShardContract.bytes("n"), two.newSession(), Lease.Mode.READ);
      owner.kill();
      for (SharedEngine engine : List.of(one, two)) {
        for (String key : List.of("m", "n")) {
          Batch.Builder sweep =
              Batch.builder().expectUnleased(ShardContract.bytes(key), Lease.Mode.READ, 0, 0);
          assertEquals(
              new Outcome.Conflict(ShardContract.bytes(key), Outcome.Reason.LEASED),
              ShardContract.await(engine, sweep));
        }
      }
      assertTrue(one.isOwner() != two.isOwner());
      lease.close();
      other.close();
      Batch.Builder sweep =
          Batch.builder().expectUnleased(ShardContract.bytes("m"), Lease.Mode.READ, 0, 0);
      Outcome swept = ShardContract.await(one.isOwner() ? two : one, sweep);
      assertTrue(swept instanceof Outcome.Committed, () -> "" + swept);
    }
  }

  @Test
  void lease_ofAKilledGuest_ends() throws Exception {
    try (SharedEngine owner = SharedWriter.open(directory, "one", SharedOptions.PATIENCE)) {
      Process holder =
          org.mapi4j.engine.je.JavaProcess.start(LeaseHolder.class, directory.toString());
      assertEquals("held", holder.inputReader().readLine());
      Batch.Builder sweep =
          Batch.builder().expectUnleased(ShardContract.bytes("m"), Lease.Mode.READ, 0, 0);
      assertTrue(ShardContract.await(owner, sweep) instanceof Outcome.Conflict);
      assertTrue(holder.toHandle().destroyForcibly());
      assertTrue(holder.waitFor() != 0);
      long end = System.nanoTime() + 10_000_000_000L;
      while (ShardContract.await(owner, sweep) instanceof Outcome.Conflict) {
        assertTrue(System.nanoTime() < end, "the lease of a dead process stands");
        Pause.millis(5);
      }
      assertEquals(List.of(), owner.scan(KeyRange.prefix(ShardContract.bytes("m")), false, 1));
    }
  }

  /** A process that holds a lease until it is killed. */
  static final class LeaseHolder {
    private LeaseHolder() {}

    public static void main(String[] args) throws Exception {
      SharedEngine guest = SharedWriter.open(Path.of(args[0]), "holder", SharedOptions.PATIENCE);
      Lease lease = guest.lease(ShardContract.bytes("m"), guest.newSession(), Lease.Mode.READ);
      System.out.println(lease.id() > 0 ? "held" : "not held");
      while (System.in.read() >= 0) {
        continue;
      }
    }
  }
}
