package org.mapi4j.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Shows one property.",
    footer = {
      "",
      "Example:",
      "  java -jar target/mapi4j.jar get --store store '/Inbox#1' PR_SUBJECT_W"
    })
final class GetCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private StoreArgument store;

  @Parameters(index = "0", paramLabel = "OBJECT", description = "/Inbox, /Inbox#3 or an entry id.")
  private String object;

  @Parameters(index = "1", paramLabel = "TAG", description = "PR_SUBJECT_W or 0x0037001F.")
  private String tag;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  GetCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    throw new CommandFailure("get: not in this build");
  }
}
