package org.mapi4j.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;

/**
 * How long a client waits for its next save when the owner of its store ends, with so many messages
 * in it: killed, beside bare JE opening the directory of an owner that was killed in the same way;
 * in order, beside bare JE closing and opening it.
 */
final class TakeoverBench {
  private static final int ROUNDS = 5;
  private static final int SAVES = 200;
  private static final double MILLIS = 1e6;

  private final Figures figures;
  private final Path directory;
  private final Path store;
  private final int count;

  TakeoverBench(Figures figures, Path directory, int count) {
    this.figures = figures;
    this.directory = directory;
    this.store = directory.resolve("shared-" + count);
    this.count = count;
  }

  void run() throws Exception {
    Path filled = directory.resolve("shared-" + count + ".filled");
    if (!Files.exists(filled)) {
      Sample.deleteTree(store);
      try (MessageStore session = Mapi4j.open(store, SharedBench.ASYNCHRONOUS)) {
        Sample.fill(session, new ArrayList<>(count), count, Sample::properties, figures);
      }
      Files.createFile(filled);
    }
    double[] bareOpen = new double[ROUNDS];
    double[] killed = new double[ROUNDS];
    double[] bareBoth = new double[ROUNDS];
    double[] ended = new double[ROUNDS];
    double[] overKilled = new double[ROUNDS];
    double[] overEnded = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      bareOpen[round] = bareOpenAfterKill();
      killed[round] = takeover(true);
      bareBoth[round] = bareCloseAndOpen();
      ended[round] = takeover(false);
      overKilled[round] = killed[round] - 1.5 * bareOpen[round];
      overEnded[round] = ended[round] - bareBoth[round];
      figures.progress(
          "round %d: bare open %.0f ms, takeover %.0f ms; bare close and open %.0f ms, handover %.0f ms"
              .formatted(round, bareOpen[round], killed[round], bareBoth[round], ended[round]));
    }
    String of = " with %,d messages".formatted(count);
    figures.add("bare JE opens after kill -9" + of, Figures.median(bareOpen), "ms");
    figures.add("next save after kill -9 of the owner", Figures.median(killed), "ms");
    figures.atMost("what it takes above 1.5 times bare JE", Figures.median(overKilled), "ms", 500);
    figures.add("bare JE closes and opens", Figures.median(bareBoth), "ms");
    figures.add("next save after the owner ends in order", Figures.median(ended), "ms");
    figures.atMost("what it takes above bare JE", Figures.median(overEnded), "ms", 200);
  }

  /** An owner that has just saved. */
  private PeerProcess owner() throws Exception {
    PeerProcess owner = new PeerProcess(store, 1, directory);
    owner.tell("save " + SAVES);
    if (owner.nanos() <= 0) {
      throw new IllegalStateException("no time passed");
    }
    return owner;
  }

  private void killOwner() throws Exception {
    try (PeerProcess owner = owner()) {
      owner.kill();
    }
  }

  private double bareOpenAfterKill() throws Exception {
    killOwner();
    long start = System.nanoTime();
    BareJe bare = new BareJe(store, SharedBench.CACHE_BYTES, "bare");
    double millis = (System.nanoTime() - start) / MILLIS;
    bare.close();
    return millis;
  }

  private double bareCloseAndOpen() throws Exception {
    killOwner();
    BareJe bare = new BareJe(store, SharedBench.CACHE_BYTES, "bare");
    for (int i = 0; i < SAVES; i++) {
      bare.put(BareJe.key(i), Sample.record(i));
    }
    long start = System.nanoTime();
    bare.close();
    bare = new BareJe(store, SharedBench.CACHE_BYTES, "bare");
    double millis = (System.nanoTime() - start) / MILLIS;
    bare.close();
    return millis;
  }

  /** How long the longest of the saves takes that meet the end of the owner. */
  private double takeover(boolean kill) throws Exception {
    try (PeerProcess owner = owner();
        MessageStore session = Mapi4j.open(store, SharedBench.OPTIONS);
        SharedPeer client = new SharedPeer(session.newSession(), 2)) {
      if (client.save(SAVES) <= 0) {
        throw new IllegalStateException("no time passed");
      }
      if (kill) {
        owner.kill();
      } else {
        owner.leave();
      }
      return client.longestSave(owner::isAlive) / MILLIS;
    }
  }
}
