package org.mapi4j.engine.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.engine.contract.ShardContract.await;
import static org.mapi4j.engine.contract.ShardContract.bytes;
import static org.mapi4j.engine.contract.ShardContract.committed;
import static org.mapi4j.types.MapiCode.MAPI_E_NETWORK_ERROR;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.engine.je.JavaProcess;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.provider.StoreSession;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.Lease;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** An owner that is stopped is waited for; nothing is lost, and nobody takes its place. */
class SilentOwnerTest {
  private static final Duration PATIENCE = Duration.ofMillis(600);

  @TempDir private Path directory;
  private Writers owner;
  private SharedEngine guest;

  @BeforeEach
  void open() throws Exception {
    owner = new Writers(directory, "a", 0, 10_000);
    assertTrue(owner.startedAsOwner());
    guest = SharedWriter.open(directory, "guest", PATIENCE);
  }

  @AfterEach
  void close() {
    guest.close();
    owner.process.destroyForcibly();
  }

  private static Batch.Builder put(String key) {
    return Batch.builder().token(bytes("token " + key)).put(bytes(key), 1, bytes(key));
  }

  @Test
  void calls_ofAStoppedOwner_endAfterThePatienceAndGoOnWhenItWakes() throws Exception {
    assertEquals(1, committed(guest, put("a")));
    owner.signal("STOP");
    long start = System.nanoTime();
    assertThrows(StorageFault.Unreachable.class, () -> guest.get(bytes("a")).isPresent());
    long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertTrue(waited >= PATIENCE.toMillis() && waited < 5_000, "waited " + waited + " ms");
    assertThrows(StorageFault.OutcomeUnknown.class, () -> await(guest, put("b")));
    assertThrows(
        StorageFault.Unreachable.class, () -> guest.outcomeOf(bytes("token b")).isPresent());
    assertFalse(OwnerLock.tryAcquire(directory.toAbsolutePath()).isPresent());
    owner.signal("CONT");
    OptionalLong seq = outcome("token b");
    assertEquals(OptionalLong.of(2), seq);
    assertTrue(guest.get(bytes("b")).isPresent());
    assertFalse(guest.isOwner());
    assertEquals(3, committed(guest, put("c")));
  }

  @Test
  void watch_besideAStoppedOwner_isUnreachableAndThoseThereAreToldLater() throws Exception {
    BlockingQueue<Change> told = new LinkedBlockingQueue<>();
    AutoCloseable first = guest.watch(0, told::add);
    owner.signal("STOP");
    CompletableFuture<StorageFault.Unreachable> second =
        CompletableFuture.supplyAsync(
            () -> assertThrows(StorageFault.Unreachable.class, () -> guest.watch(0, told::add)));
    assertTrue(second.get(20, TimeUnit.SECONDS).getMessage().contains("pid"));
    owner.signal("CONT");
    assertEquals(1, savedOnceItWakes("a"));
    Change change = told.poll(20, TimeUnit.SECONDS);
    assertEquals(List.of(bytes("a")), change == null ? null : change.put());
    first.close();
  }

  private long savedOnceItWakes(String key) {
    while (true) {
      try {
        return committed(guest, put(key));
      } catch (StorageFault.OutcomeUnknown stillWaking) {
        return outcome("token " + key).orElseThrow();
      }
    }
  }

  private OptionalLong outcome(String token) {
    while (true) {
      try {
        return guest.outcomeOf(bytes(token));
      } catch (StorageFault.Unreachable stillWaking) {
        Pause.millis(5);
      }
    }
  }

  @Test
  void calls_ofAStoppedOwnerThatIsKilled_goOnWithTheNext() throws Exception {
    assertEquals(1, committed(guest, put("a")));
    owner.signal("STOP");
    assertThrows(StorageFault.OutcomeUnknown.class, () -> await(guest, put("b")));
    owner.kill();
    awaitNextOwner();
    assertTrue(guest.get(bytes("a")).isPresent());
    assertEquals(OptionalLong.empty(), guest.outcomeOf(bytes("token b")));
    assertEquals(2, committed(guest, put("b")));
    assertTrue(guest.isOwner());
  }

  /** Opening the engine may take longer than the patience, on a machine that does much else. */
  private void awaitNextOwner() {
    long start = System.nanoTime();
    while (true) {
      try {
        assertTrue(guest.isOwner());
        return;
      } catch (StorageFault.Unreachable notYet) {
        assertTrue(System.nanoTime() - start < 20_000_000_000L, "nobody takes over");
      }
    }
  }

  @Test
  void open_besideAStoppedOwner_isUnreachableNamingIt() throws Exception {
    owner.signal("STOP");
    StorageFault.Unreachable fault =
        assertThrows(
            StorageFault.Unreachable.class,
            () -> SharedWriter.open(directory, "late", PATIENCE).close());
    assertTrue(fault.getMessage().contains("pid " + owner.process.pid()), fault.getMessage());
    owner.signal("CONT");
    try (SharedEngine late = SharedWriter.open(directory, "late", SharedOptions.PATIENCE)) {
      assertFalse(late.isOwner());
    }
  }

  @Test
  void lease_ofAStoppedGuest_standsAndItGoesOn() throws Exception {
    Process holder = JavaProcess.start(TakeoverTest.LeaseHolder.class, directory.toString());
    assertEquals("held", holder.inputReader().readLine());
    Writers.signal(holder, "STOP");
    owner.kill();
    Batch.Builder sweep = Batch.builder().expectUnleased(bytes("m"), Lease.Mode.READ, 0, 0);
    Outcome conflict = new Outcome.Conflict(bytes("m"), Outcome.Reason.LEASED);
    assertEquals(conflict, await(guest, sweep), "before the stopped process came back");
    assertTrue(guest.isOwner());
    assertEquals(1, committed(guest, put("other rows are written meanwhile")));
    Writers.signal(holder, "CONT");
    Batch.Builder other = Batch.builder().expectUnleased(bytes("n"), Lease.Mode.READ, 0, 0);
    while (await(guest, other) instanceof Outcome.Conflict) {
      Pause.millis(5);
    }
    assertEquals(conflict, await(guest, sweep), "after it came back");
    assertTrue(holder.toHandle().destroyForcibly());
    assertTrue(holder.waitFor() != 0);
  }

  @Test
  void saveChanges_whileTheOwnerIsStopped_isNetworkErrorAndKeepsTheEdits() throws Exception {
    IMsgStore store =
        StoreSession.open(guest, StoreOptions.DEFAULT, () -> {}, () -> {}).orElseThrow();
    Bytes inbox = store.getReceiveFolder("IPM.Note", 0).value().lppEntryID();
    IMAPIFolder folder = (IMAPIFolder) store.openEntry(inbox, null, MAPI_MODIFY).value().lppUnk();
    IMessage message = folder.createMessage(null, 0).value();
    subject(message, "first");
    assertEquals(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    subject(message, "second");
    owner.signal("STOP");
    assertEquals(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals("second", subject(message));
    owner.signal("CONT");
    int hr = message.saveChanges(KEEP_OPEN_READWRITE);
    while (hr == MAPI_E_NETWORK_ERROR) {
      Pause.millis(5);
      hr = message.saveChanges(KEEP_OPEN_READWRITE);
    }
    assertEquals(S_OK, hr, "a false conflict with a save of its own");
    subject(message, "third");
    assertEquals(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    Bytes id = message.getProps(SPropTagArray.tags(PR_ENTRYID), 0).value().get(0).asBytes();
    try (IMessage again = (IMessage) store.openEntry(id, null, 0).value().lppUnk()) {
      assertEquals("third", subject(again));
    }
    message.close();
    folder.close();
    store.close();
  }

  private static void subject(IMessage message, String text) {
    assertEquals(S_OK, message.setProps(List.of(SPropValue.of(PR_SUBJECT_W, text))).hr());
  }

  private static String subject(IMessage message) {
    SPropValue value = message.getProps(SPropTagArray.tags(PR_SUBJECT_W), 0).value().get(0);
    return assertInstanceOf(String.class, value.value());
  }
}
