package org.mapi4j.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.MAPI_E_CALL_FAILED;
import static org.mapi4j.types.MapiCode.MAPI_E_NOT_ENOUGH_MEMORY;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IStream;
import org.mapi4j.api.IUnknown;
import org.mapi4j.api.Vtables;
import org.mapi4j.com.Foreign;
import org.mapi4j.com.NativeCalls;

/**
 * Exceptions of every kind inside the store, called from C: each slot answers a code, since what
 * escapes into C would read as S_OK or end the process.
 */
class ThrowingTest {
  /** In the order of the C side. */
  private static final List<Class<? extends IUnknown>> KINDS =
      List.of(
          IMsgStore.class,
          IMAPIFolder.class,
          IMessage.class,
          IAttach.class,
          IStream.class,
          IMAPITable.class);

  /** Built once: a process does not load the same file again. */
  private static final class Holder {
    static final Path FILE = NativeTools.library("throwing.c", "libthrowing.so", List.of());
  }

  /** A fault whose own methods fail. */
  private static final class Vicious extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw this;
    }

    @Override
    public String toString() {
      throw new IllegalStateException("not even a text");
    }
  }

  /** A fault without a text. */
  private static final class Mute extends Error {
    private static final long serialVersionUID = 1;

    @Override
    @SuppressWarnings({"OverrideThrowableToString", "ToStringReturnsNull"}) // that is the fault
    public String toString() {
      return null;
    }
  }

  static List<Named<Callable<Object>>> faults() {
    return List.of(
        Named.of("an exception", thrown(new IllegalArgumentException("no"))),
        Named.of("NULL in Java", thrown(new NullPointerException())),
        Named.of("a checked exception", thrown(new IOException("disk"))),
        Named.of("an assertion", thrown(new AssertionError("never"))),
        Named.of("a missing class", thrown(new NoClassDefFoundError("gone"))),
        Named.of("an interruption", thrown(new InterruptedException())),
        Named.of("no result", () -> null),
        Named.of("a fault that fails", thrown(new Vicious())),
        Named.of("a fault without a text", thrown(new Mute())),
        Named.of("a stack overflow", ThrowingTest::overflow),
        Named.of("a heap that is full", () -> new long[Integer.MAX_VALUE]));
  }

  private static Callable<Object> thrown(Throwable fault) {
    return () -> {
      if (fault instanceof Error error) {
        throw error;
      }
      throw (Exception) fault;
    };
  }

  @SuppressWarnings("InfiniteRecursion") // that is the fault
  private static Object overflow() {
    return List.of(overflow());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void everySlot_whereTheMethodThrows_answersACode(Callable<Object> fault) {
    if (NativeTools.lacksLinux("exceptions as C sees them")) {
      return;
    }
    int wanted = isFull(fault) ? MAPI_E_NOT_ENOUGH_MEMORY : MAPI_E_CALL_FAILED;
    List<String> heldBefore = Foreign.held();
    AtomicInteger thrown = new AtomicInteger();
    List<Long> objects = new ArrayList<>();
    KINDS.forEach(kind -> objects.add(export(kind, fault, thrown)));
    long array = NativeCalls.allocate(8L * objects.size());
    NativeCalls.write(array, words(objects));
    try (Silence silence = new Silence()) {
      int calls = call("call_throwing", array, wanted);
      assertEquals(slots(), calls);
      assertEquals(calls, thrown.get(), "every call came through");
      assertTrue(silence.records.get() <= calls);
      assertEquals(1, call("says_why", objects.get(0), wanted));
    } finally {
      NativeCalls.free(array);
      objects.forEach(object -> NativeCalls.call(object, 2));
    }
    assertEquals(heldBefore, Foreign.held());
  }

  /** Those whose calls reach the object. */
  private static long slots() {
    return KINDS.stream()
        .flatMap(kind -> Vtables.of(kind).stream())
        .filter(slot -> slot.index() > 2 && !slot.name().equals("GetLastError"))
        .count();
  }

  /** Asked before anything counts: one that allocates too much. */
  private static boolean isFull(Callable<Object> fault) {
    try {
      return fault.call() instanceof long[];
    } catch (OutOfMemoryError full) {
      return true;
    } catch (Throwable another) {
      return false;
    }
  }

  private static int call(String function, long... arguments) {
    return (int)
        NativeCalls.callFunction(NativeCalls.symbol(Holder.FILE.toString(), function), arguments);
  }

  private static byte[] words(List<Long> words) {
    ByteBuffer buffer = ByteBuffer.allocate(8 * words.size()).order(ByteOrder.nativeOrder());
    words.forEach(buffer::putLong);
    return buffer.array();
  }

  private static <T extends IUnknown> long export(
      Class<T> type, Callable<Object> fault, AtomicInteger thrown) {
    InvocationHandler handler =
        (self, method, arguments) -> {
          if (method.getName().equals("close") || method.getDeclaringClass() == Object.class) {
            return method.getName().equals("hashCode") ? (Object) 1 : null;
          }
          thrown.incrementAndGet();
          return fault.call();
        };
    T object =
        type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    return Foreign.export(object, type, ForeignLibrary.routines());
  }

  /** Counts what the bridge logs, and keeps it out of the build's output. */
  private static final class Silence extends Handler implements AutoCloseable {
    final AtomicInteger records = new AtomicInteger();
    private final Logger logger = Logger.getLogger("org.mapi4j.com");

    Silence() {
      logger.setUseParentHandlers(false);
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord record) {
      records.incrementAndGet();
    }

    @Override
    public void flush() {
      // Nothing is kept.
    }

    @Override
    public void close() {
      logger.removeHandler(this);
      logger.setUseParentHandlers(true);
    }
  }
}
