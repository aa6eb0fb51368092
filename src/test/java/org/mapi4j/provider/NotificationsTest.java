package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mapi4j.advise.SinkQueue;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IUnknown;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.ERROR_NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.OBJECT_NOTIFICATION;
import org.mapi4j.types.SPropTagArray;

/** Advise sinks of a store: what they hear, and what a bad one does to others. */
@Timeout(60)
class NotificationsTest {
  private static final int OBJECTS =
      fnevObjectCreated
          | fnevObjectDeleted
          | fnevObjectModified
          | fnevObjectMoved
          | fnevObjectCopied;

  private final TestStore store = TestStore.create();
  private final IMAPIFolder folder = store.folder("f");
  private final List<Ear> ears = new ArrayList<>();

  @AfterEach
  void everySinkIsReleasedOnce() throws Exception {
    store.store.close();
    for (Ear ear : ears) {
      ear.until(() -> ear.releases.get() > 0);
      assertEquals(1, ear.releases.get());
    }
  }

  /** A sink. */
  private final class Ear implements IMAPIAdviseSink {
    final List<NOTIFICATION> heard = new ArrayList<>();
    final AtomicInteger releases = new AtomicInteger();
    final Runnable inside;
    final CountDownLatch called = new CountDownLatch(1);

    Ear(Runnable inside) {
      this.inside = inside;
      ears.add(this);
    }

    @Override
    public int onNotify(List<NOTIFICATION> lpNotifications) {
      called.countDown();
      inside.run();
      synchronized (this) {
        heard.addAll(lpNotifications);
        notifyAll();
      }
      return S_OK;
    }

    @Override
    public MapiResult<IUnknown> queryInterface(Guid riid) {
      return MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
    }

    @Override
    public synchronized void close() {
      releases.incrementAndGet();
      notifyAll();
    }

    synchronized void until(java.util.function.BooleanSupplier holds) throws InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!holds.getAsBoolean()) {
        assertTrue(
            System.nanoTime() < deadline,
            () ->
                "heard %d, the last: %s"
                    .formatted(
                        heard.size(), heard.subList(Math.max(0, heard.size() - 16), heard.size())));
        wait(100);
      }
    }

    @CanIgnoreReturnValue
    synchronized List<NOTIFICATION> events(int count) throws InterruptedException {
      until(() -> heard.size() >= count);
      return List.copyOf(heard);
    }
  }

  @CanIgnoreReturnValue
  private Ear listen(Bytes source, int mask) {
    return listen(source, mask, () -> {});
  }

  private Ear listen(Bytes source, int mask, Runnable inside) {
    Ear ear = new Ear(inside);
    assertTrue(ok(store.store.advise(source, mask, ear)) != 0);
    return ear;
  }

  private static OBJECT_NOTIFICATION event(
      int event, int type, Bytes id, Bytes parent, int... tags) {
    return new OBJECT_NOTIFICATION(
        event, id, type, parent, null, null, tags.length == 0 ? null : SPropTagArray.tags(tags));
  }

  private OBJECT_NOTIFICATION counted(Bytes id, int... tags) {
    return event(fnevObjectModified, MAPI_FOLDER, id, id(store.root()), tags);
  }

  @Test
  void onNotify_lifeOfAMessage_isToldEventByEvent() throws Exception {
    IMAPIFolder other = store.folder("other");
    Bytes from = id(folder);
    Bytes to = id(other);
    Ear ear = listen(null, OBJECTS);
    IMessage message = ok(folder.createMessage(null, 0));
    set(message, PR_SUBJECT_W, "a");
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    Bytes id = id(message);
    set(message, PR_BODY_W, "body");
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
    assertHr(S_OK, message.setReadFlag(0));
    message.close();
    assertHr(S_OK, folder.copyMessages(ENTRYLIST.of(id), null, other, 0, null, 0));
    assertHr(S_OK, folder.copyMessages(ENTRYLIST.of(id), null, other, 0, null, MESSAGE_MOVE));
    assertHr(S_OK, other.deleteMessages(ENTRYLIST.of(id), 0, null, 0));
    List<NOTIFICATION> heard = ear.events(12);
    Bytes copy = ((OBJECT_NOTIFICATION) heard.get(5)).lpEntryID();
    SPropTagArray saved = ((OBJECT_NOTIFICATION) heard.get(2)).lpPropTagArray();
    assertTrue(saved.contains(PR_BODY_W) && saved.contains(PR_LAST_MODIFICATION_TIME));
    assertFalse(saved.containsId(PR_SUBJECT_W), saved::toString);
    assertEquals(
        List.of(
            event(fnevObjectCreated, MAPI_MESSAGE, id, from),
            counted(from, PR_CONTENT_COUNT, PR_CONTENT_UNREAD),
            event(fnevObjectModified, MAPI_MESSAGE, id, from, saved.stream().toArray()),
            event(fnevObjectModified, MAPI_MESSAGE, id, from, PR_MESSAGE_FLAGS),
            counted(from, PR_CONTENT_UNREAD),
            new OBJECT_NOTIFICATION(fnevObjectCopied, copy, MAPI_MESSAGE, to, id, from, null),
            counted(to, PR_CONTENT_COUNT, PR_CONTENT_UNREAD),
            new OBJECT_NOTIFICATION(fnevObjectMoved, id, MAPI_MESSAGE, to, id, from, null),
            counted(from, PR_CONTENT_COUNT, PR_CONTENT_UNREAD),
            counted(to, PR_CONTENT_COUNT, PR_CONTENT_UNREAD),
            event(fnevObjectDeleted, MAPI_MESSAGE, id, to),
            counted(to, PR_CONTENT_COUNT, PR_CONTENT_UNREAD)),
        heard);
  }

  @Test
  void onNotify_lifeOfAFolder_isToldEventByEvent() throws Exception {
    Bytes top = id(folder);
    Ear ear = listen(null, OBJECTS);
    IMAPIFolder made = subfolder(folder, "made");
    Bytes id = id(made);
    set(made, PR_DISPLAY_NAME_W, "renamed");
    IMAPIFolder other = subfolder(folder, "other");
    ear.events(5); // a change names the parent that the folder has when it is told
    assertHr(S_OK, folder.copyFolder(id, null, other, null, 0, null, FOLDER_MOVE));
    ear.events(8); // and nothing is told of the changes of one that is gone by then
    assertHr(S_OK, other.deleteFolder(id, 0, null, 0));
    List<NOTIFICATION> heard = ear.events(10);
    Bytes there = id(other);
    SPropTagArray renamed = ((OBJECT_NOTIFICATION) heard.get(2)).lpPropTagArray();
    assertTrue(renamed.contains(PR_DISPLAY_NAME_W));
    assertEquals(
        List.of(
            event(fnevObjectCreated, MAPI_FOLDER, id, top),
            counted(top, PR_SUBFOLDERS),
            event(fnevObjectModified, MAPI_FOLDER, id, top, renamed.stream().toArray()),
            event(fnevObjectCreated, MAPI_FOLDER, there, top),
            counted(top, PR_SUBFOLDERS),
            new OBJECT_NOTIFICATION(fnevObjectMoved, id, MAPI_FOLDER, there, id, top, null),
            counted(top, PR_SUBFOLDERS),
            event(fnevObjectModified, MAPI_FOLDER, there, top, PR_SUBFOLDERS),
            event(fnevObjectDeleted, MAPI_FOLDER, id, there),
            event(fnevObjectModified, MAPI_FOLDER, there, top, PR_SUBFOLDERS)),
        heard);
  }

  @Test
  void onNotify_messagesOfADeletedFolder_areToldWhenTheyGo() throws Exception {
    IMAPIFolder gone = subfolder(folder, "gone");
    Bytes parent = id(gone);
    Bytes message = message(gone, "m");
    Ear all = listen(null, OBJECTS);
    Ear own = listen(message, OBJECTS);
    assertHr(S_OK, folder.deleteFolder(parent, 0, null, DEL_MESSAGES));
    store.sweep();
    assertEquals(List.of(event(fnevObjectDeleted, MAPI_MESSAGE, message, parent)), own.events(1));
    assertEquals(
        List.of(
            event(fnevObjectDeleted, MAPI_FOLDER, parent, id(folder)),
            counted(id(folder), PR_SUBFOLDERS),
            event(fnevObjectDeleted, MAPI_MESSAGE, message, parent)),
        all.events(3));
  }

  @Test
  void onNotify_storesOwnProperties_areOfTheStore() throws Exception {
    Ear ear = listen(null, OBJECTS);
    set(store.store, PR_COMMENT_W, "changed");
    OBJECT_NOTIFICATION event = (OBJECT_NOTIFICATION) ear.events(1).get(0);
    assertEquals(MAPI_STORE, event.ulObjType());
    assertEquals(id(store.store), event.lpEntryID());
    assertTrue(event.lpPropTagArray().contains(PR_COMMENT_W));
    assertNull(event.lpParentID());
  }

  @Test
  void advise_whatCannotBeHeard_isRefused() {
    Ear ear = new Ear(() -> {});
    Bytes deleted = message(folder, "m");
    assertHr(S_OK, folder.deleteMessages(ENTRYLIST.of(deleted), 0, null, 0));
    assertHr(MAPI_E_INVALID_PARAMETER, store.store.advise(null, fnevObjectCreated, null).hr());
    for (int mask : new int[] {0, fnevStatusObjectModified, fnevTableModified, 1 << 20}) {
      assertHr(MAPI_E_INVALID_PARAMETER, store.store.advise(null, mask, ear).hr());
    }
    assertHr(MAPI_E_NOT_FOUND, store.store.advise(deleted, fnevObjectCreated, ear).hr());
    assertHr(
        MAPI_E_UNKNOWN_ENTRYID,
        store.store.advise(deleted.slice(0, 30), fnevObjectCreated, ear).hr());
    assertHr(MAPI_E_NOT_FOUND, store.store.unadvise(1));
    assertHr(MAPI_E_INVALID_PARAMETER, store.store.notifyNewMail(null));
    assertEquals(0, ear.releases.get(), "what was not registered is the caller's");
    ears.clear();
    for (int i = 0; i < Notifications.SINKS_MAX; i++) {
      listen(null, fnevNewMail);
    }
    assertHr(MAPI_E_NOT_ENOUGH_MEMORY, store.store.advise(null, fnevObjectCreated, ear).hr());
  }

  @Test
  void onNotify_sinkThatBlocksThrowsOrFails_harmsNoOther() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    Ear blocking = listen(null, OBJECTS, () -> await(goOn));
    AtomicInteger thrown = new AtomicInteger();
    Ear throwing =
        listen(
            null,
            OBJECTS,
            () -> {
              thrown.incrementAndGet();
              Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {});
              Thread.currentThread().interrupt();
              throw new IllegalStateException("a sink's fault");
            });
    Ear good = listen(null, fnevObjectCreated);
    for (int i = 0; i < 20; i++) {
      int before = Math.min(i, 1);
      message(folder, "m" + i);
      good.events(i + 1);
      throwing.until(() -> thrown.get() > before); // else one call may bring it all
    }
    goOn.countDown();
    blocking.events(40);
  }

  private static void await(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        assertTrue(latch.await(30, TimeUnit.SECONDS));
        break;
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void onNotify_sinkThatDoesNotKeepUp_hearsWhatWasQueuedThenTheLossThenThePresent()
      throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    Bytes id = message(folder, "m");
    Ear slow =
        listen(id, fnevObjectModified | fnevObjectDeleted | fnevCriticalError, () -> await(goOn));
    Ear deaf = listen(id, fnevObjectModified | fnevObjectDeleted, () -> await(goOn));
    Ear quick = listen(id, fnevObjectModified);
    int flood = Notifications.QUEUED_MAX + 1000;
    for (int i = 0; i < flood; i++) {
      ok(folder.setMessageStatus(id, i % 2 == 0 ? MSGSTATUS_HIGHLIGHTED : 0, 1));
    }
    quick.events(flood);
    goOn.countDown();
    slow.until(() -> slow.heard.stream().anyMatch(e -> e.ulEventType() == fnevCriticalError));
    assertHr(S_OK, folder.deleteMessages(ENTRYLIST.of(id), 0, null, 0));
    for (Ear ear : List.of(slow, deaf)) {
      ear.until(() -> ear.heard.stream().anyMatch(e -> e.ulEventType() == fnevObjectDeleted));
    }
    int last = slow.heard.size() - 1;
    assertEquals(fnevObjectDeleted, slow.heard.get(last).ulEventType());
    ERROR_NOTIFICATION error = (ERROR_NOTIFICATION) slow.heard.get(last - 1);
    assertEquals(MAPI_E_NOT_ENOUGH_MEMORY, error.scode());
    assertEquals(MAPI_UNICODE, error.ulFlags());
    int lost = flood - (last - 1);
    assertTrue(
        error.lpMAPIError().lpszError().contains(" %d or more".formatted(lost)),
        error.lpMAPIError()::lpszError);
    assertTrue(last - 1 <= Notifications.QUEUED_MAX + SinkQueue.TOGETHER_MAX);
    assertTrue(deaf.heard.stream().noneMatch(e -> e.ulEventType() == fnevCriticalError));
  }

  @Test
  void onNotify_callsTheStoreAgain_isAnsweredAlsoWhileItCloses() throws Exception {
    List<Integer> answers = new ArrayList<>();
    AtomicReference<Bytes> made = new AtomicReference<>();
    AtomicInteger rounds = new AtomicInteger();
    CountDownLatch closing = new CountDownLatch(1);
    TestStore own = store.session(StoreOptions.DEFAULT);
    Ear ear =
        new Ear(
            () -> {
              if (rounds.getAndIncrement() > 0) {
                return;
              }
              IMessage opened = own.open(made.get(), MAPI_MODIFY);
              set(opened, PR_SUBJECT_W, "from within");
              answers.add(opened.saveChanges(KEEP_OPEN_READWRITE));
              closing.countDown();
              answers.add(own.store.getProps(SPropTagArray.tags(PR_DISPLAY_NAME_W), 0).hr());
            });
    IMessage message = ok(own.folder(id(folder)).createMessage(null, 0));
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
    made.set(id(message));
    ok(own.store.advise(made.get(), fnevObjectModified, ear));
    assertHr(S_OK, message.setReadFlag(0));
    assertTrue(closing.await(20, TimeUnit.SECONDS));
    own.store.close();
    ear.until(() -> ear.releases.get() == 1);
    assertHr(S_OK, answers.get(0));
    assertTrue(answers.get(1) >= 0 || answers.get(1) == MAPI_E_INVALID_OBJECT, answers::toString);
  }

  @Test
  void close_withASinkThatBlocks_returnsAndTheSinkIsReleasedWhenItReturns() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    TestStore own = store.session(StoreOptions.DEFAULT);
    Ear blocking = new Ear(() -> await(goOn));
    Ear idle = new Ear(() -> {});
    ok(own.store.advise(null, OBJECTS, blocking));
    ok(own.store.advise(null, fnevNewMail, idle));
    message(folder, "m");
    assertTrue(blocking.called.await(20, TimeUnit.SECONDS));
    long begin = System.nanoTime();
    own.store.close();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    assertTrue(millis < 10 * SinkQueue.RETURN_MILLIS, () -> millis + " ms");
    assertEquals(1, idle.releases.get());
    assertEquals(0, blocking.releases.get());
    goOn.countDown();
    blocking.until(() -> blocking.releases.get() == 1);
    message(folder, "after");
    assertHr(MAPI_E_INVALID_OBJECT, own.store.advise(null, OBJECTS, idle).hr());
  }

  @Test
  void unadvise_whileEventsRain_noCallBeginsAfterItReturned() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      CountDownLatch stop = new CountDownLatch(1);
      Future<?> rain =
          threads.submit(
              () -> {
                while (stop.getCount() > 0) {
                  message(folder, "drop");
                }
              });
      for (int i = 0; i < 200; i++) {
        AtomicInteger calls = new AtomicInteger();
        Ear ear = new Ear(calls::incrementAndGet);
        long connection = ok(store.store.advise(null, OBJECTS, ear));
        if (i % 2 == 0) {
          assertTrue(ear.called.await(20, TimeUnit.SECONDS));
        }
        assertHr(S_OK, store.store.unadvise(connection));
        int before = calls.get();
        assertEquals(1, ear.releases.get());
        message(folder, "after");
        assertEquals(before, calls.get());
        assertHr(MAPI_E_NOT_FOUND, store.store.unadvise(connection));
      }
      stop.countDown();
      rain.get();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void events_ofManyClientsAtOnce_replayToWhatTheStoreHas_seed7() throws Exception {
    List<IMAPIFolder> folders = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      folders.add(store.folder("place " + i));
    }
    Ear ear = listen(null, OBJECTS | fnevCriticalError);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> clients = new ArrayList<>();
      for (int seed = 0; seed < 4; seed++) {
        Random chance = new Random(7 + seed);
        clients.add(threads.submit(() -> work(chance, folders)));
      }
      for (Future<?> client : clients) {
        client.get();
      }
    } finally {
      threads.shutdownNow();
    }
    Bytes fence = message(folder, "fence");
    ear.until(
        () ->
            ear.heard.stream()
                .anyMatch(e -> e instanceof OBJECT_NOTIFICATION o && fence.equals(o.lpEntryID())));
    Map<Bytes, Bytes> places = replay(ear.heard);
    for (IMAPIFolder place : folders) {
      List<Bytes> expected = new ArrayList<>();
      try (var table = ok(place.getContentsTable(0))) {
        column(table, PR_ENTRYID).forEach(value -> expected.add((Bytes) value));
      }
      Bytes id = id(place);
      List<Bytes> found =
          places.entrySet().stream()
              .filter(entry -> entry.getValue().equals(id))
              .map(Map.Entry::getKey)
              .toList();
      assertEquals(new java.util.HashSet<>(expected), new java.util.HashSet<>(found));
    }
  }

  private static Map<Bytes, Bytes> replay(List<NOTIFICATION> events) {
    Map<Bytes, Bytes> places = new HashMap<>();
    for (NOTIFICATION event : events) {
      OBJECT_NOTIFICATION object = (OBJECT_NOTIFICATION) event;
      if (object.ulObjType() == MAPI_MESSAGE) {
        Bytes id = object.lpEntryID();
        switch (object.ulEventType()) {
          case fnevObjectCreated, fnevObjectCopied ->
              assertNull(places.put(id, object.lpParentID()));
          case fnevObjectMoved ->
              assertEquals(object.lpOldParentID(), places.put(id, object.lpParentID()));
          case fnevObjectDeleted -> assertEquals(object.lpParentID(), places.remove(id));
          default -> assertEquals(object.lpParentID(), places.get(id));
        }
      }
    }
    return places;
  }

  private void work(Random chance, List<IMAPIFolder> folders) {
    TestStore own = store.session(StoreOptions.DEFAULT);
    for (int i = 0; i < 300; i++) {
      IMAPIFolder from = folders.get(chance.nextInt(folders.size()));
      IMAPIFolder to = folders.get(chance.nextInt(folders.size()));
      List<Object> ids;
      try (var table = ok(from.getContentsTable(0))) {
        ids = column(table, PR_ENTRYID);
      }
      if (ids.size() < 3) {
        message(own.folder(id(from)), "m" + i);
        continue;
      }
      ENTRYLIST one = ENTRYLIST.of((Bytes) ids.get(chance.nextInt(ids.size())));
      int hr =
          switch (chance.nextInt(4)) {
            case 0 -> from.copyMessages(one, null, to, 0, null, 0);
            case 1 -> from.copyMessages(one, null, to, 0, null, MESSAGE_MOVE);
            case 2 -> from.deleteMessages(one, 0, null, 0);
            default -> from.setReadFlags(one, 0, null, i % 2 == 0 ? CLEAR_READ_FLAG : 0);
          };
      assertTrue(hr >= 0, () -> "0x%X".formatted(hr));
    }
    own.store.close();
  }
}
