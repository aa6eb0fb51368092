package org.mapi4j.engine.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.engine.contract.ShardContract.await;
import static org.mapi4j.engine.contract.ShardContract.bytes;
import static org.mapi4j.engine.contract.ShardContract.committed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Lease;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Shard;
import org.mapi4j.types.Bytes;

/** What every engine must do when many threads use it at once, interrupted ones too. */
public interface ShardConcurrencyContract {
  /** The shard of the present test. */
  Shard shard();

  /** Runs tasks at the same time and rethrows what any of them threw. */
  static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<T> results = new ArrayList<>();
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> task : tasks) {
        futures.add(threads.submit(task));
      }
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdown();
    }
  }

  private long version(String key) {
    return shard().get(bytes(key)).map(Row::version).orElse(Batch.ABSENT);
  }

  @Test
  default void expect_manyThreadsOnOneRow_everyVersionIsWonOnce() throws Exception {
    committed(shard(), Batch.builder().put(bytes("a"), 0, Bytes.EMPTY));
    Callable<Integer> saver =
        () -> {
          int won = 0;
          while (version("a") < 200) {
            long seen = version("a");
            Batch.Builder next =
                Batch.builder().expect(bytes("a"), seen).put(bytes("a"), seen + 1, Bytes.EMPTY);
            if (await(shard(), next.add(bytes("n"), 1)) instanceof Outcome.Committed) {
              won++;
            }
          }
          return won;
        };
    List<Integer> won = together(List.of(saver, saver, saver, saver));
    long total = won.stream().mapToInt(Integer::intValue).sum();
    assertEquals(version("a"), total);
    assertEquals(total, shard().get(bytes("n")).orElseThrow().counter());
  }

  @Test
  default void get_whileOthersCommit_neverGoesBackAndSeesOwnCommits() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    Callable<Long> writer =
        () -> {
          for (int i = 1; i <= 300; i++) {
            Batch.Builder both =
                Batch.builder().put(bytes("x"), i, Bytes.EMPTY).put(bytes("y"), i, Bytes.EMPTY);
            long seq = committed(shard(), both);
            assertTrue(shard().seq() >= seq, "seq() behind a completed commit");
            assertTrue(version("x") >= i, "a completed commit is not seen");
          }
          stop.set(true);
          return 0L;
        };
    Callable<Long> reader =
        () -> {
          long last = -1;
          while (!stop.get()) {
            long x = version("x");
            assertTrue(x >= last, "x went back");
            long y = version("y");
            assertTrue(y >= x, "saw a commit in x, then missed it in y");
            last = y;
            assertTrue(version("x") >= y, "saw a commit in y, then missed it in x");
          }
          return last;
        };
    assertEquals(3, together(List.of(writer, reader, reader)).size());
  }

  @Test
  default void stamp_cachedRows_areNeverNewThenOld() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong acknowledged = new AtomicLong();
    Callable<Long> writer =
        () -> {
          for (int i = 1; i <= 400; i++) {
            committed(shard(), Batch.builder().put(bytes("x"), i, Bytes.EMPTY));
            acknowledged.set(i);
          }
          stop.set(true);
          return 0L;
        };
    AtomicLong anySeen = new AtomicLong();
    Callable<Long> reader =
        () -> {
          long cached = -1;
          long cachedStamp = 1;
          long hits = 0;
          while (!stop.get()) {
            long floor = Math.max(acknowledged.get(), anySeen.get());
            long stamp = shard().stamp(bytes("x"));
            long value;
            if (stamp == cachedStamp && (stamp & 1) == 0) {
              value = cached;
              hits++;
            } else {
              value = version("x");
              if ((stamp & 1) == 0 && shard().stamp(bytes("x")) == stamp) {
                cached = value;
                cachedStamp = stamp;
              }
            }
            assertTrue(
                value >= floor || value < 0 && floor == 0,
                "read " + value + " after someone had seen " + floor);
            anySeen.accumulateAndGet(value, Math::max);
          }
          return hits;
        };
    List<Long> hits = together(List.of(writer, reader, reader));
    assertEquals(3, hits.size());
  }

  @Test
  default void expectUnleased_leaseWhileCommitUnderWay_stopsItOrSeesIt() throws Exception {
    Callable<Integer> deleter =
        () -> {
          int deleted = 0;
          for (int i = 0; i < 150; i++) {
            committed(shard(), Batch.builder().put(bytes("m"), i, Bytes.EMPTY));
            Batch.Builder delete =
                Batch.builder().expectUnleased(bytes("m"), Lease.Mode.MODIFY, 0, 0);
            Outcome outcome = await(shard(), delete.delete(bytes("m")));
            deleted += outcome instanceof Outcome.Committed ? 1 : 0;
          }
          committed(shard(), Batch.builder().put(bytes("stop"), 1, Bytes.EMPTY));
          return deleted;
        };
    Callable<Integer> opener =
        () -> {
          int opened = 0;
          long session = shard().newSession();
          Row cached = null;
          long cachedStamp = 1;
          while (version("stop") < 0) {
            try (Lease lease = shard().lease(bytes("m"), session, Lease.Mode.MODIFY)) {
              long stamp = shard().stamp(bytes("m"));
              Row row = stamp == cachedStamp ? cached : shard().get(bytes("m")).orElse(null);
              if ((stamp & 1) == 0 && shard().stamp(bytes("m")) == stamp) {
                cached = row;
                cachedStamp = stamp;
              }
              if (row != null && lease.id() != 0) {
                opened++;
                assertTrue(version("m") >= row.version(), "deleted under a lease");
              }
            }
          }
          return opened;
        };
    assertEquals(2, together(List.of(deleter, opener)).size());
  }

  @Test
  default void scan_whileOtherRowsComeAndGo_seesUnchangedRowsOnce() throws Exception {
    for (int i = 0; i < 50; i++) {
      Batch.Builder batch = Batch.builder().durability(Batch.Durability.ASYNC);
      committed(shard(), batch.put(bytes("s%02d-stays".formatted(i)), 1, Bytes.EMPTY));
    }
    AtomicBoolean stop = new AtomicBoolean();
    Callable<Integer> churn =
        () -> {
          int n = 0;
          while (!stop.get()) {
            Bytes key = bytes("s%02d-moves".formatted(n++ % 50));
            Batch.Builder batch = Batch.builder().durability(Batch.Durability.ASYNC);
            committed(shard(), n % 3 == 0 ? batch.delete(key) : batch.put(key, n, Bytes.EMPTY));
          }
          return n;
        };
    Callable<Integer> scanner =
        () -> {
          try {
            for (int round = 0; round < 40; round++) {
              boolean reverse = round % 2 == 1;
              assertEquals(50, stays(reverse).size());
            }
          } finally {
            stop.set(true);
          }
          return 0;
        };
    assertEquals(2, together(List.of(churn, scanner)).size());
  }

  private Set<Bytes> stays(boolean reverse) {
    Set<Bytes> seen = new HashSet<>();
    KeyRange rest = KeyRange.prefix(bytes("s"));
    while (true) {
      List<Row> page = shard().scan(rest, reverse, 7);
      for (Row row : page) {
        if (row.version() == 1 && ShardContract.text(row.key()).endsWith("-stays")) {
          assertTrue(seen.add(row.key()), "twice: " + row.key());
        }
      }
      if (page.size() < 7) {
        return seen;
      }
      Bytes last = page.get(page.size() - 1).key();
      rest = reverse ? rest.endingBefore(last) : rest.startingAfter(last);
    }
  }

  @Test
  default void commit_oneOfManyFails_theOthersDoNot() throws Exception {
    committed(shard(), Batch.builder().put(bytes("a"), 1, Bytes.EMPTY));
    List<CompletionStage<Outcome>> stages = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Batch.Builder batch = Batch.builder().put(bytes("k" + i), 1, Bytes.EMPTY);
      stages.add(shard().commit((i % 3 == 0 ? batch.expect(bytes("a"), 9) : batch).build()));
    }
    for (int i = 0; i < 100; i++) {
      Outcome outcome = stages.get(i).toCompletableFuture().join();
      assertEquals(i % 3 != 0, outcome instanceof Outcome.Committed, "batch " + i);
      assertEquals(i % 3 != 0, version("k" + i) == 1, "row " + i);
    }
  }

  @Test
  default void watch_commitsOfManyThreads_arriveOnceInOrder() throws Exception {
    committed(shard(), Batch.builder().put(bytes("before"), 1, Bytes.EMPTY));
    BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
    try (AutoCloseable watch = shard().watch(0, changes::add)) {
      Callable<Integer> writer =
          () -> {
            for (int i = 0; i < 20; i++) {
              committed(shard(), Batch.builder().add(bytes("n"), 1));
            }
            return 0;
          };
      assertEquals(2, together(List.of(writer, writer)).size());
      for (long seq = 1; seq <= 41; seq++) {
        assertEquals(seq, changes.take().seq());
      }
      assertTrue(watch != null && changes.isEmpty());
    }
  }

  @Test
  default void interrupt_readersAndWriters_keepTheShardAndTheFlag() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong flagsLost = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
    AtomicLong commits = new AtomicLong();
    for (int t = 0; t < 4; t++) {
      Bytes key = bytes("t" + t);
      boolean writer = t % 2 == 0;
      Thread thread =
          new Thread(
              () -> {
                long version = 0;
                while (!stop.get()) {
                  boolean flag = Thread.currentThread().isInterrupted();
                  if (writer) {
                    Batch.Builder next = Batch.builder().put(key, version + 1, bytes("" + version));
                    committed(shard(), next.expect(key, version == 0 ? Batch.ABSENT : version));
                    version++;
                    commits.incrementAndGet();
                  } else {
                    List<Row> rows = shard().scan(KeyRange.prefix(bytes("t")), false, 10);
                    assertTrue(rows.size() <= 2);
                  }
                  boolean after = Thread.currentThread().isInterrupted();
                  flagsLost.addAndGet(flag && !after ? 1 : 0);
                  if (after && !flag) {
                    Thread.interrupted(); // the next call begins without the flag again
                  }
                }
              });
      thread.setUncaughtExceptionHandler((who, what) -> thrown.add(what));
      threads.add(thread);
      thread.start();
    }
    for (int i = 0; i < 1000; i++) {
      threads.get(i % threads.size()).interrupt();
      assertTrue(version("t0") >= Batch.ABSENT);
    }
    stop.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), thrown);
    assertEquals(0, flagsLost.get());
    assertEquals(commits.get(), Math.max(0, version("t0")) + Math.max(0, version("t2")));
  }

  @Test
  default void interrupt_flagSetBefore_callsWorkAndKeepIt() {
    Thread.currentThread().interrupt();
    try {
      committed(shard(), Batch.builder().put(bytes("a"), 1, Bytes.EMPTY));
      assertEquals(1, version("a"));
      shard().sync(0).toCompletableFuture().join();
      assertTrue(Thread.currentThread().isInterrupted());
    } finally {
      assertTrue(Thread.interrupted());
    }
  }
}
