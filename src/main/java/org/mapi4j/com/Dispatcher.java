package org.mapi4j.com;

import static java.lang.invoke.MethodHandles.catchException;
import static java.lang.invoke.MethodHandles.collectArguments;
import static java.lang.invoke.MethodHandles.dropArguments;
import static java.lang.invoke.MethodHandles.filterArguments;
import static java.lang.invoke.MethodHandles.foldArguments;
import static java.lang.invoke.MethodHandles.guardWithTest;
import static java.lang.invoke.MethodHandles.insertArguments;
import static java.lang.invoke.MethodHandles.permuteArguments;
import static java.lang.invoke.MethodType.methodType;
import static org.mapi4j.types.MapiCode.MAPI_E_CALL_FAILED;
import static org.mapi4j.types.MapiCode.MAPI_E_NO_SUPPORT;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.mapi4j.api.IUnknown;
import org.mapi4j.api.Vtables.Slot;
import org.mapi4j.com.SlotPlan.Crossing;
import org.mapi4j.types.MapiResult;

/**
 * Composes the function of a slot from its descriptors, once: a handle of words that finds the
 * object, reads the arguments, calls the Java method and writes the outputs. Around it stands one
 * guard: what is thrown becomes an HRESULT, outputs that were already written are freed, and every
 * output is NULL or 0. Immutable; any thread.
 *
 * <p>A handle in the making has the parameters {@code (ComObject, long…)}: the object, then the
 * words after {@code this}.
 */
@SuppressWarnings("UnusedMethod") // handles find methods by their names
final class Dispatcher {
  private static final Lookup LOOKUP = MethodHandles.lookup();

  private final NativeMemory memory;
  private final ComObjects objects;
  private final Transfers transfers;

  Dispatcher(NativeMemory memory, ComObjects objects) {
    this.memory = memory;
    this.objects = objects;
    this.transfers = new Transfers(memory);
  }

  /** The function of a slot, {@code (long, …)long}; it throws nothing. */
  MethodHandle of(Slot slot) {
    return switch (slot.declaredBy() + "::" + slot.name()) {
      case "IUnknown::QueryInterface" -> unknown("queryInterface", 3);
      case "IUnknown::AddRef" -> unknown("addRef", 1);
      case "IUnknown::Release" -> unknown("release", 1);
      default -> method(SlotPlan.of(slot));
    };
  }

  // IUnknown

  private MethodHandle unknown(String name, int words) {
    MethodHandle handle =
        find(name, methodType(long.class, Collections.nCopies(words, long.class)));
    return guarded(handle.bindTo(this), constant(MAPI_E_CALL_FAILED));
  }

  private long queryInterface(long self, long riid, long ppv) {
    return objects.queryInterface(objects.find(self), riid, ppv) & 0xFFFF_FFFFL;
  }

  private long addRef(long self) {
    return ComObjects.addRef(objects.find(self));
  }

  private long release(long self) {
    return objects.release(objects.find(self));
  }

  // Everything else

  private MethodHandle method(SlotPlan plan) {
    MethodHandle body = isSupported(plan) ? call(plan) : unsupported(plan);
    if (plan.takesObjects()) {
      body = borrowing(body);
    }
    MethodHandle found = filterArguments(body, 0, findObject());
    MethodHandle checked = before(plan, found);
    MethodHandle handler =
        insertArguments(
            find("refuse", methodType(long.class, Class.class, Throwable.class, long.class))
                .bindTo(this),
            0,
            plan.method().getDeclaringClass());
    MethodHandle safe = guarded(checked, handler);
    return guarded(safe, constant(MAPI_E_CALL_FAILED));
  }

  /** Around a call whose arguments may be objects of others. */
  private static MethodHandle borrowing(MethodHandle body) {
    int words = body.type().parameterCount() - 1;
    MethodHandle run =
        find(
            Borrowed.class,
            "run",
            methodType(long.class, MethodHandle.class, ComObject.class, long[].class));
    return insertArguments(run, 0, body.asSpreader(long[].class, words))
        .asCollector(long[].class, words);
  }

  private static boolean isSupported(SlotPlan plan) {
    return plan.supported()
        && plan.parameters().stream().filter(Crossing::inOut).allMatch(Transfers::canReturn);
  }

  private static MethodHandle unsupported(SlotPlan plan) {
    return dropArguments(
        MethodHandles.constant(long.class, MAPI_E_NO_SUPPORT & 0xFFFF_FFFFL),
        0,
        environment(plan).parameterList());
  }

  private MethodHandle findObject() {
    return insertArguments(
        Transfers.guard("find", methodType(ComObject.class, Cells.class, long.class)),
        0,
        objects.cells());
  }

  private long refuse(Class<?> type, Throwable thrown, long self) {
    return Guard.refuse(type, thrown, objects.find(self));
  }

  private MethodHandle before(SlotPlan plan, MethodHandle found) {
    MethodHandle prologue = Outputs.prologue(memory, plan, found.type());
    return prologue == null ? found : foldArguments(found, prologue);
  }

  /** What is thrown is the handler's to answer: it takes the throwable and the first words. */
  private static MethodHandle guarded(MethodHandle handle, MethodHandle handler) {
    return catchException(handle, Throwable.class, handler);
  }

  private static MethodHandle constant(int hr) {
    MethodHandle constant = MethodHandles.constant(long.class, hr & 0xFFFF_FFFFL);
    return dropArguments(constant, 0, Throwable.class);
  }

  // The call itself

  /** {@code (ComObject, long…)long}. */
  static MethodType environment(SlotPlan plan) {
    List<Class<?>> types = new ArrayList<>(Collections.nCopies(plan.words(), long.class));
    types.set(0, ComObject.class);
    return methodType(long.class, types);
  }

  private MethodHandle call(SlotPlan plan) {
    MethodHandle invoked = arguments(plan);
    return plan.valueType() == null ? finishCode(plan, invoked) : finishResult(plan, invoked);
  }

  private MethodHandle arguments(SlotPlan plan) {
    MethodHandle handle = target(plan);
    List<Integer> order = new ArrayList<>(List.of(0));
    int from = 1;
    if (plan.slot().name().equals("GetLastError")) {
      handle = lastError(handle);
    }
    for (int argument = 0; argument < plan.method().getParameterCount(); argument++) {
      Class<?> type = plan.method().getParameterTypes()[argument];
      Crossing c = argument(plan, argument);
      List<Integer> needs = new ArrayList<>();
      MethodHandle read = transfers.read(plan, c, type, needs);
      handle = collectArguments(handle, from, read);
      from += needs.size();
      order.addAll(needs);
    }
    return permuteArguments(
        handle,
        environment(plan).changeReturnType(handle.type().returnType()),
        order.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The parameter of a Java argument; null for one that C does not have. */
  private static Crossing argument(SlotPlan plan, int argument) {
    return plan.parameters().stream()
        .filter(c -> c.parameter().argument().orElse(-1) == argument)
        .findFirst()
        .orElse(null);
  }

  /** The method on the object: {@code (ComObject, arguments)result}. */
  private MethodHandle target(SlotPlan plan) {
    try {
      MethodHandle method =
          plan.parameters().stream().anyMatch(Crossing::isBuffer)
              ? transfers.bufferRead()
              : LOOKUP.unreflect(plan.method());
      Class<?> type = plan.method().getDeclaringClass();
      MethodHandle target = Transfers.guard("target", methodType(IUnknown.class, ComObject.class));
      return filterArguments(method, 0, target.asType(methodType(type, ComObject.class)));
    } catch (IllegalAccessException hidden) {
      throw new LinkageError(hidden.getMessage(), hidden);
    }
  }

  /** What the bridge itself refused last comes before what the object says. */
  private static MethodHandle lastError(MethodHandle method) {
    MethodHandle test =
        Transfers.guard("isRefusal", methodType(boolean.class, ComObject.class, int.class));
    MethodHandle refusal =
        Transfers.guard("lastRefusal", methodType(MapiResult.class, ComObject.class));
    return guardWithTest(
        test, dropArguments(refusal, 1, method.type().parameterList().subList(1, 3)), method);
  }

  private static MethodHandle finishCode(SlotPlan plan, MethodHandle invoked) {
    MethodHandle failed =
        Transfers.guard("failed", methodType(long.class, int.class, ComObject.class));
    return foldArguments(withEnvironment(plan, failed, int.class, 0, 1), invoked);
  }

  private MethodHandle finishResult(SlotPlan plan, MethodHandle invoked) {
    MethodHandle answer = answer(plan);
    boolean undone =
        plan.parameters().stream().anyMatch(c -> c.pointerOut() || isReturnedObject(c));
    return foldArguments(undone ? guarded(answer, undo(plan)) : answer, invoked);
  }

  /** Writes the outputs of a result: {@code (MapiResult, ComObject, long…)long}. */
  private MethodHandle answer(SlotPlan plan) {
    Crossing only = Transfers.only(plan);
    if (only != null) {
      return write(plan, only);
    }
    MethodHandle failed =
        withEnvironment(
            plan,
            Transfers.guard("failed", methodType(long.class, MapiResult.class, ComObject.class)),
            MapiResult.class,
            0,
            1);
    MethodHandle finish = failed;
    List<Crossing> outs = new ArrayList<>(plan.parameters());
    Collections.reverse(outs);
    // Folding puts the last first; in-out ones are written last, since they cannot be undone.
    for (Crossing out : outs.stream().filter(Crossing::inOut).toList()) {
      finish = foldArguments(finish, write(plan, out));
    }
    for (Crossing out : outs.stream().filter(Crossing::out).toList()) {
      if (!out.parameter().output().isEmpty()) {
        finish = foldArguments(finish, write(plan, out));
      }
    }
    MethodHandle empty =
        Transfers.guard("isEmptyFailure", methodType(boolean.class, MapiResult.class));
    MethodHandle answer = guardWithTest(empty, failed, finish);
    if (plan.kept().isEmpty()) {
      return answer;
    }
    MethodHandle keep =
        find(Dispatcher.class, "keep", methodType(void.class, SlotPlan.class, MapiResult.class));
    return foldArguments(
        answer, withEnvironment(plan, insertArguments(keep, 0, plan), MapiResult.class, 0));
  }

  private static void keep(SlotPlan plan, MapiResult<?> result) {
    if (plan.keeps(result)) {
      Borrowed.current().keep();
    }
  }

  private MethodHandle write(SlotPlan plan, Crossing out) {
    List<Integer> needs = new ArrayList<>();
    MethodHandle write =
        out.equals(Transfers.only(plan))
            ? transfers.finish(plan, out, needs)
            : transfers.write(plan, out, needs);
    int[] order = new int[needs.size() + 1];
    for (int i = 0; i < needs.size(); i++) {
      order[i + 1] = needs.get(i) + 1;
    }
    return withEnvironment(plan, write, MapiResult.class, order);
  }

  /** Spreads a handle over a result and the environment. */
  private static MethodHandle withEnvironment(
      SlotPlan plan, MethodHandle handle, Class<?> result, int... order) {
    return permuteArguments(
        handle,
        environment(plan)
            .insertParameterTypes(0, result)
            .changeReturnType(handle.type().returnType()),
        order);
  }

  /** True for a caller's object that a method may answer another for. */
  private static boolean isReturnedObject(Crossing c) {
    return c.inOut() && c.carrier() instanceof ObjectCarrier;
  }

  /** Where an output cannot be written: takes back the others, and refuses. */
  private MethodHandle undo(SlotPlan plan) {
    MethodHandle undo =
        find(
            "undo",
            methodType(
                long.class,
                SlotPlan.class,
                Throwable.class,
                MapiResult.class,
                ComObject.class,
                long[].class));
    return insertArguments(undo.bindTo(this), 0, plan)
        .asCollector(long[].class, plan.parameters().size());
  }

  private long undo(
      SlotPlan plan, Throwable thrown, MapiResult<?> result, ComObject object, long[] words) {
    for (Crossing out : plan.parameters()) {
      long place = words[out.word() - 1];
      if (out.pointerOut() && place != 0) {
        long written = memory.getLong(place);
        memory.putLong(place, 0);
        out.carrier().free(object.logon(), written);
        if (out.countWord() > 0 && plan.at(out.countWord()).out()) {
          Guard.clear(memory, 4, words[out.countWord() - 1]);
        }
        if (written == 0 && out.carrier() instanceof ObjectCarrier) {
          discard(value(plan, out, result));
        }
      } else if (isReturnedObject(out)) {
        long kept = place == 0 ? 0 : memory.getLong(place);
        Object value = value(plan, out, result);
        if (!isAt(kept, value)) {
          discard(value);
        }
      }
    }
    return Guard.refuse(plan.method().getDeclaringClass(), thrown, object);
  }

  /** True when a pointer is one of the object's: the caller has it. */
  private boolean isAt(long pointer, Object value) {
    ForeignHandler foreign = ForeignObjects.handler(value);
    if (foreign != null) {
      return foreign.pointer() == pointer;
    }
    ComObject own = objects.find(pointer);
    return own != null && own.target() == value;
  }

  private static Object value(SlotPlan plan, Crossing out, MapiResult<?> result) {
    return result == null || result.value() == null
        ? null
        : plan.value(result.value(), out.parameter().output());
  }

  /** An object that nobody received: without this it stayed open. */
  private void discard(Object value) {
    ForeignHandler foreign = ForeignObjects.handler(value);
    if (foreign != null) {
      foreign.object().close();
    } else if (value != null) {
      objects.discard((IUnknown) value);
    }
  }

  private static MethodHandle find(String name, MethodType type) {
    try {
      return LOOKUP.findVirtual(Dispatcher.class, name, type);
    } catch (ReflectiveOperationException renamed) {
      throw new LinkageError(name, renamed);
    }
  }

  private static MethodHandle find(Class<?> in, String name, MethodType type) {
    try {
      return LOOKUP.findStatic(in, name, type);
    } catch (ReflectiveOperationException renamed) {
      throw new LinkageError(name, renamed);
    }
  }
}
