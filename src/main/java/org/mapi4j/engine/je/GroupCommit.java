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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

  /**
   * Moves itself instead of a copy of itself; where it stands after a failure matters to nobody.
   */
  private static final CursorConfig WRITING = new CursorConfig().setNonSticky(true);

  private final JeStore store;
  private final Database rows;
  private final LeaseTable leases;
  private final Stamps stamps;
  private final BatchLimits limits;
  private final long firstSeq;
  private final Transaction transaction;
  private final KnownRows known;
  private final Cursor cursor;
  private final List<ChangeRecord.Entry> log = new ArrayList<>();
  private final DatabaseEntry nothing = new DatabaseEntry();

  GroupCommit(
      JeStore store,
      LeaseTable leases,
      Stamps stamps,
      BatchLimits limits,
      KnownRows known,
      long firstSeq) {
    this.store = store;
    this.rows = store.rows();
    this.leases = leases;
    this.stamps = stamps;
    this.limits = limits;
    this.known = known;
    this.firstSeq = firstSeq;
    this.transaction = store.environment().beginTransaction(null, null);
    this.cursor = rows.openCursor(transaction, WRITING);
    nothing.setPartial(0, 0, true);
  }

  /** Adds a batch to the group, unless a precondition fails. Throws TooLarge before writing. */
  Outcome apply(Batch batch) {
    for (Batch.Op op : batch.ops()) {
      if (op instanceof Batch.Op.DeleteRange range) {
        limits.checkDeleteRange(count(range.range(), limits.deleteRangeRowsMax() + 1));
      }
    }
    Set<Bytes> inserted = insertable(batch);
    for (Batch.Expectation expectation : batch.expectations()) {
      boolean later =
          expectation instanceof Batch.Expectation.Version version
              && inserted.contains(version.key());
      Outcome.Conflict conflict = later ? null : check(expectation);
      if (conflict != null) {
        return conflict;
      }
    }
    if (!inserted.isEmpty()) {
      Outcome.Conflict conflict = insert(batch, inserted);
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
        if (!inserted.contains(write.key())) {
          write(write.key(), JeStore.record(write.version(), write.value()));
        }
        known.version(write.key(), write.version());
        put.add(write.key());
      } else if (op instanceof Batch.Op.Add add) {
        write(add.key(), sum(add));
        put.add(add.key());
      } else if (op instanceof Batch.Op.Delete delete) {
        stamps.begin(delete.key());
        rows.delete(transaction, JeStore.entry(delete.key()), null);
        known.version(delete.key(), Batch.ABSENT);
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

  /**
   * The keys that the batch expects to be absent and then writes once: the insert itself finds out,
   * so that a new row costs one search of the tree, not two.
   */
  private Set<Bytes> insertable(Batch batch) {
    Set<Bytes> keys = new HashSet<>();
    for (Batch.Expectation expectation : batch.expectations()) {
      if (expectation instanceof Batch.Expectation.Version expected
          && expected.version() == Batch.ABSENT
          && known.version(expected.key()) == null) {
        keys.add(expected.key());
      }
    }
    if (keys.isEmpty()) {
      return keys;
    }
    Set<Bytes> once = new HashSet<>();
    Set<Bytes> other = new HashSet<>();
    for (Batch.Op op : batch.ops()) {
      if (op instanceof Batch.Op.Put put) {
        (once.add(put.key()) ? once : other).add(put.key());
      } else if (op instanceof Batch.Op.Add add) {
        other.add(add.key());
      } else if (op instanceof Batch.Op.Delete delete) {
        other.add(delete.key());
      } else {
        return Set.of(); // what a range deletes depends on the order
      }
    }
    keys.retainAll(once);
    keys.removeAll(other);
    return keys;
  }

  /** Inserts these rows of the batch, or none when one of them exists. */
  private Outcome.Conflict insert(Batch batch, Set<Bytes> keys) {
    List<Bytes> done = new ArrayList<>(keys.size());
    for (Batch.Op op : batch.ops()) {
      if (op instanceof Batch.Op.Put put && keys.contains(put.key())) {
        stamps.begin(put.key());
        DatabaseEntry record = new DatabaseEntry(JeStore.record(put.version(), put.value()));
        if (cursor.put(JeStore.entry(put.key()), record, Put.NO_OVERWRITE, null) == null) {
          done.forEach(key -> rows.delete(transaction, JeStore.entry(key), null));
          return new Outcome.Conflict(put.key(), Outcome.Reason.VERSION);
        }
        done.add(put.key());
      }
    }
    return null;
  }

  private void write(Bytes key, byte[] record) {
    stamps.begin(key);
    cursor.put(JeStore.entry(key), new DatabaseEntry(record), Put.OVERWRITE, null);
  }

  private byte[] sum(Batch.Op.Add add) {
    Long before = known.counter(add.key());
    if (before == null) {
      DatabaseEntry present = new DatabaseEntry();
      before =
          cursor.get(JeStore.entry(add.key()), present, Get.SEARCH, OWN) == null
              ? 0
              : ByteBuffer.wrap(present.getData()).getLong(Long.BYTES);
    }
    long after = before + add.delta();
    known.counter(add.key(), after);
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(0).putLong(after).array();
  }

  private Outcome.Conflict check(Batch.Expectation expectation) {
    if (expectation instanceof Batch.Expectation.Version expected) {
      return version(expected.key()) == expected.version()
          ? null
          : new Outcome.Conflict(expected.key(), Outcome.Reason.VERSION);
    }
    if (expectation instanceof Batch.Expectation.Present present) {
      return version(present.key()) != Batch.ABSENT
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
    Long remembered = known.version(key);
    if (remembered != null) {
      return remembered;
    }
    DatabaseEntry data = new DatabaseEntry();
    data.setPartial(0, Long.BYTES, true);
    long version =
        cursor.get(JeStore.entry(key), data, Get.SEARCH, OWN) == null
            ? Batch.ABSENT
            : ByteBuffer.wrap(data.getData()).getLong();
    known.version(key, version);
    return version;
  }

  private int count(KeyRange range, int most) {
    int found = 0;
    DatabaseEntry key = new DatabaseEntry(range.from().toArray());
    try (Cursor counting = rows.openCursor(transaction, OWN_CURSOR)) {
      boolean more = counting.get(key, nothing, Get.SEARCH_GTE, OWN) != null;
      while (more && found < most && range.contains(Bytes.wrap(key.getData()))) {
        found++;
        more = counting.get(key, nothing, Get.NEXT, OWN) != null;
      }
    }
    return found;
  }

  private void deleteRange(KeyRange range) {
    DatabaseEntry key = new DatabaseEntry(range.from().toArray());
    try (Cursor deleting = rows.openCursor(transaction, OWN_CURSOR)) {
      boolean more = deleting.get(key, nothing, Get.SEARCH_GTE, OWN) != null;
      while (more) {
        Bytes at = Bytes.wrap(key.getData());
        if (!range.contains(at)) {
          return;
        }
        stamps.begin(at);
        deleting.delete();
        known.version(at, Batch.ABSENT);
        more = deleting.get(key, nothing, Get.NEXT, OWN) != null;
      }
    }
  }

  /** How many batches are in. */
  int committedCount() {
    return log.size();
  }

  /** What the batches that are in wrote. */
  List<Change> changes() {
    return log.stream().map(ChangeRecord.Entry::change).toList();
  }

  /**
   * Deletes the records of the change log before one, at most some, and answers which is the first
   * now.
   */
  long trim(long keptFrom, int recordsMax) {
    DatabaseEntry key = new DatabaseEntry();
    DatabaseEntry next = new DatabaseEntry();
    try (Cursor oldest = store.changes().openCursor(transaction, OWN_CURSOR);
        Cursor ahead = store.changes().openCursor(transaction, OWN_CURSOR)) {
      boolean more =
          oldest.get(key, nothing, Get.FIRST, OWN) != null
              && ahead.get(next, nothing, Get.FIRST, OWN) != null
              && ahead.get(next, nothing, Get.NEXT, OWN) != null;
      for (int i = 0; i < recordsMax && more && JeStore.seq(next) <= keptFrom; i++) {
        oldest.delete();
        oldest.get(key, nothing, Get.NEXT, OWN);
        more = ahead.get(next, nothing, Get.NEXT, OWN) != null;
      }
      return key.getData() == null ? firstSeq : JeStore.seq(key);
    }
  }

  /**
   * Writes the group's record of the change log and answers it; null when no batch is in. Nobody
   * else's is equal while its batches have tokens.
   */
  Bytes log() {
    if (log.isEmpty()) {
      return null;
    }
    Bytes record = Bytes.wrap(ChangeRecord.encode(log));
    DatabaseEntry key = new DatabaseEntry(JeStore.seqKey(firstSeq));
    store.changes().put(transaction, key, JeStore.entry(record), Put.OVERWRITE, null);
    return record;
  }

  /** Makes the group visible, and durable unless said otherwise. */
  void commit(Durability durability) {
    cursor.close();
    transaction.commit(durability);
  }

  /** Undoes the group. */
  void abort() {
    known.clear();
    try {
      cursor.close();
    } finally {
      transaction.abort();
    }
  }
}
