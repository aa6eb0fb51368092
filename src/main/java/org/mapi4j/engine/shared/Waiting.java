package org.mapi4j.engine.shared;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.mapi4j.spi.StorageFault;

/** Waiting to the end, interrupted or not; the flag stays set. */
final class Waiting {
  private Waiting() {}

  /** True when the latch opened before the time was over. */
  @CanIgnoreReturnValue
  static boolean on(CountDownLatch latch, long millis) {
    boolean interrupted = false;
    long start = System.nanoTime();
    try {
      while (true) {
        long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        try {
          return latch.await(Math.max(0, millis - passed), TimeUnit.MILLISECONDS);
        } catch (InterruptedException notNow) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits for a stage without a result. Throws as {@link #on}. */
  static void settle(CompletionStage<Void> stage) {
    Void nothing = on(stage);
    assert nothing == null;
  }

  /** What a stage ends with. Throws the fault that it ended with, or {@link Lost}. */
  static <T> T on(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    try {
      return future.join();
    } catch (CompletionException e) {
      throw unwrapped(e);
    }
  }

  /** The fault behind a failed stage. */
  static RuntimeException unwrapped(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    if (cause instanceof Lost lost) {
      return lost;
    }
    if (cause instanceof StorageFault fault) {
      return fault;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new StorageFault(String.valueOf(cause), cause);
  }
}
