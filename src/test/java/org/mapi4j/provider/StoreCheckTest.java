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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.MapiResult;

/**
 * The rows of a store agree with each other after anything that clients do, and the check sees when
 * not.
 */
class StoreCheckTest {
  private static final Set<Integer> REFUSALS =
      Set.of(
          MAPI_E_COLLISION,
          MAPI_E_FOLDER_CYCLE,
          MAPI_E_NOT_FOUND,
          MAPI_E_OBJECT_DELETED,
          MAPI_E_HAS_FOLDERS,
          MAPI_E_HAS_MESSAGES,
          MAPI_W_PARTIAL_COMPLETION);

  private final TestStore store = TestStore.create();

  private List<String> check() {
    return StoreSession.check(store.shard);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomFolderWork_atAnyTime_leavesAgreeingRows(long seed) {
    Random random = new Random(seed);
    List<Bytes> folders = new ArrayList<>(List.of(id(store.root()), id(store.folder("start"))));
    List<Bytes> messages = new ArrayList<>();
    for (int step = 0; step < 300; step++) {
      doSomething(random, folders, messages);
      if (step % 60 == 59) {
        assertEquals(List.of(), check(), "step " + step);
        store.sweep();
        assertEquals(List.of(), check(), "after the sweep of step " + step);
      }
    }
    store.store.close();
    while (store.sweep() > 0) {
      assertEquals(List.of(), check());
    }
    assertEquals(0, rows('z') + rows('t') + rows('g'));
  }

  private int rows(char kind) {
    return store.shard.scan(KeyRange.prefix(Bytes.of(kind)), false, 1000).size();
  }

  private static <T> T any(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private void doSomething(Random random, List<Bytes> folders, List<Bytes> messages) {
    MapiResult<org.mapi4j.api.OpenedEntry> opened =
        store.store.openEntry(any(random, folders), null, MAPI_MODIFY);
    if (opened.failed()) {
      assertHr(MAPI_E_NOT_FOUND, opened.hr());
      return;
    }
    try (IMAPIFolder folder = (IMAPIFolder) opened.value().lppUnk()) {
      Bytes other = any(random, folders);
      switch (random.nextInt(10)) {
        case 0, 1 -> createFolder(random, folder, folders);
        case 2, 3, 4 -> createMessage(random, folder, messages);
        case 5 -> expected(copyFolder(random, folder, other, folders));
        case 6 -> {
          int flags = DEL_FOLDERS | DEL_MESSAGES;
          expected(folder.deleteFolder(other, 0, null, random.nextInt(3) == 0 ? flags : 0));
        }
        case 7 -> copyMessages(random, folder, other, messages);
        case 8 ->
            expected(
                folder.setReadFlags(null, 0, null, random.nextBoolean() ? 0 : CLEAR_READ_FLAG));
        default -> change(random, folder, messages);
      }
    }
  }

  private static void expected(int hr) {
    assertTrue(hr == S_OK || REFUSALS.contains(hr), () -> org.mapi4j.types.HResult.toString(hr));
  }

  private static void createFolder(Random random, IMAPIFolder parent, List<Bytes> folders) {
    MapiResult<IMAPIFolder> made =
        parent.createFolder(FOLDER_GENERIC, "f" + random.nextInt(8), null, null, MAPI_UNICODE);
    expected(made.hr());
    if (made.succeeded()) {
      folders.add(id(made.value()));
    }
  }

  private static void createMessage(Random random, IMAPIFolder folder, List<Bytes> messages) {
    try (IMessage message =
        ok(folder.createMessage(null, random.nextInt(4) == 0 ? MAPI_ASSOCIATED : 0))) {
      set(message, PR_SUBJECT_W, "s");
      set(message, PR_BODY_W, "b".repeat(random.nextInt(3) * 60_000));
      assertHr(S_OK, message.saveChanges(0));
      messages.add(id(message));
    }
  }

  private int copyFolder(Random random, IMAPIFolder parent, Bytes child, List<Bytes> folders) {
    MapiResult<org.mapi4j.api.OpenedEntry> target =
        store.store.openEntry(any(random, folders), null, MAPI_MODIFY);
    if (target.failed()) {
      return target.hr();
    }
    String name = random.nextBoolean() ? null : "f" + random.nextInt(8);
    int flags = random.nextInt(3) == 0 ? 0 : FOLDER_MOVE;
    return parent.copyFolder(
        child, null, target.value().lppUnk(), name, 0, null, flags | MAPI_UNICODE);
  }

  private void copyMessages(Random random, IMAPIFolder from, Bytes target, List<Bytes> messages) {
    MapiResult<org.mapi4j.api.OpenedEntry> to = store.store.openEntry(target, null, MAPI_MODIFY);
    if (to.succeeded() && !messages.isEmpty()) {
      ENTRYLIST list = ENTRYLIST.of(any(random, messages), any(random, messages));
      int flags = random.nextBoolean() ? MESSAGE_MOVE : 0;
      expected(from.copyMessages(list, null, to.value().lppUnk(), 0, null, flags));
    }
  }

  private void change(Random random, IMAPIFolder folder, List<Bytes> messages) {
    if (messages.isEmpty() || random.nextInt(4) == 0) {
      expected(folder.emptyFolder(0, null, random.nextBoolean() ? DEL_ASSOCIATED : 0));
      return;
    }
    Bytes id = any(random, messages);
    MapiResult<org.mapi4j.api.OpenedEntry> opened = store.store.openEntry(id, null, MAPI_MODIFY);
    if (opened.succeeded()) {
      try (IMessage message = (IMessage) opened.value().lppUnk()) {
        set(message, PR_BODY_W, "c".repeat(random.nextInt(3) * 50_000));
        if (random.nextBoolean()) {
          expected(folder.deleteMessages(ENTRYLIST.of(id), 0, null, 0));
        }
        assertHr(S_OK, message.saveChanges(0));
      }
    }
  }

  @Test
  void check_newStore_isSound() {
    assertEquals(List.of(), check());
  }

  @ParameterizedTest(name = "without the rows of kind {0}")
  @ValueSource(chars = {'s', 'f', 'h', 'd', 'c', 'm', 'l', 'i', 'b', 'n'})
  void check_rowsMissing_saysSo(char kind) {
    IMAPIFolder folder = store.folder("folder");
    ok(
        store.store.getIDsFromNames(
            List.of(org.mapi4j.types.MAPINAMEID.id(org.mapi4j.types.MapiGuid.PS_PUBLIC_STRINGS, 1)),
            MAPI_CREATE));
    try (IMessage message = ok(folder.createMessage(null, 0))) {
      set(message, PR_BODY_W, "b".repeat(60_000));
      assertHr(S_OK, message.saveChanges(0));
    }
    assertEquals(List.of(), check());
    Batch.Builder batch = Batch.builder();
    for (Row row : store.shard.scan(KeyRange.prefix(Bytes.of(kind)), false, 1000)) {
      boolean name = kind != 'n' || row.key().get(1) == 1;
      if (name) {
        batch.delete(row.key());
      }
    }
    assertInstanceOf(Outcome.Committed.class, store.core().commit(batch));
    assertNotEquals(List.of(), check());
  }

  @Test
  void check_damagedRow_isNamed() {
    Bytes key = Keys.folder(((FolderObject) store.folder("f")).id());
    Batch.Builder batch = Batch.builder().put(key, 9, Bytes.of(1, 2, 3));
    assertInstanceOf(Outcome.Committed.class, store.core().commit(batch));
    assertTrue(check().get(0).contains("row " + key), check().toString());
  }
}
