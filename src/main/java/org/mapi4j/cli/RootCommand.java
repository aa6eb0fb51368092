package org.mapi4j.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(
    name = "mapi4j",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "The MAPI message store, in Java.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 good, 1 failed, 2 usage.",
      "",
      "Examples:",
      "  java -jar target/mapi4j.jar demo",
      "  java -jar target/mapi4j.jar import mail/ --store store",
      "  java -jar target/mapi4j.jar ls --store store /Inbox",
      "  java -jar target/mapi4j.jar dump --store store '/Inbox#1'",
      "",
      "COMMAND --help shows the options of a command and an example."
    })
final class RootCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of a failure.")
  boolean verbose;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
