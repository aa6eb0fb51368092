package org.mapi4j.engine.shared;

import java.time.Duration;
import java.util.Objects;

/**
 * How a process takes part in a store.
 *
 * @param program what this process runs, with its version: what the others are told
 * @param patience how long a call waits for an owner that is silent, or for the next owner, before
 *     it is {@link org.mapi4j.spi.StorageFault.Unreachable}
 */
public record SharedOptions(String program, Duration patience) {
  /** How long calls wait unless told otherwise. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Neither may be null; the program is one line. */
  public SharedOptions {
    Objects.requireNonNull(patience, "patience");
    program = program.replaceAll("\\s+", " ").strip();
  }
}
