package org.mapi4j.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work of a check on threads of its own. */
final class Threads {
  private Threads() {}

  /** What a thread does. */
  @FunctionalInterface
  interface Work {
    void run(int index) throws Exception;
  }

  /** Runs work on some threads at once and waits for all; the first failure is thrown. */
  static void run(int threads, Work work) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int index = i;
        tasks.add(
            () -> {
              work.run(index);
              return null;
            });
      }
      for (Future<Void> done : executor.invokeAll(tasks)) {
        done.get();
      }
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof CheckFailed failure) {
        throw failure;
      }
      throw failed;
    } finally {
      executor.shutdown();
    }
  }
}
