package org.mapi4j.provider;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.BatchLimits;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.ChangeListener;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Lease;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Shard;
import org.mapi4j.types.Bytes;

/** The simplest shard: one lock. */
class PlainShard implements Shard {
  final TreeMap<Bytes, Row> rows = new TreeMap<>();
  private final Map<Bytes, Long> tokens = new HashMap<>();
  private final Map<Long, Object[]> leases = new HashMap<>();
  private long seq;
  private long ids;

  @Override
  public BatchLimits limits() {
    return BatchLimits.DEFAULT;
  }

  @Override
  public synchronized CompletionStage<Outcome> commit(Batch batch) {
    for (Batch.Expectation e : batch.expectations()) {
      if (e instanceof Batch.Expectation.Version v
          && (rows.containsKey(v.key()) ? rows.get(v.key()).version() : Batch.ABSENT)
              != v.version()) {
        return conflict(v.key(), Outcome.Reason.VERSION);
      }
      if (e instanceof Batch.Expectation.Present p && !rows.containsKey(p.key())) {
        return conflict(p.key(), Outcome.Reason.ABSENT);
      }
      if (e instanceof Batch.Expectation.Empty p && !scan(p.range(), false, 1).isEmpty()) {
        return conflict(p.range().from(), Outcome.Reason.NOT_EMPTY);
      }
      if (e instanceof Batch.Expectation.Unleased u) {
        for (Map.Entry<Long, Object[]> lease : leases.entrySet()) {
          Object[] l = lease.getValue();
          boolean excepted =
              u.exceptSession() != 0 && u.exceptSession() == (Long) l[1]
                  || u.exceptLease() == lease.getKey();
          if (l[0].equals(u.key())
              && !excepted
              && (u.mode() == Lease.Mode.READ || l[2] == Lease.Mode.MODIFY)) {
            return conflict(u.key(), Outcome.Reason.LEASED);
          }
        }
      }
    }
    for (Batch.Op op : batch.ops()) {
      if (op instanceof Batch.Op.Put p) {
        rows.put(p.key(), new Row(p.key(), p.version(), p.value()));
      } else if (op instanceof Batch.Op.Add a) {
        long before = rows.containsKey(a.key()) ? rows.get(a.key()).counter() : 0;
        rows.put(
            a.key(),
            new Row(
                a.key(),
                0,
                Bytes.wrap(ByteBuffer.allocate(8).putLong(before + a.delta()).array())));
      } else if (op instanceof Batch.Op.Delete d) {
        rows.remove(d.key());
      } else if (op instanceof Batch.Op.DeleteRange d) {
        scan(d.range(), false, Integer.MAX_VALUE).forEach(r -> rows.remove(r.key()));
      }
    }
    seq++;
    tokens.put(batch.token(), seq);
    return CompletableFuture.completedFuture(new Outcome.Committed(seq));
  }

  private static CompletionStage<Outcome> conflict(Bytes key, Outcome.Reason reason) {
    return CompletableFuture.completedFuture(new Outcome.Conflict(key, reason));
  }

  @Override
  public CompletionStage<Void> sync(long since) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized Optional<Row> get(Bytes key) {
    return Optional.ofNullable(rows.get(key));
  }

  @Override
  public synchronized List<Row> scan(KeyRange range, boolean reverse, int limit) {
    var part =
        range.to() == null
            ? rows.tailMap(range.from(), true)
            : rows.subMap(range.from(), true, range.to(), false);
    var values = reverse ? part.descendingMap().values() : part.values();
    return new ArrayList<>(values.stream().limit(limit).toList());
  }

  /** Reads at once, as early as any engine may. */
  @Override
  public Supplier<List<Row>> scanAhead(KeyRange range, int limit) {
    List<Row> page = scan(range, false, limit);
    return () -> page;
  }

  @Override
  public synchronized long seq() {
    return seq;
  }

  @Override
  public Optional<List<Change>> changesSince(long since, int limit) {
    return Optional.empty();
  }

  @Override
  public AutoCloseable watch(long since, ChangeListener listener) {
    return () -> {};
  }

  @Override
  public synchronized OptionalLong outcomeOf(Bytes token, long after) {
    return tokens.containsKey(token) ? OptionalLong.of(tokens.get(token)) : OptionalLong.empty();
  }

  @Override
  public long stamp(Bytes key) {
    return 1;
  }

  @Override
  public synchronized Lease lease(Bytes key, long session, Lease.Mode mode) {
    long id = ++ids;
    leases.put(id, new Object[] {key, session, mode});
    return new Lease() {
      @Override
      public long id() {
        return id;
      }

      @Override
      public void close() {
        synchronized (PlainShard.this) {
          leases.remove(id);
        }
      }
    };
  }

  @Override
  public synchronized long newSession() {
    return ++ids;
  }

  @Override
  public synchronized void endSession(long session) {
    leases.values().removeIf(l -> (Long) l[1] == session);
  }

  @Override
  public void close() {}
}
