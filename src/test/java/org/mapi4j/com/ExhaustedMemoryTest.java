package org.mapi4j.com;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.MAPI_E_INVALID_OBJECT;
import static org.mapi4j.types.MapiCode.MAPI_E_NOT_ENOUGH_MEMORY;
import static org.mapi4j.types.MapiCode.S_OK;

import java.lang.invoke.MethodHandle;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.api.IMAPISupport;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.MapiResult;

/** What the bridge holds when memory ends, or an object fails to close, at the wrong moment. */
class ExhaustedMemoryTest {
  private static final int RELEASE = 2;
  private static final int READ_RECEIPT = 30;
  private static final int COLLECTIONS = 100;

  private final List<String> closed = new ArrayList<>();
  private boolean full;

  static Stream<Thunks> backEnds() {
    return BackEnds.stream();
  }

  /** A back end whose memory is full once, when the test says so. */
  private Bridge bridge(Thunks real) {
    NativeMemory memory =
        (NativeMemory)
            Proxy.newProxyInstance(
                NativeMemory.class.getClassLoader(),
                new Class<?>[] {NativeMemory.class},
                (self, method, arguments) -> {
                  if (full && method.getName().matches("putLong|allocate")) {
                    full = false;
                    throw new OutOfMemoryError("made up");
                  }
                  return method.invoke(real.memory(), arguments);
                });
    return new Bridge(new Failing(real, memory));
  }

  private record Failing(Thunks real, NativeMemory memory) implements Thunks {
    @Override
    public String name() {
      return real.name();
    }

    @Override
    public long function(MethodHandle target) {
      return real.function(target);
    }

    @Override
    public MethodHandle caller(int words) {
      return real.caller(words);
    }

    @Override
    public MethodHandle bound(long function, int words) {
      return real.bound(function, words);
    }

    @Override
    public long symbol(String library, String name) {
      return real.symbol(library, name);
    }
  }

  private interface Answer {
    Object of(String method) throws Throwable;
  }

  private <T extends IUnknown> T object(Class<T> type, String name, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "hashCode" -> System.identityHashCode(self);
                  case "equals" -> self == arguments[0];
                  case "close" -> {
                    closed.add(name);
                    yield answer.of("close");
                  }
                  default -> answer.of(method.getName());
                }));
  }

  private static Object quiet(String method) {
    assertEquals("close", method);
    return null;
  }

  private static Object failing(String method) {
    throw new IllegalStateException(method);
  }

  @ParameterizedTest
  @MethodSource("backEnds")
  void give_thatFindsNoMemory_leavesNothingInTheTable(Thunks thunks) {
    Bridge bridge = bridge(thunks);
    IMsgStore store = object(IMsgStore.class, "store", ExhaustedMemoryTest::quiet);
    Logon logon = bridge.logon(bridge.own());
    full = true;
    assertThrows(
        OutOfMemoryError.class, () -> bridge.objects().give(store, IMsgStore.class, logon));
    assertEquals(List.of(), closed, "whoever wanted to give it closes it");
    bridge.objects().discard(store);
    assertEquals(List.of("store"), closed);
    assertEquals(List.of(), bridge.objects().leaks());
    long pointer = bridge.objects().give(store, IMsgStore.class, logon);
    assertEquals(0, bridge.call(RELEASE, pointer));
    assertEquals(List.of("store", "store"), closed);
  }

  @ParameterizedTest
  @MethodSource("backEnds")
  void anotherMessage_thatCannotBeHandedBack_isClosed(Thunks thunks) {
    Bridge bridge = bridge(thunks);
    NativeMemory memory = bridge.memory();
    IMessage made = object(IMessage.class, "made", ExhaustedMemoryTest::quiet);
    IMAPISupport support =
        object(
            IMAPISupport.class,
            "support",
            method -> {
              full = method.equals("readReceipt");
              return method.equals("close") ? null : MapiResult.ok(made);
            });
    long self = bridge.objects().give(support, IMAPISupport.class, bridge.logon(bridge.own()));
    long place = memory.allocate(8);
    assertEquals(MAPI_E_NOT_ENOUGH_MEMORY, (int) bridge.call(READ_RECEIPT, self, 0, 0, place));
    assertEquals(List.of("made"), closed);
    assertEquals(0, memory.getLong(place));
    memory.free(place);
    assertEquals(0, bridge.call(RELEASE, self));
    assertEquals(List.of("made", "support"), closed);
    assertEquals(List.of(), bridge.objects().leaks());
  }

  @ParameterizedTest
  @MethodSource("backEnds")
  void aCallersOwnMessage_isNotClosedWhereItCannotBeHandedBack(Thunks thunks) {
    Bridge bridge = bridge(thunks);
    NativeMemory memory = bridge.memory();
    Logon logon = bridge.logon(bridge.own());
    IMessage own = object(IMessage.class, "own", ExhaustedMemoryTest::quiet);
    IMAPISupport support =
        object(
            IMAPISupport.class,
            "support",
            method -> method.equals("close") ? null : MapiResult.ok(own));
    long self = bridge.objects().give(support, IMAPISupport.class, logon);
    long message = bridge.objects().give(own, IMessage.class, logon);
    long place = memory.allocate(8);
    memory.putLong(place, message);
    assertEquals(S_OK, (int) bridge.call(READ_RECEIPT, self, 0, 0, place));
    assertEquals(message, memory.getLong(place));
    assertEquals(List.of(), closed);
    assertEquals(0, bridge.call(RELEASE, message));
    assertEquals(0, bridge.call(RELEASE, self));
    assertEquals(List.of("own", "support"), closed);
    memory.free(place);
  }

  @ParameterizedTest
  @MethodSource("backEnds")
  void objects_thatFailToClose_keepNoneOfTheirLogonOpen(Thunks thunks) {
    Bridge bridge = bridge(thunks);
    IMsgStore store = object(IMsgStore.class, "store", ExhaustedMemoryTest::failing);
    long first = bridge.objects().give(store, IMsgStore.class, bridge.logon(bridge.own()));
    Logon logon = bridge.objects().find(first).logon();
    List<Long> children = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      IMessage child = object(IMessage.class, "child", ExhaustedMemoryTest::failing);
      children.add(bridge.objects().give(child, IMessage.class, logon));
    }
    assertEquals(0, bridge.call(RELEASE, first), "a count, not a code");
    assertEquals(6, closed.size());
    for (long child : children) {
      assertEquals(MAPI_E_INVALID_OBJECT, (int) bridge.call(RELEASE + 2, child, 0));
      assertEquals(0, bridge.call(RELEASE, child));
    }
    assertEquals(6, closed.size());
    assertEquals(List.of(), bridge.objects().leaks());
  }

  @ParameterizedTest
  @MethodSource("backEnds")
  void keep_ofASinkThatIsClosedAlready_holdsItNot(Thunks thunks) throws Exception {
    Bridge bridge = bridge(thunks);
    Logon logon = bridge.logon(bridge.own());
    WeakReference<ForeignObject> kept = closedAndKept(bridge, logon);
    for (int i = 0; i < COLLECTIONS && !kept.refersTo(null); i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertTrue(kept.refersTo(null), "the logon holds a sink that nobody will ever close again");
    assertEquals(List.of("sink"), closed);
    assertEquals(bridge, logon.bridge());
  }

  private WeakReference<ForeignObject> closedAndKept(Bridge bridge, Logon logon) {
    IMAPIAdviseSink sink = object(IMAPIAdviseSink.class, "sink", ExhaustedMemoryTest::quiet);
    long pointer = bridge.objects().give(sink, IMAPIAdviseSink.class, logon);
    ForeignObject foreign = new ForeignObject(logon, pointer, IMAPIAdviseSink.class);
    foreign.close();
    logon.keep(foreign);
    return new WeakReference<>(foreign);
  }
}
