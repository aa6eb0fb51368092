package org.mapi4j.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of native/examples, built by their own lines' options. */
class ExamplesTest {
  @TempDir private Path directory;

  @Test
  void examples_onLinux_storeAMessage_inTheRunningJava() throws Exception {
    if (NativeTools.lacksLinux("examples in C and C++")) {
      return;
    }
    Path library = NativeTools.installLinux(directory, "");
    for (String source : new String[] {"client.c", "client.cpp"}) {
      Path program = compile(NativeTools.GCC, source);
      NativeTools.Run run =
          NativeTools.linux(program, library, directory.resolve("store").toString());
      assertStored(run);
    }
  }

  @Test
  void examples_onWindows_storeAMessage() throws Exception {
    if (NativeTools.lacksWindowsRuntime("examples under Wine")) {
      return;
    }
    Path library = NativeTools.installWindows(directory, "");
    for (String source : new String[] {"client.c", "client.cpp"}) {
      Path program = compile(NativeTools.MINGW, source);
      String store = NativeTools.windowsPath(directory.resolve("store"));
      assertStored(NativeTools.wine(program, library, store));
    }
  }

  private static void assertStored(NativeTools.Run run) {
    assertEquals(0, run.exit(), run.output());
    assertTrue(run.output().contains("Hello from C"), run.output());
  }

  private static Path compile(String compiler, String source) throws Exception {
    String path = Path.of("native/examples", source).toAbsolutePath().toString();
    return NativeTools.compile(
        compiler, path, "example-" + source.replace('.', '-'), NativeTools.ours(compiler));
  }
}
