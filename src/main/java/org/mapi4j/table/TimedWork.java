package org.mapi4j.table;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.util.concurrent.TimeUnit;

/**
 * What GetStatus tells of SetColumns, Restrict and SortTable, and the one of them that runs
 * asynchronously. Any thread; knows no view's monitor. Source: MAPI "IMAPITable::GetStatus",
 * "IMAPITable::Abort", "IMAPITable::WaitForCompletion".
 */
final class TimedWork {
  /** An operation: its states, and what sinks hear at its end. */
  enum Kind {
    COLUMNS("SetColumns", TBLSTAT_SETTING_COLS, TBLSTAT_SETCOL_ERROR, TABLE_SETCOL_DONE),
    RESTRICTION("Restrict", TBLSTAT_RESTRICTING, TBLSTAT_RESTRICT_ERROR, TABLE_RESTRICT_DONE),
    ORDER("SortTable", TBLSTAT_SORTING, TBLSTAT_SORT_ERROR, TABLE_SORT_DONE);

    final String call;
    final int running;
    final int failed;
    final int done;

    Kind(String call, int running, int failed, int done) {
      this.call = call;
      this.running = running;
      this.failed = failed;
      this.done = done;
    }
  }

  private int status = TBLSTAT_COMPLETE;
  private boolean busy;
  private volatile boolean aborted;
  private boolean decided;

  /** TBLSTAT_ value; that of a failure until the next operation. */
  synchronized int status() {
    return status;
  }

  /** True while an operation runs asynchronously. */
  synchronized boolean isBusy() {
    return busy;
  }

  /** An operation ended that did not run asynchronously. */
  synchronized void ended(Kind kind, int hr) {
    status = hr < 0 ? kind.failed : TBLSTAT_COMPLETE;
  }

  /** An operation runs asynchronously from now on. */
  synchronized void begin(Kind kind) {
    status = kind.running;
    busy = true;
    aborted = false;
    decided = false;
  }

  /** True when the operation that runs is to be undone. Does not wait. */
  boolean isAborted() {
    return aborted;
  }

  /** Whether the operation that runs is to be undone; it is too late to abort it from now on. */
  synchronized boolean decide() {
    decided = true;
    return aborted;
  }

  /** The operation that ran has come to its end, undone or not. */
  synchronized void finish(int newStatus) {
    status = newStatus;
    busy = false;
    notifyAll();
  }

  /** S_OK when an operation runs that will have had no effect. */
  synchronized int abort() {
    if (!busy || decided && !aborted) {
      return MAPI_E_UNABLE_TO_ABORT;
    }
    aborted = true;
    return S_OK;
  }

  /**
   * Waits until nothing runs, whatever happens to the thread: its interrupt flag stays set.
   *
   * @param millis at most; negative for ever
   * @return false when the time was not enough
   */
  synchronized boolean await(long millis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    boolean interrupted = false;
    while (busy) {
      long left = millis < 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (millis >= 0 && left <= 0) {
        break;
      }
      try {
        wait(left);
      } catch (InterruptedException interruption) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return !busy;
  }
}
