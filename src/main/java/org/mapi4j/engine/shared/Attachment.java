package org.mapi4j.engine.shared;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.BatchLimits;
import org.mapi4j.spi.EngineMaintenance;
import org.mapi4j.spi.History;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Stamps;
import org.mapi4j.types.Bytes;

/**
 * This process's way to the shard, until the owner changes: through the engine that it owns, or
 * through a connection. Calls throw {@link Lost}, and stages end with it, when the way ended before
 * the answer.
 */
interface Attachment extends EngineMaintenance, History {
  BatchLimits limits();

  /** The stamps that the owner writes; null where they cannot be seen. */
  Stamps stamps();

  CompletionStage<Outcome> commit(Batch batch);

  CompletionStage<Void> sync(long since);

  Optional<Row> get(Bytes key);

  List<Optional<Row>> getAll(List<Bytes> keys);

  List<Row> scan(KeyRange range, boolean reverse, int limit);

  /** As Shard.scanAhead; empty where nobody would read meanwhile. */
  default Optional<Supplier<List<Row>>> scanAhead(KeyRange range, int limit) {
    return Optional.empty();
  }

  long seq();

  /** As Shard.outcomeOf; commits that this process gave before are decided first. */
  @Override
  OptionalLong outcomeOf(Bytes token, long after);

  /** From now on tells numbers of commits, each at least once or one above it. */
  void watch(News news);

  /** Registers a lease under its number; again is harmless. */
  void lease(HeldLease lease);

  void unlease(long id);

  void endSession(long session);

  /** Returns when the ends of leases and sessions that were told before have been heard. */
  void awaitHeard();

  /** Who has the store open, the owner first. */
  List<Participant> participants();

  /** True when this process is the owner. */
  boolean isOwner();

  /** Looks after what time changes. Often. */
  void tick();

  /** True when this way must be given up, although it would go on. */
  default boolean isOver() {
    return false;
  }

  /** Ends in order. */
  void close();

  /** Ends a way that nobody goes, while this process goes on: its leases stand. */
  void abandon();
}
