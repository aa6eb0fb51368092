package org.mapi4j.engine.shared;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Fate;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.SpinFuture;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SystemChance;

/**
 * The commits of this process that another one makes. When the owner changes, each that was sent is
 * looked up by its token: if it stands it is done, if not it is sent again, so it is never made
 * twice. One is not sent again when its token may no longer be kept, and when it waited longer than
 * the patience: it may be what ends every connection. Its outcome is unknown then.
 */
final class Commits {
  private static final int TOKEN_BYTES = 16;

  private final long patienceNanos;
  private final LongSupplier nanoTime;
  private final Set<Commit> open = new LinkedHashSet<>();
  private Attachment attachment;
  private boolean closed;

  /** A commit that this process saw: none that it gives later has a number up to that. */
  private volatile long reached;

  private static final class Commit {
    final Batch batch;
    final SpinFuture<Outcome> result = new SpinFuture<>();
    final long since;
    final long after;
    boolean sent;

    Commit(Batch batch, long since, long after) {
      this.batch = batch;
      this.since = since;
      this.after = after;
    }
  }

  /**
   * @param nanoTime as System.nanoTime
   */
  Commits(long patienceNanos, LongSupplier nanoTime) {
    this.patienceNanos = patienceNanos;
    this.nanoTime = nanoTime;
  }

  CompletionStage<Outcome> submit(Batch batch) {
    Attachment way;
    Commit commit;
    synchronized (this) {
      way = attachment;
    }
    if (way != null && way.isOwner()) {
      return way.commit(batch); // an owner stays one
    }
    synchronized (this) {
      if (closed) {
        return CompletableFuture.failedFuture(closed());
      }
      way = attachment;
      commit = new Commit(named(batch), nanoTime.getAsLong(), reached);
      open.add(commit);
      if (way == null) {
        return commit.result;
      }
      commit.sent = true;
    }
    send(commit, way);
    return commit.result;
  }

  private static Batch named(Batch batch) {
    if (!batch.token().isEmpty()) {
      return batch;
    }
    Bytes token = Bytes.wrap(SystemChance.bytes(TOKEN_BYTES));
    return new Batch(batch.expectations(), batch.ops(), token, batch.durability());
  }

  private void send(Commit commit, Attachment way) {
    CompletionStage<Outcome> stage;
    try {
      stage = way.commit(commit.batch);
    } catch (FrameFault.TooLong tooLong) {
      end(commit, null, new StorageFault.TooLarge(tooLong.getMessage(), tooLong));
      return;
    } catch (RuntimeException | Error notSent) {
      end(commit, null, unknown(String.valueOf(notSent), notSent)); // or the next owner makes it
      throw notSent;
    }
    CompletionStage<Outcome> ended =
        stage.whenComplete(
            (outcome, thrown) -> {
              RuntimeException fault = thrown == null ? null : fault(thrown);
              if (!(fault instanceof Lost)) {
                end(commit, outcome, fault);
              }
            });
    assert ended != null;
  }

  private static RuntimeException fault(Throwable thrown) {
    try {
      return Waiting.unwrapped(thrown);
    } catch (Error whileTakingItsAnswer) {
      return unknown(whileTakingItsAnswer.toString(), whileTakingItsAnswer);
    }
  }

  private static StorageFault unknown(String why, Throwable cause) {
    return new StorageFault.OutcomeUnknown(why, cause);
  }

  private static StorageFault closed() {
    return new StorageFault.Closed("the store was closed", null);
  }

  private boolean isOver(Commit commit) {
    return nanoTime.getAsLong() - commit.since > patienceNanos;
  }

  private void end(Commit commit, Outcome outcome, RuntimeException fault) {
    synchronized (this) {
      if (!open.remove(commit)) {
        return;
      }
      if (outcome instanceof Outcome.Committed committed) {
        reached = Math.max(reached, committed.seq());
      }
    }
    boolean first =
        fault == null
            ? commit.result.complete(outcome)
            : commit.result.completeExceptionally(fault);
    assert first : commit.batch.token();
  }

  /** The way ended: what comes now waits for the next. */
  synchronized void detach() {
    attachment = null;
  }

  /**
   * Decides what is open through a new way, in order, which then is the way. Throws {@link Lost}
   * when it ends meanwhile.
   */
  void attach(Attachment way) {
    for (Commit commit : sent()) {
      Fate fate = Fate.of(way, commit.batch.token(), commit.after);
      if (fate instanceof Fate.Stands stands) {
        end(commit, new Outcome.Committed(stands.seq()), null);
      } else if (isOver(commit)) {
        end(commit, null, unknown("it waited longer than the patience for its owner", null));
      } else if (fate == Fate.Numberless.UNKNOWN) {
        end(commit, null, unknown("what was committed meanwhile is no longer kept", null));
      } else {
        send(commit, way);
      }
    }
    long seq = way.seq();
    while (true) {
      List<Commit> waiting = new ArrayList<>();
      synchronized (this) {
        for (Commit commit : open) {
          if (!commit.sent) {
            commit.sent = true;
            waiting.add(commit);
          }
        }
        if (waiting.isEmpty()) {
          reached = Math.max(reached, seq);
          attachment = way;
          return;
        }
      }
      waiting.forEach(commit -> send(commit, way));
    }
  }

  private synchronized List<Commit> sent() {
    return open.stream().filter(commit -> commit.sent).toList();
  }

  /** Ends waiting for commits that found no owner in time. While there is none. */
  void tick(StorageFault.Unreachable why) {
    List<Commit> over;
    synchronized (this) {
      if (attachment != null) {
        return;
      }
      over = open.stream().filter(this::isOver).toList();
    }
    for (Commit commit : over) {
      end(commit, null, commit.sent ? unknown(why.getMessage(), why) : why);
    }
  }

  /**
   * Ends what is open and refuses what comes: there is no way any more, and nobody looks for one.
   */
  void close() {
    List<Commit> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(open);
    }
    for (Commit commit : left) {
      end(commit, null, commit.sent ? unknown("the store was closed", null) : closed());
    }
  }

  /** Completes when all commits given before have ended, well or not. */
  CompletableFuture<Void> allEnded() {
    synchronized (this) {
      return CompletableFuture.allOf(
          open.stream()
              .map(commit -> commit.result.handle((outcome, fault) -> outcome))
              .toArray(CompletableFuture<?>[]::new));
    }
  }
}
