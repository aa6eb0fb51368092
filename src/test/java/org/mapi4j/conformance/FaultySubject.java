package org.mapi4j.conformance;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMessage.CreatedAttach;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IUnknown;
import org.mapi4j.api.OpenedEntry;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.MapiResult;

/** A store in memory with a fault: every object it hands out is a proxy that commits it. */
final class FaultySubject implements Subject, AutoCloseable {
  /** What happens instead of a method. */
  @FunctionalInterface
  interface Fault {
    /** The result of a call; {@code proceed} is the sound method. */
    Object call(Method method, Object[] arguments, Proceed proceed) throws Throwable;
  }

  /** The sound method. */
  @FunctionalInterface
  interface Proceed {
    Object with(Object[] arguments) throws Throwable;
  }

  private record Handler(Object target, Fault fault) implements InvocationHandler {
    @Override
    public Object invoke(Object proxy, Method method, Object[] given) throws Throwable {
      Object[] arguments = given == null ? new Object[0] : given.clone();
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = unwrap(arguments[i]);
      }
      boolean own = method.getDeclaringClass() == Object.class || method.getName().equals("close");
      return own
          ? sound(method, arguments)
          : wrap(fault.call(method, arguments, changed -> sound(method, changed)), fault);
    }

    private Object sound(Method method, Object[] arguments) throws Throwable {
      try {
        return method.invoke(target, arguments);
      } catch (InvocationTargetException thrown) {
        throw thrown.getCause();
      }
    }
  }

  private final MessageStore first = Mapi4j.memory(StoreOptions.DEFAULT);
  private final MessageStore second = Mapi4j.memory(StoreOptions.DEFAULT);
  private final Deque<MessageStore> sessions = new ArrayDeque<>();
  private final Fault fault;

  FaultySubject(Fault fault) {
    this.fault = fault;
  }

  @Override
  public String name() {
    return "a faulty store";
  }

  @Override
  public IMsgStore open(boolean writable) {
    return session(first, writable);
  }

  @Override
  public Optional<IMsgStore> openSecond() {
    return Optional.of(session(second, true));
  }

  private IMsgStore session(MessageStore of, boolean writable) {
    MessageStore session = of.newSession(StoreOptions.builder().writable(writable).build());
    sessions.push(session);
    return (IMsgStore) wrap(session.store(), fault);
  }

  @Override
  public void close() {
    sessions.forEach(MessageStore::close);
    first.close();
    second.close();
  }

  private static Object unwrap(Object value) {
    return value != null
            && Proxy.isProxyClass(value.getClass())
            && Proxy.getInvocationHandler(value) instanceof Handler handler
        ? handler.target()
        : value;
  }

  private static Object wrap(Object value, Fault fault) {
    if (value instanceof MapiResult<?> result) {
      return MapiResult.of(result.hr(), wrap(result.value(), fault));
    }
    if (value instanceof OpenedEntry opened) {
      return new OpenedEntry(opened.lpulObjType(), (IUnknown) wrap(opened.lppUnk(), fault));
    }
    if (value instanceof CreatedAttach created) {
      return new CreatedAttach(
          created.lpulAttachmentNum(), (IAttach) wrap(created.lppAttach(), fault));
    }
    if (!(value instanceof IUnknown) || Proxy.isProxyClass(value.getClass())) {
      return value;
    }
    Set<Class<?>> interfaces = new LinkedHashSet<>();
    for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
      for (Class<?> one : type.getInterfaces()) {
        if (IUnknown.class.isAssignableFrom(one)) {
          interfaces.add(one);
        }
      }
    }
    return Proxy.newProxyInstance(
        FaultySubject.class.getClassLoader(),
        interfaces.toArray(Class<?>[]::new),
        new Handler(value, fault));
  }
}
