package org.mapi4j.conflict;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.conflict.Scene.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import org.junit.jupiter.api.Test;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMessage;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.options.StoreProfile;
import org.mapi4j.types.Bytes;

/** Deleting a message that someone has open, in both profiles. */
interface OpenDeletionContract extends StoreFixture {
  private static StoreOptions outlook() {
    return StoreOptions.builder().profile(StoreProfile.OUTLOOK).build();
  }

  @Test
  default void deleteMessages_openForWriting_leavesItWithAWarning() {
    Scene scene = scene();
    IMessage b = scene.openB();
    assertHr(MAPI_W_PARTIAL_COMPLETION, scene.folder.deleteMessages(scene.message(), 0, null, 0));
    assertEquals(1, count(scene.folder));
    b.close();
    assertHr(S_OK, scene.folder.deleteMessages(scene.message(), 0, null, 0));
    assertEquals(0, count(scene.folder));
  }

  @Test
  default void deleteMessages_openReadOnly_deletesAndTheSnapshotStaysReadable() {
    Scene scene = scene();
    IMessage b = scene.open(scene.storeB, 0);
    assertHr(S_OK, scene.folder.deleteMessages(scene.message(), 0, null, 0));
    assertEquals(0, count(scene.folder));
    assertEquals("base", read(b, PR_SUBJECT_W));
  }

  @Test
  default void emptyFolder_openForWriting_leavesItWithAWarning() {
    Scene scene = scene();
    IMessage b = scene.openB();
    assertHr(MAPI_W_PARTIAL_COMPLETION, scene.folder.emptyFolder(0, null, 0));
    assertEquals(1, count(scene.folder));
    assertHr(S_OK, write(b, PR_SUBJECT_W, "b").saveChanges(0));
  }

  @Test
  default void setReadFlags_openForWriting_leavesItWithAWarning() {
    Scene scene = scene();
    int before = (Integer) scene.stored(PR_MESSAGE_FLAGS);
    int change = (before & MSGFLAG_READ) != 0 ? CLEAR_READ_FLAG : SUPPRESS_RECEIPT;
    IMessage b = scene.openB();
    assertHr(
        MAPI_W_PARTIAL_COMPLETION, scene.folder.setReadFlags(scene.message(), 0, null, change));
    assertEquals(before, scene.stored(PR_MESSAGE_FLAGS));
    b.close();
    assertHr(S_OK, scene.folder.setReadFlags(scene.message(), 0, null, change));
  }

  @Test
  default void deleteMessages_outlookProfile_onlyPendingEditsOfOthersProtect() {
    Scene scene = new Scene(this, outlook());
    IMessage own = write(scene.openA(), PR_SUBJECT_W, "own edit");
    IMessage idle = scene.openB();
    IMessage editing = write(scene.openB(), PR_SUBJECT_W, "b");
    assertHr(MAPI_W_PARTIAL_COMPLETION, scene.folder.deleteMessages(scene.message(), 0, null, 0));
    editing.close();
    assertHr(S_OK, scene.folder.deleteMessages(scene.message(), 0, null, 0));
    assertHr(MAPI_E_OBJECT_DELETED, own.saveChanges(0));
    assertHr(MAPI_E_OBJECT_DELETED, write(idle, PR_SUBJECT_W, "late").saveChanges(FORCE_SAVE));
    assertEquals("late", read(idle, PR_SUBJECT_W));
  }

  @Test
  default void deleteMessages_outlookProfile_whatWasSavedProtectsNoMore() {
    Scene scene = new Scene(this, outlook());
    IMessage b = write(scene.openB(), PR_SUBJECT_W, "b");
    assertHr(S_OK, b.saveChanges(KEEP_OPEN_READWRITE));
    assertHr(S_OK, scene.folder.deleteMessages(scene.message(), 0, null, 0));
    assertEquals("b", read(b, PR_SUBJECT_W));
  }

  @Test
  default void deleteMessages_releasedWhileAnAttachmentIsOpen_deletesAndThatStaysReadable() {
    Scene scene = scene();
    IMessage b = scene.openB();
    IAttach attach = ok(b.openAttach(0, null, 0));
    b.close();
    assertHr(S_OK, scene.folder.deleteMessages(scene.message(), 0, null, 0));
    assertEquals(Bytes.of(1, 2, 3), read(attach, PR_ATTACH_DATA_BIN));
  }

  @Test
  default void deleteFolder_withOpenMessage_deletesItRegardless() {
    Scene scene = scene();
    IMessage b = write(scene.openB(), PR_SUBJECT_W, "b");
    scene.deleteFolder();
    assertHr(MAPI_E_NOT_FOUND, scene.storeA.openEntry(scene.messageId, null, 0).hr());
    assertHr(MAPI_E_OBJECT_DELETED, b.saveChanges(0));
  }
}
