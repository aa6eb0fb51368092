package org.mapi4j.spi;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.mapi4j.types.Uncaught;

/**
 * {@link Shard#watch} for engines that have {@link Shard#changesSince}: each listener reads on from
 * where it is, on a thread of its own while there is something to tell, so that a slow listener
 * delays nobody and costs no memory. A listener so slow that the log no longer keeps what comes
 * next goes on with the present: it sees a gap in the numbers. A listener that throws is reported
 * to its thread's handler and goes on; so is a source that fails, once until it works again, and it
 * is asked again after a pause. One that is unreachable is waited for without a word.
 */
public final class ChangeFeed implements AutoCloseable {
  private static final int PAGE = 256;
  private static final long PAUSE_NANOS = 100_000_000;
  private static final long AWAKE_NANOS = 500_000;

  /** Kept for the next listeners: on Windows a thread should not begin while others end. */
  private static final Executor THREADS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          10,
          TimeUnit.MINUTES,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task, "mapi4j-watch");
            thread.setDaemon(true);
            return thread;
          });

  private final Source source;
  private final Executor threads;
  private final long awakeNanos;
  private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
  private final AtomicLong publications = new AtomicLong();
  private volatile boolean closed;

  /** Where the changes come from: a shard, or what knows one. */
  public interface Source {
    /** As {@link Shard#changesSince}. */
    Optional<List<Change>> changesSince(long seq, int limit);

    /** As {@link Shard#seq}. */
    long seq();
  }

  /**
   * A feed without listeners.
   *
   * @param source where the changes come from; it may be under construction
   */
  public ChangeFeed(Source source) {
    this(source, THREADS, AWAKE_NANOS);
  }

  ChangeFeed(Source source, Executor threads, long awakeNanos) {
    this.source = source;
    this.threads = threads;
    this.awakeNanos = awakeNanos;
  }

  /**
   * Starts a listener after a sequence number. Throws {@link StorageFault} when the changes after
   * it are no longer kept.
   */
  public AutoCloseable watch(long seq, ChangeListener listener) {
    if (source.changesSince(seq, 1).isEmpty()) {
      throw new StorageFault("the changes after %d are no longer kept".formatted(seq), null);
    }
    Watcher watcher = new Watcher(seq, listener);
    watchers.add(watcher);
    if (closed) {
      watcher.close();
    }
    watcher.start();
    return watcher;
  }

  /**
   * There will be changes soon: one of the listeners is told of them on a thread that waits for
   * them awake, half a millisecond at most, so that no thread need be woken when they are there.
   * Cheap without listeners.
   *
   * @param asleepNanos how long they are not to be expected
   */
  public void expect(long asleepNanos) {
    for (Watcher watcher : watchers) {
      if (watcher.isAwaited() && watcher.begin()) {
        long seen = publications.get();
        watcher.tellElsewhere(() -> awaitPublication(seen, asleepNanos));
        return;
      }
    }
  }

  private void awaitPublication(long seen, long asleepNanos) {
    Spin.TELLERS.until(() -> closed || publications.get() != seen, asleepNanos, awakeNanos);
  }

  /** True while there are listeners. */
  public boolean isWatched() {
    return !watchers.isEmpty();
  }

  /** There are changes that were not there before. Cheap without listeners. */
  public void published() {
    publications.incrementAndGet();
    for (Watcher watcher : watchers) {
      watcher.wake();
    }
  }

  /**
   * The same on a thread that has nothing else to do: it tells one of the listeners itself, which
   * spares waking another thread.
   */
  public void tell() {
    Watcher own = null;
    for (Watcher watcher : watchers) {
      if (own == null && watcher.begin()) {
        own = watcher;
      } else {
        watcher.wake();
      }
    }
    if (own != null) {
      own.tellPage();
    }
  }

  /** Ends every listener; what it is being told is told. */
  @Override
  public void close() {
    closed = true;
    watchers.forEach(Watcher::close);
  }

  /** A listener. Whoever has it told by {@link #begin} tells it, one thread at a time. */
  private final class Watcher implements AutoCloseable {
    private final ChangeListener listener;
    private long position;
    private boolean telling;
    private boolean ended;
    private boolean failing;

    Watcher(long seq, ChangeListener listener) {
      this.position = seq;
      this.listener = listener;
    }

    boolean isAwaited() {
      return listener.isAwaited();
    }

    /** True for the one that is to tell it now. */
    synchronized boolean begin() {
      boolean first = !telling && !ended;
      telling |= first;
      return first;
    }

    /** The first time: a listener that nobody can tell is none. */
    void start() {
      if (begin()) {
        try {
          threads.execute(this::tellPage);
        } catch (RuntimeException | Error noThread) {
          close();
          throw noThread;
        }
      }
    }

    void wake() {
      if (begin()) {
        goOnElsewhere();
      }
    }

    private void goOnElsewhere() {
      tellElsewhere(() -> {});
    }

    /** On another thread, which does something before. */
    void tellElsewhere(Runnable before) {
      try {
        threads.execute(
            () -> {
              before.run();
              tellPage();
            });
      } catch (RuntimeException | Error noThread) {
        synchronized (this) {
          telling = false; // what there is now is told with the next change
        }
        Uncaught.report(noThread);
      }
    }

    /** Tells what there is, up to a page; when there is more, another thread goes on. */
    void tellPage() {
      run(this::readAndTell);
      AtomicReference<Runnable> rest = new AtomicReference<>();
      run(() -> rest.set(listener.rest()));
      if (isMore()) {
        goOnElsewhere();
      }
      if (rest.get() != null) {
        run(rest.get());
      }
    }

    private void readAndTell() {
      List<Change> page;
      try {
        page = source.changesSince(position, PAGE).orElse(null);
        failing = false;
      } catch (StorageFault.Closed closing) {
        close();
        return;
      } catch (StorageFault.Unreachable notNow) {
        pause(); // it is waited for as long as it takes
        return;
      } catch (RuntimeException | Error failure) {
        if (!failing) {
          Uncaught.report(failure);
        }
        failing = true;
        pause();
        return;
      }
      if (page == null) {
        skip();
        return;
      }
      for (Change change : page) {
        position = change.seq();
        if (isEnded()) {
          return;
        }
        run(() -> listener.changed(change));
      }
    }

    /** On to the last change, which shows the gap; behind it when even that is not kept. */
    private void skip() {
      long seq = source.seq();
      position = position < seq - 1 ? seq - 1 : seq;
    }

    private static void run(Runnable part) {
      try {
        part.run();
      } catch (RuntimeException | Error bug) {
        Uncaught.report(bug);
      }
    }

    /** A source that fails is not asked again at once. */
    private void pause() {
      LockSupport.parkNanos(this, PAUSE_NANOS);
      Thread.interrupted(); // this thread is ours: nobody else's interrupt means anything to it
    }

    /** True when there is more to tell; if not, the next change has someone begin again. */
    private synchronized boolean isMore() {
      telling = false;
      telling = !ended && source.seq() > position;
      return telling;
    }

    private synchronized boolean isEnded() {
      return ended;
    }

    @Override
    public synchronized void close() {
      ended = true;
      watchers.remove(this);
    }
  }
}
