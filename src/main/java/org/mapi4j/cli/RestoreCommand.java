package org.mapi4j.cli;

import static org.mapi4j.types.MapiDefs.MAPI_MODIFY;
import static org.mapi4j.types.MapiDefs.MESSAGE_MOVE;

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
    name = "restore",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Brings back messages that were deleted and are kept, with their identifiers: what",
      "`ls --deleted` shows."
    },
    footer = {
      "",
      "Examples:",
      "  java -jar target/mapi4j.jar restore --store store '/Inbox#1'",
      "  java -jar target/mapi4j.jar restore --store store /Inbox --to /Rescued"
    })
final class RestoreCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private StoreArgument store;

  @Parameters(
      arity = "1..*",
      paramLabel = "MESSAGE",
      description = {
        "/Inbox#3 as `ls --deleted` numbers them, /Inbox for all of that folder, or an entry",
        "identifier in hexadecimal."
      })
  private List<String> messages;

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      description = "Where they go; by default where they were.")
  private String to;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  RestoreCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    try (MessageStore session = store.open(console, StoreOptions.DEFAULT)) {
      StoreView view = new StoreView(session.store());
      ChosenMessages chosen = new ChosenMessages(view, true);
      messages.forEach(message -> chosen.add(message, true));
      try (IMAPIFolder elsewhere = to == null ? null : view.folder(to, MAPI_MODIFY)) {
        return chosen.each(
            console,
            json,
            "restored",
            "",
            (folder, message) ->
                folder.copyMessages(
                    message, null, elsewhere == null ? folder : elsewhere, 0, null, MESSAGE_MOVE));
      }
    }
  }
}
