package org.mapi4j.abi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients in C and C++ with two sessions on two threads: the conflict rule, and everything that a
 * message holds; a host that logs on to a provider; and advise sinks. On Linux in the running Java,
 * under Wine in the Windows runtime of its release: jna before Java 22, ffm from there on.
 */
class ClientsTest {
  private static final List<String> SOURCES =
      List.of("conflict.c", "conflict.cpp", "objects.c", "objects.cpp", "provider.c", "sinks.c");

  @TempDir private Path directory;

  @TestFactory
  Stream<DynamicTest> client_findsEveryRuleKept() throws Exception {
    SideBySide programs = new SideBySide();
    if (!NativeTools.lacksWindowsRuntime("clients under Wine")
        && !NativeTools.lacksFfm("clients under Wine")) {
      Path library = NativeTools.installWindows(directory.resolve("windows"), "");
      for (String source : SOURCES) {
        programs.add(
            source + " on Windows",
            () -> {
              Path program = compile(NativeTools.MINGW, source);
              return NativeTools.wine(
                  program, library, windows(source, "store"), windows(source, "other"));
            });
      }
    }
    if (!NativeTools.lacksLinux("clients in C and C++") && !NativeTools.lacksFfm("clients")) {
      Path library = NativeTools.installLinux(directory.resolve("linux"), "");
      for (String source : SOURCES) {
        programs.add(
            source + " on Linux",
            () -> {
              Path program = compile(NativeTools.GCC, source);
              return NativeTools.linux(
                  program,
                  library,
                  store("linux", source, "store").toString(),
                  store("linux", source, "other").toString());
            });
      }
    }
    return programs.tests();
  }

  private String windows(String source, String name) {
    return NativeTools.windowsPath(store("windows", source, name));
  }

  private Path store(String system, String source, String name) {
    return directory.resolve(system).resolve(source + "." + name);
  }

  private static Path compile(String compiler, String source) throws Exception {
    List<String> options = new ArrayList<>(List.of(NativeTools.ours(compiler)));
    if (source.equals("provider.c")) {
      options.add(0, NativeTools.SOURCES.resolve("foreign.c").toString());
      options.add(0, NativeTools.SOURCES.resolve("host.c").toString());
    }
    return NativeTools.compile(
        compiler, source, source.replace('.', '-'), options.toArray(String[]::new));
  }
}
