package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.MAPI_E_COMPUTED;
import static org.mapi4j.types.MapiCode.MAPI_E_UNEXPECTED_TYPE;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntBiFunction;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropValue;

/**
 * The computed properties of one kind of object, as registered handlers: how each is read, and what
 * setting it does. An identifier without a handler is an ordinary stored property. Built once per
 * class, then read-only.
 */
final class Computed<T> {
  private final Map<Integer, Handler<T>> handlers = new LinkedHashMap<>();

  /**
   * @param tag identifier and type
   * @param get the value, of the class that SPropValue wants; null when the object has none; a
   *     PT_OBJECT property answers any non-null value
   * @param set the HRESULT of setting it to a value of its type, reported as a problem; null for a
   *     property that clients never set
   */
  record Handler<T>(int tag, Function<T, Object> get, ToIntBiFunction<T, SPropValue> set) {}

  /** The same handlers, to be added to: what a more special object inherits. */
  static <S, T extends S> Computed<T> extending(Computed<S> base) {
    Computed<T> derived = new Computed<>();
    base.handlers.forEach(
        (id, handler) ->
            derived.handlers.put(
                id,
                new Handler<>(
                    handler.tag(),
                    handler.get()::apply,
                    handler.set() == null ? null : handler.set()::applyAsInt)));
    return derived;
  }

  /** A property that clients never set: MAPI_E_COMPUTED. */
  @CanIgnoreReturnValue
  Computed<T> add(int tag, Function<T, Object> get) {
    return add(tag, get, null);
  }

  /** A property whose setting the object decides. Called to set it, never to find out. */
  @CanIgnoreReturnValue
  Computed<T> add(int tag, Function<T, Object> get, ToIntBiFunction<T, SPropValue> set) {
    handlers.put(PropTag.id(tag), new Handler<>(tag, get, set));
    return this;
  }

  /** The handler of an identifier, or null. */
  Handler<T> get(int id) {
    return handlers.get(id);
  }

  /** A computed property of one object. */
  interface Bound {
    int tag();

    Object get();

    /** Sets it, in either width of its type: the problem, or S_OK. */
    int set(SPropValue value);
  }

  private static <T> Bound bind(Handler<T> handler, T object) {
    return new Bound() {
      @Override
      public int tag() {
        return handler.tag();
      }

      @Override
      public Object get() {
        return handler.get().apply(object);
      }

      @Override
      public int set(SPropValue value) {
        if (handler.set() == null) {
          return MAPI_E_COMPUTED;
        }
        return PropType.sameButWidth(value.type(), PropTag.type(handler.tag()))
            ? handler.set().applyAsInt(object, value)
            : MAPI_E_UNEXPECTED_TYPE;
      }
    };
  }

  /** The handler of an identifier, bound to an object; null for an ordinary property. */
  Bound bind(int id, T object) {
    Handler<T> handler = handlers.get(id);
    return handler == null ? null : bind(handler, object);
  }

  /** Every handler, bound to an object. */
  List<Bound> bind(T object) {
    List<Bound> bound = new ArrayList<>(handlers.size());
    handlers.values().forEach(handler -> bound.add(bind(handler, object)));
    return bound;
  }
}
