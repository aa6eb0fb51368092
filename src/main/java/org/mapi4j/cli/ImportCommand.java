package org.mapi4j.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Stores .msg files, and those in folders.",
    footer = {
      "",
      "Example:",
      "  java -jar target/mapi4j.jar import mail/ letter.msg --store store"
    })
final class ImportCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private StoreArgument store;

  @Parameters(arity = "1..*", paramLabel = "PATH", description = ".msg files, or folders of them.")
  private List<Path> paths;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      defaultValue = "/Inbox",
      description = "Where the messages go (${DEFAULT-VALUE}).")
  private String folder;

  @Option(names = "--json", description = "One JSON object per item, then the totals.")
  private boolean json;

  ImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    throw new CommandFailure("import: not in this build");
  }
}
