package org.mapi4j.engine.shared;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.BatchLimits;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.ChangeListener;
import org.mapi4j.spi.EngineMaintenance;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.Stamps;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;

/** The owner's own way: the engine, and the port for the others. */
final class Owned implements Attachment {
  private final Path directory;
  private final OwnerLock lock;
  private final Shard shard;
  private final Desk desk;
  private final Desk.Guest self;
  private final Server server;
  private final Stamps stamps;
  private AutoCloseable watch;
  private boolean over;

  private Owned(
      Path directory,
      OwnerLock lock,
      Shard shard,
      Desk desk,
      Desk.Guest self,
      Server server,
      Stamps stamps) {
    this.directory = directory;
    this.lock = lock;
    this.shard = shard;
    this.desk = desk;
    this.self = self;
    this.server = server;
    this.stamps = stamps;
  }

  /** The rest of what an opening needs to know. */
  record Plan(
      Path directory,
      Members members,
      SharedOptions options,
      EngineOpener opener,
      List<HeldLease> leases) {}

  /**
   * Opens the engine under the lock and serves it. Throws StorageFault, or what the engine throws;
   * the lock is given back then.
   *
   * @param first true at an opening, false for a takeover
   */
  static Owned open(Plan plan, OwnerLock lock, boolean first) throws IOException {
    Shard shard = null;
    try {
      StampFile file = StampFile.own(plan.directory);
      shard = plan.opener.open(file.stamps());
      // Now that the engine's own lock is had too: until then they may be another's, and live.
      file.stamps().restart();
      List<String> others = plan.members.others();
      if (first && others.isEmpty()) {
        plan.opener.recover(shard);
      }
      long awaitedNanos = plan.options.patience().toNanos() / 2;
      Desk desk = new Desk(shard, plan.members, others, file, awaitedNanos);
      Desk.Guest self = desk.arrive(plan.members.name(), plan.leases);
      Participant me = new Participant(true, ProcessHandle.current().pid(), plan.options.program());
      Server server = new Server(plan.directory, shard, desk, file.id(), me);
      server.start();
      return new Owned(plan.directory, lock, shard, desk, self, server, file.stamps());
    } catch (IOException | RuntimeException | Error failed) {
      undo(shard, lock, failed);
      throw failed;
    }
  }

  private static void undo(Shard shard, OwnerLock lock, Throwable why) {
    try (lock) {
      if (shard != null) {
        shard.close();
      }
    } catch (IOException | RuntimeException alsoFailed) {
      if (alsoFailed != why) {
        why.addSuppressed(alsoFailed);
      }
    }
  }

  @Override
  public BatchLimits limits() {
    return shard.limits();
  }

  @Override
  public Stamps stamps() {
    return stamps;
  }

  @Override
  public CompletionStage<Outcome> commit(Batch batch) {
    return desk.commit(self, batch);
  }

  @Override
  public CompletionStage<Void> sync(long since) {
    return shard.sync(since);
  }

  @Override
  public Optional<Row> get(Bytes key) {
    return shard.get(key);
  }

  @Override
  public List<Optional<Row>> getAll(List<Bytes> keys) {
    return shard.getAll(keys);
  }

  @Override
  public List<Row> scan(KeyRange range, boolean reverse, int limit) {
    return shard.scan(range, reverse, limit);
  }

  @Override
  public Supplier<List<Row>> scanAhead(KeyRange range, int limit) {
    return shard.scanAhead(range, limit);
  }

  @Override
  public long seq() {
    return shard.seq();
  }

  @Override
  public Optional<List<Change>> changesSince(long seq, int limit) {
    return shard.changesSince(seq, limit);
  }

  @Override
  public OptionalLong outcomeOf(Bytes token, long after) {
    return shard.outcomeOf(token, after);
  }

  @Override
  public void watch(News news) {
    long seq = shard.seq();
    watch = shard.watch(seq, new Commits(news));
    news.came(seq);
  }

  /** The thread that hears of commits tells who wants to know: another need not be woken. */
  private record Commits(News news) implements ChangeListener {
    @Override
    public void changed(Change change) {
      news.note(change.seq());
    }

    @Override
    public boolean isAwaited() {
      return news.isAwaited();
    }

    @Override
    public Runnable rest() {
      return news::tell;
    }
  }

  @Override
  public void lease(HeldLease lease) {
    self.lease(lease);
  }

  @Override
  public void unlease(long id) {
    self.unlease(id);
  }

  @Override
  public void endSession(long session) {
    self.endSession(session);
  }

  /** They are heard at once. */
  @Override
  public void awaitHeard() {}

  @Override
  public List<Participant> participants() {
    return server.participants();
  }

  @Override
  public boolean isOwner() {
    return true;
  }

  /** What looks after the files of a shard. Throws StorageFault when it has none. */
  static EngineMaintenance files(Shard shard) {
    if (shard instanceof EngineMaintenance engine) {
      return engine;
    }
    throw new StorageFault("the engine keeps no files", null);
  }

  @Override
  public CheckReport check() {
    return files(shard).check();
  }

  @Override
  public CompactReport compact() {
    return files(shard).compact();
  }

  @Override
  public long diskBytes() {
    return files(shard).diskBytes();
  }

  @Override
  public int formatVersion() {
    return files(shard).formatVersion();
  }

  /** Without its lock it writes nothing into a directory that may be another's. */
  @Override
  public void tick() {
    over = over || !lock.isInPlace();
    if (!over) {
      server.tick();
    }
  }

  /** Another process may own the directory, or another directory may have its name. */
  @Override
  public boolean isOver() {
    return over;
  }

  /** Who stays the owner of files that it does not use keeps everyone out. */
  @Override
  public void abandon() {
    close();
  }

  /** The port first, the lock last: the next owner begins with closed files. */
  @Override
  public void close() {
    try (lock;
        Shard opened = shard;
        AutoCloseable watching = watch) {
      server.close();
      if (lock.isInPlace()) {
        PortFile.remove(directory);
      }
      assert opened != null || watching != null : directory;
    } catch (StorageFault fault) {
      throw fault;
    } catch (Exception failed) {
      throw new StorageFault("%s: %s".formatted(directory, failed), failed);
    }
  }
}
