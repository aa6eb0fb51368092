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
}
