package org.mapi4j;

import java.nio.file.Path;
import java.time.Clock;
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
  private static final Map<Path, Place> BY_DIRECTORY = new HashMap<>();

  private final Shard shard;
  private final Place place;
  private final Semaphore work = new Semaphore(0);
  private final Thread sweeper;
  private final CountDownLatch closing = new CountDownLatch(1);

  /** Of the session that was opened last; null before the first. */
  private volatile Clock clock;

  /**
   * Where a shard is open. Who opens it or closes it holds the monitor of its place alone, so that
   * other directories are opened meanwhile.
   */
  private static final class Place {
    private final Path directory;

    /** Users, and who waits to become one; guarded by BY_DIRECTORY. */
    private int interested;

    private SharedShard open;
    private int users;

    Place(Path directory) {
      this.directory = directory;
    }

    static Place of(Path directory) {
      synchronized (BY_DIRECTORY) {
        Place place = BY_DIRECTORY.computeIfAbsent(directory, Place::new);
        place.interested++;
        return place;
      }
    }

    void leave() {
      synchronized (BY_DIRECTORY) {
        if (--interested == 0) {
          BY_DIRECTORY.remove(directory, this);
        }
      }
    }
  }

  private SharedShard(Shard shard, Place place) {
    this.shard = shard;
    this.place = place;
    sweeper = new Thread(this::sweepUntilClosed, "mapi4j-sweeper");
    sweeper.setDaemon(true);
  }

  /** The shard of a directory, opened by the first that asks. */
  static SharedShard acquire(Path directory, Supplier<Shard> open) {
    Place place = Place.of(directory);
    try {
      return use(place, open);
    } catch (RuntimeException | Error failed) {
      place.leave();
      throw failed;
    }
  }

  private static SharedShard use(Place place, Supplier<Shard> open) {
    synchronized (place) {
      if (place.open == null) {
        place.open = start(open.get(), place);
      }
      place.users++;
      return place.open;
    }
  }

  /** A shard of nobody else's. */
  static SharedShard alone(Shard shard) {
    Place nowhere = new Place(null);
    nowhere.interested = 1;
    return use(nowhere, () -> shard);
  }

  private static SharedShard start(Shard shard, Place place) {
    try {
      if (!(shard instanceof SharedEngine)) { // which knows when no other process has it open
        StoreSession.recover(shard);
      }
      SharedShard shared = new SharedShard(shard, place);
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
      place.interested++;
    }
    synchronized (place) {
      place.users++;
      return this;
    }
  }

  void release() {
    try {
      synchronized (place) {
        if (--place.users == 0) {
          close();
        }
      }
    } finally {
      place.leave();
    }
  }

  /** Ends the sweep under way after its present step; the rest is for the next opening. */
  private void close() {
    closing.countDown();
    work.release();
    awaitSweeper();
    place.open = null;
    shard.close();
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

  /** The clock of a session that was opened on the shard: what was kept until then goes. */
  void clock(Clock of) {
    clock = of;
    sweepSoon();
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
      return isClosing();
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void sweepUntilClosed() {
    do {
      work.acquireUninterruptibly();
      work.drainPermits();
      if (isClosing()) {
        return;
      }
      try {
        Clock now = clock;
        int swept =
            now == null
                ? StoreSession.sweep(shard, this::isClosing)
                : StoreSession.sweep(shard, this::isClosing, now);
        assert swept >= 0;
      } catch (StorageFault fault) {
        // A full disk or the like: what is left is swept after the next change, or when the store
        // is next opened.
        work.drainPermits();
      }
    } while (!closesDuringPause());
  }
}
