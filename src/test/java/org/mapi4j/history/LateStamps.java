package org.mapi4j.history;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.mapi4j.engine.je.JeEngine;
import org.mapi4j.engine.je.JeOptions;
import org.mapi4j.engine.shared.EngineOpener;
import org.mapi4j.provider.BrokenShards;
import org.mapi4j.provider.StoreSession;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.Stamps;
import org.mapi4j.types.Bytes;

/**
 * JE, whose stamps go to a memory of its own at once and to the shared one in time or late: an
 * owner that does what no owner may.
 */
final class LateStamps implements EngineOpener, AutoCloseable {
  private final Path directory;
  private final long lateMillis;
  private final ScheduledExecutorService publisher =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "late stamps");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param lateMillis how long after a commit can be seen its stamps change; 0 for an owner as it
   *     should be
   */
  LateStamps(Path directory, long lateMillis) {
    this.directory = directory;
    this.lateMillis = lateMillis;
  }

  @Override
  public Shard open(Stamps stamps) {
    if (lateMillis == 0) {
      return JeEngine.open(directory, JeOptions.DEFAULT.withOutliving(), stamps);
    }
    JeEngine engine = JeEngine.open(directory, JeOptions.DEFAULT.withOutliving(), new Stamps());
    stamps.seq(engine.seq());
    return new BrokenShards.Passing(engine) {
      @Override
      public CompletionStage<Outcome> commit(Batch batch) {
        return super.commit(batch)
            .thenApply(
                outcome -> {
                  ScheduledFuture<?> published =
                      publisher.schedule(
                          () -> publish(stamps, batch, outcome), lateMillis, TimeUnit.MILLISECONDS);
                  assertTrue(published.getDelay(TimeUnit.MILLISECONDS) <= lateMillis);
                  return outcome;
                });
      }
    };
  }

  private static void publish(Stamps stamps, Batch batch, Outcome outcome) {
    for (Batch.Op op : batch.ops()) {
      key(op).ifPresent(stamps::begin);
    }
    stamps.end();
    if (outcome instanceof Outcome.Committed committed) {
      stamps.seq(committed.seq());
    }
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
