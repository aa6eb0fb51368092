package org.mapi4j.engine.je;

import com.sleepycat.je.Cursor;
import com.sleepycat.je.CursorConfig;
import com.sleepycat.je.Database;
import com.sleepycat.je.DatabaseEntry;
import com.sleepycat.je.Durability;
import com.sleepycat.je.Get;
import com.sleepycat.je.LockMode;
import com.sleepycat.je.Put;
import com.sleepycat.je.ReadOptions;
import com.sleepycat.je.Transaction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.BatchLimits;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.LeaseTable;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Stamps;
import org.mapi4j.types.Bytes;

/**
 * One JE transaction with the batches of a group, in order. A batch's preconditions are checked
 * against the state that the batches before it leave, before it writes anything, so one that fails
 * costs the others nothing. Nobody sees any of it before {@link #commit}: readers wait for the
 * write locks. Only the writer thread uses it, so its own reads need no locks.
 */
final class GroupCommit {
  private static final ReadOptions OWN = new ReadOptions().setLockMode(LockMode.READ_UNCOMMITTED);
  private static final ReadOptions LOCK = new ReadOptions().setLockMode(LockMode.RMW);
  private static final CursorConfig OWN_CURSOR = new CursorConfig().setReadUncommitted(true);

  private final JeStore store;
  private final Database rows;
  private final LeaseTable leases;
  private final Stamps stamps;
  private final BatchLimits limits;
  private final long firstSeq;
  private final Transaction transaction;
  private final List<ChangeRecord.Entry> log = new ArrayList<>();
  private final DatabaseEntry nothing = new DatabaseEntry();

  GroupCommit(JeStore store, LeaseTable leases, Stamps stamps, BatchLimits limits, long firstSeq) {
    this.store = store;
    this.rows = store.rows();
    this.leases = leases;
    this.stamps = stamps;
    this.limits = limits;
    this.firstSeq = firstSeq;
    this.transaction = store.environment().beginTransaction(null, null);
    nothing.setPartial(0, 0, true);
  }

  /** Adds a batch to the group, unless a precondition fails. Throws TooLarge before writing. */
  Outcome apply(Batch batch) {
    for (Batch.Op op : batch.ops()) {
      if (op instanceof Batch.Op.DeleteRange range) {
        limits.checkDeleteRange(count(range.range(), limits.deleteRangeRowsMax() + 1));
      }
    }
    for (Batch.Expectation expectation : batch.expectations()) {
      Outcome.Conflict conflict = check(expectation);
      if (conflict != null) {
        return conflict;
      }
    }
    long seq = firstSeq + log.size();
    List<Bytes> put = new ArrayList<>();
    List<Bytes> deleted = new ArrayList<>();
    List<KeyRange> ranges = new ArrayList<>();
    for (Batch.Op op : batch.ops()) {
      if (op instanceof Batch.Op.Put write) {
        write(write.key(), JeStore.record(write.version(), write.value()));
        put.add(write.key());
      } else if (op instanceof Batch.Op.Add add) {
        write(add.key(), sum(add));
        put.add(add.key());
      } else if (op instanceof Batch.Op.Delete delete) {
        stamps.begin(delete.key());
        rows.delete(transaction, JeStore.entry(delete.key()), null);
        deleted.add(delete.key());
      } else {
        KeyRange range = ((Batch.Op.DeleteRange) op).range();
        deleteRange(range);
        ranges.add(range);
      }
    }
    log.add(new ChangeRecord.Entry(new Change(seq, put, deleted, ranges), batch.token()));
    return new Outcome.Committed(seq);
  }

  private void write(Bytes key, byte[] record) {
    stamps.begin(key);
    rows.put(transaction, JeStore.entry(key), new DatabaseEntry(record), Put.OVERWRITE, null);
  }

  private byte[] sum(Batch.Op.Add add) {
    DatabaseEntry present = new DatabaseEntry();
    long before =
        rows.get(transaction, JeStore.entry(add.key()), present, Get.SEARCH, OWN) == null
            ? 0
            : ByteBuffer.wrap(present.getData()).getLong(Long.BYTES);
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(0).putLong(before + add.delta()).array();
  }

  private Outcome.Conflict check(Batch.Expectation expectation) {
    if (expectation instanceof Batch.Expectation.Version expected) {
      return version(expected.key()) == expected.version()
          ? null
          : new Outcome.Conflict(expected.key(), Outcome.Reason.VERSION);
    }
    if (expectation instanceof Batch.Expectation.Present present) {
      return isPresent(present.key())
          ? null
          : new Outcome.Conflict(present.key(), Outcome.Reason.ABSENT);
    }
    if (expectation instanceof Batch.Expectation.Empty empty) {
      return count(empty.range(), 1) == 0
          ? null
          : new Outcome.Conflict(empty.range().from(), Outcome.Reason.NOT_EMPTY);
    }
    return checkLeases((Batch.Expectation.Unleased) expectation);
  }

  /**
   * Who leases the key after this check reads it after our commit: from a cache not, because the
   * stamp is odd; from the row not before we release its lock.
   */
  private Outcome.Conflict checkLeases(Batch.Expectation.Unleased expected) {
    stamps.begin(expected.key());
    rows.get(transaction, JeStore.entry(expected.key()), nothing, Get.SEARCH, LOCK);
    return leases.allows(expected)
        ? null
        : new Outcome.Conflict(expected.key(), Outcome.Reason.LEASED);
  }

  private long version(Bytes key) {
    DatabaseEntry version = new DatabaseEntry();
    version.setPartial(0, Long.BYTES, true);
    return rows.get(transaction, JeStore.entry(key), version, Get.SEARCH, OWN) == null
        ? Batch.ABSENT
        : ByteBuffer.wrap(version.getData()).getLong();
  }

  private boolean isPresent(Bytes key) {
    return rows.get(transaction, JeStore.entry(key), nothing, Get.SEARCH, OWN) != null;
  }

  private int count(KeyRange range, int most) {
    int found = 0;
    DatabaseEntry key = new DatabaseEntry(range.from().toArray());
    try (Cursor cursor = rows.openCursor(transaction, OWN_CURSOR)) {
      boolean more = cursor.get(key, nothing, Get.SEARCH_GTE, OWN) != null;
      while (more && found < most && range.contains(Bytes.wrap(key.getData()))) {
        found++;
        more = cursor.get(key, nothing, Get.NEXT, OWN) != null;
      }
    }
    return found;
  }

  private void deleteRange(KeyRange range) {
    DatabaseEntry key = new DatabaseEntry(range.from().toArray());
    try (Cursor cursor = rows.openCursor(transaction, OWN_CURSOR)) {
      boolean more = cursor.get(key, nothing, Get.SEARCH_GTE, OWN) != null;
      while (more) {
        Bytes at = Bytes.wrap(key.getData());
        if (!range.contains(at)) {
          return;
        }
        stamps.begin(at);
        cursor.delete();
        more = cursor.get(key, nothing, Get.NEXT, OWN) != null;
      }
    }
  }

  /** How many batches are in. */
  int committedCount() {
    return log.size();
  }

  /**
   * Deletes the records of the change log before one, at most some, and answers which is the first
   * now.
   */
  long trim(long keptFrom, int recordsMax) {
    DatabaseEntry key = new DatabaseEntry();
    DatabaseEntry next = new DatabaseEntry();
    try (Cursor cursor = store.changes().openCursor(transaction, OWN_CURSOR);
        Cursor ahead = store.changes().openCursor(transaction, OWN_CURSOR)) {
      boolean more =
          cursor.get(key, nothing, Get.FIRST, OWN) != null
              && ahead.get(next, nothing, Get.FIRST, OWN) != null
              && ahead.get(next, nothing, Get.NEXT, OWN) != null;
      for (int i = 0; i < recordsMax && more && JeStore.seq(next) <= keptFrom; i++) {
        cursor.delete();
        cursor.get(key, nothing, Get.NEXT, OWN);
        more = ahead.get(next, nothing, Get.NEXT, OWN) != null;
      }
      return key.getData() == null ? firstSeq : JeStore.seq(key);
    }
  }

  /** Makes the group visible, and durable unless said otherwise. */
  void commit(Durability durability) {
    if (!log.isEmpty()) {
      store
          .changes()
          .put(
              transaction,
              new DatabaseEntry(JeStore.seqKey(firstSeq)),
              new DatabaseEntry(ChangeRecord.encode(log)),
              Put.OVERWRITE,
              null);
    }
    transaction.commit(durability);
  }

  /** Undoes the group. */
  void abort() {
    transaction.abort();
  }
}
