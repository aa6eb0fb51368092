package org.mapi4j.engine.shared;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
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

  private final long patienceNanos;
  private final String owner;
  private final Map<Long, Answer> open = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Answer> oldestFirst = new ConcurrentLinkedQueue<>();
  private final AtomicLong ids = new AtomicLong();
  private volatile long heardAt = System.nanoTime();
  private volatile boolean closed;

  /** An answer to come. */
  static final class Answer extends SpinFuture<Decoder> {
    private final long id;
    private final boolean commit;
    private final long askedAt = System.nanoTime();
    private volatile boolean arrived;

    Answer(long id, boolean commit) {
      this.id = id;
      this.commit = commit;
    }
  }

  /**
   * @param owner who is silent, for messages
   */
  Pending(long patienceNanos, String owner) {
    this.patienceNanos = patienceNanos;
    this.owner = owner;
  }

  /** What an answer will be told by. */
  long newId() {
    return ids.incrementAndGet();
  }

  /** When the request is ready and before it is sent. */
  Answer expect(Kind kind, long id) {
    Answer answer = new Answer(id, kind == Kind.COMMIT);
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
    heardAt = System.nanoTime();
    Answer answer = open.remove(id);
    if (answer == null) {
      throw new FrameFault("an answer to %d, which was not asked".formatted(id));
    }
    answer.arrived = true;
    for (Answer first = oldestFirst.peek();
        first != null && first.arrived && oldestFirst.remove(first);
        first = oldestFirst.peek()) {
      continue;
    }
    return answer;
  }

  /** True when nothing but what may take long is to be answered. */
  boolean onlyLongOpen() {
    return oldestFirst.isEmpty() && !open.isEmpty();
  }

  /** True when a moment is longer ago than the patience. */
  boolean isOver(long since) {
    return System.nanoTime() - since > patienceNanos;
  }

  void tick() {
    Answer oldest = oldestFirst.peek();
    if (oldest == null) {
      return;
    }
    long silentSince = Math.max(oldest.askedAt - heardAt, 0) + heardAt;
    if (isOver(silentSince)) {
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
