package org.mapi4j.provider;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.mapi4j.advise.Relay;
import org.mapi4j.advise.SinkQueue;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.ChangeListener;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.table.RowSource;

/**
 * Tells the tables of one session that have sinks of the commits that touched their rows, its own
 * and everybody else's. Listens to the shard while there are such tables. Any thread. Source: ADR
 * 0083.
 */
final class TableFeed {
  private final Shard shard;
  private final Map<Registration, List<KeyRange>> tables = new ConcurrentHashMap<>();
  private AutoCloseable watch;
  private boolean closed;

  /** A table's registration; one table may have several. */
  private final class Registration implements AutoCloseable {
    final RowSource.Listener listener;

    Registration(RowSource.Listener listener) {
      this.listener = listener;
    }

    @Override
    public void close() {
      remove(this);
    }
  }

  TableFeed(Shard shard) {
    this.shard = shard;
  }

  /**
   * Tells a table of commits from now on, and of the session's end.
   *
   * @param ranges where its rows are; none for one that hears of changes otherwise
   */
  synchronized AutoCloseable listen(List<KeyRange> ranges, RowSource.Listener listener) {
    if (closed) {
      throw new StorageFault.Closed("the session has ended", null);
    }
    if (watch == null && !ranges.isEmpty()) {
      long since = shard.seq();
      watch = shard.watch(since, new Commits(since));
    }
    Registration registration = new Registration(listener);
    tables.put(registration, ranges);
    return registration;
  }

  private synchronized void remove(Registration registration) {
    tables.remove(registration);
    if (tables.values().stream().allMatch(List::isEmpty)) {
      stop();
    }
  }

  private void stop() {
    if (watch != null) {
      try {
        watch.close();
      } catch (Exception failed) {
        throw new StorageFault("a listener of the store could not be ended", failed);
      } finally {
        watch = null;
      }
    }
  }

  /** The session ends: so do the sinks of all its tables, which are waited for together. */
  void close() {
    List<SinkQueue> ended = new ArrayList<>();
    try {
      synchronized (this) {
        closed = true;
        tables.keySet().forEach(registration -> ended.addAll(registration.listener.ended()));
        tables.clear();
        stop();
      }
    } finally {
      SinkQueue.end(ended);
    }
  }

  /** Hears the commits; a gap in their numbers is what the change log no longer kept. */
  private final class Commits implements ChangeListener {
    private final Set<Registration> touched = new LinkedHashSet<>();
    private long position;

    Commits(long since) {
      position = since;
    }

    @Override
    public void changed(Change change) {
      boolean gap = change.seq() > position + 1;
      position = change.seq();
      tables.forEach(
          (registration, ranges) -> {
            if (gap || RangeStamp.isTouched(ranges, change)) {
              touched.add(registration);
            }
          });
    }

    /** The tables look when all commits were told, one of them on the thread that told them. */
    @Override
    public Runnable rest() {
      Relay relay = new Relay();
      relay.collect(() -> touched.forEach(registration -> registration.listener.changed()));
      touched.clear();
      return relay::run;
    }
  }
}
