package org.mapi4j.engine.memory;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.BatchLimits;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.ChangeFeed;
import org.mapi4j.spi.ChangeListener;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Lease;
import org.mapi4j.spi.LeaseTable;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.Stamps;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;

/** A shard in the heap. Everything it holds is gone with it. */
public final class MemoryEngine implements Shard {
  private final BatchLimits limits;
  private final TreeMap<Bytes, Row> rows = new TreeMap<>();
  private final TreeMap<Long, Change> changes = new TreeMap<>();
  private final Map<Bytes, Long> tokens;
  private final LeaseTable leases = new LeaseTable();
  private final Stamps stamps = new Stamps();
  private final ChangeFeed feed = new ChangeFeed(this);
  private volatile long seq;
  private boolean closed;

  /** A shard without rows. */
  public MemoryEngine() {
    this(BatchLimits.DEFAULT);
  }

  /** A shard without rows and with these limits. */
  public MemoryEngine(BatchLimits limits) {
    this.limits = limits;
    this.tokens =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Bytes, Long> eldest) {
            return size() > Math.max(limits.tokensKept(), limits.changesKept());
          }
        };
  }

  @Override
  public BatchLimits limits() {
    return limits;
  }

  @Override
  public synchronized CompletionStage<Outcome> commit(Batch batch) {
    try {
      expectOpen();
      checkLimits(batch);
      for (Batch.Expectation expectation : batch.expectations()) {
        Outcome.Conflict conflict = check(expectation);
        if (conflict != null) {
          return CompletableFuture.completedFuture(conflict);
        }
      }
      return CompletableFuture.completedFuture(apply(batch));
    } catch (StorageFault fault) {
      return CompletableFuture.failedFuture(fault);
    }
  }

  private void checkLimits(Batch batch) {
    limits.check(batch);
    for (Batch.Op op : batch.ops()) {
      if (op instanceof Batch.Op.DeleteRange range) {
        limits.checkDeleteRange(scanRange(range.range()).size());
      }
    }
  }

  private Outcome.Conflict check(Batch.Expectation expectation) {
    if (expectation instanceof Batch.Expectation.Version expected) {
      Row row = rows.get(expected.key());
      long version = row == null ? Batch.ABSENT : row.version();
      return version == expected.version()
          ? null
          : new Outcome.Conflict(expected.key(), Outcome.Reason.VERSION);
    }
    if (expectation instanceof Batch.Expectation.Present present) {
      return rows.containsKey(present.key())
          ? null
          : new Outcome.Conflict(present.key(), Outcome.Reason.ABSENT);
    }
    if (expectation instanceof Batch.Expectation.Empty empty) {
      NavigableMap<Bytes, Row> found = scanRange(empty.range());
      return found.isEmpty()
          ? null
          : new Outcome.Conflict(found.firstKey(), Outcome.Reason.NOT_EMPTY);
    }
    Batch.Expectation.Unleased unleased = (Batch.Expectation.Unleased) expectation;
    return leases.allows(unleased)
        ? null
        : new Outcome.Conflict(unleased.key(), Outcome.Reason.LEASED);
  }

  private Outcome apply(Batch batch) {
    List<Bytes> put = new ArrayList<>();
    List<Bytes> deleted = new ArrayList<>();
    List<KeyRange> ranges = new ArrayList<>();
    for (Batch.Op op : batch.ops()) {
      if (op instanceof Batch.Op.Put write) {
        rows.put(write.key(), new Row(write.key(), write.version(), write.value()));
        put.add(write.key());
      } else if (op instanceof Batch.Op.Add add) {
        Row row = rows.get(add.key());
        long sum = (row == null ? 0 : row.counter()) + add.delta();
        rows.put(
            add.key(),
            new Row(
                add.key(), 0, Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(sum).array())));
        put.add(add.key());
      } else if (op instanceof Batch.Op.Delete delete) {
        rows.remove(delete.key());
        deleted.add(delete.key());
      } else {
        KeyRange range = ((Batch.Op.DeleteRange) op).range();
        NavigableMap<Bytes, Row> gone = scanRange(range);
        gone.keySet().forEach(stamps::begin);
        gone.clear();
        ranges.add(range);
      }
    }
    put.forEach(stamps::begin);
    deleted.forEach(stamps::begin);
    stamps.end();
    long number = seq + 1;
    changes.put(number, new Change(number, put, deleted, ranges));
    while (changes.size() > limits.changesKept()) {
      changes.pollFirstEntry();
    }
    if (!batch.token().isEmpty()) {
      tokens.put(batch.token(), number);
    }
    seq = number;
    feed.published();
    return new Outcome.Committed(number);
  }

  @Override
  public CompletionStage<Void> sync(long since) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized Optional<Row> get(Bytes key) {
    expectOpen();
    return Optional.ofNullable(rows.get(key));
  }

  @Override
  public synchronized List<Row> scan(KeyRange range, boolean reverse, int limit) {
    expectOpen();
    NavigableMap<Bytes, Row> found = scanRange(range);
    return (reverse ? found.descendingMap() : found).values().stream().limit(limit).toList();
  }

  private NavigableMap<Bytes, Row> scanRange(KeyRange range) {
    return range.to() == null
        ? rows.tailMap(range.from(), true)
        : rows.subMap(range.from(), true, range.to(), false);
  }

  @Override
  public long seq() {
    return seq;
  }

  @Override
  public synchronized Optional<List<Change>> changesSince(long since, int limit) {
    boolean kept = since >= seq || !changes.isEmpty() && changes.firstKey() <= since + 1;
    return kept
        ? Optional.of(changes.tailMap(since, false).values().stream().limit(limit).toList())
        : Optional.empty();
  }

  @Override
  public AutoCloseable watch(long since, ChangeListener listener) {
    return feed.watch(since, listener);
  }

  @Override
  public synchronized OptionalLong outcomeOf(Bytes token, long after) {
    Long committed = tokens.get(token);
    return committed == null ? OptionalLong.empty() : OptionalLong.of(committed);
  }

  @Override
  public long stamp(Bytes key) {
    return stamps.get(key);
  }

  @Override
  public synchronized Lease lease(Bytes key, long session, Lease.Mode mode) {
    return leases.lease(key, session, mode);
  }

  @Override
  public long newSession() {
    return leases.newSession();
  }

  @Override
  public void endSession(long session) {
    leases.endSession(session);
  }

  @Override
  public synchronized void close() {
    closed = true;
    feed.close();
  }

  private void expectOpen() {
    if (closed) {
      throw new StorageFault.Closed("the store was closed", null);
    }
  }
}
