package org.mapi4j.format.msg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiDefs.MAPI_MODIFY;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.client.MapiException;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;

/** The whole corpus through a store and back, held against what Apache POI's HSMF reads. */
class MsgImportCorpusTest {
  /** What a store computes of these files; everything else must come back. */
  private static final Set<Integer> COMPUTED =
      Set.of(
          PR_ACCESS,
          PR_ACCESS_LEVEL,
          PR_ATTACH_NUM,
          PR_ATTACH_SIZE,
          PR_CREATION_TIME,
          PR_DISPLAY_BCC_W,
          PR_DISPLAY_CC_W,
          PR_DISPLAY_TO_W,
          PR_HASATTACH,
          PR_INSTANCE_KEY,
          PR_MESSAGE_FLAGS,
          PR_MSG_STATUS,
          PR_NORMALIZED_SUBJECT_W,
          PR_OBJECT_TYPE,
          PR_RECORD_KEY,
          PR_ROWID,
          PR_STORE_SUPPORT_MASK);

  @Test
  void into_everyFileThatHsmfReads_readsBackAsHsmfHasIt() throws Exception {
    try (MessageStore session = Mapi4j.memory(StoreOptions.DEFAULT)) {
      compare(MsgLimits.DEFAULT, session);
    }
  }

  @Test
  void into_everyFileInADirectory_readsBackAsHsmfHasIt(@TempDir Path directory) throws Exception {
    try (MessageStore session = Mapi4j.open(directory, StoreOptions.DEFAULT)) {
      compare(MsgLimits.DEFAULT, session);
    }
  }

  @Test
  void into_everyFileThroughStreams_readsBackAsHsmfHasIt() throws Exception {
    try (MessageStore session = Mapi4j.memory(StoreOptions.DEFAULT)) {
      compare(new MsgLimits(500_000, 200, 10_000, 600, 64 << 20, 100_000, 10_000, 32), session);
    }
  }

  private static void compare(MsgLimits limits, MessageStore session) throws Exception {
    Optional<Path> corpus = Corpus.folder();
    if (corpus.isEmpty()) {
      return;
    }
    Agreement agreement = new Agreement();
    Set<String> refused = new TreeSet<>();
    List<String> unreadable = new ArrayList<>();
    int stored = 0;
    for (Path path : Corpus.messages(corpus.get())) {
      Hsmf.Message expected;
      try {
        expected = Hsmf.read(path);
      } catch (IllegalArgumentException e) {
        unreadable.add(path.getFileName() + ": " + e.getMessage());
        continue;
      }
      try (MsgFile file = MsgFile.open(path, limits)) {
        List<KeptOut> keptOut = new ArrayList<>();
        Bytes entryId = store(session.store(), file.message(), keptOut);
        keptOut.stream()
            .filter(each -> !COMPUTED.contains(each.tag()))
            .forEach(each -> refused.add(path.getFileName() + " " + each));
        try (MessageStore other = session.newSession();
            IMessage read =
                (IMessage)
                    MapiException.require(other.store().openEntry(entryId, null, 0), "OpenEntry")
                        .lppUnk()) {
          agreement.message(
              path.getFileName().toString(),
              expected,
              new StoredView.OfMessage(read, file.message(), keptOut));
        }
        stored++;
      }
    }
    assertEquals(List.of(), agreement.differences());
    assertEquals(Set.of(), refused);
    assertEquals(48, stored);
    assertEquals(3, unreadable.size(), unreadable::toString);
    assertTrue(agreement.compared() > 3000, () -> "only " + agreement.compared() + " compared");
  }

  private static Bytes store(IMsgStore store, MsgMessage source, List<KeptOut> keptOut)
      throws Exception {
    Bytes inbox = MapiException.require(store.getReceiveFolder(null, 0), "Inbox").lppEntryID();
    try (IMAPIFolder folder =
            (IMAPIFolder)
                MapiException.require(store.openEntry(inbox, null, MAPI_MODIFY), "OpenEntry")
                    .lppUnk();
        IMessage message = MapiException.require(folder.createMessage(null, 0), "CreateMessage")) {
      keptOut.addAll(MsgImport.into(message, source));
      MapiException.require(message.saveChanges(0), "SaveChanges");
      return MapiException.require(message.getProps(tags(PR_ENTRYID), 0), "GetProps")
          .get(0)
          .asBytes();
    }
  }
}
