package org.mapi4j;

import java.util.Optional;

/** What this process runs, for those who share a store with it. */
final class Program {
  private Program() {}

  /** The program's name, then mapi4j with its version. */
  static String name() {
    String version = Program.class.getPackage().getImplementationVersion();
    return "%s with mapi4j %s"
        .formatted(main(), version == null ? "(not run from its jar)" : version);
  }

  /** The first word only: arguments are the user's own business. */
  private static String main() {
    return Optional.ofNullable(System.getProperty("sun.java.command"))
        .map(command -> command.split(" ", 2)[0])
        .filter(name -> !name.isEmpty())
        .or(() -> ProcessHandle.current().info().command())
        .orElse("a program");
  }
}
