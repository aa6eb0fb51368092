package org.mapi4j.advise;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that tell sinks, and do what a table does asynchronously: one for each piece of work,
 * so that one that blocks holds up only itself. Kept for the next: on Windows a thread should not
 * begin while others end. Any thread. Source: ADR 0061.
 */
public final class SinkThreads {
  private static final ThreadPoolExecutor THREADS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          10,
          TimeUnit.MINUTES,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task, "mapi4j-notify");
            thread.setDaemon(true);
            return thread;
          });

  private SinkThreads() {}

  /** Runs something soon. Throws what the JVM throws that has no thread for it. */
  public static void execute(Runnable work) {
    THREADS.execute(work);
  }

  /** Gives what a sink or a task threw to the handler of its thread. */
  static void report(Throwable thrown) {
    Thread thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
  }
}
