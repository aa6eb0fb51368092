package org.mapi4j.engine.shared;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.EngineMaintenance;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Shard;
import org.mapi4j.types.Bytes;

/** What a peer asks the owner for, one method a kind. */
final class Requests implements AutoCloseable {
  /** Bytes of rows or changes in one answer, and one item more. */
  static final int PAGE_BYTES = 1 << 20;

  /** Items read at once. */
  private static final int PAGE_ITEMS = 256;

  private final Server server;
  private final Shard shard;
  private final Peer peer;
  private AutoCloseable watch;

  Requests(Server server, Peer peer) {
    this.server = server;
    this.shard = server.shard();
    this.peer = peer;
  }

  /** Throws {@link FrameFault} for what is no request. */
  void handle(Kind kind, Decoder in, Desk.Guest guest) {
    long id = in.large();
    switch (kind) {
      case COMMIT -> commit(id, in, guest);
      case SYNC -> {
        CompletionStage<Void> stage = shard.sync(in.large());
        peer.defer(() -> settle(id, stage, (out, nothing) -> {}));
      }
      case OUTCOME -> {
        Bytes token = in.bytes();
        long after = in.large();
        peer.defer(
            () -> {
              peer.awaitBeside();
              answer(id, () -> shard.outcomeOf(token, after), Requests::number);
            });
      }
      case GET -> {
        Bytes key = in.bytes();
        answer(id, () -> shard.get(key), Wire::optionalRow);
      }
      case GET_ALL -> {
        List<Bytes> keys = in.list(Decoder::bytes);
        answer(id, () -> rows(keys), (out, rows) -> out.list(rows, Wire::optionalRow));
      }
      case SCAN -> scan(id, in);
      case SEQ -> answer(id, shard::seq, Encoder::large);
      case CHANGES -> changes(id, in);
      case WATCH -> answer(id, this::watch, Encoder::large);
      case LEASE -> {
        HeldLease lease = Wire.lease(in);
        answer(
            id,
            () -> {
              guest.lease(lease);
              return lease.id();
            },
            Encoder::large);
      }
      case UNLEASE -> guest.unlease(in.large());
      case END_SESSION -> guest.endSession(in.large());
      case PARTICIPANTS ->
          answer(id, server::participants, (out, all) -> out.list(all, Participant::write));
      // On a thread of its own: it may take minutes.
      case CHECK, COMPACT, FILES ->
          Server.daemon(() -> maintain(kind, id), "mapi4j-shared-maintenance");
      default -> throw new FrameFault("no request: " + kind);
    }
    in.end();
  }

  private <T> void answer(long id, Supplier<T> body, BiConsumer<Encoder, T> write) {
    T value;
    try {
      value = body.get();
    } catch (RuntimeException | Error fault) {
      // An Error too: who asks gets an answer, not a broken connection on which it asks again.
      peer.fault(id, fault);
      return;
    }
    peer.answer(id, out -> write.accept(out, value));
  }

  private <T> void settle(long id, CompletionStage<T> stage, BiConsumer<Encoder, T> write) {
    answer(id, () -> Waiting.on(stage), write);
  }

  private void commit(long id, Decoder in, Desk.Guest guest) {
    Batch batch = Wire.batch(in);
    boolean waits = server.desk().waits(batch);
    CompletionStage<Outcome> stage = server.desk().commit(guest, batch);
    Runnable telling = () -> settle(id, stage, Wire::outcome);
    if (!waits || !peer.besideOthers(telling)) {
      peer.defer(telling);
    }
  }

  private static void number(Encoder out, OptionalLong value) {
    out.flag(value.isPresent()).large(value.orElse(0));
  }

  /** As many as an answer holds, one at least; the peer asks for the others again. */
  private List<Optional<Row>> rows(List<Bytes> keys) {
    List<Optional<Row>> rows = shard.getAll(keys.subList(0, Math.min(keys.size(), PAGE_ITEMS)));
    int bytes = 0;
    for (int i = 0; i < rows.size(); i++) {
      bytes += rows.get(i).map(row -> row.value().size()).orElse(0);
      if (bytes > PAGE_BYTES) {
        return rows.subList(0, i + 1);
      }
    }
    return rows;
  }

  private void scan(long id, Decoder in) {
    KeyRange range = Wire.range(in);
    boolean reverse = in.flag();
    int limit = in.number();
    answer(
        id,
        () -> shard.scan(range, reverse, Math.min(limit, PAGE_ITEMS)),
        (out, rows) -> page(out, rows, limit, Wire::row));
  }

  private void changes(long id, Decoder in) {
    long since = in.large();
    int limit = in.number();
    answer(
        id,
        () -> shard.changesSince(since, Math.min(limit, PAGE_ITEMS)),
        (out, found) -> {
          out.flag(found.isPresent());
          List<Change> changes = found.orElse(List.of());
          page(out, changes, limit, Wire::change);
        });
  }

  /** As many items as an answer holds, and whether there may be more. */
  private static <T> void page(
      Encoder out, List<T> items, int limit, BiConsumer<Encoder, T> write) {
    int sent = 0;
    for (T item : items) {
      if (out.payloadBytes() > PAGE_BYTES) {
        break;
      }
      out.flag(true);
      write.accept(out, item);
      sent++;
    }
    boolean more = sent < items.size() || items.size() == PAGE_ITEMS && limit > PAGE_ITEMS;
    out.flag(false).flag(more);
  }

  /** Reads what {@link #page} wrote into a list; true when there may be more. */
  static <T> boolean readPage(Decoder in, List<T> into, Function<Decoder, T> read) {
    List<T> page = new ArrayList<>();
    while (in.flag()) {
      page.add(read.apply(in));
    }
    boolean more = in.flag();
    in.end();
    into.addAll(page);
    return more && !page.isEmpty();
  }

  private long watch() {
    long seq = shard.seq();
    if (watch == null) {
      watch = shard.watch(seq, change -> peer.news(change.seq()));
    }
    return seq;
  }

  private record Files(long bytes, int formatVersion) {
    static Files of(EngineMaintenance engine) {
      return new Files(engine.diskBytes(), engine.formatVersion());
    }
  }

  private void maintain(Kind kind, long id) {
    switch (kind) {
      case CHECK -> answer(id, () -> Owned.files(shard).check(), Requests::checkReport);
      case COMPACT -> answer(id, () -> Owned.files(shard).compact(), Requests::compactReport);
      default ->
          answer(
              id,
              () -> Files.of(Owned.files(shard)),
              (out, files) -> out.large(files.bytes()).number(files.formatVersion()));
    }
  }

  private static void checkReport(Encoder out, EngineMaintenance.CheckReport report) {
    out.large(report.rows()).large(report.bytes()).list(report.problems(), Encoder::text);
  }

  private static void compactReport(Encoder out, EngineMaintenance.CompactReport report) {
    out.large(report.bytesBefore()).large(report.bytesAfter());
  }

  /** Ends the watch. */
  @Override
  public void close() {
    if (watch != null) {
      try {
        watch.close();
      } catch (Exception impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
