package org.mapi4j.cli;

import static org.mapi4j.types.MapiDefs.MSGFLAG_READ;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "ls",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Shows the folders, or the messages of one.",
    footer = {
      "",
      "Example:",
      "  java -jar target/mapi4j.jar ls --store store",
      "  java -jar target/mapi4j.jar ls --store store /Inbox"
    })
final class LsCommand implements Callable<Integer> {
  private static final StoreOptions READ_ONLY = StoreOptions.builder().writable(false).build();
  private static final SPropTagArray COLUMNS =
      tags(
          PR_ENTRYID,
          PR_SUBJECT_W,
          PR_SENDER_NAME_W,
          PR_MESSAGE_DELIVERY_TIME,
          PR_CREATION_TIME,
          PR_MESSAGE_FLAGS,
          PR_HASATTACH,
          PR_MESSAGE_SIZE,
          PR_MESSAGE_CLASS_W);

  private final Console console;

  @Mixin private StoreArgument store;

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "A path such as /Inbox, or an entry identifier in hexadecimal.")
  private String folder;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  LsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    try (MessageStore session = store.open(console, READ_ONLY)) {
      StoreView view = new StoreView(session.store());
      if (folder == null) {
        folders(view);
      } else {
        messages(view);
      }
    }
    return Main.GOOD;
  }

  private void folders(StoreView view) {
    try (IMAPIFolder root = view.folder("/", 0)) {
      List<Map<String, Object>> tree = branch(view, root, "", 0);
      if (json) {
        console.out().println(Json.pretty(tree));
      }
    }
  }

  private List<Map<String, Object>> branch(
      StoreView view, IMAPIFolder parent, String path, int depth) {
    List<Map<String, Object>> tree = new ArrayList<>();
    StoreView.children(
        parent,
        row -> {
          Map<String, Object> node = new LinkedHashMap<>();
          String at = path + "/" + StoreView.text(row, PR_DISPLAY_NAME_W);
          String entryId = row.find(PR_ENTRYID).orElseThrow().asBytes().toHex();
          node.put("path", at);
          node.put("entryId", entryId);
          node.put("messages", StoreView.number(row, PR_CONTENT_COUNT));
          node.put("unread", StoreView.number(row, PR_CONTENT_UNREAD));
          if (!json) {
            print(row, depth);
          }
          try (IMAPIFolder child = view.folder(entryId, 0)) {
            node.put("folders", branch(view, child, at, depth + 1));
          }
          tree.add(node);
        });
    return tree;
  }

  private void print(SRow row, int depth) {
    int messages = StoreView.number(row, PR_CONTENT_COUNT);
    int unread = StoreView.number(row, PR_CONTENT_UNREAD);
    String name = "  ".repeat(depth) + ValueText.plain(StoreView.text(row, PR_DISPLAY_NAME_W));
    String counts = messages == 0 ? "" : messages + (unread == 0 ? "" : " (" + unread + " unread)");
    console.out().println("%-40s %s".formatted(name, counts).stripTrailing());
  }

  private void messages(StoreView view) {
    List<Map<String, Object>> all = new ArrayList<>();
    int[] number = new int[1];
    try (IMAPIFolder opened = view.folder(folder, 0);
        IMAPITable table = StoreView.contents(opened, COLUMNS)) {
      StoreView.rows(
          table,
          null,
          row -> {
            number[0]++;
            if (json) {
              all.add(object(number[0], row));
            } else {
              print(number[0], row);
            }
          });
    }
    if (json) {
      console.out().println(Json.pretty(all));
    } else {
      console.out().println(number[0] + (number[0] == 1 ? " message" : " messages"));
    }
  }

  private void print(int number, SRow row) {
    String time =
        row.find(PR_MESSAGE_DELIVERY_TIME)
            .or(() -> row.find(PR_CREATION_TIME))
            .map(value -> value.asTime().toInstant().truncatedTo(ChronoUnit.MINUTES).toString())
            .orElse("");
    boolean read = (StoreView.number(row, PR_MESSAGE_FLAGS) & MSGFLAG_READ) != 0;
    boolean attachments = row.find(PR_HASATTACH).map(SPropValue::asBoolean).orElse(false);
    console
        .out()
        .println(
            "#%-5d %s%s %-17s %-24s %s"
                .formatted(
                    number,
                    read ? " " : "*",
                    attachments ? "@" : " ",
                    time,
                    cut(ValueText.plain(StoreView.text(row, PR_SENDER_NAME_W)), 24),
                    ValueText.plain(StoreView.text(row, PR_SUBJECT_W))));
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }

  private static Map<String, Object> object(int number, SRow row) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("number", number);
    row.lpProps().stream()
        .filter(value -> !value.isError())
        .forEach(value -> object.put(TagNames.name(value.ulPropTag()), ValueText.json(value)));
    return object;
  }
}
