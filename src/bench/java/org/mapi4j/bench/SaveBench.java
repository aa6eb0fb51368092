package org.mapi4j.bench;

import static org.mapi4j.types.MapiDefs.MAPI_MODIFY;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropValue;

/**
 * Durable create and save of a message, beside bare JE committing the same bytes; and eight clients
 * on eight messages. Many short rounds in turn, after the compiler is done: the speed of a shared
 * disk drifts within seconds, and a ratio of neighbours does not mind. What is saved is made before
 * the clock runs.
 */
final class SaveBench implements Measurement {
  private static final int ROUNDS = 61;
  private static final int CLIENTS = 8;
  private static final int WARM_UP_ROUNDS = 300;

  @Override
  public int defaultCount() {
    return 100;
  }

  @Override
  public void run(Figures figures, int count) throws Exception {
    Path directory = Files.createTempDirectory("mapi4j-bench");
    double[][] rates = new double[3][ROUNDS];
    double[] toBare = new double[ROUNDS];
    double[] toOne = new double[ROUNDS];
    try (BareJe bare = new BareJe(Files.createDirectory(directory.resolve("bare")), 64 << 20);
        MessageStore session = Mapi4j.open(directory.resolve("store"), StoreOptions.DEFAULT)) {
      IMAPIFolder inbox = Sample.inbox(session.store());
      try (Clients clients = new Clients(session, inbox)) {
        long number = 0;
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
          double bareRate = bareSaves(bare, number, count);
          double rate = saves(inbox, number, count);
          double manyRate = clients.saves(count / 2);
          number += count;
          if (round % 20 == 0) {
            figures.progress(
                "round %d: bare %.0f/s, ours %.0f/s, 8 clients %.0f/s"
                    .formatted(round, bareRate, rate, manyRate));
          }
          if (round >= 0) {
            rates[0][round] = bareRate;
            rates[1][round] = rate;
            rates[2][round] = manyRate;
            toBare[round] = rate / bareRate;
            toOne[round] = manyRate / rate;
          }
        }
      }
    } finally {
      Sample.deleteTree(directory);
    }
    figures.add("bare JE, durable commits of the same bytes", Figures.median(rates[0]), "/s");
    figures.add("durable create and save, one thread", Figures.median(rates[1]), "/s");
    figures.add("durable saves, 8 clients on 8 messages", Figures.median(rates[2]), "/s");
    figures.ratio("ours to bare JE, one thread", Figures.median(toBare), 0.8);
    figures.ratio("8 clients on 8 messages to one thread", Figures.median(toOne), 3);
  }

  private static double bareSaves(BareJe bare, long first, int count) {
    byte[][] records = new byte[count][];
    Arrays.setAll(records, i -> Sample.record(first + i));
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      bare.put(BareJe.key(first + i), records[i]);
    }
    return count * 1e9 / (System.nanoTime() - start);
  }

  private static double saves(IMAPIFolder inbox, long first, int count) {
    List<List<SPropValue>> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(Sample.properties(first + i));
    }
    long start = System.nanoTime();
    for (List<SPropValue> message : messages) {
      Bytes id = Sample.create(inbox, message);
      if (id.isEmpty()) {
        throw new IllegalStateException("no entry identifier");
      }
    }
    return count * 1e9 / (System.nanoTime() - start);
  }

  /** Eight sessions, each with a message open for modification. */
  private static final class Clients implements AutoCloseable {
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final List<MessageStore> sessions = new ArrayList<>();
    private final List<IMessage> messages = new ArrayList<>();

    Clients(MessageStore first, IMAPIFolder inbox) {
      for (int client = 0; client < CLIENTS; client++) {
        Bytes id = Sample.create(inbox, Sample.properties(client));
        MessageStore session = first.newSession();
        sessions.add(session);
        messages.add((IMessage) session.store().openEntry(id, null, MAPI_MODIFY).value().lppUnk());
      }
    }

    /** All of them save so often; saves in a second. */
    double saves(int each) throws Exception {
      List<Callable<Integer>> clients = new ArrayList<>();
      for (IMessage message : messages) {
        clients.add(
            () -> {
              Sample.save(message, each);
              return each;
            });
      }
      long start = System.nanoTime();
      int saved = 0;
      for (Future<Integer> future : threads.invokeAll(clients)) {
        saved += future.get();
      }
      return saved * 1e9 / (System.nanoTime() - start);
    }

    @Override
    public void close() {
      threads.shutdown();
      messages.forEach(IMessage::close);
      sessions.forEach(MessageStore::close);
    }
  }
}
