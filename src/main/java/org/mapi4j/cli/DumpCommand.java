package org.mapi4j.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.mapi4j.MessageStore;
import org.mapi4j.options.StoreOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "dump",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Shows every property of an object, its recipients, attachments and embedded messages.",
    footer = {"", "Example:", "  java -jar target/mapi4j.jar dump --store store '/Inbox#1'"})
final class DumpCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private StoreArgument store;

  @Parameters(
      arity = "0..1",
      paramLabel = "OBJECT",
      description =
          "/Inbox, /Inbox#3 or an entry identifier in hexadecimal; without it the store itself.")
  private String object;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  DumpCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    StoreOptions readOnly = StoreOptions.builder().writable(false).build();
    try (MessageStore session = store.open(console, readOnly);
        StoreView.Found found = new StoreView(session.store()).find(object, 0)) {
      Map<String, Object> dump = new ObjectDump(found.object()).whole();
      if (json) {
        console.out().println(Json.pretty(dump));
      } else {
        DumpText.print(console.out(), dump);
      }
    }
    return Main.GOOD;
  }
}
