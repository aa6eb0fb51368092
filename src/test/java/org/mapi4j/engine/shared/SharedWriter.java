package org.mapi4j.engine.shared;

import static org.mapi4j.engine.contract.ShardContract.bytes;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.engine.je.JeOptions;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.types.Bytes;

/**
 * A process that takes part in a store until it is killed or its input ends: threads that save rows
 * of their own, each expecting the version before and adding one to a counter of its own, and read
 * them back. Prints a line {@code owner} or {@code guest} when it is in, and {@code name save} for
 * every acknowledged save. Arguments: directory, name, threads, patience in milliseconds.
 */
final class SharedWriter {
  private SharedWriter() {}

  static Bytes row(String name) {
    return bytes("row-" + name);
  }

  static Bytes counter(String name) {
    return bytes("count-" + name);
  }

  static SharedEngine open(Path directory, String name, Duration patience) {
    return SharedEngine.open(
        directory, new SharedOptions(name, patience), new Opener(directory, JeOptions.DEFAULT));
  }

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    Duration patience = Duration.ofMillis(Long.parseLong(args[3]));
    SharedEngine engine = open(Path.of(args[0]), args[1], patience);
    out.println(engine.isOwner() ? "owner" : "guest");
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < Integer.parseInt(args[2]); t++) {
      String name = args[1] + "-" + t;
      Thread thread = new Thread(() -> save(engine, name, out));
      thread.setUncaughtExceptionHandler(
          (which, thrown) -> {
            thrown.printStackTrace();
            Runtime.getRuntime().halt(3);
          });
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
    while (System.in.read() >= 0) {
      continue;
    }
    stopping = true;
    for (Thread thread : threads) {
      thread.join();
    }
    engine.close();
    out.println("closed");
  }

  private static volatile boolean stopping;

  private static void save(SharedEngine engine, String name, PrintStream out) {
    long version = engine.get(row(name)).map(Row::version).orElse(0L);
    while (!stopping) {
      Batch.Builder batch =
          Batch.builder()
              .expect(row(name), version == 0 ? Batch.ABSENT : version)
              .put(row(name), version + 1, bytes(name + " " + (version + 1)))
              .add(counter(name), 1);
      Outcome outcome = engine.commit(batch.build()).toCompletableFuture().join();
      if (!(outcome instanceof Outcome.Committed)) {
        throw new IllegalStateException("a false conflict: " + outcome);
      }
      version++;
      out.print(name + " " + version + "\n");
      out.flush();
      long read = engine.get(row(name)).orElseThrow().version();
      if (read != version) {
        throw new IllegalStateException("saved %d, read %d".formatted(version, read));
      }
    }
  }
}
