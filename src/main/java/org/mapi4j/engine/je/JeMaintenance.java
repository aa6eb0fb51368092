package org.mapi4j.engine.je;

import com.sleepycat.je.CheckpointConfig;
import com.sleepycat.je.Cursor;
import com.sleepycat.je.DatabaseEntry;
import com.sleepycat.je.DatabaseException;
import com.sleepycat.je.EnvironmentConfig;
import com.sleepycat.je.EnvironmentMutableConfig;
import com.sleepycat.je.Get;
import com.sleepycat.je.VerifyConfig;
import com.sleepycat.je.util.DbVerifyLog;
import com.sleepycat.je.util.LogVerificationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.mapi4j.spi.EngineMaintenance.CheckReport;
import org.mapi4j.spi.EngineMaintenance.CompactReport;
import org.mapi4j.types.Bytes;

/** Checking and compacting an open store, on a thread of the engine, beside its other work. */
final class JeMaintenance {
  private static final int COMPACT_UTILIZATION_PERCENT = 80;
  private static final int TRIES = 3;

  private final Path directory;
  private final LiveStore live;

  JeMaintenance(Path directory, LiveStore live) {
    this.directory = directory;
    this.live = live;
  }

  /** Every checksum of the log, every tree, every row and every record of the change log. */
  CheckReport check() {
    List<String> problems = new ArrayList<>();
    long[] rowsAndBytes = new long[2];
    attempt(problems, this::verifyLog);
    attempt(problems, store -> readRows(store, rowsAndBytes, problems));
    attempt(problems, store -> readChanges(store, problems));
    attempt(problems, store -> verifyTrees(store, problems));
    return new CheckReport(rowsAndBytes[0], rowsAndBytes[1], problems);
  }

  private interface Step {
    void run(JeStore store) throws LogVerificationException, IOException;
  }

  private void attempt(List<String> problems, Step step) {
    for (int i = 1; ; i++) {
      JeStore store = live.current();
      try {
        step.run(store);
        return;
      } catch (IOException | DatabaseException | IllegalStateException damage) {
        if (!live.is(store) && i < TRIES) {
          continue; // another thread opened the store again under us
        }
        problems.add(JeFaults.damagedFile(damage) + ": " + damage.getMessage());
        if (!store.isValid()) {
          live.replace(store, damage);
        }
        return;
      }
    }
  }

  private void verifyLog(JeStore store) throws LogVerificationException, IOException {
    new DbVerifyLog(store.environment()).verifyAll();
  }

  private static void verifyTrees(JeStore store, List<String> problems) {
    VerifyConfig config = new VerifyConfig();
    config.setPropagateExceptions(true);
    boolean consistent = store.environment().verify(config, null);
    if (!consistent) {
      problems.add("JE's verification failed without saying why");
    }
  }

  private static void readRows(JeStore store, long[] rowsAndBytes, List<String> problems) {
    DatabaseEntry key = new DatabaseEntry();
    DatabaseEntry data = new DatabaseEntry();
    Arrays.fill(rowsAndBytes, 0);
    try (Cursor cursor = store.rows().openCursor(null, JeSettings.READING)) {
      while (cursor.get(key, data, Get.NEXT, null) != null) {
        rowsAndBytes[0]++;
        rowsAndBytes[1] += key.getSize() + data.getSize();
        if (data.getSize() < Long.BYTES) {
          problems.add(
              "row %s: %d bytes, at least 8 for its version"
                  .formatted(Bytes.wrap(key.getData()), data.getSize()));
        }
      }
    }
  }

  private static void readChanges(JeStore store, List<String> problems) {
    DatabaseEntry key = new DatabaseEntry();
    DatabaseEntry data = new DatabaseEntry();
    try (Cursor cursor = store.changes().openCursor(null, JeSettings.READING)) {
      long last = 0;
      while (cursor.get(key, data, Get.NEXT, null) != null) {
        long first = JeStore.seq(key);
        if (first <= last) {
          problems.add("change log: record %d begins before %d ends".formatted(first, last));
        }
        try {
          last = first + ChangeRecord.decode(first, data.getData()).size() - 1;
        } catch (IndexOutOfBoundsException | IllegalArgumentException broken) {
          problems.add("change log: record %d: %s".formatted(first, broken.getMessage()));
        }
      }
    }
  }

  /** Cleans files that are less full than usual is good enough, then deletes them. */
  CompactReport compact() {
    long before = bytes();
    JeStore store = live.writable();
    setUtilization(store, COMPACT_UTILIZATION_PERCENT);
    try {
      CheckpointConfig force = new CheckpointConfig().setForce(true);
      store.environment().checkpoint(force);
      while (store.environment().cleanLog() > 0) {
        store.environment().checkpoint(force);
      }
      store.environment().checkpoint(force.setMinimizeRecoveryTime(true));
    } finally {
      setUtilization(store, JeSettings.UTILIZATION_PERCENT_MIN);
    }
    return new CompactReport(before, bytes());
  }

  private static void setUtilization(JeStore store, int percent) {
    EnvironmentMutableConfig config = store.environment().getMutableConfig();
    config.setConfigParam(EnvironmentConfig.CLEANER_MIN_UTILIZATION, Integer.toString(percent));
    store.environment().setMutableConfig(config);
  }

  long bytes() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
