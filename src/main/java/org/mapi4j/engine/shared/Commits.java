package org.mapi4j.engine.shared;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.SpinFuture;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SystemChance;

/**
 * The commits of this process that another one makes. When the owner changes, each that was sent is
 * looked up by its token: if it stands it is done, if not it is sent again, so it is never made
 * twice. One that waited longer than the patience is never sent again: its caller may have been
 * told that it did not happen.
 */
final class Commits {
  private static final int TOKEN_BYTES = 16;

  private final long patienceNanos;
  private final Set<Commit> open = new LinkedHashSet<>();
  private Attachment attachment;

  /** A commit that this process saw: none that it gives later has a number up to that. */
  private volatile long reached;

  private static final class Commit {
    final Batch batch;
    final SpinFuture<Outcome> result = new SpinFuture<>();
    final long since = System.nanoTime();
    final long after;
    boolean sent;

    Commit(Batch batch, long after) {
      this.batch = batch;
      this.after = after;
    }
  }

  Commits(long patienceNanos) {
    this.patienceNanos = patienceNanos;
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
      way = attachment;
      commit = new Commit(named(batch), reached);
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
    }
    CompletionStage<Outcome> ended =
        stage.whenComplete(
            (outcome, thrown) -> {
              RuntimeException fault = thrown == null ? null : Waiting.unwrapped(thrown);
              if (!(fault instanceof Lost)) {
                end(commit, outcome, fault);
              }
            });
    assert ended != null;
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
      OptionalLong seq = way.outcomeOf(commit.batch.token(), commit.after);
      if (seq.isPresent()) {
        end(commit, new Outcome.Committed(seq.getAsLong()), null);
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
      long now = System.nanoTime();
      over = open.stream().filter(commit -> now - commit.since > patienceNanos).toList();
    }
    for (Commit commit : over) {
      end(commit, null, commit.sent ? new StorageFault.OutcomeUnknown(why.getMessage(), why) : why);
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
