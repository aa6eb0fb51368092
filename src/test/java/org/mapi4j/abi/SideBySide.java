package org.mapi4j.abi;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Programs that run at the same time, as many as there are processors: each spends seconds on its
 * own JVM's start. Each is a test of its own.
 */
final class SideBySide implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newFixedThreadPool(Math.min(4, Runtime.getRuntime().availableProcessors()));

  private final List<DynamicTest> tests = new ArrayList<>();

  /** Starts a program as soon as there is room; its test waits for the end. */
  void add(String name, Callable<NativeTools.Run> program) {
    Future<NativeTools.Run> run = threads.submit(program);
    tests.add(DynamicTest.dynamicTest(name, () -> result(run).assertPassed(name)));
  }

  private static NativeTools.Run result(Future<NativeTools.Run> run) throws Throwable {
    try {
      return run.get();
    } catch (ExecutionException failed) {
      throw failed.getCause();
    }
  }

  /** The tests in the order they were added; what is still to run is given up when they close. */
  Stream<DynamicTest> tests() {
    return tests.stream().onClose(this::close);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
