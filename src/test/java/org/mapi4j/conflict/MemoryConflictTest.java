package org.mapi4j.conflict;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.options.StoreOptions;

@DisplayName("The conflict rule on the engine in memory")
class MemoryConflictTest
    implements SaveChangesContract,
        PendingEditContract,
        KeepOpenContract,
        OpenDeletionContract,
        ConflictHandlerContract,
        SubmittedContract,
        OtherStoreContract {
  private final Deque<MessageStore> sessions = new ArrayDeque<>();

  @Override
  public IMsgStore openSession(StoreOptions options) {
    MessageStore first = sessions.peekLast();
    sessions.push(first == null ? Mapi4j.memory(options) : first.newSession(options));
    return sessions.element().store();
  }

  @AfterEach
  void closeSessions() {
    sessions.forEach(MessageStore::close);
  }
}
