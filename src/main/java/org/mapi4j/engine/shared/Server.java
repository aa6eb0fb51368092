package org.mapi4j.engine.shared;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.StoreThread;
import org.mapi4j.types.Bytes;

/** The owner's port: lets processes of the same user in, and serves each on threads of its own. */
final class Server implements AutoCloseable {
  /** Peers that have not proved yet who they are, at one time. */
  private static final int STRANGERS_MAX = 64;

  /** How long a peer may take for that. */
  private static final long STRANGER_NANOS_MAX = 5_000_000_000L;

  /** How long an owner that ends waits for processes that take no answers. */
  private static final long FAREWELL_MILLIS_MAX = 500;

  private static final int BACKLOG = 64;

  /** How often the owner looks whether others can still find it. */
  private static final long PORT_LOOK_NANOS = 500_000_000L;

  private final Path directory;
  private final Shard shard;
  private final Desk desk;
  private final Bytes stampId;
  private final Participant self;
  private final ServerSocket socket = new ServerSocket();
  private final Set<Peer> peers = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;
  private long portSeen;
  private long admitted;

  Server(Path directory, Shard shard, Desk desk, Bytes stampId, Participant self)
      throws IOException {
    this.directory = directory;
    this.shard = shard;
    this.desk = desk;
    this.stampId = stampId;
    this.self = self;
  }

  /** Listens, and says where. */
  void start() throws IOException {
    try {
      Secret secret = Secret.ensure(directory);
      assert secret != null : directory;
      socket.bind(Loopback.port(0), BACKLOG);
      daemon(this::accept, "mapi4j-shared-port");
      writePort();
    } catch (IOException | RuntimeException | Error failed) {
      socket.close();
      throw failed;
    }
  }

  private void writePort() throws IOException {
    new PortFile(port(), Handshake.PROTOCOL_MIN, Handshake.PROTOCOL_MAX, self.pid(), self.program())
        .write(directory);
    portSeen = System.nanoTime();
  }

  /** Who deletes or overwrites the file keeps everyone else out, unless it comes back. */
  private void lookAfterPort() {
    if (System.nanoTime() - portSeen > PORT_LOOK_NANOS) {
      portSeen = System.nanoTime();
      try {
        Optional<PortFile> there = PortFile.read(directory);
        if (there.isEmpty() || there.get().port() != port()) {
          writePort();
        }
      } catch (IOException notNow) {
        return; // a full disk, or the like: it is looked at again
      }
    }
  }

  static void daemon(Runnable body, String name) {
    StoreThread.start(body, name);
  }

  int port() {
    return socket.getLocalPort();
  }

  Path directory() {
    return directory;
  }

  Shard shard() {
    return shard;
  }

  Desk desk() {
    return desk;
  }

  Bytes stampId() {
    return stampId;
  }

  Participant self() {
    return self;
  }

  List<Participant> participants() {
    List<Participant> all = new ArrayList<>();
    all.add(self);
    for (Peer peer : peers) {
      peer.participant().ifPresent(all::add);
    }
    return all;
  }

  private void accept() {
    while (!closing) {
      try {
        admit(socket.accept());
      } catch (IOException | RuntimeException | Error failed) {
        if (!closing) {
          Pause.millis(10); // no file or memory left for a connection, or the like: it passes
        }
      }
    }
  }

  private void admit(Socket connection) throws IOException {
    long strangers = peers.stream().filter(Peer::isStranger).count();
    if (closing || strangers >= STRANGERS_MAX) {
      connection.close();
      return;
    }
    Peer peer = null;
    boolean served = false;
    try {
      peer = new Peer(this, connection, ++admitted);
      peers.add(peer);
      if (!closing) { // otherwise who says goodbye to all may have passed it by
        daemon(peer, "mapi4j-shared-peer");
        served = true;
      }
    } finally {
      if (!served) { // another one may have more luck
        Loopback.cut(connection);
        if (peer != null) {
          peers.remove(peer);
        }
      }
    }
  }

  /**
   * A process came on a new connection: what it gave on older ones is decided first. Throws {@link
   * FrameFault} where it has come on a newer one already, which knows better what it has open.
   */
  void replaceOlder(Peer peer, String member) {
    List<Peer> older = new ArrayList<>();
    for (Peer other : peers) {
      if (other != peer && other.isOf(member)) {
        if (other.number() > peer.number()) {
          throw new FrameFault("its process has come on a newer connection");
        }
        older.add(other);
      }
    }
    older.forEach(Peer::cut);
    older.forEach(other -> other.awaitEnd(Long.MAX_VALUE));
  }

  void ended(Peer peer) {
    peers.remove(peer);
  }

  void tick() {
    for (Peer peer : peers) {
      if (peer.isStranger() && peer.ageNanos() > STRANGER_NANOS_MAX) {
        peer.cut();
      }
    }
    desk.tick();
    lookAfterPort();
  }

  /** Answers what was asked, says goodbye, and lets nobody in any more. */
  @Override
  public void close() throws IOException {
    closing = true;
    try {
      socket.close();
    } finally {
      peers.forEach(Peer::dismiss);
      long start = System.nanoTime();
      for (Peer peer : peers) {
        long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        peer.awaitEnd(Math.max(0, FAREWELL_MILLIS_MAX - passed));
        peer.cut();
      }
    }
  }
}
