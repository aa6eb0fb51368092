package org.mapi4j.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Tells what runs here and whether a store is well.",
    footer = {"", "Example:", "  java -jar target/mapi4j.jar doctor --store store"})
final class DoctorCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "--store", paramLabel = "DIR", description = "A store to examine.")
  private Path directory;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    throw new CommandFailure("doctor: not in this build");
  }
}
