package org.mapi4j.com;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.mapi4j.types.MapiCode;

/**
 * Memory and functions of this process by address, for code that stands in for a native program: a
 * test kit, a debugger's console. As unsafe as C: an address that is not mapped ends the process.
 * Arguments and results are machine words of x64. Any thread.
 */
public final class NativeCalls {
  private static final System.Logger LOG = System.getLogger("org.mapi4j.com");

  private NativeCalls() {}

  /** A function of Java for native callers. */
  @FunctionalInterface
  public interface Function {
    /** What it throws is logged, and answered as MAPI_E_CALL_FAILED. */
    long call(long[] words);
  }

  /** The back end in use, {@code jna} or {@code ffm}. */
  public static String backEnd() {
    return Bridge.get().thunks().name();
  }

  /** Copies bytes out of memory. */
  public static byte[] read(long address, int length) {
    byte[] bytes = new byte[length];
    Bridge.get().memory().read(address, bytes, 0, length);
    return bytes;
  }

  /** Copies bytes into memory. */
  public static void write(long address, byte[] bytes) {
    Bridge.get().memory().write(address, bytes, 0, bytes.length);
  }

  /** Zeroed memory of malloc. Throws OutOfMemoryError. */
  public static long allocate(long size) {
    return Bridge.get().memory().allocate(size);
  }

  /** Frees what {@link #allocate} gave; 0 is harmless. */
  public static void free(long address) {
    Bridge.get().memory().free(address);
  }

  /** CoTaskMemFree on Windows, free elsewhere; 0 is harmless. */
  public static void taskFree(long address) {
    Bridge.get().taskFree(address);
  }

  /** Calls the method in a slot of an object, which is the first word. */
  @CanIgnoreReturnValue
  public static int call(long object, int slot, long... arguments) {
    long[] words = new long[arguments.length + 1];
    words[0] = object;
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    return (int) Bridge.get().call(slot, words);
  }

  /** Calls a C function; the upper half of a narrower result is garbage. */
  @CanIgnoreReturnValue
  public static long callFunction(long function, long... arguments) {
    return Bridge.get().callFunction(function, arguments);
  }

  /**
   * A native function that calls a Java one, with 1 to 13 words. It lives as long as the process.
   */
  public static long function(int words, Function target) {
    try {
      MethodHandle guarded =
          MethodHandles.lookup()
              .findStatic(
                  NativeCalls.class,
                  "guarded",
                  MethodType.methodType(long.class, Function.class, long[].class));
      return Bridge.get()
          .thunks()
          .function(guarded.bindTo(target).asCollector(long[].class, words));
    } catch (ReflectiveOperationException renamed) {
      throw new LinkageError("guarded", renamed);
    }
  }

  @SuppressWarnings("UnusedMethod") // a handle finds it by its name
  private static long guarded(Function target, long[] words) {
    try {
      return target.call(words);
    } catch (Throwable thrown) {
      LOG.log(System.Logger.Level.ERROR, "a function for native callers failed", thrown);
      return MapiCode.MAPI_E_CALL_FAILED & 0xFFFF_FFFFL;
    }
  }

  /** The address of a symbol of a shared library, loaded for it; 0 where either is absent. */
  public static long symbol(String library, String name) {
    return Bridge.get().thunks().symbol(library, name);
  }
}
