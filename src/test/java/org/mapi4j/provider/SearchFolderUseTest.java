package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.provider.SearchWords.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SPropertyRestriction;

/** What is done through search folders and to them, and what their tables read. */
class SearchFolderUseTest extends SearchScene {
  @Test
  void messages_throughTheSearchFolder_areTheRealOnes() {
    Bytes one = message(inbox, "a one");
    Bytes two = message(inbox, "a two");
    Bytes three = message(inbox, "a three");
    Bytes none = message(inbox, "nope");
    IMAPIFolder search = running();
    try (IMessage opened = (IMessage) ok(search.openEntry(one, null, 0)).lppUnk()) {
      assertEquals(id(inbox), get(opened, PR_PARENT_ENTRYID).asBytes());
    }
    assertHr(S_OK, search.copyMessages(ENTRYLIST.of(one), null, other, 0, null, 0));
    assertEquals(List.of("a one"), shown(other));
    assertHr(S_OK, search.copyMessages(ENTRYLIST.of(two), null, other, 0, null, MESSAGE_MOVE));
    assertEquals(List.of("a one", "a two"), shown(other));
    assertHr(S_OK, search.deleteMessages(ENTRYLIST.of(one), 0, null, 0));
    assertHr(MAPI_W_PARTIAL_COMPLETION, search.deleteMessages(ENTRYLIST.of(two, none), 0, null, 0));
    assertEquals(List.of("a three", "nope"), shown(inbox));
    assertEquals(0, ok(search.setMessageStatus(three, MSGSTATUS_TAGGED, MSGSTATUS_TAGGED)));
    assertEquals(MSGSTATUS_TAGGED, ok(search.getMessageStatus(three, 0)));
    assertHr(MAPI_E_NOT_FOUND, search.getMessageStatus(none, 0).hr());
    assertHr(S_OK, search.emptyFolder(0, null, 0));
    assertEquals(List.of("nope"), shown(inbox));
    assertSound();
  }

  @Test
  void changesToTheSearchFolder_thatThePagesForbid_areNoAccess() {
    message(inbox, "a");
    Bytes plain = message(inbox, "x");
    IMAPIFolder search = running();
    IMAPIFolder target = store.folder("target");
    assertHr(MAPI_E_NO_ACCESS, search.createMessage(null, 0).hr());
    assertHr(MAPI_E_NO_ACCESS, search.createMessage(null, MAPI_ASSOCIATED).hr());
    for (int type : new int[] {FOLDER_GENERIC, FOLDER_SEARCH}) {
      assertHr(MAPI_E_NO_ACCESS, search.createFolder(type, "x", null, null, 0).hr());
    }
    for (int flags : new int[] {0, MESSAGE_MOVE}) {
      assertHr(
          MAPI_E_NO_ACCESS, inbox.copyMessages(ENTRYLIST.of(plain), null, search, 0, null, flags));
    }
    for (int flags : new int[] {0, FOLDER_MOVE}) {
      assertHr(
          MAPI_E_NO_ACCESS,
          store.root().copyFolder(id(search), null, target, "copy", 0, null, flags));
      assertHr(
          MAPI_E_NO_ACCESS,
          store.root().copyFolder(id(target), null, search, null, 0, null, flags));
    }
    assertHr(
        MAPI_E_NO_ACCESS,
        inbox.copyTo(List.of(), null, 0, null, MapiGuid.IID_IMAPIFolder, search, 0).hr());
    List<SPropProblem> problems =
        ok(
            search.setProps(
                List.of(
                    SPropValue.of(PR_DISPLAY_NAME_W, "new"), SPropValue.of(PR_COMMENT_W, "why"))));
    assertEquals(List.of(new SPropProblem(0, PR_DISPLAY_NAME_W, MAPI_E_NO_ACCESS)), problems);
    assertEquals("why", get(search, PR_COMMENT_W).asString());
    assertEquals(List.of("a"), shown(search));
    assertHr(MAPI_E_NO_ACCESS, store.store.setReceiveFolder("IPM.X", MAPI_UNICODE, id(search)));
    int access = get(search, PR_ACCESS).asInt();
    assertEquals(MAPI_ACCESS_MODIFY | MAPI_ACCESS_READ | MAPI_ACCESS_DELETE, access);
  }

  @Test
  void copyFolder_withASearchFolderBelow_leavesItOut() {
    IMAPIFolder tree = store.folder("tree");
    message(tree, "m");
    IMAPIFolder search = search(tree, "s");
    assertHr(S_OK, search.setSearchCriteria(has("m"), list(tree), 0));
    assertHr(
        MAPI_W_PARTIAL_COMPLETION,
        store.root().copyFolder(id(tree), null, other, null, 0, null, COPY_SUBFOLDERS));
    IMAPIFolder copy = subfolderOf(other, "tree");
    assertEquals(List.of("m"), shown(copy));
    assertEquals(List.of(), names(copy));
    assertHr(S_OK, store.root().copyFolder(id(tree), null, inbox, null, 0, null, FOLDER_MOVE));
    assertEquals(List.of("m"), shown(search));
    assertSound();
  }

  @Test
  void deleteFolder_search_leavesTheMessages() {
    message(inbox, "a");
    IMAPIFolder search = running();
    IMAPITable table = ok(search.getContentsTable(0));
    assertEquals(1, ok(table.getRowCount(0)));
    assertHr(S_OK, store.root().deleteFolder(id(search), 0, null, 0));
    assertEquals(List.of("a"), shown(inbox));
    assertEquals(0, ok(table.getRowCount(0)));
    assertHr(MAPI_E_OBJECT_DELETED, search.getSearchCriteria(0).hr());
    assertHr(MAPI_E_OBJECT_DELETED, search.setSearchCriteria(HAS_A, list(inbox), 0));
    assertEquals(0, get(store.store, PR_STORE_STATE).asInt());
    store.sweep();
    assertSound();
  }

  @Test
  void damagedCriteria_failSearchesAndNotTheFolder() {
    IMAPIFolder search = running();
    damageCriteria(store, search);
    assertHr(MAPI_E_CORRUPT_DATA, search.getSearchCriteria(0).hr());
    try (IMAPITable table = ok(search.getContentsTable(0))) {
      assertHr(MAPI_E_CORRUPT_DATA, table.getRowCount(0).hr());
    }
    assertEquals(1, StoreSession.check(store.shard).size());
    assertEquals("s", get(search, PR_DISPLAY_NAME_W).asString());
    IMAPITable folders = ok(store.root().getHierarchyTable(MAPI_UNICODE));
    int place = column(folders, PR_DISPLAY_NAME_W).indexOf("s");
    assertTrue(place >= 0);
    assertHr(S_OK, folders.seekRow(BOOKMARK_BEGINNING, 0).hr());
    assertNull(column(folders, PR_CONTENT_COUNT).get(place));
    assertHr(S_OK, search.setSearchCriteria(HAS_A, list(inbox), 0));
    assertHr(S_OK, folders.seekRow(BOOKMARK_BEGINNING, 0).hr());
    assertEquals(0, column(folders, PR_CONTENT_COUNT).get(place));
    assertSound();
  }

  @Test
  void getSearchCriteria_duringTheFirstScan_saysRebuild() throws Exception {
    Slow shard = new Slow(new MemoryEngine());
    TestStore slow = TestStore.on(shard);
    IMAPIFolder folder = slow.folder("f");
    message(folder, "a");
    IMAPIFolder search = search(slow.root(), "s");
    shard.slow = Keys.indexes(((FolderObject) folder).id(), false);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> set =
          other.submit(() -> search.setSearchCriteria(HAS_A, list(folder), RESTART_SEARCH));
      assertTrue(shard.begun.await(20, TimeUnit.SECONDS));
      assertEquals(SEARCH_RUNNING | SEARCH_REBUILD, state(slow.folder(id(search))));
      assertFalse(set.isDone(), "control comes back when the search is done");
      shard.go.countDown();
      assertHr(S_OK, set.get(20, TimeUnit.SECONDS));
      assertEquals(SEARCH_RUNNING, state(search));
    } finally {
      other.shutdownNow();
    }
  }

  @Test
  void contents_commitsElsewhere_readNoFolderAgain() {
    Counting shard = new Counting(new MemoryEngine());
    TestStore counted = TestStore.on(shard);
    IMAPIFolder folder = counted.folder("f");
    IMAPIFolder elsewhere = counted.folder("e");
    message(folder, "a");
    IMAPIFolder search = search(counted.root(), "s");
    assertHr(S_OK, search.setSearchCriteria(HAS_A, list(folder), 0));
    IMAPITable table = ok(search.getContentsTable(MAPI_UNICODE));
    assertEquals(1, ok(table.getRowCount(0)));
    shard.scans.set(0);
    for (int i = 0; i < 20; i++) {
      message(elsewhere, "a" + i);
      message(folder, i % 2 == 0 ? "a" + i : "x" + i);
      assertEquals(2 + i / 2, ok(table.getRowCount(0)));
      assertEquals(2 + i / 2, get(search, PR_CONTENT_COUNT).asInt());
    }
    assertEquals(0, shard.scans.get());
  }

  /** Holds up the scan of a contents table. */
  private static final class Slow extends BrokenShards.Passing {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch go = new CountDownLatch(1);
    volatile KeyRange slow;

    Slow(Shard good) {
      super(good);
    }

    @Override
    public List<Row> scan(KeyRange range, boolean reverse, int limit) {
      if (range.equals(slow)) {
        begun.countDown();
        try {
          assertTrue(go.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
      return super.scan(range, reverse, limit);
    }
  }

  /** Counts scans of contents tables. */
  private static final class Counting extends BrokenShards.Passing {
    final AtomicInteger scans = new AtomicInteger();

    Counting(Shard good) {
      super(good);
    }

    @Override
    public List<Row> scan(KeyRange range, boolean reverse, int limit) {
      if (range.from().get(0) == Keys.INDEXES) {
        scans.incrementAndGet();
      }
      return super.scan(range, reverse, limit);
    }
  }

  @Test
  void rows_readForAColumnAlone_loseNoChange() {
    message(inbox, "a one");
    IMAPIFolder search = running();
    SearchResults results = store.core().searches().of(((FolderObject) search).id());
    SearchSource source = new SearchSource(store.core(), results, null);
    assertTrue(source.stamp() > 0);
    source.forEach(row -> {});
    Bytes added = EntryId.parse(message(inbox, "a two")).orElseThrow().id();
    results.refresh();
    source.forEach(row -> {});
    assertTrue(source.stamp() > 0);
    assertTrue(source.changes().orElseThrow().stream().anyMatch(keys -> keys.contains(added)));
    assertEquals(List.of(), source.changes().orElseThrow());
  }

  @Test
  void rows_ofSeveralCommits_changeInTheirOrderEachOnce() {
    IMAPIFolder search = running();
    SearchResults results = store.core().searches().of(((FolderObject) search).id());
    SearchSource source = new SearchSource(store.core(), results, null);
    assertTrue(source.stamp() > 0);
    source.forEach(row -> {});
    List<List<Bytes>> expected = new ArrayList<>();
    Bytes again = message(inbox, "a again");
    for (String subject : List.of("a z", "a m", "a a")) {
      expected.add(List.of(EntryId.parse(message(inbox, subject)).orElseThrow().id()));
    }
    set(again, PR_IMPORTANCE, 2);
    expected.add(List.of(EntryId.parse(again).orElseThrow().id()));
    results.refresh();
    assertEquals(expected, source.changes().orElseThrow());
    assertEquals(List.of(), source.changes().orElseThrow());
  }

  private void set(Bytes message, int tag, Object value) {
    try (IMessage open = store.open(message, MAPI_MODIFY)) {
      TestStore.set(open, tag, value);
      assertHr(S_OK, open.saveChanges(0));
    }
  }

  @Test
  void contents_newNames_readNoFolderAgain() {
    Counting shard = new Counting(new MemoryEngine());
    TestStore counted = TestStore.on(shard);
    IMAPIFolder folder = counted.folder("f");
    message(folder, "a");
    message(folder, "x");
    IMAPIFolder search = search(counted.root(), "s");
    assertHr(S_OK, search.setSearchCriteria(HAS_A, list(folder), 0));
    IMAPITable table = ok(search.getContentsTable(MAPI_UNICODE));
    Object before = column(table, PR_MAPPING_SIGNATURE).get(0);
    shard.scans.set(0);
    for (int i = 0; i < 5; i++) {
      ok(
          counted.store.getIDsFromNames(
              List.of(MAPINAMEID.string(MapiGuid.PS_PUBLIC_STRINGS, "name " + i)), MAPI_CREATE));
      assertHr(S_OK, table.seekRow(BOOKMARK_BEGINNING, 0).hr());
      List<Object> now = column(table, PR_MAPPING_SIGNATURE);
      assertEquals(List.of(get(search, PR_MAPPING_SIGNATURE).value()), now);
      assertNotEquals(before, now.get(0));
      assertEquals(1, get(search, PR_CONTENT_COUNT).asInt());
    }
    assertEquals(0, shard.scans.get());
  }

  @Test
  void contents_searchForTheMappingSignature_followsNewNames() {
    message(inbox, "a");
    IMAPIFolder search = search(store.root(), "signed");
    Object present = get(inbox, PR_MAPPING_SIGNATURE).value();
    SRestriction signed =
        new SPropertyRestriction(
            RELOP_EQ, PR_MAPPING_SIGNATURE, SPropValue.of(PR_MAPPING_SIGNATURE, present));
    assertHr(S_OK, search.setSearchCriteria(signed, list(inbox), 0));
    assertEquals(List.of("a"), shown(search));
    ok(
        store.store.getIDsFromNames(
            List.of(MAPINAMEID.string(MapiGuid.PS_PUBLIC_STRINGS, "new")), MAPI_CREATE));
    assertEquals(List.of(), shown(search));
  }

  /** Fails the scans of a contents table. */
  private static final class Failing extends BrokenShards.Passing {
    volatile KeyRange failing;

    Failing(Shard good) {
      super(good);
    }

    @Override
    public List<Row> scan(KeyRange range, boolean reverse, int limit) {
      if (range.equals(failing)) {
        throw new StorageFault.Unreachable("the disk", null);
      }
      return super.scan(range, reverse, limit);
    }
  }

  @Test
  void setSearchCriteria_whatCannotBeSearched_leavesTheCriteriaBefore() {
    Failing shard = new Failing(new MemoryEngine());
    TestStore broken = TestStore.on(shard);
    IMAPIFolder good = broken.folder("good");
    IMAPIFolder bad = broken.folder("bad");
    message(good, "a good");
    message(bad, "a bad");
    IMAPIFolder search = search(broken.root(), "s");
    shard.failing = Keys.indexes(((FolderObject) bad).id(), false);
    assertHr(MAPI_E_NETWORK_ERROR, search.setSearchCriteria(HAS_A, list(bad), 0));
    assertHr(MAPI_E_NOT_INITIALIZED, search.getSearchCriteria(0).hr());
    assertEquals(List.of(), shown(search));
    assertEquals(0, get(broken.store, PR_STORE_STATE).asInt());
    assertHr(S_OK, search.setSearchCriteria(HAS_A, list(good), RECURSIVE_SEARCH));
    assertHr(MAPI_E_NETWORK_ERROR, search.setSearchCriteria(null, list(bad), SHALLOW_SEARCH));
    assertEquals(SEARCH_RUNNING | SEARCH_RECURSIVE, state(search));
    assertEquals(list(good), ok(search.getSearchCriteria(0)).lppContainerList());
    assertEquals(List.of("a good"), shown(search));
    shard.failing = null;
    assertHr(S_OK, search.setSearchCriteria(null, list(bad), SHALLOW_SEARCH));
    assertEquals(List.of("a bad"), shown(search));
    assertEquals(List.of(), StoreSession.check(shard));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 1000})
  void setSearchCriteria_restartThatFails_leavesTheSearchStopped(int messages) {
    Failing shard = new Failing(new MemoryEngine());
    TestStore broken = TestStore.on(shard);
    IMAPIFolder folder = broken.folder("f");
    for (int i = 0; i < messages; i++) {
      message(folder, "a " + i);
    }
    IMAPIFolder search = search(broken.root(), "s");
    assertHr(S_OK, search.setSearchCriteria(HAS_A, list(folder), 0));
    assertHr(S_OK, search.setSearchCriteria(null, null, STOP_SEARCH));
    assertEquals(messages, get(search, PR_CONTENT_COUNT).asInt());
    message(folder, "a later one");
    shard.failing = Keys.indexes(((FolderObject) folder).id(), false);
    assertHr(MAPI_E_NETWORK_ERROR, search.setSearchCriteria(null, null, RESTART_SEARCH));
    broken.sweep();
    assertEquals(0, state(search));
    assertEquals(messages, get(search, PR_CONTENT_COUNT).asInt());
    shard.failing = null;
    assertHr(S_OK, search.setSearchCriteria(null, null, RESTART_SEARCH));
    assertEquals(SEARCH_RUNNING, state(search));
    assertEquals(messages + 1, get(search, PR_CONTENT_COUNT).asInt());
    broken.sweep();
    assertEquals(List.of(), StoreSession.check(shard));
    assertEquals(0, broken.rows('b'), "the links of the stopped search are gone");
  }
}
