package org.mapi4j.com;

import java.nio.charset.Charset;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.mapi4j.types.MapiCode;

/**
 * What the objects of one logon share: the routines they allocate with, the code page of strings
 * that are not wide, and their end. When the last reference to the logon's first object is gone,
 * the others answer MAPI_E_INVALID_OBJECT. Any thread.
 */
final class Logon {
  private final Bridge bridge;
  private final Allocators allocators;
  private final Charset ansi;
  private final Encoder encoder;
  private final Set<ComObject> objects = new HashSet<>();
  private final Set<ForeignObject> kept = new HashSet<>();
  private ComObject first;
  private boolean ended;

  Logon(Bridge bridge, Allocators allocators, Charset ansi) {
    this.bridge = bridge;
    this.allocators = allocators;
    this.ansi = ansi;
    this.encoder = new Encoder(bridge.memory(), allocators, ansi);
  }

  Bridge bridge() {
    return bridge;
  }

  Allocators allocators() {
    return allocators;
  }

  /** A logon of its own with the same routines, for a store that this one's provider opened. */
  Logon another() {
    return new Logon(bridge, allocators, ansi);
  }

  NativeMemory memory() {
    return bridge.memory();
  }

  /** Writes outputs. */
  Encoder encoder() {
    return encoder;
  }

  /** Reads arguments, of one call. */
  Decoder decoder() {
    return new Decoder(bridge.memory(), ansi, ComLimits.DEFAULT);
  }

  /** Its end is the end of this logon. */
  synchronized void startsWith(ComObject object) {
    first = object;
  }

  /** Joins; an object of an ended logon is cut off at once. */
  synchronized void add(ComObject object) {
    if (ended) {
      throw new ComFault(MapiCode.MAPI_E_INVALID_OBJECT, "the logon has ended");
    }
    objects.add(object);
  }

  /** The object's last reference is gone. Ends the logon with its first object. */
  void remove(ComObject object) {
    synchronized (this) {
      objects.remove(object);
      if (object != first) {
        return;
      }
      ended = true;
    }
    // One by one: an end that fails, or finds no memory, is not the end of what others hold.
    for (ComObject child = next(objects); child != null; child = next(objects)) {
      ComObject each = child;
      finish(() -> bridge.objects().cut(each));
    }
    for (ForeignObject held = next(kept); held != null; held = next(kept)) {
      finish(held::close);
    }
  }

  /** Takes one out; null when none is left. */
  private synchronized <T> T next(Set<T> set) {
    Iterator<T> all = set.iterator();
    if (!all.hasNext()) {
      return null;
    }
    T one = all.next();
    all.remove();
    return one;
  }

  private static void finish(Runnable end) {
    try {
      end.run();
    } catch (RuntimeException | Error failed) {
      Guard.log("an object of an ended logon failed to close", failed);
    }
  }

  /**
   * Holds a foreign object that a method kept, until it is closed or the logon ends. One that is
   * closed already, by another thread's Unadvise for instance, is not held.
   */
  void keep(ForeignObject foreign) {
    synchronized (this) {
      if (!ended && !foreign.isClosed()) {
        kept.add(foreign);
        return;
      }
    }
    foreign.close();
  }

  /** A foreign object was closed. */
  synchronized void forget(ForeignObject foreign) {
    kept.remove(foreign);
  }
}
