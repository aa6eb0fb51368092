package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IStream;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.Stg;

/** Methods of streams answer codes of streams, whatever happens; Source: PROP-127, STORE-059. */
class StreamCodesTest {
  private StorageFault fault;
  private final TestStore store =
      TestStore.on(
          new BrokenShards.Passing(new MemoryEngine()) {
            @Override
            public CompletionStage<Outcome> commit(Batch batch) {
              return fault == null ? super.commit(batch) : CompletableFuture.failedFuture(fault);
            }
          });

  private static void assertEveryMethod(int hr, IStream stream) {
    assertHr(hr, stream.read(new byte[1], 0, 1).hr());
    assertHr(hr, stream.write(new byte[1], 0, 1).hr());
    assertHr(hr, stream.seek(0, Stg.STREAM_SEEK_SET).hr());
    assertHr(hr, stream.setSize(5));
    assertHr(hr, stream.copyTo(stream, 1).hr());
    assertHr(hr, stream.commit(0));
    assertHr(hr, stream.revert());
    assertHr(hr, stream.lockRegion(0, 1, 0));
    assertHr(hr, stream.stat(0).hr());
    assertHr(hr, stream.cloneStream().hr());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anyMethod_afterAReleaseOfTheStreamOrTheStore_isReverted(boolean ofTheStore) {
    IMessage message = ok(store.root().createMessage(null, 0));
    IStream stream = stream(message, PR_BODY_W);
    if (ofTheStore) {
      store.store.close();
    } else {
      stream.close();
    }
    assertEveryMethod(Stg.STG_E_REVERTED, stream);
  }

  @Test
  void commit_whatTheStoreRefuses_isACodeOfStreams() {
    IMAPIFolder folder = store.folder("f");
    IStream stream = stream(folder, PR_COMMENT_W);
    assertEquals(2, ok(stream.write(new byte[] {'a', 0}, 0, 2)));
    Map.of(
            new StorageFault.DiskFull("full", null), Stg.STG_E_MEDIUMFULL,
            new StorageFault.ReadOnly("read-only", null), Stg.STG_E_ACCESSDENIED,
            new StorageFault.Damaged("damaged", null), Stg.STG_E_DOCFILECORRUPT,
            new StorageFault("gone", null), Stg.STG_E_WRITEFAULT)
        .forEach(
            (injected, hr) -> {
              fault = injected;
              assertHr(hr, stream.commit(0));
              fault = null;
            });
    assertHr(S_OK, stream.commit(0));
    assertHr(S_OK, store.root().deleteFolder(id(folder), 0, null, 0));
    assertEquals(2, ok(stream.write(new byte[] {'b', 0}, 0, 2)));
    assertHr(Stg.STG_E_REVERTED, stream.commit(0));
  }

  @Test
  void commit_ofATransactedStreamThatFails_canBeRevertedAndMadeAgain() {
    IMAPIFolder folder = store.folder("f");
    int options = Stg.STGM_READWRITE | Stg.STGM_TRANSACTED;
    IStream stream =
        (IStream)
            ok(
                folder.openProperty(
                    PR_COMMENT_W, MapiGuid.IID_IStream, options, MAPI_CREATE | MAPI_MODIFY));
    assertEquals(2, ok(stream.write(new byte[] {'a', 0}, 0, 2)));
    assertHr(S_OK, stream.commit(0));
    assertEquals(2, ok(stream.write(new byte[] {'b', 0}, 0, 2)));
    fault = new StorageFault.DiskFull("full", null);
    assertHr(Stg.STG_E_MEDIUMFULL, stream.commit(0));
    fault = null;
    assertEquals("a", get(folder, PR_COMMENT_W).asString());
    assertHr(S_OK, stream.commit(0));
    assertEquals("ab", get(folder, PR_COMMENT_W).asString());
    assertEquals(2, ok(stream.write(new byte[] {'c', 0}, 0, 2)));
    fault = new StorageFault.DiskFull("full", null);
    assertHr(Stg.STG_E_MEDIUMFULL, stream.commit(0));
    fault = null;
    assertHr(S_OK, stream.revert());
    assertEquals(4L, ok(stream.stat(Stg.STATFLAG_NONAME)).cbSize());
    stream.close();
    assertEquals("ab", get(folder, PR_COMMENT_W).asString());
  }

  @Test
  void read_whatTheStoreRefuses_isACodeOfStreams() {
    IMessage message = ok(store.root().createMessage(null, 0));
    IStream stream = stream(message, PR_BODY_W);
    fault = new StorageFault("gone", null);
    assertHr(Stg.STG_E_WRITEFAULT, stream.write(new byte[3 << 20], 0, 3 << 20).hr());
    fault = null;
  }

  @Test
  void codes_thereAndBack_sayTheSame() {
    for (int hr :
        new int[] {
          MAPI_E_NO_ACCESS,
          MAPI_E_NOT_ENOUGH_DISK,
          MAPI_E_NOT_ENOUGH_MEMORY,
          MAPI_E_CORRUPT_DATA,
          MAPI_E_OBJECT_DELETED,
          S_OK
        }) {
      assertEquals(hr, StreamCodes.toMapi(StreamCodes.of(hr, Stg.STG_E_READFAULT)));
    }
    assertEquals(Stg.STG_E_READFAULT, StreamCodes.of(MAPI_E_CALL_FAILED, Stg.STG_E_READFAULT));
    assertEquals(MAPI_E_CALL_FAILED, StreamCodes.toMapi(Stg.STG_E_READFAULT));
    assertEquals(MAPI_E_COLLISION, StreamCodes.toMapi(MAPI_E_COLLISION));
  }
}
