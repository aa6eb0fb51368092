package org.mapi4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiDefs.MAPI_MODIFY;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.format.msg.Agreement;
import org.mapi4j.format.msg.Corpus;
import org.mapi4j.format.msg.Hsmf;
import org.mapi4j.format.msg.MsgFile;
import org.mapi4j.format.msg.MsgLimits;
import org.mapi4j.options.StoreOptions;

/** What import stored and dump shows, held against what Apache POI's HSMF reads. */
class DumpCorpusTest {
  @Test
  void dump_ofEveryImportedFile_agreesWithHsmfPropertyByProperty() throws Exception {
    Optional<Path> corpus = Corpus.folder();
    if (corpus.isEmpty()) {
      return;
    }
    Agreement agreement = new Agreement();
    List<String> unreadable = new ArrayList<>();
    try (MessageStore session = Mapi4j.memory(StoreOptions.DEFAULT)) {
      for (MailImport.Item item : imported(session, corpus.get())) {
        String name = item.path().getFileName().toString();
        Hsmf.Message expected;
        try {
          expected = Hsmf.read(item.path());
        } catch (IllegalArgumentException e) {
          unreadable.add(name + ": " + e.getMessage());
          continue;
        }
        assertEquals(null, item.failure(), name);
        try (MsgFile file = MsgFile.open(item.path(), MsgLimits.DEFAULT);
            StoreView.Found found = new StoreView(session.store()).find(item.entryId(), 0)) {
          agreement.message(
              name,
              expected,
              new DumpView.OfMessage(
                  new ObjectDump(found.object()).whole(), file.message(), item.keptOut()));
        }
      }
    }
    assertEquals(List.of(), agreement.differences());
    assertEquals(3, unreadable.size(), unreadable::toString);
    assertTrue(agreement.compared() > 3000, () -> "only " + agreement.compared() + " compared");
  }

  private static List<MailImport.Item> imported(MessageStore session, Path corpus)
      throws Exception {
    List<MailImport.Item> items = new ArrayList<>();
    try (IMAPIFolder inbox = new StoreView(session.store()).folder("/Inbox", MAPI_MODIFY)) {
      MailImport run = new MailImport(session, inbox, items::add);
      Corpus.messages(corpus).forEach(run::add);
      run.flush();
    }
    return items;
  }
}
