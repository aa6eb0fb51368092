package org.mapi4j.cli;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.options.StoreOptions;
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
          + " --group importance --sort 'creation_time desc' --count 20",
      "  java -jar target/mapi4j.jar ls --store store /Inbox --deleted"
    })
final class LsCommand implements Callable<Integer> {
  private static final StoreOptions READ_ONLY = StoreOptions.builder().writable(false).build();
  private final Console console;

  @Mixin private StoreArgument store;

  @Mixin private TableArguments rows;

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "A path such as /Inbox, or an entry identifier in hexadecimal.")
  private String folder;

  @Option(
      names = "--deleted",
      description = {
        "What was deleted and is kept, where programs asked for that; `restore` brings it back."
      })
  private boolean deleted;

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
          boolean search = StoreView.number(row, PR_FOLDER_TYPE) == FOLDER_SEARCH;
          if (search) {
            node.put("search", true);
          }
          try (IMAPIFolder child = view.folder(entryId, 0)) {
            int kept = deleted ? StoreView.count(child, SHOW_SOFT_DELETES) : 0;
            if (deleted) {
              node.put("deleted", kept);
            }
            if (!json) {
              print(row, depth, search, kept);
            }
            node.put("folders", branch(view, child, at, depth + 1));
          }
          tree.add(node);
        });
    return tree;
  }

  private void print(SRow row, int depth, boolean search, int kept) {
    int messages = StoreView.number(row, PR_CONTENT_COUNT);
    int unread = StoreView.number(row, PR_CONTENT_UNREAD);
    String name = "  ".repeat(depth) + ValueText.plain(StoreView.text(row, PR_DISPLAY_NAME_W));
    String counts = messages == 0 ? "" : messages + (unread == 0 ? "" : " (" + unread + " unread)");
    if (deleted) {
      counts = kept == 0 ? "" : kept + " deleted";
    }
    console
        .out()
        .println("%-40s %s".formatted(name + (search ? " (search)" : ""), counts).stripTrailing());
  }

  private void messages(StoreView view) {
    try (IMAPIFolder opened = view.folder(folder, 0)) {
      FolderRows messages = new FolderRows(console, rows, opened, deleted);
      if (json) {
        console.out().println(Json.pretty(messages.objects()));
      } else {
        messages.print();
      }
    }
  }
}
