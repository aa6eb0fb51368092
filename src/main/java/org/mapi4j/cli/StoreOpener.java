package org.mapi4j.cli;

import java.nio.file.Path;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.options.StoreOptions;

/** How commands open stores: the embedded engine, or a test's own. */
@FunctionalInterface
interface StoreOpener {
  /** Opens a store directory with the embedded engine. */
  StoreOpener EMBEDDED = Mapi4j::open;

  /** Opens the store of a directory. Throws what opening throws, with a message for people. */
  MessageStore open(Path directory, StoreOptions options) throws Exception;
}
