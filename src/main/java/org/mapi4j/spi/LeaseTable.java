package org.mapi4j.spi;

import java.util.HashMap;
import java.util.Map;
import org.mapi4j.types.Bytes;

/** The leases of one shard, for engines that keep them in memory. Safe for several threads. */
public final class LeaseTable {
  private final Map<Bytes, Map<Long, Held>> byKey = new HashMap<>();
  private long lastLease;
  private long lastSession;

  private final class Held implements Lease {
    private final Bytes key;
    private final long id;
    private final long session;
    private final Mode mode;

    Held(Bytes key, long id, long session, Mode mode) {
      this.key = key;
      this.id = id;
      this.session = session;
      this.mode = mode;
    }

    @Override
    public long id() {
      return id;
    }

    @Override
    public void close() {
      remove(this);
    }
  }

  /** A table without leases. */
  public LeaseTable() {}

  /** A session number that no other session has. */
  public synchronized long newSession() {
    return ++lastSession;
  }

  /** Ends the leases of a session. */
  public synchronized void endSession(long session) {
    byKey
        .values()
        .removeIf(
            held -> held.values().removeIf(lease -> lease.session == session) && held.isEmpty());
  }

  /** Registers a lease. */
  public synchronized Lease lease(Bytes key, long session, Lease.Mode mode) {
    Held held = new Held(key, ++lastLease, session, mode);
    byKey.computeIfAbsent(key, k -> new HashMap<>()).put(held.id, held);
    return held;
  }

  private synchronized void remove(Held held) {
    Map<Long, Held> ofKey = byKey.get(held.key);
    if (ofKey != null && ofKey.remove(held.id) != null && ofKey.isEmpty()) {
      byKey.remove(held.key);
    }
  }

  /** True when no lease stands in the way of an expectation. */
  public synchronized boolean allows(Batch.Expectation.Unleased expected) {
    Map<Long, Held> ofKey = byKey.get(expected.key());
    if (ofKey == null) {
      return true;
    }
    for (Held held : ofKey.values()) {
      boolean excepted =
          held.id == expected.exceptLease() || held.session == expected.exceptSession();
      if (!excepted && (expected.mode() == Lease.Mode.READ || held.mode == Lease.Mode.MODIFY)) {
        return false;
      }
    }
    return true;
  }
}
