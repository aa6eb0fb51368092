package org.mapi4j.engine.shared;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mapi4j.spi.Lease;
import org.mapi4j.types.Bytes;

/** The leases of this process, to be told to every owner. Safe for several threads. */
final class LeaseBook {
  private final Map<Long, HeldLease> held = new LinkedHashMap<>();
  private long last;

  synchronized HeldLease add(Bytes key, long session, Lease.Mode mode) {
    HeldLease lease = new HeldLease(++last, session, mode, key);
    held.put(lease.id(), lease);
    return lease;
  }

  /** True when it was there. */
  @CanIgnoreReturnValue
  synchronized boolean remove(long id) {
    return held.remove(id) != null;
  }

  /** True when one for write access was among its leases. */
  synchronized boolean removeSession(long session) {
    boolean write = false;
    for (HeldLease lease : all()) {
      if (lease.session() == session) {
        held.remove(lease.id());
        write |= lease.mode() == Lease.Mode.MODIFY;
      }
    }
    return write;
  }

  synchronized List<HeldLease> all() {
    return List.copyOf(held.values());
  }

  /** Those of some leases that have ended meanwhile. */
  synchronized List<HeldLease> endedOf(List<HeldLease> told) {
    return told.stream().filter(lease -> !held.containsKey(lease.id())).toList();
  }
}
