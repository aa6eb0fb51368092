package org.mapi4j.conformance;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IUnknown;
import org.mapi4j.api.OpenedEntry;
import org.mapi4j.types.MapiResult;

/**
 * A store whose objects behave otherwise than they should: each call goes through an alteration,
 * and what a call returns is altered in turn.
 */
final class AlteredStore implements InvocationHandler {
  private final Object target;
  private final Alteration alteration;

  /** What becomes of a call. */
  @FunctionalInterface
  interface Alteration {
    /** The result that the caller gets. */
    Object call(Object target, Method method, Object[] args) throws Throwable;
  }

  private AlteredStore(Object target, Alteration alteration) {
    this.target = target;
    this.alteration = alteration;
  }

  /** A store behind an alteration. */
  static IMsgStore of(IMsgStore store, Alteration alteration) {
    return (IMsgStore) wrap(store, alteration);
  }

  /** The call as it is. */
  static Object original(Object target, Method method, Object[] args) throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  /** The call with the failure that its return type can carry. */
  static Object failure(Method method, int hr) {
    return method.getReturnType() == int.class ? (Object) hr : MapiResult.error(hr);
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
    if (method.getDeclaringClass() == Object.class || method.getName().equals("close")) {
      return original(target, method, args);
    }
    Object[] inner = args == null ? new Object[0] : args.clone();
    for (int i = 0; i < inner.length; i++) {
      if (inner[i] != null
          && Proxy.isProxyClass(inner[i].getClass())
          && Proxy.getInvocationHandler(inner[i]) instanceof AlteredStore altered) {
        inner[i] = altered.target;
      }
    }
    return altered(alteration.call(target, method, inner));
  }

  private Object altered(Object result) {
    if (result instanceof MapiResult<?> r && r.value() != null) {
      return MapiResult.of(r.hr(), altered(r.value()));
    } else if (result instanceof OpenedEntry opened) {
      return new OpenedEntry(opened.lpulObjType(), (IUnknown) wrap(opened.lppUnk(), alteration));
    } else if (result instanceof IMessage.CreatedAttach made) {
      return new IMessage.CreatedAttach(
          made.lpulAttachmentNum(), (IAttach) wrap(made.lppAttach(), alteration));
    } else if (result instanceof IUnknown object) {
      return wrap(object, alteration);
    }
    return result;
  }

  private static Object wrap(Object object, Alteration alteration) {
    Set<Class<?>> interfaces = new LinkedHashSet<>();
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      Arrays.stream(type.getInterfaces())
          .filter(IUnknown.class::isAssignableFrom)
          .forEach(interfaces::add);
    }
    return Proxy.newProxyInstance(
        AlteredStore.class.getClassLoader(),
        interfaces.toArray(Class<?>[]::new),
        new AlteredStore(object, alteration));
  }
}
