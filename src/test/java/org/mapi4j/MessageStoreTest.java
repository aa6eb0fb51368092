package org.mapi4j;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.engine.je.JeEngine;
import org.mapi4j.engine.je.JeOptions;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** Sessions on a directory: they share an engine, and the last one closes it. */
class MessageStoreTest {
  private static final StoreOptions OPTIONS = StoreOptions.DEFAULT;

  @TempDir Path temp;

  private static IMAPIFolder inbox(IMsgStore store) {
    Bytes id = store.getReceiveFolder("IPM", 0).value().lppEntryID();
    return (IMAPIFolder) store.openEntry(id, null, MAPI_MODIFY).value().lppUnk();
  }

  private static Bytes save(IMsgStore store, String body) {
    try (IMAPIFolder inbox = inbox(store);
        IMessage message = inbox.createMessage(null, 0).value()) {
      assertEquals(List.of(), message.setProps(List.of(SPropValue.of(PR_BODY_W, body))).value());
      assertEquals(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
      return get(message, PR_ENTRYID).asBytes();
    }
  }

  private static SPropValue get(IMAPIProp object, int tag) {
    return object.getProps(SPropTagArray.tags(tag), MAPI_UNICODE).value().get(0);
  }

  private static String body(IMsgStore store, Bytes id) {
    try (IMessage message = (IMessage) store.openEntry(id, null, 0).value().lppUnk()) {
      return get(message, PR_BODY_W).asString();
    }
  }

  @Test
  void open_sameDirectoryThroughALink_sharesOneEngine() throws IOException {
    Path directory = temp.resolve("store");
    Path link = temp.resolve("link");
    try (MessageStore one = Mapi4j.open(directory, OPTIONS)) {
      Files.createSymbolicLink(link, directory);
      try (MessageStore two = Mapi4j.open(link, OPTIONS)) {
        Bytes id = save(one.store(), "shared");
        assertEquals("shared", body(two.store(), id));
      }
    }
  }

  @Test
  void open_again_findsWhatWasSaved() {
    Path directory = temp.resolve("store");
    Bytes id;
    Object key;
    try (MessageStore first = Mapi4j.open(directory, OPTIONS)) {
      id = save(first.store(), "b".repeat(500_000));
      key = get(first.store(), PR_RECORD_KEY).value();
    }
    try (MessageStore again = Mapi4j.open(directory, OPTIONS)) {
      assertEquals(500_000, body(again.store(), id).length());
      assertEquals(key, get(again.store(), PR_RECORD_KEY).value());
      assertEquals(List.of(), again.check());
    }
  }

  @Test
  void release_ofTheLastStoreObject_closesTheEngine() {
    Path directory = temp.resolve("store");
    MessageStore one = Mapi4j.open(directory, OPTIONS);
    MessageStore two = one.newSession();
    one.store().close();
    one.close();
    Bytes id = save(two.store(), "still open");
    assertEquals("still open", body(two.store(), id));
    two.store().close();
    JeOptions writable = JeOptions.DEFAULT;
    try (JeEngine engine = JeEngine.open(directory, writable)) {
      assertTrue(engine.seq() > 0);
    }
  }

  @Test
  void open_absentDirectory_isNotFoundWithoutCreateOrWriteAccess() {
    Path directory = temp.resolve("absent");
    StoreOptions existing = StoreOptions.builder().create(false).build();
    StoreOptions reading = StoreOptions.builder().writable(false).build();
    for (StoreOptions options : List.of(existing, reading)) {
      StoreOpenException refused =
          assertThrows(StoreOpenException.class, () -> Mapi4j.open(directory, options));
      assertEquals(MAPI_E_NOT_FOUND, refused.hr());
      assertTrue(refused.getMessage().contains("absent"), refused.getMessage());
    }
    assertFalse(Files.exists(directory.resolve("00000000.jdb")));
  }

  @Test
  void open_readingSessionFirst_doesNotKeepAWriterOut() {
    Path directory = temp.resolve("store");
    Mapi4j.open(directory, OPTIONS).close();
    StoreOptions reading = StoreOptions.builder().writable(false).build();
    try (MessageStore reader = Mapi4j.open(directory, reading);
        MessageStore writer = reader.newSession(OPTIONS)) {
      Bytes id = save(writer.store(), "written");
      assertEquals("written", body(reader.store(), id));
      assertEquals(MAPI_E_NO_ACCESS, readOnlyInbox(reader.store()).createMessage(null, 0).hr());
    }
  }

  private static IMAPIFolder readOnlyInbox(IMsgStore store) {
    Bytes id = store.getReceiveFolder("IPM", 0).value().lppEntryID();
    return (IMAPIFolder) store.openEntry(id, null, 0).value().lppUnk();
  }

  @Test
  void sweep_deletedMessage_takesItsValuesAndLeavesASoundStore() {
    try (MessageStore session = Mapi4j.open(temp.resolve("store"), OPTIONS)) {
      Bytes id = save(session.store(), "b".repeat(300_000));
      try (IMAPIFolder inbox = inbox(session.store())) {
        assertEquals(S_OK, inbox.deleteMessages(ENTRYLIST.of(id), 0, null, 0));
      }
      int swept = session.sweep();
      assertTrue(swept >= 0);
      assertEquals(0, session.sweep());
      assertEquals(List.of(), session.check());
    }
  }
}
