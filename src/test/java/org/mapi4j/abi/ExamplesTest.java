package org.mapi4j.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of native/examples, built by their own lines' options, and what may go wrong. */
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

  @Test
  void openStore_withoutJvm_or32BitJvm_or_jar_saysWhich() throws Exception {
    if (NativeTools.lacksLinux("why no store opens")) {
      return;
    }
    Path program = compile(NativeTools.GCC, "client.c");
    Path library = NativeTools.install(directory, NativeTools.GCC, "/nowhere", "");
    assertRefused(program, library, "0x80044A01", "no JVM could be loaded");
    Path narrow = Files.createDirectories(directory.resolve("narrow/lib/server"));
    Files.write(narrow.resolve("libjvm.so"), new byte[] {0x7F, 'E', 'L', 'F', 1, 1, 1, 0});
    NativeTools.install(directory, NativeTools.GCC, directory.resolve("narrow").toString(), "");
    assertRefused(program, library, "0x80044A02", "32 bits");
    String home = System.getProperty("java.home");
    Files.writeString(
        library.resolve("libmapi4j.ini"),
        "jvm=" + home + "\nclasspath=/nowhere.jar\nlog=log.txt\n");
    assertRefused(program, library, "0x80044A05", "not on the class path");
    Files.writeString(
        library.resolve("libmapi4j.ini"), "jvm=" + home + "\nclasspath=/x\noptions=-XX:+Nothing\n");
    assertRefused(program, library, "0x80044A03", "did not start");
  }

  private void assertRefused(Path program, Path library, String code, String why) throws Exception {
    NativeTools.Run run =
        NativeTools.linux(program, library, directory.resolve("store").toString());
    assertEquals(1, run.exit(), run.output());
    assertTrue(run.output().contains("Mapi4jOpenStore: " + code), run.output());
    assertTrue(run.output().contains(why), run.output());
    assertFalse(Files.exists(directory.resolve("store")));
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
