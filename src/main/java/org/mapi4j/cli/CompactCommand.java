package org.mapi4j.cli;

import java.util.concurrent.Callable;
import org.mapi4j.MessageStore;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.EngineMaintenance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "compact",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Rewrites a store's files without what they no longer need.",
    footer = {"", "Example:", "  java -jar target/mapi4j.jar compact --store store"})
final class CompactCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private StoreArgument store;

  CompactCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    try (MessageStore session = store.open(console, StoreOptions.DEFAULT)) {
      EngineMaintenance files =
          session
              .maintenance()
              .orElseThrow(() -> new CommandFailure("compact: this store has no files"));
      int swept = session.sweep();
      EngineMaintenance.CompactReport report = files.compact();
      console
          .out()
          .println(
              "swept %d, %d bytes before, %d bytes after"
                  .formatted(swept, report.bytesBefore(), report.bytesAfter()));
    }
    return Main.GOOD;
  }
}
