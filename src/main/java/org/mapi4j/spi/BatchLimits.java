package org.mapi4j.spi;

/**
 * Named bounds of a shard.
 *
 * @param batchOpsMax operations in one batch
 * @param batchBytesMax bytes of keys and values in one batch
 * @param rowBytesMax bytes of one value
 * @param deleteRangeRowsMax rows that one deleteRange may remove; more fail with {@link
 *     StorageFault.TooLarge}
 * @param changesKept commits the change log keeps at least
 * @param tokensKept commits whose token is kept at least
 */
public record BatchLimits(
    int batchOpsMax,
    int batchBytesMax,
    int rowBytesMax,
    int deleteRangeRowsMax,
    int changesKept,
    int tokensKept) {
  /** The bounds of the embedded engines. */
  public static final BatchLimits DEFAULT =
      new BatchLimits(10_000, 16 << 20, 8 << 20, 10_000, 100_000, 100_000);

  /** Throws {@link StorageFault.TooLarge} for a batch over a bound that shows without its rows. */
  public void check(Batch batch) {
    if (batch.ops().size() > batchOpsMax) {
      throw tooLarge("batchOpsMax", batch.ops().size(), batchOpsMax);
    }
    long bytes = 0;
    for (Batch.Op op : batch.ops()) {
      if (op instanceof Batch.Op.Put put) {
        if (put.value().size() > rowBytesMax) {
          throw tooLarge("rowBytesMax", put.value().size(), rowBytesMax);
        }
        bytes += put.key().size() + put.value().size();
      } else if (op instanceof Batch.Op.Add add) {
        bytes += add.key().size() + Long.BYTES;
      } else if (op instanceof Batch.Op.Delete delete) {
        bytes += delete.key().size();
      }
    }
    if (bytes > batchBytesMax) {
      throw tooLarge("batchBytesMax", bytes, batchBytesMax);
    }
  }

  /** Throws {@link StorageFault.TooLarge} when a deleteRange reaches more rows than it may. */
  public void checkDeleteRange(long rows) {
    if (rows > deleteRangeRowsMax) {
      throw tooLarge("deleteRangeRowsMax", rows, deleteRangeRowsMax);
    }
  }

  private static StorageFault tooLarge(String limit, long value, long max) {
    return new StorageFault.TooLarge("%s: %d, at most %d".formatted(limit, value, max), null);
  }
}
