package org.mapi4j.types;

/** What a thread of the library does with what foreign code, or a bug, threw, to go on with it. */
public final class Uncaught {
  private Uncaught() {}

  /** Gives it to the present thread's handler. Throws nothing, whatever the handler does. */
  public static void report(Throwable thrown) {
    Thread thread = Thread.currentThread();
    try {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
    } catch (RuntimeException | Error ofTheHandler) {
      if (ofTheHandler != thrown) {
        thrown.addSuppressed(ofTheHandler); // as the JVM has it: nobody hears of that
      }
    }
  }
}
