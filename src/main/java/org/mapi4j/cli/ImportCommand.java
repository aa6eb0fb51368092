package org.mapi4j.cli;

import static org.mapi4j.types.MapiDefs.MAPI_MODIFY;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.options.StoreOptions;
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
    List<Path> files = MsgPaths.expand(paths);
    StoreOptions options = StoreOptions.builder().asynchronousCommits(true).build();
    try (MessageStore session = store.openOrCreate(console, options);
        IMAPIFolder target = new StoreView(session.store()).folder(folder, MAPI_MODIFY)) {
      Progress progress = new Progress(console, "read", files.size());
      ImportReport report = new ImportReport(console, files.size(), json);
      MailImport run = new MailImport(session, target, report::item);
      for (int i = 0; i < files.size(); i++) {
        run.add(files.get(i));
        progress.at(i + 1);
      }
      run.flush();
      return report.finish() ? Main.GOOD : Main.FAILED;
    }
  }
}
