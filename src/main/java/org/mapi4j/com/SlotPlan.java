package org.mapi4j.com;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mapi4j.api.IUnknown;
import org.mapi4j.api.Vtables.Direction;
import org.mapi4j.api.Vtables.Parameter;
import org.mapi4j.api.Vtables.Slot;
import org.mapi4j.types.MapiDefs;
import org.mapi4j.types.MapiResult;

/**
 * What a bridge does with the parameters of a slot, from its descriptors: the same for calls in and
 * calls out. Immutable.
 *
 * @param slot the slot
 * @param method its Java method
 * @param parameters those that C has, in order; parameter {@code i} is word {@code i + 1} of a call
 * @param supported false where a type cannot cross yet
 */
record SlotPlan(Slot slot, Method method, List<Crossing> parameters, boolean supported) {
  /**
   * A parameter.
   *
   * @param parameter its descriptor
   * @param word its place in a call
   * @param javaType type of the Java argument or output; int for a count
   * @param number bytes of the number that it is or points at; 0 for others
   * @param pointer true where its word is the address of a number
   * @param carrier carries others; null for numbers, and for what a method fills
   * @param countWord the place of what counts it, -1 without
   * @param extraWord the place of what tells its width or interface, -1 without
   * @param extraBit the flag that makes its strings wide; 0 for an interface
   * @param extraConstant 1 where its strings are always wide
   * @param optional true for an output that a client may leave out
   */
  record Crossing(
      Parameter parameter,
      int word,
      Class<?> javaType,
      int number,
      boolean pointer,
      Carrier carrier,
      int countWord,
      int extraWord,
      int extraBit,
      int extraConstant,
      boolean optional) {
    boolean in() {
      return parameter.direction() == Direction.IN;
    }

    boolean out() {
      return parameter.direction() == Direction.OUT;
    }

    boolean inOut() {
      return parameter.direction() == Direction.INOUT;
    }

    /** True for an output whose memory is the caller's: a structure or a buffer. */
    boolean filled() {
      return out() && carrier == null && number == 0;
    }

    /** True for the bytes that a stream reads into. */
    boolean isBuffer() {
      return out() && type().equals("void *");
    }

    /** Bytes of a structure of the caller's. */
    int structureBytes() {
      return type().equals("STATSTG *") ? Layouts.STATSTG_BYTES : Layouts.GUID;
    }

    /** True for an address that a method puts out. */
    boolean pointerOut() {
      return out() && carrier != null;
    }

    String type() {
      return parameter.type();
    }
  }

  /** The plan of a slot that has a Java method. */
  static SlotPlan of(Slot slot) {
    Method method = slot.method().orElseThrow();
    List<Parameter> c =
        slot.parameters().stream().filter(p -> p.direction() != Direction.JAVA).toList();
    List<Crossing> crossings = new ArrayList<>();
    boolean supported = true;
    for (int i = 0; i < c.size(); i++) {
      Crossing crossing = crossing(slot, method, c, i);
      crossings.add(crossing);
      supported &=
          crossing.number != 0 || crossing.carrier != null || isFillable(crossing.parameter);
    }
    return new SlotPlan(slot, method, List.copyOf(crossings), supported);
  }

  private static Crossing crossing(Slot slot, Method method, List<Parameter> all, int i) {
    Parameter p = all.get(i);
    Class<?> javaType = javaType(method, p);
    boolean out = p.direction() != Direction.IN;
    boolean array = !out && !p.count().isEmpty();
    String type = p.type();
    boolean pointer = type.endsWith("*") && !array && !type.equals("IStream *");
    int number = CTypes.numberBytes(pointer ? CTypes.pointed(type) : type);
    if (number != 0 && !array) {
      return new Crossing(
          p, i + 1, javaType, number, pointer, null, -1, -1, 0, 0, optional(slot, p));
    }
    Carrier carrier =
        p.direction() == Direction.OUT && isFillable(p)
            ? null
            : carrier(slot, out && pointer ? CTypes.pointed(type) : type, p, javaType);
    String width = p.width();
    int and = width.indexOf('&');
    int extraBit = and < 0 ? 0 : bit(width.substring(and + 1));
    int extraWord = word(all, and < 0 ? p.iid() : width.substring(0, and));
    return new Crossing(
        p,
        i + 1,
        javaType,
        0,
        false,
        carrier,
        word(all, p.count()),
        extraWord,
        extraBit,
        width.equals("wide") ? 1 : 0,
        optional(slot, p));
  }

  /** Structures and buffers of the caller. */
  static boolean isFillable(Parameter p) {
    return p.direction() == Direction.OUT
        && List.of("LPMAPIUID", "MAPIUID *", "STATSTG *", "void *").contains(p.type());
  }

  private static boolean optional(Slot slot, Parameter p) {
    return p.type().equals("LPSPropProblemArray *")
        || ParameterNotes.has(ParameterNotes.OPTIONAL, slot, p);
  }

  private static Carrier carrier(Slot slot, String type, Parameter p, Class<?> javaType) {
    return IUnknown.class.isAssignableFrom(javaType)
        ? new ObjectCarrier(
            javaType.asSubclass(IUnknown.class), ParameterNotes.has(ParameterNotes.KEPT, slot, p))
        : CTypes.carrier(type, p);
  }

  private static int bit(String flag) {
    try {
      return MapiDefs.class.getField(flag).getInt(null);
    } catch (ReflectiveOperationException unknown) {
      throw new IllegalStateException("descriptors.tsv: unknown flag " + flag, unknown);
    }
  }

  private static int word(List<Parameter> all, String name) {
    for (int i = 0; i < all.size(); i++) {
      if (!name.isEmpty() && all.get(i).name().equals(name)) {
        return i + 1;
      }
    }
    return -1;
  }

  private static Class<?> javaType(Method method, Parameter p) {
    if (p.argument().isPresent()) {
      return method.getParameterTypes()[p.argument().getAsInt()];
    }
    if (p.output().isEmpty()) {
      return int.class;
    }
    Type value = ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments()[0];
    return p.output().equals("value") ? raw(value) : component(value, p.output()).getType();
  }

  /** The record component of an output. */
  static RecordComponent component(Type value, String name) {
    return Arrays.stream(raw(value).getRecordComponents())
        .filter(component -> component.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static Class<?> raw(Type type) {
    return type instanceof ParameterizedType generic
        ? (Class<?>) generic.getRawType()
        : (Class<?>) type;
  }

  /** The type of the result's value; null for a method without outputs. */
  Class<?> valueType() {
    return method.getGenericReturnType() instanceof ParameterizedType generic
        ? raw(generic.getActualTypeArguments()[0])
        : null;
  }

  /** True when objects are among the arguments. */
  boolean takesObjects() {
    return parameters.stream().anyMatch(c -> !c.out() && c.carrier instanceof ObjectCarrier);
  }

  /** The argument that a successful call keeps. */
  Optional<Crossing> kept() {
    return parameters.stream()
        .filter(c -> !c.out() && c.carrier instanceof ObjectCarrier object && object.kept())
        .findFirst();
  }

  /** True when a call with this result has kept the argument that it may keep. */
  boolean keeps(MapiResult<?> result) {
    if (result.failed()) {
      return false;
    }
    String condition =
        ParameterNotes.condition(ParameterNotes.KEPT, slot, kept().orElseThrow().parameter);
    return condition.isEmpty() || value(result.value(), condition) != null;
  }

  /** The value of an output within a result's value. */
  Object value(Object value, String output) {
    try {
      return output.equals("value")
          ? value
          : component(valueType(), output).getAccessor().invoke(value);
    } catch (ReflectiveOperationException hidden) {
      throw new LinkageError(output, hidden);
    }
  }

  /** Words of a call, {@code this} included. */
  int words() {
    return parameters.size() + 1;
  }

  /** The parameter of a word. */
  Crossing at(int word) {
    return parameters.get(word - 1);
  }
}
