package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** Folders: create, rename, delete, empty, and what protects messages. */
class FolderObjectTest {
  private final TestStore store = TestStore.create();

  /** A store where something else happens before each commit. */
  private static TestStore beforeCommits(Runnable[] meanwhile) {
    return TestStore.on(
        new BrokenShards.Passing(new MemoryEngine()) {
          @Override
          public CompletionStage<Outcome> commit(Batch batch) {
            meanwhile[0].run();
            return super.commit(batch);
          }
        });
  }

  /** The same before each scan. */
  private static TestStore beforeScans(Runnable[] meanwhile) {
    return TestStore.on(
        new BrokenShards.Passing(new MemoryEngine()) {
          @Override
          public List<Row> scan(KeyRange range, boolean reverse, int limit) {
            meanwhile[0].run();
            return super.scan(range, reverse, limit);
          }
        });
  }

  private static void once(Runnable[] meanwhile, Runnable action) {
    meanwhile[0] =
        () -> {
          meanwhile[0] = () -> {};
          action.run();
        };
  }

  private static int delete(IMAPIFolder parent, Bytes child, int flags) {
    return parent.deleteFolder(child, 0, null, flags);
  }

  @Test
  void createFolder_nameOfASiblingInAnyCase_isACollision() {
    IMAPIFolder parent = store.folder("parent");
    IMAPIFolder first = subfolder(parent, "Straße");
    MapiResult<IMAPIFolder> second =
        parent.createFolder(FOLDER_GENERIC, "STRAßE", null, null, MAPI_UNICODE);
    assertHr(MAPI_E_COLLISION, second.hr());
    IMAPIFolder opened =
        ok(
            parent.createFolder(
                FOLDER_GENERIC, "straße", null, null, MAPI_UNICODE | OPEN_IF_EXISTS));
    assertEquals(id(first), id(opened));
  }

  @Test
  void createFolder_withoutComment_hasNone() {
    IMAPIFolder plain = store.folder("plain");
    assertEquals(MAPI_E_NOT_FOUND, get(plain, PR_COMMENT_W).scode());
    IMAPIFolder told =
        ok(store.root().createFolder(FOLDER_GENERIC, "told", "why", null, MAPI_UNICODE));
    assertEquals("why", get(told, PR_COMMENT_W).asString());
  }

  @Test
  void createFolder_ofNoTypeOrWithoutName_isRefused() {
    IMAPIFolder root = store.root();
    assertHr(MAPI_E_INVALID_PARAMETER, root.createFolder(3, "s", null, null, 0).hr());
    assertHr(MAPI_E_INVALID_PARAMETER, root.createFolder(FOLDER_GENERIC, "", null, null, 0).hr());
    assertHr(MAPI_E_INVALID_PARAMETER, root.createFolder(FOLDER_ROOT, "r", null, null, 0).hr());
    assertHr(MAPI_E_UNKNOWN_FLAGS, root.createFolder(FOLDER_GENERIC, "f", null, null, 64).hr());
  }

  @Test
  void createFolder_deeperThanTheLimit_isTooComplex() {
    IMAPIFolder at = store.root();
    int depth = StoreOptions.DEFAULT.limits().folderDepthMax();
    for (int i = 0; i < depth; i++) {
      at = subfolder(at, "deeper");
    }
    assertHr(MAPI_E_TOO_COMPLEX, at.createFolder(FOLDER_GENERIC, "x", null, null, 0).hr());
  }

  @Test
  void setProps_displayName_renamesAtOnceForEverySession() {
    IMAPIFolder folder = store.folder("before");
    set(folder, PR_DISPLAY_NAME_W, "after");
    assertTrue(names(store.session(StoreOptions.DEFAULT).root()).contains("after"));
    assertFalse(names(store.root()).contains("before"));
    subfolder(store.root(), "before");
    set(folder, PR_DISPLAY_NAME_W, "AFTER");
    assertEquals("AFTER", get(folder, PR_DISPLAY_NAME_W).asString());
  }

  @Test
  void setProps_takenName_isAProblemAndTheOtherPropertiesAreSet() {
    subfolder(store.root(), "taken");
    IMAPIFolder folder = store.folder("free");
    List<SPropProblem> problems =
        ok(
            folder.setProps(
                List.of(
                    SPropValue.of(PR_DISPLAY_NAME_W, "Taken"),
                    SPropValue.of(PR_COMMENT_W, "set"))));
    assertEquals(List.of(new SPropProblem(0, PR_DISPLAY_NAME_W, MAPI_E_COLLISION)), problems);
    assertEquals("free", get(folder, PR_DISPLAY_NAME_W).asString());
    assertEquals("set", get(folder, PR_COMMENT_W).asString());
  }

  @Test
  void setProps_nameOfTheRoot_isRefused() {
    List<SPropProblem> problems =
        ok(store.root().setProps(List.of(SPropValue.of(PR_DISPLAY_NAME_W, "other"))));
    assertEquals(MAPI_E_NO_ACCESS, problems.get(0).scode());
  }

  @Test
  void setProps_largeValue_isReadBackAndSweptWhenReplaced() {
    IMAPIFolder folder = store.folder("large");
    byte[] large = new byte[300_000];
    large[299_999] = 7;
    set(folder, PR_COMMENT_W, "x".repeat(100_000));
    set(folder, PR_CONTAINER_CLASS_W, "IPF.Note");
    int tag = PropTag.of(0x6601, PT_BINARY);
    set(folder, tag, large);
    assertEquals(7, get(folder, tag).asBytes().get(299_999));
    set(folder, tag, new byte[] {1});
    set(folder, PR_COMMENT_W, "short");
    folder.close();
    store.sweep();
    assertEquals(0, store.rows('b'));
    assertEquals(0, store.rows('z'));
  }

  @Test
  void getProps_counts_followMessagesAndSubfolders() {
    IMAPIFolder folder = store.folder("counted");
    assertEquals(false, get(folder, PR_SUBFOLDERS).value());
    Bytes one = message(folder, "one");
    message(folder, "two");
    message(folder, "hidden", MAPI_ASSOCIATED);
    subfolder(folder, "child");
    assertEquals(2, get(folder, PR_CONTENT_COUNT).asInt());
    assertEquals(2, get(folder, PR_CONTENT_UNREAD).asInt());
    assertEquals(1, get(folder, PR_ASSOC_CONTENT_COUNT).asInt());
    assertEquals(true, get(folder, PR_SUBFOLDERS).value());
    assertHr(S_OK, folder.setReadFlags(ENTRYLIST.of(one), 0, null, 0));
    assertEquals(1, get(folder, PR_CONTENT_UNREAD).asInt());
    assertHr(S_OK, folder.deleteMessages(ENTRYLIST.of(one), 0, null, 0));
    assertEquals(1, get(folder, PR_CONTENT_COUNT).asInt());
    assertEquals(1, get(folder, PR_CONTENT_UNREAD).asInt());
  }

  @Test
  void deleteFolder_withContent_needsTheFlagForEachKind() {
    IMAPIFolder parent = store.root();
    IMAPIFolder folder = store.folder("full");
    IMAPIFolder child = subfolder(folder, "child");
    message(child, "inside");
    assertHr(MAPI_E_HAS_FOLDERS, delete(parent, id(folder), 0));
    assertHr(MAPI_E_HAS_FOLDERS, delete(parent, id(folder), DEL_MESSAGES));
    assertHr(MAPI_E_HAS_MESSAGES, delete(parent, id(folder), DEL_FOLDERS));
    assertHr(MAPI_E_HAS_MESSAGES, delete(folder, id(child), 0));
    assertHr(S_OK, delete(parent, id(folder), DEL_FOLDERS | DEL_MESSAGES));
    assertHr(MAPI_E_NOT_FOUND, delete(parent, id(folder), DEL_FOLDERS | DEL_MESSAGES));
  }

  @Test
  void deleteFolder_subtree_isGoneAtOnceAndSweptLater() {
    int before = store.rows('f') + store.rows('h') + store.rows('d') + store.rows('c');
    IMAPIFolder folder = store.folder("full");
    Bytes folderId = id(folder);
    IMAPIFolder at = folder;
    Bytes message = null;
    for (int i = 0; i < 5; i++) {
      message = message(at, "m" + i);
      at = subfolder(at, "child");
    }
    assertHr(S_OK, delete(store.root(), folderId, DEL_FOLDERS | DEL_MESSAGES));
    assertHr(MAPI_E_NOT_FOUND, store.store.openEntry(message, null, 0).hr());
    assertHr(MAPI_E_NOT_FOUND, store.store.openEntry(folderId, null, 0).hr());
    assertHr(MAPI_E_OBJECT_DELETED, folder.createMessage(null, 0).hr());
    assertEquals(5, store.sweep());
    for (char kind : "mlit".toCharArray()) {
      assertEquals(0, store.rows(kind), "rows " + kind);
    }
    assertEquals(before, store.rows('f') + store.rows('h') + store.rows('d') + store.rows('c'));
  }

  @Test
  void sweep_damagedMessageInADeletedFolder_keepsNoOther() {
    IMAPIFolder folder = store.folder("damaged");
    for (int i = 0; i < 5; i++) {
      message(folder, "m" + i);
    }
    Row row = store.core().scanAll(KeyRange.prefix(Bytes.of('m'))).get(2);
    Batch.Builder batch = Batch.builder();
    batch.put(row.key(), row.version(), row.value().slice(0, row.value().size() / 2));
    assertInstanceOf(Outcome.Committed.class, store.core().commit(batch));
    assertHr(S_OK, delete(store.root(), id(folder), DEL_FOLDERS | DEL_MESSAGES));
    assertEquals(5, store.sweep());
    for (char kind : "mlit".toCharArray()) {
      assertEquals(0, store.rows(kind), "rows " + kind);
    }
  }

  @Test
  void deleteFolder_ofAnotherParent_isNotFound() {
    IMAPIFolder one = store.folder("one");
    Bytes inside = id(subfolder(one, "inside"));
    assertHr(MAPI_E_NOT_FOUND, delete(store.root(), inside, DEL_FOLDERS));
    assertHr(MAPI_E_NOT_FOUND, delete(store.root(), id(store.root()), DEL_FOLDERS | DEL_MESSAGES));
    assertHr(MAPI_E_UNKNOWN_ENTRYID, delete(store.root(), Bytes.of(1, 2, 3), 0));
  }

  @Test
  void sweep_folderMadeInADeletedOne_isDeletedToo() {
    IMAPIFolder folder = store.folder("deleted");
    Bytes child = id(subfolder(folder, "late"));
    message(store.folder(child), "in the late one");
    StoreCore core = store.core();
    Bytes id = ((FolderObject) folder).id();
    Batch.Builder batch = Batch.builder();
    FolderTree.bury(batch, id, core.folder(id).value());
    assertInstanceOf(Outcome.Committed.class, core.commit(batch));
    store.sweep();
    store.sweep();
    assertHr(MAPI_E_NOT_FOUND, store.store.openEntry(child, null, 0).hr());
    assertEquals(0, store.rows('t'));
    assertEquals(0, store.rows('m'));
  }

  @Test
  void deleteMessages_openForWriting_staysAndTheRestGoes() {
    IMAPIFolder folder = store.folder("folder");
    Bytes open = message(folder, "open");
    Bytes closed = message(folder, "closed");
    IMessage handle = store.open(open, MAPI_MODIFY);
    ENTRYLIST both = ENTRYLIST.of(open, closed);
    assertHr(MAPI_W_PARTIAL_COMPLETION, folder.deleteMessages(both, 0, null, 0));
    assertEquals(List.of("open"), subjects(folder, 0));
    handle.close();
    assertHr(S_OK, folder.deleteMessages(ENTRYLIST.of(open), 0, null, 0));
    assertHr(MAPI_W_PARTIAL_COMPLETION, folder.deleteMessages(both, 0, null, 0));
  }

  @Test
  void deleteMessages_openReadOnly_goes() {
    IMAPIFolder folder = store.folder("folder");
    Bytes id = message(folder, "read");
    IMessage handle = store.open(id, 0);
    assertHr(S_OK, folder.deleteMessages(ENTRYLIST.of(id), 0, null, 0));
    assertEquals("read", get(handle, PR_SUBJECT_W).asString());
  }

  @Test
  void emptyFolder_keepsAssociatedUnlessAsked() {
    IMAPIFolder folder = store.folder("folder");
    message(folder, "plain");
    message(folder, "hidden", MAPI_ASSOCIATED);
    message(subfolder(folder, "child"), "inside");
    assertHr(S_OK, folder.emptyFolder(0, null, 0));
    assertEquals(List.of(), subjects(folder, 0));
    assertEquals(List.of("hidden"), subjects(folder, MAPI_ASSOCIATED));
    assertEquals(List.of(), names(folder));
    assertHr(S_OK, folder.emptyFolder(0, null, DEL_ASSOCIATED));
    assertEquals(List.of(), subjects(folder, MAPI_ASSOCIATED));
    assertEquals(0, get(folder, PR_ASSOC_CONTENT_COUNT).asInt());
  }

  @Test
  void setMessageStatus_masksAndAnswersTheOldBits() {
    IMAPIFolder folder = store.folder("folder");
    Bytes id = message(folder, "m");
    assertEquals(0, ok(folder.setMessageStatus(id, MSGSTATUS_TAGGED, MSGSTATUS_TAGGED)));
    assertEquals(MSGSTATUS_TAGGED, ok(folder.setMessageStatus(id, -1, MSGSTATUS_HIDDEN)));
    assertEquals(MSGSTATUS_TAGGED | MSGSTATUS_HIDDEN, ok(folder.getMessageStatus(id, 0)));
    assertHr(MAPI_E_UNKNOWN_FLAGS, folder.getMessageStatus(id, 1).hr());
    assertHr(MAPI_E_NOT_FOUND, store.folder("other").getMessageStatus(id, 0).hr());
  }

  @Test
  void setReadFlags_contradictingFlags_areInvalid() {
    IMAPIFolder folder = store.folder("folder");
    message(folder, "m");
    assertHr(
        MAPI_E_INVALID_PARAMETER,
        folder.setReadFlags(null, 0, null, CLEAR_READ_FLAG | SUPPRESS_RECEIPT));
    assertHr(S_OK, folder.setReadFlags(IMAPIFolder.ALL_MESSAGES, 0, null, 0));
    assertEquals(0, get(folder, PR_CONTENT_UNREAD).asInt());
    assertHr(S_OK, folder.setReadFlags(IMAPIFolder.ALL_MESSAGES, 0, null, CLEAR_READ_FLAG));
    assertEquals(1, get(folder, PR_CONTENT_UNREAD).asInt());
  }

  @Test
  void readOnlySession_refusesEveryChangeOfAFolder() {
    IMAPIFolder folder = store.folder("folder");
    Bytes message = message(folder, "m");
    TestStore reader = store.session(StoreOptions.builder().writable(false).build());
    Bytes id = id(folder);
    assertHr(MAPI_E_NO_ACCESS, reader.store.openEntry(id, null, MAPI_MODIFY).hr());
    IMAPIFolder read =
        (IMAPIFolder) ok(reader.store.openEntry(id, null, MAPI_BEST_ACCESS)).lppUnk();
    assertEquals(0, get(read, PR_ACCESS_LEVEL).asInt());
    assertHr(MAPI_E_NO_ACCESS, read.createMessage(null, 0).hr());
    assertHr(MAPI_E_NO_ACCESS, read.createFolder(FOLDER_GENERIC, "x", null, null, 0).hr());
    assertHr(MAPI_E_NO_ACCESS, read.deleteMessages(ENTRYLIST.of(message), 0, null, 0));
    assertHr(MAPI_E_NO_ACCESS, read.emptyFolder(0, null, 0));
    assertHr(MAPI_E_NO_ACCESS, read.setReadFlags(null, 0, null, 0));
    assertHr(MAPI_E_NO_ACCESS, read.setMessageStatus(message, 1, 1).hr());
    assertHr(MAPI_E_NO_ACCESS, folder.copyMessages(ENTRYLIST.of(message), null, read, 0, null, 0));
    assertHr(MAPI_E_NO_ACCESS, read.deleteProps(SPropTagArray.tags(PR_COMMENT_W)).hr());
  }

  @Test
  void moveFolder_targetDeletedInTheAct_isNotFoundAndLosesNothing() {
    Runnable[] meanwhile = {() -> {}};
    TestStore raced = beforeScans(meanwhile);
    IMAPIFolder moved = raced.folder("moved");
    IMAPIFolder target = raced.folder("target");
    once(
        meanwhile,
        () -> {
          assertHr(S_OK, delete(raced.root(), id(target), 0));
          raced.sweep();
        });
    int hr = raced.root().copyFolder(id(moved), null, target, null, 0, null, FOLDER_MOVE);
    assertHr(MAPI_E_NOT_FOUND, hr);
    assertEquals(List.of(), StoreSession.check(raced.shard));
    assertTrue(names(raced.root()).contains("moved"));
  }

  @Test
  void deleteFolder_foldersAloneAndOneCameWithAMessage_keepsTheMessage() {
    Runnable[] meanwhile = {() -> {}};
    TestStore raced = beforeCommits(meanwhile);
    IMAPIFolder parent = raced.folder("parent");
    subfolder(parent, "old");
    once(meanwhile, () -> message(subfolder(parent, "new"), "kept"));
    assertHr(MAPI_E_HAS_MESSAGES, delete(raced.root(), id(parent), DEL_FOLDERS));
    raced.sweep();
    assertEquals(List.of("new", "old"), names(parent));
    assertHr(S_OK, delete(raced.root(), id(parent), DEL_FOLDERS | DEL_MESSAGES));
    assertEquals(List.of(), StoreSession.check(raced.shard));
  }

  @Test
  void deleteFolder_foldersAloneAndAnEmptyOneCame_deletesItToo() {
    Runnable[] meanwhile = {() -> {}};
    TestStore raced = beforeCommits(meanwhile);
    IMAPIFolder parent = raced.folder("parent");
    once(meanwhile, () -> subfolder(subfolder(parent, "new"), "below"));
    assertHr(S_OK, delete(raced.root(), id(parent), DEL_FOLDERS));
    assertFalse(names(raced.root()).contains("parent"));
    assertEquals(List.of(), StoreSession.check(raced.shard));
  }

  @Test
  void moveFolder_targetMovedBelowItInTheAct_isACycle() {
    Runnable[] meanwhile = {() -> {}};
    TestStore raced = beforeScans(meanwhile); // after the path was looked at, before it is expected
    IMAPIFolder moved = raced.folder("moved");
    IMAPIFolder target = raced.folder("target");
    once(
        meanwhile,
        () -> {
          int hr = raced.root().copyFolder(id(target), null, moved, null, 0, null, FOLDER_MOVE);
          assertHr(S_OK, hr);
        });
    int hr = raced.root().copyFolder(id(moved), null, target, null, 0, null, FOLDER_MOVE);
    assertHr(MAPI_E_FOLDER_CYCLE, hr);
    assertTrue(names(raced.root()).contains("moved"));
    assertEquals(List.of("target"), names(moved));
  }
}
