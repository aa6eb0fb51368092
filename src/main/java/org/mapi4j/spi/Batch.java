package org.mapi4j.spi;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import org.mapi4j.types.Bytes;

/**
 * Preconditions and changes that apply together or not at all. Preconditions see the state before
 * the batch; changes apply in order.
 */
public record Batch(
    List<Expectation> expectations, List<Op> ops, Bytes token, Durability durability) {
  /** The version that stands for "no such row". */
  public static final long ABSENT = -1;

  /** Keeps its own copies of the lists. */
  public Batch {
    expectations = List.copyOf(expectations);
    ops = List.copyOf(ops);
  }

  /** When a commit's stage completes. */
  public enum Durability {
    /** After the log reached the disk. */
    SYNC,
    /**
     * After the commit is visible; {@link Shard#sync} makes it durable, a crash may take it. Order
     * is kept.
     */
    ASYNC
  }

  /** A precondition. */
  public sealed interface Expectation {
    /** The row has this version, or does not exist ({@link #ABSENT}). */
    record Version(Bytes key, long version) implements Expectation {}

    /** The row exists. */
    record Present(Bytes key) implements Expectation {}

    /** No row in the range. */
    record Empty(KeyRange range) implements Expectation {}

    /**
     * No lease on the key of this mode or above (READ: any), but for those of one session or one
     * lease (0 for none).
     */
    record Unleased(Bytes key, Lease.Mode mode, long exceptSession, long exceptLease)
        implements Expectation {}
  }

  /** A change. */
  public sealed interface Op {
    /** Writes a row. */
    record Put(Bytes key, long version, Bytes value) implements Op {}

    /** Adds to a counter row, 0 when absent. */
    record Add(Bytes key, long delta) implements Op {}

    /** Removes a row, if there. */
    record Delete(Bytes key) implements Op {}

    /** Removes the rows of a range. */
    record DeleteRange(KeyRange range) implements Op {}
  }

  /** Starts an empty batch. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects a batch. Not for several threads. */
  @CanIgnoreReturnValue
  public static final class Builder {
    private final List<Expectation> expectations = new ArrayList<>();
    private final List<Op> ops = new ArrayList<>();
    private Bytes token = Bytes.EMPTY;
    private Durability durability = Durability.SYNC;

    private Builder() {}

    /** The row must have this version, or {@link Batch#ABSENT}. */
    public Builder expect(Bytes key, long version) {
      expectations.add(new Expectation.Version(key, version));
      return this;
    }

    /** The row must exist. */
    public Builder expectPresent(Bytes key) {
      expectations.add(new Expectation.Present(key));
      return this;
    }

    /** The range must have no row. */
    public Builder expectEmpty(KeyRange range) {
      expectations.add(new Expectation.Empty(range));
      return this;
    }

    /** No lease of that mode or above, but for one session's or one lease (0 for none). */
    public Builder expectUnleased(
        Bytes key, Lease.Mode mode, long exceptSession, long exceptLease) {
      expectations.add(new Expectation.Unleased(key, mode, exceptSession, exceptLease));
      return this;
    }

    /** Writes a row. */
    public Builder put(Bytes key, long version, Bytes value) {
      ops.add(new Op.Put(key, version, value));
      return this;
    }

    /** Adds to a counter row. */
    public Builder add(Bytes key, long delta) {
      ops.add(new Op.Add(key, delta));
      return this;
    }

    /** Removes a row. */
    public Builder delete(Bytes key) {
      ops.add(new Op.Delete(key));
      return this;
    }

    /** Removes the rows of a range. */
    public Builder deleteRange(KeyRange range) {
      ops.add(new Op.DeleteRange(range));
      return this;
    }

    /** What {@link Shard#outcomeOf} knows the commit by: 16 random bytes. */
    public Builder token(Bytes token) {
      this.token = token;
      return this;
    }

    /** When the commit's stage completes; SYNC unless said. */
    public Builder durability(Durability durability) {
      this.durability = durability;
      return this;
    }

    /** Number of operations so far. */
    public int size() {
      return ops.size();
    }

    /** The batch. */
    public Batch build() {
      return new Batch(expectations, ops, token, durability);
    }
  }
}
