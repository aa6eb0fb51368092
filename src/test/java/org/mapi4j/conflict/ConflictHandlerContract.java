package org.mapi4j.conflict;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.conflict.Scene.*;
import static org.mapi4j.options.ConflictHandler.Answer.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.options.ConflictHandler;
import org.mapi4j.options.MessageConflict;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.Bytes;

/** The third way: a handler that is shown both versions, and its three answers. */
interface ConflictHandlerContract extends StoreFixture {
  /** Client B asks a handler that a test may set after the scene stands. */
  final class Asked implements ConflictHandler {
    final List<MessageConflict> conflicts = new ArrayList<>();
    Function<MessageConflict, Answer> answer = conflict -> keep();

    @Override
    public Answer onConflict(MessageConflict conflict) {
      conflicts.add(conflict);
      return answer.apply(conflict);
    }
  }

  private Scene scene(Asked handler) {
    StoreOptions asking = StoreOptions.builder().conflictHandler(handler).build();
    return new Scene(this, StoreOptions.DEFAULT, asking);
  }

  @Test
  default void conflict_keep_returnsObjectChangedAndShowsBothVersions() {
    Asked handler = new Asked();
    Scene scene = scene(handler);
    IMessage b = write(scene.openB(), PR_SUBJECT_W, "b");
    scene.saveAs(scene.storeA, PR_SUBJECT_W, "a");
    assertHr(MAPI_E_OBJECT_CHANGED, b.saveChanges(0));
    assertEquals("a", scene.stored(PR_SUBJECT_W));
    assertEquals("b", read(b, PR_SUBJECT_W));
    MessageConflict conflict = handler.conflicts.get(0);
    assertEquals(scene.messageId, conflict.entryId());
    assertFalse(conflict.deleted());
    assertEquals(conflict.openedVersion() + 1, conflict.storedVersion());
    MessageConflict.Difference subject =
        conflict.differences().stream()
            .filter(one -> one.propTag() >>> 16 == PR_SUBJECT_W >>> 16)
            .findFirst()
            .orElseThrow();
    assertEquals("base", subject.base().asString());
    assertEquals("a", subject.theirs().asString());
    assertEquals("b", subject.mine().asString());
  }

  @Test
  default void conflict_overwrite_storesWhatTheHandleSees() {
    Asked handler = new Asked();
    handler.answer = conflict -> overwrite();
    Scene scene = scene(handler);
    IMessage b = write(scene.openB(), PR_IMPORTANCE, 2);
    scene.saveAs(scene.storeA, PR_SUBJECT_W, "a");
    assertHr(S_OK, b.saveChanges(0));
    assertEquals("base", scene.stored(PR_SUBJECT_W));
    assertEquals(2, scene.stored(PR_IMPORTANCE));
    assertEquals(1, handler.conflicts.size());
  }

  @Test
  default void conflict_overwriteAfterAThirdSave_asksAgain() {
    Asked handler = new Asked();
    Scene scene = scene(handler);
    handler.answer =
        conflict -> {
          if (handler.conflicts.size() == 1) {
            scene.saveAs(scene.storeA, PR_SUBJECT_W, "third");
          }
          return overwrite();
        };
    IMessage b = write(scene.openB(), PR_IMPORTANCE, 2);
    scene.saveAs(scene.storeA, PR_SUBJECT_W, "a");
    assertHr(S_OK, b.saveChanges(0));
    assertEquals(2, handler.conflicts.size());
    assertEquals("base", scene.stored(PR_SUBJECT_W));
  }

  @Test
  default void conflict_saveElsewhere_makesTheHandleTheCopy() {
    Asked handler = new Asked();
    Scene scene = scene(handler);
    IMessage b = write(scene.openB(), PR_SUBJECT_W, "b");
    Bytes elsewhereId;
    try (IMAPIFolder elsewhere = scene.createFolder("elsewhere")) {
      elsewhereId = entryId(elsewhere);
    }
    IMAPIFolder target = openFolder(scene.storeB, elsewhereId);
    handler.answer = conflict -> saveElsewhere(target);
    scene.saveAs(scene.storeA, PR_SUBJECT_W, "a");
    assertHr(S_OK, b.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals("a", scene.stored(PR_SUBJECT_W));
    assertEquals(1, count(target));
    assertNotEquals(scene.messageId, entryId(b));
    assertHr(S_OK, write(b, PR_SUBJECT_W, "b2").saveChanges(0));
    assertEquals(1, count(target));
    assertEquals("a", scene.stored(PR_SUBJECT_W));
  }

  @Test
  default void conflict_deletedMessage_isShownAsDeletedAndMayBeSavedElsewhere() {
    Asked handler = new Asked();
    Scene scene = scene(handler);
    IMessage b = write(scene.openB(), PR_SUBJECT_W, "b");
    IMAPIFolder target;
    try (IMAPIFolder elsewhere = scene.createFolder("elsewhere")) {
      target = openFolder(scene.storeB, entryId(elsewhere));
    }
    scene.deleteFolder();
    assertHr(MAPI_E_OBJECT_DELETED, b.saveChanges(0));
    assertTrue(handler.conflicts.get(0).deleted());
    handler.answer = conflict -> overwrite();
    assertHr(MAPI_E_OBJECT_DELETED, b.saveChanges(0));
    handler.answer = conflict -> saveElsewhere(target);
    assertHr(S_OK, b.saveChanges(0));
    assertEquals(1, count(target));
    assertEquals("b", read(b, PR_SUBJECT_W));
  }

  @Test
  default void conflict_deletedMessageWithoutAnEdit_neverAsks() {
    Asked handler = new Asked();
    Scene scene = scene(handler);
    IMessage b = scene.openB();
    scene.deleteFolder();
    assertHr(MAPI_E_OBJECT_DELETED, b.saveChanges(0));
    assertEquals(List.of(), handler.conflicts);
  }

  @Test
  default void conflict_withForceSave_neverAsks() {
    Asked handler = new Asked();
    Scene scene = scene(handler);
    IMessage b = write(scene.openB(), PR_SUBJECT_W, "b");
    scene.saveAs(scene.storeA, PR_SUBJECT_W, "a");
    assertHr(S_OK, b.saveChanges(FORCE_SAVE | KEEP_OPEN_READWRITE));
    write(b, PR_SUBJECT_W, "b2");
    scene.deleteFolder();
    assertHr(MAPI_E_OBJECT_DELETED, b.saveChanges(FORCE_SAVE));
    assertEquals(List.of(), handler.conflicts);
  }

  @Test
  default void conflict_handlerThatThrows_countsAsKeep() {
    Asked handler = new Asked();
    handler.answer =
        conflict -> {
          throw new IllegalStateException("the console is gone");
        };
    Scene scene = scene(handler);
    IMessage b = write(scene.openB(), PR_SUBJECT_W, "b");
    scene.saveAs(scene.storeA, PR_SUBJECT_W, "a");
    assertHr(MAPI_E_OBJECT_CHANGED, b.saveChanges(0));
    assertEquals("a", scene.stored(PR_SUBJECT_W));
  }

  @Test
  default void conflict_noConflict_neverAsks() {
    Asked handler = new Asked();
    Scene scene = scene(handler);
    assertHr(S_OK, write(scene.openB(), PR_SUBJECT_W, "b").saveChanges(0));
    assertEquals(List.of(), handler.conflicts);
  }
}
