package org.mapi4j.spi;

/**
 * A thread that is the store's own: no caller has it, so nobody interrupts it, and an engine may do
 * on it what it does on its own threads instead of handing it over to one.
 */
public final class StoreThread extends Thread {
  private StoreThread(Runnable body, String name) {
    super(body, name);
    setDaemon(true);
  }

  /** Starts one that does not keep the process alive. */
  public static void start(Runnable body, String name) {
    new StoreThread(body, name).start();
  }
}
