package org.mapi4j.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.types.Bytes;

/**
 * One seeded history: clients, each a session of its own, open, read, edit and save one message;
 * then the checker has its say.
 */
final class HistoryRun implements HistoryActor.Recorder {
  private final long seed;
  private final int rounds;
  private final AtomicInteger values = new AtomicInteger(1);
  private final Map<Integer, Integer> attachmentOf = new ConcurrentHashMap<>();
  private final List<Event> events = Collections.synchronizedList(new ArrayList<>());

  HistoryRun(long seed, int rounds) {
    this.seed = seed;
    this.rounds = rounds;
  }

  /** Runs the clients on a message and answers what is wrong, empty when nothing is. */
  Optional<String> run(List<IMsgStore> clients, Bytes entryId, int first, int firstAttachment)
      throws InterruptedException {
    attachmentOf.put(first, firstAttachment);
    values.set(first + 1);
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    CyclicBarrier start = new CyclicBarrier(clients.size());
    for (int i = 0; i < clients.size(); i++) {
      int client = i;
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await();
                  new HistoryActor(client, seed * 31 + client, values::getAndIncrement, this)
                      .act(clients.get(client), entryId, rounds);
                } catch (Throwable failed) {
                  failures.add(failed);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      return Optional.of("seed " + seed + ": " + failures.get(0));
    }
    return HistoryChecker.check(events, first).map(violation -> "seed " + seed + ": " + violation);
  }

  /**
   * The last write and the write its attachment is from, for the next history on the same message.
   */
  int[] end(IMsgStore store, Bytes entryId) {
    try (IMessage message = (IMessage) store.openEntry(entryId, null, 0).value().lppUnk()) {
      int last = Content.read(message, attachmentOf, () -> {});
      return new int[] {last, attachmentOf.get(last), values.get()};
    }
  }

  @Override
  public Map<Integer, Integer> attachmentOf() {
    return attachmentOf;
  }

  @Override
  public boolean touches(SplittableRandom chance) {
    return chance.nextInt(3) != 0;
  }

  @Override
  public void begins(Event.Kind kind, long from, int base, int value) {}

  @Override
  public void happened(Event event) {
    events.add(event);
  }
}
