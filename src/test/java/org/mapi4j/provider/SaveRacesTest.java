package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;

/** What others do between a save's look at the store and its commit, and right after it. */
class SaveRacesTest {
  private Runnable before = () -> {};
  private Runnable after = () -> {};
  private final TestStore store =
      TestStore.on(
          new BrokenShards.Passing(new MemoryEngine()) {
            @Override
            public CompletionStage<Outcome> commit(Batch batch) {
              Runnable first = before;
              before = () -> {};
              first.run();
              CompletionStage<Outcome> outcome = super.commit(batch);
              Runnable then = after;
              after = () -> {};
              then.run();
              return outcome;
            }
          });
  private final TestStore other = store.session(StoreOptions.DEFAULT);
  private final IMAPIFolder folder = store.folder("f");
  private final IMAPIFolder target = store.folder("target");
  private final Bytes id = saved();

  private Bytes saved() {
    try (IMessage message = ok(folder.createMessage(null, 0))) {
      set(message, PR_SUBJECT_W, "base");
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
      return id(message);
    }
  }

  private IMessage edited(TestStore session, String subject) {
    IMessage message = session.open(id, MAPI_MODIFY);
    set(message, PR_SUBJECT_W, subject);
    return message;
  }

  private Object stored() {
    try (IMessage message = store.open(id, 0)) {
      return get(message, PR_SUBJECT_W).asString();
    }
  }

  @Test
  void saveChanges_anotherSaveComesBetween_isAConflict() {
    IMessage a = edited(other, "a");
    IMessage b = edited(store, "b");
    before = () -> assertHr(S_OK, a.saveChanges(KEEP_OPEN_READWRITE));
    assertHr(MAPI_E_OBJECT_CHANGED, b.saveChanges(0));
    assertEquals("a", stored());
    assertHr(S_OK, b.saveChanges(FORCE_SAVE));
    assertEquals("b", stored());
  }

  @Test
  void saveChanges_forceSaveAndAnotherSaveComesBetween_countsBoth() {
    IMessage a = edited(other, "a");
    IMessage b = edited(store, "b");
    before = () -> assertHr(S_OK, a.saveChanges(KEEP_OPEN_READWRITE));
    assertHr(S_OK, b.saveChanges(FORCE_SAVE));
    assertEquals("b", stored());
    set(a, PR_SUBJECT_W, "a2");
    assertHr(MAPI_E_OBJECT_CHANGED, a.saveChanges(0));
  }

  @Test
  void saveChanges_aMoveComesBetween_leavesItWhereItWasMoved() {
    IMessage b = edited(store, "b");
    before =
        () ->
            assertHr(
                S_OK, folder.copyMessages(ENTRYLIST.of(id), null, target, 0, null, MESSAGE_MOVE));
    assertHr(S_OK, b.saveChanges(0));
    assertEquals(List.of(), subjects(folder, 0));
    assertEquals(List.of("b"), subjects(target, 0));
    assertEquals(List.of(), StoreSession.check(store.shard));
  }

  @Test
  void saveChanges_aStatusComesBetween_keepsIt() {
    IMessage b = edited(store, "b");
    before =
        () -> assertEquals(0, ok(folder.setMessageStatus(id, MSGSTATUS_TAGGED, MSGSTATUS_TAGGED)));
    assertHr(S_OK, b.saveChanges(0));
    assertEquals(MSGSTATUS_TAGGED, ok(folder.getMessageStatus(id, 0)));
    assertEquals("b", stored());
  }

  @Test
  void saveChanges_theFolderIsDeletedBetween_isDeleted() {
    IMessage b = edited(store, "b");
    IMessage fresh = ok(folder.createMessage(null, 0));
    before =
        () ->
            assertHr(
                S_OK, other.root().deleteFolder(id(folder), 0, null, DEL_FOLDERS | DEL_MESSAGES));
    assertHr(MAPI_E_OBJECT_DELETED, b.saveChanges(KEEP_OPEN_READWRITE));
    assertHr(MAPI_E_OBJECT_DELETED, b.saveChanges(FORCE_SAVE));
    assertHr(MAPI_E_OBJECT_DELETED, fresh.saveChanges(0));
  }

  @Test
  void saveChanges_forceSaveOfADroppedAttachment_keepsItsDataFromTheSweep() {
    Bytes data = Bytes.wrap(new byte[3 << 16]);
    try (IMessage first = store.open(id, MAPI_MODIFY);
        IAttach attach = ok(first.createAttach(null, 0)).lppAttach()) {
      set(attach, PR_ATTACH_DATA_BIN, data);
      assertHr(S_OK, attach.saveChanges(0));
      assertHr(S_OK, first.saveChanges(0));
    }
    IMessage b = edited(store, "b");
    try (IMessage a = other.open(id, MAPI_MODIFY)) {
      assertHr(S_OK, a.deleteAttach(0, 0, null, 0));
      assertHr(S_OK, a.saveChanges(0));
    }
    assertHr(S_OK, b.saveChanges(FORCE_SAVE));
    b.close();
    store.sweep();
    try (IMessage now = other.open(id, 0);
        IAttach attach = ok(now.openAttach(0, null, 0))) {
      assertEquals(data, get(attach, PR_ATTACH_DATA_BIN).asBytes());
    }
  }

  @Test
  void saveChanges_ofANewMessageThatOthersDeleteAtOnce_leavesItsDataReadable() {
    Bytes data = Bytes.wrap(new byte[3 << 16]);
    IMessage fresh = ok(folder.createMessage(null, 0));
    set(fresh, PR_HTML, data);
    Bytes freshId = ((MessageObject) fresh).id();
    after =
        () -> {
          assertHr(
              S_OK,
              MessageRows.delete(other.core(), folderId(), freshId, new MessageRows.Except(0, 0)));
          store.sweep();
        };
    assertHr(S_OK, fresh.saveChanges(KEEP_OPEN_READONLY));
    assertEquals(List.of("base"), subjects(folder, 0));
    assertEquals(data, get(fresh, PR_HTML).asBytes());
  }

  private Bytes folderId() {
    return ((FolderObject) folder).id();
  }
}
