package org.mapi4j.com;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Guid;

/**
 * Java objects over the interface pointers of others, and which of them were not closed yet. None
 * is released behind its owner's back: a foreign object may belong to one thread, so a collector's
 * thread must not end it. Any thread.
 */
final class ForeignObjects {
  private static final int QUERY_INTERFACE = 0;

  private final Set<ForeignObject> live = ConcurrentHashMap.newKeySet();

  void add(ForeignObject object) {
    live.add(object);
  }

  boolean remove(ForeignObject object) {
    return live.remove(object);
  }

  /** What Java has not closed: its interface and address. */
  List<String> leaks() {
    return live.stream().map(ForeignObject::toString).toList();
  }

  /** An object over a pointer, which takes over the caller's reference. */
  IUnknown adopt(long pointer, Class<? extends IUnknown> type, Logon logon) {
    return proxy(new ForeignObject(logon, pointer, type), pointer, type);
  }

  /** An object over a pointer with a reference of its own. */
  IUnknown share(long pointer, Class<? extends IUnknown> type, Logon logon) {
    logon.bridge().addRef(pointer);
    return adopt(pointer, type, logon);
  }

  /** Another interface of a held object. */
  static IUnknown proxy(ForeignObject object, long pointer, Class<? extends IUnknown> type) {
    return (IUnknown)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            new ForeignHandler(object, pointer, type));
  }

  /** The handler of an object that stands over a pointer; null for any other object. */
  static ForeignHandler handler(Object object) {
    if (object != null && Proxy.isProxyClass(object.getClass())) {
      InvocationHandler handler = Proxy.getInvocationHandler(object);
      return handler instanceof ForeignHandler foreign ? foreign : null;
    }
    return null;
  }

  /** QueryInterface of a pointer: a pointer with a reference; empty where it refuses. */
  static Optional<Long> query(Bridge bridge, long pointer, Guid iid) {
    NativeMemory memory = bridge.memory();
    long block = memory.allocate(Guid.SIZE + 8L);
    try {
      memory.write(block, iid.toBytes().toArray(), 0, Guid.SIZE);
      int hr = (int) bridge.call(QUERY_INTERFACE, pointer, block, block + Guid.SIZE);
      long found = memory.getLong(block + Guid.SIZE);
      return hr < 0 || found == 0 ? Optional.empty() : Optional.of(found);
    } finally {
      memory.free(block);
    }
  }
}
