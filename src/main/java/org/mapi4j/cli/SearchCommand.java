package org.mapi4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.options.StoreOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "search",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Makes a search folder and shows what it finds. It stays in the store and stays up to date;",
      "`ls`, `dump` and `get` know it as /NAME. Without --where: what is looked for, and found."
    },
    footer = {
      "",
      "Examples:",
      "  java -jar target/mapi4j.jar search --store store urgent --where 'importance = 2'",
      "  java -jar target/mapi4j.jar search --store store plans /Inbox --recursive"
          + " --where 'subject contains plan'",
      "  java -jar target/mapi4j.jar search --store store plans",
      "  java -jar target/mapi4j.jar search --store store",
      "  java -jar target/mapi4j.jar search --store store plans --remove"
    })
final class SearchCommand implements Callable<Integer> {
  private static final StoreOptions READ_ONLY = StoreOptions.builder().writable(false).build();

  private final Console console;

  @Mixin private StoreArgument store;

  @Mixin private TableArguments rows;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "The name of the search; without one all searches.")
  private String name;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "Where to look, with --where; by default in all mail.")
  private String folder;

  @Option(names = "--recursive", description = "Also in all folders below FOLDER.")
  private boolean recursive;

  @Option(names = "--remove", description = "Removes the search; what it found stays.")
  private boolean remove;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  SearchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    String where = rows.takeWhere();
    check(where);
    StoreOptions options = where == null && !remove ? READ_ONLY : StoreOptions.DEFAULT;
    try (MessageStore session = store.open(console, options)) {
      Searches searches = new Searches(new StoreView(session.store()));
      if (name == null) {
        all(searches);
      } else if (remove) {
        searches.remove(name);
        if (json) {
          console.out().println(Json.pretty(Map.of("removed", name)));
        } else {
          console.out().println(ValueText.plain(name) + " is removed");
        }
      } else {
        try (IMAPIFolder search =
            where == null
                ? searches.open(name)
                : searches.make(name, where, folder, recursive || folder == null)) {
          show(searches, search);
        }
      }
    }
    return Main.GOOD;
  }

  private void check(String where) {
    if (name == null && (where != null || remove || !rows.isEmpty())) {
      throw new CommandFailure("expected the NAME of a search");
    }
    if (where == null && (folder != null || recursive)) {
      throw new CommandFailure("FOLDER, --recursive: expected --where, which makes a search");
    }
    if (remove && (where != null || !rows.isEmpty())) {
      throw new CommandFailure("--remove: expected a NAME alone");
    }
  }

  private void all(Searches searches) {
    List<Map<String, Object>> objects = new ArrayList<>();
    searches.each(
        (title, search) -> {
          Map<String, Object> object = searches.object(title, search);
          object.put("count", StoreView.count(search, 0));
          objects.add(object);
        });
    if (json) {
      console.out().println(Json.pretty(objects));
    } else if (objects.isEmpty()) {
      console.out().println("no search; `search NAME --where TEXT` makes one");
    } else {
      objects.forEach(
          one ->
              console
                  .out()
                  .println(
                      "%-24s %5s  %s"
                          .formatted(
                              ValueText.plain(String.valueOf(one.get("name"))),
                              one.get("count"),
                              said(one))));
    }
  }

  private void show(Searches searches, IMAPIFolder search) {
    Map<String, Object> object = searches.object(name, search);
    FolderRows found = new FolderRows(console, rows, search, false);
    if (json) {
      object.put("messages", found.objects());
      console.out().println(Json.pretty(object));
    } else {
      console.out().println(said(object));
      found.print();
    }
  }

  private static String said(Map<String, Object> search) {
    if (search.get("where") == null) {
      return "nothing is looked for yet";
    }
    List<?> folders = (List<?>) search.get("folders");
    String in = String.join(", ", folders.stream().map(String::valueOf).toList());
    return "%s, in %s%s%s"
        .formatted(
            search.get("where"),
            ValueText.plain(in),
            Boolean.TRUE.equals(search.get("recursive")) ? " and below" : "",
            Boolean.TRUE.equals(search.get("running")) ? "" : " (stopped)");
  }
}
