package org.mapi4j.com;

import static org.mapi4j.types.MapiCode.*;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Guid;

/**
 * The objects that native code holds. A Java object has one entry however often it goes out; each
 * line of its interfaces has one pointer, and the first line's is its identity. Any thread. Source:
 * COM "Rules for Implementing QueryInterface".
 */
final class ComObjects {
  private final NativeMemory memory;
  private final NativeVtables vtables;
  private final Cells cells;
  private final IdentityHashMap<IUnknown, ComObject> entries = new IdentityHashMap<>();

  /** Stores whose last release has begun: a logon that still found one open comes too late. */
  private final List<WeakReference<IUnknown>> ended = new ArrayList<>();

  /**
   * An object that a client has not released.
   *
   * @param type its interfaces, the heads of their lines
   * @param count references held
   */
  record Leak(String type, int count) {}

  ComObjects(NativeMemory memory, NativeVtables vtables) {
    this.memory = memory;
    this.vtables = vtables;
    this.cells = new Cells(memory, vtables.dead());
  }

  Cells cells() {
    return cells;
  }

  /** The object of a pointer; null when there is none. */
  ComObject find(long pointer) {
    return cells.find(pointer);
  }

  /**
   * Gives an object to native code: a pointer of an interface with one reference, whose last
   * release closes the object. A store begins a logon of its own. 0 for null. Throws {@link
   * ComFault} MAPI_E_INTERFACE_NOT_SUPPORTED, and MAPI_E_BUSY for a store that is being released.
   */
  long give(IUnknown object, Class<? extends IUnknown> type, Logon logon) {
    return export(object, type, logon, true);
  }

  /** As {@link #give}, but the object stays Java's: the last release does not close it. */
  long lend(IUnknown object, Class<? extends IUnknown> type, Logon logon) {
    return export(object, type, logon, false);
  }

  /** A lent object that its receiver holds beyond the call is given. */
  void giveKept(long pointer) {
    ComObject entry = find(pointer);
    if (entry != null && entry.count() > 1) {
      entry.given();
    }
  }

  private long export(IUnknown object, Class<? extends IUnknown> type, Logon logon, boolean given) {
    if (object == null) {
      return 0;
    }
    List<Class<? extends IUnknown>> lines = Interfaces.lines(object.getClass());
    int line = Interfaces.line(lines, type);
    if (line < 0) {
      throw new ComFault(
          MAPI_E_INTERFACE_NOT_SUPPORTED,
          object.getClass().getSimpleName() + " is no " + type.getSimpleName());
    }
    ComObject entry = null;
    long pointer = 0;
    try {
      synchronized (this) {
        entry = entries.get(object);
        if (entry == null || entry.addRef() == 0) {
          entry = enter(object, lines, logon);
        }
        pointer = pointer(entry, line);
        if (given) {
          entry.given();
        }
      }
      return pointer;
    } finally {
      if (pointer == 0 && entry != null) {
        // Without a pointer nobody could release this reference.
        int left = release(entry);
        assert left >= 0;
      }
    }
  }

  private ComObject enter(IUnknown object, List<Class<? extends IUnknown>> lines, Logon logon) {
    boolean store = object instanceof IMsgStore;
    if (store && ended.stream().anyMatch(reference -> reference.refersTo(object))) {
      throw new ComFault(MAPI_E_BUSY, "the store was just released; log on again");
    }
    Logon own = store ? logon.another() : logon;
    ComObject entry = new ComObject(object, lines, own);
    own.add(entry);
    if (store) {
      own.startsWith(entry);
    }
    entries.put(object, entry);
    return entry;
  }

  private synchronized long pointer(ComObject entry, int line) {
    long[] pointers = entry.pointers();
    if (pointers[line] == 0) {
      pointers[line] = cells.issue(vtables.of(entry.lines().get(line)), entry);
    }
    return pointers[line];
  }

  /** IUnknown::QueryInterface; a cut object still knows its interfaces. */
  int queryInterface(ComObject entry, long riid, long ppv) {
    if (ppv == 0) {
      return MAPI_E_INVALID_PARAMETER;
    }
    memory.putLong(ppv, 0);
    if (riid == 0) {
      return MAPI_E_INVALID_PARAMETER;
    }
    if (entry == null) {
      return MAPI_E_INVALID_OBJECT;
    }
    byte[] iid = new byte[Guid.SIZE];
    memory.read(riid, iid, 0, iid.length);
    Class<? extends IUnknown> type = Interfaces.type(Guid.fromBytes(iid, 0));
    int line = type == null ? -1 : Interfaces.line(entry.lines(), type);
    if (line < 0) {
      return MAPI_E_INTERFACE_NOT_SUPPORTED;
    }
    if (entry.addRef() == 0) {
      return MAPI_E_INVALID_OBJECT;
    }
    memory.putLong(ppv, pointer(entry, line));
    return S_OK;
  }

  /** IUnknown::AddRef; 0 where no object is. */
  static int addRef(ComObject entry) {
    return entry == null ? 0 : entry.addRef();
  }

  /** IUnknown::Release; 0 where no object is. The last one closes the object, once. */
  int release(ComObject entry) {
    int left = entry == null ? -1 : entry.release();
    if (left == 0) {
      leave(entry);
    }
    return Math.max(left, 0);
  }

  /** An object that went out again while its last reference came back lives on in that entry. */
  private void leave(ComObject entry) {
    IUnknown target = entry.cut();
    boolean closes = false;
    try {
      synchronized (this) {
        closes = target != null && entries.remove(target, entry) && entry.isGiven();
        forget(entry, closes && target instanceof IMsgStore ? target : null);
      }
    } catch (OutOfMemoryError full) {
      Guard.log("no memory to forget a released object in", full);
    }
    close(closes ? target : null);
    entry.logon().remove(entry);
  }

  private void forget(ComObject entry, IUnknown endedStore) {
    if (endedStore != null) {
      ended.removeIf(reference -> reference.refersTo(null));
      ended.add(new WeakReference<>(endedStore));
    }
    for (long cell : entry.pointers()) {
      if (cell != 0) {
        cells.release(cell);
      }
    }
  }

  /** Release has no code for what fails here. */
  private static void close(IUnknown target) {
    try {
      if (target != null) {
        target.close();
      }
    } catch (Throwable failed) {
      Guard.log("the last Release of an object failed", failed);
    }
  }

  /** Closes an object that could not be given, unless native code holds it already. */
  void discard(IUnknown object) {
    boolean held;
    synchronized (this) {
      held = entries.containsKey(object);
    }
    if (!held) {
      object.close();
    }
  }

  /** Ends an object whose references live on: it is closed, and answers IUnknown alone. */
  void cut(ComObject entry) {
    IUnknown target = entry.cut();
    if (target != null) {
      synchronized (this) {
        entries.remove(target, entry);
      }
      close(entry.isGiven() ? target : null);
    }
  }

  /** What clients hold, in no order: after they are done, what they leaked. */
  List<Leak> leaks() {
    Collection<ComObject> held;
    synchronized (this) {
      held = new ArrayList<>(cells.held());
    }
    return held.stream()
        .distinct()
        .map(
            entry ->
                new Leak(
                    String.join(" ", entry.lines().stream().map(Class::getSimpleName).toList()),
                    entry.count()))
        .toList();
  }
}
