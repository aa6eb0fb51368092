package org.mapi4j.engine.je;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.mapi4j.types.ThisProgram;

/**
 * Who has the directory open, for the message that another process gets. JE's file lock decides;
 * this file only names.
 */
final class OwnerFile {
  private static final String NAME = "mapi4j.owner";

  private OwnerFile() {}

  /** Writes this process's name. Only for who holds the lock. */
  static void write(Path directory) throws IOException {
    ProcessHandle self = ProcessHandle.current();
    String text =
        "pid %d on %s, started %s, running %s%n"
            .formatted(
                self.pid(),
                host(),
                self.info().startInstant().map(Instant::toString).orElse("at an unknown time"),
                ThisProgram.name().orElse("an unknown program"));
    Files.writeString(directory.resolve(NAME), text);
  }

  /** Removes the name, if there. Only for who holds the lock. */
  static void remove(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(NAME));
  }

  /** What the file says, on one line. */
  static String read(Path directory) {
    try {
      return Files.readString(directory.resolve(NAME)).strip();
    } catch (IOException unreadable) {
      return "a process that left no name";
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "this host";
    }
  }
}
