package org.mapi4j.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.KEEP_OPEN_READWRITE;
import static org.mapi4j.types.MapiTags.PR_ENTRYID;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropTagArray;

/** Concurrent histories on a store. 10,000 with {@code -Dmapi4j.long=true}. */
interface HistoryContract {
  /** Clients of one history. */
  int CLIENTS = 4;

  /** Opens and edits of each client. */
  int ROUNDS = 3;

  /** Another session on the store under test. */
  IMsgStore open();

  /** How many histories: the long count, or enough for a change to be noticed. */
  static int histories() {
    return Boolean.getBoolean("mapi4j.long") ? 10_000 : 400;
  }

  /** Runs histories until one is wrong. */
  static Optional<String> run(HistoryContract store, int histories, long firstSeed)
      throws InterruptedException {
    List<IMsgStore> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(store.open());
    }
    try {
      Bytes entryId = createMessage(clients.get(0));
      int[] state = {0, 0};
      for (long seed = firstSeed; seed < firstSeed + histories; seed++) {
        HistoryRun run = new HistoryRun(seed, ROUNDS);
        Optional<String> violation = run.run(clients, entryId, state[0], state[1]);
        if (violation.isPresent()) {
          return violation;
        }
        int[] end = run.end(clients.get(0), entryId);
        state = new int[] {end[0], end[1]};
        if (end[2] > 30_000) {
          entryId = createMessage(clients.get(0));
          state = new int[] {0, 0};
        }
      }
      return Optional.empty();
    } finally {
      clients.forEach(IMsgStore::close);
    }
  }

  /** A message of write 0. */
  static Bytes createMessage(IMsgStore store) {
    Bytes inbox = store.getReceiveFolder("IPM.Note", 0).value().lppEntryID();
    try (IMAPIFolder folder = (IMAPIFolder) store.openEntry(inbox, null, 0).value().lppUnk();
        IMessage message = folder.createMessage(null, 0).value()) {
      Content.write(message, 0, true);
      assertEquals(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
      return message.getProps(SPropTagArray.tags(PR_ENTRYID), 0).value().get(0).asBytes();
    }
  }

  @Test
  @DisplayName("histories_ofFourClients_fromSeed1_areExplainedByAnOrder")
  default void histories_ofFourClients_areExplainedByAnOrder() throws InterruptedException {
    Optional<String> violation = run(this, histories(), 1);
    violation.ifPresent(text -> fail(text));
  }
}
