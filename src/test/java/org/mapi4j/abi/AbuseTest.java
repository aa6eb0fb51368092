package org.mapi4j.abi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs in C that break every rule a caller can break: the process neither ends nor hangs. A
 * small heap lets what asks for too much fail.
 */
class AbuseTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"abuse.c", "hostile.c", "callbacks.c"})
  void abuse_onLinux_isAnsweredWithCodes(String source) throws Exception {
    if (!NativeTools.lacksLinux("abuse in C") && !NativeTools.lacksFfm("abuse in C")) {
      Path program = compile(NativeTools.GCC, source);
      Path library = NativeTools.installLinux(directory, "-Xmx96m");
      String store = directory.resolve("store").toString();
      NativeTools.linux(program, library, store).assertPassed(source);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hostile.c", "callbacks.c"})
  void abuse_onWindows_isAnsweredWithCodes(String source) throws Exception {
    if (!NativeTools.lacksWindowsRuntime("abuse in C under Wine")
        && !NativeTools.lacksFfm("abuse in C under Wine")) {
      Path program = compile(NativeTools.MINGW, source);
      Path library = NativeTools.installWindows(directory, "-Xmx96m");
      String store = NativeTools.windowsPath(directory.resolve("store"));
      NativeTools.wine(program, library, store).assertPassed(source);
    }
  }

  /** With jni.h, to force garbage collections. */
  private static Path compile(String compiler, String source) throws Exception {
    List<String> options = new ArrayList<>(List.of(NativeTools.ours(compiler)));
    options.addAll(NativeTools.jni(compiler));
    return NativeTools.compile(
        compiler, source, source.replace(".c", ""), options.toArray(String[]::new));
  }
}
