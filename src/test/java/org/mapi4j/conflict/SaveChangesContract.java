package org.mapi4j.conflict;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.conflict.Scene.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiGuid;

/** The conflict rule: which code, what is stored afterwards, and what the handle still has. */
interface SaveChangesContract extends StoreFixture {
  @Test
  default void saveChanges_unknownFlag_isRefusedAndKeepsTheHandle() {
    Scene scene = scene();
    IMessage b = write(scene.openB(), PR_SUBJECT_W, "b");
    assertHr(MAPI_E_UNKNOWN_FLAGS, b.saveChanges(0x40000000 | FORCE_SAVE));
    assertEquals("base", scene.stored(PR_SUBJECT_W));
    assertHr(S_OK, write(b, PR_IMPORTANCE, 2).saveChanges(0));
    assertEquals("b", scene.stored(PR_SUBJECT_W));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, FORCE_SAVE, KEEP_OPEN_READWRITE, FORCE_SAVE | KEEP_OPEN_READONLY})
  default void saveChanges_openedReadOnly_returnsNoAccess(int flags) {
    Scene scene = scene();
    IMessage b = scene.open(scene.storeB, 0);
    assertHr(MAPI_E_NO_ACCESS, b.saveChanges(flags));
    scene.saveAs(scene.storeA, PR_SUBJECT_W, "a");
    assertHr(MAPI_E_NO_ACCESS, b.saveChanges(flags));
    assertEquals("a", scene.stored(PR_SUBJECT_W));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, FORCE_SAVE, FORCE_SAVE | KEEP_OPEN_READWRITE, MAPI_DEFERRED_ERRORS})
  default void saveChanges_folderDeleted_returnsObjectDeletedAndCopyToRescuesTheEdits(int flags) {
    Scene scene = scene();
    IMessage b = write(scene.openB(), PR_SUBJECT_W, "b");
    scene.deleteFolder();
    assertHr(MAPI_E_OBJECT_DELETED, b.saveChanges(flags));
    assertHr(MAPI_E_OBJECT_DELETED, b.saveChanges(flags));
    assertEquals("b", read(b, PR_SUBJECT_W));
    try (IMAPIFolder elsewhere = scene.createFolder("elsewhere");
        IMessage rescued = ok(elsewhere.createMessage(null, 0))) {
      assertHr(S_OK, b.copyTo(List.of(), null, 0, null, MapiGuid.IID_IMessage, rescued, 0).hr());
      assertHr(S_OK, rescued.saveChanges(KEEP_OPEN_READONLY));
      assertEquals("b", read(rescued, PR_SUBJECT_W));
      assertEquals(List.of("first"), recipients(rescued));
      assertEquals(List.of("base.txt"), attachments(rescued));
    }
  }

  @Test
  default void saveChanges_newMessage_countsAsEditedAndIsInvisibleBefore() {
    Scene scene = scene();
    IMessage fresh = scene.newMessage();
    assertEquals(1, count(scene.folder));
    assertHr(S_OK, fresh.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals(2, count(scene.folder));
    Bytes id = entryId(fresh);
    assertHr(S_OK, scene.storeB.openEntry(id, null, 0).hr());
  }

  @ParameterizedTest
  @ValueSource(ints = {KEEP_OPEN_READWRITE, FORCE_SAVE | KEEP_OPEN_READWRITE})
  default void saveChanges_noPendingEdit_writesNothingAndKeepsItsVersion(int flags) {
    Scene scene = scene();
    IMessage b = scene.openB();
    assertHr(S_OK, b.saveChanges(flags));
    scene.saveAs(scene.storeA, PR_SUBJECT_W, "a");
    assertHr(S_OK, b.saveChanges(flags));
    assertEquals("a", scene.stored(PR_SUBJECT_W));
    assertEquals("base", read(b, PR_SUBJECT_W));
    assertHr(MAPI_E_OBJECT_CHANGED, write(b, PR_IMPORTANCE, 2).saveChanges(0));
  }

  @Test
  default void saveChanges_afterItsOwnSave_hasNoPendingEdit() {
    Scene scene = scene();
    IMessage b = write(scene.openB(), PR_SUBJECT_W, "b");
    assertHr(S_OK, b.saveChanges(KEEP_OPEN_READWRITE));
    scene.saveAs(scene.storeA, PR_SUBJECT_W, "a");
    assertHr(S_OK, b.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals("a", scene.stored(PR_SUBJECT_W));
  }

  @Test
  default void saveChanges_nobodySavedSince_storesIt_andAgainOnTheSameHandle() {
    Scene scene = scene();
    IMessage b = scene.openB();
    for (String text : List.of("one", "two", "three")) {
      assertHr(S_OK, write(b, PR_SUBJECT_W, text).saveChanges(KEEP_OPEN_READWRITE));
      assertEquals(text, scene.stored(PR_SUBJECT_W));
    }
  }

  @Test
  default void saveChanges_afterMoveWithinTheStore_staysInItsPresentFolder() {
    Scene scene = scene();
    IMessage b = write(scene.openB(), PR_SUBJECT_W, "b");
    try (IMAPIFolder target = scene.createFolder("target")) {
      assertHr(
          S_OK, scene.folder.copyMessages(scene.message(), null, target, 0, null, MESSAGE_MOVE));
      assertHr(S_OK, b.saveChanges(0));
      assertEquals(0, count(scene.folder));
      assertEquals(1, count(target));
      assertEquals("b", scene.stored(PR_SUBJECT_W));
    }
  }

  @Test
  default void saveChanges_afterAnotherHandleSaved_returnsObjectChanged() {
    Scene scene = scene();
    IMessage first = scene.openA();
    IMessage second = scene.openB();
    assertHr(S_OK, write(first, PR_SUBJECT_W, "a").saveChanges(KEEP_OPEN_READWRITE));
    assertHr(MAPI_E_OBJECT_CHANGED, write(second, PR_SUBJECT_W, "b").saveChanges(0));
    assertHr(S_OK, second.saveChanges(FORCE_SAVE));
    assertEquals("b", scene.stored(PR_SUBJECT_W));
    assertHr(MAPI_E_OBJECT_CHANGED, write(first, PR_SUBJECT_W, "a2").saveChanges(0));
  }

  @Test
  default void saveChanges_twoHandlesOfOneSession_conflictLikeTwoPrograms() {
    Scene scene = scene();
    IMessage first = scene.openA();
    IMessage second = scene.openA();
    assertHr(S_OK, write(first, PR_SUBJECT_W, "a").saveChanges(0));
    assertHr(MAPI_E_OBJECT_CHANGED, write(second, PR_IMPORTANCE, 2).saveChanges(0));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        KEEP_OPEN_READONLY,
        KEEP_OPEN_READWRITE,
        KEEP_OPEN_READONLY | KEEP_OPEN_READWRITE,
        MAPI_DEFERRED_ERRORS
      })
  default void saveChanges_stale_failsOnEveryRetryAndKeepsSnapshotAndEdits(int flags) {
    Scene scene = scene();
    IMessage b = write(scene.openB(), PR_IMPORTANCE, 2);
    scene.saveAs(scene.storeA, PR_SUBJECT_W, "a");
    Object before = scene.stored(PR_LAST_MODIFICATION_TIME);
    for (int i = 0; i < 3; i++) {
      assertHr(MAPI_E_OBJECT_CHANGED, b.saveChanges(flags));
    }
    assertEquals("a", scene.stored(PR_SUBJECT_W));
    assertEquals(1, scene.stored(PR_IMPORTANCE));
    assertEquals(before, scene.stored(PR_LAST_MODIFICATION_TIME));
    assertEquals(2, read(b, PR_IMPORTANCE));
    assertEquals("base", read(b, PR_SUBJECT_W));
    assertEquals(MAPI_MODIFY, read(b, PR_ACCESS_LEVEL));
    write(b, PR_SENSITIVITY, 1);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        KEEP_OPEN_READONLY,
        KEEP_OPEN_READWRITE,
        KEEP_OPEN_READONLY | KEEP_OPEN_READWRITE,
        MAPI_DEFERRED_ERRORS
      })
  default void saveChanges_staleWithForceSave_storesExactlyWhatTheHandleSees(int flags) {
    Scene scene = scene();
    IMessage b = write(scene.openB(), PR_IMPORTANCE, 2);
    IMessage a = scene.openA();
    write(a, PR_SUBJECT_W, "a");
    write(a, PR_SENSITIVITY, 1);
    addRecipient(a, "second");
    dropAttachments(a);
    assertHr(S_OK, a.saveChanges(0));
    assertEquals(List.of(), scene.storedAttachments());
    assertHr(S_OK, b.saveChanges(FORCE_SAVE | flags));
    assertEquals("base", scene.stored(PR_SUBJECT_W));
    assertEquals(2, scene.stored(PR_IMPORTANCE));
    assertNull(scene.stored(PR_SENSITIVITY));
    try (IMessage now = scene.open(scene.storeA, 0)) {
      assertEquals(List.of("first"), recipients(now));
      assertEquals(List.of("base.txt"), attachments(now));
      assertEquals(Bytes.of(1, 2, 3), read(ok(now.openAttach(0, null, 0)), PR_ATTACH_DATA_BIN));
    }
  }

  @Test
  default void openEntry_readOnly_isASnapshotOfOneVersion() {
    Scene scene = scene();
    IMessage b = scene.open(scene.storeB, 0);
    IMessage a = scene.openA();
    write(a, PR_SUBJECT_W, "a");
    addRecipient(a, "second");
    dropAttachments(a);
    assertHr(S_OK, a.saveChanges(0));
    assertEquals("base", read(b, PR_SUBJECT_W));
    assertEquals(List.of("first"), recipients(b));
    assertEquals(List.of("base.txt"), attachments(b));
    assertEquals(Bytes.of(1, 2, 3), read(ok(b.openAttach(0, null, 0)), PR_ATTACH_DATA_BIN));
    assertHr(S_OK, b.getProps(tags(PR_SUBJECT_W), 0).hr());
  }
}
