package org.mapi4j.conflict;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.conflict.Scene.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IStream;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.Stg;

/** What makes a handle edited, and what counts of streams and attachments at a save. */
interface PendingEditContract extends StoreFixture {
  /** Every kind of edit, equal values too: each makes a stale save a conflict. */
  private static Map<String, Consumer<IMessage>> edits() {
    Map<String, Consumer<IMessage>> edits = new LinkedHashMap<>();
    edits.put("SetProps", message -> write(message, PR_SENSITIVITY, 1));
    edits.put("SetProps of the equal value", message -> write(message, PR_SUBJECT_W, "base"));
    edits.put("DeleteProps", message -> delete(message, PR_IMPORTANCE));
    edits.put("ModifyRecipients", message -> addRecipient(message, "second"));
    edits.put("attachment SaveChanges", message -> addAttachment(message, "new.txt"));
    edits.put("DeleteAttach", Scene::dropAttachments);
    edits.put(
        "a stream write",
        message -> {
          try (IStream stream = stream(message, PR_BODY_W, DIRECT)) {
            writeStream(stream, new byte[] {'x', 0});
          }
        });
    return edits;
  }

  @TestFactory
  default Stream<DynamicTest> saveChanges_staleAfterAnyEdit_returnsObjectChanged() {
    return edits().entrySet().stream()
        .map(
            edit ->
                DynamicTest.dynamicTest(
                    edit.getKey(),
                    () -> {
                      Scene scene = scene();
                      IMessage b = scene.openB();
                      edit.getValue().accept(b);
                      scene.saveAs(scene.storeA, PR_MESSAGE_CLASS_W, "IPM.Other");
                      assertHr(MAPI_E_OBJECT_CHANGED, b.saveChanges(0));
                      assertEquals("IPM.Other", scene.stored(PR_MESSAGE_CLASS_W));
                      assertHr(S_OK, b.saveChanges(FORCE_SAVE));
                    }));
  }

  @TestFactory
  default Stream<DynamicTest> saveChanges_anyEdit_makesOtherHandlesStale() {
    return edits().entrySet().stream()
        .map(
            edit ->
                DynamicTest.dynamicTest(
                    edit.getKey(),
                    () -> {
                      Scene scene = scene();
                      IMessage b = write(scene.openB(), PR_SENSITIVITY, 2);
                      IMessage a = scene.openA();
                      edit.getValue().accept(a);
                      assertHr(S_OK, a.saveChanges(0));
                      assertHr(MAPI_E_OBJECT_CHANGED, b.saveChanges(0));
                    }));
  }

  @Test
  default void copyTo_intoTheHandle_isAnEdit() {
    Scene scene = scene();
    IMessage b = scene.openB();
    IMessage source = write(scene.newMessage(), PR_SUBJECT_W, "copied");
    assertHr(S_OK, source.copyTo(List.of(), null, 0, null, MapiGuid.IID_IMessage, b, 0).hr());
    scene.saveAs(scene.storeA, PR_IMPORTANCE, 2);
    assertHr(MAPI_E_OBJECT_CHANGED, b.saveChanges(0));
  }

  @Test
  default void copyTo_fromAHandleWithEdits_readsTheEdits_copyMessagesDoesNot() {
    Scene scene = scene();
    IMessage b = write(scene.openB(), PR_SUBJECT_W, "edited");
    IMessage copy = scene.newMessage();
    assertHr(S_OK, b.copyTo(List.of(), null, 0, null, MapiGuid.IID_IMessage, copy, 0).hr());
    assertEquals("edited", read(copy, PR_SUBJECT_W));
    copy.close();
    try (var target = scene.createFolder("target")) {
      assertHr(S_OK, scene.folder.copyMessages(scene.message(), null, target, 0, null, 0));
      try (var table = ok(target.getContentsTable(MAPI_UNICODE))) {
        assertHr(S_OK, table.setColumns(SPropTagArray.tags(PR_SUBJECT_W), 0));
        assertEquals("base", ok(table.queryRows(1, 0)).get(0).lpProps().get(0).asString());
      }
    }
  }

  @Test
  default void stream_direct_countsAtTheSaveWithoutCommit() {
    Scene scene = scene();
    IMessage b = scene.openB();
    IStream stream = stream(b, PR_BODY_W, DIRECT);
    writeStream(stream, new byte[] {'h', 0, 'i', 0});
    assertHr(S_OK, b.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals("hi", scene.stored(PR_BODY_W));
  }

  @Test
  default void stream_transacted_countsOnlyWhatWasCommitted() {
    Scene scene = scene();
    IMessage b = scene.openB();
    try (IStream stream = stream(b, PR_BODY_W, TRANSACTED)) {
      writeStream(stream, new byte[] {'h', 0});
      assertHr(S_OK, stream.commit(Stg.STGC_DEFAULT));
      writeStream(stream, new byte[] {'i', 0});
    }
    assertHr(S_OK, b.saveChanges(0));
    assertEquals("h", scene.stored(PR_BODY_W));
  }

  @Test
  default void attachment_notSavedAtItsLevel_doesNotAppear() {
    Scene scene = scene();
    IMessage b = scene.openB();
    IAttach unsaved = ok(b.createAttach(null, 0)).lppAttach();
    write(unsaved, PR_ATTACH_FILENAME_W, "unsaved.txt");
    assertEquals(List.of("base.txt"), attachments(b));
    assertHr(S_OK, write(b, PR_IMPORTANCE, 2).saveChanges(KEEP_OPEN_READWRITE));
    assertEquals(List.of("base.txt"), scene.storedAttachments());
  }

  @Test
  default void attachment_savedAtItsLevel_appearsWithTheMessageOnly() {
    Scene scene = scene();
    IMessage b = scene.openB();
    addAttachment(b, "new.txt");
    assertEquals(List.of("base.txt", "new.txt"), attachments(b));
    assertEquals(List.of("base.txt"), scene.storedAttachments());
    assertHr(S_OK, b.saveChanges(0));
    assertEquals(List.of("base.txt", "new.txt"), scene.storedAttachments());
  }

  @Test
  default void deleteAttach_releasedUnsaved_isUndone() {
    Scene scene = scene();
    try (IMessage b = scene.openB()) {
      dropAttachments(b);
      assertEquals(List.of(), attachments(b));
    }
    assertEquals(List.of("base.txt"), scene.storedAttachments());
  }

  @Test
  default void recipients_ofTheHandle_showAtOnce_andForOthersAfterTheSave() {
    Scene scene = scene();
    IMessage b = scene.openB();
    addRecipient(b, "second");
    assertEquals(List.of("first", "second"), recipients(b));
    try (IMessage a = scene.open(scene.storeA, 0)) {
      assertEquals(List.of("first"), recipients(a));
    }
    assertHr(S_OK, b.saveChanges(0));
    try (IMessage a = scene.open(scene.storeA, 0)) {
      assertEquals(List.of("first", "second"), recipients(a));
    }
  }

  @Test
  default void attachment_openedTwiceThroughOneHandle_conflictsAtItsOwnSave() {
    Scene scene = scene();
    IMessage b = scene.openB();
    IAttach first = ok(b.openAttach(0, null, MAPI_MODIFY));
    IAttach second = ok(b.openAttach(0, null, MAPI_MODIFY));
    assertHr(S_OK, write(first, PR_ATTACH_FILENAME_W, "one").saveChanges(KEEP_OPEN_READWRITE));
    assertHr(MAPI_E_OBJECT_CHANGED, write(second, PR_DISPLAY_NAME_W, "two").saveChanges(0));
    assertEquals(List.of("one"), attachments(b));
    assertHr(S_OK, second.saveChanges(FORCE_SAVE));
    assertEquals(List.of("base.txt"), attachments(b));
    assertHr(S_OK, b.saveChanges(0));
    assertEquals(List.of("base.txt"), scene.storedAttachments());
  }

  @Test
  default void attachment_savedByForceAfterOneSave_makesTheOtherHandleStale() {
    Scene scene = scene();
    IMessage b = scene.openB();
    IAttach first = ok(b.openAttach(0, null, MAPI_MODIFY));
    IAttach second = ok(b.openAttach(0, null, MAPI_MODIFY));
    assertHr(S_OK, write(first, PR_DISPLAY_NAME_W, "one").saveChanges(KEEP_OPEN_READWRITE));
    int force = FORCE_SAVE | KEEP_OPEN_READWRITE;
    assertHr(S_OK, write(second, PR_DISPLAY_NAME_W, "two").saveChanges(force));
    assertHr(MAPI_E_OBJECT_CHANGED, write(first, PR_DISPLAY_NAME_W, "three").saveChanges(0));
  }

  @Test
  default void attachment_savedWithoutAnEdit_makesNoOtherHandleStale() {
    Scene scene = scene();
    IMessage b = scene.openB();
    IAttach first = ok(b.openAttach(0, null, MAPI_MODIFY));
    IAttach second = ok(b.openAttach(0, null, MAPI_MODIFY));
    assertHr(S_OK, first.saveChanges(KEEP_OPEN_READWRITE));
    assertHr(S_OK, write(second, PR_DISPLAY_NAME_W, "two").saveChanges(0));
  }

  @Test
  default void attachment_deletedWhileOpen_cannotBeSavedBack() {
    Scene scene = scene();
    IMessage b = scene.openB();
    IAttach open = write(ok(b.openAttach(0, null, MAPI_MODIFY)), PR_DISPLAY_NAME_W, "late");
    dropAttachments(b);
    assertHr(MAPI_E_OBJECT_DELETED, open.saveChanges(0));
    assertHr(MAPI_E_OBJECT_DELETED, open.saveChanges(FORCE_SAVE));
    assertEquals(List.of(), attachments(b));
  }

  @Test
  default void embeddedMessage_openedTwiceThroughOneHandle_conflictsAtItsOwnSave() {
    Scene scene = scene();
    IMessage b = scene.openB();
    IAttach attach = ok(b.createAttach(null, 0)).lppAttach();
    write(attach, PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG);
    IMessage made = embedded(attach, MAPI_CREATE | MAPI_MODIFY);
    assertHr(S_OK, write(made, PR_SUBJECT_W, "inner").saveChanges(0));
    IMessage first = embedded(attach, MAPI_MODIFY);
    IMessage second = embedded(attach, MAPI_MODIFY);
    assertHr(S_OK, write(first, PR_SUBJECT_W, "one").saveChanges(0));
    assertHr(MAPI_E_OBJECT_CHANGED, write(second, PR_SUBJECT_W, "two").saveChanges(0));
    assertEquals("one", read(embedded(attach, 0), PR_SUBJECT_W));
    assertHr(S_OK, second.saveChanges(FORCE_SAVE));
    assertEquals("two", read(embedded(attach, 0), PR_SUBJECT_W));
    assertHr(S_OK, attach.saveChanges(0));
    assertHr(S_OK, b.saveChanges(0));
    try (IMessage now = scene.open(scene.storeA, 0);
        IAttach saved = ok(now.openAttach(1, null, 0))) {
      assertEquals("two", read(embedded(saved, 0), PR_SUBJECT_W));
    }
  }

  @Test
  default void embeddedMessage_savedWithoutAnEditOrReplacedByData_isNoneThatCounts() {
    Scene scene = scene();
    IMessage b = scene.openB();
    IAttach attach = ok(b.createAttach(null, 0)).lppAttach();
    IMessage made = embedded(attach, MAPI_CREATE | MAPI_MODIFY);
    assertHr(S_OK, write(made, PR_SUBJECT_W, "inner").saveChanges(0));
    IMessage idle = embedded(attach, MAPI_MODIFY);
    IMessage edited = embedded(attach, MAPI_MODIFY);
    assertHr(S_OK, idle.saveChanges(KEEP_OPEN_READWRITE));
    assertHr(S_OK, write(edited, PR_SUBJECT_W, "two").saveChanges(KEEP_OPEN_READWRITE));
    write(attach, PR_ATTACH_DATA_BIN, Bytes.of(1));
    assertHr(MAPI_E_OBJECT_DELETED, write(edited, PR_SUBJECT_W, "late").saveChanges(FORCE_SAVE));
    assertEquals(Bytes.of(1), read(attach, PR_ATTACH_DATA_BIN));
  }

  private static IMessage embedded(IAttach attach, int flags) {
    return (IMessage) ok(attach.openProperty(PR_ATTACH_DATA_OBJ, MapiGuid.IID_IMessage, 0, flags));
  }

  @Test
  default void attachmentData_droppedMeanwhile_isStillReadByTheOpenHandleAndRescued() {
    Scene scene = scene();
    IMessage b = scene.openB();
    IMessage a = scene.openA();
    dropAttachments(a);
    assertHr(S_OK, a.saveChanges(0));
    IMessage copy = scene.newMessage();
    assertHr(S_OK, b.copyTo(List.of(), null, 0, null, MapiGuid.IID_IMessage, copy, 0).hr());
    assertHr(S_OK, copy.saveChanges(KEEP_OPEN_READONLY));
    assertEquals(Bytes.of(1, 2, 3), read(ok(copy.openAttach(0, null, 0)), PR_ATTACH_DATA_BIN));
  }

  @Test
  default void submitMessage_notOffered_savesNothing() {
    Scene scene = scene();
    IMessage b = write(scene.openB(), PR_SUBJECT_W, "b");
    assertHr(MAPI_E_NO_SUPPORT, b.submitMessage(0));
    assertEquals("base", scene.stored(PR_SUBJECT_W));
  }
}
