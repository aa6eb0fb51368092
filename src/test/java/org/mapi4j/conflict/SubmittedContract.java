package org.mapi4j.conflict;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.conflict.Scene.*;
import static org.mapi4j.provider.SubmitState.locked;
import static org.mapi4j.provider.SubmitState.submitted;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.options.ConflictHandler;
import org.mapi4j.options.MessageConflict;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.MapiGuid;

/**
 * Messages that wait to be sent or that the spooler has: nobody saves them, and nothing is lost.
 */
interface SubmittedContract extends StoreFixture {
  @ParameterizedTest
  @ValueSource(ints = {0, KEEP_OPEN_READWRITE, FORCE_SAVE, FORCE_SAVE | KEEP_OPEN_READWRITE})
  default void saveChanges_submittedSinceOpen_returnsSubmittedUntilItNoLongerIs(int flags) {
    Scene scene = scene();
    IMessage b = write(scene.openB(), PR_SUBJECT_W, "b");
    submitted(scene.storeA, scene.messageId, true);
    assertHr(MAPI_E_SUBMITTED, b.saveChanges(flags));
    assertHr(MAPI_E_SUBMITTED, b.saveChanges(flags));
    assertRefusedAndIntact(scene, b);
    submitted(scene.storeA, scene.messageId, false);
    assertHr(S_OK, b.saveChanges(flags));
    assertEquals("b", scene.stored(PR_SUBJECT_W));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, KEEP_OPEN_READWRITE, FORCE_SAVE, FORCE_SAVE | KEEP_OPEN_READWRITE})
  default void saveChanges_lockedBySpooler_returnsNoAccessUntilItIsUnlocked(int flags) {
    Scene scene = scene();
    IMessage b = write(scene.openB(), PR_SUBJECT_W, "b");
    locked(scene.storeA, scene.messageId, true);
    assertHr(MAPI_E_NO_ACCESS, b.saveChanges(flags));
    assertHr(MAPI_E_NO_ACCESS, b.saveChanges(flags));
    assertRefusedAndIntact(scene, b);
    locked(scene.storeA, scene.messageId, false);
    assertHr(S_OK, b.saveChanges(flags));
    assertEquals("b", scene.stored(PR_SUBJECT_W));
  }

  private static void assertRefusedAndIntact(Scene scene, IMessage b) {
    assertEquals("base", scene.stored(PR_SUBJECT_W));
    assertEquals("b", read(b, PR_SUBJECT_W));
    assertEquals(MAPI_MODIFY, read(b, PR_ACCESS_LEVEL));
    assertEquals(MSGFLAG_SUBMIT, (Integer) read(b, PR_MESSAGE_FLAGS) & MSGFLAG_SUBMIT);
    write(b, PR_SENSITIVITY, 1);
    try (IMAPIFolder elsewhere = scene.createFolder("rescue");
        IMessage rescued = ok(elsewhere.createMessage(null, 0))) {
      assertHr(S_OK, b.copyTo(List.of(), null, 0, null, MapiGuid.IID_IMessage, rescued, 0).hr());
      assertHr(S_OK, rescued.saveChanges(KEEP_OPEN_READONLY));
      assertEquals("b", read(rescued, PR_SUBJECT_W));
      assertEquals(0, (Integer) read(rescued, PR_MESSAGE_FLAGS) & MSGFLAG_SUBMIT);
    }
  }

  @Test
  default void saveChanges_submittedAndStale_isSubmittedFirstAndStaleAfterwards() {
    Scene scene = scene();
    IMessage b = write(scene.openB(), PR_SUBJECT_W, "b");
    scene.saveAs(scene.storeA, PR_SUBJECT_W, "a");
    submitted(scene.storeA, scene.messageId, true);
    assertHr(MAPI_E_SUBMITTED, b.saveChanges(0));
    submitted(scene.storeA, scene.messageId, false);
    assertHr(MAPI_E_OBJECT_CHANGED, b.saveChanges(0));
    assertEquals("a", scene.stored(PR_SUBJECT_W));
  }

  @Test
  default void saveChanges_submittedWithoutPendingEdit_isRefusedToo() {
    Scene scene = scene();
    IMessage b = scene.openB();
    submitted(scene.storeA, scene.messageId, true);
    assertHr(MAPI_E_SUBMITTED, b.saveChanges(KEEP_OPEN_READWRITE));
    locked(scene.storeA, scene.messageId, true);
    assertHr(MAPI_E_NO_ACCESS, b.saveChanges(KEEP_OPEN_READWRITE));
  }

  @Test
  default void saveChanges_submittedAndDeletedWithItsFolder_isDeleted() {
    Scene scene = scene();
    IMessage b = write(scene.openB(), PR_SUBJECT_W, "b");
    submitted(scene.storeA, scene.messageId, true);
    scene.deleteFolder();
    assertHr(MAPI_E_OBJECT_DELETED, b.saveChanges(FORCE_SAVE));
  }

  @Test
  default void saveChanges_submitted_asksNoConflictHandler() {
    List<MessageConflict> asked = new ArrayList<>();
    ConflictHandler handler =
        conflict -> {
          asked.add(conflict);
          return ConflictHandler.Answer.overwrite();
        };
    Scene scene =
        new Scene(
            this, StoreOptions.DEFAULT, StoreOptions.builder().conflictHandler(handler).build());
    IMessage b = write(scene.openB(), PR_SUBJECT_W, "b");
    scene.saveAs(scene.storeA, PR_SUBJECT_W, "a");
    submitted(scene.storeA, scene.messageId, true);
    assertHr(MAPI_E_SUBMITTED, b.saveChanges(0));
    assertEquals(List.of(), asked);
  }

  @Test
  default void openEntry_submittedOrLocked_isRefusedForWritingOnly() {
    Scene scene = scene();
    Bytes id = scene.messageId;
    submitted(scene.storeA, id, true);
    assertHr(MAPI_E_SUBMITTED, scene.storeB.openEntry(id, null, MAPI_MODIFY).hr());
    locked(scene.storeA, id, true);
    assertHr(MAPI_E_NO_ACCESS, scene.storeB.openEntry(id, null, MAPI_MODIFY).hr());
    IMessage best = scene.open(scene.storeB, MAPI_BEST_ACCESS);
    assertEquals(0, read(best, PR_ACCESS_LEVEL));
    assertHr(MAPI_E_NO_ACCESS, best.saveChanges(FORCE_SAVE));
    assertEquals("base", read(best, PR_SUBJECT_W));
  }

  @Test
  default void copyMessages_submitted_copiesWithoutTheStateAndMovesNothing() {
    Scene scene = scene();
    submitted(scene.storeA, scene.messageId, true);
    ENTRYLIST message = scene.message();
    try (IMAPIFolder target = scene.createFolder("target")) {
      assertHr(
          MAPI_W_PARTIAL_COMPLETION,
          scene.folder.copyMessages(message, null, target, 0, null, MESSAGE_MOVE));
      assertEquals(0, count(target));
      assertEquals(1, count(scene.folder));
      assertHr(S_OK, scene.folder.copyMessages(message, null, target, 0, null, 0));
      assertEquals(List.of(0), flags(target));
      assertEquals(List.of(MSGFLAG_SUBMIT), flags(scene.folder));
    }
  }

  /** MSGFLAG_SUBMIT of each message of a folder. */
  private static List<Integer> flags(IMAPIFolder folder) {
    return values(folder, PR_MESSAGE_FLAGS).stream()
        .map(value -> (Integer) value & MSGFLAG_SUBMIT)
        .toList();
  }
}
