package org.mapi4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.options.StoreOptions;

/**
 * What a view of a folder costs as the folder grows to {@code --count} messages, beside plain loops
 * over arrays in heap and bare JE. Messages come from a fixed seed; ours and the floor take turns,
 * and the median of the rounds' ratios counts. The compiler is done before the first size.
 */
final class TableBench implements Measurement {
  static final long CACHE_BYTES = 64 << 20;

  /** Where a store that was filled stays for the next run; not given: filled anew each time. */
  private static final String KEPT = "mapi4j.bench.kept";

  private static final int[] SIZES = {1000, 10_000, 100_000, 1_000_000};
  private static final TableRounds.Repeats WARM_UP = new TableRounds.Repeats(200, 200, 2000);
  private static final long HEAP_BYTES_MAX = 512 << 20;

  @Override
  public int defaultCount() {
    return 1_000_000;
  }

  @Override
  public void run(Figures figures, int count) throws Exception {
    String kept = System.getProperty(KEPT);
    Path directory =
        kept == null
            ? Files.createTempDirectory("mapi4j-bench")
            : Files.createDirectories(Path.of(kept));
    TableLines lines = new TableLines();
    try {
      measure(directory.resolve("warm"), 5000, WARM_UP, new TableLines(), new Figures(true));
      for (int size : SIZES) {
        if (size <= count) {
          lines.begin(size);
          TableRounds.Repeats repeats =
              size > 100_000
                  ? new TableRounds.Repeats(5, 3, 51)
                  : new TableRounds.Repeats(11, 11, 51);
          double heap = measure(directory.resolve("s" + size), size, repeats, lines, figures);
          figures.atMost(
              "%,d rows: heap of the tables and JE's cache".formatted(size),
              heap / (1 << 20),
              "MB",
              HEAP_BYTES_MAX >> 20);
        }
      }
      lines.report(figures);
      new TableOakBench().run(figures, TableOakBench.MESSAGES);
      figures.text(lines.markdown());
      figures.text(lines.chart());
    } finally {
      if (kept == null) {
        Sample.deleteTree(directory);
      }
    }
  }

  /** Adds each line at one size; bytes of heap that it took, the floor's aside. */
  private static double measure(
      Path directory, int size, TableRounds.Repeats repeats, TableLines lines, Figures figures)
      throws Exception {
    fill(directory, size, figures);
    StoreOptions options = StoreOptions.builder().cacheBytes(CACHE_BYTES).build();
    TableFloor floor = new TableFloor(size);
    double before = heapBytes();
    try (MessageStore session = Mapi4j.open(directory.resolve("store"), options)) {
      try (BareJe bare = new BareJe(directory.resolve("bare"), CACHE_BYTES);
          TableRounds measured = new TableRounds(session, floor, bare, repeats, lines)) {
        measured.run(figures);
      }
      return heapBytes() - before; // with the session, whose cache has the columns and orders
    }
  }

  private static void fill(Path directory, int size, Figures figures) throws IOException {
    if (Files.exists(directory)) {
      return;
    }
    Path half = directory.resolveSibling(directory.getFileName() + ".half");
    Sample.deleteTree(half);
    fillAnew(half, size, figures);
    Files.move(half, directory);
  }

  private static void fillAnew(Path directory, int size, Figures figures) throws IOException {
    Path bareStore = Files.createDirectories(directory.resolve("bare"));
    try (BareJe bare = new BareJe(bareStore, CACHE_BYTES)) {
      for (int from = 0; from < size; from += 10_000) {
        bare.load(
            from,
            Math.min(10_000, size - from),
            TableSample::key,
            number -> TableSample.of(number).record());
      }
    }
    StoreOptions options =
        StoreOptions.builder().asynchronousCommits(true).cacheBytes(CACHE_BYTES).build();
    try (MessageStore session = Mapi4j.open(directory.resolve("store"), options);
        IMAPIFolder inbox = Sample.inbox(session.store())) {
      for (int i = 0; i < size; i++) {
        if (Sample.create(inbox, TableSample.of(i).properties()).isEmpty()) {
          throw new IllegalStateException("no entry identifier");
        }
        if (i % 50_000 == 0) {
          figures.progress("%,d of %,d".formatted(i, size));
        }
      }
      session.flush();
    }
  }

  private static double heapBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
