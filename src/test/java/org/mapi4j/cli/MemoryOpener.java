package org.mapi4j.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.options.StoreOptions;

/** Stores in the heap, one per directory, that outlive the commands. */
final class MemoryOpener implements StoreOpener, AutoCloseable {
  private final Map<Path, MessageStore> stores = new HashMap<>();

  @Override
  public MessageStore open(Path directory, StoreOptions options) {
    return stores
        .computeIfAbsent(directory, key -> Mapi4j.memory(StoreOptions.DEFAULT))
        .newSession(options);
  }

  @Override
  public void close() {
    stores.values().forEach(MessageStore::close);
  }
}
