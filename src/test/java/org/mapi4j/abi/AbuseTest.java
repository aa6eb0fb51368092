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
 * small heap lets what asks for too much fail. With {@code -Dmapi4j.long=true} hostile.c runs 20
 * times in a row on Windows, and abuse.c there on every Java; otherwise on 17 alone, for its time.
 */
class AbuseTest {
  private static final boolean LONG = Boolean.getBoolean("mapi4j.long");
  private static final int JAVA = Runtime.version().feature();
  private static final List<String> SOURCES = List.of("abuse.c", "hostile.c", "callbacks.c");

  @TempDir private Path directory;

  @TestFactory
  Stream<DynamicTest> abuse_isAnsweredWithCodes() throws Exception {
    SideBySide programs = new SideBySide();
    if (!NativeTools.lacksWindowsRuntime("abuse in C under Wine")
        && !NativeTools.lacksFfm("abuse in C under Wine")) {
      Path library = NativeTools.installWindows(directory.resolve("windows"), "-Xmx96m");
      for (String source : SOURCES) {
        if (LONG || JAVA < 22 || !source.equals("abuse.c")) {
          String name = source + " on Windows";
          programs.add(name, () -> onWindows(name, source, library));
        }
      }
    }
    if (!NativeTools.lacksLinux("abuse in C") && !NativeTools.lacksFfm("abuse in C")) {
      Path library = NativeTools.installLinux(directory.resolve("linux"), "-Xmx96m");
      for (String source : SOURCES) {
        programs.add(
            source + " on Linux",
            () -> {
              Path program = compile(NativeTools.GCC, source);
              Path store = directory.resolve("linux").resolve(source + ".store");
              return NativeTools.linux(program, library, store.toString());
            });
      }
    }
    return programs.tests();
  }

  /** Each run with a store of its own; the first that fails is the last. */
  private NativeTools.Run onWindows(String name, String source, Path library) throws Exception {
    Path program = compile(NativeTools.MINGW, source);
    int runs = LONG && source.equals("hostile.c") ? 20 : 1;
    NativeTools.Run run = null;
    for (int number = 1; number <= runs; number++) {
      Path store = directory.resolve("windows").resolve(source + "." + number);
      run = NativeTools.wine(program, library, NativeTools.windowsPath(store));
      run.assertPassed("%s, Java %d, run %d of %d".formatted(name, JAVA, number, runs));
      System.out.printf("%s, Java %d: run %d of %d passed%n", name, JAVA, number, runs);
    }
    return run;
  }

  private static Path compile(String compiler, String source) throws Exception {
    List<String> options = new ArrayList<>(List.of(NativeTools.ours(compiler)));
    options.addAll(NativeTools.jni(compiler)); // to force garbage collections
    return NativeTools.compile(
        compiler, source, source.replace(".c", ""), options.toArray(String[]::new));
  }
}
