package org.mapi4j.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.engine.je.JeEngine;
import org.mapi4j.engine.je.JeOptions;
import org.mapi4j.engine.shared.EngineOpener;
import org.mapi4j.engine.shared.SharedEngine;
import org.mapi4j.engine.shared.SharedOptions;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.provider.BrokenShards;
import org.mapi4j.provider.StoreSession;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.Stamps;
import org.mapi4j.types.Bytes;

/**
 * An owner that publishes a commit in the file that all map some time after the commit can be seen:
 * the checker catches what the caches of the others then serve.
 */
class LateStampsTest {
  private static final int HISTORIES_MAX = 2_000;
  private static final int HISTORIES_CONTROL = 60;
  private static final long LATE_MILLIS = 3;

  @TempDir private Path directory;

  /** JE, whose stamps go to a memory of its own at once and to the shared one in time or late. */
  private static final class Opener implements EngineOpener, AutoCloseable {
    private final Path directory;
    private final long lateMillis;
    private final ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor();

    Opener(Path directory, long lateMillis) {
      this.directory = directory;
      this.lateMillis = lateMillis;
    }

    @Override
    public Shard open(Stamps stamps) {
      if (lateMillis == 0) {
        return JeEngine.open(directory, JeOptions.DEFAULT.withOutliving(), stamps);
      }
      JeEngine engine = JeEngine.open(directory, JeOptions.DEFAULT.withOutliving(), new Stamps());
      return new BrokenShards.Passing(engine) {
        @Override
        public CompletionStage<Outcome> commit(Batch batch) {
          return super.commit(batch)
              .thenApply(
                  outcome -> {
                    ScheduledFuture<?> published =
                        publisher.schedule(
                            () -> publish(stamps, batch), lateMillis, TimeUnit.MILLISECONDS);
                    assertTrue(published.getDelay(TimeUnit.MILLISECONDS) <= lateMillis);
                    return outcome;
                  });
        }
      };
    }

    private static void publish(Stamps stamps, Batch batch) {
      for (Batch.Op op : batch.ops()) {
        key(op).ifPresent(stamps::begin);
      }
      stamps.end();
    }

    private static Optional<Bytes> key(Batch.Op op) {
      if (op instanceof Batch.Op.Put put) {
        return Optional.of(put.key());
      } else if (op instanceof Batch.Op.Add add) {
        return Optional.of(add.key());
      } else if (op instanceof Batch.Op.Delete delete) {
        return Optional.of(delete.key());
      }
      return Optional.empty();
    }

    @Override
    public void recover(Shard shard) {
      StoreSession.recover(shard);
    }

    @Override
    public void close() {
      publisher.shutdown();
    }
  }

  private Optional<String> violation(long lateMillis, int histories) throws Exception {
    List<SharedEngine> engines = new ArrayList<>();
    try (Opener opener = new Opener(directory, lateMillis)) {
      for (int i = 0; i < HistoryContract.CLIENTS; i++) {
        engines.add(
            SharedEngine.open(
                directory, new SharedOptions("p" + i, SharedOptions.PATIENCE), opener));
      }
      int[] next = {0};
      HistoryContract stores = () -> open(engines.get(next[0]++));
      return HistoryContract.run(stores, histories, 1);
    } catch (AssertionError torn) {
      return Optional.of(torn.getMessage());
    } finally {
      for (int i = engines.size() - 1; i >= 0; i--) {
        engines.get(i).close();
      }
    }
  }

  private static IMsgStore open(Shard shard) {
    return StoreSession.open(shard, StoreOptions.DEFAULT, () -> {}, () -> {}).orElseThrow();
  }

  @Test
  void histories_withStampsInTime_areExplained() throws Exception {
    assertEquals(Optional.empty(), violation(0, HISTORIES_CONTROL));
  }

  @Test
  void histories_withStampsPublishedLateInTheSharedFile_areCaught() throws Exception {
    assertTrue(violation(LATE_MILLIS, HISTORIES_MAX).isPresent());
  }
}
