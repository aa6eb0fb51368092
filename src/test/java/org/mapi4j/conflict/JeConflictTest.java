package org.mapi4j.conflict;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.options.StoreOptions;

@DisplayName("The conflict rule on the engine on disk")
class JeConflictTest
    implements SaveChangesContract,
        PendingEditContract,
        KeepOpenContract,
        OpenDeletionContract,
        ConflictHandlerContract,
        SubmittedContract,
        OtherStoreContract {
  @TempDir Path directory;

  private final Deque<MessageStore> sessions = new ArrayDeque<>();

  @Override
  public IMsgStore openSession(StoreOptions options) {
    sessions.push(Mapi4j.open(directory.resolve("store"), options));
    return sessions.element().store();
  }

  @AfterEach
  void closeSessions() {
    sessions.forEach(MessageStore::close);
  }
}
