package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.api.IUnknown;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.spi.BatchLimits;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Row;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiResult;

class ProgressStepsTest {
  /** Notes what it is told. */
  private static final class Told implements IMAPIProgress {
    private final List<String> steps = new ArrayList<>();
    private final int flags;
    private final int min;
    private final int max;
    private int cancelAt = Integer.MAX_VALUE;

    Told(int flags, int min, int max) {
      this.flags = flags;
      this.min = min;
      this.max = max;
    }

    @Override
    public int progress(int ulValue, int ulCount, int ulTotal) {
      steps.add(ulValue + "/" + ulCount + "/" + ulTotal);
      return steps.size() >= cancelAt ? MAPI_E_USER_CANCEL : S_OK;
    }

    @Override
    public MapiResult<Integer> getFlags() {
      return MapiResult.ok(flags);
    }

    @Override
    public MapiResult<Integer> getMax() {
      return MapiResult.ok(max);
    }

    @Override
    public MapiResult<Integer> getMin() {
      return MapiResult.ok(min);
    }

    @Override
    public int setLimits(Integer lpulMin, Integer lpulMax, Integer lpulFlags) {
      return S_OK;
    }

    @Override
    public MapiResult<IUnknown> queryInterface(Guid riid) {
      return MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
    }

    @Override
    public void close() {}
  }

  private static Told topLevel() {
    return new Told(MAPI_TOP_LEVEL, 1, 1000);
  }

  @Test
  void did_atTheTopLevel_countsItems() {
    Told told = topLevel();
    ProgressSteps steps = new ProgressSteps(told, 3);
    for (int i = 0; i < 3; i++) {
      assertFalse(steps.did());
    }
    assertEquals(List.of("333/1/3", "666/2/3", "1000/3/3"), told.steps);
  }

  @Test
  void did_belowTheTopLevel_keepsToItsPart() {
    Told told = new Told(0, 200, 400);
    ProgressSteps steps = new ProgressSteps(told, 2);
    for (int i = 0; i < 2; i++) {
      assertFalse(steps.did());
    }
    assertEquals(List.of("300/0/0", "400/0/0"), told.steps);
  }

  @Test
  void did_ofMoreItemsThanThereWere_reachesTheLimitWithFinishAlone() {
    Told told = topLevel();
    ProgressSteps steps = ProgressSteps.estimated(told, 1);
    for (int i = 0; i < 3; i++) {
      assertFalse(steps.did());
    }
    steps.finish();
    steps.finish();
    assertEquals(List.of("500/1/2", "500/1/2", "500/1/2", "1000/2/2"), told.steps);
  }

  @Test
  void did_afterCancel_tellsNothingMore() {
    Told told = topLevel();
    told.cancelAt = 2;
    ProgressSteps steps = new ProgressSteps(told, 4);
    assertFalse(steps.did());
    assertTrue(steps.did());
    assertTrue(steps.isCanceled());
    assertTrue(steps.did());
    steps.finish();
    assertEquals(2, told.steps.size());
  }

  @Test
  void did_cancelWithTheLastItem_isTooLate() {
    Told told = topLevel();
    told.cancelAt = 1;
    ProgressSteps steps = new ProgressSteps(told, 1);
    assertFalse(steps.did());
    assertFalse(steps.isCanceled());
  }

  @Test
  void did_withoutAnObjectOrItems_isSilent() {
    assertFalse(new ProgressSteps(null, 5).did());
    Told told = topLevel();
    assertFalse(new ProgressSteps(told, 0).did());
    assertEquals(List.of(), told.steps);
  }

  @Test
  void deleteFolder_ofMoreThanABatchTakes_countsWhatIsDoneUpToAll() {
    BatchLimits d = BatchLimits.DEFAULT;
    BatchLimits small =
        new BatchLimits(
            100,
            d.batchBytesMax(),
            d.rowBytesMax(),
            d.deleteRangeRowsMax(),
            d.changesKept(),
            d.tokensKept());
    for (int cancelAt : new int[] {2, 3}) {
      TestStore store = TestStore.on(new MemoryEngine(small));
      IMAPIFolder folder = store.folder("folder");
      for (int i = 0; i < 24; i++) {
        TestStore.subfolder(folder, "f" + i);
      }
      Told told = topLevel();
      told.cancelAt = cancelAt;
      boolean last = cancelAt == 3;
      TestStore.assertHr(
          last ? S_OK : MAPI_W_PARTIAL_COMPLETION,
          store.root().deleteFolder(TestStore.id(folder), 0, told, DEL_FOLDERS | FOLDER_DIALOG));
      List<String> steps = List.of("400/10/25", "800/20/25", "1000/25/25");
      assertEquals(steps.subList(0, cancelAt), told.steps);
      assertEquals(!last, TestStore.names(store.root()).contains("folder"));
    }
  }

  @Test
  void emptyFolder_canceled_readsNoMorePages() {
    AtomicInteger scans = new AtomicInteger();
    TestStore store =
        TestStore.on(
            new BrokenShards.Passing(new MemoryEngine()) {
              @Override
              public List<Row> scan(KeyRange range, boolean reverse, int limit) {
                if (KeyRange.prefix(Bytes.of(Keys.INDEXES)).contains(range.from())) {
                  scans.incrementAndGet();
                }
                return super.scan(range, reverse, limit);
              }
            });
    IMAPIFolder folder = store.folder("folder");
    for (int i = 0; i < 600; i++) {
      TestStore.message(folder, "m" + i);
    }
    Told told = topLevel();
    told.cancelAt = 1;
    scans.set(0);
    TestStore.assertHr(
        MAPI_W_PARTIAL_COMPLETION,
        folder.emptyFolder(0, told, FOLDER_DIALOG | DELETE_HARD_DELETE | DEL_ASSOCIATED));
    assertEquals(1, scans.get());
    assertEquals(599, TestStore.subjects(folder, 0).size());
    assertEquals(1, told.steps.size());
  }
}
