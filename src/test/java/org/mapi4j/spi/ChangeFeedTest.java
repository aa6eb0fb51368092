package org.mapi4j.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.engine.contract.ShardContract;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.provider.BrokenShards;
import org.mapi4j.types.Bytes;

/** Listeners of a shard that fails, or keeps few changes. */
class ChangeFeedTest {
  private volatile Throwable failure;
  private volatile long firstKept;
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch failed = new CountDownLatch(1);
  private final Shard source =
      new BrokenShards.Passing(new MemoryEngine()) {
        @Override
        public Optional<List<Change>> changesSince(long seq, int limit) {
          Throwable present = failure;
          if (present instanceof Error error) {
            failed.countDown();
            throw error;
          }
          if (present != null) {
            failed.countDown();
            throw (RuntimeException) present;
          }
          asked.incrementAndGet();
          return seq + 1 < firstKept ? Optional.empty() : super.changesSince(seq, limit);
        }
      };

  private void put(ChangeFeed feed, String key) {
    Batch.Builder batch = Batch.builder().put(ShardContract.bytes(key), 1, Bytes.EMPTY);
    assertEquals(source.seq() + 1, ShardContract.committed(source, batch));
    feed.published();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void watch_sourceFailsForAWhile_isToldOfEverythingOnce(boolean error) throws Exception {
    LinkedBlockingQueue<Long> told = new LinkedBlockingQueue<>();
    LinkedBlockingQueue<Throwable> reported = new LinkedBlockingQueue<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> reported.add(thrown));
    ChangeFeed feed = new ChangeFeed(source);
    try (AutoCloseable watcher = feed.watch(0, change -> told.add(change.seq()))) {
      put(feed, "a");
      assertEquals(1, told.poll(10, TimeUnit.SECONDS));
      failure = error ? new OutOfMemoryError("injected") : new StorageFault("injected", null);
      put(feed, "b");
      assertEquals(true, failed.await(10, TimeUnit.SECONDS));
      failure = null;
      put(feed, "c");
      assertEquals(2, told.poll(10, TimeUnit.SECONDS));
      assertEquals(3, told.poll(10, TimeUnit.SECONDS));
      assertEquals(0, told.size());
      assertEquals("injected", reported.remove().getMessage());
      assertEquals(0, reported.size());
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
      feed.close();
    }
  }

  @Test
  void watch_burstBeyondTheLogThenQuiet_isToldOfTheLastChange() throws Exception {
    LinkedBlockingQueue<Long> told = new LinkedBlockingQueue<>();
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch goesOn = new CountDownLatch(1);
    ChangeFeed feed = new ChangeFeed(source);
    try (AutoCloseable watcher =
        feed.watch(
            0,
            change -> {
              told.add(change.seq());
              called.countDown();
              await(goesOn);
            })) {
      put(feed, "a");
      await(called);
      for (int i = 0; i < 20; i++) {
        put(feed, "b" + i);
      }
      firstKept = 19;
      goesOn.countDown();
      assertEquals(1, told.poll(10, TimeUnit.SECONDS));
      assertEquals(21, told.poll(10, TimeUnit.SECONDS), "a gap, and no commit after it");
      put(feed, "c");
      assertEquals(22, told.poll(10, TimeUnit.SECONDS));
      assertEquals(0, told.size());
    } finally {
      feed.close();
    }
  }

  @Test
  void watch_logThatKeepsNothing_isAskedNoMoreThanTwiceACommit() throws Exception {
    LinkedBlockingQueue<Long> told = new LinkedBlockingQueue<>();
    ChangeFeed feed = new ChangeFeed(source);
    try (AutoCloseable watcher = feed.watch(0, change -> told.add(change.seq()))) {
      firstKept = Long.MAX_VALUE;
      for (int i = 0; i < 5; i++) {
        put(feed, "a" + i);
      }
      assertNull(told.poll(300, TimeUnit.MILLISECONDS));
      assertTrue(asked.get() <= 1 + 2 * 5, () -> "asked " + asked + " times");
      firstKept = 0;
      put(feed, "b");
      assertEquals(6, told.poll(10, TimeUnit.SECONDS));
    } finally {
      feed.close();
    }
  }

  /** Notes what it is told and on which thread; what follows waits. */
  private static final class Slow implements ChangeListener {
    final LinkedBlockingQueue<Long> told = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<Thread> followed = new LinkedBlockingQueue<>();
    final CountDownLatch goesOn = new CountDownLatch(1);
    private volatile Thread teller;

    @Override
    public void changed(Change change) {
      teller = Thread.currentThread();
      told.add(change.seq());
    }

    @Override
    public Runnable rest() {
      Thread own = teller;
      teller = null;
      return () -> {
        if (own != null) { // it was told something
          followed.add(own == Thread.currentThread() ? own : new Thread("another thread"));
          ChangeFeedTest.await(goesOn);
        }
      };
    }
  }

  @Test
  void rest_takesItsTime_nextChangesAreToldOnOtherThreads() throws Exception {
    ChangeFeed feed = new ChangeFeed(source);
    Slow slow = new Slow();
    try (AutoCloseable watcher = feed.watch(0, slow)) {
      Set<Thread> threads = new HashSet<>();
      for (long i = 1; i <= 3; i++) {
        put(feed, "a" + i);
        assertEquals(i, slow.told.poll(10, TimeUnit.SECONDS));
        Thread followed = slow.followed.poll(10, TimeUnit.SECONDS);
        assertEquals("mapi4j-watch", followed.getName(), "what follows is on the thread that told");
        assertTrue(threads.add(followed), "none of them is free");
      }
    } finally {
      slow.goesOn.countDown();
      feed.close();
    }
  }

  @Test
  void tell_onAThreadThatIsFree_tellsOneListenerThereAndAllOfThem() throws Exception {
    ChangeFeed feed = new ChangeFeed(source);
    Slow one = new Slow();
    Slow other = new Slow();
    one.goesOn.countDown();
    other.goesOn.countDown();
    try (AutoCloseable first = feed.watch(0, one);
        AutoCloseable second = feed.watch(0, other)) {
      assertNull(one.told.poll(200, TimeUnit.MILLISECONDS)); // both were asked and are idle now
      one.followed.clear();
      other.followed.clear();
      Batch.Builder batch = Batch.builder().put(ShardContract.bytes("a"), 1, Bytes.EMPTY);
      assertEquals(1, ShardContract.committed(source, batch));
      feed.tell();
      assertEquals(1, one.told.poll(10, TimeUnit.SECONDS));
      assertEquals(1, other.told.poll(10, TimeUnit.SECONDS));
      Set<Thread> threads =
          Set.of(
              one.followed.poll(10, TimeUnit.SECONDS), other.followed.poll(10, TimeUnit.SECONDS));
      assertTrue(threads.contains(Thread.currentThread()));
    } finally {
      feed.close();
    }
  }

  @Test
  void published_withoutAThread_isReportedAndToldWithTheNext() throws Exception {
    AtomicInteger begun = new AtomicInteger();
    List<Throwable> reported = new ArrayList<>();
    ChangeFeed feed =
        new ChangeFeed(
            source,
            work -> {
              if (begun.incrementAndGet() == 2) {
                throw new OutOfMemoryError("no thread");
              }
              work.run();
            },
            0);
    List<Long> told = new ArrayList<>();
    Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> reported.add(thrown));
    try (AutoCloseable watcher = feed.watch(0, change -> told.add(change.seq()))) {
      put(feed, "a");
      assertEquals(List.of(), told);
      assertEquals(1, reported.size());
      put(feed, "b");
      assertEquals(List.of(1L, 2L), told);
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(null);
      feed.close();
    }
  }

  /** A feed whose threads are new ones, and all there were. */
  private final class Threads implements Executor, AutoCloseable {
    final List<Thread> begun = new CopyOnWriteArrayList<>();
    final LinkedBlockingQueue<Thread> told = new LinkedBlockingQueue<>();
    final ChangeFeed feed = new ChangeFeed(source, this, TimeUnit.SECONDS.toNanos(20));

    @Override
    public void execute(Runnable work) {
      Thread thread = new Thread(work, "teller " + begun.size());
      begun.add(thread);
      thread.start();
    }

    /** Until the thread that asked first is over. */
    AutoCloseable watch() throws InterruptedException {
      AutoCloseable watcher = feed.watch(0, change -> told.add(Thread.currentThread()));
      begun.remove(0).join();
      return watcher;
    }

    /** The thread that waits; another waits awake now and then, elsewhere in this process. */
    Thread expect(long asleepNanos) throws InterruptedException {
      for (int i = 0; i < 10_000 && begun.isEmpty(); i++) {
        feed.expect(asleepNanos);
        Thread.sleep(begun.isEmpty() ? 1 : 0);
      }
      assertEquals(1, begun.size());
      return begun.get(0);
    }

    /** The same, asleep for longer than any test takes. */
    Thread expectAsleep() throws InterruptedException {
      Thread waiting = expect(TimeUnit.SECONDS.toNanos(60));
      while (waiting.getState() != Thread.State.TIMED_WAITING) {
        Thread.sleep(1);
      }
      return waiting;
    }

    void assertToldBy(Thread waiting) throws Exception {
      put(feed, "a");
      assertSame(waiting, told.poll(10, TimeUnit.SECONDS));
      assertEquals(List.of(waiting), begun);
    }

    @Override
    public void close() {
      feed.close();
    }
  }

  private static void assumeThatOneMayWaitAwake() {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1);
  }

  @Test
  void expect_thenPublished_isToldByTheThreadThatWaitsForIt() throws Exception {
    assumeThatOneMayWaitAwake();
    try (Threads threads = new Threads();
        AutoCloseable watcher = threads.watch()) {
      Thread waiting = threads.expect(0);
      threads.assertToldBy(waiting);
    }
  }

  @Test
  void expect_publishedWhileItSleeps_isToldAtOnceByThatThread() throws Exception {
    assumeThatOneMayWaitAwake();
    try (Threads threads = new Threads();
        AutoCloseable watcher = threads.watch()) {
      Thread waiting = threads.expectAsleep();
      threads.assertToldBy(waiting);
    }
  }

  @Test
  void close_whileATellerSleeps_endsIt() throws Exception {
    assumeThatOneMayWaitAwake();
    try (Threads threads = new Threads();
        AutoCloseable watcher = threads.watch()) {
      Thread waiting = threads.expect(TimeUnit.SECONDS.toNanos(60));
      threads.feed.close();
      waiting.join(10_000);
      assertFalse(waiting.isAlive());
    }
  }

  /** Takes all places among those who wait awake. */
  private static final class Crowd implements AutoCloseable {
    private final Spin place;
    private final List<Thread> crowd = new ArrayList<>();
    private volatile boolean over;

    Crowd(Spin place) {
      this.place = place;
    }

    /** How many places there are. */
    int enter() throws InterruptedException {
      int places = Runtime.getRuntime().availableProcessors() - 1;
      for (int i = 0; i < places; i++) {
        crowd.add(new Thread(() -> place.until(() -> over, TimeUnit.SECONDS.toNanos(20)), "awake"));
        crowd.get(i).start();
      }
      while (place.hasPlace()) {
        Thread.sleep(1);
      }
      return places;
    }

    @Override
    public void close() throws InterruptedException {
      over = true;
      for (Thread thread : crowd) {
        thread.join();
      }
    }
  }

  @Test
  void expect_noPlaceAmongThoseWhoWaitAwake_beginsNoThread() throws Exception {
    try (Threads threads = new Threads();
        AutoCloseable watcher = threads.watch();
        Crowd crowd = new Crowd(Spin.TELLERS)) {
      assertTrue(crowd.enter() >= 0);
      threads.feed.expect(0);
      assertEquals(List.of(), threads.begun);
      put(threads.feed, "a");
      assertEquals(threads.begun.get(0), threads.told.poll(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void expect_sleepingTeller_takesNoPlaceFromThoseWhoWaitAwake() throws Exception {
    assumeThatOneMayWaitAwake();
    try (Threads threads = new Threads();
        AutoCloseable watcher = threads.watch()) {
      Thread waiting = threads.expectAsleep();
      try (Crowd crowd = new Crowd(Spin.WORKERS)) {
        assertTrue(crowd.enter() > 0);
        assertEquals(Thread.State.TIMED_WAITING, waiting.getState());
      }
    }
  }

  @Test
  void expect_nobodyAwaitsIt_beginsNoThread() throws Exception {
    AtomicInteger begun = new AtomicInteger();
    ChangeFeed feed = new ChangeFeed(source, work -> begun.incrementAndGet(), 0);
    ChangeListener deaf =
        new ChangeListener() {
          @Override
          public void changed(Change change) {}

          @Override
          public boolean isAwaited() {
            return false;
          }
        };
    try (AutoCloseable watcher = feed.watch(0, deaf)) {
      assertTrue(feed.isWatched());
      assertEquals(1, begun.get());
      feed.expect(0);
      assertEquals(1, begun.get());
    } finally {
      feed.close();
    }
    assertEquals(false, feed.isWatched());
  }

  /** What follows from commits, where there were none. */
  @Test
  void expect_nothingComes_nothingIsReadNorFollowsAndTheNextChangeIsTold() throws Exception {
    assumeThatOneMayWaitAwake();
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger followed = new AtomicInteger();
    List<Long> told = new ArrayList<>();
    ChangeFeed feed =
        new ChangeFeed(
            source,
            work -> {
              begun.incrementAndGet();
              work.run();
            },
            0);
    ChangeListener listener =
        new ChangeListener() {
          @Override
          public void changed(Change change) {
            told.add(change.seq());
          }

          @Override
          public Runnable rest() {
            return followed::incrementAndGet;
          }
        };
    try (AutoCloseable watcher = feed.watch(0, listener)) {
      int read = asked.get();
      begun.set(0);
      while (begun.get() < 3) {
        feed.expect(begun.get() * 1000L);
      }
      assertEquals(read, asked.get());
      assertEquals(0, followed.get());
      put(feed, "a");
      assertEquals(List.of(1L), told);
      assertEquals(1, followed.get());
      assertEquals(4, begun.get());
    } finally {
      feed.close();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void watch_listenerAndHandlerThrow_isToldOfTheNext() throws Exception {
    LinkedBlockingQueue<Long> told = new LinkedBlockingQueue<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> {
          throw new IllegalStateException("a handler that throws");
        });
    ChangeFeed feed = new ChangeFeed(source);
    try (AutoCloseable watcher =
        feed.watch(
            0,
            change -> {
              told.add(change.seq());
              throw new IllegalStateException("injected");
            })) {
      put(feed, "a");
      put(feed, "b");
      assertEquals(1, told.poll(10, TimeUnit.SECONDS));
      assertEquals(2, told.poll(10, TimeUnit.SECONDS));
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
      feed.close();
    }
  }
}
