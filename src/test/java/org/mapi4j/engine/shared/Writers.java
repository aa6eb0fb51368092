package org.mapi4j.engine.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.mapi4j.engine.je.JavaProcess;

/** A {@link SharedWriter} in its process, and what it said. */
final class Writers {
  final Process process;
  final String name;
  final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  private final Thread listener;
  private volatile String first;
  private volatile String last = "";

  Writers(Path directory, String name, int threads, long patienceMillis) throws IOException {
    this.name = name;
    process =
        JavaProcess.start(
            SharedWriter.class, directory.toString(), name, "" + threads, "" + patienceMillis);
    listener = new Thread(this::listen);
    listener.start();
  }

  private void listen() {
    try (BufferedReader out = process.inputReader()) {
      String held = null;
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (first == null) {
          first = line;
        } else {
          take(held);
          held = line; // the last one may be cut off
        }
      }
      last = held == null ? "" : held;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(String line) {
    if (line != null) {
      String[] words = line.split(" ");
      acknowledged.merge(words[0], Long.parseLong(words[1]), Math::max);
    }
  }

  long total() {
    return acknowledged.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Waits until the process has acknowledged so many saves more than now. */
  void awaitMore(long saves) {
    long enough = total() + saves;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (total() < enough) {
      assertTrue(process.isAlive(), name + " ended");
      assertTrue(System.nanoTime() < end, name + " makes no progress: " + acknowledged);
      Pause.millis(2);
    }
  }

  boolean startedAsOwner() {
    awaitFirst();
    return first.equals("owner");
  }

  void awaitFirst() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (first == null) {
      assertTrue(System.nanoTime() < end, name + " does not open");
      Pause.millis(2);
    }
  }

  /** kill -9. */
  void kill() throws InterruptedException {
    assertTrue(process.toHandle().destroyForcibly());
    assertTrue(process.waitFor() != 0);
    listener.join();
  }

  /** Lets it end in order. */
  void end() throws Exception {
    process.getOutputStream().close();
    assertEquals(0, process.waitFor(), name);
    listener.join();
    assertEquals("closed", last);
  }

  void signal(String signal) throws Exception {
    signal(process, signal);
  }

  static void signal(Process process, String signal) throws Exception {
    assertEquals(0, new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor());
    Path threads = Path.of("/proc", "" + process.pid(), "task");
    while (signal.equals("STOP") && Files.isDirectory(threads) && !allStopped(threads)) {
      Pause.millis(1);
    }
  }

  /** A signal takes a moment to reach all threads, in which one may answer yet. */
  private static boolean allStopped(Path threads) throws IOException {
    try (Stream<Path> all = Files.list(threads)) {
      for (Path thread : all.toList()) {
        String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
        if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
          return false;
        }
      }
      return true;
    } catch (NoSuchFileException ended) {
      return false;
    }
  }

  /** Everything acknowledged is there. */
  void checkAcknowledged(SharedEngine engine) {
    acknowledged.forEach(
        (thread, saves) -> {
          long version = engine.get(SharedWriter.row(thread)).orElseThrow().version();
          assertTrue(version >= saves, thread + ": " + version + ", acknowledged " + saves);
        });
  }

  /** The same, and nothing was made twice. For one that has ended. */
  void check(SharedEngine engine) {
    checkAcknowledged(engine);
    for (String thread : acknowledged.keySet()) {
      long version = engine.get(SharedWriter.row(thread)).orElseThrow().version();
      long count = engine.get(SharedWriter.counter(thread)).orElseThrow().counter();
      assertEquals(version, count, thread + ": saves made twice or lost");
    }
  }
}
