package org.mapi4j.crash;

import static org.mapi4j.engine.contract.ShardContract.bytes;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.mapi4j.engine.je.JeEngine;
import org.mapi4j.engine.je.JeOptions;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.types.Bytes;

/**
 * The process that crashes: threads that save, each its own rows, and print what was acknowledged:
 * a line {@code thread save} for each. Arguments: directory, number of threads, saves before it
 * ends (0: until it is killed), whether to compact meanwhile.
 */
final class CrashWriter {
  /** Small files, so that a short run goes through several. */
  static final JeOptions OPTIONS = JeOptions.DEFAULT.withDiskBytesMax(64L << 20);

  static final int SMALL_ROWS = 6;
  private static final int LARGE_BYTES = 2_500;

  private CrashWriter() {}

  static Bytes largeKey(int thread) {
    return bytes("m" + thread);
  }

  static Bytes smallKey(int thread, int row) {
    return bytes("s" + thread + "-" + row);
  }

  static Bytes counterKey() {
    return bytes("n");
  }

  static Bytes token(int thread, long save) {
    return bytes("token-%d-%d".formatted(thread, save));
  }

  /** Content that no other save has. */
  static Bytes large(int thread, long save) {
    byte[] content = new byte[LARGE_BYTES];
    new Random(thread * 1_000_003L + save).nextBytes(content);
    return Bytes.wrap(content);
  }

  static Batch batch(int thread, long save) {
    Batch.Builder batch =
        Batch.builder()
            .token(token(thread, save))
            .expect(largeKey(thread), save == 1 ? Batch.ABSENT : save - 1)
            .put(largeKey(thread), save, large(thread, save))
            .add(counterKey(), 1);
    for (int row = 0; row < SMALL_ROWS; row++) {
      batch.put(smallKey(thread, row), save, bytes(thread + " " + save));
    }
    return batch.build();
  }

  public static void main(String[] args) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    int saves = Integer.parseInt(args[2]);
    JeEngine engine = JeEngine.open(Path.of(args[0]), OPTIONS);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < Integer.parseInt(args[1]); t++) {
      int number = t;
      threads.add(new Thread(() -> save(engine, number, saves, out)));
    }
    threads.forEach(Thread::start);
    while (Boolean.parseBoolean(args[3]) && threads.stream().anyMatch(Thread::isAlive)) {
      if (engine.compact().bytesAfter() == 0) {
        throw new IllegalStateException("a store without bytes");
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Runtime.getRuntime().halt(0);
  }

  private static void save(JeEngine engine, int thread, int saves, PrintStream out) {
    long first = engine.get(largeKey(thread)).map(row -> row.version()).orElse(0L) + 1;
    for (long save = first; saves == 0 || save < first + saves; save++) {
      Outcome outcome = engine.commit(batch(thread, save)).toCompletableFuture().join();
      if (!(outcome instanceof Outcome.Committed)) {
        throw new IllegalStateException("false conflict: " + outcome);
      }
      out.print(thread + " " + save + "\n");
      out.flush();
    }
  }
}
