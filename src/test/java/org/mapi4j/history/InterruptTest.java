package org.mapi4j.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropTagArray;

/**
 * Interrupts during load: the store stays open and right, each call returns its true result, the
 * flag stays set.
 */
class InterruptTest {
  private static final int INTERRUPTS = 1000;
  private static final int WRITERS = 2;
  private static final int READERS = 2;

  @TempDir Path directory;

  /** Readers and writers, and what they noticed. */
  private static final class Load {
    final AtomicBoolean stop = new AtomicBoolean();
    final AtomicInteger noticed = new AtomicInteger();
    final Set<Thread> unnoticed = ConcurrentHashMap.newKeySet();
    final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    final Map<Integer, Integer> attachmentOf = new ConcurrentHashMap<>();
    final int[] last = new int[WRITERS];

    void run(Runnable step) {
      try {
        while (!stop.get()) {
          step.run();
          if (Thread.interrupted()) {
            noticed.incrementAndGet();
            unnoticed.remove(Thread.currentThread());
          }
        }
      } catch (RuntimeException | AssertionError failed) {
        failures.add(failed);
      }
    }
  }

  @Test
  void interrupts_duringReadsAndSaves_leaveTheStoreOpenAndRight() throws InterruptedException {
    Load load = new Load();
    try (MessageStore session = Mapi4j.open(directory.resolve("store"), StoreOptions.DEFAULT)) {
      List<Bytes> ids = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        ids.add(create(session));
      }
      load.attachmentOf.put(0, 0);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        threads.add(
            new Thread(() -> load.run(() -> write(session, ids.get(writer), writer, load))));
      }
      for (int i = 0; i < READERS; i++) {
        Bytes id = ids.get(i % WRITERS);
        threads.add(new Thread(() -> load.run(() -> read(session, id, load))));
      }
      threads.forEach(Thread::start);
      int sent = 0;
      while (sent < INTERRUPTS && load.failures.isEmpty()) {
        Thread target = threads.get(sent % threads.size());
        if (load.unnoticed.add(target)) {
          target.interrupt(); // the next one when the flag of this one was found set
          sent++;
        } else {
          Thread.yield();
        }
      }
      while (!load.unnoticed.isEmpty() && load.failures.isEmpty()) {
        Thread.yield();
      }
      load.stop.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
      assertTrue(load.failures.isEmpty(), () -> load.failures.peek().toString());
      assertEquals(INTERRUPTS, sent);
      assertEquals(INTERRUPTS, load.noticed.get());
      for (int i = 0; i < WRITERS; i++) {
        assertEquals(load.last[i], read(session, ids.get(i), load));
      }
    }
  }

  private static Bytes create(MessageStore session) {
    Bytes inbox = session.store().getReceiveFolder("IPM.Note", 0).value().lppEntryID();
    try (IMAPIFolder folder =
            (IMAPIFolder) session.store().openEntry(inbox, null, MAPI_MODIFY).value().lppUnk();
        IMessage message = folder.createMessage(null, 0).value()) {
      Content.write(message, 0, true);
      assertEquals(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
      return message.getProps(SPropTagArray.tags(PR_ENTRYID), 0).value().get(0).asBytes();
    }
  }

  private static void write(MessageStore session, Bytes id, int writer, Load load) {
    int value = load.last[writer] == 0 ? 1 + writer * 1_000_000 : load.last[writer] + 1;
    try (IMessage message =
        (IMessage) session.store().openEntry(id, null, MAPI_MODIFY).value().lppUnk()) {
      load.attachmentOf.put(value, value);
      Content.write(message, value, true);
      assertEquals(S_OK, message.saveChanges(0));
      load.last[writer] = value;
    }
  }

  private static int read(MessageStore session, Bytes id, Load load) {
    try (IMessage message = (IMessage) session.store().openEntry(id, null, 0).value().lppUnk()) {
      return Content.read(message, load.attachmentOf, () -> {});
    }
  }
}
