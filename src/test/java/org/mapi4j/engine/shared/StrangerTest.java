package org.mapi4j.engine.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.engine.contract.ShardContract.bytes;
import static org.mapi4j.engine.contract.ShardContract.committed;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.engine.je.JeOptions;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.StorageFault;

/** Who is not let in, and what those who send rubbish can do: end their own connection. */
class StrangerTest {
  private static final Duration PATIENCE = Duration.ofMillis(800);
  private static final int FRAMES = 10_000;
  private static final int SEED = 77;

  @TempDir private Path directory;
  private SharedEngine owner;
  private SharedEngine guest;

  @BeforeEach
  void open() {
    owner = SharedWriter.open(directory, "owner", SharedOptions.PATIENCE);
    guest = SharedWriter.open(directory, "guest", SharedOptions.PATIENCE);
  }

  /** The owner serves, and the guest that was there is still on its connection. */
  @AfterEach
  void close() {
    long before = guest.seq();
    assertEquals(before + 1, committed(guest, Batch.builder().put(bytes("a"), 1, bytes("x"))));
    assertFalse(guest.isOwner());
    awaitTwo();
    guest.close();
    owner.close();
  }

  /** Who left a moment ago is noticed soon. */
  private void awaitTwo() {
    long end = System.nanoTime() + 20_000_000_000L;
    while (owner.participants().size() > 2 && System.nanoTime() < end) {
      Pause.millis(5);
    }
    assertEquals(2, owner.participants().size());
  }

  private int port() throws IOException {
    return PortFile.read(directory).orElseThrow().port();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  /** True when the owner ends the connection, with or without a word before. */
  private static boolean isCut(Socket socket) {
    try {
      int last = 0;
      while (last >= 0) {
        last = socket.getInputStream().read();
      }
      return true;
    } catch (IOException reset) {
      return !(reset instanceof java.net.SocketTimeoutException);
    }
  }

  private boolean isCutAfter(byte[] sent) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(sent);
      return isCut(socket);
    }
  }

  /** A connection that has proved that it is ours, and introduced itself. */
  private Socket authenticated(char member) throws IOException {
    Socket socket = introduced(String.valueOf(member).repeat(32));
    DataInputStream in = new DataInputStream(socket.getInputStream());
    assertTrue(Frame.read(in, Frame.BYTES_MAX).length > 24);
    return socket;
  }

  private Socket introduced(String member) throws IOException {
    Socket socket = proved(connect());
    introduce(socket, member);
    return socket;
  }

  private Socket proved(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    Handshake.asGuest(in, socket.getOutputStream(), directory, port());
    return socket;
  }

  private static void introduce(Socket socket, String member) throws IOException {
    new Encoder()
        .text(member)
        .large(1)
        .text("a test")
        .list(List.<HeldLease>of(), Wire::lease)
        .writeTo(socket.getOutputStream());
  }

  private static boolean isWelcome(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    return Frame.read(in, Frame.BYTES_MAX).length > 24;
  }

  /** Which of a process's connections counts goes by when they were made, not by who is quicker. */
  @Test
  void introduction_onAConnectionThatIsNotTheNewestOfItsProcess_isCut() throws IOException {
    String member = "E".repeat(32);
    try (Socket given = proved(connect());
        Socket up = proved(connect());
        Socket newest = proved(connect())) {
      introduce(given, member);
      assertTrue(isWelcome(given));
      introduce(newest, member);
      assertTrue(isWelcome(newest));
      assertTrue(isCut(given));
      introduce(up, member);
      assertTrue(isCut(up));
      new Encoder().octet(Kind.SEQ.code()).large(7).writeTo(newest.getOutputStream());
      Decoder answer =
          new Decoder(Frame.read(new DataInputStream(newest.getInputStream()), Frame.BYTES_MAX));
      assertEquals(Kind.ANSWER, Kind.of(answer.octet()));
      assertEquals(7, answer.large());
    }
  }

  private static byte[] frame(byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(payload);
    return ByteBuffer.allocate(8 + payload.length)
        .putInt(payload.length)
        .putInt((int) crc.getValue())
        .put(payload)
        .array();
  }

  private static byte[] hello(int oldest, int newest) {
    return frame(
        ByteBuffer.allocate(48)
            .putInt(0x4D344A53)
            .putInt(oldest)
            .putInt(newest)
            .putInt(32)
            .put(new byte[32])
            .array());
  }

  @Test
  void hello_ofOtherProtocols_isCut() throws IOException {
    assertTrue(isCutAfter(hello(0, 0)));
    assertTrue(isCutAfter(hello(2, 9)));
  }

  @Test
  void frames_truncatedOversizedOrDamaged_areCut() throws IOException {
    assertTrue(isCutAfter(ByteBuffer.allocate(8).putInt(Integer.MAX_VALUE).array()));
    assertTrue(isCutAfter(ByteBuffer.allocate(8).putInt(-1).array()));
    assertTrue(isCutAfter(ByteBuffer.allocate(8).putInt(0).array()));
    assertTrue(isCutAfter(ByteBuffer.allocate(8).putInt(513).array()));
    byte[] damaged = hello(1, 1);
    damaged[20] ^= 1;
    assertTrue(isCutAfter(damaged));
    try (Socket socket = connect()) {
      socket.getOutputStream().write(hello(1, 1), 0, 30);
      socket.shutdownOutput();
      assertTrue(isCut(socket));
    }
    for (int length : new int[] {Frame.BYTES_MAX + 1, Integer.MIN_VALUE}) {
      try (Socket socket = authenticated('B')) {
        socket.getOutputStream().write(ByteBuffer.allocate(8).putInt(length).array());
        assertTrue(isCut(socket));
      }
    }
  }

  @Test
  void introduction_byAnotherNameThanAMembers_isCutAndTouchesNoFile() throws IOException {
    Path outside = Files.writeString(directory.resolve("outside"), "kept");
    for (String name : List.of("", "../outside", "a\0b", "a".repeat(32), "A".repeat(33), "/tmp")) {
      try (Socket socket = introduced(name)) {
        assertTrue(isCut(socket), name);
      }
    }
    awaitTwo();
    assertEquals("kept", Files.readString(outside));
  }

  @Test
  void silence_ofAStranger_isCut() throws IOException {
    assertTrue(isCutAfter(new byte[0]));
  }

  @Test
  void proof_withoutTheSecret_isCut() throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(hello(1, 1));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      assertTrue(Frame.read(in, Frame.STRANGER_BYTES_MAX).length > 64);
      byte[] wrong =
          ByteBuffer.allocate(40).putInt(0x4D344A53).putInt(32).put(new byte[32]).array();
      socket.getOutputStream().write(frame(wrong));
      assertTrue(isCut(socket));
    }
  }

  @Test
  @DisplayName("frames_random_harmNobody, seed " + SEED)
  void frames_random_harmNobody() throws IOException {
    Random chance = new Random(SEED);
    Socket socket = authenticated('A');
    for (int i = 0; i < FRAMES; i++) {
      byte[] payload = new byte[1 + chance.nextInt(200)];
      chance.nextBytes(payload);
      if (chance.nextInt(3) > 0) {
        payload[0] = (byte) (16 + chance.nextInt(20)); // a request, with nonsense in it
      }
      try {
        socket.getOutputStream().write(frame(payload));
      } catch (IOException cut) {
        socket.close();
        socket = authenticated('A');
      }
    }
    socket.close();
    for (int i = 0; i < 200; i++) {
      byte[] noise = new byte[chance.nextInt(600)];
      chance.nextBytes(noise);
      try (Socket stranger = connect()) {
        stranger.getOutputStream().write(noise);
      }
    }
    awaitTwo();
  }

  @Test
  void secret_removed_isMadeAgainAndNewGuestsComeIn() throws IOException {
    String before = Files.readString(directory.resolve("mapi4j.secret"));
    Files.delete(directory.resolve("mapi4j.secret"));
    SharedWriter.open(directory, "late", SharedOptions.PATIENCE).close();
    assertNotEquals(before, Files.readString(directory.resolve("mapi4j.secret")));
  }

  @Test
  void secret_thatOthersMayRead_isReplaced() throws IOException {
    Path file = directory.resolve("mapi4j.secret");
    String before = Files.readString(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    SharedWriter.open(directory, "late", SharedOptions.PATIENCE).close();
    assertNotEquals(before, Files.readString(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void stranger_onThePort_learnsOneRandomNumber(@TempDir Path other) throws Exception {
    try (OwnerLock lock = OwnerLock.tryAcquire(other).orElseThrow();
        ServerSocket stranger = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertTrue(lock != null && Secret.ensure(other) != null);
      new PortFile(stranger.getLocalPort(), 1, 1, 1, "a stranger").write(other);
      CompletableFuture<byte[]> heard = new CompletableFuture<>();
      Server.daemon(() -> answer(stranger, heard), "stranger");
      assertThrows(
          StorageFault.Unreachable.class, () -> SharedWriter.open(other, "late", PATIENCE).close());
      byte[] hello = heard.join();
      assertEquals(8 + 12 + 4 + 32, hello.length, HexFormat.of().formatHex(hello));
      String secret = Files.readString(other.resolve("mapi4j.secret")).strip();
      assertFalse(HexFormat.of().formatHex(hello).contains(secret.substring(0, 16)));
    }
    // The stranger is gone: who comes owns the store.
    try (SharedEngine late = SharedWriter.open(other, "late", PATIENCE)) {
      assertTrue(late.isOwner());
    }
  }

  /** Answers with a proof of its own, and tells all that was sent to it. */
  private static void answer(ServerSocket stranger, CompletableFuture<byte[]> heard) {
    try (Socket socket = stranger.accept()) {
      byte[] hello = socket.getInputStream().readNBytes(56);
      new Encoder()
          .number(0x4D344A53)
          .number(1)
          .bytes(bytes("c".repeat(32)))
          .bytes(bytes("p".repeat(32)))
          .writeTo(socket.getOutputStream());
      byte[] more = socket.getInputStream().readAllBytes();
      byte[] all = ByteBuffer.allocate(hello.length + more.length).put(hello).put(more).array();
      heard.complete(all);
    } catch (IOException e) {
      heard.completeExceptionally(e);
    }
  }

  @Test
  void stranger_whoPassesTheConversationOn_isNotBelieved() throws Exception {
    try (ServerSocket between = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Socket toOwner = connect()) {
      Server.daemon(() -> pass(between, toOwner), "between");
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), between.getLocalPort())) {
        FrameFault fault =
            assertThrows(
                FrameFault.class,
                () ->
                    Handshake.asGuest(
                        new DataInputStream(socket.getInputStream()),
                        socket.getOutputStream(),
                        directory,
                        between.getLocalPort()));
        assertTrue(fault.getMessage().contains("secret"), fault.getMessage());
      }
    }
  }

  private static void pass(ServerSocket between, Socket toOwner) {
    try (Socket guest = between.accept()) {
      byte[] hello = guest.getInputStream().readNBytes(56);
      toOwner.getOutputStream().write(hello);
      guest.getOutputStream().write(toOwner.getInputStream().readNBytes(8 + 8 + 36 + 36));
      assertEquals(-1, guest.getInputStream().read());
    } catch (IOException reset) {
      return;
    }
  }

  @Test
  void owner_ofOtherProtocols_isNamedWithBothVersions(@TempDir Path other) throws Exception {
    try (OwnerLock lock = OwnerLock.tryAcquire(other).orElseThrow()) {
      assertTrue(lock != null);
      new PortFile(9, 7, 8, 4711, "mail with mapi4j 9.0").write(other);
      StorageFault.NewerFormat fault =
          assertThrows(
              StorageFault.NewerFormat.class,
              () -> SharedWriter.open(other, "late", PATIENCE).close());
      for (String said : List.of("pid 4711", "mapi4j 9.0", "7 to 8", "1 to 1")) {
        assertTrue(fault.getMessage().contains(said), fault.getMessage());
      }
    }
  }

  @Test
  void disk_fullInTheOwner_isDiskFullForTheGuestToo(@TempDir Path small) {
    JeOptions options = JeOptions.DEFAULT.withDiskBytesMax(8 << 20);
    SharedOptions shared = new SharedOptions("test", SharedOptions.PATIENCE);
    try (SharedEngine first = SharedEngine.open(small, shared, new Opener(small, options));
        SharedEngine second = SharedEngine.open(small, shared, new Opener(small, options))) {
      int saved = 0;
      StorageFault fault = null;
      while (fault == null && saved < 1000) {
        try {
          byte[] value = new byte[100_000];
          new Random(saved).nextBytes(value);
          Batch.Builder batch =
              Batch.builder().put(bytes("k" + saved), 1, org.mapi4j.types.Bytes.wrap(value));
          committed(second, batch);
          saved++;
        } catch (StorageFault full) {
          fault = full;
        }
      }
      assertTrue(fault instanceof StorageFault.DiskFull, "" + fault);
      for (int i = 0; i < saved; i++) {
        assertTrue(second.get(bytes("k" + i)).isPresent());
      }
      assertTrue(first.isOwner());
    }
  }
}
