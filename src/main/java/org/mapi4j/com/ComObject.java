package org.mapi4j.com;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.mapi4j.api.IUnknown;

/**
 * A Java object that native code holds: its count of references, its pointers, the logon it came
 * from, and what the bridge itself last refused on it. Any thread.
 */
final class ComObject {
  private static final AtomicIntegerFieldUpdater<ComObject> COUNT =
      AtomicIntegerFieldUpdater.newUpdater(ComObject.class, "count");

  private final Logon logon;
  private final List<Class<? extends IUnknown>> lines;
  private final long[] pointers;
  private volatile IUnknown target;
  private volatile int count = 1;
  private volatile boolean given;
  private volatile Refusal refusal;

  /** What the bridge refused, for GetLastError. */
  record Refusal(int hr, String text) {}

  ComObject(IUnknown target, List<Class<? extends IUnknown>> lines, Logon logon) {
    this.target = target;
    this.lines = lines;
    this.logon = logon;
    this.pointers = new long[lines.size()];
  }

  /** Where its calls allocate, and what ends it. */
  Logon logon() {
    return logon;
  }

  /** The Java object; null once its logon has ended. */
  IUnknown target() {
    return target;
  }

  /** Cuts the object off: it answers nothing but IUnknown. Answers what it was, null if cut. */
  synchronized IUnknown cut() {
    IUnknown was = target;
    target = null;
    return was;
  }

  /** The heads of its lines of inheritance; the first is its identity. */
  List<Class<? extends IUnknown>> lines() {
    return lines;
  }

  /** The pointers of its lines, 0 for one that nobody asked for. Guarded by the object table. */
  long[] pointers() {
    return pointers;
  }

  int count() {
    return count;
  }

  /** Java has handed the object over: the last release closes it. */
  void given() {
    given = true;
  }

  boolean isGiven() {
    return given;
  }

  /** One reference more; 0 when there was none left, and the object is gone. */
  int addRef() {
    for (int now = count; now > 0; now = count) {
      if (COUNT.compareAndSet(this, now, now + 1)) {
        return now + 1;
      }
    }
    return 0;
  }

  /** One reference less; the count that is left, -1 when there was none. */
  int release() {
    for (int now = count; now > 0; now = count) {
      if (COUNT.compareAndSet(this, now, now - 1)) {
        return now - 1;
      }
    }
    return -1;
  }

  Refusal refusal() {
    return refusal;
  }

  /** Keeps what the bridge refused; null when the object itself has failed since. */
  void refused(Refusal latest) {
    refusal = latest;
  }
}
