package org.mapi4j.crash;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.engine.je.JeEngine;
import org.mapi4j.engine.shared.EngineOpener;
import org.mapi4j.engine.shared.SharedEngine;
import org.mapi4j.engine.shared.SharedOptions;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.Stamps;

/**
 * As {@link CrashWriter}, one of two processes on one directory. Arguments: directory, number of
 * the first thread, threads, saves of each before it ends, and the commit of anyone at which it
 * ends without a word instead (0: none).
 */
final class SharedCrashWriter {
  static final int THREADS = 2;

  /** The exit code of one that ended without a word. */
  static final int HALTED = 9;

  private SharedCrashWriter() {}

  private record Opener(Path directory) implements EngineOpener {
    @Override
    public Shard open(Stamps stamps) {
      return JeEngine.open(directory, CrashWriter.OPTIONS.withOutliving(), stamps);
    }

    @Override
    public void recover(Shard shard) {
      if (shard.seq() < 0) {
        throw new IllegalStateException("a shard before its first commit");
      }
    }
  }

  static SharedEngine open(Path directory) {
    return SharedEngine.open(
        directory, new SharedOptions("crash", SharedOptions.PATIENCE), new Opener(directory));
  }

  public static void main(String[] args) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    int first = Integer.parseInt(args[1]);
    int saves = Integer.parseInt(args[2]);
    long haltAt = Long.parseLong(args[3]);
    SharedEngine engine = open(Path.of(args[0]));
    out.print("in\n");
    out.flush();
    while (engine.participants().size() < 2) {
      Thread.sleep(1);
    }
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int number = first + t;
      threads.add(new Thread(() -> save(engine, number, saves, haltAt, out)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    Runtime.getRuntime().halt(0);
  }

  private static void save(
      SharedEngine engine, int thread, int saves, long haltAt, PrintStream out) {
    long first = engine.get(CrashWriter.largeKey(thread)).map(Row::version).orElse(0L) + 1;
    for (long save = first; save < first + saves; save++) {
      Outcome outcome = engine.commit(CrashWriter.batch(thread, save)).toCompletableFuture().join();
      if (!(outcome instanceof Outcome.Committed committed)) {
        throw new IllegalStateException("false conflict: " + outcome);
      }
      if (haltAt > 0 && committed.seq() >= haltAt) {
        Runtime.getRuntime().halt(HALTED);
      }
      out.print(thread + " " + save + "\n");
      out.flush();
    }
  }
}
