package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

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
import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.Stg;

/** Values that are written and not saved yet: what they cost, and that they go. */
class StagedValuesTest {
  private static final int PIECE = 64 << 10;
  private static final int PIECES = 64;

  private long stagedBytes;
  private final TestStore store =
      TestStore.on(
          new BrokenShards.Passing(new MemoryEngine()) {
            @Override
            public CompletionStage<Outcome> commit(Batch batch) {
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
    java.util.Arrays.fill(piece, (byte) filler);
    return piece;
  }

  @Test
  void commit_afterEachPieceOfADirectStream_stagesTheValueOnce() {
    try (IMessage message = ok(store.root().createMessage(null, 0));
        IAttach attach = ok(message.createAttach(null, 0)).lppAttach();
        IStream stream = stream(attach, PR_ATTACH_DATA_BIN)) {
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
