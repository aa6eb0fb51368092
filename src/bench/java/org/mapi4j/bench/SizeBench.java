package org.mapi4j.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropTagArray;

/**
 * What a durable save and an open cost as the store grows to {@code --count} messages, opens beside
 * bare JE of the same size with the same cache.
 */
final class SizeBench implements Measurement {
  private static final int PROBES = 2000;

  @Override
  public int defaultCount() {
    return 1_000_000;
  }

  @Override
  public void run(Figures figures, int count) throws Exception {
    Path directory = Files.createTempDirectory("mapi4j-bench");
    Path store = directory.resolve("store");
    List<Bytes> ids = new ArrayList<>();
    double firstSave = 0;
    double firstOpen = 0;
    try (BareJe bare = new BareJe(Files.createDirectory(directory.resolve("bare")), 64 << 20)) {
      for (int size : new int[] {1000, 100_000, 1_000_000}) {
        if (size > count) {
          break;
        }
        fill(bare, store, ids, size, figures);
        try (MessageStore session = Mapi4j.open(store, StoreOptions.DEFAULT)) {
          double save =
              micros(300, i -> Sample.create(Sample.inbox(session.store()), Sample.properties(i)));
          SplittableRandom chance = new SplittableRandom(size);
          SPropTagArray tags = Sample.tags(Sample.properties(0));
          double open = micros(PROBES, i -> open(session, ids.get(chance.nextInt(size)), tags));
          double floor = micros(PROBES, i -> bare.get(BareJe.key(chance.nextInt(size))));
          firstSave = firstSave == 0 ? save : firstSave;
          firstOpen = firstOpen == 0 ? open / floor : firstOpen;
          figures.add("%,d messages: durable save".formatted(size), save, "us");
          figures.add("%,d messages: open at random".formatted(size), open, "us");
          figures.add("%,d messages: bare JE get at random".formatted(size), floor, "us");
          figures.add(
              "%,d messages: save against the first size".formatted(size),
              save / firstSave,
              "ratio");
          figures.add(
              "%,d messages: open against bare JE, to the first size's".formatted(size),
              open / floor / firstOpen,
              "ratio");
        }
      }
    } finally {
      Sample.deleteTree(directory);
    }
  }

  private static void fill(BareJe bare, Path store, List<Bytes> ids, int size, Figures figures) {
    try (MessageStore session =
        Mapi4j.open(store, StoreOptions.builder().asynchronousCommits(true).build())) {
      IMAPIFolder inbox = Sample.inbox(session.store());
      bare.load(ids.size(), size - ids.size());
      for (int i = ids.size(); i < size; i++) {
        ids.add(Sample.create(inbox, Sample.properties(i)));
        if (i % 50_000 == 0) {
          figures.progress("%,d of %,d".formatted(i, size));
        }
      }
      session.flush();
    }
  }

  private static Object open(MessageStore session, Bytes id, SPropTagArray tags) {
    try (IMessage message = (IMessage) session.store().openEntry(id, null, 0).value().lppUnk()) {
      return message.getProps(tags, 0).value();
    }
  }

  private interface Probe {
    Object run(int number) throws Exception;
  }

  private static double micros(int count, Probe probe) throws Exception {
    for (int i = 0; i < count / 10; i++) {
      if (probe.run(i) == null) {
        throw new IllegalStateException("nothing done");
      }
    }
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      if (probe.run(i) == null) {
        throw new IllegalStateException("nothing done");
      }
    }
    return (System.nanoTime() - start) / 1000.0 / count;
  }
}
