package org.mapi4j.engine.je;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.engine.contract.ShardContract.bytes;
import static org.mapi4j.engine.contract.ShardContract.committed;

import java.io.IOError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;

/** An opening that fails half way leaves nothing open, and says what went wrong. */
class JeOpeningFaultTest {
  @TempDir private Path directory;

  private static Consumer<OpeningStep> failingAt(OpeningStep where, Throwable thrown) {
    return step -> {
      if (step == where) {
        if (thrown instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) thrown;
      }
    };
  }

  /** JE locks its directory while an environment is open: it can be locked only when none is. */
  private void assertNothingIsOpen() throws IOException {
    try (FileChannel lock =
            FileChannel.open(directory.resolve("je.lck"), StandardOpenOption.WRITE);
        FileLock taken = lock.tryLock()) {
      assertTrue(taken != null && taken.isValid(), "another process has the directory");
    }
  }

  private JeEngine openFailing(OpeningStep step, Throwable failure) {
    return JeEngine.open(
        directory, JeOptions.DEFAULT, failingAt(step, failure), CommitStep.UNWATCHED);
  }

  private void assertStoreWorks() {
    try (JeEngine engine = JeEngine.open(directory, JeOptions.DEFAULT)) {
      long seq = committed(engine, Batch.builder().put(bytes("a"), 1, Bytes.EMPTY));
      assertEquals(seq, engine.seq());
      assertEquals(List.of(), engine.check().problems());
    }
  }

  @ParameterizedTest
  @EnumSource(OpeningStep.class)
  void open_errorAtAStepOfANewStore_isThrownAsItIsAndClosesEverything(OpeningStep step)
      throws IOException {
    Error missing = new NoClassDefFoundError("org/example/Missing");
    Error thrown = assertThrows(Error.class, () -> openFailing(step, missing));
    assertSame(missing, thrown);
    assertEquals(List.of(), List.of(thrown.getSuppressed()));
    assertNothingIsOpen();
    assertStoreWorks();
  }

  @ParameterizedTest
  @EnumSource(value = OpeningStep.class, mode = EnumSource.Mode.EXCLUDE, names = "CREATION")
  void open_errorAtAStepOfAnExistingStore_isThrownAsItIsAndClosesEverything(OpeningStep step)
      throws IOException {
    assertStoreWorks();
    Error missing = new ExceptionInInitializerError("org.example.Broken");
    Error thrown = assertThrows(Error.class, () -> openFailing(step, missing));
    assertSame(missing, thrown);
    assertEquals(List.of(), List.of(thrown.getSuppressed()));
    assertNothingIsOpen();
    assertStoreWorks();
  }

  @ParameterizedTest
  @EnumSource(OpeningStep.class)
  void open_exceptionAtAStep_isAFaultAndClosesEverything(OpeningStep step) throws IOException {
    StorageFault full = new StorageFault.DiskFull("injected", null);
    StorageFault thrown = assertThrows(StorageFault.class, () -> openFailing(step, full));
    assertSame(full, thrown);
    assertNothingIsOpen();
    assertStoreWorks();
  }

  @Test
  void open_errorOfIo_isAFaultOfTheStorage() throws IOException {
    Error io = new IOError(new IOException("No space left on device"));
    assertThrows(StorageFault.DiskFull.class, () -> openFailing(OpeningStep.READERS, io));
    Error other = new IOError(new IOException("Input/output error"));
    StorageFault fault =
        assertThrows(StorageFault.class, () -> openFailing(OpeningStep.STORE, other));
    assertTrue(fault.getMessage().contains("Input/output error"), fault.getMessage());
    assertNothingIsOpen();
  }

  @Test
  void reported_errorWithinAnException_isTheErrorUnlessTheLogIsDamaged() {
    Error missing = new NoClassDefFoundError("org/example/Missing");
    assertSame(
        missing,
        JeFaults.reported(
            new IllegalStateException("inside", new RuntimeException(missing)), directory));
    StorageFault damaged = new StorageFault.Damaged("a file", missing);
    assertSame(damaged, JeFaults.reported(damaged, directory));
  }

  @Test
  void begin_takenByAnotherThread_wakesThatOne() throws Exception {
    CountDownLatch goesOn = new CountDownLatch(1);
    try (JeEngine engine = JeEngine.open(directory, JeOptions.DEFAULT)) {
      Supplier<String> begun =
          engine
              .readers()
              .begin(
                  store -> {
                    try {
                      return goesOn.await(20, TimeUnit.SECONDS) ? "read" : "given up";
                    } catch (InterruptedException interrupted) {
                      throw new AssertionError(interrupted);
                    }
                  });
      CompletableFuture<String> taken = new CompletableFuture<>();
      Thread taker = new Thread(() -> taken.completeAsync(begun, Runnable::run), "taker");
      taker.start();
      while (taker.getState() != Thread.State.WAITING) {
        Thread.sleep(1);
      }
      goesOn.countDown();
      assertEquals("read", taken.get(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void get_errorOfAReader_reachesTheCallerAndTheStoreGoesOn() {
    try (JeEngine engine = JeEngine.open(directory, JeOptions.DEFAULT)) {
      ReadPool pool = engine.readers();
      Error missing = new NoClassDefFoundError("org/example/Missing");
      Error thrown =
          assertThrows(
              Error.class,
              () ->
                  pool.call(
                      store -> {
                        throw missing;
                      }));
      assertSame(missing, thrown);
      assertTrue(engine.get(bytes("a")).isEmpty());
    }
  }
}
