package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.api.IMessage;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Lease;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;

/** The lease that a handle holds after its save, where leases fail or others are quick. */
class SaveLeaseTest {
  private final Shard shard = new Shard();
  private final TestStore store = TestStore.on(shard);

  /** A shard whose leases may fail, and that lets others act behind a commit. */
  private static final class Shard extends BrokenShards.Passing {
    private boolean leasesFail;
    private Runnable behindCommit = () -> {};

    Shard() {
      super(new MemoryEngine());
    }

    @Override
    public Lease lease(Bytes key, long session, Lease.Mode mode) {
      if (leasesFail) {
        throw new StorageFault.Unreachable("no owner", null);
      }
      return super.lease(key, session, mode);
    }

    @Override
    public CompletionStage<Outcome> commit(Batch batch) {
      CompletionStage<Outcome> outcome = super.commit(batch);
      Runnable behind = behindCommit;
      behindCommit = () -> {};
      behind.run();
      return outcome;
    }
  }

  private int messages() {
    try (IMAPITable contents = ok(store.root().getContentsTable(0))) {
      return ok(contents.getRowCount(0));
    }
  }

  @ParameterizedTest(name = "{0} bytes")
  @ValueSource(ints = {10, 100_000})
  void firstSave_keptOpenForWriting_isProtectedFromDeletionFromItsCommitOn(int bytes) {
    IMessage message = ok(store.root().createMessage(null, 0));
    set(message, PR_HTML, Bytes.wrap(new byte[bytes]));
    TestStore other = store.session(StoreOptions.DEFAULT);
    int[] deleted = new int[1];
    shard.behindCommit =
        () -> deleted[0] = other.root().deleteMessages(ENTRYLIST.of(onlyId(other)), 0, null, 0);
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    assertHr(MAPI_W_PARTIAL_COMPLETION, deleted[0]);
    set(message, PR_SUBJECT_W, "again");
    assertHr(S_OK, message.saveChanges(0));
  }

  private static Bytes onlyId(TestStore of) {
    try (IMAPITable contents = ok(of.root().getContentsTable(0))) {
      return (Bytes) column(contents, PR_ENTRYID).get(0);
    }
  }

  @ParameterizedTest(name = "{0} bytes")
  @ValueSource(ints = {10, 100_000})
  void firstSave_keptOpenForWritingWhereNoLeaseIsToBeHad_savesNothing(int bytes) {
    IMessage message = ok(store.root().createMessage(null, 0));
    set(message, PR_HTML, Bytes.wrap(new byte[bytes]));
    shard.leasesFail = true;
    assertHr(MAPI_E_NETWORK_ERROR, message.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals(0, messages());
    shard.leasesFail = false;
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals(1, messages());
  }

  @Test
  void save_thatStandsWhereNoWeakerLeaseIsToBeHad_isOkAndWhatTheHandleReadsIsKept() {
    IMessage message = ok(store.root().createMessage(null, 0));
    set(message, PR_HTML, Bytes.wrap(new byte[100_000]));
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
    set(message, PR_SUBJECT_W, "mine");
    shard.leasesFail = true;
    assertHr(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
    shard.leasesFail = false;
    assertHr(MAPI_E_NO_ACCESS, message.saveChanges(0));
    Bytes id = id(message);
    try (IMessage theirs = store.open(id, MAPI_MODIFY)) {
      set(theirs, PR_HTML, Bytes.of((byte) 1));
      assertHr(S_OK, theirs.saveChanges(0));
    }
    store.sweep();
    assertEquals(100_000, get(message, PR_HTML).asBytes().size());
    message.close();
    assertHr(S_OK, store.root().deleteMessages(ENTRYLIST.of(id), 0, null, 0));
    store.sweep();
    assertEquals(List.of(), StoreSession.check(shard));
  }
}
