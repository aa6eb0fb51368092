package org.mapi4j.bench;

import java.io.IOException;
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
 * What a durable save and an open cost as the store grows to {@code --count} messages, beside bare
 * JE of the same size with the same cache. Both are opened again at each size and read as often
 * before anything counts, so that neither cache is fuller than its size allows; rounds alternate,
 * since the disk's speed drifts. The compiler is done before the first size.
 */
final class SizeBench implements Measurement {
  private static final int ROUNDS = 15;
  private static final int SAVES = 100;
  private static final int OPENS = 500;
  private static final int OPENS_BEFORE = 20_000;
  private static final int SAVES_BEFORE = 5_000;
  private static final long CACHE_BYTES = 64 << 20;

  /** Numbers of messages that are saved to measure: none that fills a store. */
  private static final long PROBES_FROM = 10_000_000;

  private long probe = PROBES_FROM;

  /** What a size costs, in microseconds. */
  private record Costs(double save, double bareSave, double open, double bareGet) {}

  @Override
  public int defaultCount() {
    return 1_000_000;
  }

  @Override
  public void run(Figures figures, int count) throws Exception {
    Path directory = Files.createTempDirectory("mapi4j-bench");
    try {
      Sized warm = new Sized(Files.createDirectory(directory.resolve("warm")));
      warm.fill(1000, figures);
      warm.measure(SAVES_BEFORE / ROUNDS);
      Sized measured = new Sized(Files.createDirectory(directory.resolve("measured")));
      Costs first = null;
      for (int size : new int[] {1000, 100_000, 1_000_000}) {
        if (size > count) {
          break;
        }
        measured.fill(size, figures);
        Costs costs = measured.measure(SAVES);
        first = first == null ? costs : first;
        report(figures, size, costs, first);
      }
    } finally {
      Sample.deleteTree(directory);
    }
  }

  private static void report(Figures figures, int size, Costs costs, Costs first) {
    String messages = "%,d messages: ".formatted(size);
    figures.add(messages + "durable save", costs.save, "us");
    figures.add(messages + "bare JE durable commit", costs.bareSave, "us");
    figures.add(messages + "open at random", costs.open, "us");
    figures.add(messages + "bare JE get at random", costs.bareGet, "us");
    if (costs != first) {
      figures.atMost(messages + "save to the first size's", costs.save / first.save, 1.3);
      figures.atMost(
          messages + "growth of open to growth of bare JE's get",
          costs.open / first.open / (costs.bareGet / first.bareGet),
          1.3);
    }
  }

  /** A store and bare JE with as many messages. */
  private final class Sized {
    private final Path store;
    private final Path bareStore;
    private final List<Bytes> ids = new ArrayList<>();

    Sized(Path directory) throws IOException {
      store = directory.resolve("store");
      bareStore = Files.createDirectory(directory.resolve("bare"));
    }

    void fill(int size, Figures figures) {
      try (BareJe bare = new BareJe(bareStore, CACHE_BYTES)) {
        bare.load(ids.size(), size - ids.size());
      }
      try (MessageStore session =
          Mapi4j.open(store, StoreOptions.builder().asynchronousCommits(true).build())) {
        Sample.fill(session, ids, size, Sample::properties, figures);
      }
    }

    Costs measure(int saves) throws Exception {
      try (BareJe bare = new BareJe(bareStore, CACHE_BYTES);
          MessageStore session =
              Mapi4j.open(store, StoreOptions.builder().cacheBytes(CACHE_BYTES).build())) {
        IMAPIFolder inbox = Sample.inbox(session.store());
        double[][] costs = new double[4][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
          costs[0][round] = micros(saves, i -> Sample.create(inbox, Sample.properties(probe++)));
          costs[1][round] = micros(saves, i -> saveBare(bare));
        }
        SplittableRandom chance = new SplittableRandom(ids.size());
        SPropTagArray tags = Sample.tags(Sample.properties(0));
        Probe open = i -> open(session, ids.get(chance.nextInt(ids.size())), tags);
        Probe get = i -> bare.get(BareJe.key(chance.nextInt(ids.size())));
        double before = micros(OPENS_BEFORE, open) + micros(OPENS_BEFORE, get);
        assert before > 0;
        for (int round = 0; round < ROUNDS; round++) {
          costs[2][round] = micros(OPENS, open);
          costs[3][round] = micros(OPENS, get);
        }
        return new Costs(
            Figures.median(costs[0]),
            Figures.median(costs[1]),
            Figures.median(costs[2]),
            Figures.median(costs[3]));
      }
    }

    private Object saveBare(BareJe bare) {
      byte[] record = Sample.record(probe);
      bare.put(BareJe.key(probe++), record);
      return record;
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
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      if (probe.run(i) == null) {
        throw new IllegalStateException("nothing done");
      }
    }
    return (System.nanoTime() - start) / 1000.0 / count;
  }
}
