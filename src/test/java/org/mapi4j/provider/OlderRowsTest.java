package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.types.Bytes;

/**
 * A store whose rows an older build wrote works on: a row for the location of each message, and a
 * counter each for messages and unread ones.
 */
class OlderRowsTest {
  private static final Bytes FOLDER = Bytes.fromHex("101112131415161718191a1b1c1d1e1f");

  private final TestStore store = TestStore.create();

  /** Makes every row what the older build would have written. */
  private void makeOlder() {
    Batch.Builder batch = Batch.builder();
    for (Row row : rows('m')) {
      Bytes id = Keys.owner(row.key());
      Location born = MessageCodec.born(row.value());
      if (born == null) {
        continue;
      }
      Bytes older = Bytes.of(1).concat(row.value().slice(1 + Location.BYTES, row.value().size()));
      batch.put(row.key(), row.version(), older);
      if (store.shard.get(Keys.location(id)).isEmpty()) {
        batch.put(Keys.location(id), 1, born.encode());
      }
    }
    for (Row row : rows('f')) {
      Bytes folder = Keys.owner(row.key());
      FolderCounts counts = store.core().counts(folder);
      batch.deleteRange(Keys.counters(folder));
      batch.add(Keys.counter(folder, Keys.CONTENT), counts.messages());
      batch.add(Keys.counter(folder, Keys.UNREAD), counts.unread());
      batch.add(Keys.counter(folder, Keys.ASSOCIATED), counts.associated());
    }
    assertInstanceOf(Outcome.Committed.class, store.core().commit(batch));
  }

  private List<Row> rows(char kind) {
    return store.shard.scan(KeyRange.prefix(Bytes.of(kind)), false, 10_000);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void randomFolderWork_onOlderRows_leavesAgreeingRows(long seed) {
    FolderWork work = new FolderWork(store, new Random(seed));
    for (int step = 0; step < 400; step++) {
      work.step();
      if (step % 100 == 50) {
        makeOlder();
        assertEquals(List.of(), StoreSession.check(store.shard), "made older at step " + step);
      } else if (step % 50 == 49) {
        assertEquals(List.of(), StoreSession.check(store.shard), "step " + step);
        store.sweep();
      }
    }
    assertTrue(rows('m').stream().anyMatch(row -> MessageCodec.born(row.value()) == null));
    assertTrue(rows('m').stream().anyMatch(row -> MessageCodec.born(row.value()) != null));
  }

  private static Row counter(int kind, long value) {
    Bytes number = Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    return new Row(Keys.counter(FOLDER, kind), 0, number);
  }

  @Test
  void counts_ofBothKinds_addUp() {
    long gone = FolderCounts.delta(-3, -2);
    assertEquals(
        new FolderCounts(7, 2, 1),
        FolderCounts.of(
            List.of(
                counter(Keys.CONTENT, 10),
                counter(Keys.UNREAD, 4),
                counter(Keys.ASSOCIATED, 1),
                counter(Keys.MESSAGES, gone))));
    long many = FolderCounts.delta(1L << 30, 1L << 30) + FolderCounts.delta(-5, 0);
    assertEquals(
        new FolderCounts((1L << 30) - 5, 1L << 30, 0),
        FolderCounts.of(List.of(counter(Keys.MESSAGES, many))));
    assertEquals(
        new FolderCounts(0, 0, 0),
        FolderCounts.of(List.of(counter(Keys.MESSAGES, gone + FolderCounts.delta(3, 2)))));
  }
}
