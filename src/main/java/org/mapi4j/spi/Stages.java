package org.mapi4j.spi;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Waiting for a stage to its end, interrupted or not; the flag stays set. */
public final class Stages {
  private Stages() {}

  /** What a stage ends with. Throws what it ended with, a {@link StorageFault} as a rule. */
  public static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  /** Waits for a stage without a result. Throws as {@link #await}. */
  public static void settle(CompletionStage<?> stage) {
    Object nothing = await(stage);
    assert nothing == null : nothing;
  }
}
