package org.mapi4j.com;

import static org.mapi4j.types.MapiCode.MAPI_E_INVALID_OBJECT;

import java.util.ArrayList;
import java.util.List;
import org.mapi4j.com.ComObject.Refusal;

/**
 * An object of someone else that Java holds: its interface pointers, one reference each, which go
 * back together and once. Calls that are under way when it is closed come to their end first. Any
 * thread that the object itself allows.
 */
final class ForeignObject {
  private final Bridge bridge;
  private final Logon logon;
  private final Class<?> type;
  private final List<Long> pointers = new ArrayList<>();
  private int calls;
  private boolean closed;
  private volatile Refusal refusal;

  /**
   * @param logon what the object allocates its outputs with
   * @param type the interface of its first pointer
   */
  ForeignObject(Logon logon, long pointer, Class<?> type) {
    this.bridge = logon.bridge();
    this.logon = logon;
    this.type = type;
    pointers.add(pointer);
    bridge.foreigners().add(this);
  }

  Bridge bridge() {
    return bridge;
  }

  Logon logon() {
    return logon;
  }

  /** For a list of what was never closed. */
  @Override
  public synchronized String toString() {
    return "%s at 0x%x".formatted(type.getSimpleName(), pointers.get(0));
  }

  /** Begins a call; it throws MAPI_E_INVALID_OBJECT on a closed object. */
  synchronized void enter() {
    if (closed) {
      throw new ComFault(MAPI_E_INVALID_OBJECT, "the object was released");
    }
    calls++;
  }

  /** Ends a call. */
  void exit() {
    synchronized (this) {
      calls--;
    }
    releaseWhenDone();
  }

  /** Takes over a reference; one more to a pointer that is held already goes back at once. */
  void hold(long pointer) {
    synchronized (this) {
      if (!pointers.contains(pointer)) {
        pointers.add(pointer);
        return;
      }
    }
    bridge.release(pointer);
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Gives back every reference when no call is under way; harmless when repeated. */
  void close() {
    synchronized (this) {
      closed = true;
    }
    releaseWhenDone();
  }

  private void releaseWhenDone() {
    List<Long> held;
    synchronized (this) {
      if (!closed || calls > 0 || pointers.isEmpty() || !bridge.foreigners().remove(this)) {
        return;
      }
      held = List.copyOf(pointers);
    }
    logon.forget(this);
    held.forEach(bridge::release);
  }

  /** What the bridge refused last on this object; null when a call has come through since. */
  Refusal refusal() {
    return refusal;
  }

  void refused(Refusal latest) {
    refusal = latest;
  }
}
