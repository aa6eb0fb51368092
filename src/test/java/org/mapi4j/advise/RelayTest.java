package org.mapi4j.advise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work that a thread finds for others and does in part itself. */
@Timeout(60)
class RelayTest {
  private final Thread here = Thread.currentThread();
  private final LinkedBlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
  private final Relay relay = new Relay();

  private void note() {
    threads.add(Thread.currentThread());
  }

  private Thread next() throws InterruptedException {
    return threads.poll(20, TimeUnit.SECONDS);
  }

  @Test
  void run_ofWhatACollectedLookHandsOn_isOnThisThread() throws Exception {
    relay.collect(
        () ->
            SinkThreads.look(
                () -> {
                  note();
                  SinkThreads.execute(this::note);
                }));
    assertTrue(threads.isEmpty(), "not before it is run");
    relay.run();
    assertEquals(here, next());
    assertEquals(here, next());
  }

  @Test
  void run_ofSeveralPieces_keepsOneHereAndDelaysNoneOfTheOthers() throws Exception {
    CountDownLatch others = new CountDownLatch(2);
    relay.collect(
        () -> {
          for (int i = 0; i < 2; i++) {
            SinkThreads.execute(
                () -> {
                  note();
                  others.countDown();
                });
          }
          SinkThreads.execute(
              () -> {
                assertTrue(awaited(others));
                note();
              });
        });
    relay.run();
    assertNotEquals(here, next());
    assertNotEquals(here, next());
    assertEquals(here, next());
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void execute_withinASinksCall_waitsForNothing() throws Exception {
    CountDownLatch inner = new CountDownLatch(1);
    List<Boolean> done = new ArrayList<>();
    relay.collect(
        () ->
            SinkThreads.execute(
                () -> { // a sink that calls the store and waits for what another sink is told
                  SinkThreads.execute(inner::countDown);
                  done.add(awaited(inner));
                }));
    relay.run();
    assertEquals(List.of(true), done);
  }

  @Test
  void run_whenAPieceThrows_reportsItAndGoesOn() throws Exception {
    List<Throwable> reported = new ArrayList<>();
    here.setUncaughtExceptionHandler((thread, thrown) -> reported.add(thrown));
    try {
      relay.collect(
          () ->
              SinkThreads.look(
                  () -> {
                    SinkThreads.execute(this::note);
                    throw new IllegalStateException("injected");
                  }));
      relay.run();
    } finally {
      here.setUncaughtExceptionHandler(null);
    }
    assertEquals("injected", reported.get(0).getMessage());
    assertEquals(here, next());
  }
}
