package org.mapi4j.com;

import static java.lang.invoke.MethodHandles.collectArguments;
import static java.lang.invoke.MethodHandles.explicitCastArguments;
import static java.lang.invoke.MethodHandles.filterReturnValue;
import static java.lang.invoke.MethodHandles.identity;
import static java.lang.invoke.MethodHandles.insertArguments;
import static java.lang.invoke.MethodType.methodType;
import static org.mapi4j.types.MapiCode.MAPI_E_CALL_FAILED;
import static org.mapi4j.types.MapiCode.MAPI_E_INVALID_PARAMETER;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.ISequentialStream;
import org.mapi4j.com.SlotPlan.Crossing;
import org.mapi4j.types.ADRENTRY;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.STATSTG;

/**
 * The parts that a {@link Dispatcher} composes: handles that read one argument or write one output.
 * Each names the places of the environment that it needs, in order. Immutable; any thread.
 */
@SuppressWarnings("UnusedMethod") // handles find methods by their names
final class Transfers {
  private static final Lookup LOOKUP = MethodHandles.lookup();
  private static final MethodType WORD_TO_WORD = methodType(long.class, long.class);

  /** What a stream reads at once. */
  private static final int PIECE_BYTES = 1 << 20;

  /** What hands back an in-out parameter of a type. */
  private static final Map<String, String> RETURNS =
      Map.of(
          "LPSPropTagArray *", "returnTags",
          "LPMESSAGE *", "returnObject",
          "LPADRLIST", "returnAddressList",
          "LPADRENTRY", "returnAddressEntry",
          "LPFlagList", "returnFlagList");

  private final NativeMemory memory;

  Transfers(NativeMemory memory) {
    this.memory = memory;
  }

  /** True where an in-out parameter can be handed back to a native caller. */
  static boolean canReturn(Crossing c) {
    return c.number() != 0 || RETURNS.containsKey(c.type());
  }

  // Arguments

  /**
   * Reads an argument: a handle of the places that it adds to {@code needs}.
   *
   * @param c the parameter; null for an argument that C has not
   */
  MethodHandle read(SlotPlan plan, Crossing c, Class<?> type, List<Integer> needs) {
    if (c == null) {
      return MethodHandles.constant(type, 0);
    }
    if (c.isBuffer()) {
      needs.add(c.word());
      return identity(long.class);
    }
    if (c.number() != 0) {
      needs.add(c.word());
      MethodHandle word = c.pointer() ? number(c.number()) : identity(long.class);
      return explicitCastArguments(word, methodType(type, long.class));
    }
    MethodHandle read =
        insertArguments(
            find(
                "read",
                methodType(
                    Object.class,
                    Carrier.class,
                    ComObject.class,
                    long.class,
                    long.class,
                    long.class)),
            0,
            c.carrier());
    needs.add(0);
    needs.add(c.word());
    MethodHandle counted = count(plan, c, read, needs);
    MethodHandle full = extra(plan, c, counted, needs);
    if (c.inOut() && c.type().endsWith("*")) {
      full = MethodHandles.filterArguments(full, 1, number(8));
    }
    return full.asType(full.type().changeReturnType(type));
  }

  /** Binds the count, which is the last but one parameter of a handle. */
  private MethodHandle count(SlotPlan plan, Crossing c, MethodHandle handle, List<Integer> needs) {
    int at = handle.type().parameterCount() - 2;
    if (c.countWord() < 0) {
      return insertArguments(handle, at, 0L);
    }
    needs.add(c.countWord());
    MethodHandle count =
        plan.at(c.countWord()).number() == 4
            ? find("unsigned", WORD_TO_WORD)
            : filterReturnValue(number(4), find("unsigned", WORD_TO_WORD));
    return MethodHandles.filterArguments(handle, at, count);
  }

  /** Binds the extra word, which is the last parameter of a handle. */
  private MethodHandle extra(SlotPlan plan, Crossing c, MethodHandle handle, List<Integer> needs) {
    int at = handle.type().parameterCount() - 1;
    if (c.extraWord() < 0) {
      return insertArguments(handle, at, (long) c.extraConstant());
    }
    needs.add(c.extraWord());
    if (c.extraBit() == 0) {
      return handle;
    }
    MethodHandle flag =
        insertArguments(
            find("flag", methodType(long.class, int.class, long.class)), 0, c.extraBit());
    return MethodHandles.filterArguments(
        handle, at, plan.at(c.extraWord()).pointer() ? collectArguments(flag, 0, number(4)) : flag);
  }

  /** {@code (long)long}: the number at an address, 0 for NULL. */
  private MethodHandle number(int bytes) {
    return insertArguments(
        find("number", methodType(long.class, NativeMemory.class, int.class, long.class)),
        0,
        memory,
        bytes);
  }

  private static Object read(Carrier carrier, ComObject object, long word, long count, long extra) {
    return carrier.read(object.logon(), word, count, extra);
  }

  private static long number(NativeMemory memory, int bytes, long address) {
    if (address == 0) {
      return 0;
    }
    return bytes == 4 ? memory.getInt(address) : memory.getLong(address);
  }

  /** A ULONG; its upper half is garbage. */
  private static long unsigned(long word) {
    return word & 0xFFFF_FFFFL;
  }

  /** MAPI_UNICODE is the sign: as a long it would take in the garbage above the flags. */
  private static long flag(int bit, long word) {
    return ((int) word & bit) == 0 ? 0 : 1;
  }

  /**
   * Reads a stream into a buffer of the caller, piece by piece, so that a count far beyond the
   * stream's end costs nothing. What came before a failure counts.
   */
  private static MapiResult<Integer> readInto(
      NativeMemory memory, ISequentialStream stream, long place, int offset, int count) {
    long wanted = unsigned(count);
    if (wanted > ComLimits.DEFAULT.bytesMax()) {
      throw new ComFault(
          MAPI_E_INVALID_PARAMETER,
          "cb is %d, at most %d".formatted(wanted, ComLimits.DEFAULT.bytesMax()));
    }
    byte[] piece = new byte[(int) Math.min(wanted, PIECE_BYTES)];
    int total = 0;
    while (true) {
      int asked = (int) Math.min(piece.length, wanted - total);
      MapiResult<Integer> read = stream.read(piece, 0, asked);
      int got = read.value() == null ? 0 : read.value();
      if (got < 0 || got > asked) {
        throw new ComFault(
            MAPI_E_CALL_FAILED, "a stream read %d bytes, asked for %d".formatted(got, asked));
      }
      memory.write(place + offset + total, piece, 0, got);
      total += got;
      if (read.failed() || got < asked || total == wanted) {
        return MapiResult.of(read.hr(), total);
      }
    }
  }

  /** Stands for ISequentialStream::Read: {@code (stream, place, offset, count)MapiResult}. */
  MethodHandle bufferRead() {
    return bound("readInto", memory);
  }

  // Outputs

  /** Writes an output: a handle of the result, then the places that it adds to {@code needs}. */
  MethodHandle write(SlotPlan plan, Crossing out, List<Integer> needs) {
    MethodHandle value = value(plan, out);
    MethodHandle write;
    if (out.number() != 0) {
      write = bound("putNumber", memory, out.number());
      needs.add(out.word());
    } else if (out.filled()) {
      write = fill(out, needs);
    } else if (out.inOut()) {
      write = bound(RETURNS.get(out.type()));
      needs.addAll(List.of(0, out.word()));
    } else {
      write = pointer(plan, out, bound("putPointer", memory, out.carrier()), needs);
    }
    return MethodHandles.filterArguments(write, 0, value);
  }

  /**
   * The one output of a slot whose result is no more than an array, structure or object: most
   * slots. Null for other slots.
   */
  static Crossing only(SlotPlan plan) {
    List<Crossing> outs =
        plan.parameters().stream()
            .filter(c -> c.inOut() || (c.out() && !c.parameter().output().isEmpty()))
            .toList();
    boolean single = outs.size() == 1 && outs.get(0).pointerOut() && plan.kept().isEmpty();
    boolean filled = plan.parameters().stream().anyMatch(Crossing::filled);
    return single && !filled && outs.get(0).parameter().output().equals("value")
        ? outs.get(0)
        : null;
  }

  /** Writes the only output and answers the call, in one step: {@code (MapiResult, …)long}. */
  MethodHandle finish(SlotPlan plan, Crossing out, List<Integer> needs) {
    return pointer(plan, out, bound("putOnly", memory, out.carrier()), needs);
  }

  private MethodHandle pointer(SlotPlan plan, Crossing out, MethodHandle put, List<Integer> needs) {
    boolean counted = out.countWord() > 0 && plan.at(out.countWord()).out();
    MethodHandle write = put;
    needs.addAll(List.of(0, out.word()));
    if (counted) {
      needs.add(out.countWord());
    } else {
      write = insertArguments(write, 3, 0L);
    }
    return extra(plan, out, write, needs);
  }

  private MethodHandle fill(Crossing out, List<Integer> needs) {
    needs.addAll(List.of(0, out.word()));
    return bound(out.type().equals("STATSTG *") ? "fillStat" : "fillGuid");
  }

  /** The value of an output within the result: {@code (MapiResult)Object}. */
  private static MethodHandle value(SlotPlan plan, Crossing out) {
    try {
      MethodHandle value = LOOKUP.findVirtual(MapiResult.class, "value", methodType(Object.class));
      String output = out.parameter().output();
      if (output.isEmpty() || output.equals("value")) {
        return value;
      }
      MethodHandle component =
          LOOKUP.unreflect(SlotPlan.component(plan.valueType(), output).getAccessor());
      return filterReturnValue(value, component.asType(methodType(Object.class, Object.class)));
    } catch (ReflectiveOperationException hidden) {
      throw new LinkageError(hidden.getMessage(), hidden);
    }
  }

  private static void putNumber(NativeMemory memory, int bytes, Object value, long place) {
    if (place == 0) {
      return;
    }
    long number = value instanceof Boolean is ? (is ? 1 : 0) : ((Number) value).longValue();
    if (bytes == 4) {
      memory.putInt(place, (int) number);
    } else {
      // A BOOKMARK is an int in Java and has its upper half clear.
      memory.putLong(place, value instanceof Integer ? unsigned(number) : number);
    }
  }

  private static long putOnly(
      NativeMemory memory,
      Carrier carrier,
      MapiResult<?> result,
      ComObject object,
      long place,
      long countPlace,
      long extra) {
    if (!Guard.isEmptyFailure(result)) {
      putPointer(memory, carrier, result.value(), object, place, countPlace, extra);
    }
    return Guard.failed(result, object);
  }

  private static void putPointer(
      NativeMemory memory,
      Carrier carrier,
      Object value,
      ComObject object,
      long place,
      long countPlace,
      long extra) {
    if (place == 0 || value == null) {
      return;
    }
    // Both were cleared before the call.
    long address = carrier.write(object.logon(), value, extra);
    if (address != 0) {
      memory.putLong(place, address);
      if (countPlace != 0) {
        memory.putInt(countPlace, carrier.count(value));
      }
    }
  }

  private static void fillStat(Object value, ComObject object, long place) {
    object.logon().encoder().statstg((STATSTG) value, place);
  }

  private static void fillGuid(Object value, ComObject object, long place) {
    object.logon().encoder().guid((Guid) value, place);
  }

  /** A caller's own tag array changes in place; where it had none, it gets one. */
  private static void returnTags(Object value, ComObject object, long place) {
    SPropTagArray tags = (SPropTagArray) value;
    NativeMemory memory = object.logon().memory();
    long array = memory.getLong(place);
    if (array == 0) {
      memory.putLong(place, object.logon().encoder().tags(tags));
      return;
    }
    if (memory.getInt(array) != tags.size()) {
      throw new ComFault(MAPI_E_CALL_FAILED, "a tag array came back with another size");
    }
    for (int i = 0; i < tags.size(); i++) {
      memory.putInt(array + 4 + 4L * i, tags.get(i));
    }
  }

  /** A caller's object stays unless the method answered another. */
  private static void returnObject(Object value, ComObject object, long place) {
    ObjectCarrier carrier = new ObjectCarrier(IMessage.class, false);
    NativeMemory memory = object.logon().memory();
    long before = memory.getLong(place);
    long same = value == null ? 0 : carrier.lend(object.logon(), value, 0);
    carrier.free(object.logon(), same);
    if (same != before) {
      memory.putLong(place, carrier.write(object.logon(), value, 0));
    }
  }

  private static void returnAddressList(Object value, ComObject object, long place) {
    Logon logon = object.logon();
    ADRLIST before = logon.decoder().addressList(place);
    logon.encoder().replaceAddressList(before, (ADRLIST) value, place);
  }

  private static void returnAddressEntry(Object value, ComObject object, long place) {
    Logon logon = object.logon();
    ADRENTRY before = logon.decoder().addressEntry(place);
    logon.encoder().replaceAddressEntry(before, (ADRENTRY) value, place);
  }

  @SuppressWarnings("unchecked") // the descriptors give an LPFlagList this type
  private static void returnFlagList(Object value, ComObject object, long place) {
    object.logon().encoder().flagList((List<Integer>) value, place);
  }

  // Handles

  private static MethodHandle find(String name, MethodType type) {
    try {
      return LOOKUP.findStatic(Transfers.class, name, type);
    } catch (ReflectiveOperationException renamed) {
      throw new LinkageError(name, renamed);
    }
  }

  /** A method of this class with its first arguments bound. */
  private static MethodHandle bound(String name, Object... first) {
    for (Method method : Transfers.class.getDeclaredMethods()) {
      if (method.getName().equals(name)) {
        try {
          return insertArguments(LOOKUP.unreflect(method), 0, first);
        } catch (IllegalAccessException hidden) {
          throw new LinkageError(name, hidden);
        }
      }
    }
    throw new LinkageError(name);
  }

  /** A method of {@link Guard}. */
  static MethodHandle guard(String name, MethodType type) {
    try {
      return LOOKUP.findStatic(Guard.class, name, type);
    } catch (ReflectiveOperationException renamed) {
      throw new LinkageError(name, renamed);
    }
  }
}
