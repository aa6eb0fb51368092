package org.mapi4j.engine.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mapi4j.spi.StorageFault;

/** When an owner counts as silent, by a clock of the test's own. */
class PendingTest {
  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(Keeper.TICK_MILLIS);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

  private long now = Long.MAX_VALUE - PATIENCE / 2;
  private final Pending pending = new Pending(PATIENCE, "an owner", () -> now);

  private Pending.Answer ask(Kind kind) {
    return pending.expect(kind, pending.newId());
  }

  private void tickFor(long nanos) {
    for (long end = now + nanos; now - end < 0; ) {
      now += TICK;
      pending.tick();
    }
  }

  private static void assertEndedWith(Class<? extends Throwable> fault, Pending.Answer answer) {
    assertTrue(answer.isDone());
    assertInstanceOf(fault, assertThrows(CompletionException.class, answer::join).getCause());
  }

  @Test
  void tick_besideASilentOwner_endsWhatIsOpenAfterThePatience() {
    Pending.Answer read = ask(Kind.GET);
    Pending.Answer commit = ask(Kind.COMMIT);
    tickFor(PATIENCE);
    assertFalse(read.isDone() || commit.isDone() || pending.isSilent());
    tickFor(TICK);
    assertTrue(pending.isSilent());
    assertEndedWith(StorageFault.Unreachable.class, read);
    assertEndedWith(StorageFault.OutcomeUnknown.class, commit);
  }

  @Test
  void tick_afterThisProcessWasStopped_blamesNobodyBeforeThePatienceIsOverAgain() {
    Pending.Answer read = ask(Kind.GET);
    long stuckSince = now;
    tickFor(PATIENCE / 2);
    now += 2 * PATIENCE;
    pending.tick();
    assertFalse(read.isDone(), "its answer may be there, and not taken in");
    assertFalse(pending.isOver(stuckSince));
    tickFor(PATIENCE);
    assertFalse(read.isDone());
    tickFor(TICK);
    assertEndedWith(StorageFault.Unreachable.class, read);
    assertTrue(pending.isOver(stuckSince));
  }

  @Test
  void answers_whileAnOlderOneIsAwaited_areNotKept() {
    Pending.Answer commit = ask(Kind.COMMIT);
    WeakReference<Decoder> page = answeredPage();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (page.get() != null && System.nanoTime() < end) {
      System.gc();
    }
    assertEquals(null, page.get());
    assertFalse(commit.isDone());
  }

  private WeakReference<Decoder> answeredPage() {
    long id = pending.newId();
    Pending.Answer read = pending.expect(Kind.SCAN, id);
    Decoder page = new Decoder(new byte[1 << 20]);
    pending.answered(id, page);
    assertEquals(page, read.join());
    return new WeakReference<>(page);
  }
}
