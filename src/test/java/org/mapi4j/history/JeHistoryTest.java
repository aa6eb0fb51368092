package org.mapi4j.history;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.options.StoreOptions;

class JeHistoryTest implements HistoryContract {
  @TempDir Path directory;

  private final List<MessageStore> sessions = new ArrayList<>();

  @Override
  public IMsgStore open() {
    MessageStore session = Mapi4j.open(directory.resolve("store"), StoreOptions.DEFAULT);
    sessions.add(session);
    return session.store();
  }

  @AfterEach
  void close() {
    sessions.forEach(MessageStore::close);
  }
}
