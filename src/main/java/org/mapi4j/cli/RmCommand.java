package org.mapi4j.cli;

import static org.mapi4j.types.MapiDefs.DELETE_HARD_DELETE;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.mapi4j.MessageStore;
import org.mapi4j.options.StoreOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rm",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Deletes messages: for good, or so that `restore` can bring them back for a time.",
    footer = {
      "",
      "Examples:",
      "  java -jar target/mapi4j.jar rm --store store '/Inbox#1' '/Inbox#4' --keep 14",
      "  java -jar target/mapi4j.jar ls --store store /Inbox --deleted",
      "  java -jar target/mapi4j.jar rm --store store '/Inbox#1' --deleted"
    })
final class RmCommand implements Callable<Integer> {
  private static final int DAYS_MAX = 36_500;

  private final Console console;

  @Mixin private StoreArgument store;

  @Parameters(
      arity = "1..*",
      paramLabel = "MESSAGE",
      description = "/Inbox#3 or an entry identifier in hexadecimal.")
  private List<String> messages;

  @Option(
      names = "--keep",
      paramLabel = "DAYS",
      description = "Keep them for so many days; none by default.")
  private int days;

  @Option(
      names = "--deleted",
      description = "Messages that were deleted and are kept, as `ls --deleted` numbers them.")
  private boolean deleted;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  RmCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    if (days < 0 || days > DAYS_MAX) {
      throw new CommandFailure("--keep: expected 0 to %d days, found %d".formatted(DAYS_MAX, days));
    }
    if (deleted && days > 0) {
      throw new CommandFailure("--keep with --deleted: what is kept is deleted for good");
    }
    StoreOptions options = StoreOptions.builder().deletedRetention(Duration.ofDays(days)).build();
    try (MessageStore session = store.open(console, options)) {
      ChosenMessages chosen = new ChosenMessages(new StoreView(session.store()), deleted);
      messages.forEach(message -> chosen.add(message, false));
      return chosen.each(
          console,
          json,
          "deleted",
          days == 0 ? "" : ", kept for " + days + (days == 1 ? " day" : " days"),
          (folder, message) ->
              folder.deleteMessages(message, 0, null, days == 0 ? DELETE_HARD_DELETE : 0));
    }
  }
}
