package org.mapi4j.com;

import com.sun.jna.Callback;
import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Thunks by JNA, on every Java. A callback is made direct by passing it to a registered function:
 * the default kind takes five times as long, because it looks up converters at every call.
 */
final class JnaThunks implements Thunks {
  private final NativeMemory memory = new JnaMemory();
  private final JnaBound bound = new JnaBound(MethodHandles.lookup());

  /**
   * Daemon threads that stay attached until they end: attaching costs more than a hundred calls.
   */
  private final CallbackThreadInitializer threads =
      new CallbackThreadInitializer(true, false, "native");

  /** JNA frees the native side of a callback that Java forgot. */
  private final List<Callback> kept = new ArrayList<>();

  /** JNA unloads a library that Java forgot, with the functions whose addresses are in use. */
  private final Map<String, NativeLibrary> libraries = new ConcurrentHashMap<>();

  @Override
  public String name() {
    return "jna";
  }

  @Override
  public NativeMemory memory() {
    return memory;
  }

  @Override
  public synchronized long function(MethodHandle target) {
    Callback callback = JnaCallbacks.of(target);
    kept.add(callback);
    Native.setCallbackThreadInitializer(callback, threads);
    return LibC.memmove(callback, Pointer.NULL, 0);
  }

  @Override
  public MethodHandle caller(int words) {
    try {
      return MethodHandles.lookup()
          .findStatic(
              JnaThunks.class,
              "call",
              MethodType.methodType(long.class, long.class, Object[].class))
          .asCollector(Object[].class, words)
          .asType(MethodType.genericMethodType(words + 1).changeReturnType(long.class))
          .asType(words(words + 1));
    } catch (ReflectiveOperationException renamed) {
      throw new LinkageError(renamed.getMessage(), renamed);
    }
  }

  /** {@code (long, …)long}. */
  static MethodType words(int count) {
    return MethodType.methodType(
        long.class, Collections.nCopies(count, long.class).toArray(Class<?>[]::new));
  }

  private static long call(long function, Object[] words) {
    return Function.getFunction(new Pointer(function)).invokeLong(words);
  }

  @Override
  public MethodHandle bound(long function, int words) {
    return bound.bound(function, words);
  }

  @Override
  public long symbol(String library, String name) {
    try {
      NativeLibrary loaded = libraries.computeIfAbsent(library, NativeLibrary::getInstance);
      return Pointer.nativeValue(loaded.getFunction(name));
    } catch (UnsatisfiedLinkError absent) {
      return 0;
    }
  }

  /** Registered functions of the C library. */
  static final class LibC {
    static {
      Native.register(LibC.class, Platform.C_LIBRARY_NAME);
    }

    private LibC() {}

    /** Of 0 bytes, for its result: the address of the callback. */
    static native long memmove(Callback to, Pointer from, long size);

    static native long calloc(long count, long size);

    static native void free(long address);
  }
}
