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
   * Threads that will tell listeners of a commit that the disk is at work on. While one waits
   * awake, workers rather sleep: a writer that waited awake would keep it from a core.
   */
  static final Spin TELLERS = new Spin(WORKERS);

  // No Thread.onSpinWait: a hypervisor takes the core away from who says that it waits, which made
  // a hand-off 14 us instead of 9.
  private static final int ROUNDS_AWAKE = 200;
  private static final int ROUNDS_BETWEEN_CLOCKS = 16;

  private final int spinnersMax = Runtime.getRuntime().availableProcessors() - 1;
  private final AtomicInteger spinners = new AtomicInteger();
  private final AtomicInteger sleepers = new AtomicInteger();

  private final AtomicInteger outranked;

  private Spin() {
    this.outranked = new AtomicInteger();
  }

  private Spin(Spin others) {
    this.outranked = others.spinners;
  }

  /** True when one more could wait awake now. */
  boolean hasPlace() {
    return spinners.get() < spinnersMax;
  }

  /** True when the condition held before the time was over or too many others waited awake. */
  @CanIgnoreReturnValue
  public boolean until(BooleanSupplier condition, long nanos) {
    if (spinners.incrementAndGet() > spinnersMax) {
      spinners.decrementAndGet();
      return condition.getAsBoolean();
    }
    outranked.incrementAndGet();
    try {
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

  /**
   * The same for a condition that is not to be expected for some time, which it sleeps. Who sleeps
   * keeps nobody from waiting awake; no more do so than could then wait awake.
   */
  @CanIgnoreReturnValue
  boolean until(BooleanSupplier condition, long asleepNanos, long nanos) {
    return asleepNanos > 0 && !sleep(asleepNanos)
        ? condition.getAsBoolean()
        : until(condition, nanos);
  }

  private boolean sleep(long nanos) {
    try {
      if (sleepers.incrementAndGet() > spinnersMax) {
        return false;
      }
      LockSupport.parkNanos(this, nanos);
      return true;
    } finally {
      sleepers.decrementAndGet();
    }
  }
}
