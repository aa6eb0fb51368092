package org.mapi4j.com;

import static org.mapi4j.types.MapiCode.MAPI_E_CALL_FAILED;
import static org.mapi4j.types.MapiCode.MAPI_E_INVALID_PARAMETER;
import static org.mapi4j.types.MapiCode.MAPI_E_NOT_ENOUGH_MEMORY;
import static org.mapi4j.types.MapiDefs.*;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.mapi4j.api.IABContainer;
import org.mapi4j.api.IAddrBook;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IDistList;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPISession;
import org.mapi4j.api.IMAPIStatus;
import org.mapi4j.api.IMailUser;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IUnknown;
import org.mapi4j.com.SlotPlan.Crossing;
import org.mapi4j.types.ADRENTRY;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.Stg;

/**
 * The native side of one call outwards: its words, the memory that they point at, and the
 * references lent for it. Closing gives everything back, whatever the other side did. Confined to
 * the call.
 */
final class ForeignFrame implements AutoCloseable {
  private final ForeignObject object;
  private final Bridge bridge;
  private final NativeMemory memory;
  private final SlotPlan plan;
  private final Object[] arguments;
  private final long[] words;
  private final long scratch;
  private final Deque<Runnable> after = new ArrayDeque<>();
  private long keptPointer;

  /** Encodes the arguments. Throws {@link ComFault}; nothing is left allocated then. */
  ForeignFrame(ForeignObject object, SlotPlan plan, Object[] arguments) {
    this.object = object;
    this.bridge = object.bridge();
    this.memory = bridge.memory();
    this.plan = plan;
    this.arguments = arguments;
    this.words = new long[plan.words()];
    this.scratch = allocate(8L * words.length);
    boolean done = false;
    try {
      plan.parameters().forEach(this::placeNumber);
      plan.parameters().stream().filter(c -> !isObject(c)).forEach(this::placeValue);
      plan.parameters().stream().filter(ForeignFrame::isObject).forEach(this::placeObject);
      done = true;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  private long allocate(long bytes) {
    long block = memory.allocate(bytes);
    after.push(() -> memory.free(block));
    return block;
  }

  private static boolean isObject(Crossing c) {
    return c.carrier() instanceof ObjectCarrier;
  }

  /** Where a parameter's output, or a number it points at, is. */
  private long place(Crossing c) {
    return scratch + 8L * c.word();
  }

  private Object argument(Crossing c) {
    return arguments[c.parameter().argument().orElseThrow()];
  }

  // Before the call

  private void placeNumber(Crossing c) {
    if (c.number() == 0) {
      return;
    }
    long value = 0;
    if (c.parameter().argument().isPresent()) {
      value = word(argument(c));
    } else if (c.in()) {
      value = countOf(c);
    }
    if (!c.pointer()) {
      words[c.word()] = value;
      return;
    }
    memory.putLong(place(c), value);
    words[c.word()] = place(c);
  }

  /** A number; the sign of an int goes no further than its 32 bits. */
  private static long word(Object number) {
    if (number instanceof Boolean is) {
      return is ? 1 : 0;
    }
    return number instanceof Integer small
        ? Integer.toUnsignedLong(small)
        : ((Number) number).longValue();
  }

  /** Of the values that a parameter counts. */
  private long countOf(Crossing count) {
    for (Crossing c : plan.parameters()) {
      if (c.countWord() == count.word() && c.in()) {
        Object value = argument(c);
        return value == null ? 0 : c.carrier().count(value);
      }
    }
    throw new IllegalStateException(plan.slot() + ": nothing is counted by " + count);
  }

  private void placeValue(Crossing c) {
    if (c.number() != 0) {
      return;
    }
    if (c.filled()) {
      words[c.word()] = allocate(filledBytes(c));
    } else if (c.out()) {
      words[c.word()] = place(c);
    } else if (c.inOut()) {
      placeInOut(c);
    } else if (c.type().equals("const void *")) {
      words[c.word()] = slice(c);
    } else {
      words[c.word()] = encode(c, argument(c));
    }
  }

  private long filledBytes(Crossing c) {
    if (c.isBuffer()) {
      return checkSlice(c) == null ? 0 : Math.max(words[c.countWord()], 1);
    }
    return c.structureBytes();
  }

  /** An argument in memory that is freed after the call. */
  private long encode(Crossing c, Object value) {
    Logon temporary = bridge.temporary();
    long address = c.carrier().write(temporary, value, extra(c));
    after.push(() -> c.carrier().free(temporary, address));
    return address;
  }

  /** The part of an array that Java names by offset and count. */
  private long slice(Crossing c) {
    byte[] bytes = checkSlice(c);
    int length = (int) words[c.countWord()];
    long block = allocate(Math.max(length, 1));
    memory.write(block, bytes, offset(c), length);
    return block;
  }

  private byte[] checkSlice(Crossing c) {
    byte[] bytes = (byte[]) argument(c);
    int length = (int) words[c.countWord()];
    if (bytes == null || offset(c) < 0 || length < 0 || length > bytes.length - offset(c)) {
      throw new ComFault(Stg.STG_E_INVALIDPOINTER, "the bytes are not in the array");
    }
    return bytes;
  }

  /** The argument after the array, which C has not. */
  private int offset(Crossing c) {
    return (int) arguments[c.parameter().argument().orElseThrow() + 1];
  }

  /** What the other side may free and replace comes from its own routines. */
  private void placeInOut(Crossing c) {
    Object value = argument(c);
    Logon theirs = object.logon();
    switch (c.type()) {
      case "LPSPropTagArray *" -> {
        memory.putLong(place(c), encode(c, value));
        words[c.word()] = place(c);
      }
      case "LPADRLIST" -> {
        long list = theirs.encoder().addressList((ADRLIST) value);
        after.push(() -> Encoder.freeRows(memory, theirs.allocators(), list));
        words[c.word()] = list;
      }
      case "LPADRENTRY" -> {
        ADRLIST one = value == null ? null : new ADRLIST(List.of((ADRENTRY) value));
        long list = theirs.encoder().addressList(one);
        after.push(() -> Encoder.freeRows(memory, theirs.allocators(), list));
        words[c.word()] = list == 0 ? 0 : list + Layouts.ROW_SET_HEADER;
      }
      default -> words[c.word()] = encode(c, value);
    }
  }

  /** What a carrier needs beside its word. */
  private long extra(Crossing c) {
    if (c.extraWord() < 0) {
      return c.extraConstant();
    }
    long word = words[c.extraWord()];
    if (c.extraBit() == 0) {
      return word;
    }
    long flags = plan.at(c.extraWord()).pointer() ? memory.getInt(word) : word;
    return (flags & c.extraBit()) == 0 ? 0 : 1;
  }

  private void placeObject(Crossing c) {
    if (c.out()) {
      words[c.word()] = place(c);
      return;
    }
    ObjectCarrier carrier = (ObjectCarrier) c.carrier();
    Object value = argument(c);
    long pointer = value == null ? 0 : carrier.lend(object.logon(), value, extra(c));
    after.push(() -> carrier.free(object.logon(), pointer));
    if (carrier.kept() && ForeignObjects.handler(value) == null) {
      keptPointer = pointer;
    }
    if (c.inOut()) {
      memory.putLong(place(c), pointer);
      words[c.word()] = place(c);
    } else {
      words[c.word()] = pointer;
    }
  }

  // The call

  /** The result; the upper half of its word is garbage. */
  int call(long pointer) {
    words[0] = pointer;
    return (int) bridge.call(plan.slot().index(), words);
  }

  /** An object of Java that the other side has kept is closed by its last release. */
  void keep(Object result) {
    if (keptPointer != 0 && result instanceof MapiResult<?> outputs && plan.keeps(outputs)) {
      bridge.objects().giveKept(keptPointer);
    }
  }

  // After the call

  /**
   * The outputs by their words; null for a parameter that is none. Everything that the other side
   * put out is freed, and its objects are released when an output cannot be read: {@link ComFault}.
   *
   * @param failed only what a failing call may give is read
   */
  Object[] outputs(boolean failed) {
    Object[] values = new Object[plan.parameters().size()];
    List<IUnknown> objects = new ArrayList<>();
    ComFault unreadable = null;
    for (Crossing c : plan.parameters()) {
      if (c.in() || (failed && !givenOnFailure(c))) {
        continue;
      }
      try {
        values[c.word() - 1] = output(c);
        if (isMade(c, values[c.word() - 1])) {
          objects.add((IUnknown) values[c.word() - 1]);
        }
      } catch (ComFault fault) {
        unreadable = fault;
      } catch (OutOfMemoryError full) {
        unreadable = new ComFault(MAPI_E_NOT_ENOUGH_MEMORY, "Java has no memory left");
      } catch (RuntimeException senseless) {
        unreadable = new ComFault(MAPI_E_CALL_FAILED, senseless.toString());
      }
    }
    if (unreadable != null) {
      objects.forEach(IUnknown::close);
      throw unreadable;
    }
    return values;
  }

  /** True for an object that the call put out: of one that came in the caller keeps its own. */
  private boolean isMade(Crossing c, Object value) {
    return isObject(c) && value instanceof IUnknown && (c.out() || value != argument(c));
  }

  /** Closes what the call put out, where nobody will receive it. */
  void discard(Object[] outputs) {
    for (Crossing c : plan.parameters()) {
      if (!c.in() && isMade(c, outputs[c.word() - 1])) {
        ((IUnknown) outputs[c.word() - 1]).close();
      }
    }
  }

  private boolean givenOnFailure(Crossing c) {
    return ParameterNotes.has(ParameterNotes.ON_FAILURE, plan.slot(), c.parameter());
  }

  private Object output(Crossing c) {
    if (c.number() != 0) {
      return c.parameter().output().isEmpty() ? null : number(c.javaType(), place(c), c.number());
    }
    if (c.filled()) {
      return filled(c);
    }
    if (c.inOut()) {
      return inOut(c);
    }
    long address = memory.getLong(place(c));
    if (isObject(c)) {
      return address == 0 ? null : bridge.foreigners().adopt(address, asked(c), object.logon());
    }
    try {
      return c.carrier().read(object.logon(), address, count(c), extra(c));
    } finally {
      c.carrier().free(object.logon(), address);
    }
  }

  private Object number(Class<?> type, long place, int bytes) {
    return number(
        type, bytes == 4 ? Integer.toUnsignedLong(memory.getInt(place)) : memory.getLong(place));
  }

  /** A number in the type that Java has it in. */
  static Object number(Class<?> type, long value) {
    if (type == boolean.class || type == Boolean.class) {
      return value != 0;
    }
    return type == long.class || type == Long.class ? (Object) value : (Object) (int) value;
  }

  private long count(Crossing c) {
    if (c.countWord() < 0) {
      return 0;
    }
    Crossing count = plan.at(c.countWord());
    return Integer.toUnsignedLong(
        count.pointer() ? memory.getInt(place(count)) : (int) words[c.countWord()]);
  }

  private Object filled(Crossing c) {
    long block = words[c.word()];
    switch (c.type()) {
      case "void *" -> {
        Crossing read = plan.parameters().get(plan.parameters().size() - 1);
        long bytes = Integer.toUnsignedLong(memory.getInt(place(read)));
        if (bytes > words[c.countWord()]) {
          throw new ComFault(
              MAPI_E_INVALID_PARAMETER,
              "%d bytes were read into a buffer of %d".formatted(bytes, words[c.countWord()]));
        }
        memory.read(block, (byte[]) argument(c), offset(c), (int) bytes);
        return null;
      }
      case "STATSTG *" -> {
        try {
          return object.logon().decoder().statstg(block);
        } finally {
          bridge.taskFree(memory.getLong(block + Layouts.STAT_NAME));
        }
      }
      default -> {
        return object.logon().decoder().guid(block);
      }
    }
  }

  private Object inOut(Crossing c) {
    Decoder decoder = object.logon().decoder();
    switch (c.type()) {
      case "LPADRLIST" -> {
        return decoder.addressList(words[c.word()]);
      }
      case "LPADRENTRY" -> {
        return decoder.addressEntry(words[c.word()]);
      }
      case "LPFlagList" -> {
        return decoder.flagList(words[c.word()]);
      }
      case "LPSPropTagArray *" -> {
        long array = memory.getLong(place(c));
        SPropTagArray tags = decoder.tags(array);
        if (argument(c) == null) {
          object.logon().allocators().freeBuffer(array);
        }
        return tags;
      }
      default -> {
        return inOutObject(c);
      }
    }
  }

  /** The caller's own object, unless the other side put another in its place. */
  private Object inOutObject(Crossing c) {
    ObjectCarrier carrier = (ObjectCarrier) c.carrier();
    long now = memory.getLong(place(c));
    Object before = argument(c);
    long lent = before == null ? 0 : carrier.lend(object.logon(), before, 0);
    carrier.free(object.logon(), lent);
    if (now == lent) {
      return before;
    }
    return now == 0 ? null : bridge.foreigners().adopt(now, carrier.type(), object.logon());
  }

  /** The interface of an object that came out. */
  private Class<? extends IUnknown> asked(Crossing c) {
    ObjectCarrier carrier = (ObjectCarrier) c.carrier();
    long iid = extra(c);
    if (iid == 0 && carrier.type() == IUnknown.class) {
      for (Crossing kind : plan.parameters()) {
        if (kind.parameter().name().equals("lpulObjType")) {
          return standard(memory.getInt(place(kind)));
        }
      }
    }
    return carrier.asked(object.logon(), iid);
  }

  /** The interface that an object of a type has where nobody asked for another. */
  private static Class<? extends IUnknown> standard(int type) {
    return switch (type) {
      case MAPI_STORE -> IMsgStore.class;
      case MAPI_ADDRBOOK -> IAddrBook.class;
      case MAPI_FOLDER -> IMAPIFolder.class;
      case MAPI_ABCONT -> IABContainer.class;
      case MAPI_MESSAGE -> IMessage.class;
      case MAPI_MAILUSER -> IMailUser.class;
      case MAPI_ATTACH -> IAttach.class;
      case MAPI_DISTLIST -> IDistList.class;
      case MAPI_STATUS -> IMAPIStatus.class;
      case MAPI_SESSION -> IMAPISession.class;
      default -> IUnknown.class;
    };
  }

  /** Everything, also after something that fails; the last failure is thrown. */
  @Override
  public void close() {
    while (!after.isEmpty()) {
      Runnable next = after.pop();
      boolean done = false;
      try {
        next.run();
        done = true;
      } finally {
        if (!done) {
          close();
        }
      }
    }
  }
}
