package org.mapi4j.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Runs one of the measurements that the README quotes.",
    footer = {"", "Example:", "  java -jar target/mapi4j.jar bench save"})
final class BenchCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "NAME", description = "save, open, import …")
  private String name;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  BenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    throw new CommandFailure("bench: not in this build");
  }
}
