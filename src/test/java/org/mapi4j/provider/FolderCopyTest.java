package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropTagArray;

/** CopyMessages, CopyFolder and CopyTo of folders, within a store and between stores. */
class FolderCopyTest {
  private final TestStore store = TestStore.create();
  private final IMAPIFolder from = store.folder("from");
  private final IMAPIFolder to = store.folder("to");

  private int copyFolder(IMAPIFolder source, IMAPIFolder target, String name, int flags) {
    return store.root().copyFolder(id(source), null, target, name, 0, null, flags | MAPI_UNICODE);
  }

  @Test
  void copyMessages_withinTheStore_makesANewObjectWithTheSameSearchKey() {
    Bytes id = message(from, "m");
    ok(from.setMessageStatus(id, MSGSTATUS_TAGGED, MSGSTATUS_TAGGED));
    assertHr(S_OK, from.copyMessages(ENTRYLIST.of(id), null, to, 0, null, 0));
    assertEquals(List.of("m"), subjects(from, 0));
    assertEquals(List.of("m"), subjects(to, 0));
    Bytes copy = (Bytes) column(ok(to.getContentsTable(0)), PR_ENTRYID).get(0);
    assertNotEquals(id, copy);
    assertEquals(get(store.open(id, 0), PR_SEARCH_KEY), get(store.open(copy, 0), PR_SEARCH_KEY));
    assertEquals(0, ok(to.getMessageStatus(copy, 0)));
  }

  @Test
  void copyMessages_move_keepsTheIdentifierAndLeavesTheStatus() {
    Bytes id = message(from, "m");
    ok(from.setMessageStatus(id, MSGSTATUS_TAGGED, MSGSTATUS_TAGGED));
    IMessage open = store.open(id, MAPI_MODIFY);
    assertHr(S_OK, from.copyMessages(ENTRYLIST.of(id), null, to, 0, null, MESSAGE_MOVE));
    assertEquals(List.of(), subjects(from, 0));
    assertEquals(0, ok(to.getMessageStatus(id, 0)));
    set(open, PR_SUBJECT_W, "saved in its new folder");
    assertHr(S_OK, open.saveChanges(0));
    assertEquals(List.of("saved in its new folder"), subjects(to, 0));
    assertEquals(id(to), get(store.open(id, 0), PR_PARENT_ENTRYID).asBytes());
    assertEquals(0, get(from, PR_CONTENT_COUNT).asInt());
  }

  @Test
  void copyMessages_oneOfThemGone_isPartialAndTheOthersAreCopied() {
    Bytes one = message(from, "one");
    Bytes gone = message(from, "gone");
    Bytes two = message(from, "two");
    assertHr(S_OK, from.deleteMessages(ENTRYLIST.of(gone), 0, null, 0));
    assertHr(
        MAPI_W_PARTIAL_COMPLETION,
        from.copyMessages(ENTRYLIST.of(one, gone, two), null, to, 0, null, 0));
    assertEquals(List.of("one", "two"), subjects(to, 0));
  }

  @Test
  void copyMessages_intoADeletedFolder_isRefused() {
    Bytes id = message(from, "m");
    assertHr(S_OK, store.root().deleteFolder(id(to), 0, null, 0));
    assertHr(
        MAPI_E_OBJECT_DELETED,
        from.copyMessages(ENTRYLIST.of(id), null, to, 0, null, MESSAGE_MOVE));
    assertEquals(List.of("m"), subjects(from, 0));
  }

  @Test
  void copyMessages_largeBody_copyOwnsItsBytes() {
    Bytes id;
    try (IMessage message = ok(from.createMessage(null, 0))) {
      set(message, PR_BODY_W, "b".repeat(200_000));
      assertHr(S_OK, message.saveChanges(0));
      id = id(message);
    }
    assertHr(S_OK, from.copyMessages(ENTRYLIST.of(id), null, to, 0, null, 0));
    assertHr(S_OK, from.deleteMessages(ENTRYLIST.of(id), 0, null, 0));
    store.sweep();
    Bytes copy = (Bytes) column(ok(to.getContentsTable(0)), PR_ENTRYID).get(0);
    assertEquals(200_000, get(store.open(copy, 0), PR_BODY_W).asString().length());
  }

  @Test
  void copyMessages_toAnotherStore_carriesNamesAndMovesByDeleting() {
    TestStore other = TestStore.create();
    IMAPIFolder there = other.folder("there");
    MAPINAMEID name = MAPINAMEID.string(MapiGuid.PS_PUBLIC_STRINGS, "color");
    ok(
        other.store.getIDsFromNames(
            List.of(MAPINAMEID.id(MapiGuid.PS_PUBLIC_STRINGS, 1)), MAPI_CREATE));
    int here = ok(store.store.getIDsFromNames(List.of(name), MAPI_CREATE)).get(0);
    Bytes id;
    try (IMessage message = ok(from.createMessage(null, 0))) {
      set(message, PR_SUBJECT_W, "travels");
      set(message, PropTag.changePropType(here, PT_UNICODE), "green");
      assertHr(S_OK, message.saveChanges(0));
      id = id(message);
    }
    assertHr(S_OK, from.copyMessages(ENTRYLIST.of(id), null, there, 0, null, MESSAGE_MOVE));
    assertEquals(List.of(), subjects(from, 0));
    assertEquals(List.of("travels"), subjects(there, 0));
    int tag = ok(other.store.getIDsFromNames(List.of(name), 0)).get(0);
    assertNotEquals(here, tag);
    Bytes copy = (Bytes) column(ok(there.getContentsTable(0)), PR_ENTRYID).get(0);
    assertEquals(
        "green", get(other.open(copy, 0), PropTag.changePropType(tag, PT_UNICODE)).asString());
  }

  @Test
  void copyFolder_copy_takesMessagesAndWithTheFlagSubfolders() {
    message(from, "m");
    message(from, "hidden", MAPI_ASSOCIATED);
    message(subfolder(from, "child"), "inside");
    set(from, PR_COMMENT_W, "comment");
    assertHr(S_OK, copyFolder(from, to, null, COPY_SUBFOLDERS));
    assertHr(S_OK, copyFolder(from, to, "flat", 0));
    assertEquals(List.of("flat", "from"), names(to));
    IMAPIFolder flat = childOf(to, "flat");
    assertEquals(List.of(), names(flat));
    IMAPIFolder deep = childOf(to, "from");
    assertEquals(List.of("m"), subjects(deep, 0));
    assertEquals(List.of("hidden"), subjects(deep, MAPI_ASSOCIATED));
    assertEquals(List.of("inside"), subjects(childOf(deep, "child"), 0));
    assertEquals("comment", get(deep, PR_COMMENT_W).asString());
    assertEquals(List.of("m"), subjects(from, 0));
    assertHr(MAPI_E_COLLISION, copyFolder(from, to, "FLAT", 0));
  }

  private IMAPIFolder childOf(IMAPIFolder parent, String name) {
    return ok(parent.createFolder(FOLDER_GENERIC, name, null, null, MAPI_UNICODE | OPEN_IF_EXISTS));
  }

  @Test
  void copyFolder_move_keepsIdentifiersOfTheWholeSubtree() {
    IMAPIFolder child = subfolder(from, "child");
    Bytes message = message(child, "inside");
    Bytes fromId = id(from);
    assertHr(S_OK, copyFolder(from, to, "renamed", FOLDER_MOVE));
    assertEquals(List.of("renamed"), names(to));
    assertFalse(names(store.root()).contains("from"));
    assertEquals(id(to), get(store.folder(fromId), PR_PARENT_ENTRYID).asBytes());
    assertEquals("inside", get(store.open(message, 0), PR_SUBJECT_W).asString());
  }

  @Test
  void copyFolder_intoItsOwnSubtree_isACycle() {
    IMAPIFolder child = subfolder(from, "child");
    assertHr(MAPI_E_FOLDER_CYCLE, copyFolder(from, child, null, FOLDER_MOVE));
    assertHr(MAPI_E_FOLDER_CYCLE, copyFolder(from, from, null, FOLDER_MOVE));
    assertHr(MAPI_E_FOLDER_CYCLE, copyFolder(from, child, null, COPY_SUBFOLDERS));
    assertEquals(List.of("child"), names(from));
  }

  @Test
  void copyFolder_move_collidesWithASiblingThere() {
    subfolder(to, "FROM");
    assertHr(MAPI_E_COLLISION, copyFolder(from, to, null, FOLDER_MOVE));
    assertHr(S_OK, copyFolder(from, to, "from 2", FOLDER_MOVE));
  }

  @Test
  void copyMessages_toAnotherStore_whatIsSavedMeanwhileStays() {
    TestStore other = TestStore.create();
    IMAPIFolder there = other.folder("there");
    Bytes id = message(from, "before");
    IMAPIFolder slow =
        folder(
            (method, arguments) -> {
              if (method.getName().equals("createMessage")) {
                try (IMessage open = store.open(id, MAPI_MODIFY)) {
                  set(open, PR_SUBJECT_W, "saved meanwhile");
                  assertHr(S_OK, open.saveChanges(0));
                }
              }
              return method.invoke(there, arguments);
            });
    assertHr(
        MAPI_W_PARTIAL_COMPLETION,
        from.copyMessages(ENTRYLIST.of(id), null, slow, 0, null, MESSAGE_MOVE));
    assertEquals(List.of("saved meanwhile"), subjects(from, 0));
    assertEquals(List.of(), subjects(there, 0));
  }

  @Test
  void copyFolder_toAnotherStore_whatArrivesMeanwhileStays() {
    TestStore other = TestStore.create();
    IMAPIFolder there = other.folder("there");
    message(from, "there from the start");
    IMAPIFolder child = subfolder(from, "child");
    message(child, "in the child");
    IMAPIFolder slow =
        folder(
            (method, arguments) -> {
              Object made = method.invoke(there, arguments);
              return made instanceof MapiResult<?> result && result.value() instanceof IMAPIFolder f
                  ? MapiResult.ok(late(f))
                  : made;
            });
    assertHr(MAPI_W_PARTIAL_COMPLETION, copyFolder(from, slow, null, FOLDER_MOVE));
    assertEquals(List.of("arrived late"), subjects(childOf(store.root(), "from"), 0));
    assertEquals(List.of("there from the start"), subjects(childOf(there, "from"), 0));
  }

  /** A created folder, whose own subfolder's creation brings new mail to the source. */
  private IMAPIFolder late(IMAPIFolder created) {
    return folder(
        (method, arguments) -> {
          if (method.getName().equals("createFolder")) {
            message(from, "arrived late");
          }
          return method.invoke(created, arguments);
        });
  }

  @FunctionalInterface
  private interface Answer {
    Object to(Method method, Object[] arguments) throws Exception;
  }

  /** Another's folder. */
  private static IMAPIFolder folder(Answer answer) {
    return (IMAPIFolder)
        Proxy.newProxyInstance(
            IMAPIFolder.class.getClassLoader(),
            new Class<?>[] {IMAPIFolder.class},
            (self, method, arguments) -> answer.to(method, arguments));
  }

  @Test
  void copyFolder_moveInItsParentWithOtherCase_renamesIt() {
    IMAPITable open = ok(store.root().getHierarchyTable(0));
    assertTrue(column(open, PR_DISPLAY_NAME_W).contains("from"));
    assertHr(S_OK, copyFolder(from, store.root(), "FROM", FOLDER_MOVE));
    assertHr(S_OK, open.seekRow(BOOKMARK_BEGINNING, 0).hr());
    assertTrue(column(open, PR_DISPLAY_NAME_W).contains("FROM"));
    assertTrue(names(store.root()).contains("FROM"));
    assertFalse(names(store.root()).contains("from"));
  }

  @Test
  void copyFolder_toAnotherStore_takesTheTreeAndMovesByDeleting() {
    message(subfolder(from, "child"), "inside");
    TestStore other = TestStore.create();
    assertHr(S_OK, copyFolder(from, other.root(), null, FOLDER_MOVE));
    assertFalse(names(store.root()).contains("from"));
    IMAPIFolder moved = childOf(other.root(), "from");
    assertEquals(List.of("inside"), subjects(childOf(moved, "child"), 0));
  }

  @Test
  void copyTo_folder_leavesTheNameAndTakesTheRest() {
    message(from, "m");
    set(from, PR_COMMENT_W, "comment");
    ok(from.copyTo(List.of(), null, 0, null, MapiGuid.IID_IMAPIFolder, to, 0));
    assertEquals("to", get(to, PR_DISPLAY_NAME_W).asString());
    assertEquals("comment", get(to, PR_COMMENT_W).asString());
    assertEquals(List.of("m"), subjects(to, 0));
    IMAPIFolder third = store.folder("third");
    ok(
        from.copyTo(
            List.of(),
            SPropTagArray.tags(PR_CONTAINER_CONTENTS),
            0,
            null,
            MapiGuid.IID_IMAPIFolder,
            third,
            0));
    assertEquals(List.of(), subjects(third, 0));
  }

  @Test
  void copyMessages_userCancels_stopsAndIsPartial() {
    Bytes one = message(from, "one");
    Bytes two = message(from, "two");
    Canceler canceler = new Canceler();
    assertHr(
        MAPI_W_PARTIAL_COMPLETION,
        from.copyMessages(ENTRYLIST.of(one, two), null, to, 0, canceler, MESSAGE_DIALOG));
    assertEquals(List.of("one"), subjects(to, 0));
    assertHr(S_OK, from.copyMessages(ENTRYLIST.of(two), null, to, 0, canceler, 0));
    assertEquals(List.of("500/1/2"), canceler.told);
  }

  /** Says cancel at the first progress. */
  private static final class Canceler implements IMAPIProgress {
    private final List<String> told = new ArrayList<>();

    @Override
    public int progress(int ulValue, int ulCount, int ulTotal) {
      told.add(ulValue + "/" + ulCount + "/" + ulTotal);
      return MAPI_E_USER_CANCEL;
    }

    @Override
    public MapiResult<Integer> getFlags() {
      return MapiResult.ok(MAPI_TOP_LEVEL);
    }

    @Override
    public MapiResult<Integer> getMax() {
      return MapiResult.ok(1000);
    }

    @Override
    public MapiResult<Integer> getMin() {
      return MapiResult.ok(1);
    }

    @Override
    public int setLimits(Integer lpulMin, Integer lpulMax, Integer lpulFlags) {
      return S_OK;
    }

    @Override
    public MapiResult<IUnknown> queryInterface(Guid riid) {
      return MapiResult.ok(this);
    }

    @Override
    public void close() {}
  }
}
