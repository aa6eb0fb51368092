package org.mapi4j.com;

import static org.mapi4j.types.MapiCode.*;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mapi4j.api.IUnknown;
import org.mapi4j.api.Vtables;
import org.mapi4j.api.Vtables.Slot;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;

/**
 * One interface of a foreign object: a method of Java becomes the call of a slot. Equal to every
 * other interface of the same object. Any thread that the object allows.
 */
final class ForeignHandler implements InvocationHandler {
  private static final ClassValue<Map<String, ForeignCall>> CALLS =
      new ClassValue<>() {
        @Override
        protected Map<String, ForeignCall> computeValue(Class<?> type) {
          return calls(type.asSubclass(IUnknown.class));
        }
      };

  private final ForeignObject object;
  private final long pointer;
  private final Class<? extends IUnknown> type;
  private final Map<String, ForeignCall> calls;

  ForeignHandler(ForeignObject object, long pointer, Class<? extends IUnknown> type) {
    this.object = object;
    this.pointer = pointer;
    this.type = type;
    this.calls = CALLS.get(type);
  }

  private static Map<String, ForeignCall> calls(Class<? extends IUnknown> type) {
    Map<String, ForeignCall> calls = new HashMap<>();
    for (Slot slot : Vtables.of(type)) {
      if (!slot.declaredBy().equals("IUnknown")) {
        calls.put(slot.method().orElseThrow().getName(), new ForeignCall(SlotPlan.of(slot)));
      }
    }
    return calls;
  }

  ForeignObject object() {
    return object;
  }

  long pointer() {
    return pointer;
  }

  Class<? extends IUnknown> type() {
    return type;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) {
    ForeignCall call = calls.get(method.getName());
    if (call != null) {
      if (method.getName().equals("getLastError") && isRefusal((int) arguments[0])) {
        return lastRefusal();
      }
      return call.invoke(object, pointer, arguments == null ? new Object[0] : arguments);
    }
    return switch (method.getName()) {
      case "queryInterface" -> queryInterface((IUnknown) proxy, (Guid) arguments[0]);
      case "close" -> {
        object.close();
        yield null;
      }
      case "equals" -> {
        ForeignHandler other = ForeignObjects.handler(arguments[0]);
        yield other != null && other.object == object;
      }
      case "hashCode" -> System.identityHashCode(object);
      case "toString" -> "foreign %s at 0x%x".formatted(type.getSimpleName(), pointer);
      default -> throw new UnsupportedOperationException(method.toString());
    };
  }

  private boolean isRefusal(int hr) {
    ComObject.Refusal refusal = object.refusal();
    return refusal != null && refusal.hr() == hr;
  }

  private MapiResult<MAPIERROR> lastRefusal() {
    return MapiResult.ok(Guard.error(object.refusal()));
  }

  private MapiResult<IUnknown> queryInterface(IUnknown proxy, Guid riid) {
    if (riid == null) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    try {
      object.enter();
    } catch (ComFault closed) {
      return MapiResult.error(closed.hr());
    }
    try {
      Optional<Long> answered = ForeignObjects.query(object.bridge(), pointer, riid);
      if (answered.isEmpty()) {
        return MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
      }
      long found = answered.get();
      object.hold(found);
      Class<? extends IUnknown> named = Interfaces.type(riid);
      Class<? extends IUnknown> asked = named == null ? IUnknown.class : named;
      return MapiResult.ok(
          found == pointer && asked.isAssignableFrom(type)
              ? proxy
              : ForeignObjects.proxy(object, found, asked));
    } finally {
      object.exit();
    }
  }
}
