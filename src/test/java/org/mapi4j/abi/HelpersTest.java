package org.mapi4j.abi;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The native library's helper functions, which need no JVM: called from C on both systems, as MAPI
 * says and as no program should.
 */
class HelpersTest {
  @ParameterizedTest
  @ValueSource(strings = {"helpers", "senseless"})
  void helpers_onLinux_doWhatMapiSays(String name) throws Exception {
    if (!NativeTools.lacksLinux("helpers in C")) {
      run(NativeTools.GCC, name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"helpers", "senseless"})
  void helpers_onWindows_doWhatMapiSays(String name) throws Exception {
    if (!NativeTools.lacksWine("helpers in C on Windows")) {
      run(NativeTools.MINGW, name);
    }
  }

  private static void run(String compiler, String name) throws Exception {
    var program = NativeTools.compile(compiler, name + ".c", name, NativeTools.ours(compiler));
    NativeTools.Run run =
        compiler.equals(NativeTools.MINGW)
            ? NativeTools.wine(program, NativeTools.NATIVE.resolve("win32-x86-64"))
            : NativeTools.linux(program, NativeTools.NATIVE.resolve("linux-x86-64"));
    run.assertPassed(name);
  }
}
