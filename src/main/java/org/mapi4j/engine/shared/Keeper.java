package org.mapi4j.engine.shared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.mapi4j.spi.BatchLimits;
import org.mapi4j.spi.IoReasons;
import org.mapi4j.spi.Stamps;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Uncaught;

/**
 * Keeps a process attached to a directory's shard, on a thread of its own: finds the way, looks
 * after it, finds the next when it ends. All files are opened and closed on that thread, which
 * nobody interrupts.
 */
final class Keeper {
  private static final System.Logger LOG = System.getLogger("org.mapi4j.engine.shared");
  static final long TICK_MILLIS = 50;
  private static final long RETRY_MILLIS = 3;
  private static final long RETRY_AFTER_FAULT_MILLIS = 100;

  /** Ways that may end before they answer a question, within the patience any number. */
  private static final int LOSSES_MAX = 3;

  private final Path directory;
  private final SharedOptions options;
  private final EngineOpener opener;
  private final Commits commits;
  private final LeaseBook leases;
  private final News news;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private CompletableFuture<Attachment> next = new CompletableFuture<>();
  private AtomicBoolean presentLost = new AtomicBoolean();
  private Members members;
  private Object place;
  private volatile Thread thread;
  private volatile Attachment present;
  private volatile Stamps stamps;
  private volatile BatchLimits limits;
  private volatile boolean watching;
  private volatile Attachment asked;
  private volatile boolean closing;
  private volatile boolean closed;

  Keeper(
      Path directory,
      SharedOptions options,
      EngineOpener opener,
      Commits commits,
      LeaseBook leases,
      News news) {
    this.directory = directory;
    this.options = options;
    this.opener = opener;
    this.commits = commits;
    this.leases = leases;
    this.news = news;
  }

  /** Starts, and waits for the first way. Throws what kept it from being found. */
  void start() {
    CompletableFuture<Void> opened = new CompletableFuture<>();
    Server.daemon(() -> keep(opened), "mapi4j-shared-keeper");
    Waiting.settle(opened);
  }

  BatchLimits limits() {
    return limits;
  }

  Stamps stamps() {
    return stamps;
  }

  void expectOpen() {
    if (closed) {
      throw new StorageFault.Closed("the store was closed", null);
    }
  }

  /**
   * Asks through the present way, and through the next when that one ends before it answers. A
   * question that ends one after the other is given up after the patience.
   */
  <T> T ask(Function<Attachment, T> question) {
    Attachment before = null;
    int losses = 0;
    long firstLossAt = 0;
    while (true) {
      Attachment way = way();
      try {
        return question.apply(way);
      } catch (Lost nextOwner) {
        expectOpen();
        if (way != before && ++losses == 1) {
          firstLossAt = System.nanoTime();
        }
        before = way;
        long passed = System.nanoTime() - firstLossAt;
        if (losses >= LOSSES_MAX && passed > options.patience().toNanos()) {
          throw new StorageFault.Unreachable(
              "%s: %d connections to its owner ended before it answered"
                  .formatted(directory, losses),
              nextOwner);
        }
      }
    }
  }

  /** The same without an answer. */
  void order(Consumer<Attachment> order) {
    boolean done =
        ask(
            way -> {
              order.accept(way);
              return true;
            });
    assert done;
  }

  /** Tells who is there now. The next is told what is then. */
  void tell(Consumer<Attachment> message) {
    Attachment way = present;
    if (way != null) {
      message.accept(way);
    }
  }

  /** False while an owner is looked for. */
  boolean isAttached() {
    return present != null;
  }

  private Attachment way() {
    expectOpen();
    Attachment way = present;
    if (way != null) {
      return way;
    }
    CompletableFuture<Attachment> coming;
    synchronized (this) {
      coming = next;
    }
    try {
      return coming.copy().orTimeout(options.patience().toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw new StorageFault.Unreachable(
            "%s: its owner ended, or does not answer, and no other came for %s"
                .formatted(directory, options.patience()),
            e);
      }
      throw Waiting.unwrapped(e);
    }
  }

  /**
   * From now on commits of others are told, whoever is the owner. The owner is asked without the
   * monitor, which the reader of a connection that ends needs before it tells anyone.
   */
  void startWatching() {
    Attachment way;
    synchronized (this) {
      watching = true;
      way = present;
      if (way == null || way == asked) {
        return;
      }
      asked = way;
    }
    try {
      way.watch(news);
    } catch (Lost nextOwner) {
      return; // the keeper asks the next
    } catch (StorageFault.Unreachable notYet) {
      throw notYet; // it does what it was asked when it wakes
    } catch (RuntimeException | Error refused) {
      synchronized (this) {
        asked = asked == way ? null : asked; // who watches next asks it again
      }
      throw refused;
    }
  }

  private void keep(CompletableFuture<Void> opened) {
    thread = Thread.currentThread();
    try {
      place = place();
      members = Members.join(directory);
      openFirst();
    } catch (IOException | RuntimeException | Error failed) {
      abandon(failed);
      opened.completeExceptionally(failed instanceof IOException io ? fault(io) : failed);
      return;
    }
    opened.complete(null);
    while (!closing) {
      pause(lookAfter());
    }
    end();
  }

  /** How long to wait until the next look. Whatever fails, the keeper goes on. */
  private long lookAfter() {
    try {
      long pause = present == null ? attachAgain() : TICK_MILLIS;
      Attachment way = present;
      if (way != null) {
        way.tick();
        if (way.isOver()) {
          giveUp(way);
          return 0;
        }
      }
      return pause;
    } catch (RuntimeException | Error bug) {
      Uncaught.report(bug);
      return RETRY_AFTER_FAULT_MILLIS;
    }
  }

  private void giveUp(Attachment way) {
    LOG.log(System.Logger.Level.WARNING, "{0}: the lock''s file is gone or another", directory);
    detach(presentLost);
    discard(way);
  }

  /** What the directory is, wherever it is moved to; null where the system does not say. */
  private Object place() throws IOException {
    return Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
  }

  private void expectSamePlace() throws IOException {
    if (!Objects.equals(place, place())) {
      throw new StorageFault.Absent(
          "%s is another directory than the one that was opened".formatted(directory), null);
    }
  }

  private StorageFault fault(Throwable failed) {
    if (IoReasons.isDiskFull(failed)) {
      return new StorageFault.DiskFull("no room for %s: %s".formatted(directory, failed), failed);
    }
    return new StorageFault("%s: %s".formatted(directory, failed), failed);
  }

  private void abandon(Throwable why) {
    closed = true;
    if (members != null) {
      try {
        members.close();
      } catch (IOException alsoFailed) {
        why.addSuppressed(alsoFailed);
      }
    }
  }

  private void openFirst() throws IOException {
    long start = System.nanoTime();
    Way way = new Way(plan(List.of()), true);
    while (!attach(way, List.of())) {
      if (System.nanoTime() - start > options.patience().toNanos()) {
        throw way.unreachable();
      }
      Pause.millis(RETRY_MILLIS);
    }
  }

  private Owned.Plan plan(List<HeldLease> held) {
    return new Owned.Plan(directory, members, options, opener, held);
  }

  /** How long to wait until the next look. */
  private long attachAgain() {
    List<HeldLease> held = leases.all();
    Way way = new Way(plan(held), false);
    try {
      expectSamePlace();
      if (attach(way, held)) {
        return 0;
      }
      commits.tick(way.unreachable());
      return RETRY_MILLIS;
    } catch (IOException | RuntimeException | Error failed) {
      StorageFault why = failed instanceof StorageFault storage ? storage : fault(failed);
      CompletableFuture<Attachment> disappointed;
      synchronized (this) {
        disappointed = next;
        next = new CompletableFuture<>();
      }
      disappointed.completeExceptionally(why);
      commits.tick(new StorageFault.Unreachable(why.getMessage(), why));
      return RETRY_AFTER_FAULT_MILLIS;
    }
  }

  /** Tells an owner which leases that it was told of have ended meanwhile. */
  private void endThoseOf(List<HeldLease> told, Attachment fresh) {
    leases.endedOf(told).forEach(ended -> fresh.unlease(ended.id()));
  }

  /** True when a way was found, and all that was open has gone through it. */
  private boolean attach(Way way, List<HeldLease> told) throws IOException {
    AtomicBoolean lost = new AtomicBoolean();
    Optional<Attachment> found = way.tryOnce(() -> detach(lost));
    if (found.isEmpty()) {
      return false;
    }
    Attachment fresh = found.get();
    stamps = fresh.stamps();
    limits = fresh.limits();
    boolean attached = false;
    try (Attendant attendant = new Attendant(fresh)) {
      attendant.start();
      commits.attach(fresh);
      endThoseOf(told, fresh);
      attached = publish(fresh, lost);
      if (!attached) {
        return false;
      }
      endThoseOf(told, fresh); // of the last moment: harmless when repeated
      return true;
    } catch (Lost again) {
      return false;
    } finally {
      if (!attached) {
        stamps = null;
        commits.detach();
        discard(fresh);
      }
    }
  }

  private static void discard(Attachment way) {
    try {
      way.abandon();
    } catch (RuntimeException alsoFailed) {
      LOG.log(System.Logger.Level.WARNING, "a way to the store that failed", alsoFailed);
    }
  }

  private boolean publish(Attachment fresh, AtomicBoolean lost) {
    while (true) {
      if (watching && asked != fresh) {
        fresh.watch(news);
        asked = fresh;
      }
      CompletableFuture<Attachment> coming;
      synchronized (this) {
        if (lost.get()) {
          return false;
        }
        if (watching && asked != fresh) {
          continue;
        }
        presentLost = lost;
        present = fresh;
        coming = next;
      }
      boolean first = coming.complete(fresh);
      assert first : directory;
      return true;
    }
  }

  /**
   * The reader of a connection says that it ended. Without an owner nothing counts that was read:
   * the next one may write its stamps elsewhere.
   */
  private void detach(AtomicBoolean lost) {
    lost.set(true);
    synchronized (this) {
      if (presentLost == lost) {
        stamps = null; // before the keeper, who sees that there is no way, sets the next ones
        present = null;
        commits.detach();
        if (!closed) { // the end completes no other than the one that is there then
          next = new CompletableFuture<>();
        }
      }
    }
    wake();
  }

  /** Until it is over, or {@link #wake}, or for no reason. */
  private void pause(long millis) {
    if (!closing && millis > 0) {
      LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(millis));
      Thread.interrupted(); // this thread is ours: nobody else's interrupt means anything to it
    }
  }

  private void wake() {
    LockSupport.unpark(thread);
  }

  /** Ends use, in order: commits given before are finished first. */
  void close() {
    if (!closed) {
      Waiting.settle(commits.allEnded());
    }
    closing = true;
    closed = true;
    wake();
    Waiting.settle(ended);
  }

  private void end() {
    Attachment way = present;
    Throwable failure = null;
    try (Members left = members) {
      if (way != null) {
        way.close();
      }
      assert left != null : directory;
    } catch (IOException | RuntimeException | Error failed) {
      failure = failed instanceof IOException io ? fault(io) : failed;
    }
    commits.close();
    CompletableFuture<Attachment> coming;
    synchronized (this) {
      coming = next;
    }
    coming.completeExceptionally(new StorageFault.Closed("the store was closed", null));
    if (failure == null) {
      ended.complete(null);
    } else {
      ended.completeExceptionally(failure);
    }
  }
}
