package org.mapi4j.com;

import java.lang.invoke.MethodHandle;

/**
 * Calls across the border of Java, both ways, in machine words: every MAPI argument is an integer
 * or a pointer and fills one register or stack slot of 8 bytes, a LARGE_INTEGER by value too. Any
 * thread, also threads that Java has not seen before.
 */
interface Thunks {
  /** Words of the longest call: IMSProvider::Logon, {@code this} included. */
  int WORDS_MAX = 13;

  /** The name that {@code -Dmapi4j.thunks} gives it. */
  String name();

  /** This process's memory, by the same means. */
  NativeMemory memory();

  /**
   * Address of a native function that calls a handle of type {@code (long, …)long}. It lives as
   * long as the process. What the handle throws ends the process, so it must throw nothing.
   */
  long function(MethodHandle target);

  /**
   * Calls a native function: {@code (long function, long word, …)long}, with this many words after
   * the address. Upper halves of narrower results are garbage.
   */
  MethodHandle caller(int words);

  /**
   * Calls one native function, as {@link #caller} does: {@code (long word, …)long} with 1 to 3
   * words. Dear to make and cheap to call, for functions that are called again and again.
   */
  MethodHandle bound(long function, int words);

  /** Address of a symbol of a shared library; 0 where the library or the symbol is absent. */
  long symbol(String library, String name);
}
