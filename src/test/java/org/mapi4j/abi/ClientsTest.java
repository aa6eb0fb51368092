package org.mapi4j.abi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients in C and C++ with two sessions on two threads: the conflict rule, and everything that a
 * message holds; a host that logs on to a provider; and advise sinks. On Linux in the running Java, under Wine in
 * the Windows runtime of its release: jna before Java 22, ffm from there on.
 */
class ClientsTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"conflict.c", "conflict.cpp", "objects.c", "objects.cpp", "provider.c", "sinks.c"})
  void client_onLinux_findsEveryRuleKept(String source) throws Exception {
    if (!NativeTools.lacksLinux("clients in C and C++") && !NativeTools.lacksFfm("clients")) {
      Path program = compile(NativeTools.GCC, source);
      Path library = NativeTools.installLinux(directory, "");
      NativeTools.linux(program, library, store("store"), store("other")).assertPassed(source);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"conflict.c", "conflict.cpp", "objects.c", "objects.cpp", "provider.c", "sinks.c"})
  void client_onWindows_findsEveryRuleKept(String source) throws Exception {
    if (!NativeTools.lacksWindowsRuntime("clients under Wine")
        && !NativeTools.lacksFfm("clients under Wine")) {
      Path program = compile(NativeTools.MINGW, source);
      Path library = NativeTools.installWindows(directory, "");
      String store = NativeTools.windowsPath(Path.of(store("store")));
      String other = NativeTools.windowsPath(Path.of(store("other")));
      NativeTools.wine(program, library, store, other).assertPassed(source);
    }
  }

  private String store(String name) {
    return directory.resolve(name).toString();
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
