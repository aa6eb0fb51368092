package org.mapi4j.com;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.*;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapi4j.api.IMSLogon;
import org.mapi4j.api.IMSProvider;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IStream;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.Stg;

/** What native code finds in its outputs when a call, or the writing of an output, fails. */
class DispatchOutputsTest {
  private static final int READ = 3;
  private static final int LOGON = 4;
  private static final int STAT = 12;
  private static final int STATSTG_BYTES = 80;
  private static final int MEBI = 1 << 20;

  /** What a method of an object answers. */
  private interface Answer {
    Object of(String method, Object[] arguments);
  }

  /** An allocator without memory. */
  private static final class Exhausted implements Allocators {
    @Override
    public long allocateBuffer(int size) {
      throw new ComFault(MAPI_E_NOT_ENOUGH_MEMORY, "no memory");
    }

    @Override
    public long allocateMore(int size, long chain) {
      return allocateBuffer(size);
    }

    @Override
    public void freeBuffer(long chain) {
      throw new AssertionError("nothing was allocated");
    }

    @Override
    public long taskAllocate(int size) {
      return allocateBuffer(size);
    }
  }

  private final List<String> closed = new ArrayList<>();

  static Stream<Bridge> bridges() {
    return BackEnds.stream().map(Bridge::new);
  }

  private <T extends IUnknown> T object(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "hashCode" -> System.identityHashCode(self);
                  case "equals" -> self == arguments[0];
                  case "close" -> {
                    closed.add(type.getSimpleName());
                    yield null;
                  }
                  default -> answer.of(method.getName(), arguments);
                }));
  }

  private static Object nothing(String method, Object[] arguments) {
    throw new AssertionError(method);
  }

  private IMSProvider provider() {
    return object(
        IMSProvider.class,
        (method, arguments) ->
            MapiResult.ok(
                new IMSProvider.Logon(
                    Bytes.of((byte) 1, (byte) 2),
                    null,
                    object(IMSLogon.class, DispatchOutputsTest::nothing),
                    object(IMsgStore.class, DispatchOutputsTest::nothing))));
  }

  /** A stream of numbered bytes, which notes what it was asked for. */
  private IStream bytes(int size, int failsAt, List<Integer> asked) {
    int[] position = {0};
    return object(
        IStream.class,
        (method, arguments) -> {
          int wanted = (Integer) arguments[2];
          asked.add(wanted);
          int got = Math.min(wanted, size - position[0]);
          for (int i = 0; i < got; i++) {
            ((byte[]) arguments[0])[i] = (byte) (position[0] + i);
          }
          position[0] += got;
          return MapiResult.of(position[0] > failsAt ? Stg.STG_E_READFAULT : S_OK, got);
        });
  }

  @ParameterizedTest
  @MethodSource("bridges")
  void logon_whoseOutputsCannotBeWritten_closesWhatItOpened(Bridge bridge) {
    Logon logon = bridge.logon(new Exhausted());
    long self = bridge.objects().give(provider(), IMSProvider.class, logon);
    NativeMemory memory = bridge.memory();
    long outs = memory.allocate(48);
    for (int at = 0; at < 48; at += 8) {
      memory.putLong(outs + at, -1);
    }
    int hr =
        (int)
            bridge.call(
                LOGON, self, 0, 0, 0, 0, 0, 0, 0, outs, outs + 8, outs + 16, outs + 24, outs + 32);
    assertEquals(MAPI_E_NOT_ENOUGH_MEMORY, hr);
    for (int at = 8; at < 40; at += 8) {
      assertEquals(0, memory.getLong(outs + at));
    }
    assertEquals(List.of("IMSLogon", "IMsgStore"), closed);
    assertEquals(0, bridge.call(2, self));
    assertTrue(bridge.objects().leaks().isEmpty());
    memory.free(outs);
  }

  @ParameterizedTest
  @MethodSource("bridges")
  void read_farBeyondTheEnd_asksForNoMoreThanAPiece(Bridge bridge) {
    List<Integer> asked = new ArrayList<>();
    long self =
        bridge
            .objects()
            .give(bytes(8, Integer.MAX_VALUE, asked), IStream.class, bridge.logon(bridge.own()));
    NativeMemory memory = bridge.memory();
    long block = memory.allocate(16);
    assertEquals(S_OK, (int) bridge.call(READ, self, block, 1 << 30, block + 8));
    assertEquals(8, memory.getInt(block + 8));
    assertEquals(0x0706_0504_0302_0100L, memory.getLong(block));
    assertEquals(List.of(MEBI), asked);
    assertEquals(0, bridge.call(2, self));
    memory.free(block);
  }

  @ParameterizedTest
  @MethodSource("bridges")
  void read_ofSeveralPieces_isWholeAndCountsWhatCameBeforeAFailure(Bridge bridge) {
    Logon logon = bridge.logon(bridge.own());
    NativeMemory memory = bridge.memory();
    int size = 2 * MEBI + 5;
    long block = memory.allocate(size + 8);
    byte[] read = new byte[size];
    byte[] expected = new byte[size];
    for (int i = 0; i < size; i++) {
      expected[i] = (byte) i;
    }
    IStream whole = bytes(3 * MEBI, Integer.MAX_VALUE, new ArrayList<>());
    long self = bridge.objects().give(whole, IStream.class, logon);
    assertEquals(S_OK, (int) bridge.call(READ, self, block + 8, size, block));
    assertEquals(size, memory.getInt(block));
    memory.read(block + 8, read, 0, size);
    assertArrayEquals(expected, read);
    assertEquals(0, bridge.call(2, self));
    IStream failing = bytes(3 * MEBI, MEBI, new ArrayList<>());
    self = bridge.objects().give(failing, IStream.class, logon);
    assertEquals(Stg.STG_E_READFAULT, (int) bridge.call(READ, self, block + 8, size, block));
    assertEquals(2 * MEBI, memory.getInt(block));
    assertEquals(0, bridge.call(2, self));
    memory.free(block);
  }

  @ParameterizedTest
  @MethodSource("bridges")
  void stat_thatFails_leavesAClearStructure(Bridge bridge) {
    IStream failing =
        object(IStream.class, (method, arguments) -> MapiResult.error(Stg.STG_E_ACCESSDENIED));
    long self = bridge.objects().give(failing, IStream.class, bridge.logon(bridge.own()));
    NativeMemory memory = bridge.memory();
    long block = memory.allocate(STATSTG_BYTES + 8);
    for (int at = 0; at <= STATSTG_BYTES; at += 8) {
      memory.putLong(block + at, -1);
    }
    assertEquals(Stg.STG_E_ACCESSDENIED, (int) bridge.call(STAT, self, block, 0));
    for (int at = 0; at < STATSTG_BYTES; at += 8) {
      assertEquals(0, memory.getLong(block + at));
    }
    assertEquals(-1, memory.getLong(block + STATSTG_BYTES));
    assertEquals(0, bridge.call(2, self));
    memory.free(block);
  }
}
