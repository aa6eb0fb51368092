package org.mapi4j.spi;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * {@link Shard#watch} for engines that have {@link Shard#changesSince}: each listener has a thread
 * of its own, which reads on from where it is, so that a slow listener delays nobody and costs no
 * memory. A listener so slow that the log no longer keeps what comes next goes on with the present:
 * it sees a gap in the numbers. A listener that throws is reported to its thread's handler and goes
 * on; so is a source that fails, once until it works again, and it is asked again after a pause.
 * One that is unreachable is waited for without a word.
 */
public final class ChangeFeed implements AutoCloseable {
  private static final int PAGE = 256;
  private static final long PAUSE_NANOS = 100_000_000;

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
  private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
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
    this.source = source;
  }

  /**
   * Starts a listener after a sequence number. Throws {@link StorageFault} when the changes after
   * it are no longer kept.
   */
  public AutoCloseable watch(long seq, Consumer<Change> listener) {
    if (source.changesSince(seq, 1).isEmpty()) {
      throw new StorageFault("the changes after %d are no longer kept".formatted(seq), null);
    }
    Watcher watcher = new Watcher(seq, listener);
    watchers.add(watcher);
    if (closed) {
      watcher.close();
    }
    try {
      THREADS.execute(watcher);
    } catch (RuntimeException | Error noThread) {
      watcher.close();
      throw noThread;
    }
    return watcher;
  }

  /** There are changes that were not there before. Cheap without listeners. */
  public void published() {
    for (Watcher watcher : watchers) {
      watcher.wake();
    }
  }

  /** Ends every listener; what it is being told is told. */
  @Override
  public void close() {
    closed = true;
    watchers.forEach(Watcher::close);
  }

  private final class Watcher implements Runnable, AutoCloseable {
    private final Consumer<Change> listener;
    private long position;
    private boolean ended;
    private boolean failing;

    Watcher(long seq, Consumer<Change> listener) {
      this.position = seq;
      this.listener = listener;
    }

    @Override
    public void run() {
      while (waitForMore()) {
        List<Change> page;
        try {
          page = source.changesSince(position, PAGE).orElse(null);
          failing = false;
        } catch (StorageFault.Closed closing) {
          return;
        } catch (StorageFault.Unreachable notNow) {
          pause(); // it is waited for as long as it takes
          continue;
        } catch (RuntimeException | Error failure) {
          if (!failing) {
            report(failure);
          }
          failing = true;
          pause();
          continue;
        }
        if (page == null) {
          skip();
          continue;
        }
        for (Change change : page) {
          position = change.seq();
          if (isEnded()) {
            return;
          }
          tell(change);
        }
      }
    }

    /** On to the last change, which shows the gap; behind it when even that is not kept. */
    private void skip() {
      long seq = source.seq();
      position = position < seq - 1 ? seq - 1 : seq;
    }

    private void tell(Change change) {
      try {
        listener.accept(change);
      } catch (RuntimeException | Error bug) {
        report(bug);
      }
    }

    private static void report(Throwable thrown) {
      Thread thread = Thread.currentThread();
      try {
        thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
      } catch (RuntimeException | Error ofTheHandler) {
        thrown.addSuppressed(ofTheHandler); // as the JVM has it: nobody hears of that
      }
    }

    /** A source that fails is not asked again at once. */
    private void pause() {
      LockSupport.parkNanos(this, PAUSE_NANOS);
      Thread.interrupted(); // this thread is ours: nobody else's interrupt means anything to it
    }

    /** True when there is more, false at the end. */
    private synchronized boolean waitForMore() {
      while (!ended && source.seq() <= position) {
        try {
          wait();
        } catch (InterruptedException notMeantForUs) {
          continue;
        }
      }
      return !ended;
    }

    private synchronized boolean isEnded() {
      return ended;
    }

    synchronized void wake() {
      notifyAll();
    }

    @Override
    public synchronized void close() {
      ended = true;
      watchers.remove(this);
      notifyAll();
    }
  }
}
