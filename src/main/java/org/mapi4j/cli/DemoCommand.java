package org.mapi4j.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "The main job on screen: two clients, one message, a conflict and its answers.",
    footer = {
      "",
      "Example:",
      "  java -jar target/mapi4j.jar demo",
      "  java -jar target/mapi4j.jar demo mail/ --store store"
    })
final class DemoCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER-OF-MSG",
      description = "Mail to import; without it the demo writes its own.")
  private Path mail;

  @Option(names = "--store", paramLabel = "DIR", description = "Where the store is left behind.")
  private Path directory;

  @Option(names = "--ask", description = "Ask what to do about the conflict.")
  private boolean ask;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    throw new CommandFailure("demo: not in this build");
  }
}
