package org.mapi4j.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;

/**
 * Generated messages into a store with asynchronous commits and one flush, beside bare JE loading
 * the same bytes in batches; and the heap in use afterwards.
 */
final class ImportBench implements Measurement {
  private static final int BATCH = 1000;

  @Override
  public int defaultCount() {
    return 200_000;
  }

  @Override
  public void run(Figures figures, int count) throws Exception {
    Path directory = Files.createTempDirectory("mapi4j-bench");
    try {
      double bareRate = bare(directory, count);
      double rate = ours(directory, count, figures);
      figures.add("bare JE, batches of 1,000", bareRate, "/s");
      figures.add("messages created and saved, asynchronous commits", rate, "/s");
      figures.ratio("ours to bare JE", rate / bareRate, 0.35);
    } finally {
      Sample.deleteTree(directory);
    }
  }

  private static double bare(Path directory, int count) throws Exception {
    try (BareJe bare = new BareJe(Files.createDirectory(directory.resolve("bare")), 64 << 20)) {
      long start = System.nanoTime();
      for (int i = 0; i < count; i += BATCH) {
        bare.load(i, Math.min(BATCH, count - i));
      }
      bare.sync();
      return count * 1e9 / (System.nanoTime() - start);
    }
  }

  private static double ours(Path directory, int count, Figures figures) {
    try (MessageStore session =
        Mapi4j.open(
            directory.resolve("store"), StoreOptions.builder().asynchronousCommits(true).build())) {
      IMAPIFolder inbox = Sample.inbox(session.store());
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        Bytes id = Sample.create(inbox, Sample.properties(i));
        if (id.isEmpty()) {
          throw new IllegalStateException("no entry identifier");
        }
        if (i % 20_000 == 0) {
          figures.progress("%,d of %,d".formatted(i, count));
        }
      }
      session.flush();
      double rate = count * 1e9 / (System.nanoTime() - start);
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      figures.add(
          "heap in use afterwards (of at most " + (runtime.maxMemory() >> 20) + " MB)",
          (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0,
          "MB");
      return rate;
    }
  }
}
