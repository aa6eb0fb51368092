package org.mapi4j.abi;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The conflict rule between two native programs, each with a JVM of its own, on one store: two on
 * Linux, and one under Wine beside one on Linux. They meet in a file that both map.
 */
class TwoProgramsTest {
  private static final String SOURCE = "conflict.cpp";
  private static final int MEETING_BYTES = 4096;

  @TempDir private Path directory;
  private Path meeting;

  @BeforeEach
  void makeMeeting() throws Exception {
    meeting = Files.write(directory.resolve("meeting"), new byte[MEETING_BYTES]);
  }

  private NativeTools.Run onLinux(int client) throws Exception {
    Path program =
        NativeTools.compile(
            NativeTools.GCC, SOURCE, "two-programs-" + client, NativeTools.ours(NativeTools.GCC));
    Path library = NativeTools.installLinux(folder(client), "");
    return NativeTools.linux(
        program, library, store("store"), store("other"), "" + client, "" + meeting);
  }

  private NativeTools.Run onWindows(int client) throws Exception {
    Path program =
        NativeTools.compile(
            NativeTools.MINGW, SOURCE, "two-programs", NativeTools.ours(NativeTools.MINGW));
    Path library = NativeTools.installWindows(folder(client), "");
    return NativeTools.wine(
        program,
        library,
        NativeTools.windowsPath(Path.of(store("store"))),
        NativeTools.windowsPath(Path.of(store("other"))),
        "" + client,
        NativeTools.windowsPath(meeting));
  }

  private Path folder(int client) throws Exception {
    return Files.createDirectory(directory.resolve("client" + client));
  }

  private String store(String name) {
    return directory.resolve(name).toString();
  }

  private static void together(Callable<NativeTools.Run> first, Callable<NativeTools.Run> second)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<NativeTools.Run> one = threads.submit(first);
      Future<NativeTools.Run> two = threads.submit(second);
      one.get().assertPassed("the first program");
      two.get().assertPassed("the second program");
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void programs_twoOnLinux_keepTheRule() throws Exception {
    if (!NativeTools.lacksLinux("two C++ programs") && !NativeTools.lacksFfm("two programs")) {
      together(() -> onLinux(0), () -> onLinux(1));
    }
  }

  @Test
  void programs_oneUnderWineBesideOneOnLinux_keepTheRule() throws Exception {
    if (!NativeTools.lacksLinux("two C++ programs")
        && !NativeTools.lacksWindowsRuntime("a program under Wine beside one on Linux")
        && !NativeTools.lacksFfm("two programs")) {
      together(() -> onWindows(0), () -> onLinux(1));
    }
  }
}
