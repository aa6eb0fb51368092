package org.mapi4j.cli;

import static org.mapi4j.types.MapiDefs.MAPI_MODIFY;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.demo.Demo;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "The main job on screen: two clients, one message, a conflict and its answers.",
    footer = {
      "",
      "Example:",
      "  java -jar target/mapi4j.jar demo",
      "  java -jar target/mapi4j.jar demo mail/ --store store"
    })
final class DemoCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER-OF-MSG",
      description = "Mail to import; without it the demo writes its own.")
  private Path mail;

  @Option(
      names = "--store",
      paramLabel = "DIR",
      defaultValue = "mapi4j-demo",
      description = "Where the store is left behind (${DEFAULT-VALUE}).")
  private Path directory;

  @Option(names = "--ask", description = "Ask what to do about the conflict.")
  private boolean ask;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    StoreOptions options = StoreOptions.builder().clock(console.clock()).build();
    boolean good;
    try (MessageStore session = StoreArgument.openOrCreate(console, directory, options);
        IMAPIFolder inbox = new StoreView(session.store()).folder("/Inbox", MAPI_MODIFY)) {
      console.out().println("mapi4j demo: two programs, one message. The store is " + directory);
      Bytes message = mail == null ? sampleMail(inbox) : importMail(session, inbox);
      Demo demo = new Demo(console.out(), session, options);
      good = demo.run(message, ask ? new ConsoleConflictHandler(console) : null);
    }
    console.out().println();
    console.out().println("The store stays behind. Look at it:");
    look("ls --store %s".formatted(directory));
    look("ls --store %s /Inbox".formatted(directory));
    look("dump --store %s '/Inbox#1'".formatted(directory));
    return good ? Main.GOOD : Main.FAILED;
  }

  private void look(String command) {
    console.out().println("  java -jar target/mapi4j.jar " + command);
  }

  private Bytes sampleMail(IMAPIFolder inbox) {
    Bytes message = Demo.writeSampleMail(inbox, console.clock().instant());
    console.out().println("Its own sample mail is in /Inbox: Latin, Cyrillic and Han text,");
    console.out().println("attachments up to 3 MB, a message within a message.");
    return message;
  }

  /** The demo edits the first message that could be stored. */
  private Bytes importMail(MessageStore session, IMAPIFolder inbox) throws Exception {
    List<Path> files = MsgPaths.expand(List.of(mail));
    ImportReport report = new ImportReport(console, files.size(), false);
    Bytes[] first = new Bytes[1];
    MailImport run =
        new MailImport(
            session,
            inbox,
            item -> {
              if (first[0] == null && item.entryId() != null) {
                first[0] = Bytes.fromHex(item.entryId());
              }
              report.item(item);
            });
    files.forEach(run::add);
    run.flush();
    boolean all = report.finish();
    if (first[0] == null) {
      throw new CommandFailure(mail + ": no .msg file here could be stored");
    }
    if (!all) {
      console.out().println("The demo goes on with what was stored.");
    }
    return first[0];
  }
}
