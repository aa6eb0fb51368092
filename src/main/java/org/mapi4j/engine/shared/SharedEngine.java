package org.mapi4j.engine.shared;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.BatchLimits;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.ChangeFeed;
import org.mapi4j.spi.ChangeListener;
import org.mapi4j.spi.EngineMaintenance;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Lease;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.Stamps;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;

/**
 * A directory's shard, whoever owns it. The first process that opens it owns it; when that one
 * ends, another takes over, and the calls under way end with their true result. An owner that is
 * silent, or whose successor does not come, makes calls {@link StorageFault.Unreachable} after the
 * patience; it may go on later.
 */
public final class SharedEngine implements Shard, EngineMaintenance {
  private static final System.Logger LOG = System.getLogger("org.mapi4j.engine.shared");
  private static final long NO_STAMP = -1;

  private final Keeper keeper;
  private final Commits commits;
  private final LeaseBook leases = new LeaseBook();
  private final ChangeFeed feed = new ChangeFeed(new Changes());
  private final AtomicLong known = new AtomicLong();
  private final AtomicLong sessions = new AtomicLong();

  private SharedEngine(Path directory, SharedOptions options, EngineOpener opener) {
    this.commits = new Commits(options.patience().toNanos(), System::nanoTime);
    this.keeper =
        new Keeper(
            directory.toAbsolutePath().normalize(),
            options,
            opener,
            commits,
            leases,
            new Published());
  }

  /**
   * Opens a directory that exists. Throws StorageFault: what the engine throws where this process
   * is the first; NewerFormat when the owner speaks other protocols; Unreachable when it is silent
   * for longer than the patience.
   */
  public static SharedEngine open(Path directory, SharedOptions options, EngineOpener opener) {
    SharedEngine engine = new SharedEngine(directory, options, opener);
    engine.keeper.start();
    return engine;
  }

  private final class Published implements News {
    @Override
    public void note(long seq) {
      known.accumulateAndGet(seq, Math::max);
    }

    @Override
    public void publish() {
      feed.published();
    }

    @Override
    public boolean isAwaited() {
      return feed.isWatched();
    }

    @Override
    public void tell() {
      feed.tell();
    }
  }

  /** True when this process is the owner now. */
  public boolean isOwner() {
    return keeper.ask(Attachment::isOwner);
  }

  /** Which processes have the store open, the owner first. */
  public List<Participant> participants() {
    return keeper.ask(Attachment::participants);
  }

  @Override
  public BatchLimits limits() {
    return keeper.limits();
  }

  @Override
  public CompletionStage<Outcome> commit(Batch batch) {
    try {
      keeper.expectOpen();
      limits().check(batch);
    } catch (StorageFault fault) {
      return CompletableFuture.failedFuture(fault);
    }
    return commits.submit(batch);
  }

  /**
   * What completed before another process became the owner is durable as far as this process can
   * tell: it outlived its owner, and the next one's sync covers the log.
   */
  @Override
  public CompletionStage<Void> sync(long since) {
    try {
      keeper.order(way -> Waiting.settle(way.sync(since)));
      return CompletableFuture.completedFuture(null);
    } catch (StorageFault fault) {
      return CompletableFuture.failedFuture(fault);
    }
  }

  @Override
  public Optional<Row> get(Bytes key) {
    return keeper.ask(way -> way.get(key));
  }

  @Override
  public List<Optional<Row>> getAll(List<Bytes> keys) {
    return keeper.ask(way -> way.getAll(keys));
  }

  @Override
  public List<Row> scan(KeyRange range, boolean reverse, int limit) {
    return keeper.ask(way -> way.scan(range, reverse, limit));
  }

  @Override
  public Supplier<List<Row>> scanAhead(KeyRange range, int limit) {
    Supplier<List<Row>> begun = keeper.ask(way -> way.scanAhead(range, limit));
    return begun == null ? () -> scan(range, false, limit) : begun;
  }

  @Override
  public long seq() {
    keeper.expectOpen();
    Stamps stamps = keeper.stamps();
    return stamps == null ? keeper.ask(Attachment::seq) : stamps.seq();
  }

  @Override
  public Optional<List<Change>> changesSince(long seq, int limit) {
    return keeper.ask(way -> way.changesSince(seq, limit));
  }

  @Override
  public AutoCloseable watch(long seq, ChangeListener listener) {
    keeper.startWatching();
    return feed.watch(seq, listener);
  }

  @Override
  public OptionalLong outcomeOf(Bytes token, long after) {
    return keeper.ask(way -> way.outcomeOf(token, after));
  }

  @Override
  public long stamp(Bytes key) {
    Stamps stamps = keeper.stamps();
    return stamps == null ? NO_STAMP : stamps.get(key);
  }

  @Override
  public Lease lease(Bytes key, long session, Lease.Mode mode) {
    HeldLease held = leases.add(key, session, mode);
    try {
      keeper.order(way -> way.lease(held));
    } catch (RuntimeException | Error failed) {
      leases.remove(held.id());
      // An owner that was silent may grant it yet.
      keeper.tell(way -> way.unlease(held.id()));
      throw failed;
    }
    return new Handle(held.id());
  }

  private final class Handle implements Lease {
    private final long id;

    Handle(long id) {
      this.id = id;
    }

    @Override
    public long id() {
      return id;
    }

    /** Without a way there is nothing to say: who comes next is told the leases there are. */
    @Override
    public void close() {
      if (leases.remove(id)) {
        keeper.tell(way -> way.unlease(id));
      }
    }

    @Override
    public void end() {
      if (leases.remove(id)) {
        tellAndWait(way -> way.unlease(id));
      }
    }
  }

  /**
   * Tells that something ended, and waits until it is heard: by the next owner too, who may have
   * been told what there was before. Without an owner it does not wait, or each handle that is
   * released would: who comes is told what there is then.
   */
  private void tellAndWait(Consumer<Attachment> end) {
    if (!keeper.isAttached()) {
      return;
    }
    try {
      keeper.order(
          way -> {
            end.accept(way);
            way.awaitHeard();
          });
    } catch (StorageFault nobodyAnswers) {
      LOG.log(System.Logger.Level.DEBUG, "what ended was not answered: {0}", nobodyAnswers);
    }
  }

  @Override
  public long newSession() {
    return sessions.incrementAndGet();
  }

  @Override
  public void endSession(long session) {
    if (leases.removeSession(session)) {
      tellAndWait(way -> way.endSession(session));
    } else {
      keeper.tell(way -> way.endSession(session));
    }
  }

  @Override
  public CheckReport check() {
    return keeper.ask(EngineMaintenance::check);
  }

  @Override
  public CompactReport compact() {
    return keeper.ask(EngineMaintenance::compact);
  }

  @Override
  public long diskBytes() {
    return keeper.ask(EngineMaintenance::diskBytes);
  }

  @Override
  public int formatVersion() {
    return keeper.ask(EngineMaintenance::formatVersion);
  }

  /** Throws StorageFault when this process is the owner and its files cannot be closed. */
  @Override
  public void close() {
    feed.close();
    keeper.close();
  }

  private final class Changes implements ChangeFeed.Source {
    @Override
    public Optional<List<Change>> changesSince(long seq, int limit) {
      return SharedEngine.this.changesSince(seq, limit);
    }

    @Override
    public long seq() {
      return known.get();
    }
  }
}
