package org.mapi4j.engine.shared;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the owner listens and what it speaks. A hint: the port may be someone else's by now, which
 * the handshake finds out.
 *
 * @param port the TCP port on 127.0.0.1
 * @param protocolMin the oldest protocol that the owner speaks
 * @param protocolMax the newest
 * @param pid its process
 * @param program what it runs, with its version
 */
record PortFile(int port, int protocolMin, int protocolMax, long pid, String program) {
  private static final String NAME = "mapi4j.port";
  private static final int TRIES = 20;

  /** True when this build and the owner have a protocol in common. */
  boolean speaksOurs() {
    return protocolMin <= Handshake.PROTOCOL_MAX && protocolMax >= Handshake.PROTOCOL_MIN;
  }

  /** Only for the owner. */
  void write(Path directory) throws IOException {
    Path fresh = directory.resolve(NAME + ".new");
    Files.writeString(
        fresh,
        "port=%d%nprotocolMin=%d%nprotocolMax=%d%npid=%d%nprogram=%s%n"
            .formatted(port, protocolMin, protocolMax, pid, program));
    for (int i = 1; ; i++) {
      try {
        Files.move(
            fresh,
            directory.resolve(NAME),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
        return;
      } catch (AccessDeniedException someoneReadsIt) { // on Windows; for a moment
        if (i == TRIES) {
          throw someoneReadsIt;
        }
        Pause.millis(5);
      }
    }
  }

  /** Only for the owner. */
  static void remove(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(NAME));
  }

  /** What the file says; empty when there is none or it makes no sense. */
  static Optional<PortFile> read(Path directory) throws IOException {
    Map<String, String> values = new HashMap<>();
    try {
      for (String line : Files.readAllLines(directory.resolve(NAME))) {
        String[] parts = line.split("=", 2);
        values.put(parts[0], parts[parts.length - 1]);
      }
      int port = Integer.parseInt(values.getOrDefault("port", ""));
      return port < 1 || port > 0xFFFF
          ? Optional.empty()
          : Optional.of(
              new PortFile(
                  port,
                  Integer.parseInt(values.getOrDefault("protocolMin", "")),
                  Integer.parseInt(values.getOrDefault("protocolMax", "")),
                  Long.parseLong(values.getOrDefault("pid", "")),
                  values.getOrDefault("program", "")));
    } catch (NoSuchFileException
        | NumberFormatException
        | CharacterCodingException
        | AccessDeniedException noHint) {
      return Optional.empty();
    }
  }
}
