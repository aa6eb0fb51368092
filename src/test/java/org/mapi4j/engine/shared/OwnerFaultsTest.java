package org.mapi4j.engine.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.engine.contract.ShardContract.await;
import static org.mapi4j.engine.contract.ShardContract.bytes;
import static org.mapi4j.engine.contract.ShardContract.committed;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
import org.mapi4j.engine.je.Mount;
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
      Desk desk = new Desk(shard, members, List.of(), StampFile.own(directory), 0);
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
  void commits_afterATakeoverBesideAStoppedProcess_areDecidedBesideADeletionThatWaitsForItOnce()
      throws Exception {
    Duration patience = Duration.ofSeconds(6);
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
      assertFalse(swept.toCompletableFuture().isDone(), "a save waited for a deletion");
      Outcome leased = new Outcome.Conflict(bytes("m"), Outcome.Reason.LEASED);
      assertEquals(leased, swept.toCompletableFuture().join());
      assertTrue(millisSince(start) < patience.toMillis() * 3 / 4, "" + millisSince(start));
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

  // Other files under the same names

  private SharedEngine openIn(Path store) {
    return SharedWriter.open(store, "owner", SharedOptions.PATIENCE);
  }

  private static void awaitOwner(SharedEngine engine) {
    long end = System.nanoTime() + 20_000_000_000L;
    while (true) {
      try {
        if (engine.isOwner()) {
          return;
        }
      } catch (StorageFault notYet) {
        Pause.millis(5);
      }
      assertTrue(System.nanoTime() < end, "it does not own its store again");
    }
  }

  @Test
  void lockFile_deleted_isNoticedAndTheStoreOwnedAnew() throws Exception {
    Path file = directory.resolve("mapi4j.lock");
    try (SharedEngine owner = open("owner");
        SharedEngine guest = open("guest")) {
      assertEquals(1, committed(guest, put("a")));
      Files.delete(file);
      long end = System.nanoTime() + 20_000_000_000L;
      while (!Files.exists(file)) {
        assertTrue(System.nanoTime() < end, "nobody looks after the lock");
        Pause.millis(5);
      }
      assertEquals(2, committed(guest, put("b")));
      assertEquals(3, committed(owner, put("c")));
      assertTrue(owner.isOwner() != guest.isOwner());
      assertEquals(List.of("lock: refused", "others: 2"), said(Probe.class));
    }
  }

  @Test
  void directory_replacedByAnother_isLeftAlone() throws Exception {
    Path store = Files.createDirectory(directory.resolve("store"));
    Path aside = directory.resolve("aside");
    String other = "port=1\nprotocolMin=1\nprotocolMax=1\npid=1\nprogram=another\n";
    try (SharedEngine owner = openIn(store)) {
      assertEquals(1, committed(owner, put("a")));
      Files.move(store, aside);
      Files.createDirectory(store);
      Files.writeString(store.resolve("mapi4j.port"), other);
      awaitAbsent(owner);
      assertThrows(StorageFault.Absent.class, () -> owner.get(bytes("a")).isPresent());
      assertEquals(other, Files.readString(store.resolve("mapi4j.port")));
      Files.delete(store.resolve("mapi4j.port"));
      Files.deleteIfExists(store.resolve("je.stat.csv")); // what JE counted, for people
      Files.delete(store); // nothing else came into it
      Files.move(aside, store);
      awaitOwner(owner);
      assertTrue(owner.get(bytes("a")).isPresent());
      assertEquals(2, committed(owner, put("b")));
    }
    try (SharedEngine again = openIn(store)) {
      assertTrue(again.get(bytes("b")).isPresent());
      assertEquals(List.of(), again.check().problems());
    }
  }

  private static void awaitAbsent(SharedEngine engine) {
    long end = System.nanoTime() + 20_000_000_000L;
    boolean there = true;
    while (there) {
      assertTrue(System.nanoTime() < end, "it goes on in another's directory");
      try {
        there = engine.get(bytes("a")).isPresent();
        Pause.millis(5);
      } catch (StorageFault.Absent noticed) {
        there = false;
      } catch (StorageFault.Closed givingUp) {
        Pause.millis(5);
      }
    }
  }

  // Two copies of the classes in one process

  /** Says whether another process gets the lock, and how many members it sees alive. */
  static final class Probe {
    private Probe() {}

    public static void main(String[] args) throws Exception {
      Path directory = Path.of(args[0]);
      boolean got = OwnerLock.tryAcquire(directory).isPresent();
      System.out.println("lock: " + (got ? "taken" : "refused"));
      try (Members members = Members.join(directory)) {
        System.out.println("others: " + members.others().size());
      }
    }
  }

  private List<String> said(Class<?> main) throws Exception {
    Process process = JavaProcess.start(main, directory.toString());
    List<String> lines = process.inputReader().lines().toList();
    assertEquals(0, process.waitFor());
    return lines;
  }

  private static Method method(Class<?> of, String name, Class<?> argument) throws Exception {
    Method method = of.getDeclaredMethod(name, argument);
    method.setAccessible(true);
    return method;
  }

  @Test
  void locks_whenAnotherCopyOfTheClassesLooks_stand() throws Exception {
    URL classes = OwnerLock.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader loader =
            new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
        OwnerLock held = OwnerLock.tryAcquire(directory).orElseThrow();
        Members members = Members.join(directory)) {
      Class<?> lock = loader.loadClass(OwnerLock.class.getName());
      Class<?> copy = loader.loadClass(Members.class.getName());
      assertFalse(lock.equals(OwnerLock.class));
      Method tryAcquire = method(lock, "tryAcquire", Path.class);
      Method isAlive = method(copy, "isAlive", String.class);
      try (AutoCloseable second =
          (AutoCloseable) method(copy, "join", Path.class).invoke(null, directory)) {
        for (int look = 0; look < 3; look++) {
          assertEquals(Optional.empty(), tryAcquire.invoke(null, directory));
          assertEquals(true, isAlive.invoke(second, members.name()));
        }
        assertEquals(List.of("lock: refused", "others: 2"), said(Probe.class));
      }
      assertTrue(held.isInPlace());
    }
    assertEquals(List.of("lock: taken", "others: 0"), said(Probe.class));
  }

  // Disks

  @Test
  void portFile_thatCannotBeWritten_keepsTheOwnerFromNothing() throws Exception {
    Path inTheWay = Files.createDirectory(directory.resolve("mapi4j.port.new"));
    try (SharedEngine owner = open("owner")) {
      assertEquals(1, committed(owner, put("a")));
      assertFalse(Files.exists(directory.resolve("mapi4j.port")));
      Files.delete(inTheWay);
      try (SharedEngine guest = open("guest")) {
        assertFalse(guest.isOwner());
        assertTrue(guest.get(bytes("a")).isPresent());
      }
    }
  }

  @Test
  void opening_withoutRoomForTheStamps_isDiskFull() throws Exception {
    Optional<Mount> mounted = Mount.tmpfs(directory.resolve("small"), 1);
    if (mounted.isEmpty()) {
      System.out.println("NOT RUN: a disk without room, because that needs a mount");
      return;
    }
    try (Mount small = mounted.get()) {
      Files.write(small.path().resolve("filler"), new byte[900_000]);
      assertThrows(StorageFault.DiskFull.class, () -> openIn(small.path()).close());
    }
  }

  /** Where an owner answers and others may read the secret all the same: a mount without modes. */
  @Test
  void secret_thatItsFileSystemDoesNotKeep_isNamedAtOnce() throws Exception {
    try (OwnerLock lock = OwnerLock.tryAcquire(directory).orElseThrow();
        ServerSocket socket = new ServerSocket()) {
      assertTrue(lock.isInPlace() && Secret.ensure(directory).isConfined());
      Path file = directory.resolve("mapi4j.secret");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      socket.bind(Loopback.port(0));
      new PortFile(socket.getLocalPort(), 1, 1, 1, "on a mount without modes").write(directory);
      Server.daemon(() -> answer(socket), "mount");
      long start = System.nanoTime();
      StorageFault.Unreachable fault =
          assertThrows(StorageFault.Unreachable.class, () -> open("late").close());
      assertTrue(millisSince(start) < SharedOptions.PATIENCE.toMillis() / 2);
      assertTrue(fault.getMessage().contains("mapi4j.secret"), fault.getMessage());
      assertTrue(fault.getMessage().contains("umask"), fault.getMessage());
    }
  }

  /** As an owner whose secret proves nothing: goes after its first step. */
  private static void answer(ServerSocket socket) {
    try (Socket guest = socket.accept()) {
      byte[] hello = guest.getInputStream().readNBytes(56);
      new Encoder()
          .number(0x4D344A53)
          .number(1)
          .bytes(Bytes.wrap(new byte[32]))
          .bytes(Bytes.wrap(new byte[32]))
          .writeTo(guest.getOutputStream());
      assertEquals(56, hello.length);
    } catch (IOException gone) {
      return;
    }
  }
}
