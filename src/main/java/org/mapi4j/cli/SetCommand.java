package org.mapi4j.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Sets one property and saves.",
    footer = {
      "",
      "Example:",
      "  java -jar target/mapi4j.jar set --store store '/Inbox#1' PR_SUBJECT_W 'A better subject'"
    })
final class SetCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private StoreArgument store;

  @Parameters(index = "0", paramLabel = "OBJECT", description = "/Inbox, /Inbox#3 or an entry id.")
  private String object;

  @Parameters(index = "1", paramLabel = "TAG", description = "PR_SUBJECT_W or 0x0037001F.")
  private String tag;

  @Parameters(index = "2", paramLabel = "VALUE", description = "Text, a number, a time, hex bytes.")
  private String value;

  @Option(names = "--force", description = "Save with FORCE_SAVE.")
  private boolean force;

  SetCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    throw new CommandFailure("set: not in this build");
  }
}
