package org.mapi4j.com;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.*;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;

/**
 * Whatever is thrown within the store is an HRESULT to a native caller, and the next call works.
 */
class HostileThrowsTest {
  private static final int GET_LAST_ERROR = 3;
  private static final int SAVE_CHANGES = 4;
  private static final int GET_PROPS = 5;
  private static final int OPEN_PROPERTY = 7;

  /** What a method of the store does instead of its work. */
  @FunctionalInterface
  interface Fault {
    Object run() throws Throwable;
  }

  /** A fault with a name. */
  private record Named(String name, Fault fault, int hr) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> cases() {
    List<Named> faults =
        List.of(
            thrown(new IllegalStateException("broken")),
            thrown(new IOException("checked")),
            thrown(new AssertionError("impossible")),
            thrown(new LinkageError("missing class")),
            thrown(new ThreadDeath()),
            thrown(new OutOfMemoryError("made up")),
            thrown(new StackOverflowError("made up")),
            thrown(new ComFault(MAPI_E_NO_ACCESS, "refused")),
            new Named(
                "a heap that is full",
                () -> new long[Integer.MAX_VALUE - 8].length,
                MAPI_E_NOT_ENOUGH_MEMORY),
            new Named("a stack that is full", () -> deeper(0), MAPI_E_CALL_FAILED),
            new Named("null", () -> null, MAPI_E_CALL_FAILED));
    return BackEnds.stream()
        .flatMap(thunks -> faults.stream().map(fault -> Arguments.of(new Bridge(thunks), fault)));
  }

  private static Named thrown(Throwable what) {
    int hr =
        what instanceof ComFault fault
            ? fault.hr()
            : what instanceof OutOfMemoryError ? MAPI_E_NOT_ENOUGH_MEMORY : MAPI_E_CALL_FAILED;
    return new Named(
        what.getClass().getSimpleName(),
        () -> {
          throw what;
        },
        hr);
  }

  /** Without end. */
  @SuppressWarnings("InfiniteRecursion")
  private static int deeper(int depth) {
    return deeper(depth + 1) + depth;
  }

  private boolean faulty = true;

  private IMessage message(Named fault) {
    return (IMessage)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {IMessage.class},
            (self, method, arguments) -> {
              if (method.getName().equals("close") || method.getName().equals("hashCode")) {
                return method.getReturnType() == int.class ? 1 : null;
              }
              return faulty
                  ? fault.fault().run()
                  : method.getReturnType() == int.class ? S_OK : MapiResult.ok(List.of());
            });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aFaultInTheStore_isACode(Bridge bridge, Named fault) {
    NativeMemory memory = bridge.memory();
    long self = bridge.objects().give(message(fault), IMessage.class, bridge.logon(bridge.own()));
    long outs = memory.allocate(32);
    assertEquals(fault.hr(), (int) bridge.call(SAVE_CHANGES, self, 0));
    memory.putLong(outs, -1);
    memory.putLong(outs + 8, -1);
    assertEquals(fault.hr(), (int) bridge.call(GET_PROPS, self, 0, 0, outs, outs + 8));
    assertEquals(0, memory.getInt(outs));
    assertEquals(0, memory.getLong(outs + 8));
    memory.putLong(outs, -1);
    assertEquals(fault.hr(), (int) bridge.call(OPEN_PROPERTY, self, 0, 0, 0, 0, outs));
    assertEquals(0, memory.getLong(outs));
    assertEquals(S_OK, (int) bridge.call(GET_LAST_ERROR, self, fault.hr() & 0xFFFF_FFFFL, 0, outs));
    MAPIERROR error = bridge.temporary().decoder().mapiError(memory.getLong(outs), false);
    assertTrue(!error.lpszError().isEmpty(), error::toString);
    bridge.own().freeBuffer(memory.getLong(outs));
    faulty = false;
    assertEquals(S_OK, (int) bridge.call(SAVE_CHANGES, self, 0));
    assertEquals(0, bridge.call(2, self));
    assertEquals(0, bridge.own().live());
    memory.free(outs);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aFaultInTheLastRelease_leavesNothingBehind(Bridge bridge, Named fault) {
    IMessage closing =
        (IMessage)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {IMessage.class},
                (self, method, arguments) ->
                    method.getName().equals("hashCode") ? (Object) 1 : fault.fault().run());
    long self = bridge.objects().give(closing, IMessage.class, bridge.logon(bridge.own()));
    assertEquals(0, bridge.call(2, self), "a count, not a code");
    assertEquals(List.of(), bridge.objects().leaks());
    assertEquals(MAPI_E_INVALID_OBJECT, (int) bridge.call(SAVE_CHANGES, self, 0));
  }
}
