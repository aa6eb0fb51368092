package org.mapi4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction.SExistRestriction;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

class ClientTest {
  private MessageStore session;
  private Store store;
  private Folder folder;

  @BeforeEach
  void open() {
    session = Mapi4j.memory(StoreOptions.DEFAULT);
    store = Store.of(session.store());
    try (Folder top = store.ipmSubtree()) {
      folder = top.createFolder("Work");
    }
  }

  @AfterEach
  void close() {
    folder.close();
    session.close();
  }

  private Bytes save(String subject) {
    try (Message message = folder.createMessage()) {
      message.set(Tags.SUBJECT, subject);
      message.save();
      return message.entryId();
    }
  }

  @Test
  void properties_setAndSaved_areReadBackInJavaTypes() {
    Instant sent = Instant.parse("2026-01-02T03:04:05.1234567Z");
    Bytes id;
    try (Message message = folder.createMessage()) {
      message.set(Tags.SUBJECT, "Grüße");
      message.set(Tags.CLIENT_SUBMIT_TIME, sent);
      message.set(Tags.IMPORTANCE, 2);
      message.set(Key.binary(PR_SEARCH_KEY), Bytes.of(1, 2, 3));
      assertTrue(message.save().isComplete());
      id = message.entryId();
    }
    try (Message message = store.message(id)) {
      assertEquals(Optional.of("Grüße"), message.get(Tags.SUBJECT));
      assertEquals(Optional.of(sent), message.get(Tags.CLIENT_SUBMIT_TIME));
      assertEquals(Optional.of(2), message.get(Tags.IMPORTANCE));
      assertEquals(Optional.empty(), message.get(Tags.BODY));
      assertTrue(message.properties().contains(SPropValue.of(PR_IMPORTANCE, 2)));
    }
    try (Message message = store.messageForUpdate(id)) {
      message.delete(Tags.IMPORTANCE);
      message.delete(Tags.BODY);
      assertEquals(Optional.empty(), message.get(Tags.IMPORTANCE));
    }
  }

  @Test
  void save_afterAnotherHandleSaved_throwsAndOverwriteWins() {
    Bytes id = save("first");
    try (Message mine = store.messageForUpdate(id);
        Message theirs = store.messageForUpdate(id)) {
      theirs.set(Tags.SUBJECT, "theirs");
      theirs.save();
      mine.set(Tags.SUBJECT, "mine");
      ObjectChangedException changed = assertThrows(ObjectChangedException.class, mine::save);
      assertEquals(MAPI_E_OBJECT_CHANGED, changed.hr());
      assertEquals(
          "IMessage::SaveChanges: MAPI_E_OBJECT_CHANGED (0x80040109)", changed.getMessage());
      mine.overwrite();
    }
    try (Message message = store.message(id)) {
      assertEquals(Optional.of("mine"), message.get(Tags.SUBJECT));
    }
  }

  @Test
  void failures_otherThanAbsence_areLoud() {
    Bytes id = save("x");
    try (Message readOnly = store.message(id)) {
      MapiException refused =
          assertThrows(MapiException.class, () -> readOnly.set(Tags.SUBJECT, "y"));
      assertEquals(MAPI_E_NO_ACCESS, refused.hr());
    }
    try (Message message = store.messageForUpdate(id)) {
      MapiException computed =
          assertThrows(MapiException.class, () -> message.set(Tags.MESSAGE_SIZE, 1));
      assertEquals(MAPI_E_COMPUTED, computed.hr());
      Outcome outcome =
          Props.set(
              message.object(),
              List.of(SPropValue.of(PR_MESSAGE_SIZE, 1), SPropValue.of(PR_SUBJECT_W, "z")));
      assertFalse(outcome.isComplete());
      assertEquals(0, outcome.problems().get(0).ulIndex());
      assertEquals(Optional.of("z"), message.get(Tags.SUBJECT));
    }
    assertThrows(MapiException.class, () -> store.message(folder.entryId()));
    assertThrows(MapiException.class, () -> store.folder(id));
    assertThrows(IllegalArgumentException.class, () -> Key.number(PR_SUBJECT_W));
  }

  @Test
  void messages_manyPages_areAllSeenOnceInOrder() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      expected.add("%03d".formatted(i));
      Bytes saved = save("%03d".formatted(249 - i));
      assertFalse(saved.isEmpty());
    }
    Rows rows =
        folder
            .messages(Tags.SUBJECT)
            .sortedBy(SSortOrderSet.of(new SSortOrder(PR_SUBJECT_W, TABLE_SORT_ASCEND)));
    List<String> subjects = new ArrayList<>();
    for (Row row : rows) {
      subjects.add(row.get(Tags.SUBJECT).orElse("?"));
    }
    assertEquals(expected, subjects);
    assertEquals(250, rows.count());
    assertEquals(expected, rows.stream().map(row -> row.get(Tags.SUBJECT).orElseThrow()).toList());
    assertEquals(0, rows.where(new SExistRestriction(PR_BODY_W)).count());
  }

  @Test
  void rows_columns_areEmptyWhereAbsentAndRefusedWhereNotAsked() {
    assertFalse(save("only").isEmpty());
    for (Row row : folder.messages(Tags.SUBJECT, Tags.BODY)) {
      assertEquals(Optional.empty(), row.get(Tags.BODY));
      assertThrows(IllegalArgumentException.class, () -> row.get(Tags.IMPORTANCE));
      try (Message message = folder.message(row)) {
        assertEquals(row.entryId(), message.entryId());
      }
    }
  }

  @Test
  void folders_createMoveDelete_changeTheTree() {
    Bytes id = save("m");
    try (Folder target = folder.createFolder("Target")) {
      assertTrue(folder.moveMessages(List.of(id), target).isComplete());
      assertEquals(1, target.messages().count());
      assertEquals(0, folder.messages().count());
      assertTrue(target.copyMessages(List.of(id), folder).isComplete());
      assertEquals(1, folder.messages().count());
    }
    assertEquals("Target", folder.folder("Target").orElseThrow().name());
    assertTrue(folder.folder("None").isEmpty());
    for (Row row : folder.folders(Tags.CONTENT_COUNT)) {
      assertEquals(Optional.of(1), row.get(Tags.CONTENT_COUNT));
      assertTrue(folder.deleteFolder(row.entryId()).isComplete());
    }
    assertEquals(0, folder.folders().count());
  }

  @Test
  void deleteMessages_oneIsOpenForWriting_isIncomplete() {
    Bytes id = save("open");
    try (Message open = store.messageForUpdate(id)) {
      assertEquals(Optional.of("open"), open.get(Tags.SUBJECT));
      Outcome outcome = folder.deleteMessages(List.of(id));
      assertEquals(MAPI_W_PARTIAL_COMPLETION, outcome.hr());
      assertFalse(outcome.isComplete());
    }
    assertTrue(folder.deleteMessages(List.of(id)).isComplete());
  }

  @Test
  void recipients_addAndRemove_areSavedWithTheMessage() {
    Bytes id;
    try (Message message = folder.createMessage()) {
      message.addRecipient(MAPI_TO, "Ann", "SMTP", "ann@example.org");
      message.addRecipient(MAPI_CC, "Bob", "SMTP", "bob@example.org");
      for (Row row : message.recipients()) {
        if (row.get(Tags.RECIPIENT_TYPE).orElseThrow() == MAPI_CC) {
          message.removeRecipient(row);
        }
      }
      message.save();
      id = message.entryId();
    }
    try (Message message = store.message(id)) {
      List<String> addresses =
          message.recipients().stream()
              .map(row -> row.get(Tags.EMAIL_ADDRESS).orElseThrow())
              .toList();
      assertEquals(List.of("ann@example.org"), addresses);
    }
  }

  @Test
  void attachments_smallAndLarge_areReadBack() throws IOException {
    byte[] large = new byte[3_000_000];
    new Random(7).nextBytes(large);
    Bytes id;
    try (Message message = folder.createMessage()) {
      message.attach("small.txt", Bytes.of('a', 'b'));
      try (Attachment attachment = message.createAttachment()) {
        attachment.set(Tags.ATTACH_METHOD, ATTACH_BY_VALUE);
        attachment.set(Tags.ATTACH_LONG_FILENAME, "large.bin");
        try (OutputStream out = attachment.write(Tags.ATTACH_DATA)) {
          out.write(large);
        }
        attachment.save();
      }
      message.save();
      id = message.entryId();
    }
    try (Message message = store.messageForUpdate(id)) {
      for (Row row : message.attachments(Tags.ATTACH_LONG_FILENAME)) {
        try (Attachment attachment = message.attachment(row);
            InputStream in = attachment.read(Tags.ATTACH_DATA)) {
          boolean small = row.get(Tags.ATTACH_LONG_FILENAME).equals(Optional.of("small.txt"));
          Bytes expected = small ? Bytes.of('a', 'b') : Bytes.wrap(large);
          assertEquals(expected, Bytes.wrap(in.readAllBytes()));
          assertEquals(Optional.of(expected), attachment.get(Tags.ATTACH_DATA));
        }
      }
      Row first = message.attachments().iterator().next();
      message.removeAttachment(first);
      assertEquals(1, message.attachments().count());
    }
  }

  @Test
  void embedded_message_isReadBack() {
    Bytes id;
    try (Message message = folder.createMessage()) {
      try (Attachment attachment = message.createAttachment()) {
        try (Message inner = attachment.createEmbedded()) {
          inner.set(Tags.SUBJECT, "inner");
          inner.save();
        }
        attachment.save();
      }
      message.save();
      id = message.entryId();
    }
    try (Message message = store.message(id)) {
      Row row = message.attachments(Tags.ATTACH_METHOD).iterator().next();
      assertEquals(Optional.of(ATTACH_EMBEDDED_MSG), row.get(Tags.ATTACH_METHOD));
      try (Attachment attachment = message.attachment(row);
          Message inner = attachment.embedded()) {
        assertEquals(Optional.of("inner"), inner.get(Tags.SUBJECT));
      }
    }
  }

  @Test
  void text_largerThanGetProps_isReadWhole() {
    String body = "ä€\uD83D\uDE00x".repeat(300_000);
    Bytes id;
    try (Message message = folder.createMessage()) {
      message.set(Tags.BODY, body);
      message.save();
      id = message.entryId();
    }
    try (Message message = store.message(id)) {
      assertEquals(Optional.of(body), message.get(Tags.BODY));
    }
  }

  @Test
  void standardFolders_areOpened() {
    try (Folder root = store.root();
        Folder inbox = store.inbox()) {
      assertEquals("Inbox", inbox.name());
      assertTrue(root.folders().count() > 0);
    }
  }
}
