package org.mapi4j.spi;

import java.util.concurrent.CompletableFuture;

/**
 * A stage whose join waits awake for a while before it parks: waking a parked thread costs a good
 * part of what a durable commit does.
 */
public class SpinFuture<T> extends CompletableFuture<T> {
  private static final long SPIN_NANOS = 1_000_000;

  /** A stage that is not complete. */
  public SpinFuture() {}

  @Override
  public T join() {
    if (!isDone()) {
      Spin.CALLERS.until(this::isDone, SPIN_NANOS);
    }
    return super.join();
  }
}
