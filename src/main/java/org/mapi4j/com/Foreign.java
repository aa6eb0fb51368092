package org.mapi4j.com;

import java.util.List;
import org.mapi4j.api.IUnknown;

/**
 * Interface pointers of others as objects of {@code api}, and objects of Java as interface
 * pointers: a store, table, stream, advise sink or support object written in C, driven from Java,
 * and the other way round. Addresses are {@code long}s.
 *
 * <p>An object over a pointer calls it on the caller's thread. {@link IUnknown#close} releases it
 * once, after the calls that are under way, and is harmless when repeated; afterwards every method
 * answers MAPI_E_INVALID_OBJECT. What is never closed is never released: {@link #unreleased} lists
 * it. An argument that is an object of Java lives as long as the other side holds references; what
 * a successful call keeps, an advise sink for instance, is closed by its last Release.
 *
 * <p>Any thread that the foreign object allows. Source: COM "IUnknown", "Rules for Managing
 * Reference Counts".
 */
public final class Foreign {
  private Foreign() {}

  /**
   * The allocation routines that a foreign object's outputs come from.
   *
   * @param allocateBuffer address of MAPIAllocateBuffer
   * @param allocateMore address of MAPIAllocateMore
   * @param freeBuffer address of MAPIFreeBuffer
   */
  public record Routines(long allocateBuffer, long allocateMore, long freeBuffer) {
    /** Throws IllegalArgumentException unless all three are there. */
    public Routines {
      if (allocateBuffer == 0 || allocateMore == 0 || freeBuffer == 0) {
        throw new IllegalArgumentException("an allocation routine is NULL");
      }
    }
  }

  /**
   * An object over an interface pointer; it takes over the caller's reference. Throws
   * IllegalArgumentException for NULL, and for a type that is no interface of MAPI.
   *
   * @param routines what the object allocates its outputs with; null when that is {@link #export}
   *     without routines, or an object of this process's store, whose own are known
   */
  public static <T extends IUnknown> T adopt(long pointer, Class<T> type, Routines routines) {
    return type.cast(
        Bridge.get().foreigners().adopt(checked(pointer, type), type, logon(pointer, routines)));
  }

  /** As {@link #adopt}, with a reference of its own: the caller's stays the caller's. */
  public static <T extends IUnknown> T share(long pointer, Class<T> type, Routines routines) {
    return type.cast(
        Bridge.get().foreigners().share(checked(pointer, type), type, logon(pointer, routines)));
  }

  private static long checked(long pointer, Class<?> type) {
    if (pointer == 0) {
      throw new IllegalArgumentException("the pointer is NULL");
    }
    if (!Interfaces.all().contains(type)) {
      throw new IllegalArgumentException(type + " is no interface of MAPI");
    }
    return pointer;
  }

  private static Logon logon(long pointer, Routines routines) {
    ComObject own = routines == null ? Bridge.get().objects().find(pointer) : null;
    return own == null ? logon(routines) : Bridge.get().logon(own.logon().allocators());
  }

  /** What objects allocate with; null for chains over malloc. */
  static Logon logon(Routines routines) {
    Bridge bridge = Bridge.get();
    if (routines == null) {
      return bridge.logon(bridge.own());
    }
    return bridge.logon(
        new NativeAllocators(
            bridge, routines.allocateBuffer, routines.allocateMore, routines.freeBuffer));
  }

  /**
   * The interface pointer behind an object; no reference is added. Throws IllegalArgumentException
   * for an object that stands over none.
   */
  public static long pointer(IUnknown object) {
    ForeignHandler handler = ForeignObjects.handler(object);
    if (handler == null) {
      throw new IllegalArgumentException(object + " stands over no interface pointer");
    }
    return handler.pointer();
  }

  /**
   * A pointer to an object of Java, with one reference that the caller owns; the last release
   * closes the object. A store begins a logon of its own. Throws IllegalArgumentException when the
   * object does not have the interface.
   *
   * @param routines what its outputs are allocated with; null for chains over malloc that only this
   *     package can free
   */
  public static <T extends IUnknown> long export(T object, Class<T> type, Routines routines) {
    if (!type.isInstance(object)) {
      throw new IllegalArgumentException(object + " is no " + type.getName());
    }
    return Bridge.get().objects().give(object, type, logon(routines));
  }

  /** The foreign objects that Java has not closed, each by its interface and address. */
  public static List<String> unreleased() {
    return Bridge.get().foreigners().leaks();
  }

  /** The objects of Java that others have not released, each by its interfaces and references. */
  public static List<String> held() {
    return Bridge.get().objects().leaks().stream()
        .map(leak -> "%s: %d".formatted(leak.type(), leak.count()))
        .toList();
  }
}
