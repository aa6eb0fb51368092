package org.mapi4j.engine.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.BatchLimits;
import org.mapi4j.spi.Fate;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Lease;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.spi.StoreThread;
import org.mapi4j.types.Bytes;

/**
 * What every engine must do, seen through one thread: preconditions, changes, ranges, leases,
 * tokens, bounds. {@link ShardConcurrencyContract} sees the same through many.
 */
public interface ShardContract {
  /** Small bounds, so that tests reach them. */
  BatchLimits LIMITS = new BatchLimits(100, 10_000, 4_000, 20, 50, 50);

  /** The shard of the present test: empty at its beginning, with {@link #LIMITS}. */
  Shard shard();

  /** The bytes of a text. */
  static Bytes bytes(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The text of bytes. */
  static String text(Bytes bytes) {
    return new String(bytes.toArray(), StandardCharsets.UTF_8);
  }

  /** Waits for a commit. Throws the fault that it completed with. */
  static Outcome await(Shard shard, Batch.Builder batch) {
    try {
      return shard.commit(batch.build()).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw (RuntimeException) e.getCause();
    }
  }

  /** Waits for a commit that must succeed, and answers its number. */
  static long committed(Shard shard, Batch.Builder batch) {
    return assertInstanceOf(Outcome.Committed.class, await(shard, batch)).seq();
  }

  private long put(String key, long version, String value) {
    return committed(shard(), Batch.builder().put(bytes(key), version, bytes(value)));
  }

  private String value(String key) {
    return shard().get(bytes(key)).map(row -> text(row.value())).orElse(null);
  }

  private static String keys(List<Row> rows) {
    return String.join(" ", rows.stream().map(row -> text(row.key())).toList());
  }

  private void assertConflict(String key, Outcome.Reason reason, Batch.Builder batch) {
    long before = shard().seq();
    Outcome outcome = await(shard(), batch.put(bytes("must-not-be-written"), 1, Bytes.EMPTY));
    assertEquals(new Outcome.Conflict(bytes(key), reason), outcome);
    assertEquals(Optional.empty(), shard().get(bytes("must-not-be-written")));
    assertEquals(before, shard().seq());
  }

  @Test
  default void get_absentKey_isEmpty() {
    assertEquals(Optional.empty(), shard().get(bytes("a")));
  }

  @Test
  default void put_row_isReadBackWithItsVersion() {
    put("a", 7, "x");
    assertEquals(Optional.of(new Row(bytes("a"), 7, bytes("x"))), shard().get(bytes("a")));
    put("a", 3, "");
    assertEquals(Optional.of(new Row(bytes("a"), 3, Bytes.EMPTY)), shard().get(bytes("a")));
  }

  @Test
  default void commit_numbers_growByOne() {
    assertEquals(0, shard().seq());
    assertEquals(1, put("a", 1, "x"));
    assertEquals(2, put("b", 1, "x"));
    assertEquals(2, shard().seq());
  }

  @Test
  default void commit_emptyBatch_takesANumber() {
    assertEquals(1, committed(shard(), Batch.builder()));
  }

  @Test
  default void expect_otherVersion_conflicts() {
    put("a", 1, "x");
    assertConflict("a", Outcome.Reason.VERSION, Batch.builder().expect(bytes("a"), 2));
    assertEquals(2, committed(shard(), Batch.builder().expect(bytes("a"), 1)));
  }

  @Test
  default void expect_absentKeyOrAbsentExpected_conflicts() {
    put("a", 1, "x");
    assertConflict("a", Outcome.Reason.VERSION, Batch.builder().expect(bytes("a"), Batch.ABSENT));
    assertConflict("b", Outcome.Reason.VERSION, Batch.builder().expect(bytes("b"), 1));
    assertEquals(2, committed(shard(), Batch.builder().expect(bytes("b"), Batch.ABSENT)));
  }

  @Test
  default void expectPresent_absentKey_conflicts() {
    put("a", 1, "x");
    assertConflict("b", Outcome.Reason.ABSENT, Batch.builder().expectPresent(bytes("b")));
    assertEquals(2, committed(shard(), Batch.builder().expectPresent(bytes("a"))));
  }

  @Test
  default void expectEmpty_rangeWithARow_conflicts() {
    put("ab", 1, "x");
    Outcome outcome = await(shard(), Batch.builder().expectEmpty(KeyRange.prefix(bytes("a"))));
    assertEquals(
        Outcome.Reason.NOT_EMPTY, assertInstanceOf(Outcome.Conflict.class, outcome).reason());
    assertEquals(2, committed(shard(), Batch.builder().expectEmpty(KeyRange.prefix(bytes("b")))));
  }

  @Test
  default void commit_severalPreconditions_theFirstThatFailsIsNamed() {
    put("a", 1, "x");
    assertConflict(
        "c",
        Outcome.Reason.ABSENT,
        Batch.builder().expect(bytes("a"), 1).expectPresent(bytes("c")).expect(bytes("a"), 9));
  }

  @Test
  default void commit_preconditions_seeTheStateBeforeTheBatch() {
    put("a", 1, "x");
    committed(
        shard(),
        Batch.builder()
            .put(bytes("a"), 2, bytes("y"))
            .expect(bytes("a"), 1)
            .delete(bytes("b"))
            .expect(bytes("b"), Batch.ABSENT));
    assertEquals("y", value("a"));
  }

  @Test
  default void commit_operations_applyInOrder() {
    put("c", 1, "x");
    committed(
        shard(),
        Batch.builder()
            .put(bytes("a"), 1, bytes("1"))
            .put(bytes("a"), 2, bytes("2"))
            .put(bytes("b"), 1, bytes("1"))
            .delete(bytes("b"))
            .deleteRange(KeyRange.prefix(bytes("c")))
            .put(bytes("c"), 2, bytes("after")));
    assertEquals("2", value("a"));
    assertEquals(null, value("b"));
    assertEquals("after", value("c"));
  }

  @Test
  default void delete_absentKey_isHarmless() {
    assertEquals(1, committed(shard(), Batch.builder().delete(bytes("a"))));
  }

  @Test
  default void add_absentOrPresent_sums() {
    committed(shard(), Batch.builder().add(bytes("n"), 5));
    committed(shard(), Batch.builder().add(bytes("n"), -7).add(bytes("n"), 1));
    Row row = shard().get(bytes("n")).orElseThrow();
    assertEquals(-1, row.counter());
    assertEquals(0, row.version());
  }

  @Test
  default void deleteRange_rows_removesThoseInside() {
    for (String key : List.of("a", "b1", "b2", "b3", "c")) {
      put(key, 1, "x");
    }
    committed(shard(), Batch.builder().deleteRange(KeyRange.prefix(bytes("b"))));
    assertEquals("a c", keys(shard().scan(new KeyRange(Bytes.EMPTY, null), false, 10)));
  }

  @Test
  default void deleteRange_moreRowsThanAllowed_isTooLargeAndWritesNothing() {
    for (int i = 0; i <= LIMITS.deleteRangeRowsMax(); i++) {
      put("r%02d".formatted(i), 1, "x");
    }
    long before = shard().seq();
    Batch.Builder batch =
        Batch.builder().put(bytes("x"), 1, bytes("x")).deleteRange(KeyRange.prefix(bytes("r")));
    assertThrows(StorageFault.TooLarge.class, () -> await(shard(), batch));
    assertEquals(before, shard().seq());
    assertEquals(null, value("x"));
    committed(shard(), Batch.builder().delete(bytes("r00")));
    committed(shard(), Batch.builder().deleteRange(KeyRange.prefix(bytes("r"))));
    assertEquals("", keys(shard().scan(KeyRange.prefix(bytes("r")), false, 10)));
  }

  @Test
  default void commit_overEachLimit_isTooLarge() {
    Batch.Builder ops = Batch.builder();
    for (int i = 0; i <= LIMITS.batchOpsMax(); i++) {
      ops.delete(bytes("a"));
    }
    assertThrows(StorageFault.TooLarge.class, () -> await(shard(), ops));
    Batch.Builder row =
        Batch.builder().put(bytes("a"), 1, Bytes.wrap(new byte[LIMITS.rowBytesMax() + 1]));
    assertThrows(StorageFault.TooLarge.class, () -> await(shard(), row));
    Batch.Builder bytes = Batch.builder();
    for (int i = 0; i < 3; i++) {
      bytes.put(bytes("a" + i), 1, Bytes.wrap(new byte[LIMITS.rowBytesMax()]));
    }
    assertThrows(StorageFault.TooLarge.class, () -> await(shard(), bytes));
    assertEquals(0, shard().seq());
    Bytes largest = Bytes.wrap(new byte[LIMITS.rowBytesMax()]);
    committed(shard(), Batch.builder().put(bytes("a"), 1, largest));
    assertEquals(largest, shard().get(bytes("a")).orElseThrow().value());
  }

  @Test
  default void scan_ranges_answerInOrderWithinBoundsAndLimit() {
    for (String key : List.of("a", "b", "b1", "c", "d")) {
      put(key, 1, key);
    }
    KeyRange all = new KeyRange(Bytes.EMPTY, null);
    KeyRange middle = new KeyRange(bytes("b"), bytes("d"));
    assertEquals("a b b1 c d", keys(shard().scan(all, false, 10)));
    assertEquals("d c b1 b a", keys(shard().scan(all, true, 10)));
    assertEquals("b b1 c", keys(shard().scan(middle, false, 10)));
    assertEquals("c b1 b", keys(shard().scan(middle, true, 10)));
    assertEquals("b b1", keys(shard().scan(middle, false, 2)));
    assertEquals("c b1", keys(shard().scan(middle, true, 2)));
    assertEquals("b b1", keys(shard().scan(KeyRange.prefix(bytes("b")), false, 10)));
    assertEquals("b1 c", keys(shard().scan(middle.startingAfter(bytes("b")), false, 10)));
    assertEquals("b1 b", keys(shard().scan(middle.endingBefore(bytes("c")), true, 10)));
    assertEquals("", keys(shard().scan(new KeyRange(bytes("e"), null), true, 10)));
    assertEquals("", keys(shard().scan(new KeyRange(bytes("b2"), bytes("b9")), true, 10)));
    assertEquals("", keys(shard().scan(all, false, 0)));
  }

  @Test
  default void scanAhead_ranges_answersAsAScanDoes() {
    for (String key : List.of("a", "b", "b1", "c", "d")) {
      put(key, 1, key);
    }
    for (KeyRange range :
        List.of(
            new KeyRange(Bytes.EMPTY, null),
            new KeyRange(bytes("b"), bytes("d")),
            new KeyRange(bytes("e"), null))) {
      for (int limit = 0; limit <= 6; limit++) {
        assertEquals(
            shard().scan(range, false, limit), shard().scanAhead(range, limit).get(), "" + limit);
      }
    }
  }

  @Test
  default void scanAhead_commitInBetween_seesOneSideOfIt() {
    put("a", 1, "x");
    put("b", 1, "x");
    for (int i = 2; i <= 50; i++) {
      Supplier<List<Row>> ahead = shard().scanAhead(new KeyRange(Bytes.EMPTY, null), 10);
      Supplier<List<Row>> neverTaken = shard().scanAhead(new KeyRange(Bytes.EMPTY, null), 10);
      assertNotNull(neverTaken);
      committed(
          shard(),
          Batch.builder().put(bytes("a"), i, bytes("" + i)).put(bytes("b"), i, bytes("" + i)));
      List<Row> rows = ahead.get();
      assertEquals("a b", keys(rows));
      for (Row row : rows) {
        assertTrue(row.version() == i || row.version() == i - 1, row + " at " + i);
      }
    }
  }

  @Test
  default void scanAhead_onAnyThread_answers() throws Exception {
    put("a", 1, "x");
    KeyRange all = new KeyRange(Bytes.EMPTY, null);
    for (int i = 0; i < 50; i++) {
      Supplier<List<Row>> ahead = shard().scanAhead(all, 10);
      assertEquals("a", keys(CompletableFuture.supplyAsync(ahead).get(10, TimeUnit.SECONDS)));
    }
    CompletableFuture<List<Row>> onOwn = new CompletableFuture<>();
    StoreThread.start(
        () -> onOwn.completeAsync(shard().scanAhead(all, 10), Runnable::run), "reads-itself");
    assertEquals("a", keys(onOwn.get(10, TimeUnit.SECONDS)));
  }

  @Test
  default void scan_keys_areOrderedAsUnsignedBytes() {
    Bytes low = Bytes.of(0x7F);
    Bytes high = Bytes.of(0x80);
    Bytes prefixed = Bytes.of(0x7F, 0x00);
    committed(
        shard(),
        Batch.builder()
            .put(high, 1, Bytes.EMPTY)
            .put(low, 1, Bytes.EMPTY)
            .put(prefixed, 1, Bytes.EMPTY));
    List<Bytes> order =
        shard().scan(new KeyRange(Bytes.EMPTY, null), false, 10).stream().map(Row::key).toList();
    assertEquals(List.of(low, prefixed, high), order);
  }

  @Test
  default void outcomeOf_tokens_areKnownWhenCommittedOnly() {
    put("a", 1, "x");
    long seq = committed(shard(), Batch.builder().token(bytes("done")));
    Outcome refused = await(shard(), Batch.builder().token(bytes("refused")).expect(bytes("a"), 9));
    assertInstanceOf(Outcome.Conflict.class, refused);
    assertEquals(OptionalLong.of(seq), shard().outcomeOf(bytes("done")));
    assertEquals(OptionalLong.empty(), shard().outcomeOf(bytes("refused")));
    assertEquals(OptionalLong.empty(), shard().outcomeOf(bytes("never")));
  }

  /** So that {@link Fate#of} takes no forgotten commit for one that was not made. */
  @Test
  default void fate_laterCommits_isTheTrueOneOrUnknown() {
    put("a", 1, "x");
    long after = shard().seq();
    long seq = committed(shard(), Batch.builder().token(bytes("t")));
    for (int i = 2; i < 4 * Math.max(LIMITS.tokensKept(), LIMITS.changesKept()); i++) {
      put("a", i, "x");
      Fate fate = Fate.of(shard(), bytes("t"), after);
      if (fate != Fate.Numberless.UNKNOWN) {
        assertEquals(new Fate.Stands(seq), fate);
      }
      Fate another = Fate.of(shard(), bytes("never"), shard().seq());
      assertEquals(Fate.Numberless.DID_NOT_HAPPEN, another);
    }
  }

  @Test
  default void outcomeOf_laterCommits_isKeptForAsManyAsPromised() {
    long seq = committed(shard(), Batch.builder().token(bytes("t")));
    for (int i = 1; i < LIMITS.tokensKept(); i++) {
      put("a", i, "x");
    }
    assertEquals(OptionalLong.of(seq), shard().outcomeOf(bytes("t")));
  }

  @Test
  default void changesSince_commits_listsWhatTheyWrote() {
    put("a", 1, "x");
    KeyRange range = new KeyRange(bytes("r"), null);
    committed(
        shard(),
        Batch.builder()
            .put(bytes("b"), 1, bytes("x"))
            .add(bytes("n"), 1)
            .delete(bytes("a"))
            .delete(bytes("never was there"))
            .deleteRange(range));
    var changes = shard().changesSince(1, 10).orElseThrow();
    assertEquals(1, changes.size());
    assertEquals(2, changes.get(0).seq());
    assertEquals(List.of(bytes("b"), bytes("n")), changes.get(0).put());
    assertEquals(List.of(bytes("a"), bytes("never was there")), changes.get(0).deleted());
    assertEquals(List.of(range), changes.get(0).deletedRanges());
    assertEquals(Optional.of(List.of()), shard().changesSince(2, 10));
  }

  /** Reads of single rows, of several and of a range agree, whatever was written a moment ago. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  default void get_afterRandomBatches_isWhatAScanFinds(long seed) {
    SplittableRandom chance = new SplittableRandom(seed);
    List<Bytes> keys = IntStream.range(0, 8).mapToObj(i -> bytes("k" + i)).toList();
    for (int i = 1; i <= 300; i++) {
      Batch.Builder batch = Batch.builder();
      for (int op = chance.nextInt(1, 4); op > 0; op--) {
        Bytes key = keys.get(chance.nextInt(keys.size()));
        switch (chance.nextInt(6)) {
          case 0 -> batch.delete(key);
          case 1 -> batch.deleteRange(new KeyRange(key, keys.get(keys.size() - 1)));
          case 2 -> batch.put(bytes("n" + chance.nextInt(2)), 0, Bytes.wrap(new byte[Long.BYTES]));
          case 3 -> batch.add(bytes("n" + chance.nextInt(2)), 1);
          default -> batch.put(key, i, bytes("v" + chance.nextInt()));
        }
      }
      long seq = committed(shard(), batch);
      assertEquals(seq, shard().changesSince(seq - 1, 10).orElseThrow().get(0).seq());
      Map<Bytes, Row> found =
          shard().scan(KeyRange.prefix(Bytes.EMPTY), false, 100).stream()
              .collect(Collectors.toMap(Row::key, row -> row));
      for (Bytes key : keys) {
        assertEquals(Optional.ofNullable(found.get(key)), shard().get(key), () -> text(key));
      }
      for (Bytes key : List.of(bytes("n0"), bytes("n1"))) {
        assertEquals(Optional.ofNullable(found.get(key)), shard().get(key), () -> text(key));
      }
      assertEquals(
          keys.stream().map(key -> Optional.ofNullable(found.get(key))).toList(),
          shard().getAll(keys));
    }
  }

  @Test
  default void changesSince_limit_answersTheOldest() {
    for (int i = 1; i <= 5; i++) {
      put("a", i, "x");
    }
    var changes = shard().changesSince(1, 2).orElseThrow();
    assertEquals(List.of(2L, 3L), changes.stream().map(c -> c.seq()).toList());
  }

  @Test
  default void changesSince_olderThanKept_isTooOld() {
    int commits = 4 * LIMITS.changesKept();
    for (int i = 1; i <= commits; i++) {
      put("a", i, "x");
    }
    assertEquals(Optional.empty(), shard().changesSince(0, 10));
    long oldest = commits - LIMITS.changesKept();
    assertEquals(LIMITS.changesKept(), shard().changesSince(oldest, 1000).orElseThrow().size());
    assertThrows(StorageFault.class, () -> shard().watch(0, change -> {}).close());
  }

  @Test
  default void expectUnleased_leases_countByModeAndException() {
    long mine = shard().newSession();
    long other = shard().newSession();
    Lease read = shard().lease(bytes("a"), mine, Lease.Mode.READ);
    Lease modify = shard().lease(bytes("b"), mine, Lease.Mode.MODIFY);
    assertNotEquals(0, read.id());
    assertNotEquals(read.id(), modify.id());
    assertLeased("a", Lease.Mode.READ, 0, 0);
    assertUnleased("a", Lease.Mode.MODIFY, 0, 0);
    assertLeased("b", Lease.Mode.READ, 0, 0);
    assertLeased("b", Lease.Mode.MODIFY, 0, 0);
    assertLeased("b", Lease.Mode.MODIFY, other, 0);
    assertUnleased("b", Lease.Mode.MODIFY, mine, 0);
    assertLeased("b", Lease.Mode.MODIFY, 0, read.id());
    assertUnleased("b", Lease.Mode.MODIFY, 0, modify.id());
    assertUnleased("c", Lease.Mode.READ, 0, 0);
    Lease second = shard().lease(bytes("b"), other, Lease.Mode.MODIFY);
    assertLeased("b", Lease.Mode.MODIFY, mine, 0);
    second.close();
    second.close();
    modify.close();
    assertUnleased("b", Lease.Mode.READ, 0, 0);
    shard().endSession(other);
    assertLeased("a", Lease.Mode.READ, 0, 0);
    shard().endSession(mine);
    assertUnleased("a", Lease.Mode.READ, 0, 0);
    read.close();
  }

  private void assertLeased(String key, Lease.Mode mode, long session, long lease) {
    assertConflict(
        key,
        Outcome.Reason.LEASED,
        Batch.builder().expectUnleased(bytes(key), mode, session, lease));
  }

  private void assertUnleased(String key, Lease.Mode mode, long session, long lease) {
    Batch.Builder batch = Batch.builder().expectUnleased(bytes(key), mode, session, lease);
    assertTrue(committed(shard(), batch) > 0);
  }

  @Test
  default void newSession_numbers_differAndAreNeverZero() {
    List<Long> sessions = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      sessions.add(shard().newSession());
    }
    assertEquals(10, sessions.stream().distinct().count());
    assertTrue(sessions.stream().noneMatch(session -> session == 0));
  }

  @Test
  default void stamp_commitThatWritesTheKey_changesItAndLeavesItEven() {
    long before = shard().stamp(bytes("a"));
    put("a", 1, "x");
    long after = shard().stamp(bytes("a"));
    assertNotEquals(before, after);
    assertEquals(0, after & 1);
    committed(shard(), Batch.builder().deleteRange(KeyRange.prefix(bytes("a"))));
    assertNotEquals(after, shard().stamp(bytes("a")));
    long absent = shard().stamp(bytes("b"));
    committed(shard(), Batch.builder().delete(bytes("b")));
    assertNotEquals(absent, shard().stamp(bytes("b")), "what stands for it may be cached");
  }

  @Test
  default void commit_asynchronous_isVisibleAndInOrder() {
    for (int i = 1; i <= 20; i++) {
      Batch.Builder batch = Batch.builder().durability(Batch.Durability.ASYNC);
      assertEquals(i, committed(shard(), batch.put(bytes("a"), i, bytes("" + i))));
      assertEquals("" + i, value("a"));
    }
    shard().sync(0).toCompletableFuture().join();
    assertEquals("20", value("a"));
  }

  @Test
  default void close_thenUse_isClosed() {
    put("a", 1, "x");
    shard().close();
    shard().close();
    assertThrows(StorageFault.Closed.class, () -> shard().get(bytes("a")));
    assertThrows(
        StorageFault.Closed.class, () -> shard().scan(new KeyRange(Bytes.EMPTY, null), false, 1));
    assertThrows(
        StorageFault.Closed.class,
        () -> shard().scanAhead(new KeyRange(Bytes.EMPTY, null), 1).get());
    assertThrows(StorageFault.Closed.class, () -> await(shard(), Batch.builder()));
  }
}
