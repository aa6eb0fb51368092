package org.mapi4j.engine.je;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Stamps;
import org.mapi4j.types.Bytes;

/**
 * What the last commits wrote, for those who want to know what a commit did: they ask at once, on
 * threads that JE must not see, and get it without a reading thread. A row counts while its key's
 * stamp is what it was when the commit was visible, so nobody sees a commit and then misses it. One
 * thread writes, any reads. Bounded by commits, rows and bytes; what is not here is read from JE.
 */
final class RecentCommits {
  private static final int COMMITS_MAX = 512;
  private static final int KEYS_OF_COMMIT_MAX = 64;
  private static final int ROWS_MAX = 1024;
  private static final int VALUE_BYTES_MAX = 4096;

  private final Stamps stamps;
  private final AtomicReferenceArray<Change> commits;
  private final Map<Bytes, Written> rows = new ConcurrentHashMap<>();
  private final Bytes[] order = new Bytes[ROWS_MAX];
  private int next;
  private volatile boolean ended;

  /**
   * A row as a commit left it.
   *
   * @param stamp its key's, from then on until the next commit of it
   * @param row null where it was deleted
   */
  private record Written(long stamp, Row row) {}

  /**
   * @param changesKept commits whose changes are told at most
   */
  RecentCommits(Stamps stamps, int changesKept) {
    this.stamps = stamps;
    this.commits = new AtomicReferenceArray<>(Math.max(1, Math.min(COMMITS_MAX, changesKept)));
  }

  /**
   * Rows that commits wrote lately, as they are now: all of them, or null when JE must be asked.
   */
  List<Optional<Row>> rows(List<Bytes> keys) {
    if (ended) {
      return null;
    }
    List<Optional<Row>> found = new ArrayList<>(keys.size());
    for (Bytes key : keys) {
      Written written = rows.get(key);
      if (written == null || written.stamp() != stamps.get(key)) {
        return null;
      }
      found.add(Optional.ofNullable(written.row()));
    }
    return found;
  }

  /** The changes after one number up to another, at most some; null when JE must be asked. */
  List<Change> changes(long since, long upTo, int limit) {
    if (ended || upTo - since > commits.length()) {
      return null;
    }
    List<Change> found = new ArrayList<>();
    for (long seq = since + 1; seq <= upTo && found.size() < limit; seq++) {
      Change change = commits.get((int) (seq % commits.length()));
      if (change == null || change.seq() != seq) {
        return null;
      }
      found.add(change);
    }
    return found;
  }

  /** Before a commit can be seen. By the writer. */
  void changed(Change change) {
    boolean small = change.put().size() + change.deleted().size() <= KEYS_OF_COMMIT_MAX;
    commits.set((int) (change.seq() % commits.length()), small ? change : null);
  }

  /** After commits can be seen and their stamps are even again. By the writer. */
  void wrote(List<Batch> batches) {
    Map<Bytes, Row> written = new HashMap<>();
    for (Batch batch : batches) {
      for (Batch.Op op : batch.ops()) {
        if (op instanceof Batch.Op.Put put) {
          keep(written, put);
        } else if (op instanceof Batch.Op.Delete delete) {
          written.put(delete.key(), null);
        } else if (op instanceof Batch.Op.Add add) {
          forget(written, add.key());
        } else {
          KeyRange range = ((Batch.Op.DeleteRange) op).range();
          written.keySet().removeIf(range::contains);
        }
      }
      if (written.size() > ROWS_MAX) {
        return; // whoever wants to know will read more than these
      }
    }
    written.forEach((key, row) -> put(key, new Written(stamps.get(key), row)));
  }

  private void keep(Map<Bytes, Row> written, Batch.Op.Put put) {
    if (put.value().size() <= VALUE_BYTES_MAX) {
      written.put(put.key(), new Row(put.key(), put.version(), put.value()));
    } else {
      forget(written, put.key());
    }
  }

  private void forget(Map<Bytes, Row> written, Bytes key) {
    written.remove(key);
    rows.remove(key); // its stamp is another already
  }

  private void put(Bytes key, Written written) {
    if (rows.put(key, written) != null) {
      return; // it has its place in the order
    }
    Bytes oldest = order[next];
    if (oldest != null) {
      rows.remove(oldest);
    }
    order[next] = key;
    next = (next + 1) % ROWS_MAX;
  }

  /** From now on JE must be asked: it knows when it is closed. */
  void end() {
    ended = true;
  }

  /** What was committed may be gone. By the writer. */
  void clear() {
    for (int i = 0; i < commits.length(); i++) {
      commits.set(i, null);
    }
    rows.clear();
  }
}
