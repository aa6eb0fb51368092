package org.mapi4j.spi;

/** An open handle's interest in a key, visible to {@link Batch.Builder#expectUnleased}. */
public interface Lease extends AutoCloseable {
  /** What the holder may do. READ keeps what the key reaches from being swept. */
  enum Mode {
    /** Reads. */
    READ,
    /** Was granted write access. */
    MODIFY
  }

  /** Identifies the lease within its shard; never 0. */
  long id();

  /** Ends the lease. Harmless when repeated. */
  @Override
  void close();

  /**
   * The same, and returns when nobody meets the lease any more. Waits where the shard is another
   * process's, so not for a thread that others wait for.
   */
  default void end() {
    close();
  }
}
