package org.mapi4j.conflict;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.conflict.Scene.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.api.IMessage;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.options.StoreProfile;
import org.mapi4j.types.SPropValue;
import org.mapi4j.util.MapiUtil;

/** What a handle may do after a save, and what outside the version every handle sees. */
interface KeepOpenContract extends StoreFixture {
  @ParameterizedTest
  @ValueSource(ints = {0, KEEP_OPEN_READONLY, FORCE_SAVE, FORCE_SAVE | KEEP_OPEN_READONLY})
  default void saveChanges_withoutReadWrite_leavesTheHandleReadable(int flags) {
    Scene scene = scene();
    IMessage b = write(scene.openB(), PR_SUBJECT_W, "b");
    assertHr(S_OK, b.saveChanges(flags));
    assertEquals("b", read(b, PR_SUBJECT_W));
    assertEquals(0, read(b, PR_ACCESS_LEVEL));
    assertHr(MAPI_E_NO_ACCESS, MapiUtil.hrSetOneProp(b, SPropValue.of(PR_SUBJECT_W, "again")));
    assertHr(MAPI_E_NO_ACCESS, b.saveChanges(0));
    assertHr(MAPI_E_NO_ACCESS, b.saveChanges(FORCE_SAVE));
    assertEquals("b", scene.stored(PR_SUBJECT_W));
  }

  @ParameterizedTest
  @ValueSource(ints = {KEEP_OPEN_READWRITE, KEEP_OPEN_READWRITE | KEEP_OPEN_READONLY})
  default void saveChanges_withReadWrite_neverDowngrades(int flags) {
    Scene scene = scene();
    IMessage b = write(scene.openB(), PR_SUBJECT_W, "b");
    assertHr(S_OK, b.saveChanges(flags));
    assertEquals(MAPI_MODIFY, read(b, PR_ACCESS_LEVEL));
    assertHr(S_OK, write(b, PR_SUBJECT_W, "again").saveChanges(flags));
    assertEquals("again", scene.stored(PR_SUBJECT_W));
  }

  @Test
  default void saveChanges_outlookProfile_keepsEveryHandleReadWriteAndIgnoresUnknownFlags() {
    StoreOptions outlook = StoreOptions.builder().profile(StoreProfile.OUTLOOK).build();
    Scene scene = new Scene(this, outlook);
    IMessage b = write(scene.openB(), PR_SUBJECT_W, "b");
    assertHr(S_OK, b.saveChanges(0x40000000));
    assertHr(S_OK, write(b, PR_SUBJECT_W, "again").saveChanges(KEEP_OPEN_READONLY));
    assertHr(S_OK, write(b, PR_SUBJECT_W, "third").saveChanges(0));
    assertEquals("third", scene.stored(PR_SUBJECT_W));
  }

  @Test
  default void setReadFlags_doesNotMakeAHandleStale_andEveryHandleReadsIt() {
    Scene scene = scene();
    IMessage reader = scene.open(scene.storeB, 0);
    int unread = flags(reader);
    assertHr(
        S_OK,
        scene.folder.setReadFlags(
            scene.message(), 0, null, (unread & MSGFLAG_READ) != 0 ? CLEAR_READ_FLAG : 0));
    assertNotEquals(unread & MSGFLAG_READ, flags(reader) & MSGFLAG_READ);
  }

  @Test
  default void setReadFlag_whileAnotherHandleEdits_isKeptByItsForceSave() {
    Scene scene = scene();
    IMessage reader = scene.open(scene.storeA, 0);
    boolean wasRead = (flags(reader) & MSGFLAG_READ) != 0;
    IMessage editor = write(scene.openB(), PR_SUBJECT_W, "b");
    int hr = reader.setReadFlag(wasRead ? CLEAR_READ_FLAG : SUPPRESS_RECEIPT);
    boolean changed = hr == S_OK;
    assertHr(S_OK, editor.saveChanges(FORCE_SAVE | KEEP_OPEN_READWRITE));
    boolean isRead = ((Integer) scene.stored(PR_MESSAGE_FLAGS) & MSGFLAG_READ) != 0;
    assertEquals(changed != wasRead, isRead);
    assertEquals("b", scene.stored(PR_SUBJECT_W));
  }

  @Test
  default void setMessageStatus_doesNotMakeAHandleStale() {
    Scene scene = scene();
    IMessage b = write(scene.openB(), PR_SUBJECT_W, "b");
    assertHr(
        S_OK,
        scene
            .folder
            .setMessageStatus(scene.messageId, MSGSTATUS_HIGHLIGHTED, MSGSTATUS_HIGHLIGHTED)
            .hr());
    assertHr(S_OK, b.saveChanges(0));
    int status = ok(scene.folder.getMessageStatus(scene.messageId, 0));
    assertEquals(MSGSTATUS_HIGHLIGHTED, status & MSGSTATUS_HIGHLIGHTED);
  }

  private static int flags(IMessage message) {
    return (Integer) read(message, PR_MESSAGE_FLAGS);
  }
}
