package org.mapi4j.engine.je;

import com.sleepycat.je.DatabaseException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mapi4j.spi.Spin;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.spi.StoreThread;

/**
 * Threads that read for callers, who may be interrupted; {@link StoreThread}s read themselves. One
 * that was busy a moment ago waits awake, so that a hand-off costs microseconds. A caller waits for
 * its answer to the end, interrupted or not, and its interrupt flag stays set.
 */
final class ReadPool {
  private static final int THREADS_MIN = 4;
  private static final int THREADS_MAX =
      Math.max(THREADS_MIN, 2 * Runtime.getRuntime().availableProcessors());
  private static final long WORKER_SPIN_NANOS = 60_000;
  private static final long CALLER_SPIN_NANOS = 60_000;
  private static final int TRIES = 3;

  private final LiveStore live;
  private final Path directory;
  private final ConcurrentLinkedQueue<Read<?>> queue = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedDeque<Thread> idle = new ConcurrentLinkedDeque<>();
  private final AtomicInteger threads = new AtomicInteger();
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();
  private final AtomicInteger awake = new AtomicInteger();
  private final AtomicInteger here = new AtomicInteger();
  private volatile boolean closed;

  ReadPool(LiveStore live, Path directory) {
    this.live = live;
    this.directory = directory;
  }

  /**
   * Starts the threads that most programs need. A thread that begins while a host's threads end is
   * a danger on Windows (see the page about native hosts), so few begin later.
   */
  void startFirst() {
    while (threads.get() < THREADS_MIN) {
      start();
    }
  }

  /**
   * Runs a read on one of the threads and answers what it did. Throws StorageFault, or the Error
   * that the read ended with.
   */
  <T> T call(Function<JeStore, T> body) {
    return begin(body).get();
  }

  /** The same, begun now and waited for later, by any one thread; threads that read do it then. */
  <T> Supplier<T> begin(Function<JeStore, T> body) {
    if (Thread.currentThread() instanceof StoreThread) {
      return () -> callHere(body);
    }
    if (closed) {
      throw closedFault();
    }
    Read<T> read = new Read<>(body);
    queue.add(read);
    summon();
    if (closed && queue.remove(read)) {
      throw closedFault();
    }
    return read::await;
  }

  private <T> T callHere(Function<JeStore, T> body) {
    here.incrementAndGet();
    try {
      if (closed) {
        throw closedFault();
      }
      Read<T> read = new Read<>(body);
      read.run(live, directory);
      return read.await();
    } finally {
      here.decrementAndGet();
    }
  }

  private static StorageFault closedFault() {
    return new StorageFault.Closed("the store was closed", null);
  }

  /** Sees to it that someone looks at the queue. */
  private void summon() {
    if (awake.get() > 0) {
      return;
    }
    Thread thread = idle.pollFirst();
    if (thread != null) {
      LockSupport.unpark(thread);
    } else if (threads.get() < THREADS_MAX) {
      start();
    }
  }

  private void start() {
    int number = threads.incrementAndGet();
    if (number > THREADS_MAX) {
      threads.decrementAndGet();
      return;
    }
    Thread thread = new Thread(this::work, "mapi4j-je-reader-" + number);
    thread.setDaemon(true);
    running.add(thread);
    try {
      thread.start();
    } catch (RuntimeException | Error refused) { // no memory: another read may have more luck
      running.remove(thread);
      threads.decrementAndGet();
      throw refused;
    }
  }

  private void work() {
    while (true) {
      Read<?> read = next();
      if (read == null) {
        return;
      }
      read.run(live, directory);
    }
  }

  /** The next read, or null at the end. */
  private Read<?> next() {
    while (true) {
      Read<?> read = queue.poll();
      if (read == null && !closed) {
        awake.incrementAndGet();
        boolean found = Spin.WORKERS.until(() -> !queue.isEmpty() || closed, WORKER_SPIN_NANOS);
        awake.decrementAndGet();
        read = found ? queue.poll() : null;
      }
      if (read != null) {
        if (!queue.isEmpty()) {
          summon();
        }
        return read;
      }
      if (closed) {
        return null;
      }
      Thread self = Thread.currentThread();
      idle.addFirst(self);
      if (queue.isEmpty() && !closed) {
        LockSupport.park(this);
      }
      idle.remove(self);
      Thread.interrupted(); // this thread is ours: nobody else's interrupt means anything to it
    }
  }

  /** Ends the threads after what is queued, and waits for them. */
  void close() {
    closed = true;
    for (Thread thread : running) {
      LockSupport.unpark(thread);
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException notMeantForUs) {
          continue;
        }
      }
    }
    while (here.get() > 0) {
      Thread.yield(); // a read on a thread of the store's ends soon
    }
  }

  /** One read, who waits for it, and its answer. */
  private static final class Read<T> {
    private final Function<JeStore, T> body;
    private T value;
    private Throwable thrown;
    private volatile boolean done;
    private volatile Thread parked;

    Read(Function<JeStore, T> body) {
      this.body = body;
    }

    void run(LiveStore live, Path directory) {
      try {
        value = attempt(live, directory);
      } catch (RuntimeException | Error e) {
        thrown = JeFaults.reported(e, directory);
      } finally {
        done = true;
        LockSupport.unpark(parked);
      }
    }

    /** Reads again when the environment failed or was replaced meanwhile, a few times. */
    private T attempt(LiveStore live, Path directory) {
      for (int i = 1; ; i++) {
        JeStore store = live.current();
        try {
          return body.apply(store);
        } catch (DatabaseException | IllegalStateException failure) {
          boolean gone = !live.is(store);
          if (!gone && store.isValid()) {
            throw failure;
          }
          StorageFault fault = JeFaults.of(failure, directory);
          Thread.interrupted(); // what made JE fail must not make the opening fail
          if (!gone) {
            live.replace(store, failure);
          }
          if (i == TRIES || fault instanceof StorageFault.Damaged) {
            throw fault;
          }
        }
      }
    }

    T await() {
      if (!Spin.CALLERS.until(() -> done, CALLER_SPIN_NANOS)) {
        park();
      }
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown != null) {
        throw (StorageFault) thrown;
      }
      return value;
    }

    private void park() {
      boolean interrupted = false;
      parked = Thread.currentThread();
      while (!done) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
