package org.mapi4j.com;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
    List<ComObject> left;
    List<ForeignObject> held;
    synchronized (this) {
      objects.remove(object);
      if (object != first) {
        return;
      }
      ended = true;
      left = List.copyOf(objects);
      held = new ArrayList<>(kept);
      kept.clear();
    }
    for (ComObject child : left) {
      bridge.objects().cut(child);
    }
    held.forEach(ForeignObject::close);
  }

  /** Holds a foreign object that a method kept, until it is closed or the logon ends. */
  void keep(ForeignObject foreign) {
    synchronized (this) {
      if (!ended) {
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
