package org.mapi4j.engine.shared;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Lease;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;

/**
 * Where the owner keeps what every process has open. A process's leases end when it says so or is
 * dead, not when its connection breaks: it may come back. After a change of owners nothing that
 * asks for unleased keys is decided before all processes that live have registered theirs, or the
 * time for that is over: then the key counts as leased, until all have registered after all.
 *
 * <p>Where the stamps file is not settled, since somebody deleted the old, processes that have not
 * come yet may read the old one, in which nothing changes any more. Then no commit at all is made
 * before they have come or are dead; after that time it is refused.
 */
final class Desk {
  private final Shard shard;
  private final Members members;
  private final StampFile stamps;
  private final long end;
  private final Map<String, Guest> guests = new HashMap<>();
  private final Set<String> awaited;
  private final Set<String> missing = new HashSet<>();
  private final CompletableFuture<Void> complete = new CompletableFuture<>();

  /** The leases and sessions of one process, by its own numbers. */
  final class Guest {
    private final Map<Long, Long> sessions = new HashMap<>();
    private final Map<Long, Registered> leases = new HashMap<>();

    private record Registered(HeldLease held, Lease lease) {}

    synchronized void lease(HeldLease held) {
      if (!leases.containsKey(held.id())) {
        long session = sessions.computeIfAbsent(held.session(), number -> shard.newSession());
        leases.put(held.id(), new Registered(held, shard.lease(held.key(), session, held.mode())));
      }
    }

    synchronized void unlease(long id) {
      Registered registered = leases.remove(id);
      if (registered != null) {
        registered.lease().close();
      }
    }

    synchronized void endSession(long session) {
      Long number = sessions.remove(session);
      if (number != null) {
        leases.values().removeIf(registered -> registered.held().session() == session);
        shard.endSession(number);
      }
    }

    private synchronized void end() {
      sessions.values().forEach(shard::endSession);
      sessions.clear();
      leases.clear();
    }

    /** The same batch in the numbers of the shard. */
    private synchronized Batch translated(Batch batch) {
      List<Batch.Expectation> expectations = new ArrayList<>();
      for (Batch.Expectation each : batch.expectations()) {
        expectations.add(each instanceof Batch.Expectation.Unleased one ? translated(one) : each);
      }
      return new Batch(expectations, batch.ops(), batch.token(), batch.durability());
    }

    private Batch.Expectation translated(Batch.Expectation.Unleased unleased) {
      Registered except = leases.get(unleased.exceptLease());
      return new Batch.Expectation.Unleased(
          unleased.key(),
          unleased.mode(),
          sessions.getOrDefault(unleased.exceptSession(), 0L),
          except == null ? 0 : except.lease().id());
    }
  }

  /**
   * @param awaited the members that may hold leases from the time of another owner
   * @param stamps of this owner, which may not be those that they read
   * @param awaitedNanos how long, from now on, commits wait for them. Guests wait longer for an
   *     answer than that
   */
  Desk(Shard shard, Members members, List<String> awaited, StampFile stamps, long awaitedNanos) {
    this.shard = shard;
    this.members = members;
    this.awaited = new HashSet<>(awaited);
    this.stamps = stamps;
    this.end = System.nanoTime() + awaitedNanos;
    completeWhenAllCame();
  }

  private void completeWhenAllCame() {
    if (awaited.isEmpty() && !complete.isDone()) {
      stamps.settle();
      if (!complete.complete(null)) {
        throw new IllegalStateException("completed twice under one lock");
      }
    }
  }

  /** A process comes, or comes back, with all its leases. */
  synchronized Guest arrive(String member, List<HeldLease> leases) {
    Guest guest = new Guest();
    leases.forEach(guest::lease);
    Guest before = guests.put(member, guest);
    if (before != null) {
      before.end(); // after the new ones: no lease that goes on ends in between
    }
    missing.remove(member);
    awaited.remove(member);
    completeWhenAllCame();
    return guest;
  }

  /** A process went in order, or its connection broke. Not for one that came back meanwhile. */
  synchronized void leave(String member, Guest guest, boolean inOrder) {
    if (guests.get(member) == guest) {
      if (inOrder) {
        guests.remove(member);
        guest.end();
      } else {
        missing.add(member);
      }
    }
  }

  /** Ends what dead processes had open. */
  synchronized void tick() {
    if (awaited.isEmpty() && missing.isEmpty()) {
      return;
    }
    awaited.removeIf(this::isDead);
    completeWhenAllCame();
    for (String member : List.copyOf(missing)) {
      if (isDead(member)) {
        missing.remove(member);
        guests.remove(member).end();
      }
    }
  }

  private boolean isDead(String member) {
    try {
      return !members.isAlive(member);
    } catch (IOException unknown) {
      return false; // looked at again soon; until then its leases stand
    }
  }

  /** True when {@link #commit} waits for processes that have not come yet. */
  boolean waits(Batch batch) {
    return !complete.isDone()
        && System.nanoTime() - end < 0
        && (!stamps.isSettled() || unleased(batch).isPresent());
  }

  private static Optional<Bytes> unleased(Batch batch) {
    return batch.expectations().stream()
        .filter(Batch.Expectation.Unleased.class::isInstance)
        .map(each -> ((Batch.Expectation.Unleased) each).key())
        .findFirst();
  }

  /** As Shard.commit, for a process. */
  CompletionStage<Outcome> commit(Guest guest, Batch batch) {
    Optional<Bytes> unleased = unleased(batch);
    boolean all = complete.isDone();
    if (unleased.isEmpty() && (all || stamps.isSettled())) {
      return shard.commit(batch);
    }
    if (all) {
      return shard.commit(guest.translated(batch));
    }
    return complete
        .copy()
        .orTimeout(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)
        .handle((came, stillAwaited) -> stillAwaited == null)
        .thenCompose(came -> came ? shard.commit(guest.translated(batch)) : late(batch, unleased));
  }

  /** What waited long enough: they may come at this very moment. */
  private CompletionStage<Outcome> late(Batch batch, Optional<Bytes> unleased) {
    if (!stamps.isSettled()) {
      return CompletableFuture.failedFuture(
          new StorageFault.Unreachable(
              "processes that may read another stamps file have not come yet: %s"
                  .formatted(awaitedNow()),
              null));
    }
    return unleased.isEmpty()
        ? shard.commit(batch)
        : CompletableFuture.completedFuture(
            new Outcome.Conflict(unleased.get(), Outcome.Reason.LEASED));
  }

  private synchronized List<String> awaitedNow() {
    return List.copyOf(awaited);
  }
}
