package org.mapi4j.abi;

import org.junit.jupiter.api.Test;

/** The native library's helper functions, which need no JVM: called from C on both systems. */
class HelpersTest {
  @Test
  void helpers_onLinux_doWhatMapiSays() throws Exception {
    if (!NativeTools.lacksLinux("helpers in C")) {
      run(NativeTools.GCC);
    }
  }

  @Test
  void helpers_onWindows_doWhatMapiSays() throws Exception {
    if (!NativeTools.lacksWine("helpers in C on Windows")) {
      run(NativeTools.MINGW);
    }
  }

  private static void run(String compiler) throws Exception {
    var program = NativeTools.compile(compiler, "helpers.c", "helpers", NativeTools.ours(compiler));
    NativeTools.Run run =
        compiler.equals(NativeTools.MINGW)
            ? NativeTools.wine(program, NativeTools.NATIVE.resolve("win32-x86-64"))
            : NativeTools.linux(program, NativeTools.NATIVE.resolve("linux-x86-64"));
    run.assertPassed("helpers.c");
  }
}
