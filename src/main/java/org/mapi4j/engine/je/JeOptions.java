package org.mapi4j.engine.je;

import java.util.Objects;
import org.mapi4j.spi.BatchLimits;

/**
 * How a directory is opened.
 *
 * @param writable false changes nothing on disk; commits fail with ReadOnly
 * @param create makes an absent store; otherwise that is Absent
 * @param cacheBytes JE's cache, in the heap
 * @param diskBytesMax bytes of the store's files together; 0 for no limit
 * @param limits bounds of batches and of what the log keeps
 * @param outliving asynchronous commits are handed to the system before they are seen, so that they
 *     outlive this process: for a store that other processes go on with
 */
public record JeOptions(
    boolean writable,
    boolean create,
    long cacheBytes,
    long diskBytesMax,
    BatchLimits limits,
    boolean outliving) {
  /** Read/write, created when absent, 64 MB of cache, no limit on disk. */
  public static final JeOptions DEFAULT =
      new JeOptions(true, true, 64L << 20, 0, BatchLimits.DEFAULT, false);

  /** The smallest cache JE works with. */
  public static final long CACHE_BYTES_MIN = 4L << 20;

  /** Throws IllegalArgumentException for a cache or disk too small to work with. */
  public JeOptions {
    Objects.requireNonNull(limits, "limits");
    if (cacheBytes < CACHE_BYTES_MIN) {
      throw new IllegalArgumentException(
          "cacheBytes: %d, at least %d".formatted(cacheBytes, CACHE_BYTES_MIN));
    }
    if (diskBytesMax < 0) {
      throw new IllegalArgumentException("diskBytesMax: %d, 0 or more".formatted(diskBytesMax));
    }
  }

  /** The same with another bound of the files' bytes. */
  public JeOptions withDiskBytesMax(long bytes) {
    return new JeOptions(writable, create, cacheBytes, bytes, limits, outliving);
  }

  /** The same with other limits. */
  public JeOptions withLimits(BatchLimits other) {
    return new JeOptions(writable, create, cacheBytes, diskBytesMax, other, outliving);
  }

  /** The same, read-only or not. */
  public JeOptions withWritable(boolean value) {
    return new JeOptions(value, create, cacheBytes, diskBytesMax, limits, outliving);
  }

  /** The same, creating an absent store or not. */
  public JeOptions withCreate(boolean value) {
    return new JeOptions(writable, value, cacheBytes, diskBytesMax, limits, outliving);
  }

  /** The same for a store that other processes go on with. */
  public JeOptions withOutliving() {
    return new JeOptions(writable, create, cacheBytes, diskBytesMax, limits, true);
  }
}
