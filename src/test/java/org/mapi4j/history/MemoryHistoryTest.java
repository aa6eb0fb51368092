package org.mapi4j.history;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.options.StoreOptions;

class MemoryHistoryTest implements HistoryContract {
  private final MessageStore first = Mapi4j.memory(StoreOptions.DEFAULT);
  private final List<MessageStore> sessions = new ArrayList<>(List.of(first));

  @Override
  public IMsgStore open() {
    MessageStore session = first.newSession();
    sessions.add(session);
    return session.store();
  }

  @AfterEach
  void close() {
    sessions.forEach(MessageStore::close);
  }
}
