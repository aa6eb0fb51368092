package org.mapi4j.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UncaughtTest {
  private final List<Throwable> heard = new ArrayList<>();

  private boolean goesOnAfter(Throwable thrown, Thread.UncaughtExceptionHandler handler)
      throws InterruptedException {
    boolean[] wentOn = new boolean[1];
    Thread thread =
        new Thread(
            () -> {
              Uncaught.report(thrown);
              wentOn[0] = true;
            });
    thread.setUncaughtExceptionHandler(handler);
    thread.start();
    thread.join();
    return wentOn[0];
  }

  @Test
  void report_tellsTheThreadsHandlerAndGoesOn() throws InterruptedException {
    IllegalStateException bug = new IllegalStateException("bug");
    assertTrue(goesOnAfter(bug, (thread, thrown) -> heard.add(thrown)));
    assertEquals(List.of(bug), heard);
  }

  @Test
  void report_toAHandlerThatThrows_goesOn() throws InterruptedException {
    for (Throwable bug : List.of(new IllegalStateException("bug"), new AssertionError("bug"))) {
      assertTrue(
          goesOnAfter(
              bug,
              (thread, thrown) -> {
                heard.add(thrown);
                throw new StackOverflowError("in the handler");
              }));
      assertEquals(1, bug.getSuppressed().length);
    }
    assertEquals(2, heard.size());
  }

  @Test
  void report_ofWhatTheHandlerThrowsAgain_goesOn() throws InterruptedException {
    IllegalStateException bug = new IllegalStateException("bug");
    assertTrue(
        goesOnAfter(
            bug,
            (thread, thrown) -> {
              throw (RuntimeException) thrown;
            }));
  }
}
