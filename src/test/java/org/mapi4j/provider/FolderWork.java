package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.OpenedEntry;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiResult;

/** A client that does random things to folders and messages, alone or beside others. */
final class FolderWork {
  private static final Set<Integer> REFUSALS =
      Set.of(
          MAPI_E_COLLISION,
          MAPI_E_OBJECT_CHANGED,
          MAPI_E_FOLDER_CYCLE,
          MAPI_E_NOT_FOUND,
          MAPI_E_OBJECT_DELETED,
          MAPI_E_HAS_FOLDERS,
          MAPI_E_HAS_MESSAGES,
          MAPI_W_PARTIAL_COMPLETION);

  private final TestStore store;
  private final Random random;
  private final List<Bytes> folders;
  private final List<Bytes> messages;

  FolderWork(TestStore store, Random random) {
    this(store, random, new ArrayList<>(List.of(id(store.root()))), new ArrayList<>());
  }

  /** A client that shares with others what there is. */
  FolderWork(TestStore store, Random random, List<Bytes> folders, List<Bytes> messages) {
    this.store = store;
    this.random = random;
    this.folders = folders;
    this.messages = messages;
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** One call on some folder, which may be refused, but only for a reason of that call. */
  void step() {
    MapiResult<OpenedEntry> opened = store.store.openEntry(any(folders), null, MAPI_MODIFY);
    if (opened.failed()) {
      assertHr(MAPI_E_NOT_FOUND, opened.hr());
      return;
    }
    try (IMAPIFolder folder = (IMAPIFolder) opened.value().lppUnk()) {
      Bytes other = any(folders);
      switch (random.nextInt(10)) {
        case 0, 1 -> createFolder(folder);
        case 2, 3, 4 -> createMessage(folder);
        case 5 -> expected(copyFolder(folder, other));
        case 6 -> {
          int flags = DEL_FOLDERS | DEL_MESSAGES;
          expected(folder.deleteFolder(other, 0, null, random.nextInt(3) == 0 ? flags : 0));
        }
        case 7 -> copyMessages(folder, other);
        case 8 ->
            expected(
                folder.setReadFlags(null, 0, null, random.nextBoolean() ? 0 : CLEAR_READ_FLAG));
        default -> change(folder);
      }
    }
  }

  private static void expected(int hr) {
    assertTrue(hr == S_OK || REFUSALS.contains(hr), () -> HResult.toString(hr));
  }

  private void createFolder(IMAPIFolder parent) {
    MapiResult<IMAPIFolder> made =
        parent.createFolder(FOLDER_GENERIC, "f" + random.nextInt(8), null, null, MAPI_UNICODE);
    expected(made.hr());
    if (made.succeeded()) {
      folders.add(id(made.value()));
    }
  }

  private void createMessage(IMAPIFolder folder) {
    MapiResult<IMessage> made =
        folder.createMessage(null, random.nextInt(4) == 0 ? MAPI_ASSOCIATED : 0);
    expected(made.hr());
    if (made.succeeded()) {
      try (IMessage message = made.value()) {
        set(message, PR_SUBJECT_W, "s");
        set(message, PR_BODY_W, "b".repeat(random.nextInt(3) * 60_000));
        expected(message.saveChanges(0));
        messages.add(id(message));
      }
    }
  }

  private int copyFolder(IMAPIFolder parent, Bytes child) {
    MapiResult<OpenedEntry> target = store.store.openEntry(any(folders), null, MAPI_MODIFY);
    if (target.failed()) {
      return target.hr();
    }
    String name = random.nextBoolean() ? null : "f" + random.nextInt(8);
    int flags = random.nextInt(3) == 0 ? 0 : FOLDER_MOVE;
    return parent.copyFolder(
        child, null, target.value().lppUnk(), name, 0, null, flags | MAPI_UNICODE);
  }

  private void copyMessages(IMAPIFolder from, Bytes target) {
    MapiResult<OpenedEntry> to = store.store.openEntry(target, null, MAPI_MODIFY);
    if (to.succeeded() && !messages.isEmpty()) {
      ENTRYLIST list = ENTRYLIST.of(any(messages), any(messages));
      int flags = random.nextBoolean() ? MESSAGE_MOVE : 0;
      expected(from.copyMessages(list, null, to.value().lppUnk(), 0, null, flags));
    }
  }

  private void change(IMAPIFolder folder) {
    if (messages.isEmpty() || random.nextInt(4) == 0) {
      expected(folder.emptyFolder(0, null, random.nextBoolean() ? DEL_ASSOCIATED : 0));
      return;
    }
    Bytes id = any(messages);
    MapiResult<OpenedEntry> opened = store.store.openEntry(id, null, MAPI_MODIFY);
    if (opened.succeeded()) {
      try (IMessage message = (IMessage) opened.value().lppUnk()) {
        set(message, PR_BODY_W, "c".repeat(random.nextInt(3) * 50_000));
        if (random.nextBoolean()) {
          expected(folder.deleteMessages(ENTRYLIST.of(id), 0, null, 0));
        }
        expected(message.saveChanges(0));
      }
    }
  }
}
