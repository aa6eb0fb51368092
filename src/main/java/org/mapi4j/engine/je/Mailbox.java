package org.mapi4j.engine.je;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.mapi4j.spi.Spin;

/** What many threads hand to one, which waits awake for a while before it parks. */
final class Mailbox<T> {
  private final ConcurrentLinkedQueue<T> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final long spinNanos;
  private volatile Thread parked;
  private volatile boolean closed;

  Mailbox(long spinNanos) {
    this.spinNanos = spinNanos;
  }

  void add(T item) {
    queue.add(item);
    size.incrementAndGet();
    unpark();
  }

  /** From now on {@link #await} returns at once. */
  void close() {
    closed = true;
    unpark();
  }

  private void unpark() {
    Thread thread = parked;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  /** The next item, or null when there is none now. */
  T poll() {
    T item = queue.poll();
    if (item != null) {
      size.decrementAndGet();
    }
    return item;
  }

  /** About how many items wait. */
  int size() {
    return size.get();
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Returns when there may be an item, or for no reason. For the one receiver. */
  void await() {
    if (Spin.WORKERS.until(() -> !queue.isEmpty() || closed, spinNanos)) {
      return;
    }
    parked = Thread.currentThread();
    if (queue.isEmpty() && !closed) {
      LockSupport.park(this);
    }
    parked = null;
  }
}
