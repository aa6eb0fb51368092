package org.mapi4j.cli;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.client.MapiException;
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
      "  java -jar target/mapi4j.jar ls --store store /Inbox",
      "  java -jar target/mapi4j.jar ls --store store /Inbox --where 'subject contains plan'"
          + " --group importance --sort 'creation_time desc' --count 20"
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

  @Mixin private TableArguments rows;

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
      if (folder == null && !rows.isEmpty()) {
        throw new CommandFailure("--where, --sort and the like: expected a FOLDER");
      } else if (folder == null) {
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
    int first;
    int read;
    int count;
    try (IMAPIFolder opened = view.folder(folder, 0)) {
      SPropTagArray columns = rows.columns(opened, COLUMNS);
      int[] groups = rows.groups(opened);
      try (IMAPITable table = StoreView.contents(opened, columns)) {
        first = rows.apply(table, opened, columns);
        count = MapiException.require(table.getRowCount(0), "IMAPITable::GetRowCount");
        int[] number = {first};
        read =
            rows.rows(
                table,
                row -> {
                  if (json) {
                    all.add(object(number[0], row, columns, groups));
                  } else {
                    console.out().println(line(number[0], row, columns, groups));
                  }
                  number[0]++;
                });
      }
    }
    if (json) {
      console.out().println(Json.pretty(all));
    } else if (read == count && rows.isPlain()) {
      console.out().println(count + (count == 1 ? " message" : " messages"));
    } else if (read == 0) {
      console.out().println("no row of " + count);
    } else {
      console.out().println("rows %d to %d of %d".formatted(first, first + read - 1, count));
    }
  }

  /** One row in text: a heading, the columns asked for, or the usual ones. */
  private String line(int number, SRow row, SPropTagArray columns, int[] groups) {
    String indent = groups.length == 0 ? "" : "  ".repeat(StoreView.number(row, PR_DEPTH));
    if (isHeading(row)) {
      String key = text(row, groups[StoreView.number(row, PR_DEPTH)]);
      int unread = StoreView.number(row, PR_CONTENT_UNREAD);
      return "%s%s: %d%s"
          .formatted(
              indent,
              key,
              StoreView.number(row, PR_CONTENT_COUNT),
              unread == 0 ? "" : " (" + unread + " unread)");
    }
    String start = indent + (rows.isPlain() ? "#%-5d ".formatted(number) : "");
    return rows.hasColumns()
        ? start + columns.stream().mapToObj(tag -> text(row, tag)).collect(Collectors.joining("  "))
        : start + usual(row);
  }

  private static boolean isHeading(SRow row) {
    return row.find(PR_ROW_TYPE).map(type -> type.asInt() != TBL_LEAF_ROW).orElse(false);
  }

  private static String text(SRow row, int tag) {
    return row.find(tag)
        .filter(value -> !value.isError())
        .map(
            value ->
                value.value() instanceof String text
                    ? ValueText.plain(text)
                    : ValueText.line(value))
        .orElse("-");
  }

  private static String usual(SRow row) {
    String time =
        row.find(PR_MESSAGE_DELIVERY_TIME)
            .or(() -> row.find(PR_CREATION_TIME))
            .map(value -> value.asTime().toInstant().truncatedTo(ChronoUnit.MINUTES).toString())
            .orElse("");
    boolean read = (StoreView.number(row, PR_MESSAGE_FLAGS) & MSGFLAG_READ) != 0;
    boolean attachments = row.find(PR_HASATTACH).map(SPropValue::asBoolean).orElse(false);
    return "%s%s %-17s %-24s %s"
        .formatted(
            read ? " " : "*",
            attachments ? "@" : " ",
            time,
            cut(ValueText.plain(StoreView.text(row, PR_SENDER_NAME_W)), 24),
            ValueText.plain(StoreView.text(row, PR_SUBJECT_W)));
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }

  /** A message has its number, which its address takes, where the view is that of the folder. */
  private Map<String, Object> object(int number, SRow row, SPropTagArray columns, int[] groups) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put(rows.isPlain() ? "number" : "row", number);
    if (isHeading(row)) {
      int depth = StoreView.number(row, PR_DEPTH);
      object.put("group", TagNames.name(groups[depth]));
      object.put(
          "value",
          row.find(groups[depth]).filter(key -> !key.isError()).map(ValueText::json).orElse(null));
      object.put("messages", StoreView.number(row, PR_CONTENT_COUNT));
      object.put("unread", StoreView.number(row, PR_CONTENT_UNREAD));
      return object;
    }
    columns.stream()
        .mapToObj(row::find)
        .flatMap(Optional::stream)
        .filter(value -> !value.isError())
        .forEach(value -> object.put(TagNames.name(value.ulPropTag()), ValueText.json(value)));
    return object;
  }
}
