package org.mapi4j.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.mapi4j.MessageStore;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.EngineMaintenance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Reads everything in a store and tells whether it is whole.",
    footer = {"", "Example:", "  java -jar target/mapi4j.jar check --store store"})
final class CheckCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private StoreArgument store;

  CheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    StoreOptions readOnly = StoreOptions.builder().writable(false).build();
    try (MessageStore session = store.open(console, readOnly)) {
      EngineMaintenance files =
          session
              .maintenance()
              .orElseThrow(() -> new CommandFailure("check: this store has no files"));
      EngineMaintenance.CheckReport report = files.check();
      // Rows of damaged files would only say the same again, in many words.
      List<String> problems = report.problems().isEmpty() ? session.check() : report.problems();
      problems.forEach(console.out()::println);
      console.out().println("%d rows, %d problems".formatted(report.rows(), problems.size()));
      return problems.isEmpty() ? Main.GOOD : Main.FAILED;
    }
  }
}
