package org.mapi4j.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;

/**
 * One store of several processes: this one owns it, others are its clients. When all have saved so
 * often that their code is compiled, saves and reads of another process beside the owner's own and
 * beside a bare ping-pong, in many short rounds in turn; then how long the store is away when its
 * owner is killed, or ends, with {@code --count} messages in it, beside bare JE opening its
 * directory.
 */
final class SharedBench implements Measurement {
  static final long CACHE_BYTES = 256L << 20;
  static final StoreOptions OPTIONS = StoreOptions.builder().cacheBytes(CACHE_BYTES).build();

  /** For filling a store. */
  static final StoreOptions ASYNCHRONOUS =
      StoreOptions.builder().cacheBytes(CACHE_BYTES).asynchronousCommits(true).build();

  /** A folder that keeps the large store for the next run. */
  private static final String KEPT = "mapi4j.bench.kept";

  private static final int PROCESSES = 8;
  private static final int SAVE_ROUNDS = 41;
  private static final int IDLE_ROUNDS = 3;

  /** Of each process in a lap before the clock runs. */
  private static final int WARM_SAVES = 4_000;

  /** The part of a lap for which a compiler may have worked in the last one. */
  private static final double COMPILING_MAX = 0.03;

  private static final long WARM_NANOS_MAX = 120_000_000_000L;

  private static final int OPEN_ROUNDS = 9;
  private static final int SAVES = 60;
  private static final int MESSAGES = 10_000;
  private static final int RECENT = 200;

  @Override
  public int defaultCount() {
    return 100_000;
  }

  @Override
  public void run(Figures figures, int count) throws Exception {
    Path directory = Files.createTempDirectory("mapi4j-bench");
    try {
      Path ids = directory.resolve("ids");
      Path store = directory.resolve("store");
      try (MessageStore session = Mapi4j.open(store, OPTIONS)) {
        List<Bytes> messages = new ArrayList<>(MESSAGES);
        try (MessageStore filling = session.newSession(ASYNCHRONOUS)) {
          Sample.fill(filling, messages, MESSAGES, Sample::twenty, figures);
        }
        Files.write(ids, messages.stream().map(Bytes::toHex).toList());
        try (SharedPeer own = new SharedPeer(session.newSession(), 0);
            PeerProcess other = new PeerProcess(store, 1, ids)) {
          saves(figures, own, other, store, ids);
          opens(figures, own, other, ids);
        }
      }
      Sample.deleteTree(store);
      String kept = System.getProperty(KEPT);
      Path large = kept == null ? directory : Files.createDirectories(Path.of(kept));
      new TakeoverBench(figures, large, count).run();
    } finally {
      Sample.deleteTree(directory);
    }
  }

  private static void saves(
      Figures figures, SharedPeer own, PeerProcess other, Path store, Path ids) throws Exception {
    double[][] rates = new double[5][SAVE_ROUNDS];
    double[][] ratios = new double[3][SAVE_ROUNDS];
    List<PeerProcess> more = new ArrayList<>();
    try {
      for (int number = 2; number < PROCESSES; number++) {
        more.add(new PeerProcess(store, number, ids));
      }
      more.add(other);
      warm(figures, own, other, more);
      for (int round = -IDLE_ROUNDS; round < SAVE_ROUNDS; round++) {
        double[] now = {
          SAVES * 1e9 / own.create(SAVES),
          other.rate("create", SAVES, ""),
          SAVES * 1e9 / own.save(SAVES),
          other.rate("save", SAVES, ""),
          together(own, more)
        };
        if (round % 10 == 0) {
          figures.progress(
              "round %d: create %.0f/s, from another process %.0f/s; save %.0f/s, %.0f/s; 8 processes %.0f/s"
                  .formatted(round, now[0], now[1], now[2], now[3], now[4]));
        }
        if (round >= 0) {
          for (int i = 0; i < now.length; i++) {
            rates[i][round] = now[i];
          }
          ratios[0][round] = now[1] / now[0];
          ratios[1][round] = now[3] / now[2];
          ratios[2][round] = now[4] / now[2];
        }
      }
    } finally {
      more.remove(other);
      for (PeerProcess peer : more) {
        peer.close();
      }
    }
    figures.add("durable create and save, the owner's client", Figures.median(rates[0]), "/s");
    figures.add("durable create and save, another process", Figures.median(rates[1]), "/s");
    figures.add("durable save, the owner's client", Figures.median(rates[2]), "/s");
    figures.add("durable save, another process", Figures.median(rates[3]), "/s");
    figures.add("durable saves, 8 processes", Figures.median(rates[4]), "/s");
    figures.ratio("create from another process to the owner's", Figures.median(ratios[0]), 0.8);
    figures.ratio("save from another process to the owner's", Figures.median(ratios[1]), 0.8);
    figures.ratio("8 processes to the owner's one client", Figures.median(ratios[2]), 3);
  }

  /**
   * Laps of what is measured, until the compilers of all processes have next to nothing left to do:
   * with fewer saves than that the clock would time them. The owner's take longest, since one
   * process more, or one less, has them begin again.
   */
  private static void warm(
      Figures figures, SharedPeer own, PeerProcess other, List<PeerProcess> all) throws Exception {
    long start = System.nanoTime();
    boolean busy = true;
    for (int lap = 1; busy && System.nanoTime() - start < WARM_NANOS_MAX; lap++) {
      long began = System.nanoTime();
      long[] before = compiled(all);
      long nanos = own.create(WARM_SAVES / 4) + own.save(WARM_SAVES);
      for (String order : List.of("create " + WARM_SAVES / 4, "save " + WARM_SAVES)) {
        other.tell(order);
        nanos += other.nanos();
      }
      for (PeerProcess peer : all) {
        peer.tell("save " + WARM_SAVES);
      }
      nanos += own.save(WARM_SAVES);
      for (PeerProcess peer : all) {
        nanos += peer.nanos();
      }
      long[] after = compiled(all);
      double most = 0;
      for (int i = 0; i < after.length; i++) {
        most = Math.max(most, (after[i] - before[i]) / (double) (System.nanoTime() - began));
      }
      busy = most > COMPILING_MAX;
      figures.progress(
          "lap %d: %.0f s of saving, the busiest compiler %.1f %%"
              .formatted(lap, nanos / 1e9, 100 * most));
    }
    if (busy) {
      figures.text("The compilers were still at work when the clock began: the figures are low.");
    }
  }

  private static long[] compiled(List<PeerProcess> others) throws Exception {
    long[] nanos = new long[others.size() + 1];
    for (int i = 0; i < others.size(); i++) {
      nanos[i] = others.get(i).compiledNanos();
    }
    nanos[others.size()] = SharedPeer.compiledNanos();
    return nanos;
  }

  /** Saves a second of all processes, each with one client. */
  private static double together(SharedPeer own, List<PeerProcess> others) throws Exception {
    long start = System.nanoTime();
    for (PeerProcess peer : others) {
      peer.tell("save " + SAVES);
    }
    long done = own.save(SAVES);
    for (PeerProcess peer : others) {
      done = Math.max(done, peer.nanos());
    }
    long nanos = System.nanoTime() - start;
    if (done > nanos) {
      throw new IllegalStateException("a part took longer than the whole");
    }
    return SAVES * (others.size() + 1) * 1e9 / nanos;
  }

  private static void opens(Figures figures, SharedPeer own, PeerProcess other, Path file)
      throws Exception {
    List<Bytes> ids = Files.readAllLines(file).stream().map(Bytes::fromHex).toList();
    double[][] rates = new double[4][OPEN_ROUNDS];
    double[] recent = new double[OPEN_ROUNDS];
    double[] cold = new double[OPEN_ROUNDS];
    try (PingPong bare = new PingPong()) {
      for (int round = -3; round < OPEN_ROUNDS; round++) {
        int many = 20 * MESSAGES;
        double[] now = {
          many * 1e9 / own.open(many, ids, RECENT),
          other.rate("open", many, " " + RECENT),
          other.rate("ping", MESSAGES, " " + bare.port()),
          other.rate("open", MESSAGES, " " + MESSAGES)
        };
        figures.progress(
            "round %d: recent %.0f/s, from another process %.0f/s; ping-pong %.0f/s, open %.0f/s"
                .formatted(round, now[0], now[1], now[2], now[3]));
        if (round >= 0) {
          for (int i = 0; i < now.length; i++) {
            rates[i][round] = now[i];
          }
          recent[round] = now[1] / now[0];
          cold[round] = now[3] / now[2];
        }
      }
    }
    figures.add("open and GetProps of 20, recent, the owner's", Figures.median(rates[0]), "/s");
    figures.add("open and GetProps of 20, recent, another process", Figures.median(rates[1]), "/s");
    figures.ratio("recently used, another process to the owner", Figures.median(recent), 0.5);
    figures.add("bare ping-pong of the same bytes", Figures.median(rates[2]), "/s");
    figures.add("open and GetProps of 20, not recent", Figures.median(rates[3]), "/s");
    figures.ratio("not recent, another process to the ping-pong", Figures.median(cold), 0.5);
  }
}
