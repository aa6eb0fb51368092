package org.mapi4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.mapi4j.MessageStore;
import org.mapi4j.options.StoreOptions;
import picocli.CommandLine.Option;

/** The {@code --store DIR} of the commands that read or change a store that exists. */
final class StoreArgument {
  @Option(
      names = "--store",
      required = true,
      paramLabel = "DIR",
      description = "The directory of the store.")
  Path directory;

  /** Opens the store, which must exist. */
  MessageStore open(Console console, StoreOptions options) throws Exception {
    expectNamed(directory);
    if (!Files.isDirectory(directory)) {
      throw new CommandFailure(
          directory + ": no store here; `import` and `demo` create one where --store points");
    }
    return console.opener().open(directory, options.toBuilder().create(false).build());
  }

  /** What a script hands over whose variable is empty; as a path it is the current directory. */
  private static void expectNamed(Path directory) {
    if (directory.toString().isEmpty()) {
      throw new CommandFailure("--store: expected a directory");
    }
  }

  /** Opens the store, created when absent. */
  MessageStore openOrCreate(Console console, StoreOptions options) throws Exception {
    return openOrCreate(console, directory, options);
  }

  /** The same for a directory that has a default. */
  static MessageStore openOrCreate(Console console, Path directory, StoreOptions options)
      throws Exception {
    expectNamed(directory);
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new CommandFailure(directory + ": a store is a directory, and this is a file");
    }
    return console.opener().open(directory, options.toBuilder().create(true).build());
  }
}
