package org.mapi4j.util;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.mapi4j.types.Uncaught;

/**
 * The idle engine: calls due routines, the highest priority first, on one daemon thread while
 * somebody has it initialised. A process without a user interface is always idle. Source: MAPI
 * "MAPI Idle Engine".
 */
final class IdleEngine {
  private static final long TICK_MILLIS = 10;

  private final LongSupplier clockMillis;
  private final boolean threaded;
  private final List<FTG> routines = new ArrayList<>();
  private int users;
  private Thread thread;

  /** An engine that calls due routines itself, or, for tests, only in {@link #runDue}. */
  IdleEngine(LongSupplier clockMillis, boolean threaded) {
    this.clockMillis = clockMillis;
    this.threaded = threaded;
  }

  /** 0, or 1 for an argument that is not NULL. */
  synchronized int init(Object reserved) {
    if (reserved != null) {
      return 1;
    }
    users++;
    if (users == 1 && threaded) {
      thread = new Thread(this::loop, "mapi-idle");
      thread.setDaemon(true);
      thread.start();
    }
    return 0;
  }

  synchronized void deinit() {
    users = Math.max(0, users - 1);
    if (users == 0) {
      routines.clear();
      thread = null;
      notifyAll();
    }
  }

  /** Null without init, routine or priority. */
  synchronized FTG register(FNIDLE routine, Object context, int priority, int csec, int options) {
    if (users == 0 || routine == null || priority == 0 || csec < 0) {
      return null;
    }
    FTG ftg = new FTG(routine, context, priority, csec, options, clockMillis.getAsLong());
    routines.add(ftg);
    return ftg;
  }

  synchronized void deregister(FTG ftg) {
    routines.remove(ftg);
  }

  synchronized void enable(FTG ftg, boolean enable) {
    if (ftg != null) {
      ftg.enable(enable);
    }
  }

  synchronized void change(
      FTG ftg, FNIDLE routine, Object context, int priority, int csec, int options, int what) {
    if (ftg != null) {
      ftg.change(routine, context, priority, csec, options, what);
    }
  }

  /** Calls the due routine of the highest priority; false when none is due. */
  boolean runDue() {
    FTG due;
    Runnable call;
    synchronized (this) {
      long now = clockMillis.getAsLong();
      Optional<FTG> next =
          routines.stream()
              .filter(ftg -> ftg.isDue(now))
              .max(
                  Comparator.comparingInt(FTG::priority)
                      .thenComparing(FTG::dueMillis, Comparator.reverseOrder()));
      if (next.isEmpty()) {
        return false;
      }
      due = next.get();
      call = due.take(now);
    }
    boolean done = false;
    try {
      call.run();
      done = true;
    } finally {
      if (!done) {
        deregister(due);
      }
    }
    return true;
  }

  private void loop() {
    Thread self = Thread.currentThread();
    while (isCurrent(self)) {
      try {
        boolean unused = runDue();
      } catch (RuntimeException | Error fault) {
        Uncaught.report(fault);
      }
    }
  }

  /** Waits a tick; false when the engine was shut down meanwhile. */
  @SuppressWarnings("WaitNotInLoop") // a tick that ends early does no harm
  private synchronized boolean isCurrent(Thread self) {
    try {
      if (thread == self) {
        wait(TICK_MILLIS);
      }
    } catch (InterruptedException stop) {
      return false;
    }
    return thread == self;
  }
}
