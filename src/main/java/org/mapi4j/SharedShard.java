package org.mapi4j;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.mapi4j.engine.shared.SharedEngine;
import org.mapi4j.provider.StoreSession;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.StorageFault;

/**
 * A shard that all sessions on it share, with the thread that sweeps it. Closed by the last that
 * lets go.
 */
final class SharedShard {
  private static final long PAUSE_MILLIS = 100;
  private static final Map<Path, SharedShard> BY_DIRECTORY = new HashMap<>();

  private final Shard shard;
  private final Path directory;
  private final Semaphore work = new Semaphore(0);
  private final Thread sweeper;
  private final CountDownLatch closing = new CountDownLatch(1);
  private int users;

  private SharedShard(Shard shard, Path directory) {
    this.shard = shard;
    this.directory = directory;
    sweeper = new Thread(this::sweepUntilClosed, "mapi4j-sweeper");
    sweeper.setDaemon(true);
  }

  /** The shard of a directory, opened by the first that asks. */
  static SharedShard acquire(Path directory, Supplier<Shard> open) {
    synchronized (BY_DIRECTORY) {
      SharedShard shared = BY_DIRECTORY.get(directory);
      if (shared == null) {
        shared = start(open.get(), directory);
        BY_DIRECTORY.put(directory, shared);
      }
      shared.users++;
      return shared;
    }
  }

  /** A shard of nobody else's. */
  static SharedShard alone(Shard shard) {
    SharedShard shared = start(shard, null);
    shared.users = 1;
    return shared;
  }

  private static SharedShard start(Shard shard, Path directory) {
    try {
      if (!(shard instanceof SharedEngine)) { // which knows when no other process has it open
        StoreSession.recover(shard);
      }
      SharedShard shared = new SharedShard(shard, directory);
      shared.sweeper.start();
      shared.sweepSoon();
      return shared;
    } catch (RuntimeException | Error failed) {
      try {
        shard.close();
      } catch (RuntimeException alsoFailed) {
        failed.addSuppressed(alsoFailed);
      }
      throw failed;
    }
  }

  Shard shard() {
    return shard;
  }

  /** One more user. */
  SharedShard retain() {
    synchronized (BY_DIRECTORY) {
      users++;
      return this;
    }
  }

  void release() {
    synchronized (BY_DIRECTORY) {
      if (--users > 0) {
        return;
      }
      closing.countDown();
      work.release();
      awaitSweeper();
      try {
        shard.close();
      } finally {
        if (directory != null) {
          BY_DIRECTORY.remove(directory);
        }
      }
    }
  }

  private void awaitSweeper() {
    boolean interrupted = false;
    while (true) {
      try {
        sweeper.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  void sweepSoon() {
    if (work.availablePermits() == 0) {
      work.release();
    }
  }

  /** Waits between two sweeps, so that many changes make one. True when the shard closes. */
  private boolean closesDuringPause() {
    try {
      return closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException nobodys) {
      Thread.currentThread().interrupt();
      return closing.getCount() == 0;
    }
  }

  private void sweepUntilClosed() {
    do {
      work.acquireUninterruptibly();
      work.drainPermits();
      if (closing.getCount() == 0) {
        return;
      }
      try {
        int swept = StoreSession.sweep(shard);
        assert swept >= 0;
      } catch (StorageFault fault) {
        // A full disk or the like: what is left is swept after the next change, or when the store
        // is next opened.
        work.drainPermits();
      }
    } while (!closesDuringPause());
  }
}
