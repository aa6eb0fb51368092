package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mapi4j.advise.SinkQueue;
import org.mapi4j.api.IMAPIAdviseSink;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IUnknown;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.ADRENTRY;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.NOTIFICATION.TABLE_NOTIFICATION;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/** Sinks of tables: what they hear of every kind of table, and what a bad one does to others. */
@Timeout(120)
class TableSinksTest {
  private final TestStore store = TestStore.create();
  private final IMAPIFolder folder = store.folder("f");

  @AfterEach
  void close() {
    store.store.close();
  }

  private IMAPITable contents(int flags) {
    IMAPITable table = ok(folder.getContentsTable(MAPI_UNICODE | flags));
    assertHr(S_OK, table.setColumns(SPropTagArray.tags(PR_INSTANCE_KEY, PR_SUBJECT_W), 0));
    assertHr(
        S_OK,
        table.sortTable(SSortOrderSet.of(new SSortOrder(PR_SUBJECT_W, TABLE_SORT_ASCEND)), 0));
    return table;
  }

  private static List<Object> values(RowClient client) {
    return client.rows().stream().map(row -> row.lpProps().get(1).value()).toList();
  }

  private static void awaits(RowClient client, Object... values) {
    client.until(() -> values(client).equals(List.of(values)));
    assertEquals(List.of(values), values(client), () -> "heard " + client.heard());
    assertEquals(List.of(), client.wrong());
  }

  /** A sink that does something within OnNotify. */
  private static final class Slow implements IMAPIAdviseSink {
    final CountDownLatch called = new CountDownLatch(1);
    final AtomicInteger events = new AtomicInteger();
    final List<NOTIFICATION> heard = new ArrayList<>();
    final AtomicInteger releases = new AtomicInteger();
    final Runnable inside;

    Slow(Runnable inside) {
      this.inside = inside;
    }

    @Override
    public int onNotify(List<NOTIFICATION> lpNotifications) {
      called.countDown();
      inside.run();
      synchronized (heard) {
        heard.addAll(lpNotifications);
      }
      events.addAndGet(lpNotifications.size());
      return S_OK;
    }

    @Override
    public MapiResult<IUnknown> queryInterface(Guid riid) {
      return MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
    }

    @Override
    public void close() {
      releases.incrementAndGet();
    }
  }

  private static void until(java.util.function.BooleanSupplier holds) throws Exception {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!holds.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "did not come true");
      Thread.sleep(2);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void associatedContents_messagesOfTheirOwn_areTold() {
    RowClient client = new RowClient(contents(MAPI_ASSOCIATED));
    message(folder, "not here");
    message(folder, "b", MAPI_ASSOCIATED);
    message(folder, "a", MAPI_ASSOCIATED);
    awaits(client, "a", "b");
    assertEquals(2, client.heard().size());
    client.end();
  }

  @Test
  void hierarchy_foldersComeChangeAndGo_atEveryDepth() {
    IMAPITable table = ok(store.root().getHierarchyTable(MAPI_UNICODE | CONVENIENT_DEPTH));
    assertHr(S_OK, table.setColumns(SPropTagArray.tags(PR_INSTANCE_KEY, PR_DISPLAY_NAME_W), 0));
    RowClient client = new RowClient(table);
    int before = client.rows().size();
    IMAPIFolder child = subfolder(folder, "child");
    IMAPIFolder grandchild = subfolder(child, "grandchild");
    assertTrue(client.until(() -> client.rows().size() == before + 2));
    set(grandchild, PR_DISPLAY_NAME_W, "renamed");
    assertTrue(client.until(() -> values(client).contains("renamed")));
    assertHr(S_OK, child.deleteFolder(id(grandchild), 0, null, 0));
    assertTrue(client.until(() -> client.rows().size() == before + 1));
    assertEquals(List.of(), client.wrong());
    client.end();
  }

  @Test
  void recipients_whatTheHandleModifies_isTold() {
    try (IMessage message = ok(folder.createMessage(null, 0))) {
      IMAPITable table = ok(message.getRecipientTable(MAPI_UNICODE));
      assertHr(S_OK, table.setColumns(SPropTagArray.tags(PR_INSTANCE_KEY, PR_DISPLAY_NAME_W), 0));
      RowClient client = new RowClient(table);
      assertHr(S_OK, message.modifyRecipients(MODRECIP_ADD, recipients("a", "b")));
      awaits(client, "a", "b");
      assertHr(S_OK, message.modifyRecipients(0, recipients("c")));
      client.until(() -> values(client).equals(List.of("c")));
      assertEquals(List.of("c"), values(client));
      assertEquals(List.of(), client.wrong());
      client.end();
    }
  }

  private static ADRLIST recipients(String... names) {
    List<ADRENTRY> entries = new ArrayList<>();
    for (String name : names) {
      entries.add(
          new ADRENTRY(
              List.of(
                  SPropValue.of(PR_DISPLAY_NAME_W, name),
                  SPropValue.of(PR_RECIPIENT_TYPE, MAPI_TO))));
    }
    return new ADRLIST(entries);
  }

  @Test
  void attachments_whatWasSavedAtTheirLevel_isTold() {
    try (IMessage message = ok(folder.createMessage(null, 0))) {
      IMAPITable table = ok(message.getAttachmentTable(MAPI_UNICODE));
      assertHr(
          S_OK, table.setColumns(SPropTagArray.tags(PR_INSTANCE_KEY, PR_ATTACH_FILENAME_W), 0));
      RowClient client = new RowClient(table);
      var created = ok(message.createAttach(null, 0));
      set(created.lppAttach(), PR_ATTACH_FILENAME_W, "a.txt");
      assertEquals(List.of(), values(client));
      assertHr(S_OK, created.lppAttach().saveChanges(0));
      awaits(client, "a.txt");
      assertHr(S_OK, message.deleteAttach(created.lpulAttachmentNum(), 0, null, 0));
      awaits(client);
      client.end();
    }
  }

  @Test
  void receiveFolders_anAssociation_isTold() {
    IMAPITable table = ok(store.store.getReceiveFolderTable(MAPI_UNICODE));
    assertHr(S_OK, table.setColumns(SPropTagArray.tags(PR_INSTANCE_KEY, PR_MESSAGE_CLASS_W), 0));
    RowClient client = new RowClient(table);
    assertHr(S_OK, store.store.setReceiveFolder("IPM.Told", MAPI_UNICODE, id(folder)));
    assertTrue(client.until(() -> values(client).contains("IPM.Told")));
    assertEquals(List.of(), client.wrong());
    client.end();
  }

  @Test
  void manyChangesAtOnce_areOneTableChanged() {
    List<Bytes> ids = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      ids.add(message(folder, "m" + i));
    }
    IMAPITable table = contents(0);
    RowClient client = new RowClient(table);
    synchronized (table) { // so that the view looks once
      assertHr(S_OK, folder.deleteMessages(ENTRYLIST.of(ids.toArray(Bytes[]::new)), 0, null, 0));
    }
    assertTrue(client.until(client::isLost), () -> "heard " + client.heard());
    client.beginAgain();
    message(folder, "after");
    awaits(client, "after");
    client.end();
  }

  @Test
  void aSinkThatBlocks_harmsNeitherCallsNorOthers_andHearsThatItLostSome() throws Exception {
    CountDownLatch goesOn = new CountDownLatch(1);
    IMAPITable table = contents(0);
    Slow slow = new Slow(() -> await(goesOn));
    long connection = ok(table.advise(fnevTableModified, slow));
    RowClient client = new RowClient(table);
    Bytes id = message(folder, "m");
    slow.called.await();
    int flood = 1500;
    for (int i = 0; i < flood; i++) {
      try (IMessage message = store.open(id, MAPI_MODIFY)) {
        set(message, PR_SUBJECT_W, "n" + i);
        assertHr(S_OK, message.saveChanges(0));
      }
      ok(table.getRowCount(0)); // each is an event of its own
    }
    awaits(client, "n" + (flood - 1));
    assertEquals(flood + 1, client.heard().size());
    goesOn.countDown();
    until(
        () -> {
          synchronized (slow.heard) {
            return slow.heard.stream()
                .anyMatch(e -> ((TABLE_NOTIFICATION) e).ulTableEvent() == TABLE_CHANGED);
          }
        });
    assertTrue(slow.events.get() <= 1024 + SinkQueue.TOGETHER_MAX + 1, slow.events::toString);
    assertHr(S_OK, table.unadvise(connection));
    until(() -> slow.releases.get() > 0);
    assertEquals(1, slow.releases.get());
    client.end();
  }

  @Test
  void aSinkThatCallsTheTable_andUnregistersWithin_getsItsAnswers() throws Exception {
    IMAPITable table = contents(0);
    long[] connection = new long[1];
    List<Object> seen = new ArrayList<>();
    Slow sink =
        new Slow(
            () -> {
              seen.add(ok(table.getRowCount(0)));
              seen.add(table.unadvise(connection[0]));
            });
    connection[0] = ok(table.advise(fnevTableModified, sink));
    message(folder, "m");
    until(() -> sink.releases.get() == 1);
    assertEquals(List.of(1, S_OK), seen);
    assertHr(MAPI_E_NOT_FOUND, table.unadvise(connection[0]));
  }

  @Test
  void theEndOfTableAndStore_releasesEachSinkOnce() throws Exception {
    IMAPITable table = contents(0);
    IMAPITable other = contents(0);
    IMessage message = ok(folder.createMessage(null, 0));
    IMAPITable third = ok(message.getRecipientTable(0));
    List<Slow> sinks = new ArrayList<>();
    for (IMAPITable one : List.of(table, other, third)) {
      Slow sink = new Slow(() -> {});
      ok(one.advise(fnevTableModified, sink));
      sinks.add(sink);
    }
    table.close();
    assertEquals(1, sinks.get(0).releases.get());
    assertEquals(0, sinks.get(1).releases.get());
    store.store.close();
    until(() -> sinks.stream().allMatch(sink -> sink.releases.get() == 1));
    assertHr(MAPI_E_INVALID_OBJECT, other.advise(fnevTableModified, new Slow(() -> {})).hr());
    other.close();
    third.close();
    assertTrue(sinks.stream().allMatch(sink -> sink.releases.get() == 1));
  }

  @Test
  void manyTables_lookOnFewThreads_andAllAreTold() throws Exception {
    List<Slow> sinks = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Slow sink = new Slow(() -> {});
      ok(contents(0).advise(fnevTableModified, sink));
      sinks.add(sink);
    }
    message(folder, "m");
    until(() -> sinks.stream().allMatch(sink -> sink.events.get() == 1));
    long looking =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("mapi4j-look"))
            .count();
    assertTrue(looking >= 1 && looking <= 4, () -> looking + " threads");
  }

  @Test
  void theEndOfTheStore_waitsOnceForTheSinksOfAllTables() {
    TestStore ended = TestStore.create();
    IMAPIFolder in = ended.folder("f");
    CountDownLatch goesOn = new CountDownLatch(1);
    List<Slow> sinks = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Slow sink = new Slow(() -> await(goesOn));
      ok(ok(in.getContentsTable(0)).advise(fnevTableModified, sink));
      sinks.add(sink);
    }
    message(in, "m");
    sinks.forEach(sink -> await(sink.called));
    long began = System.nanoTime();
    ended.store.close();
    long millis = (System.nanoTime() - began) / 1_000_000;
    goesOn.countDown();
    assertTrue(millis < 4 * SinkQueue.RETURN_MILLIS, () -> millis + " ms");
  }

  @Test
  void advise_limitsAndMasks_areRefused() {
    IMAPITable table = contents(0);
    List<Long> connections = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      connections.add(ok(table.advise(fnevTableModified, new Slow(() -> {}))));
    }
    assertEquals(64, connections.stream().distinct().count());
    assertHr(MAPI_E_NOT_ENOUGH_MEMORY, table.advise(fnevTableModified, new Slow(() -> {})).hr());
    assertHr(MAPI_E_INVALID_PARAMETER, table.advise(fnevTableModified, null).hr());
    assertHr(MAPI_E_INVALID_PARAMETER, table.advise(fnevNewMail, new Slow(() -> {})).hr());
    connections.forEach(number -> assertHr(S_OK, table.unadvise(number)));
    ok(table.advise(fnevTableModified, new Slow(() -> {})));
  }

  @Test
  void anAsynchronousOperation_isDoneBeforeOtherCalls_andTold() throws Exception {
    IMAPITable table = contents(0);
    message(folder, "a");
    message(folder, "b");
    Slow sink = new Slow(() -> {});
    ok(table.advise(fnevTableModified, sink));
    for (int i = 0; i < 50; i++) {
      int direction = i % 2 == 0 ? TABLE_SORT_DESCEND : TABLE_SORT_ASCEND;
      assertHr(
          S_OK,
          table.sortTable(SSortOrderSet.of(new SSortOrder(PR_SUBJECT_W, direction)), TBL_ASYNC));
      String first = i % 2 == 0 ? "b" : "a";
      assertEquals(first, ok(table.queryRows(1, 0)).get(0).lpProps().get(1).value());
      assertEquals(TBLSTAT_COMPLETE, ok(table.getStatus()).lpulTableStatus());
      assertHr(MAPI_E_UNABLE_TO_ABORT, table.abort());
    }
    until(() -> sink.events.get() == 50);
    synchronized (sink.heard) {
      for (NOTIFICATION event : sink.heard) {
        TABLE_NOTIFICATION ended = (TABLE_NOTIFICATION) event;
        assertEquals(TABLE_SORT_DONE, ended.ulTableEvent());
        assertNull(ended.row());
      }
    }
  }

  @Test
  void aFaultBehindTheView_isTableError_andLaterTableChanged() throws Exception {
    BrokenIndex shard = new BrokenIndex(new MemoryEngine());
    TestStore broken = TestStore.on(shard);
    IMAPIFolder in = broken.folder("f");
    message(in, "a");
    IMAPITable table = ok(in.getContentsTable(MAPI_UNICODE));
    assertHr(S_OK, table.setColumns(SPropTagArray.tags(PR_INSTANCE_KEY, PR_SUBJECT_W), 0));
    TestStore other = broken.session(StoreOptions.DEFAULT);
    IMAPIFolder theirs = other.folder(id(in));
    Slow sink = new Slow(() -> {});
    ok(table.advise(fnevTableModified, sink));
    shard.failing = true;
    message(theirs, "b");
    until(() -> sink.events.get() >= 1);
    TABLE_NOTIFICATION error = (TABLE_NOTIFICATION) sink.heard.get(0);
    assertEquals(TABLE_ERROR, error.ulTableEvent());
    assertTrue(error.hResult() < 0);
    shard.failing = false;
    message(theirs, "c");
    until(() -> sink.events.get() >= 2);
    assertEquals(TABLE_CHANGED, ((TABLE_NOTIFICATION) sink.heard.get(1)).ulTableEvent());
    assertEquals(3, ok(table.getRowCount(0)));
    broken.store.close();
  }

  /** A shard whose index rows cannot be read for a while. */
  private static final class BrokenIndex extends BrokenShards.Passing {
    volatile boolean failing;

    BrokenIndex(Shard good) {
      super(good);
    }

    private void fail(Bytes key) {
      if (failing && key.get(0) == 'i') {
        throw new StorageFault("index rows cannot be read", null);
      }
    }

    @Override
    public Optional<Row> get(Bytes key) {
      fail(key);
      return super.get(key);
    }

    @Override
    public List<Row> scan(KeyRange range, boolean reverse, int limit) {
      fail(range.from());
      return super.scan(range, reverse, limit);
    }
  }

  @Test
  void hierarchy_countOfASearchFolder_isToldWhenNoFolderChanged() {
    Bytes mail = message(folder, "a");
    IMAPIFolder parent = store.folder("parent");
    IMAPIFolder search = SearchWords.search(parent, "s");
    assertHr(
        S_OK,
        search.setSearchCriteria(SearchWords.HAS_A, SearchWords.list(folder), RESTART_SEARCH));
    IMAPITable table = ok(parent.getHierarchyTable(MAPI_UNICODE));
    assertHr(S_OK, table.setColumns(SPropTagArray.tags(PR_INSTANCE_KEY, PR_CONTENT_COUNT), 0));
    RowClient client = new RowClient(table);
    awaits(client, 1);
    try (IMessage message = store.open(mail, MAPI_MODIFY)) {
      set(message, PR_SUBJECT_W, "b");
      assertHr(S_OK, message.saveChanges(0));
    }
    awaits(client, 0);
  }
}
