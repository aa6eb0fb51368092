package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.MAPI_E_NOT_ENOUGH_MEMORY;
import static org.mapi4j.types.MapiDefs.MAPI_UNICODE;
import static org.mapi4j.types.MapiDefs.fnevCriticalError;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.ERROR_NOTIFICATION;

/**
 * A registered sink: what it asked for, a bounded queue, and a thread while there is something in
 * it. One OnNotify at a time, in commit order, with no lock held. A sink that does not keep up
 * loses what the queue cannot take, and only that: what is queued is told first, then an
 * fnevCriticalError says how many events were lost, then it goes on with the present. A sink that
 * throws is reported to its thread's handler and goes on. Released once.
 *
 * <p>Any thread. Source: MAPI "IMsgStore::Advise", "IMsgStore::Unadvise", "Supporting Event
 * Notification"; ADR 0061.
 */
final class SinkConnection {
  /** Events that wait for a sink. */
  static final int QUEUED_MAX = 4096;

  /** Events that one OnNotify is told of. */
  static final int TOGETHER_MAX = 128;

  private final Bytes source;
  private final int mask;
  private final long since;
  private final Bytes store;
  private final IMAPIAdviseSink sink;
  private final Executor threads;
  private final ArrayDeque<NOTIFICATION> queue = new ArrayDeque<>();
  private long lost;
  private boolean scheduled;
  private Thread calling;
  private boolean ended;
  private boolean released;
  private boolean gone;

  /**
   * @param source entry identifier of the object that it hears of, null for the whole store
   * @param mask fnev bits
   * @param since sequence number of the last commit that it hears nothing of
   * @param store entry identifier of the store
   */
  SinkConnection(
      Bytes source, int mask, long since, Bytes store, IMAPIAdviseSink sink, Executor threads) {
    this.source = source;
    this.mask = mask;
    this.since = since;
    this.store = store;
    this.sink = sink;
    this.threads = threads;
  }

  /** Queues an event of a commit for the sink, if it asked for such. */
  void offer(long seq, StoreEvents.Event event) {
    boolean wanted =
        seq > since
            && (event.notification().ulEventType() & mask) != 0
            && (source == null || event.about().contains(source));
    if (wanted) {
      queue(event.notification());
    }
  }

  private synchronized void queue(NOTIFICATION notification) {
    if (ended) {
      return;
    }
    if (lost > 0 || queue.size() >= QUEUED_MAX) {
      lost++;
      return;
    }
    queue.add(notification);
    schedule();
  }

  /** What happened meanwhile is not known. */
  synchronized void missed() {
    if (!ended) {
      lost++;
      schedule();
    }
  }

  private void schedule() {
    if (!scheduled) {
      try {
        threads.execute(this::deliver);
        scheduled = true;
      } catch (RuntimeException | Error noThread) {
        report(noThread); // what waits is told with the next event
      }
    }
  }

  private void deliver() {
    for (List<NOTIFICATION> next = take(); next != null; next = take()) {
      try {
        var unused = sink.onNotify(next);
      } catch (RuntimeException | Error thrown) {
        report(thrown);
      }
    }
    if (toBeReleased()) {
      release();
    }
  }

  /** The next events to tell; null when there are none. */
  private synchronized List<NOTIFICATION> take() {
    calling = null;
    if (ended || queue.isEmpty() && lost == 0) {
      scheduled = false;
      return null;
    }
    List<NOTIFICATION> next = new ArrayList<>();
    while (next.size() < TOGETHER_MAX && !queue.isEmpty()) {
      next.add(queue.remove());
    }
    if (queue.isEmpty() && lost > 0) {
      if ((mask & fnevCriticalError) != 0) {
        next.add(lostEvents());
      }
      lost = 0;
    }
    if (next.isEmpty()) {
      return take();
    }
    calling = Thread.currentThread();
    return next;
  }

  private NOTIFICATION lostEvents() {
    String text = "events were lost: %d or more, the sink did not keep up".formatted(lost);
    return new ERROR_NOTIFICATION(
        store,
        MAPI_E_NOT_ENOUGH_MEMORY,
        MAPI_UNICODE,
        new MAPIERROR(0, text, "mapi4j", MAPI_E_NOT_ENOUGH_MEMORY, 0));
  }

  /** No OnNotify begins after this. The sink is released now, or by the call that is under way. */
  void end() {
    synchronized (this) {
      ended = true;
      queue.clear();
    }
    if (toBeReleased()) {
      release();
    }
  }

  private synchronized boolean toBeReleased() {
    if (!ended || released || calling != null) {
      return false;
    }
    released = true;
    return true;
  }

  /**
   * After {@link #end}: waits for an OnNotify that is under way, and for the Release behind it,
   * unless this thread makes it; a while at most, so that a sink that waits for this very thread
   * stops nobody.
   */
  synchronized void awaitRelease(long deadlineNanos) {
    boolean interrupted = false;
    while (!gone && calling != Thread.currentThread()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
      if (left <= 0) {
        break;
      }
      try {
        wait(left);
      } catch (InterruptedException interruption) {
        interrupted = true;
        break;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void release() {
    try {
      sink.close();
    } catch (RuntimeException | Error thrown) {
      report(thrown);
    }
    synchronized (this) {
      gone = true;
      notifyAll();
    }
  }

  private static void report(Throwable thrown) {
    Thread thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
  }
}
