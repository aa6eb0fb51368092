package org.mapi4j.spi;

import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * A stage whose join waits awake for a while before it parks: waking a parked thread costs a good
 * part of what a durable commit does. While the disk is likely to be at work it sleeps first: a
 * core that is kept busy makes a sync take a tenth longer.
 */
public class SpinFuture<T> extends CompletableFuture<T> {
  private static final long SPIN_NANOS = 1_000_000;

  private final LongSupplier asleepNanos;

  /** A stage that is not complete and may be at any time. */
  public SpinFuture() {
    this(() -> 0);
  }

  /**
   * A stage that is not complete.
   *
   * @param asleepNanos how long the result is not to be expected
   */
  public SpinFuture(LongSupplier asleepNanos) {
    this.asleepNanos = asleepNanos;
  }

  @Override
  public T join() {
    if (!isDone()) {
      Spin.CALLERS.until(this::isDone, asleepNanos.getAsLong(), SPIN_NANOS);
    }
    return super.join();
  }
}
