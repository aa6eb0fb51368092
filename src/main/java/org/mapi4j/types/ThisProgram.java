package org.mapi4j.types;

import java.util.Optional;

/** What this process runs, for people to read. */
public final class ThisProgram {
  private ThisProgram() {}

  /** The program without its arguments, which are the user's own business; empty when unknown. */
  public static Optional<String> name() {
    return Optional.ofNullable(System.getProperty("sun.java.command"))
        .map(command -> command.split(" ", 2)[0])
        .filter(name -> !name.isEmpty())
        .or(() -> ProcessHandle.current().info().command());
  }

  /** The version of mapi4j that it runs, as its manifest has it. */
  public static String version() {
    String version = ThisProgram.class.getPackage().getImplementationVersion();
    return version != null ? version : "(not run from its jar)";
  }
}
