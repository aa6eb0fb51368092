package org.mapi4j.advise;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.mapi4j.types.Uncaught;

/**
 * The threads that tell sinks, and do what a table does asynchronously: one for each piece of work,
 * so that one that blocks holds up only itself; and a few on which tables look at their rows, which
 * calls nobody else's code. Kept for the next: on Windows a thread should not begin while others
 * end. A thread whose {@link Relay} collects keeps the work for itself. Any thread. Source: ADR
 * 0061, ADR 0083.
 */
public final class SinkThreads {
  /** Tables that look at one time: one that waits for a call on its view holds up few. */
  static final int LOOKS_MAX = 4;

  private static final ThreadPoolExecutor THREADS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          10,
          TimeUnit.MINUTES,
          new SynchronousQueue<>(),
          named("mapi4j-notify"));

  private static final ThreadPoolExecutor LOOKS =
      new ThreadPoolExecutor(
          LOOKS_MAX,
          LOOKS_MAX,
          0,
          TimeUnit.MINUTES,
          new LinkedBlockingQueue<>(),
          named("mapi4j-look"));

  private SinkThreads() {}

  private static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Runs something soon. Throws what the JVM throws that has no thread for it. */
  public static void execute(Runnable work) {
    if (!Relay.takes(work, false)) {
      executeElsewhere(work);
    }
  }

  /** On another thread. */
  static void executeElsewhere(Runnable work) {
    THREADS.execute(work);
  }

  /**
   * Runs soon what ends by itself, after what waits already. Throws what the JVM throws that has no
   * thread for it.
   */
  public static void look(Runnable work) {
    if (!Relay.takes(work, true)) {
      lookElsewhere(work);
    }
  }

  /** On another thread. */
  static void lookElsewhere(Runnable work) {
    LOOKS.execute(
        () -> {
          try {
            work.run();
          } catch (RuntimeException | Error thrown) {
            Uncaught.report(thrown); // the thread goes on
          }
        });
  }
}
