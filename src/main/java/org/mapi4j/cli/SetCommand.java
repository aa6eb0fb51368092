package org.mapi4j.cli;

import static org.mapi4j.types.MapiDefs.*;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.mapi4j.MessageStore;
import org.mapi4j.client.MapiException;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.HResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Sets one property and saves. When someone else saved the message in between, both versions",
      "are shown, and you choose: keep theirs, overwrite, or save yours elsewhere."
    },
    footer = {
      "",
      "Examples:",
      "  java -jar target/mapi4j.jar set --store store '/Inbox#1' PR_SUBJECT_W 'A better subject'",
      "  java -jar target/mapi4j.jar set --store store '/Inbox#1' PR_SUBJECT_W 'Mine' --pause",
      "  java -jar target/mapi4j.jar set --store store '/Inbox#1' PR_SUBJECT_W 'Mine' --force"
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

  @Option(
      names = "--pause",
      description = "Wait for Enter between the edit and the save, so that others can save first.")
  private boolean pause;

  SetCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    StoreOptions options =
        StoreOptions.builder().conflictHandler(new ConsoleConflictHandler(console)).build();
    try (MessageStore session = store.open(console, options);
        StoreView.Found found = new StoreView(session.store()).find(object, MAPI_MODIFY)) {
      int wanted = TagNames.parse(tag, found.object());
      SPropValue parsed = ValueParser.parse(wanted, value);
      List<SPropProblem> problems =
          MapiException.require(found.object().setProps(List.of(parsed)), "SetProps");
      if (!problems.isEmpty()) {
        throw new CommandFailure(
            "%s of %s: %s"
                .formatted(
                    PropTag.toString(wanted),
                    found.address(),
                    HResult.toString(problems.get(0).scode())));
      }
      if (found.type() == MAPI_MESSAGE) {
        if (pause) {
          awaitEnter(found.address());
        }
        int hr = found.object().saveChanges(force ? FORCE_SAVE : 0);
        MapiException.require(hr, "SaveChanges of " + found.address());
        console.out().println("SaveChanges: " + HResult.toString(hr));
      } else {
        console.out().println("SetProps: S_OK");
      }
    }
    return Main.GOOD;
  }

  private void awaitEnter(String address) throws IOException {
    console.out().println(address + " is edited and not saved. Enter saves.");
    console.out().flush();
    String line = console.in().readLine();
    if (line == null) {
      console.out().println("The input ended: saving.");
    }
  }
}
