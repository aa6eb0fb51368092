package org.mapi4j.spi;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.mapi4j.types.Bytes;

/**
 * One store's rows, ordered by key as unsigned bytes. Commits are atomic, ordered by sequence
 * number and linearizable with reads: a get that begins after a commit's stage completed sees it,
 * and nobody sees a commit and then misses it.
 */
public interface Shard extends ChangeFeed.Source, History, AutoCloseable {
  /** Bounds of a batch. */
  BatchLimits limits();

  /**
   * Checks every precondition and applies every change, or nothing. The stage completes when the
   * outcome is final (for {@link Batch.Durability#SYNC}: durable). Completes exceptionally with
   * {@link StorageFault}; after {@link StorageFault.OutcomeUnknown} ask {@link Fate#of}. What
   * depends on the stage may run on a thread of the engine, so it must not wait for the shard.
   */
  CompletionStage<Outcome> commit(Batch batch);

  /**
   * Completes when every commit that completed before is durable; completes with {@link
   * StorageFault.Lost} when one after a sequence number was lost. Who was told goes on from the
   * present {@link #seq}.
   */
  CompletionStage<Void> sync(long since);

  /** The row, or empty. */
  Optional<Row> get(Bytes key);

  /**
   * The rows of a few keys in their order, each as {@link #get} gives it; an engine that is far
   * away is asked once.
   */
  default List<Optional<Row>> getAll(List<Bytes> keys) {
    return keys.stream().map(this::get).toList();
  }

  /**
   * Up to {@code limit} rows of a range in key order, or against it. A row that does not change
   * during a scan continued by its last key is seen exactly once.
   */
  List<Row> scan(KeyRange range, boolean reverse, int limit);

  /**
   * Begins such a scan in key order; whoever wants its rows waits for them then, on any one thread.
   * An engine with threads of its own reads meanwhile: a commit in between may be seen or not. May
   * be left alone.
   */
  default Supplier<List<Row>> scanAhead(KeyRange range, int limit) {
    return () -> scan(range, false, limit);
  }

  /**
   * Sequence number of the last commit that reads can see; never less than that of a commit whose
   * stage completed.
   */
  @Override
  long seq();

  /**
   * The changes after a sequence number, oldest first, at most {@code limit}; empty Optional when
   * they are no longer kept (TOO_OLD).
   */
  @Override
  Optional<List<Change>> changesSince(long seq, int limit);

  /**
   * Calls a listener with every change after a sequence number, in order, on threads of the engine.
   * Closing the result ends it. Throws {@link StorageFault} when they are no longer kept; a
   * listener that falls behind what is kept goes on with the present and sees a gap in the numbers.
   */
  AutoCloseable watch(long seq, ChangeListener listener);

  /**
   * The sequence number of the commit with that token, or empty when there is none: it did not
   * happen and will not, or the token is no longer kept. It is for {@link BatchLimits#tokensKept}
   * commits at least, and as long as the commit's change is; {@link Fate#of} tells the two apart.
   */
  default OptionalLong outcomeOf(Bytes token) {
    return outcomeOf(token, 0);
  }

  /**
   * The same of a commit that was given when the commit of a number could be seen already: nothing
   * up to that number need be looked at.
   */
  @Override
  OptionalLong outcomeOf(Bytes token, long after);

  /**
   * A stamp of a key that changes before a commit that writes the key, or deletes it, there or not,
   * can be seen by any reader. An even stamp that is the same before and after says that what was
   * read in between is still current; an odd one says that a commit is under way. Two even stamps
   * that differ by {@link Stamps#ONE_CHANGE} say that what was written in between became visible at
   * once.
   */
  long stamp(Bytes key);

  /**
   * Registers an interest in a key. Ends with {@link Lease#close}, its session or its process.
   * Leasing an absent key is allowed. Who leases a key and then reads it, also from a cache by
   * {@link #stamp}, sees every commit that passed {@link Batch.Builder#expectUnleased} without
   * seeing the lease.
   */
  Lease lease(Bytes key, long session, Lease.Mode mode);

  /** A new session number, unique among the shard's present sessions. */
  long newSession();

  /** Ends a session and its leases. */
  void endSession(long session);

  /** Ends use; commits accepted before are finished first. Harmless when repeated. */
  @Override
  void close();
}
