package org.mapi4j.advise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.TABLE_CHANGED;
import static org.mapi4j.types.MapiDefs.TABLE_RELOAD;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.TABLE_NOTIFICATION;

/** A sink whose thread could not be started. */
class SinkQueueTest {
  private static final NOTIFICATION EVENT =
      new TABLE_NOTIFICATION(TABLE_RELOAD, S_OK, null, null, null);
  private static final NOTIFICATION LOST =
      new TABLE_NOTIFICATION(TABLE_CHANGED, S_OK, null, null, null);

  /** Keeps what it is to run; refuses the first. */
  private static final class Refusing implements Executor {
    final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    boolean refused;

    @Override
    public void execute(Runnable work) {
      if (!refused) {
        refused = true;
        throw new OutOfMemoryError("no thread");
      }
      waiting.add(work);
    }
  }

  private record Sink(List<NOTIFICATION> heard) implements IMAPIAdviseSink {
    @Override
    public int onNotify(List<NOTIFICATION> lpNotifications) {
      heard.addAll(lpNotifications);
      return S_OK;
    }

    @Override
    public MapiResult<IUnknown> queryInterface(Guid riid) {
      return MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
    }

    @Override
    public void close() {}
  }

  @Test
  void missed_withoutAThread_isToldWithTheNextEvent() {
    List<Long> lost = new ArrayList<>();
    List<Throwable> reported = new ArrayList<>();
    List<NOTIFICATION> heard = new ArrayList<>();
    Refusing threads = new Refusing();
    SinkQueue queue =
        new SinkQueue(
            new Sink(heard),
            10,
            count -> {
              lost.add(count);
              return LOST;
            },
            threads);
    Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> reported.add(thrown));
    try {
      queue.missed();
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(null);
    }
    assertEquals(1, reported.size());
    queue.offer(EVENT);
    threads.waiting.remove().run();
    assertEquals(List.of(LOST), heard);
    assertEquals(List.of(2L), lost);
    queue.offer(EVENT);
    threads.waiting.remove().run();
    assertEquals(List.of(LOST, EVENT), heard);
  }

  @Test
  void end_afterSinkAndHandlerThrew_releasesTheSink() {
    List<String> calls = new ArrayList<>();
    IMAPIAdviseSink thrower =
        new IMAPIAdviseSink() {
          @Override
          public int onNotify(List<NOTIFICATION> lpNotifications) {
            calls.add("told");
            throw new StackOverflowError("injected");
          }

          @Override
          public MapiResult<IUnknown> queryInterface(Guid riid) {
            return MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
          }

          @Override
          public void close() {
            calls.add("released");
            throw new IllegalStateException("injected");
          }
        };
    Refusing threads = new Refusing();
    threads.refused = true;
    SinkQueue queue = new SinkQueue(thrower, 10, count -> LOST, threads);
    Thread.currentThread()
        .setUncaughtExceptionHandler(
            (thread, thrown) -> {
              throw new IllegalStateException("a handler that throws");
            });
    try {
      queue.offer(EVENT);
      threads.waiting.remove().run();
      queue.offer(EVENT);
      threads.waiting.remove().run();
      SinkQueue.end(List.of(queue));
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(null);
    }
    assertEquals(List.of("told", "told", "released"), calls);
  }
}
