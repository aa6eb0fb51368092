package org.mapi4j.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.S_OK;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.com.Foreign;
import org.mapi4j.com.NativeCalls;

/** The store, tables, streams and sink in C, in this process. */
final class ForeignLibrary {
  private static final List<String> MORE =
      List.of("foreign_message.c", "foreign_table.c", "foreign.c");

  private ForeignLibrary() {}

  /** Built once: a process does not load the same file again. */
  private static final class Holder {
    static final Path FILE = build();
    static final Foreign.Routines ROUTINES = helpers();

    private static Path build() {
      List<String> options = new ArrayList<>();
      MORE.forEach(source -> options.add(NativeTools.SOURCES.resolve(source).toString()));
      options.add("-fvisibility=hidden");
      return NativeTools.library("foreign_store.c", "libforeign.so", options);
    }

    private static Foreign.Routines helpers() {
      String library = NativeTools.NATIVE.resolve("linux-x86-64/libmapi4j.so").toString();
      return new Foreign.Routines(
          NativeCalls.symbol(library, "MAPIAllocateBuffer"),
          NativeCalls.symbol(library, "MAPIAllocateMore"),
          NativeCalls.symbol(library, "MAPIFreeBuffer"));
    }
  }

  /** Says NOT RUN where there is no compiler. */
  static boolean isMissing(String test) {
    return NativeTools.lacksLinux(test);
  }

  /** Allocation routines of the native library. */
  static Foreign.Routines routines() {
    return Holder.ROUTINES;
  }

  static long pointer(String function, long... arguments) {
    long address = NativeCalls.symbol(Holder.FILE.toString(), function);
    assertTrue(address != 0, function);
    return NativeCalls.callFunction(address, arguments);
  }

  static int call(String function, long... arguments) {
    return (int) pointer(function, arguments);
  }

  static IMsgStore open() {
    return Foreign.adopt(pointer("new_foreign_store"), IMsgStore.class, routines());
  }

  /** Calls of the store after the next few fail so often; S_FALSE: they succeed with nothing. */
  static void fail(int after, int often, int hr) {
    call("foreign_fail", after, often, hr);
  }

  static int failures() {
    return call("foreign_failures");
  }

  static int objects() {
    return call("foreign_objects");
  }

  /** What was there before a test. */
  static Watch watch() {
    assertEquals(0, objects());
    return new Watch(Foreign.unreleased(), Foreign.held());
  }

  /** References on both sides. */
  record Watch(List<String> unreleased, List<String> held) {
    void assertNothingIsLeft() {
      fail(0, 0, S_OK);
      assertEquals(0, objects());
      assertEquals(unreleased, Foreign.unreleased());
      assertEquals(held, Foreign.held());
    }
  }
}
