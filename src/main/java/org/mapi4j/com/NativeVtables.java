package org.mapi4j.com;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mapi4j.api.IUnknown;
import org.mapi4j.api.Vtables;
import org.mapi4j.api.Vtables.Slot;

/**
 * Vtables in native memory, one for each interface, made when an object first needs it and never
 * freed. Interfaces that inherit a slot share its function. Any thread.
 */
final class NativeVtables {
  /** Slots of every vtable; those beyond an interface's own answer MAPI_E_INVALID_OBJECT. */
  static final int SLOTS = 64;

  private final Thunks thunks;
  private final Map<String, Long> functions = new HashMap<>();
  private final Map<Class<?>, Long> tables = new HashMap<>();
  private final long dead;
  private Dispatcher dispatcher;

  NativeVtables(Thunks thunks) {
    this.thunks = thunks;
    long none = thunks.function(Guard.NO_OBJECT);
    dead = thunks.memory().allocate(SLOTS * 8L);
    for (int i = 0; i < SLOTS; i++) {
      thunks.memory().putLong(dead + 8L * i, none);
    }
    long noReference = thunks.function(Guard.NO_REFERENCE);
    thunks.memory().putLong(dead + 8, noReference);
    thunks.memory().putLong(dead + 16, noReference);
  }

  /** Before the first {@link #of}. */
  void dispatchBy(Dispatcher by) {
    dispatcher = by;
  }

  /** The vtable of a cell that no object has. */
  long dead() {
    return dead;
  }

  /** The vtable of an interface. */
  synchronized long of(Class<? extends IUnknown> type) {
    Long known = tables.get(type);
    if (known != null) {
      return known;
    }
    NativeMemory memory = thunks.memory();
    List<Slot> slots = Vtables.of(type);
    long table = memory.allocate(SLOTS * 8L);
    for (int i = 0; i < SLOTS; i++) {
      long function = i < slots.size() ? function(slots.get(i)) : memory.getLong(dead + 24);
      memory.putLong(table + 8L * i, function);
    }
    tables.put(type, table);
    return table;
  }

  private long function(Slot slot) {
    String key = slot.declaredBy() + "::" + slot.name();
    Long known = functions.get(key);
    if (known != null) {
      return known;
    }
    long function = thunks.function(dispatcher.of(slot));
    functions.put(key, function);
    return function;
  }
}
