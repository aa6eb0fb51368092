package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IStream;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.Stg;

/** Values that are written and not saved yet: what they cost, and that they go. */
class StagedValuesTest {
  private static final int PIECE = 64 << 10;
  private static final int PIECES = 64;

  private long stagedBytes;
  private boolean full;
  private final TestStore store =
      TestStore.on(
          new BrokenShards.Passing(new MemoryEngine()) {
            @Override
            public CompletionStage<Outcome> commit(Batch batch) {
              if (full) {
                return CompletableFuture.failedFuture(new StorageFault.DiskFull("full", null));
              }
              for (Batch.Op op : batch.ops()) {
                if (op instanceof Batch.Op.Put put && put.key().get(0) == 'b') {
                  stagedBytes += put.value().size();
                }
              }
              return super.commit(batch);
            }
          });
  private final TestStore other = store.session(StoreOptions.DEFAULT);

  private static byte[] piece(int filler) {
    byte[] piece = new byte[PIECE];
    Arrays.fill(piece, (byte) filler);
    return piece;
  }

  @ParameterizedTest(name = "transacted {0}")
  @ValueSource(booleans = {true, false})
  void commit_afterEachPiece_stagesTheValueOnce(boolean transacted) {
    try (IMessage message = ok(store.root().createMessage(null, 0));
        IAttach attach = ok(message.createAttach(null, 0)).lppAttach();
        IStream stream = transacted ? transacted(attach) : stream(attach, PR_ATTACH_DATA_BIN)) {
      for (int i = 0; i < PIECES; i++) {
        assertEquals(PIECE, ok(stream.write(piece(i), 0, PIECE)));
        assertHr(S_OK, stream.commit(Stg.STGC_DEFAULT));
      }
      assertHr(S_OK, attach.saveChanges(KEEP_OPEN_READWRITE));
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
      assertTrue(stagedBytes <= 2L * PIECES * PIECE, stagedBytes + " bytes for " + PIECES * PIECE);
      IAttach saved = ok(store.open(id(message), 0).openAttach(0, null, 0));
      byte[] read = new byte[PIECES * PIECE];
      IStream whole =
          (IStream) ok(saved.openProperty(PR_ATTACH_DATA_BIN, MapiGuid.IID_IStream, 0, 0));
      assertEquals(read.length, ok(whole.read(read, 0, read.length)));
      for (int i = 0; i < PIECES; i++) {
        assertEquals((byte) i, read[i * PIECE + 5]);
      }
    }
  }

  private static IStream transacted(IAttach attach) {
    int options = Stg.STGM_READWRITE | Stg.STGM_TRANSACTED;
    int flags = MAPI_CREATE | MAPI_MODIFY;
    return (IStream)
        ok(attach.openProperty(PR_ATTACH_DATA_BIN, MapiGuid.IID_IStream, options, flags));
  }

  @Test
  void commit_ofAnotherPieceOfALargeValue_stagesThatPiece() {
    try (IMessage message = ok(store.root().createMessage(null, 0));
        IAttach attach = ok(message.createAttach(null, 0)).lppAttach();
        IStream stream = transacted(attach)) {
      for (int i = 0; i < PIECES; i++) {
        assertEquals(PIECE, ok(stream.write(piece(i), 0, PIECE)));
      }
      assertHr(S_OK, stream.commit(Stg.STGC_DEFAULT));
      long whole = stagedBytes;
      for (int i = 0; i < PIECES; i++) {
        assertEquals(0L, ok(stream.seek(0, Stg.STREAM_SEEK_SET)));
        assertEquals(PIECE, ok(stream.write(piece(100 + i), 0, PIECE)));
        assertHr(S_OK, stream.commit(Stg.STGC_DEFAULT));
      }
      assertTrue(stagedBytes - whole <= PIECES * PIECE, stagedBytes + " bytes after " + whole);
      assertHr(S_OK, attach.saveChanges(KEEP_OPEN_READWRITE));
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
      assertTrue(stagedBytes <= 3L * PIECES * PIECE, stagedBytes + " bytes");
    }
  }

  @Test
  void commit_thatTheDiskRefuses_leavesWhatWasCommittedBefore() {
    IMessage message = ok(store.root().createMessage(null, 0));
    IAttach attach = ok(message.createAttach(null, 0)).lppAttach();
    IStream stream = transacted(attach);
    for (int i = 0; i < 12; i++) {
      assertEquals(PIECE, ok(stream.write(piece(1), 0, PIECE)));
    }
    assertHr(S_OK, stream.commit(Stg.STGC_DEFAULT));
    assertEquals(0L, ok(stream.seek(0, Stg.STREAM_SEEK_SET)));
    for (int i = 0; i < 12; i++) {
      assertEquals(PIECE, ok(stream.write(piece(2), 0, PIECE)));
    }
    full = true;
    assertHr(Stg.STG_E_MEDIUMFULL, stream.commit(Stg.STGC_DEFAULT));
    full = false;
    stream.close();
    assertHr(S_OK, attach.saveChanges(KEEP_OPEN_READWRITE));
    assertEquals(Bytes.copyOf(piece(1)), get(attach, PR_ATTACH_DATA_BIN).asBytes().slice(0, PIECE));
  }

  @ParameterizedTest(name = "message released {0}")
  @ValueSource(booleans = {true, false})
  void close_ofTheStore_removesWhatItsObjectsStaged(boolean released) {
    IMessage message = ok(store.root().createMessage(null, 0));
    IAttach attach = ok(message.createAttach(null, 0)).lppAttach();
    IStream stream = stream(attach, PR_ATTACH_DATA_BIN);
    for (int i = 0; i < 200; i++) {
      assertEquals(PIECE, ok(stream.write(piece(i), 0, PIECE)));
    }
    assertTrue(other.rows('b') > 128);
    assertEquals(1, other.rows('g'));
    store.store.close();
    if (released) {
      stream.close();
      attach.close();
      message.close();
    }
    assertEquals(0, other.rows('g'));
    assertEquals(0, other.rows('b'));
  }

  @Test
  void saveChanges_valueBeingRemoved_isRefusedWhole() {
    IMessage message = ok(store.root().createMessage(null, 0));
    set(message, PR_HTML, Bytes.wrap(new byte[200 * PIECE]));
    Bytes blob = Keys.owner(store.core().scanAll(Keys.allStaged()).get(0).key());
    Sweeper.removeStaged(
        new BrokenShards.Passing(store.shard) {
          private int commits;

          @Override
          public CompletionStage<Outcome> commit(Batch batch) {
            if (commits++ == 1) {
              assertHr(MAPI_E_CALL_FAILED, message.saveChanges(KEEP_OPEN_READWRITE));
            }
            return super.commit(batch);
          }
        },
        blob);
    assertEquals(0, other.rows('b'));
    assertEquals(0, subjects(store.root(), 0).size());
  }
}
