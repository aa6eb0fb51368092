package org.mapi4j.util;

/** An idle routine: a short step of work. Source: MAPI "FNIDLE". */
@FunctionalInterface
public interface FNIDLE {
  /**
   * Called on the idle engine's thread with what was registered; answers false. Whatever it throws
   * ends its registration and goes to that thread's handler of uncaught exceptions.
   */
  boolean idle(Object lpvContext);
}
