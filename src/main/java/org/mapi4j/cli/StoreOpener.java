package org.mapi4j.cli;

import java.nio.file.Path;
import org.mapi4j.MessageStore;
import org.mapi4j.options.StoreOptions;

/** How commands open stores: the embedded engine, or a test's own. */
@FunctionalInterface
interface StoreOpener {
  /** Opens a store directory with the embedded engine. */
  StoreOpener EMBEDDED =
      (directory, options) -> {
        throw new CommandFailure("this build has no storage engine");
      };

  /** Opens the store of a directory. Throws what opening throws, with a message for people. */
  MessageStore open(Path directory, StoreOptions options) throws Exception;
}
