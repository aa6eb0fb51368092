package org.mapi4j.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.engine.shared.SharedEngine;
import org.mapi4j.engine.shared.SharedOptions;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.provider.StoreSession;
import org.mapi4j.spi.Shard;

/**
 * An owner that publishes a commit in the file that all map some time after the commit can be seen:
 * the checker catches what the caches of the others then serve.
 */
class LateStampsTest {
  private static final int HISTORIES_MAX = 2_000;
  private static final int HISTORIES_CONTROL = 60;
  private static final long LATE_MILLIS = 3;

  @TempDir private Path directory;

  private Optional<String> violation(long lateMillis, int histories) throws Exception {
    List<SharedEngine> engines = new ArrayList<>();
    try (LateStamps opener = new LateStamps(directory, lateMillis)) {
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
