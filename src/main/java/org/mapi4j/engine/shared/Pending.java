package org.mapi4j.engine.shared;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.mapi4j.spi.SpinFuture;
import org.mapi4j.spi.StorageFault;

/**
 * What a connection was asked and has not answered. An owner that has not said anything for longer
 * than the patience although it was asked is silent: every call then ends, and so do later ones,
 * until it says something. It may do later what it was asked: so a commit's outcome is unknown, and
 * asking for it waits in the owner's queue behind it.
 */
final class Pending {
  /** What may take minutes: that it is not answered says nothing of the owner. */
  private static final Set<Kind> LONG = EnumSet.of(Kind.CHECK, Kind.COMPACT);

  /** Between two ticks, after which this process was stopped or starved. */
  private static final long AWAY_NANOS = 10 * Keeper.TICK_MILLIS * 1_000_000;

  private final long patienceNanos;
  private final String owner;
  private final LongSupplier nanoTime;
  private final Map<Long, Answer> open = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Answer> oldestFirst = new ConcurrentLinkedQueue<>();
  private final AtomicLong ids = new AtomicLong();
  private volatile long heardAt;
  private volatile long tickedAt;

  /** Since when this process has been there to hear. */
  private volatile long thereSince;

  private volatile boolean closed;

  /** An answer to come. */
  static final class Answer extends SpinFuture<Decoder> {
    private final long id;
    private final boolean commit;
    private final long askedAt;

    Answer(long id, boolean commit, long askedAt) {
      this.id = id;
      this.commit = commit;
      this.askedAt = askedAt;
    }
  }

  /**
   * @param owner who is silent, for messages
   * @param nanoTime as System.nanoTime
   */
  Pending(long patienceNanos, String owner, LongSupplier nanoTime) {
    this.patienceNanos = patienceNanos;
    this.owner = owner;
    this.nanoTime = nanoTime;
    this.heardAt = nanoTime.getAsLong();
    this.tickedAt = heardAt;
    this.thereSince = heardAt;
  }

  /** What an answer will be told by. */
  long newId() {
    return ids.incrementAndGet();
  }

  /** When the request is ready and before it is sent. */
  Answer expect(Kind kind, long id) {
    Answer answer = new Answer(id, kind == Kind.COMMIT, nanoTime.getAsLong());
    open.put(answer.id, answer);
    if (!LONG.contains(kind)) {
      oldestFirst.add(answer);
    }
    if (closed) {
      lose(answer);
    }
    return answer;
  }

  private static void lose(Answer answer) {
    answer.completeExceptionally(new Lost());
  }

  void answered(long id, Decoder body) {
    Answer answer = take(id);
    answer.complete(body);
  }

  void failed(long id, StorageFault fault) {
    Answer answer = take(id);
    answer.completeExceptionally(fault);
  }

  private Answer take(long id) {
    heardAt = nanoTime.getAsLong();
    Answer answer = open.remove(id);
    if (answer == null) {
      throw new FrameFault("an answer to %d, which was not asked".formatted(id));
    }
    oldestFirst.remove(answer);
    return answer;
  }

  /** True when nothing but what may take long is to be answered. */
  boolean onlyLongOpen() {
    return oldestFirst.isEmpty() && !open.isEmpty();
  }

  /** True when a moment is longer ago than the patience. */
  boolean isOver(long since) {
    return nanoTime.getAsLong() - later(since, thereSince) > patienceNanos;
  }

  private static long later(long one, long other) {
    return one - other > 0 ? one : other;
  }

  /** True while the owner owes an answer for longer than the patience. */
  boolean isSilent() {
    Answer oldest = oldestFirst.peek();
    return oldest != null && isOver(later(oldest.askedAt, heardAt));
  }

  /**
   * Ends waiting for an owner that is silent. Often: who comes late was away itself, and what the
   * owner said meanwhile may not be taken in yet.
   */
  void tick() {
    long now = nanoTime.getAsLong();
    if (now - tickedAt > AWAY_NANOS) {
      thereSince = now;
    }
    tickedAt = now;
    if (isSilent()) {
      String text = owner + " has not answered for %d ms".formatted(patienceNanos / 1_000_000);
      for (Answer answer : open.values()) {
        answer.completeExceptionally(
            answer.commit
                ? new StorageFault.OutcomeUnknown(text, null)
                : new StorageFault.Unreachable(text, null));
      }
    }
  }

  /** The connection ended: every call ends with {@link Lost}, after an action. */
  void close(Runnable first) {
    closed = true;
    first.run();
    open.values().forEach(Pending::lose);
  }
}
