package org.mapi4j.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
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

/** Shards that do one thing wrong, for the proof that the history checker notices. */
public final class BrokenShards {
  private BrokenShards() {}

  /** Saves whatever the version: last writer wins. */
  public static Shard withoutVersionCheck(Shard good) {
    return new Passing(good) {
      @Override
      public CompletionStage<Outcome> commit(Batch batch) {
        return super.commit(without(batch, BrokenShards::isMessageVersion));
      }

      @Override
      public Optional<Row> get(Bytes key) {
        return super.get(key).map(row -> isMessage(key) ? new Row(key, 1, row.value()) : row);
      }

      @Override
      public long stamp(Bytes key) {
        return 1;
      }
    };
  }

  /**
   * Tells that a row changed some time after others could see it, as a cache does that is told
   * after the commit.
   */
  public static Shard publishingLate(Shard good) {
    return new Passing(good) {
      private static final long LATE_NANOS = 300_000;

      private record Told(long stamp, long at) {}

      private final Map<Bytes, Told> told = new ConcurrentHashMap<>();

      @Override
      public long stamp(Bytes key) {
        long now = System.nanoTime();
        Told last = told.get(key);
        if (last == null || now - last.at() > LATE_NANOS) {
          last = new Told(super.stamp(key), now);
          told.put(key, last);
        }
        return last.stamp();
      }
    };
  }

  /** Looks at the version first and writes later, without it. */
  public static Shard checkingBeforeWriting(Shard good) {
    return new Passing(good) {
      @Override
      public CompletionStage<Outcome> commit(Batch batch) {
        for (Batch.Expectation expectation : batch.expectations()) {
          if (expectation instanceof Batch.Expectation.Version expected
              && isMessage(expected.key())) {
            long version = get(expected.key()).map(Row::version).orElse(Batch.ABSENT);
            if (version != expected.version()) {
              return CompletableFuture.completedFuture(
                  new Outcome.Conflict(expected.key(), Outcome.Reason.VERSION));
            }
          }
        }
        Thread.yield();
        return super.commit(without(batch, e -> e instanceof Batch.Expectation.Version));
      }
    };
  }

  /** Gives the properties of one version with the recipients and attachments of a later one. */
  public static Shard readingInTwoSteps(Shard good) {
    return new Passing(good) {
      @Override
      public Optional<Row> get(Bytes key) {
        Optional<Row> first = super.get(key);
        if (!isMessage(key) || first.isEmpty()) {
          return first;
        }
        Thread.yield();
        return super.get(key)
            .map(second -> new Row(key, first.get().version(), torn(first.get(), second)));
      }

      private Bytes torn(Row first, Row second) {
        MessageImage one = image(first);
        MessageImage other = image(second);
        return MessageCodec.encode(
            MessageCodec.born(first.value()),
            new MessageImage(
                one.props(), other.recipients(), other.attachments(), other.attachNext()));
      }

      private MessageImage image(Row row) {
        return MessageCodec.decodeRow(
                new RowReader(row.value()), row.version(), blob -> Blobs.readAll(this, blob))
            .image();
      }

      @Override
      public long stamp(Bytes key) {
        return isMessage(key) ? 1 : super.stamp(key);
      }
    };
  }

  /** Sweeps what an open handle can still read. */
  public static Shard sweepingTooEarly(Shard good) {
    return new Passing(good) {
      @Override
      public CompletionStage<Outcome> commit(Batch batch) {
        return super.commit(without(batch, e -> e instanceof Batch.Expectation.Unleased));
      }
    };
  }

  private static boolean isMessage(Bytes key) {
    return key.get(0) == 'm';
  }

  private static boolean isMessageVersion(Batch.Expectation expectation) {
    return expectation instanceof Batch.Expectation.Version expected
            && isMessage(expected.key())
            && expected.version() != Batch.ABSENT
        || expectation instanceof Batch.Expectation.Version location
            && location.key().get(0) == 'l'
            && location.version() != Batch.ABSENT;
  }

  private static Batch without(Batch batch, Predicate<Batch.Expectation> dropped) {
    List<Batch.Expectation> kept = new ArrayList<>(batch.expectations());
    kept.removeIf(dropped);
    return new Batch(kept, batch.ops(), batch.token(), batch.durability());
  }

  /** Passes every call on. */
  public static class Passing implements Shard {
    private final Shard good;

    /** In front of another shard. */
    public Passing(Shard good) {
      this.good = good;
    }

    @Override
    public BatchLimits limits() {
      return good.limits();
    }

    @Override
    public CompletionStage<Outcome> commit(Batch batch) {
      return good.commit(batch);
    }

    @Override
    public CompletionStage<Void> sync(long since) {
      return good.sync(since);
    }

    @Override
    public Optional<Row> get(Bytes key) {
      return good.get(key);
    }

    @Override
    public List<Row> scan(KeyRange range, boolean reverse, int limit) {
      return good.scan(range, reverse, limit);
    }

    /** Reads at once, as early as any engine may, and as this one scans. */
    @Override
    public Supplier<List<Row>> scanAhead(KeyRange range, int limit) {
      List<Row> rows = scan(range, false, limit);
      return () -> rows;
    }

    @Override
    public long seq() {
      return good.seq();
    }

    @Override
    public Optional<List<Change>> changesSince(long seq, int limit) {
      return good.changesSince(seq, limit);
    }

    @Override
    public AutoCloseable watch(long seq, ChangeListener listener) {
      return good.watch(seq, listener);
    }

    @Override
    public OptionalLong outcomeOf(Bytes token, long after) {
      return good.outcomeOf(token, after);
    }

    @Override
    public long stamp(Bytes key) {
      return good.stamp(key);
    }

    @Override
    public Lease lease(Bytes key, long session, Lease.Mode mode) {
      return good.lease(key, session, mode);
    }

    @Override
    public long newSession() {
      return good.newSession();
    }

    @Override
    public void endSession(long session) {
      good.endSession(session);
    }

    @Override
    public void close() {
      good.close();
    }
  }
}
