package org.mapi4j.conflict;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.conflict.Scene.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.options.StoreProfile;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiGuid;

/** A message that someone has open and that another moves to another store. */
interface OtherStoreContract extends StoreFixture {
  private static IMAPIFolder newFolder(IMsgStore store) {
    try (IMAPIFolder root = openFolder(store, IMsgStore.ROOT_FOLDER)) {
      return ok(root.createFolder(FOLDER_GENERIC, "received", null, null, MAPI_UNICODE));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, KEEP_OPEN_READWRITE, FORCE_SAVE, FORCE_SAVE | KEEP_OPEN_READWRITE})
  default void saveChanges_folderMovedToAnotherStore_returnsObjectDeletedAndKeepsTheEdits(
      int flags) {
    Scene scene = scene();
    IMessage b = write(scene.openB(), PR_SUBJECT_W, "b");
    try (MessageStore other = Mapi4j.memory(StoreOptions.DEFAULT);
        IMAPIFolder received = newFolder(other.store());
        IMAPIFolder root = openFolder(scene.storeA, IMsgStore.ROOT_FOLDER)) {
      assertHr(
          S_OK, root.copyFolder(scene.folderId, null, received, "moved", 0, null, FOLDER_MOVE));
      assertHr(MAPI_E_OBJECT_DELETED, b.saveChanges(flags));
      assertHr(MAPI_E_OBJECT_DELETED, b.saveChanges(flags));
      assertHr(MAPI_E_NOT_FOUND, scene.storeA.openEntry(scene.messageId, null, 0).hr());
      try (IMAPIFolder moved = onlySubfolder(other.store(), received)) {
        assertEquals(List.of("base"), values(moved, PR_SUBJECT_W));
        assertRescued(b, moved);
        assertEquals(2, count(moved));
      }
    }
  }

  private static IMAPIFolder onlySubfolder(IMsgStore store, IMAPIFolder parent) {
    List<Object> ids = column(ok(parent.getHierarchyTable(0)), PR_ENTRYID);
    assertEquals(1, ids.size());
    return openFolder(store, (Bytes) ids.get(0));
  }

  private static void assertRescued(IMessage handle, IMAPIFolder target) {
    try (IMessage rescued = ok(target.createMessage(null, 0))) {
      assertHr(
          S_OK, handle.copyTo(List.of(), null, 0, null, MapiGuid.IID_IMessage, rescued, 0).hr());
      assertHr(S_OK, rescued.saveChanges(KEEP_OPEN_READONLY));
      assertEquals("b", read(rescued, PR_SUBJECT_W));
      assertEquals(List.of("first"), recipients(rescued));
      assertEquals(List.of("base.txt"), attachments(rescued));
      assertEquals(Bytes.of(1, 2, 3), read(ok(rescued.openAttach(0, null, 0)), PR_ATTACH_DATA_BIN));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, FORCE_SAVE, FORCE_SAVE | KEEP_OPEN_READWRITE})
  default void saveChanges_messageMovedToAnotherStore_returnsObjectDeletedAndKeepsTheEdits(
      int flags) {
    Scene scene = new Scene(this, StoreOptions.builder().profile(StoreProfile.OUTLOOK).build());
    IMessage b = scene.openB(); // of this profile: only pending edits would hold it here
    try (MessageStore other = Mapi4j.memory(StoreOptions.DEFAULT);
        IMAPIFolder received = newFolder(other.store())) {
      assertHr(
          S_OK, scene.folder.copyMessages(scene.message(), null, received, 0, null, MESSAGE_MOVE));
      assertEquals(0, count(scene.folder));
      write(b, PR_SUBJECT_W, "b");
      assertHr(MAPI_E_OBJECT_DELETED, b.saveChanges(flags));
      assertHr(MAPI_E_OBJECT_DELETED, b.saveChanges(flags));
      assertEquals(List.of("base"), values(received, PR_SUBJECT_W));
      assertRescued(b, received);
    }
  }

  @Test
  default void copyMessages_moveOfAMessageOpenForWriting_leavesItAndNoSecondOne() {
    Scene scene = scene();
    IMessage b = write(scene.openB(), PR_SUBJECT_W, "b");
    try (MessageStore other = Mapi4j.memory(StoreOptions.DEFAULT);
        IMAPIFolder received = newFolder(other.store())) {
      assertHr(
          MAPI_W_PARTIAL_COMPLETION,
          scene.folder.copyMessages(scene.message(), null, received, 0, null, MESSAGE_MOVE));
      assertEquals(1, count(scene.folder));
      assertEquals(0, count(received));
      assertHr(S_OK, b.saveChanges(0));
      assertEquals("b", scene.stored(PR_SUBJECT_W));
      assertHr(
          S_OK, scene.folder.copyMessages(scene.message(), null, received, 0, null, MESSAGE_MOVE));
      assertEquals(0, count(scene.folder));
      assertEquals(List.of("b"), values(received, PR_SUBJECT_W));
    }
  }
}
