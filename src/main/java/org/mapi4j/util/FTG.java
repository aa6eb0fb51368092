package org.mapi4j.util;

import static org.mapi4j.types.MapiDefs.*;

/**
 * The tag of a registered idle routine: a handle to pass back, nothing to look into. Source: MAPI
 * "FtgRegisterIdleRoutine".
 */
public final class FTG {
  private static final long MILLIS_PER_CSEC = 10;

  private FNIDLE routine;
  private Object context;
  private int priority;
  private long waitMillis;
  private int options;
  private boolean enabled;
  private long dueMillis;

  FTG(FNIDLE routine, Object context, int priority, int csec, int options, long nowMillis) {
    this.routine = routine;
    this.context = context;
    this.priority = priority;
    this.waitMillis = csec * MILLIS_PER_CSEC;
    this.options = options;
    this.enabled = (options & FIRODISABLED) == 0;
    this.dueMillis = nowMillis + waitMillis;
  }

  int priority() {
    return priority;
  }

  long dueMillis() {
    return dueMillis;
  }

  boolean isDue(long nowMillis) {
    return enabled && nowMillis >= dueMillis;
  }

  void enable(boolean enable) {
    enabled = enable;
  }

  void change(
      FNIDLE newRoutine, Object newContext, int newPriority, int csec, int newOptions, int what) {
    routine = (what & FIRCPFN) != 0 ? newRoutine : routine;
    context = (what & FIRCPV) != 0 ? newContext : context;
    priority = (what & FIRCPRI) != 0 ? newPriority : priority;
    options = (what & FIRCIRO) != 0 ? newOptions : options;
    if ((what & FIRCCSEC) != 0) {
      dueMillis += csec * MILLIS_PER_CSEC - waitMillis;
      waitMillis = csec * MILLIS_PER_CSEC;
    }
  }

  /** The next call: after the interval, or at once where the time was only the first wait. */
  Runnable take(long nowMillis) {
    dueMillis = nowMillis + ((options & FIROINTERVAL) != 0 ? waitMillis : 0);
    FNIDLE called = routine;
    Object argument = context;
    return () -> {
      boolean unused = called.idle(argument);
    };
  }
}
