package org.mapi4j.engine.je;

import com.sleepycat.je.CursorConfig;
import com.sleepycat.je.DatabaseConfig;
import com.sleepycat.je.Durability;
import com.sleepycat.je.EnvironmentConfig;
import java.util.concurrent.TimeUnit;

/** Everything JE is told, explicitly. */
final class JeSettings {
  /** A checkpoint for so many bytes of log: what a reopening after a crash reads at most. */
  static final long CHECKPOINT_BYTES = 64L << 20;

  /** Bytes of one log file, the cleaner's unit. Smaller when the whole store must be small. */
  static final long LOG_FILE_BYTES = 32L << 20;

  /** Files are cleaned when less than so much of all of them is in use. */
  static final int UTILIZATION_PERCENT_MIN = 50;

  /** Longer than any commit that is not stuck. */
  private static final long LOCK_TIMEOUT_SECONDS = 30;

  /** JE stops writing before the disk is full, which is gentler than an I/O error. */
  private static final long FREE_DISK_BYTES = 2L << 20;

  private static final long LOG_FILE_BYTES_MIN = 1L << 20;

  /**
   * Holds no lock while it waits for the next one, so that a scan and the writer never wait for
   * each other.
   */
  static final CursorConfig READING = new CursorConfig().setReadCommitted(true).setNonSticky(true);

  private JeSettings() {}

  static EnvironmentConfig environment(JeOptions options, boolean readOnly) {
    long fileBytes =
        options.diskBytesMax() == 0
            ? LOG_FILE_BYTES
            : Math.max(LOG_FILE_BYTES_MIN, Math.min(LOG_FILE_BYTES, options.diskBytesMax() / 16));
    EnvironmentConfig config = new EnvironmentConfig();
    config.setTransactional(true);
    config.setReadOnly(readOnly);
    config.setAllowCreate(!readOnly);
    config.setCacheSize(options.cacheBytes());
    config.setDurability(Durability.COMMIT_SYNC);
    config.setLockTimeout(LOCK_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    set(config, EnvironmentConfig.LOG_FILE_MAX, fileBytes);
    set(config, EnvironmentConfig.CHECKPOINTER_BYTES_INTERVAL, CHECKPOINT_BYTES);
    set(config, EnvironmentConfig.CLEANER_MIN_UTILIZATION, UTILIZATION_PERCENT_MIN);
    set(config, EnvironmentConfig.FREE_DISK, FREE_DISK_BYTES);
    set(config, EnvironmentConfig.MAX_DISK, options.diskBytesMax());
    // What JE would write to its own log files, we say in faults. They would also fail on a full
    // disk.
    set(config, EnvironmentConfig.FILE_LOGGING_LEVEL, "OFF");
    set(config, EnvironmentConfig.CONSOLE_LOGGING_LEVEL, "OFF");
    // We verify when asked: the nightly run would read the whole store behind its user's back.
    set(config, EnvironmentConfig.ENV_RUN_VERIFIER, false);
    // A torn tail that was never acknowledged is normal after a power cut: recovery cuts it off.
    set(config, EnvironmentConfig.HALT_ON_COMMIT_AFTER_CHECKSUMEXCEPTION, false);
    return config;
  }

  private static void set(EnvironmentConfig config, String name, Object value) {
    config.setConfigParam(name, value.toString());
  }

  static DatabaseConfig database(boolean readOnly) {
    DatabaseConfig config = new DatabaseConfig();
    config.setTransactional(true);
    config.setReadOnly(readOnly);
    config.setAllowCreate(!readOnly);
    config.setKeyPrefixing(true); // keys of one kind share their first bytes
    return config;
  }
}
