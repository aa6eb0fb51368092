package org.mapi4j.engine.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.engine.contract.ShardContract.bytes;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.StorageFault;

/** What becomes of commits when their way ends, by ways that do as they are told. */
class CommitsTest {
  private static final long PATIENCE = 1_000;

  private long now = Long.MAX_VALUE - 10;
  private final Commits commits = new Commits(PATIENCE, () -> now);

  /** A connection whose owner answers nothing of itself. */
  private static final class Told {
    final List<CompletableFuture<Outcome>> sent = new ArrayList<>();
    OptionalLong outcome = OptionalLong.empty();
    Optional<List<Change>> changes = Optional.of(List.of());
    Throwable unsayable;

    Attachment way() {
      return (Attachment)
          Proxy.newProxyInstance(
              CommitsTest.class.getClassLoader(),
              new Class<?>[] {Attachment.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "isOwner" -> false;
                    case "seq" -> 7L;
                    case "outcomeOf" -> outcome;
                    case "changesSince" -> changes;
                    case "commit" -> commit();
                    default -> throw new AssertionError(method);
                  });
    }

    private CompletableFuture<Outcome> commit() throws Throwable {
      if (unsayable != null) {
        throw unsayable;
      }
      sent.add(new CompletableFuture<>());
      return sent.get(sent.size() - 1);
    }
  }

  private static Batch batch() {
    return Batch.builder().token(bytes("token")).add(bytes("count"), 1).build();
  }

  /** A commit that was sent through a way that ended without an answer. */
  private CompletableFuture<Outcome> sentInVain() {
    Told first = new Told();
    commits.attach(first.way());
    CompletableFuture<Outcome> commit = commits.submit(batch()).toCompletableFuture();
    assertEquals(1, first.sent.size());
    commits.detach();
    assertTrue(first.sent.get(0).completeExceptionally(new Lost()));
    assertFalse(commit.isDone());
    return commit;
  }

  private static <T extends Throwable> void assertEndedWith(
      Class<T> fault, CompletionStage<Outcome> commit) {
    CompletableFuture<Outcome> ended = commit.toCompletableFuture();
    assertTrue(ended.isDone(), "it never ends");
    assertInstanceOf(fault, assertThrows(CompletionException.class, ended::join).getCause());
  }

  @Test
  void attach_withACommitThatDoesNotStand_sendsItAgain() {
    CompletableFuture<Outcome> commit = sentInVain();
    now += PATIENCE; // over the end of what a long holds, as System.nanoTime may go
    Told next = new Told();
    commits.attach(next.way());
    assertEquals(1, next.sent.size());
    assertTrue(next.sent.get(0).complete(new Outcome.Committed(8)));
    assertEquals(new Outcome.Committed(8), commit.join());
  }

  @Test
  void attach_withACommitThatStands_endsItAndSendsNothing() {
    CompletableFuture<Outcome> commit = sentInVain();
    now += 2 * PATIENCE;
    Told next = new Told();
    next.outcome = OptionalLong.of(8);
    commits.attach(next.way());
    assertEquals(new Outcome.Committed(8), commit.join());
    assertEquals(List.of(), next.sent);
  }

  @Test
  void attach_withACommitWhoseTokenMayBeTrimmed_endsItUnknownAndSendsNothing() {
    CompletableFuture<Outcome> commit = sentInVain();
    Told next = new Told();
    next.changes = Optional.empty();
    commits.attach(next.way());
    assertEndedWith(StorageFault.OutcomeUnknown.class, commit);
    assertEquals(List.of(), next.sent);
  }

  @Test
  void attach_withACommitOlderThanThePatience_endsItUnknownAndSendsNothing() {
    CompletableFuture<Outcome> commit = sentInVain();
    now += PATIENCE + 1;
    Told next = new Told();
    commits.attach(next.way());
    assertEndedWith(StorageFault.OutcomeUnknown.class, commit);
    assertEquals(List.of(), next.sent);
  }

  @Test
  void submit_ofWhatCannotBeSaid_throwsAndLeavesNothing() {
    Told first = new Told();
    first.unsayable = new OutOfMemoryError("made up");
    commits.attach(first.way());
    assertThrows(OutOfMemoryError.class, () -> commits.submit(batch()));
    assertTrue(commits.allEnded().isDone(), "close() waits for ever");
    commits.detach();
    Told next = new Told();
    commits.attach(next.way());
    assertEquals(List.of(), next.sent, "it is made although its caller was told that it failed");
  }

  @Test
  void commit_whoseAnswerCannotBeTaken_endsUnknown() {
    Told first = new Told();
    commits.attach(first.way());
    CompletionStage<Outcome> commit = commits.submit(batch());
    assertTrue(first.sent.get(0).completeExceptionally(new OutOfMemoryError("made up")));
    assertEndedWith(StorageFault.OutcomeUnknown.class, commit);
  }

  @Test
  void close_endsWhatIsOpenAndRefusesWhatComes() {
    CompletableFuture<Outcome> sent = sentInVain();
    CompletionStage<Outcome> waiting = commits.submit(batch());
    commits.close();
    assertEndedWith(StorageFault.OutcomeUnknown.class, sent);
    assertEndedWith(StorageFault.Closed.class, waiting);
    assertEndedWith(StorageFault.Closed.class, commits.submit(batch()));
    assertTrue(commits.allEnded().isDone());
  }
}
