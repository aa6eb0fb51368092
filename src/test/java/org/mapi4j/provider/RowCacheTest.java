package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.engine.contract.ShardContract.bytes;
import static org.mapi4j.engine.contract.ShardContract.committed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Shard;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiCode;

/** What is kept of rows that were read: how much, and how much of a folder at a time. */
class RowCacheTest {
  private int reads;
  private final List<Integer> pages = new ArrayList<>();
  private final Shard shard =
      new BrokenShards.Passing(new MemoryEngine()) {
        @Override
        public Optional<Row> get(Bytes key) {
          reads++;
          return super.get(key);
        }

        @Override
        public List<Row> scan(KeyRange range, boolean reverse, int limit) {
          if (range.from().get(0) == 'i') {
            pages.add(limit);
          }
          return super.scan(range, reverse, limit);
        }
      };

  private void put(String key, int size) {
    Batch.Builder batch = Batch.builder().put(bytes(key), 1, Bytes.wrap(new byte[size]));
    assertTrue(committed(shard, batch) > 0);
  }

  @Test
  void get_rowsOfManyBytes_keepsNoMoreThanItsBytes() {
    RowCache<Integer> cache = new RowCache<>(shard, 1000, 100_000, row -> row.value().size());
    for (int i = 0; i < 100; i++) {
      put("k" + i, 10_000);
      assertEquals(10_000, cache.get(bytes("k" + i)));
      assertTrue(cache.bytes() <= 100_000, cache.bytes() + " bytes");
    }
    assertTrue(cache.bytes() >= 50_000, cache.bytes() + " bytes");
    reads = 0;
    assertEquals(10_000, cache.get(bytes("k99")));
    assertEquals(0, reads);
  }

  @Test
  void get_rowsReplacedAndDeleted_countsWhatIsThere() {
    RowCache<Integer> cache = new RowCache<>(shard, 10, 100_000, row -> row.value().size());
    for (int i = 0; i < 50; i++) {
      put("a", 1_000 + i);
      assertEquals(1_000 + i, cache.get(bytes("a")));
      assertEquals(1_000 + i, cache.bytes());
    }
    put("huge", 90_000);
    assertEquals(90_000, cache.get(bytes("huge")));
    assertEquals(1_049, cache.bytes());
    assertTrue(committed(shard, Batch.builder().delete(bytes("a"))) > 0);
    assertEquals(null, cache.get(bytes("a")));
    assertEquals(0, cache.bytes());
    for (int i = 0; i < 30; i++) {
      put("k" + i, 1);
      assertEquals(1, cache.get(bytes("k" + i)));
      assertTrue(cache.bytes() <= 10, cache.bytes() + " rows");
    }
  }

  @Test
  void setReadFlags_everyMessage_readsRowsInSmallPages() {
    TestStore store = TestStore.on(shard);
    IMAPIFolder folder = store.folder("f");
    for (int i = 0; i < 300; i++) {
      TestStore.message(folder, "m" + i);
    }
    pages.clear();
    TestStore.assertHr(MapiCode.S_OK, folder.setReadFlags(IMAPIFolder.ALL_MESSAGES, 0, null, 0));
    TestStore.assertHr(MapiCode.S_OK, folder.emptyFolder(0, null, 0));
    assertTrue(pages.size() > 3, pages.toString());
    assertTrue(pages.stream().allMatch(limit -> limit <= 512), pages.toString());
    assertEquals(List.of(), TestStore.subjects(folder, 0));
  }
}
