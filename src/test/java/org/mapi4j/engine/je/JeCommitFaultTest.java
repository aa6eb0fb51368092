package org.mapi4j.engine.je;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.engine.contract.ShardContract.bytes;
import static org.mapi4j.engine.contract.ShardContract.committed;

import com.sleepycat.je.DbInternal;
import com.sleepycat.je.EnvironmentFailureException;
import com.sleepycat.je.dbi.EnvironmentFailureReason;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;

/** Commits that something fails in, at each step: numbers, tokens and outcomes stay true. */
class JeCommitFaultTest {
  @TempDir private Path directory;
  private JeEngine engine;
  private volatile CommitStep awaited;
  private volatile Consumer<JeEngine> injected;

  @BeforeEach
  void open() {
    engine = JeEngine.open(directory, JeOptions.DEFAULT, OpeningStep.UNWATCHED, this::reached);
  }

  @AfterEach
  void close() {
    engine.close();
    JeEngine.open(directory, JeOptions.DEFAULT).close();
  }

  /** Does something at a step of the next group, once. */
  private void at(CommitStep where, Consumer<JeEngine> what) {
    injected = what;
    awaited = where;
  }

  private void reached(CommitStep step) {
    if (step == awaited) {
      awaited = null;
      injected.accept(engine);
    }
  }

  private static Batch.Builder row(String name) {
    return Batch.builder()
        .expect(bytes(name), Batch.ABSENT)
        .put(bytes(name), 1, Bytes.EMPTY)
        .token(bytes("token " + name));
  }

  private Throwable failed(Batch.Builder batch) {
    return assertThrows(
            CompletionException.class,
            () -> engine.commit(batch.build()).toCompletableFuture().join())
        .getCause();
  }

  private static EnvironmentFailureException breakEnvironment(JeEngine engine) {
    return engine
        .readers()
        .call(
            store -> {
              var inside = DbInternal.getNonNullEnvImpl(store.environment());
              return new EnvironmentFailureException(
                  inside, EnvironmentFailureReason.UNEXPECTED_STATE_FATAL, "injected");
            });
  }

  private void assertChanges(Long... numbers) {
    List<Change> changes = engine.changesSince(0, 100).orElseThrow();
    assertEquals(List.of(numbers), changes.stream().map(Change::seq).toList());
    assertEquals(List.of(), engine.check().problems());
  }

  @Test
  void commit_errorAfterItHappened_isUnknownAndKeepsItsNumberAndToken() {
    Error error = new OutOfMemoryError("injected");
    at(
        CommitStep.COMMITTED,
        failing -> {
          throw error;
        });
    Throwable thrown = failed(row("a"));
    assertInstanceOf(StorageFault.OutcomeUnknown.class, thrown);
    assertSame(error, thrown.getCause());
    assertEquals(1, engine.seq());
    assertEquals(OptionalLong.of(1), engine.outcomeOf(bytes("token a")));
    assertEquals(2, committed(engine, row("b")));
    assertEquals(OptionalLong.of(1), engine.outcomeOf(bytes("token a")));
    assertChanges(1L, 2L);
  }

  /** As one after which there is no memory to say so. */
  private static final class Unspeakable extends Error {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new OutOfMemoryError("injected");
    }
  }

  @ParameterizedTest
  @EnumSource(CommitStep.class)
  void commit_errorOfWhichNothingCanBeSaid_isUnknownAndTheNextIsMade(CommitStep step) {
    at(
        step,
        failing -> {
          throw new Unspeakable();
        });
    assertInstanceOf(StorageFault.OutcomeUnknown.class, failed(row("a")));
    boolean made = step == CommitStep.COMMITTED;
    assertEquals(made, engine.outcomeOf(bytes("token a")).isPresent());
    assertEquals(made ? 2 : 1, committed(engine, row("b")));
  }

  @Test
  void commit_errorBeforeItHappened_isUnknownAndDidNotHappen() {
    at(
        CommitStep.WRITTEN,
        failing -> {
          throw new OutOfMemoryError("injected");
        });
    assertInstanceOf(StorageFault.OutcomeUnknown.class, failed(row("a")));
    assertEquals(OptionalLong.empty(), engine.outcomeOf(bytes("token a")));
    assertTrue(engine.get(bytes("a")).isEmpty());
    assertEquals(1, committed(engine, row("a")));
    assertChanges(1L);
  }

  @Test
  void commit_afterAnErrorThatLeftTheEnvironmentBroken_isNotTakenForTheOneBefore() {
    at(
        CommitStep.COMMITTED,
        failing -> {
          throw new OutOfMemoryError(breakEnvironment(failing).getMessage());
        });
    assertInstanceOf(StorageFault.OutcomeUnknown.class, failed(row("a")));
    assertEquals(2, committed(engine, row("b")));
    assertEquals(1, engine.get(bytes("b")).orElseThrow().version());
    assertEquals(OptionalLong.of(1), engine.outcomeOf(bytes("token a")));
    assertChanges(1L, 2L);
  }

  @ParameterizedTest
  @EnumSource(CommitStep.class)
  void commit_environmentBreaksAtAStep_happensOnce(CommitStep step) {
    at(
        step,
        failing -> {
          throw breakEnvironment(failing);
        });
    assertEquals(1, committed(engine, row("a")));
    assertEquals(2, committed(engine, row("b")));
    assertChanges(1L, 2L);
  }

  @Test
  void check_environmentClosedUnderIt_isAProblemAndTheRestIsChecked() throws Exception {
    assertEquals(1, committed(engine, row("a")));
    engine.close();
    LiveStore live = new LiveStore(directory, JeOptions.DEFAULT, () -> {}, OpeningStep.UNWATCHED);
    live.current().close();
    var report = new JeMaintenance(directory, live).check();
    assertEquals(1, report.problems().size(), report.problems().toString());
    assertEquals(1, report.rows());
    live.close();
  }

  private boolean syncIsTold(long since) {
    try {
      assertEquals(null, engine.sync(since).toCompletableFuture().join());
      return false;
    } catch (CompletionException failed) {
      assertInstanceOf(StorageFault.Lost.class, failed.getCause());
      return true;
    }
  }

  @Test
  void sync_asynchronousCommitsWereLost_tellsThoseWhoseCommitsTheyMayBe() {
    assertEquals(1, committed(engine, row("a")));
    long before = engine.seq();
    Batch.Builder asynchronous = row("b").durability(Batch.Durability.ASYNC);
    assertEquals(2, committed(engine, asynchronous));
    assertTrue(breakEnvironment(engine).getMessage().contains("injected"));
    assertTrue(engine.get(bytes("never written")).isEmpty(), "JE is opened again");
    assertTrue(engine.get(bytes("b")).isEmpty());
    assertTrue(syncIsTold(before));
    assertTrue(syncIsTold(before), "another session is told too");
    long told = engine.seq();
    assertTrue(!syncIsTold(told));
    Outcome again = engine.commit(asynchronous.build()).toCompletableFuture().join();
    assertEquals(new Outcome.Committed(3), again);
    assertTrue(!syncIsTold(told));
    assertChanges(1L, 3L);
  }
}
