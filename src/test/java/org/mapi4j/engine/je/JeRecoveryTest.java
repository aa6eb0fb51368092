package org.mapi4j.engine.je;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.engine.contract.ShardContract.bytes;
import static org.mapi4j.engine.contract.ShardContract.committed;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.engine.contract.ShardConcurrencyContract;
import org.mapi4j.spi.Batch;
import org.mapi4j.types.Bytes;

/**
 * JE gives up on its environment when a thread is interrupted inside its I/O. That must not happen
 * to callers' threads; here the engine's own threads are interrupted, to see it come back.
 */
class JeRecoveryTest {
  private static final int COMMITS = 300;

  @TempDir private Path directory;

  private static void interruptEngineThreads() {
    Thread[] threads = new Thread[2 * Thread.activeCount() + 50];
    int count = Thread.enumerate(threads);
    for (int i = 0; i < count; i++) {
      if (threads[i].getName().startsWith("mapi4j-je-")) {
        threads[i].interrupt();
      }
    }
  }

  @Test
  void commit_engineThreadsInterrupted_everyAcknowledgedCommitIsThereOnce() throws Exception {
    try (JeEngine engine = JeEngine.open(directory, JeOptions.DEFAULT)) {
      AtomicBoolean stop = new AtomicBoolean();
      AtomicInteger writers = new AtomicInteger();
      AtomicIntegerArray rounds = new AtomicIntegerArray(2);
      Callable<Integer> writer =
          () -> {
            int me = writers.getAndIncrement();
            Bytes key = bytes("writer " + me);
            try {
              for (int i = 1; !stop.get(); i++) {
                Bytes token = bytes(key + " " + i);
                Batch.Builder next =
                    Batch.builder().put(key, i, Bytes.wrap(new byte[3000])).token(token);
                long seq = committed(engine, next.expect(key, i == 1 ? Batch.ABSENT : i - 1));
                if (i % 50 == 0) {
                  assertEquals(OptionalLong.of(seq), engine.outcomeOf(token));
                }
                assertEquals(i, engine.get(key).orElseThrow().version());
                rounds.incrementAndGet(me);
              }
            } finally {
              stop.set(true);
            }
            return 0;
          };
      Callable<Integer> disturber =
          () -> {
            for (int i = 0; i < COMMITS && !stop.get(); i++) {
              committed(engine, Batch.builder().put(bytes("d"), i, Bytes.EMPTY));
              if (i % 10 == 0) {
                int first = rounds.get(0);
                int second = rounds.get(1);
                interruptEngineThreads();
                // A read may fail that meets several interruptions: each has its own round.
                while (!stop.get() && (rounds.get(0) == first || rounds.get(1) == second)) {
                  Thread.yield();
                }
              }
            }
            stop.set(true);
            return 0;
          };
      assertEquals(3, ShardConcurrencyContract.together(List.of(writer, writer, disturber)).size());
      assertEquals(List.of(), engine.check().problems());
      assertTrue(engine.seq() > COMMITS);
    }
    JeEngine.open(directory, JeOptions.DEFAULT).close();
  }
}
