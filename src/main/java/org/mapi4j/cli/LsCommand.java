package org.mapi4j.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "ls",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Shows the folders, or the messages of one.",
    footer = {
      "",
      "Example:",
      "  java -jar target/mapi4j.jar ls --store store",
      "  java -jar target/mapi4j.jar ls --store store /Inbox"
    })
final class LsCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private StoreArgument store;

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "A path such as /Inbox, or an entry identifier in hexadecimal.")
  private String folder;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  LsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    throw new CommandFailure("ls: not in this build");
  }
}
