package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.OpenedEntry;
import org.mapi4j.engine.je.JeEngine;
import org.mapi4j.engine.je.JeOptions;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.BatchLimits;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.Stages;
import org.mapi4j.spi.Stamps;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SRow;

/** A table reads its rows again when a commit touched them, and only then. */
class TableRereadTest {
  private static final int STEPS = Boolean.getBoolean("mapi4j.long") ? 300 : 40;

  @TempDir private Path directory;

  private Shard engine(String name) {
    return name.equals("je")
        ? JeEngine.open(directory, JeOptions.DEFAULT)
        : new MemoryEngine(BatchLimits.DEFAULT);
  }

  /** Counts the scans that begin in a range. */
  private static final class Counting extends BrokenShards.Passing {
    final AtomicInteger scans = new AtomicInteger();
    final AtomicInteger gets = new AtomicInteger();
    private volatile KeyRange counted = KeyRange.prefix(Bytes.of(0xFF));

    Counting(Shard good) {
      super(good);
    }

    void count(KeyRange range) {
      counted = range;
      scans.set(0);
      gets.set(0);
    }

    @Override
    public Optional<Row> get(Bytes key) {
      if (counted.contains(key)) {
        gets.incrementAndGet();
      }
      return super.get(key);
    }

    @Override
    public List<Row> scan(KeyRange range, boolean reverse, int limit) {
      if (counted.contains(range.from())) {
        scans.incrementAndGet();
      }
      return super.scan(range, reverse, limit);
    }
  }

  private static IMAPITable contents(IMAPIFolder folder) {
    return ok(folder.getContentsTable(MAPI_UNICODE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "je"})
  void contents_commitsElsewhere_doNotReadTheFolderAgain(String engine) {
    try (Counting shard = new Counting(engine(engine))) {
      TestStore store = TestStore.on(shard);
      IMAPIFolder shown = store.folder("shown");
      IMAPIFolder other = store.folder("other");
      Bytes elsewhere = message(other, "m");
      message(shown, "one");
      IMAPITable table = contents(shown);
      assertEquals(1, ok(table.getRowCount(0)));
      shard.count(Keys.indexes(((FolderObject) shown).id(), false));

      for (int i = 0; i < 50; i++) {
        message(other, "import " + i);
        assertEquals(1, ok(table.getRowCount(0)));
      }
      try (IMessage saved = store.open(elsewhere, MAPI_MODIFY)) {
        set(saved, PR_BODY_W, "b".repeat(500_000));
        assertHr(S_OK, saved.saveChanges(0));
      }
      assertHr(S_OK, other.setReadFlags(ENTRYLIST.of(elsewhere), 0, null, 0));
      assertHr(S_OK, other.deleteMessages(ENTRYLIST.of(elsewhere), 0, null, 0));
      set(shown, PR_COMMENT_W, "the folder's own row is none of the table's");
      message(shown, "hidden", MAPI_ASSOCIATED);
      subfolder(shown, "child");
      store.sweep();
      assertEquals(1, ok(table.getRowCount(0)));
      assertEquals(1, ok(table.queryRows(10, 0)).aRow().size());
      assertEquals(0, shard.scans.get());

      message(shown, "two");
      shard.count(Keys.indexes(((FolderObject) shown).id(), false));
      assertEquals(2, ok(table.getRowCount(0)));
      assertEquals(2, ok(table.getRowCount(0)));
      assertEquals(1, shard.gets.get(), "rows read by their keys");
      assertHr(S_OK, table.seekRow(BOOKMARK_BEGINNING, 0).hr());
      assertEquals(Set.of("one", "two"), Set.copyOf(column(table, PR_SUBJECT_W)));
      assertEquals(0, shard.scans.get(), "scans of the folder");
      assertEquals(3, shard.gets.get(), "and the two that are shown");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "je"})
  void hierarchy_commitsToNoFolder_doNotReadTheTreeAgain(String engine) {
    try (Counting shard = new Counting(engine(engine))) {
      TestStore store = TestStore.on(shard);
      IMAPIFolder parent = store.folder("parent");
      IMAPIFolder child = subfolder(parent, "child");
      Bytes id = message(child, "m");
      IMAPITable table = ok(parent.getHierarchyTable(0));
      assertEquals(1, ok(table.getRowCount(0)));
      shard.count(Keys.children(((FolderObject) parent).id()));
      for (int i = 0; i < 20; i++) {
        try (IMessage saved = store.open(id, MAPI_MODIFY)) {
          set(saved, PR_SUBJECT_W, "s" + i);
          assertHr(S_OK, saved.saveChanges(0));
        }
        assertEquals(1, ok(table.getRowCount(0)));
      }
      assertEquals(0, shard.scans.get());
      message(child, "another");
      assertHr(S_OK, table.seekRow(BOOKMARK_BEGINNING, 0).hr());
      assertEquals(List.of(2), column(table, PR_CONTENT_COUNT));
      assertTrue(shard.scans.get() > 0);
    }
  }

  @Test
  void contents_changesNoLongerKept_readsAgain() {
    BatchLimits d = BatchLimits.DEFAULT;
    BatchLimits forgetful =
        new BatchLimits(
            d.batchOpsMax(),
            d.batchBytesMax(),
            d.rowBytesMax(),
            d.deleteRangeRowsMax(),
            5,
            d.tokensKept());
    try (Counting shard = new Counting(new MemoryEngine(forgetful))) {
      TestStore store = TestStore.on(shard);
      IMAPIFolder shown = store.folder("shown");
      IMAPIFolder other = store.folder("other");
      IMAPITable table = contents(shown);
      assertEquals(0, ok(table.getRowCount(0)));
      shard.count(Keys.indexes(((FolderObject) shown).id(), false));
      message(shown, "first and forgotten");
      for (int i = 0; i < 300; i++) {
        message(other, "later " + i);
      }
      assertEquals(1, ok(table.getRowCount(0)));
      assertEquals(1, shard.scans.get());
    }
  }

  @Test
  void rangeStamp_moreChangesThanRows_movesOnWithoutReadingThem() {
    MemoryEngine engine = new MemoryEngine(BatchLimits.DEFAULT);
    RangeStamp stamp = new RangeStamp(engine, List.of(KeyRange.prefix(Bytes.of('x'))));
    long before = stamp.get(0);
    for (int i = 0; i < RangeStamp.CHANGES_MIN; i++) {
      commit(engine, Batch.builder().put(Bytes.of('y'), 1, Bytes.EMPTY));
    }
    assertEquals(before, stamp.get(0));
    for (int i = 0; i <= RangeStamp.CHANGES_MIN; i++) {
      commit(engine, Batch.builder().put(Bytes.of('y'), 1, Bytes.EMPTY));
    }
    assertEquals(before, stamp.get(2 * RangeStamp.CHANGES_MIN));
    for (int i = 0; i <= RangeStamp.CHANGES_MIN; i++) {
      commit(engine, Batch.builder().put(Bytes.of('y'), 1, Bytes.EMPTY));
    }
    assertNotEquals(before, stamp.get(0));
  }

  @Test
  void rangeStamp_everyKindOfChange_movesItOn() {
    MemoryEngine engine = new MemoryEngine(BatchLimits.DEFAULT);
    Bytes inside = Bytes.of('x', 1);
    RangeStamp stamp = new RangeStamp(engine, List.of(KeyRange.prefix(Bytes.of('x'))));
    List<Batch.Builder> touching =
        List.of(
            Batch.builder().put(inside, 1, Bytes.EMPTY),
            Batch.builder().add(Bytes.of('x', 2), 1),
            Batch.builder().delete(inside),
            Batch.builder().deleteRange(KeyRange.prefix(Bytes.of('x', 2))),
            Batch.builder().deleteRange(new KeyRange(Bytes.of('a'), null)));
    List<Batch.Builder> others =
        List.of(
            Batch.builder().put(Bytes.of('w', 255), 1, Bytes.EMPTY),
            Batch.builder().add(Bytes.of('y'), 1),
            Batch.builder().delete(Bytes.of('y')),
            Batch.builder().deleteRange(KeyRange.prefix(Bytes.of('w'))),
            Batch.builder().deleteRange(new KeyRange(Bytes.of('y'), null)));
    long at = stamp.get(0);
    for (int i = 0; i < touching.size(); i++) {
      commit(engine, others.get(i));
      assertEquals(at, stamp.get(0), "other " + i);
      commit(engine, touching.get(i));
      assertEquals(++at, stamp.get(0), "touching " + i);
    }
  }

  @CanIgnoreReturnValue
  private static Object commit(Shard shard, Batch.Builder batch) {
    return Stages.await(shard.commit(batch.build()));
  }

  /** What a client does to folders at random: tables kept open see what new ones see. */
  @ParameterizedTest(name = "{0}, seed {1}")
  @CsvSource({"memory, 1", "memory, 2", "je, 5"})
  void tables_keptOpenThroughRandomChanges_showWhatNewOnesShow(String engine, long seed) {
    Random random = new Random(seed);
    try (Shard shard = engine(engine)) {
      TestStore client = TestStore.on(shard);
      TestStore reader = client.session(StoreOptions.DEFAULT);
      List<Bytes> folders = new ArrayList<>(List.of(id(client.root())));
      List<Bytes> messages = new ArrayList<>(List.of(message(client.root(), "first")));
      for (String name : List.of("a", "b", "c")) {
        folders.add(id(client.folder(name)));
      }
      List<Bytes> watched = List.copyOf(folders);
      List<List<IMAPITable>> kept = watched.stream().map(id -> tables(reader, id)).toList();
      FolderWork work = new FolderWork(client, random, folders, messages);
      for (int step = 0; step < STEPS; step++) {
        work.step();
        if (step % 8 == 0) {
          beside(client, messages.get(random.nextInt(messages.size())), step);
        }
        TestStore other = client.session(StoreOptions.DEFAULT); // shares no columns with the reader
        for (int i = 0; i < kept.size(); i++) {
          List<IMAPITable> fresh = tables(other, watched.get(i));
          for (int j = 0; j < fresh.size(); j++) {
            String where = "step %d, folder %d, table %d".formatted(step, i, j);
            assertEquals(all(fresh.get(j)), all(kept.get(i).get(j)), where);
          }
          fresh.forEach(IMAPITable::close);
        }
        other.store.close();
      }
      reader.store.close();
      client.store.close();
    }
  }

  /** Changes outside the version, and of the mapping signature. */
  private static void beside(TestStore client, Bytes message, int step) {
    IMAPIFolder root = client.root();
    int hr = root.setMessageStatus(message, step, step).hr();
    assertTrue(hr == S_OK || hr == MAPI_E_NOT_FOUND, () -> HResult.toString(hr));
    MAPINAMEID name = MAPINAMEID.id(MapiGuid.PS_PUBLIC_STRINGS, step);
    assertHr(S_OK, root.getIDsFromNames(List.of(name), MAPI_CREATE).hr());
  }

  /** New tables of a folder; none when it is gone. */
  private static List<IMAPITable> tables(TestStore store, Bytes folder) {
    MapiResult<OpenedEntry> opened = store.store.openEntry(folder, null, 0);
    if (opened.hr() == MAPI_E_NOT_FOUND) {
      return List.of();
    }
    IMAPIFolder own = (IMAPIFolder) ok(opened).lppUnk();
    return List.of(
        contents(own),
        ok(own.getContentsTable(MAPI_UNICODE | MAPI_ASSOCIATED)),
        ok(own.getHierarchyTable(MAPI_UNICODE | CONVENIENT_DEPTH)),
        ok(own.getHierarchyTable(MAPI_UNICODE)));
  }

  private static List<String> all(IMAPITable table) {
    SPropTagArray columns = ok(table.queryColumns(TBL_ALL_COLUMNS));
    assertHr(S_OK, table.setColumns(columns, 0));
    assertHr(S_OK, table.seekRow(BOOKMARK_BEGINNING, 0).hr());
    return ok(table.queryRows(1000, 0)).aRow().stream().map(TableRereadTest::text).toList();
  }

  /** A row's values but its instance key, which is the view's own. */
  private static String text(SRow row) {
    return row.lpProps().stream()
        .filter(prop -> prop.ulPropTag() >>> 16 != PR_INSTANCE_KEY >>> 16)
        .toList()
        .toString();
  }

  @Test
  void rangeStamp_keyThatNobodyWritesSharesAStamp_losesNothing() {
    Map<Bytes, Long> added = new HashMap<>();
    Shard engine =
        new BrokenShards.Passing(new MemoryEngine()) {
          @Override
          public long stamp(Bytes key) {
            return super.stamp(key) + added.getOrDefault(key, 0L);
          }
        };
    RangeStamp stamp = new RangeStamp(engine, List.of(KeyRange.prefix(Bytes.of('x'))));
    long before = stamp.get(1);
    added.put(RangeStamp.UNWRITTEN.get(0), Stamps.ONE_CHANGE);
    assertEquals(before, stamp.get(1));
    assertEquals(Optional.of(List.of()), stamp.take());
    RangeStamp.UNWRITTEN.forEach(key -> added.put(key, 2 * Stamps.ONE_CHANGE));
    assertEquals(before + 1, stamp.get(1));
    assertEquals(Optional.empty(), stamp.take());
  }
}
