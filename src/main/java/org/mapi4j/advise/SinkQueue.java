package org.mapi4j.advise;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.Uncaught;

/**
 * A registered sink: a bounded queue, and a thread while there is something in it. One OnNotify at
 * a time, in the order of the offers, with no lock held. A sink that does not keep up loses what
 * the queue cannot take, and only that: what is queued is told first, then the loss, then it goes
 * on with the present. A sink that throws is reported to its thread's handler and goes on. Released
 * once.
 *
 * <p>Any thread. Source: MAPI "IMsgStore::Advise", "IMAPITable::Advise", "IMsgStore::Unadvise",
 * "Supporting Event Notification"; ADR 0061.
 */
public final class SinkQueue {
  /** Events that one OnNotify is told of. */
  public static final int TOGETHER_MAX = 128;

  /** How long Unadvise and the last Release wait for a sink's OnNotify to return. */
  public static final long RETURN_MILLIS = 1000;

  private final IMAPIAdviseSink sink;
  private final int queuedMax;
  private final LongFunction<NOTIFICATION> loss;
  private final Executor threads;
  private final ArrayDeque<NOTIFICATION> queue = new ArrayDeque<>();
  private long lost;
  private boolean scheduled;
  private Thread calling;
  private boolean ended;
  private boolean released;
  private boolean gone;

  /**
   * A queue without events.
   *
   * @param queuedMax events that may wait for the sink
   * @param loss what tells that so many events were lost; null for a sink that is not told
   */
  public SinkQueue(IMAPIAdviseSink sink, int queuedMax, LongFunction<NOTIFICATION> loss) {
    this(sink, queuedMax, loss, SinkThreads::execute);
  }

  SinkQueue(
      IMAPIAdviseSink sink, int queuedMax, LongFunction<NOTIFICATION> loss, Executor threads) {
    this.sink = sink;
    this.queuedMax = queuedMax;
    this.loss = loss;
    this.threads = threads;
  }

  /** Queues an event. */
  public synchronized void offer(NOTIFICATION notification) {
    if (ended) {
      return;
    }
    if (lost > 0 || queue.size() >= queuedMax) {
      lost++;
    } else {
      queue.add(notification);
    }
    schedule();
  }

  /** What happened meanwhile is not known. */
  public synchronized void missed() {
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
        Uncaught.report(noThread); // what waits is told with the next event
      }
    }
  }

  private void deliver() {
    for (List<NOTIFICATION> next = take(); next != null; next = take()) {
      try {
        var unused = sink.onNotify(next);
      } catch (RuntimeException | Error thrown) {
        Uncaught.report(thrown);
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
      NOTIFICATION told = loss.apply(lost);
      if (told != null) {
        next.add(told);
      }
      lost = 0;
    }
    if (next.isEmpty()) {
      return take();
    }
    calling = Thread.currentThread();
    return next;
  }

  /**
   * Ends queues: no OnNotify begins after this. Waits for those that are under way, a while at
   * most. Called without a lock that a sink may want.
   */
  public static void end(Collection<SinkQueue> ended) {
    ended.forEach(SinkQueue::end);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RETURN_MILLIS);
    ended.forEach(queue -> queue.awaitRelease(deadline));
  }

  /** No OnNotify begins after this. The sink is released now, or by the call that is under way. */
  private void end() {
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
  private synchronized void awaitRelease(long deadlineNanos) {
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
      Uncaught.report(thrown);
    }
    synchronized (this) {
      gone = true;
      notifyAll();
    }
  }
}
