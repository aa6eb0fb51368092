package org.mapi4j.com;

import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.api.IUnknown;

/**
 * The foreign objects that came in as arguments of one call: closed when it is over, but for those
 * that the callee keeps. Confined to the thread of the call; calls within calls nest.
 */
final class Borrowed {
  private static final ThreadLocal<Borrowed> CURRENT = new ThreadLocal<>();

  private final Borrowed outer;
  private final List<ForeignObject> objects = new ArrayList<>();
  private final List<ForeignObject> keepable = new ArrayList<>();

  private Borrowed(Borrowed outer) {
    this.outer = outer;
  }

  /** Those of the innermost call. */
  static Borrowed current() {
    return CURRENT.get();
  }

  IUnknown take(IUnknown proxy, boolean mayBeKept) {
    (mayBeKept ? keepable : objects).add(ForeignObjects.handler(proxy).object());
    return proxy;
  }

  /** The call has kept what it may keep: from now on its object closes it. */
  void keep() {
    keepable.forEach(object -> object.logon().keep(object));
    keepable.clear();
  }

  /** Runs a call, of type {@code (ComObject, long[])long}. */
  static long run(MethodHandle call, ComObject object, long[] words) throws Throwable {
    Borrowed mine = new Borrowed(CURRENT.get());
    CURRENT.set(mine);
    try {
      return (long) call.invokeExact(object, words);
    } finally {
      if (mine.outer == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(mine.outer);
      }
      mine.objects.forEach(Borrowed::close);
      mine.keepable.forEach(Borrowed::close);
    }
  }

  /** The call is over: a release that fails changes neither its answer nor the other releases. */
  private static void close(ForeignObject object) {
    try {
      object.close();
    } catch (RuntimeException | Error failed) {
      Guard.log("the release of an argument failed", failed);
    }
  }
}
