package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.types.Bytes;

/**
 * The rows of a store agree with each other after anything that clients do, and the check sees when
 * not.
 */
class StoreCheckTest {
  private final TestStore store = TestStore.create();

  private List<String> check() {
    return StoreSession.check(store.shard);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomFolderWork_atAnyTime_leavesAgreeingRows(long seed) {
    FolderWork work = new FolderWork(store, new Random(seed));
    for (int step = 0; step < 300; step++) {
      work.step();
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

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13, 14})
  void fourClientsAtOnce_onTheSameFolders_leaveAgreeingRows(long seed) throws Exception {
    List<Bytes> folders = Collections.synchronizedList(new ArrayList<>());
    List<Bytes> messages = Collections.synchronizedList(new ArrayList<>());
    folders.add(id(store.root()));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> clients = new ArrayList<>();
      for (int client = 0; client < 4; client++) {
        TestStore session = store.session(StoreOptions.DEFAULT);
        FolderWork work =
            new FolderWork(session, new Random(seed * 31 + client), folders, messages);
        clients.add(
            () -> {
              for (int step = 0; step < 200; step++) {
                work.step();
                session.sweep();
              }
              session.store.close();
              return true;
            });
      }
      for (Future<Boolean> client : threads.invokeAll(clients)) {
        assertTrue(client.get());
      }
    } finally {
      threads.shutdownNow();
    }
    store.store.close();
    while (rows('z') + rows('t') > 0) {
      store.sweep();
    }
    assertEquals(List.of(), check());
  }

  private int rows(char kind) {
    return store.shard.scan(KeyRange.prefix(Bytes.of(kind)), false, 1000).size();
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
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
      assertHr(S_OK, message.setReadFlag(0)); // gives it a location of its own
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
  void check_foldersInACircle_saysSo() {
    FolderObject outer = (FolderObject) store.folder("outer");
    FolderObject inner = (FolderObject) subfolder(outer, "inner");
    FolderRow row = store.core().folder(outer.id()).value();
    Batch.Builder batch =
        Batch.builder()
            .put(
                Keys.folder(outer.id()),
                9,
                new FolderRow(inner.id(), row.type(), row.props()).encode());
    assertInstanceOf(Outcome.Committed.class, store.core().commit(batch));
    assertTrue(check().contains("folder " + outer.id() + " lies in itself"), check().toString());
  }

  @Test
  void check_damagedRow_isNamed() {
    Bytes key = Keys.folder(((FolderObject) store.folder("f")).id());
    Batch.Builder batch = Batch.builder().put(key, 9, Bytes.of(1, 2, 3));
    assertInstanceOf(Outcome.Committed.class, store.core().commit(batch));
    assertTrue(check().get(0).contains("row " + key), check().toString());
  }

  private void damage(Bytes key) {
    Batch.Builder batch = Batch.builder().put(key, 9, Bytes.EMPTY);
    assertInstanceOf(Outcome.Committed.class, store.core().commit(batch));
  }

  @Test
  void check_damagedCounter_isNamedAndNoCallThrows() {
    FolderObject folder = (FolderObject) store.folder("f");
    message(folder, "m");
    Bytes key = Keys.counter(folder.id(), Keys.CONTENT);
    damage(key);
    assertTrue(check().toString().contains("counter " + key + " has 0 bytes"), check().toString());
    var count = folder.getProps(org.mapi4j.types.SPropTagArray.tags(PR_CONTENT_COUNT), 0);
    assertHr(MAPI_W_ERRORS_RETURNED, count.hr());
    assertHr(MAPI_E_CORRUPT_DATA, count.value().get(0).scode());
  }

  @Test
  void check_damagedReceiveFolder_isNamed() {
    Bytes key =
        store.shard.scan(KeyRange.prefix(Bytes.of(Keys.RECEIVE_FOLDERS)), false, 1).get(0).key();
    damage(key);
    assertTrue(check().toString().contains("row " + key), check().toString());
  }

  @Test
  void check_damagedNameCount_isNamedAndTheRestIsChecked() {
    damage(Keys.nameCount());
    assertTrue(check().toString().contains("row " + Keys.nameCount()), check().toString());
  }
}
