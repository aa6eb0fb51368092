package org.mapi4j.com;

import com.sun.jna.FunctionMapper;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.SymbolProvider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Direct calls of functions by their address. JNA binds a native method to one symbol for good, so
 * each function has a copy of {@link JnaBoundCalls}, whose methods are registered under the
 * function's address as their name. Such a call takes a quarter of the time of {@code
 * Function.invokeLong}, which boxes its words. Copies are kept: a process has few functions that
 * are worth one. Any thread.
 */
final class JnaBound {
  private final Lookup lookup;
  private final NativeLibrary library;
  private final Map<Long, Lookup> copies = new ConcurrentHashMap<>();

  /** The function whose copy is being registered; guarded by this. */
  private long binding;

  /** With the rights to make classes beside {@link JnaBoundCalls}. */
  JnaBound(Lookup lookup) {
    this.lookup = lookup;
    // JNA remembers the address of a name, so each address has a name of its own.
    FunctionMapper names = (library, method) -> Long.toHexString(binding);
    SymbolProvider addresses = (handle, name, parent) -> Long.parseUnsignedLong(name, 16);
    library =
        NativeLibrary.getInstance(
            Platform.C_LIBRARY_NAME,
            Map.of(
                Library.OPTION_FUNCTION_MAPPER, names,
                Library.OPTION_SYMBOL_PROVIDER, addresses));
  }

  /** {@code (long word, …)long}, with 1 to 3 words. */
  MethodHandle bound(long function, int words) {
    Lookup copy = copies.computeIfAbsent(function, this::copy);
    try {
      return copy.findStatic(copy.lookupClass(), "call", JnaThunks.words(words));
    } catch (ReflectiveOperationException absent) {
      throw new IllegalArgumentException("no bound call has %d words".formatted(words), absent);
    }
  }

  private synchronized Lookup copy(long function) {
    try (InputStream code = JnaBoundCalls.class.getResourceAsStream("JnaBoundCalls.class")) {
      Lookup copy = lookup.defineHiddenClass(code.readAllBytes(), true);
      binding = function;
      Native.register(copy.lookupClass(), library);
      return copy;
    } catch (IOException | IllegalAccessException broken) {
      throw new LinkageError("JnaBoundCalls", broken);
    }
  }
}
