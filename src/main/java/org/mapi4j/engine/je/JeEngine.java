package org.mapi4j.engine.je;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
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
import org.mapi4j.spi.LeaseTable;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.Stages;
import org.mapi4j.spi.Stamps;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;

/**
 * A shard in a directory. What it acknowledged survives kill -9 and power cuts, but for
 * asynchronous commits without a {@link #sync}. One engine per directory: a second one, in this
 * process or another, is {@link StorageFault.Locked}.
 *
 * <p>When JE gives up on its environment, the engine opens it again by itself and the calls under
 * way end with their true result. A full disk refuses commits with DiskFull until there is room;
 * damage refuses them with Damaged and lets what is whole be read; both leave reading open.
 */
public final class JeEngine implements Shard, EngineMaintenance {
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final JeOptions options;
  private final Consumer<OpeningStep> watcher;
  private final Consumer<CommitStep> commitWatcher;
  private final LeaseTable leases = new LeaseTable();
  private final Stamps stamps;
  private final ChangeFeed feed = new ChangeFeed(this);
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private volatile LiveStore live;
  private volatile Writer writer;
  private volatile ReadPool readers;

  private JeEngine(
      Path directory,
      JeOptions options,
      Stamps stamps,
      Consumer<OpeningStep> watcher,
      Consumer<CommitStep> commitWatcher) {
    this.directory = directory;
    this.options = options;
    this.stamps = stamps;
    this.watcher = watcher;
    this.commitWatcher = commitWatcher;
  }

  /**
   * Opens a directory. Throws {@link StorageFault}: Absent, Locked (naming the owner), NewerFormat
   * (naming both versions), Damaged (naming the file), ReadOnly, DiskFull. An Error that no I/O
   * caused, such as a class that is missing, is thrown as it is.
   */
  public static JeEngine open(Path directory, JeOptions options) {
    return open(directory, options, new Stamps());
  }

  /** The same with stamps that others read too. This engine alone writes them while it is open. */
  public static JeEngine open(Path directory, JeOptions options, Stamps stamps) {
    return open(directory, options, stamps, OpeningStep.UNWATCHED, CommitStep.UNWATCHED);
  }

  /** The same; tells each step that is reached, and fails as the watchers do. */
  static JeEngine open(
      Path directory,
      JeOptions options,
      Consumer<OpeningStep> watcher,
      Consumer<CommitStep> commitWatcher) {
    return open(directory, options, new Stamps(), watcher, commitWatcher);
  }

  private static JeEngine open(
      Path directory,
      JeOptions options,
      Stamps stamps,
      Consumer<OpeningStep> watcher,
      Consumer<CommitStep> commitWatcher) {
    Path place = directory.toAbsolutePath().normalize();
    if (!OPEN.add(place)) {
      throw new StorageFault.Locked("%s is open in this process".formatted(directory), null);
    }
    JeEngine engine = new JeEngine(place, options, stamps, watcher, commitWatcher);
    try {
      Thread thread = new Thread(engine::live, "mapi4j-je-writer");
      thread.setDaemon(true);
      thread.start();
    } catch (RuntimeException | Error noThread) {
      OPEN.remove(place);
      throw noThread;
    }
    Stages.await(engine.opened);
    return engine;
  }

  /** The writer thread's life: all of the engine's files are opened and closed on it. */
  private void live() {
    try {
      openParts();
    } catch (IOException | RuntimeException | Error e) {
      OPEN.remove(directory);
      opened.completeExceptionally(JeFaults.reported(e, directory));
      return;
    }
    opened.complete(null);
    Throwable failure =
        runAll(List.of(() -> writer.run(), feed::close, () -> readers.close(), () -> live.close()));
    OPEN.remove(directory); // before anyone learns that it is closed, who may open it again
    if (failure == null) {
      closed.complete(null);
    } else {
      closed.completeExceptionally(JeFaults.reported(failure, directory));
    }
  }

  private void openParts() throws IOException {
    live = new LiveStore(directory, options, stamps::changeAll, watcher);
    try {
      watcher.accept(OpeningStep.STORE);
      readers = new ReadPool(live, directory);
      readers.startFirst();
      watcher.accept(OpeningStep.READERS);
      writer = new Writer(directory, live, leases, stamps, options, feed, commitWatcher);
    } catch (RuntimeException | Error failed) {
      ReadPool pool = readers;
      Throwable alsoFailed =
          runAll(
              pool == null
                  ? List.of(() -> live.close())
                  : List.of(pool::close, () -> live.close()));
      if (alsoFailed != null && alsoFailed != failed) {
        failed.addSuppressed(alsoFailed);
      }
      throw failed;
    }
  }

  /** Runs each, whatever happened to the one before; the first failure, or null. */
  private static Throwable runAll(List<Runnable> steps) {
    Throwable first = null;
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException | Error e) {
        if (first == null) {
          first = e;
        } else if (first != e) {
          first.addSuppressed(e);
        }
      }
    }
    return first;
  }

  /** True when a directory holds a store. */
  public static boolean holdsStore(Path directory) {
    try {
      return Making.isEnded(directory);
    } catch (IOException unreadable) {
      return true; // opening it says why
    }
  }

  /** The threads that read. */
  ReadPool readers() {
    return readers;
  }

  @Override
  public BatchLimits limits() {
    return options.limits();
  }

  @Override
  public CompletionStage<Outcome> commit(Batch batch) {
    try {
      options.limits().check(batch);
    } catch (StorageFault.TooLarge fault) {
      return CompletableFuture.failedFuture(fault);
    }
    return writer.commit(batch);
  }

  @Override
  public CompletionStage<Void> sync(long since) {
    return writer.sync(since);
  }

  @Override
  public Optional<Row> get(Bytes key) {
    List<Optional<Row>> recent = writer.recent().rows(List.of(key));
    return recent == null ? readers.call(store -> store.get(key)) : recent.get(0);
  }

  @Override
  public List<Optional<Row>> getAll(List<Bytes> keys) {
    List<Optional<Row>> recent = writer.recent().rows(keys);
    return recent == null ? readers.call(store -> keys.stream().map(store::get).toList()) : recent;
  }

  @Override
  public List<Row> scan(KeyRange range, boolean reverse, int limit) {
    return readers.call(store -> store.scan(range, reverse, limit));
  }

  @Override
  public Supplier<List<Row>> scanAhead(KeyRange range, int limit) {
    return readers.begin(store -> store.scan(range, false, limit));
  }

  @Override
  public long seq() {
    return writer.seq();
  }

  @Override
  public Optional<List<Change>> changesSince(long seq, int limit) {
    long upTo = seq();
    List<Change> recent = seq >= upTo ? List.of() : writer.recent().changes(seq, upTo, limit);
    return recent == null
        ? readers.call(store -> store.changes(seq, upTo, limit))
        : Optional.of(recent);
  }

  @Override
  public AutoCloseable watch(long seq, ChangeListener listener) {
    return feed.watch(seq, listener);
  }

  @Override
  public OptionalLong outcomeOf(Bytes token, long after) {
    return readers.call(store -> store.findToken(token, after));
  }

  @Override
  public long stamp(Bytes key) {
    return stamps.get(key);
  }

  @Override
  public Lease lease(Bytes key, long session, Lease.Mode mode) {
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
  public CheckReport check() {
    return maintain(maintenance -> maintenance.check());
  }

  @Override
  public CompactReport compact() {
    return maintain(maintenance -> maintenance.compact());
  }

  @Override
  public long diskBytes() {
    return maintain(JeMaintenance::bytes);
  }

  @Override
  public int formatVersion() {
    return JeStore.FORMAT;
  }

  /** On a thread of its own: it takes long, and must not be interrupted. */
  private <T> T maintain(java.util.function.Function<JeMaintenance, T> body) {
    CompletableFuture<T> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                done.complete(body.apply(new JeMaintenance(directory, live)));
              } catch (RuntimeException | Error e) {
                done.completeExceptionally(JeFaults.reported(e, directory));
              }
            },
            "mapi4j-je-maintenance");
    thread.setDaemon(true);
    thread.start();
    return Stages.await(done);
  }

  /** Finishes what was accepted. Throws {@link StorageFault} when the files cannot be closed. */
  @Override
  public void close() {
    writer.recent().end();
    writer.close();
    Stages.await(closed);
  }
}
