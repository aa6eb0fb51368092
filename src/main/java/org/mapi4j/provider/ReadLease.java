package org.mapi4j.provider;

import java.util.function.Supplier;
import org.mapi4j.spi.Lease;
import org.mapi4j.types.Bytes;

/**
 * A handle's lease on the large values of a folder or of the store: what it read stays readable
 * until its Release, whatever others set meanwhile. Taken with the first large value. Guarded by
 * the handle's lock.
 */
final class ReadLease {
  private final StoreCore core;
  private final Bytes owner;
  private Lease lease;

  /**
   * Takes nothing yet.
   *
   * @param owner id that garbage is kept under
   */
  ReadLease(StoreCore core, Bytes owner) {
    this.core = core;
    this.owner = owner;
  }

  /** Keeps from now on what the row that is read next points at. */
  void take() {
    if (lease == null) {
      lease = core.shard().lease(Keys.message(owner), core.session(), Lease.Mode.READ);
    }
  }

  /** A property from the present row, which is read again under the lease when it is large. */
  Stored read(Supplier<Stored> row) {
    Stored prop = row.get();
    if (prop instanceof Stored.Large && lease == null) {
      take();
      return row.get();
    }
    return prop;
  }

  void close() {
    if (lease != null) {
      lease.close();
      lease = null;
    }
  }
}
