package org.mapi4j.engine.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.engine.contract.ShardContract.await;
import static org.mapi4j.engine.contract.ShardContract.bytes;
import static org.mapi4j.engine.contract.ShardContract.committed;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.engine.je.JeOptions;
import org.mapi4j.provider.BrokenShards;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.BatchLimits;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.Stamps;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;

/**
 * What goes wrong on a guest's side, and ends: nobody waits for ever, nothing is made twice.
 * Whoever waits here is not interrupted, so each test has a thread of its own.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GuestFaultsTest {
  private static final Duration SHORT = Duration.ofMillis(600);

  @TempDir private Path directory;
  private final AtomicBoolean mayOwn = new AtomicBoolean(true);

  /** An engine behind another shard, where this process may own one. */
  private final class Owning implements EngineOpener {
    private final Opener opener = new Opener(directory, JeOptions.DEFAULT);
    private final UnaryOperator<Shard> shard;

    Owning(UnaryOperator<Shard> shard) {
      this.shard = shard;
    }

    @Override
    public Shard open(Stamps stamps) {
      if (!mayOwn.get()) {
        throw new StorageFault("not this one", null);
      }
      return shard.apply(opener.open(stamps));
    }

    @Override
    public void recover(Shard made) {
      opener.recover(made);
    }
  }

  private SharedEngine open(String name, Duration patience, UnaryOperator<Shard> shard) {
    return SharedEngine.open(directory, new SharedOptions(name, patience), new Owning(shard));
  }

  private static Batch.Builder put(String key) {
    return Batch.builder().token(bytes("token " + key)).put(bytes(key), 1, bytes(key));
  }

  // An owner that falls silent right after its welcome

  /** What an owner does with a guest whom it let in. */
  private interface Serving {
    void serve(Socket guest, DataInputStream in) throws IOException;
  }

  private static void nothing(Socket guest, DataInputStream in) {
    assertTrue(guest.isConnected() && in != null);
  }

  /** Lets in whoever comes. */
  private void letIn(ServerSocket port, Serving serving) {
    while (!port.isClosed()) {
      try {
        Socket guest = port.accept();
        DataInputStream in = Loopback.input(guest);
        Handshake.asOwner(in, guest.getOutputStream(), directory, port.getLocalPort());
        assertTrue(Frame.read(in, Frame.BYTES_MAX).length > 0);
        Encoder welcome = new Encoder();
        Wire.limits(welcome, BatchLimits.DEFAULT);
        welcome.bytes(Bytes.EMPTY).large(1).text("made up").writeTo(guest.getOutputStream());
        serving.serve(guest, in);
      } catch (IOException | FrameFault itEnded) {
        continue;
      }
    }
  }

  private void publish(ServerSocket port, Serving serving) throws IOException {
    Server.daemon(() -> letIn(port, serving), "made-up-owner");
    new PortFile(port.getLocalPort(), Handshake.PROTOCOL_MIN, Handshake.PROTOCOL_MAX, 1, "made up")
        .write(directory);
  }

  @Test
  void open_besideAnOwnerThatIsSilentAfterItsWelcome_isUnreachable() throws Exception {
    try (OwnerLock lock = OwnerLock.tryAcquire(directory).orElseThrow();
        ServerSocket port = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertTrue(lock != null);
      publish(port, GuestFaultsTest::nothing);
      assertThrows(
          StorageFault.Unreachable.class,
          () -> SharedWriter.open(directory, "late", SHORT).close());
    }
  }

  @Test
  void commit_whenTheNextOwnerIsSilentAfterItsWelcome_endsAndCloseToo() throws Exception {
    SharedEngine owner = open("owner", SharedOptions.PATIENCE, shard -> shard);
    SharedEngine guest = open("guest", SHORT, shard -> shard);
    assertEquals(1, committed(guest, put("a")));
    mayOwn.set(false);
    owner.close();
    Optional<OwnerLock> lock = OwnerLock.tryAcquire(directory);
    while (lock.isEmpty()) {
      lock = OwnerLock.tryAcquire(directory);
    }
    try (OwnerLock held = lock.get();
        ServerSocket port = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertTrue(held != null);
      publish(port, GuestFaultsTest::nothing);
      CompletableFuture<Outcome> commit =
          guest.commit(put("b").build()).toCompletableFuture().copy();
      CompletionException fault =
          assertThrows(
              CompletionException.class, () -> commit.orTimeout(20, TimeUnit.SECONDS).join());
      assertInstanceOf(StorageFault.Unreachable.class, fault.getCause());
      guest.close();
    }
  }

  // Questions that nobody can answer

  /** Answers the number of the last commit, and ends with anything else. */
  private static void numbersOnly(Socket guest, DataInputStream in, AtomicInteger asked)
      throws IOException {
    try (guest) {
      while (true) {
        Decoder request = new Decoder(Frame.read(in, Frame.BYTES_MAX));
        if (Kind.of(request.octet()) != Kind.SEQ) {
          asked.incrementAndGet();
          return;
        }
        new Encoder()
            .octet(Kind.ANSWER.code())
            .large(request.large())
            .large(0)
            .writeTo(guest.getOutputStream());
      }
    }
  }

  @Test
  void get_thatEndsEveryConnection_isUnreachableAfterThePatience() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (OwnerLock lock = OwnerLock.tryAcquire(directory).orElseThrow();
        ServerSocket port = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertTrue(lock != null);
      publish(port, (guest, in) -> numbersOnly(guest, in, asked));
      try (SharedEngine guest = SharedWriter.open(directory, "guest", SHORT)) {
        assertThrows(StorageFault.Unreachable.class, () -> guest.get(bytes("a")).isPresent());
      }
      assertTrue(asked.get() >= 3, "asked " + asked);
    }
  }

  @Test
  void get_whoseAnswerHasNoRoomInAFrame_isAFaultAndTheConnectionGoesOn() {
    Bytes large = Bytes.wrap(new byte[Frame.BYTES_MAX + 1]);
    UnaryOperator<Shard> boasting =
        shard ->
            new BrokenShards.Passing(shard) {
              @Override
              public Optional<Row> get(Bytes key) {
                return key.equals(bytes("large"))
                    ? Optional.of(new Row(key, 1, large))
                    : super.get(key);
              }
            };
    try (SharedEngine owner = open("owner", SharedOptions.PATIENCE, boasting);
        SharedEngine guest = open("guest", SharedOptions.PATIENCE, shard -> shard)) {
      StorageFault fault =
          assertThrows(StorageFault.class, () -> guest.get(bytes("large")).isPresent());
      assertTrue(fault.getMessage().contains("" + Frame.BYTES_MAX), fault::getMessage);
      assertEquals(Optional.empty(), guest.get(bytes("a")));
      assertTrue(owner.isOwner());
    }
  }

  // Commits that meet close

  @Test
  void commit_thatPassedTheDoorWhileTheGuestClosed_isRefused() throws Exception {
    try (SharedEngine owner = open("owner", SharedOptions.PATIENCE, shard -> shard)) {
      Commits commits = new Commits(SHORT.toNanos(), System::nanoTime);
      SharedOptions options = new SharedOptions("guest", SHORT);
      Keeper keeper =
          new Keeper(
              directory, options, new Owning(shard -> shard), commits, new LeaseBook(), seq -> {});
      keeper.start();
      keeper.close();
      CompletableFuture<Outcome> late = commits.submit(put("a").build()).toCompletableFuture();
      CompletionException fault =
          assertThrows(
              CompletionException.class, () -> late.orTimeout(20, TimeUnit.SECONDS).join());
      assertInstanceOf(StorageFault.Closed.class, fault.getCause());
      assertTrue(owner.isOwner());
    }
  }

  // What cannot be said

  @Test
  void commit_thatCannotBeEncoded_throwsAndTheGuestCloses() {
    try (SharedEngine owner = open("owner", SharedOptions.PATIENCE, shard -> shard);
        SharedEngine guest = open("guest", SharedOptions.PATIENCE, shard -> shard)) {
      Batch unsayable = Batch.builder().expect(null, 1).build();
      assertThrows(NullPointerException.class, () -> guest.commit(unsayable));
      assertTrue(owner.isOwner());
    }
  }

  @Test
  void commit_thatHasNoRoomInAFrame_leavesNothingThatIsWaitedFor() {
    UnaryOperator<Shard> slow =
        shard ->
            new BrokenShards.Passing(shard) {
              @Override
              public Optional<Row> get(Bytes key) {
                Pause.millis(SHORT.toMillis() / 2);
                return super.get(key);
              }
            };
    try (SharedEngine owner = open("owner", SharedOptions.PATIENCE, slow);
        SharedEngine guest = open("guest", SHORT, shard -> shard)) {
      assertEquals(1, committed(guest, put("a")));
      Batch.Builder large = Batch.builder();
      Bytes key = bytes("k".repeat(250));
      for (int i = 0; i < 200_000; i++) {
        large.expect(key, 1);
      }
      assertThrows(StorageFault.TooLarge.class, () -> await(guest, large));
      Pause.millis(SHORT.toMillis() * 2);
      assertTrue(guest.get(bytes("a")).isPresent());
      assertTrue(owner.isOwner());
    }
  }
}
