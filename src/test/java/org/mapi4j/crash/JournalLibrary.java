package org.mapi4j.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** The library of src/test/native/journal.c, which is preloaded into writers. */
final class JournalLibrary {
  private JournalLibrary() {}

  /** What a writer is started with, so that what it does to a directory is noted in a file. */
  static Map<String, String> environment(Path library, Path directory, Path journal) {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "MAPI4J_JOURNAL_DIR", directory.toString(),
        "MAPI4J_JOURNAL", journal.toString());
  }

  /** Compiles it; true, and NOT RUN, where that cannot be done. */
  static boolean isMissing(Path library, String test) throws IOException, InterruptedException {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
      System.out.printf("NOT RUN: %s, because the journal is preloaded on Linux only%n", test);
      return true;
    }
    ProcessBuilder gcc =
        new ProcessBuilder(
            "gcc",
            "-shared",
            "-fPIC",
            "-O1",
            "-o",
            library.toString(),
            "src/test/native/journal.c",
            "-ldl",
            "-lpthread");
    try {
      assertEquals(0, gcc.inheritIO().start().waitFor(), "gcc failed");
      return false;
    } catch (IOException missing) {
      System.out.printf("NOT RUN: %s, gcc missing (apt-get install gcc)%n", test);
      return true;
    }
  }
}
