package org.mapi4j.engine.shared;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.BatchLimits;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Stamps;
import org.mapi4j.types.Bytes;

/**
 * The way through a connection. Requests go out on the caller's thread, whole; a reader of its own
 * takes in the answers, in any order.
 */
final class Remote implements Attachment {
  private static final int CONNECT_MILLIS = 1_000;
  private static final long FAREWELL_MILLIS_MAX = 500;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final Pending pending;
  private final Runnable whenLost;
  private final BatchLimits limits;
  private final Stamps stamps;
  private final Object sending = new Object();
  private volatile long sendingSince;
  private volatile News news = News.NOBODY;

  private Remote(
      Socket socket,
      DataInputStream in,
      Pending pending,
      Runnable whenLost,
      BatchLimits limits,
      Stamps stamps)
      throws IOException {
    this.socket = socket;
    this.in = in;
    this.out = socket.getOutputStream();
    this.pending = pending;
    this.whenLost = whenLost;
    this.limits = limits;
    this.stamps = stamps;
  }

  /**
   * Connects to an owner and introduces this process with all its leases. Throws IOException or
   * {@link FrameFault} when there is no owner of ours at the port.
   *
   * @param whenLost called once, when the connection has ended, before calls end with {@link Lost}
   */
  static Remote connect(Owned.Plan plan, PortFile owner, Runnable whenLost) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(Loopback.port(owner.port()), CONNECT_MILLIS);
      DataInputStream in = Loopback.input(socket);
      Handshake.asGuest(in, socket.getOutputStream(), plan.directory(), owner.port());
      new Encoder()
          .text(plan.members().name())
          .large(ProcessHandle.current().pid())
          .text(plan.options().program())
          .list(plan.leases(), Wire::lease)
          .writeTo(socket.getOutputStream());
      // It decides first what an older connection of ours gave it, and disks are slow at times.
      long patience = plan.options().patience().toMillis();
      socket.setSoTimeout((int) Math.max(Handshake.STEP_MILLIS, patience / 2));
      Decoder welcome = new Decoder(Frame.read(in, Frame.BYTES_MAX));
      BatchLimits limits = Wire.limits(welcome);
      Stamps stamps =
          StampFile.of(plan.directory(), welcome.bytes()).map(StampFile::stamps).orElse(null);
      Pending pending =
          new Pending(
              plan.options().patience().toNanos(),
              "%s: its owner, pid %d, %s,"
                  .formatted(plan.directory(), welcome.large(), welcome.text()),
              System::nanoTime);
      welcome.end();
      socket.setSoTimeout(0);
      Remote remote = new Remote(socket, in, pending, whenLost, limits, stamps);
      Server.daemon(remote::read, "mapi4j-shared-reader");
      return remote;
    } catch (IOException | RuntimeException | Error failed) {
      socket.close();
      throw failed;
    }
  }

  private void read() {
    try {
      while (true) {
        Decoder answer = new Decoder(Frame.read(in, Frame.BYTES_MAX));
        Kind kind = Kind.of(answer.octet());
        if (kind == Kind.BYE) {
          return;
        } else if (kind == Kind.NEWS) {
          news.came(answer.large());
        } else if (kind == Kind.ANSWER) {
          pending.answered(answer.large(), answer);
        } else if (kind == Kind.FAULT) {
          pending.failed(answer.large(), WireFault.read(answer));
        } else {
          throw new FrameFault("no answer: " + kind);
        }
      }
    } catch (IOException | FrameFault ended) {
      return;
    } finally {
      cut();
      pending.close(whenLost);
    }
  }

  private void cut() {
    Loopback.cut(socket);
  }

  private CompletableFuture<Decoder> ask(Kind kind, Consumer<Encoder> body) {
    long id = pending.newId();
    Encoder request = new Encoder().octet(kind.code()).large(id);
    body.accept(request); // what cannot be said is not waited for
    Pending.Answer answer = pending.expect(kind, id);
    send(request);
    return answer;
  }

  private void tell(Kind kind, long value) {
    send(new Encoder().octet(kind.code()).large(0).large(value));
  }

  /** A connection that takes nothing any more ends with its reader, which tells all who wait. */
  private void send(Encoder request) {
    synchronized (sending) {
      sendingSince = System.nanoTime() | 1;
      boolean whole = false;
      try {
        request.writeTo(out);
        whole = true;
      } catch (IOException gone) {
        return;
      } finally {
        if (!whole) {
          cut();
        }
        sendingSince = 0;
      }
    }
  }

  private Decoder answer(Kind kind, Consumer<Encoder> body) {
    return Waiting.on(ask(kind, body));
  }

  @Override
  public BatchLimits limits() {
    return limits;
  }

  @Override
  public Stamps stamps() {
    return stamps;
  }

  @Override
  public CompletionStage<Outcome> commit(Batch batch) {
    return ask(Kind.COMMIT, out -> Wire.batch(out, batch)).thenApply(Wire::outcome);
  }

  @Override
  public CompletionStage<Void> sync(long since) {
    return ask(Kind.SYNC, out -> out.large(since)).thenApply(done -> null);
  }

  @Override
  public Optional<Row> get(Bytes key) {
    Decoder answer = answer(Kind.GET, out -> out.bytes(key));
    return Wire.optionalRow(answer);
  }

  @Override
  public List<Optional<Row>> getAll(List<Bytes> keys) {
    List<Optional<Row>> rows = new ArrayList<>(keys.size());
    while (rows.size() < keys.size()) {
      List<Bytes> rest = keys.subList(rows.size(), keys.size());
      Decoder page = answer(Kind.GET_ALL, out -> out.list(rest, Encoder::bytes));
      rows.addAll(page.list(Wire::optionalRow));
      page.end();
    }
    return rows;
  }

  @Override
  public List<Row> scan(KeyRange range, boolean reverse, int limit) {
    List<Row> rows = new ArrayList<>();
    KeyRange rest = range;
    boolean more = limit > 0;
    while (more && rows.size() < limit) {
      KeyRange now = rest;
      int left = limit - rows.size();
      Decoder page =
          answer(
              Kind.SCAN,
              out -> {
                Wire.range(out, now);
                out.flag(reverse).number(left);
              });
      more = Requests.readPage(page, rows, Wire::row);
      if (more) {
        Bytes last = rows.get(rows.size() - 1).key();
        rest = reverse ? rest.endingBefore(last) : rest.startingAfter(last);
      }
    }
    return rows;
  }

  @Override
  public long seq() {
    return answer(Kind.SEQ, out -> {}).large();
  }

  @Override
  public Optional<List<Change>> changesSince(long seq, int limit) {
    List<Change> changes = new ArrayList<>();
    long since = seq;
    boolean more = true;
    while (more && (changes.isEmpty() || changes.size() < limit)) {
      long from = since;
      int left = limit - changes.size();
      Decoder page = answer(Kind.CHANGES, out -> out.large(from).number(left));
      if (!page.flag()) {
        return Optional.empty();
      }
      more = Requests.readPage(page, changes, Wire::change);
      since = changes.isEmpty() ? seq : changes.get(changes.size() - 1).seq();
    }
    return Optional.of(changes);
  }

  @Override
  public OptionalLong outcomeOf(Bytes token, long after) {
    Decoder answer = answer(Kind.OUTCOME, out -> out.bytes(token).large(after));
    return answer.flag() ? OptionalLong.of(answer.large()) : OptionalLong.empty();
  }

  @Override
  public void watch(News listener) {
    news = listener;
    listener.came(answer(Kind.WATCH, out -> {}).large());
  }

  @Override
  public void lease(HeldLease lease) {
    long id = answer(Kind.LEASE, out -> Wire.lease(out, lease)).large();
    assert id == lease.id() : id;
  }

  @Override
  public void unlease(long id) {
    tell(Kind.UNLEASE, id);
  }

  @Override
  public void endSession(long session) {
    tell(Kind.END_SESSION, session);
  }

  /**
   * The owner takes requests in order: what it answers tells that it heard those before. One that
   * is silent is not asked, or each handle that is released would wait for the next tick.
   */
  @Override
  public void awaitHeard() {
    if (!pending.isSilent()) {
      long seq = seq();
      assert seq >= 0 : seq;
    }
  }

  @Override
  public List<Participant> participants() {
    return answer(Kind.PARTICIPANTS, out -> {}).list(Participant::read);
  }

  @Override
  public boolean isOwner() {
    return false;
  }

  @Override
  public CheckReport check() {
    Decoder answer = answer(Kind.CHECK, out -> {});
    return new CheckReport(answer.large(), answer.large(), answer.list(Decoder::text));
  }

  @Override
  public CompactReport compact() {
    Decoder answer = answer(Kind.COMPACT, out -> {});
    return new CompactReport(answer.large(), answer.large());
  }

  @Override
  public long diskBytes() {
    return answer(Kind.FILES, out -> {}).large();
  }

  @Override
  public int formatVersion() {
    Decoder answer = answer(Kind.FILES, out -> {});
    long bytes = answer.large();
    assert bytes >= 0 : bytes;
    return answer.number();
  }

  /** Ends waiting for an owner that is silent, and sending to one that takes nothing. */
  @Override
  public void tick() {
    if (sendingSince == 0 && pending.onlyLongOpen()) {
      CompletableFuture<Decoder> signOfLife = ask(Kind.SEQ, out -> {});
      assert signOfLife != null;
    }
    pending.tick();
    long since = sendingSince;
    if (since != 0 && pending.isOver(since)) {
      cut();
    }
  }

  @Override
  public void abandon() {
    cut();
  }

  /**
   * Says goodbye, unless the owner takes nothing: then the connection ends without, and its member
   * file tells.
   */
  @Override
  public void close() {
    try {
      if (sendingSince == 0) {
        CountDownLatch said = new CountDownLatch(1);
        Server.daemon(
            () -> {
              send(new Encoder().octet(Kind.BYE.code()));
              said.countDown();
            },
            "mapi4j-shared-farewell");
        Waiting.on(said, FAREWELL_MILLIS_MAX);
      }
    } finally {
      cut();
    }
  }
}
