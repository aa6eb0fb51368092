package org.mapi4j.table;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.PR_INSTANCE_KEY;
import static org.mapi4j.types.MapiTags.PR_NULL;

import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import org.mapi4j.advise.Connections;
import org.mapi4j.advise.SinkQueue;
import org.mapi4j.advise.SinkThreads;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.TABLE_NOTIFICATION;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;
import org.mapi4j.types.Uncaught;

/**
 * The sinks of a view. While there are any, the source tells when rows may have changed; then one
 * of a few threads has the view look, and each sink is told the difference. A view that looks
 * because of a call tells the same way, so every event follows from the ones before. What a sink
 * cannot be told any more, it is told as TABLE_CHANGED.
 *
 * <p>All but {@link #changed} and {@link #ended} under the view's monitor; those from any thread,
 * and they wait for no view. Source: MAPI "IMAPITable::Advise", "TABLE_NOTIFICATION", "About Table
 * Notifications"; ADR 0083.
 */
final class TableWatch implements RowSource.Listener {
  /** Sinks of one view (MAPI_E_NOT_ENOUGH_MEMORY): each may hold a thread. */
  static final int SINKS_MAX = 64;

  /** Events that wait for a sink; each holds a row. */
  static final int QUEUED_MAX = 1024;

  private static final NOTIFICATION CHANGED =
      new TABLE_NOTIFICATION(TABLE_CHANGED, S_OK, null, null, null);

  private static final SPropValue FIRST = new SPropValue(PR_NULL, null);

  private final RowSource source;
  private final ShownRows rows;
  private final Runnable look;
  private final Executor threads;
  private final Connections<SinkQueue> sinks = new Connections<>(SINKS_MAX);
  private AutoCloseable feed;
  private boolean scheduled;
  private boolean closed;
  private boolean failing;

  /**
   * @param look has the view look at its rows
   */
  TableWatch(RowSource source, ShownRows rows, Runnable look) {
    this(source, rows, look, SinkThreads::look);
  }

  TableWatch(RowSource source, ShownRows rows, Runnable look, Executor threads) {
    this.source = source;
    this.rows = rows;
    this.look = look;
    this.threads = threads;
  }

  /** Registers a sink, which knows the rows as they are now. */
  MapiResult<Long> advise(int mask, IMAPIAdviseSink sink) {
    if (feed == null) {
      feed = source.listen(this); // before the rows are looked at: what comes after is told
    }
    if (feed == null) {
      return MapiResult.error(MAPI_E_NO_SUPPORT);
    }
    try {
      boolean unknown = (mask & ~fnevTableModified) != 0 && !rows.view.options().lenientFlags();
      if (sink == null || (mask & fnevTableModified) == 0 || unknown) {
        return MapiResult.error(MAPI_E_INVALID_PARAMETER);
      }
      if (rows.isFollowed()) {
        var unused = rows.present(); // the others hear what the new one knows
      } else {
        rows.follow(this::tell);
      }
      return add(sink);
    } finally {
      stopWithoutSinks();
    }
  }

  private synchronized MapiResult<Long> add(IMAPIAdviseSink sink) {
    if (closed) {
      return MapiResult.error(MAPI_E_INVALID_OBJECT);
    }
    OptionalLong number = sinks.add(new SinkQueue(sink, QUEUED_MAX, lost -> CHANGED));
    return number.isEmpty()
        ? MapiResult.error(MAPI_E_NOT_ENOUGH_MEMORY)
        : MapiResult.ok(number.getAsLong());
  }

  /**
   * Takes a sink out.
   *
   * @param removed where it goes, also when this throws: it is yet to be ended
   * @return false for a number that there is not
   */
  boolean remove(long number, Collection<SinkQueue> removed) {
    SinkQueue one;
    synchronized (this) {
      one = sinks.remove(number);
    }
    boolean found = one != null && removed.add(one);
    stopWithoutSinks();
    return found;
  }

  /**
   * Takes all out.
   *
   * @param removed where they go, also when this throws: they are yet to be ended
   */
  void close(Collection<SinkQueue> removed) {
    removed.addAll(clear());
    stopWithoutSinks();
  }

  private synchronized List<SinkQueue> clear() {
    closed = true;
    return sinks.clear();
  }

  private void stopWithoutSinks() {
    if (feed == null || !sinks.isEmpty()) {
      return;
    }
    rows.unfollow();
    AutoCloseable ended = feed;
    feed = null;
    try {
      ended.close();
    } catch (RuntimeException fault) {
      throw fault;
    } catch (Exception never) {
      throw new IllegalStateException("a source's listener could not be ended", never);
    }
  }

  @Override
  public List<SinkQueue> ended() {
    return clear();
  }

  @Override
  public synchronized void changed() {
    if (!scheduled && !closed) {
      scheduled = true;
      try {
        threads.execute(this::lookNow);
      } catch (RuntimeException | Error noThread) {
        scheduled = false; // the next change has the view look
        Uncaught.report(noThread); // not to whom it tells: a commit, or a call on an object
      }
    }
  }

  private void lookNow() {
    try {
      look.run();
    } finally {
      looks();
    }
  }

  /**
   * What changes from here on is looked at again. Not before the view's monitor is held: one that
   * waits for it is enough.
   */
  private synchronized void looks() {
    scheduled = false;
  }

  /** The view's rows, looked at for the sinks: what cannot be read is told once. */
  void present() {
    looks();
    if (feed == null) {
      return;
    }
    try {
      var unused = rows.present();
      failing = false;
    } catch (RuntimeException thrown) {
      if (rows.codeOf(thrown) >= 0) {
        throw thrown;
      }
      if (!failing) {
        tell(TABLE_ERROR, rows.codeOf(thrown));
      }
      failing = true;
    }
  }

  /**
   * Tells of something that has no row.
   *
   * @param hr what a TABLE_ERROR is about, else S_OK
   */
  void tell(int event, int hr) {
    offer(new TABLE_NOTIFICATION(event, hr, null, null, null));
  }

  /** What cannot be read any more is an error, after which no row counts: clients read again. */
  private void tell(List<RowEvent> events) {
    SPropTagArray columns = rows.shape().columns();
    for (RowEvent event : events) {
      try {
        offer(notification(event, columns));
      } catch (RuntimeException thrown) {
        int hr = rows.codeOf(thrown);
        if (hr >= 0) {
          throw thrown;
        }
        tell(TABLE_ERROR, hr);
        tell(TABLE_CHANGED, S_OK); // the rest
        return;
      }
    }
  }

  private NOTIFICATION notification(RowEvent event, SPropTagArray columns) {
    if (event.identity() == null) {
      return new TABLE_NOTIFICATION(event.event(), S_OK, null, null, null);
    }
    boolean there = event.row() != null;
    SPropValue prior = event.prior() == null ? FIRST : key(event.prior());
    return new TABLE_NOTIFICATION(
        event.event(),
        S_OK,
        key(event.identity()),
        there ? prior : null,
        there ? row(event.row(), columns) : null);
  }

  private SPropValue key(Bytes identity) {
    return new SPropValue(PR_INSTANCE_KEY, rows.view.instanceKey(identity));
  }

  private SRow row(ViewRow row, SPropTagArray columns) {
    SRow read = ShownRows.cells(row, columns);
    rows.wasRead(row);
    return read;
  }

  private void offer(NOTIFICATION notification) {
    sinks.all().forEach(sink -> sink.offer(notification));
  }
}
