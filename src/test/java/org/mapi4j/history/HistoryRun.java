package org.mapi4j.history;

import static org.mapi4j.types.MapiCode.MAPI_E_OBJECT_CHANGED;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.*;

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
import org.mapi4j.api.OpenedEntry;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiResult;

/**
 * One seeded history: clients, each a session of its own, open, read, edit and save one message;
 * then the checker has its say.
 */
final class HistoryRun {
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
                  act(
                      client,
                      clients.get(client),
                      entryId,
                      new SplittableRandom(seed * 31 + client));
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

  private void act(int client, IMsgStore store, Bytes entryId, SplittableRandom chance) {
    for (int round = 0; round < rounds; round++) {
      boolean write = chance.nextInt(4) != 0;
      long from = System.nanoTime();
      MapiResult<OpenedEntry> opened = store.openEntry(entryId, null, write ? MAPI_MODIFY : 0);
      long to = System.nanoTime();
      if (opened.hr() != S_OK) {
        throw new AssertionError("OpenEntry: " + HResult.toString(opened.hr()));
      }
      try (IMessage message = (IMessage) opened.value().lppUnk()) {
        pause(chance);
        int base = Content.read(message, attachmentOf, () -> pause(chance));
        events.add(new Event(client, Event.Kind.OPEN, from, to, 0, base, S_OK, false));
        if (write) {
          save(client, message, base, chance);
        }
      }
    }
  }

  private void save(int client, IMessage message, int base, SplittableRandom chance) {
    int value = values.getAndIncrement();
    boolean attachment = chance.nextInt(3) != 0;
    attachmentOf.put(value, attachment ? value : attachmentOf.get(base));
    Content.write(message, value, attachment);
    pause(chance);
    int hr = record(client, Event.Kind.SAVE, message, base, value, KEEP_OPEN_READWRITE);
    if (hr == MAPI_E_OBJECT_CHANGED && chance.nextBoolean()) {
      record(client, Event.Kind.SAVE, message, base, value, KEEP_OPEN_READWRITE);
      pause(chance);
      record(client, Event.Kind.FORCE, message, base, value, FORCE_SAVE | KEEP_OPEN_READWRITE);
    }
  }

  private int record(
      int client, Event.Kind kind, IMessage message, int base, int value, int flags) {
    long from = System.nanoTime();
    int hr = message.saveChanges(flags);
    events.add(new Event(client, kind, from, System.nanoTime(), base, value, hr, false));
    return hr;
  }

  private static void pause(SplittableRandom chance) {
    int kind = chance.nextInt(4);
    if (kind == 0) {
      Thread.yield();
    } else if (kind == 1) {
      for (int i = chance.nextInt(2000); i > 0; i--) {
        Thread.onSpinWait();
      }
    }
  }
}
