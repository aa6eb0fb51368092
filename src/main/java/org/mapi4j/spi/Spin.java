package org.mapi4j.spi;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waiting awake, for fewer threads than there are cores, so that those waited for can run. The
 * first microseconds belong to the waiter; after them it offers its core to whoever has work.
 */
public final class Spin {
  /** Callers that wait for an answer. */
  public static final Spin CALLERS = new Spin();

  /** Threads of engines that wait for work. */
  public static final Spin WORKERS = new Spin();

  /**
   * Threads that will tell listeners of a commit that the disk is at work on. While one has not
   * begun, workers rather sleep: a writer that waited awake would keep it from a core.
   */
  static final Spin TELLERS = new Spin(WORKERS);

  // No Thread.onSpinWait: a hypervisor takes the core away from who says that it waits, which made
  // a hand-off 14 us instead of 9.
  private static final int ROUNDS_AWAKE = 200;
  private static final int ROUNDS_BETWEEN_CLOCKS = 16;

  private final int spinnersMax = Runtime.getRuntime().availableProcessors() - 1;
  private final AtomicInteger spinners = new AtomicInteger();

  private final AtomicInteger outranked;

  private Spin() {
    this.outranked = new AtomicInteger();
  }

  private Spin(Spin others) {
    this.outranked = others.spinners;
  }

  /** True when the condition held before the time was over or too many others waited awake. */
  @CanIgnoreReturnValue
  public boolean until(BooleanSupplier condition, long nanos) {
    return until(condition, 0, nanos);
  }

  /** The same for a condition that is not to be expected for some time, which it sleeps. */
  @CanIgnoreReturnValue
  public boolean until(BooleanSupplier condition, long asleepNanos, long nanos) {
    if (spinners.incrementAndGet() > spinnersMax) {
      spinners.decrementAndGet();
      return condition.getAsBoolean();
    }
    outranked.incrementAndGet();
    try {
      if (asleepNanos > 0) {
        LockSupport.parkNanos(this, asleepNanos);
      }
      for (int i = 0; i < ROUNDS_AWAKE; i++) {
        if (condition.getAsBoolean()) {
          return true;
        }
      }
      long start = System.nanoTime();
      for (int i = 0; ; i++) {
        if (condition.getAsBoolean()) {
          return true;
        }
        Thread.yield();
        if (i % ROUNDS_BETWEEN_CLOCKS == 0 && System.nanoTime() - start > nanos) {
          return false;
        }
      }
    } finally {
      outranked.decrementAndGet();
      spinners.decrementAndGet();
    }
  }
}
