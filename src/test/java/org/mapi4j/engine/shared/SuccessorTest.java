package org.mapi4j.engine.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.engine.contract.ShardContract.await;
import static org.mapi4j.engine.contract.ShardContract.bytes;
import static org.mapi4j.engine.contract.ShardContract.committed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.engine.je.JavaProcess;
import org.mapi4j.engine.je.JeOptions;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Lease;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.Stamps;
import org.mapi4j.spi.StorageFault;

/** A process that stops, or is killed, while it is taking over. */
class SuccessorTest {
  private static final Duration PATIENCE = Duration.ofMillis(600);
  private static final int LEASES = 300;

  @TempDir private Path directory;
  private final AtomicBoolean mayOwn = new AtomicBoolean();
  private Writers owner;
  private Process successor;
  private SharedEngine guest;
  private final List<Lease> leases = new ArrayList<>();

  /** Owns nothing until it is told to. */
  private final class Reluctant implements EngineOpener {
    private final Opener opener = new Opener(directory, JeOptions.DEFAULT);

    @Override
    public Shard open(Stamps stamps) {
      if (!mayOwn.get()) {
        throw new StorageFault("not this one", null);
      }
      return opener.open(stamps);
    }

    @Override
    public void recover(Shard shard) {
      opener.recover(shard);
    }
  }

  /** A guest that says when it begins to take over, and goes on when a file is there. */
  static final class Successor {
    private Successor() {}

    private record Halting(Opener opener, Path go) implements EngineOpener {
      @Override
      public Shard open(Stamps stamps) {
        System.out.println("opening");
        while (!Files.exists(go)) {
          Pause.millis(5);
        }
        return opener.open(stamps);
      }

      @Override
      public void recover(Shard shard) {
        opener.recover(shard);
      }
    }

    public static void main(String[] args) throws Exception {
      Path directory = Path.of(args[0]);
      SharedEngine engine =
          SharedEngine.open(
              directory,
              new SharedOptions("successor", SharedOptions.PATIENCE),
              new Halting(new Opener(directory, JeOptions.DEFAULT), Path.of(args[1])));
      System.out.println(engine.isOwner() ? "owner" : "guest");
      while (System.in.read() >= 0) {
        continue;
      }
    }
  }

  private Path go() {
    return directory.resolve("go");
  }

  @BeforeEach
  void open() throws Exception {
    owner = new Writers(directory, "a", 1, 10_000);
    assertTrue(owner.startedAsOwner());
    successor = JavaProcess.start(Successor.class, directory.toString(), go().toString());
    assertEquals("guest", successor.inputReader().readLine());
    guest = SharedEngine.open(directory, new SharedOptions("guest", PATIENCE), new Reluctant());
    assertEquals(1, saved("before"));
    for (int i = 0; i < LEASES; i++) {
      leases.add(guest.lease(bytes("before"), 1, Lease.Mode.MODIFY));
    }
    owner.awaitMore(20);
    owner.kill();
    assertEquals("opening", successor.inputReader().readLine());
    signal("STOP");
  }

  @AfterEach
  void close() {
    mayOwn.set(true);
    successor.destroyForcibly();
    guest.close();
    owner.process.destroyForcibly();
  }

  private void signal(String signal) throws Exception {
    assertEquals(
        0, new ProcessBuilder("kill", "-" + signal, "" + successor.pid()).start().waitFor());
  }

  private static Batch.Builder put(String key) {
    return Batch.builder()
        .token(bytes("token " + key))
        .expect(bytes(key), Batch.ABSENT)
        .put(bytes(key), 1, bytes(key));
  }

  /** The version that a row of a fresh key has after its save. */
  private long saved(String key) {
    assertTrue(committed(guest, put(key)) > 0);
    return guest.get(bytes(key)).orElseThrow().version();
  }

  /** If each waited for an owner, the time of the test would be over. */
  @Test
  @Timeout(value = 100, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void endOfLeases_withoutAnOwner_doesNotWait() throws Exception {
    assertThrows(StorageFault.Unreachable.class, () -> guest.get(bytes("before")).isPresent());
    leases.forEach(Lease::end);
    Files.createFile(go());
    signal("CONT");
    awaitOwner();
    Batch.Builder delete =
        Batch.builder()
            .expectUnleased(bytes("before"), Lease.Mode.READ, 0, 0)
            .delete(bytes("before"));
    assertTrue(committed(guest, delete) > 0);
  }

  private void assertNobodyIsThere() throws Exception {
    assertThrows(StorageFault.Unreachable.class, () -> guest.get(bytes("before")).isPresent());
    assertThrows(StorageFault.Unreachable.class, () -> await(guest, put("meanwhile")));
    assertThrows(
        StorageFault.Unreachable.class,
        () -> SharedWriter.open(directory, "late", PATIENCE).close());
    assertTrue(OwnerLock.tryAcquire(directory.toAbsolutePath()).isEmpty(), "two owners");
  }

  /** The next owner may write its stamps into another file, which this guest does not see yet. */
  @Test
  void stamp_whileNobodyOwnsTheStore_saysThatNothingCounts() throws Exception {
    assertThrows(StorageFault.Unreachable.class, () -> guest.get(bytes("before")).isPresent());
    assertEquals(1, guest.stamp(bytes("before")) & 1, "what was read before seems to be current");
    Files.createFile(go());
    signal("CONT");
    awaitOwner();
    assertEquals(0, guest.stamp(bytes("before")) & 1);
  }

  @Test
  void successor_stoppedDuringItsTakeover_isWaitedForAndGoesOn() throws Exception {
    assertNobodyIsThere();
    Files.createFile(go());
    signal("CONT");
    awaitOwner();
    assertFalse(guest.isOwner());
    owner.check(guest);
    assertEquals(1, saved("meanwhile"));
    assertEquals(List.of(), guest.check().problems());
  }

  @Test
  void successor_killedDuringItsTakeover_isFollowedByTheNext() throws Exception {
    assertNobodyIsThere();
    mayOwn.set(true);
    assertTrue(successor.toHandle().destroyForcibly());
    assertTrue(successor.waitFor() != 0);
    awaitOwner();
    assertTrue(guest.isOwner());
    owner.check(guest);
    assertEquals(1, saved("meanwhile"));
    assertEquals(List.of(), guest.check().problems());
  }

  private void awaitOwner() {
    long end = System.nanoTime() + 20_000_000_000L;
    while (true) {
      try {
        assertTrue(guest.get(bytes("before")).isPresent());
        return;
      } catch (StorageFault.Unreachable notYet) {
        assertTrue(System.nanoTime() < end, "nobody takes over");
      }
    }
  }
}
