package org.mapi4j.engine.shared;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One connection, on the owner's side. Its reader answers what is read at once; what commits have
 * to do with is answered in order by a second thread, so that reads do not wait for disks. A commit
 * that waits for other processes has a thread of its own, so that no other waits with it. A peer
 * that takes no answers blocks these threads and nobody else.
 */
final class Peer implements Runnable {
  private static final int DEFERRED_MAX = 1024;
  private static final long OFFER_MILLIS = 100;

  /** Answers under way beside those in order; more than that wait in order. */
  private static final int BESIDE_MAX = 16;

  private final Server server;
  private final Socket socket;
  private final long number;
  private final long since = System.nanoTime();
  private final BlockingQueue<Runnable> deferred = new LinkedBlockingQueue<>(DEFERRED_MAX);
  private final Semaphore beside = new Semaphore(BESIDE_MAX, true);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch answered = new CountDownLatch(1);
  private final Requests requests;
  private OutputStream out;
  private volatile String member;
  private volatile Participant participant;
  private volatile Desk.Guest guest;
  private volatile boolean introduced;
  private volatile boolean dismissed;

  /**
   * @param number grows with the time at which the connection was made
   */
  Peer(Server server, Socket socket, long number) {
    this.server = server;
    this.socket = socket;
    this.number = number;
    this.requests = new Requests(server, this);
  }

  /** What comes last. */
  private record End() implements Runnable {
    @Override
    public void run() {}
  }

  /** Until it has proved that it knows the secret, and said who it is. */
  boolean isStranger() {
    return !introduced;
  }

  long number() {
    return number;
  }

  boolean isOf(String name) {
    return name.equals(member);
  }

  long ageNanos() {
    return System.nanoTime() - since;
  }

  Optional<Participant> participant() {
    return Optional.ofNullable(participant);
  }

  @Override
  public void run() {
    boolean inOrder = false;
    try {
      DataInputStream in = Loopback.input(socket);
      out = socket.getOutputStream();
      Handshake.asOwner(in, out, server.directory(), server.port());
      welcome(in);
      socket.setSoTimeout(0);
      inOrder = serve(in);
    } catch (IOException | FrameFault itsOwnLoss) {
      // What it had given is decided; who it is comes back, or is dead.
      inOrder = false;
    } finally {
      end(inOrder);
    }
  }

  private void welcome(DataInputStream in) throws IOException {
    Decoder introduction = new Decoder(Frame.read(in, Frame.BYTES_MAX));
    String name = introduction.text();
    long pid = introduction.large();
    String program = introduction.text();
    List<HeldLease> leases = introduction.list(Wire::lease);
    introduction.end();
    if (!Members.isName(name)) {
      throw new FrameFault("a peer introduced itself by no member's name");
    }
    // Said before looking at others: of two connections of one process at least one sees the other.
    member = name;
    introduced = true;
    server.replaceOlder(this, name);
    // From here on its leases stand until it says goodbye or is dead, whatever fails below.
    guest = server.desk().arrive(name, leases);
    Server.daemon(this::answerDeferred, "mapi4j-shared-commits");
    participant = new Participant(false, pid, program);
    Encoder welcome = new Encoder();
    Wire.limits(welcome, server.shard().limits());
    welcome.bytes(server.stampId()).large(server.self().pid()).text(server.self().program());
    send(welcome);
  }

  /** True when the peer said goodbye. */
  private boolean serve(DataInputStream in) throws IOException {
    while (true) {
      Decoder request;
      try {
        request = new Decoder(Frame.read(in, Frame.BYTES_MAX));
      } catch (EOFException end) {
        return false;
      }
      Kind kind = Kind.of(request.octet());
      if (kind == Kind.BYE) {
        return true;
      }
      requests.handle(kind, request, guest);
    }
  }

  /** Does something after all that was deferred before. */
  void defer(Runnable work) {
    boolean interrupted = false;
    while (answered.getCount() > 0) {
      try {
        if (deferred.offer(work, OFFER_MILLIS, TimeUnit.MILLISECONDS)) {
          break;
        }
      } catch (InterruptedException notMeantForUs) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does something that may wait for other processes; false when it is to be deferred instead. */
  boolean besideOthers(Runnable work) {
    boolean room = false;
    boolean begun = false;
    try {
      room = beside.tryAcquire(0, TimeUnit.SECONDS); // not while one waits for all of them
      if (room) {
        Server.daemon(() -> answerBeside(work), "mapi4j-shared-beside");
        begun = true;
      }
    } catch (InterruptedException | OutOfMemoryError notNow) {
      begun = false; // nobody means to interrupt this thread; the next may find room
    } finally {
      if (room && !begun) {
        beside.release();
      }
    }
    return begun;
  }

  private void answerBeside(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error notAnswered) {
      cut(); // it is asked for again, on another connection
    } finally {
      beside.release();
    }
  }

  /** Waits until all is answered that was begun beside the others. */
  void awaitBeside() {
    beside.acquireUninterruptibly(BESIDE_MAX);
    beside.release(BESIDE_MAX);
  }

  /** To the end, whatever fails: only then is all decided that this connection gave. */
  private void answerDeferred() {
    while (true) {
      try {
        Runnable work = deferred.take();
        if (work instanceof End) {
          awaitBeside();
          answered.countDown();
          return;
        }
        work.run();
      } catch (InterruptedException notMeantForUs) {
        continue;
      } catch (RuntimeException | Error notAnswered) {
        cut(); // it is asked for again, on another connection
      }
    }
  }

  /**
   * Sends an answer; a connection that takes none any more is cut. One that has no room in a frame,
   * or in memory, is a fault: who asks would ask again, and break every connection.
   */
  void answer(long id, Consumer<Encoder> body) {
    Encoder answer = new Encoder().octet(Kind.ANSWER.code()).large(id);
    try {
      body.accept(answer);
    } catch (RuntimeException | Error unsayable) {
      fault(id, unsayable);
      return;
    }
    sendOrCut(answer);
  }

  void fault(long id, Throwable thrown) {
    Encoder answer = new Encoder().octet(Kind.FAULT.code()).large(id);
    WireFault.write(answer, thrown);
    sendOrCut(answer);
  }

  void news(long seq) {
    sendOrCut(new Encoder().octet(Kind.NEWS.code()).large(seq));
  }

  private void sendOrCut(Encoder frame) {
    try {
      send(frame);
    } catch (IOException gone) {
      cut();
    }
  }

  private synchronized void send(Encoder frame) throws IOException {
    frame.writeTo(out);
  }

  private void end(boolean inOrder) {
    if (guest != null) {
      requests.close();
      if (participant != null) {
        defer(new End());
        Waiting.on(answered, Long.MAX_VALUE);
      }
      if (dismissed) {
        sendOrCut(new Encoder().octet(Kind.BYE.code()));
      }
      server.desk().leave(member, guest, inOrder);
    }
    cut();
    server.ended(this);
    ended.countDown();
  }

  /** Answers what was received, says goodbye and ends. */
  void dismiss() {
    dismissed = true;
    try {
      socket.shutdownInput();
    } catch (IOException alreadyGone) {
      cut();
    }
  }

  /** Ends at once. */
  void cut() {
    Loopback.cut(socket);
  }

  void awaitEnd(long millis) {
    Waiting.on(ended, millis);
  }
}
