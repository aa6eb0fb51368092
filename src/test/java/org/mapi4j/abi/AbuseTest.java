package org.mapi4j.abi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs in C that break every rule a caller can break: the process neither ends nor hangs. A
 * small heap lets what asks for too much fail.
 */
class AbuseTest {
  private static final String HEAP = "-Xmx96m";

  @TempDir private Path directory;

  @TestFactory
  Stream<DynamicTest> abuse_isAnsweredWithCodes() throws Exception {
    SideBySide programs = new SideBySide();
    if (!NativeTools.lacksWindowsRuntime("abuse in C under Wine")
        && !NativeTools.lacksFfm("abuse in C under Wine")) {
      Path library = NativeTools.installWindows(directory.resolve("windows"), HEAP);
      for (String source : List.of("hostile.c", "callbacks.c")) {
        programs.add(
            source + " on Windows",
            () ->
                NativeTools.wine(
                    compile(NativeTools.MINGW, source),
                    library,
                    NativeTools.windowsPath(directory.resolve("windows/" + source + ".store"))));
      }
    }
    if (!NativeTools.lacksLinux("abuse in C") && !NativeTools.lacksFfm("abuse in C")) {
      Path library = NativeTools.installLinux(directory.resolve("linux"), HEAP);
      for (String source : List.of("abuse.c", "hostile.c", "callbacks.c")) {
        programs.add(
            source + " on Linux",
            () ->
                NativeTools.linux(
                    compile(NativeTools.GCC, source),
                    library,
                    directory.resolve("linux/" + source + ".store").toString()));
      }
    }
    return programs.tests();
  }

  /** The JDK's jni.h, to force garbage collections; that of Windows differs in jni_md.h alone. */
  private static Path compile(String compiler, String source) throws Exception {
    List<String> options = new ArrayList<>(List.of(NativeTools.ours(compiler)));
    Path include = Path.of(System.getProperty("java.home"), "include");
    Path machine =
        compiler.equals(NativeTools.MINGW)
            ? Path.of("native/src/windows").toAbsolutePath()
            : include.resolve("linux");
    options.addAll(List.of("-isystem", machine.toString(), "-isystem", include.toString()));
    return NativeTools.compile(
        compiler, source, source.replace(".c", ""), options.toArray(String[]::new));
  }
}
