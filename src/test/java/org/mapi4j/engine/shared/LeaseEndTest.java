package org.mapi4j.engine.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.MAPI_W_PARTIAL_COMPLETION;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.engine.je.JeOptions;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.options.StoreProfile;
import org.mapi4j.provider.BrokenShards;
import org.mapi4j.provider.StoreSession;
import org.mapi4j.spi.Lease;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.Stamps;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.HResult;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/**
 * The write access of a guest's handle has ended for every process when the call that ended it
 * returns, however late its owner hears of it.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LeaseEndTest {
  private static final Duration PATIENCE = Duration.ofMillis(600);
  private static final int LATE_MILLIS = 150;

  @TempDir private Path directory;
  private final AtomicInteger taken = new AtomicInteger();
  private volatile Runnable whenEnding = () -> {};
  private SharedEngine owner;
  private SharedEngine guest;
  private IMsgStore ownersStore;

  /** Does something before it ends a lease for write access. */
  private final class Ending extends BrokenShards.Passing {
    Ending(Shard good) {
      super(good);
    }

    @Override
    public Lease lease(Bytes key, long session, Lease.Mode mode) {
      Lease good = super.lease(key, session, mode);
      taken.incrementAndGet();
      return new Lease() {
        @Override
        public long id() {
          return good.id();
        }

        @Override
        public void close() {
          if (mode == Lease.Mode.MODIFY) {
            whenEnding.run();
          }
          good.close();
        }
      };
    }

    @Override
    public void endSession(long session) {
      whenEnding.run();
      super.endSession(session);
    }
  }

  private final class Opening implements EngineOpener {
    private final Opener opener = new Opener(directory, JeOptions.DEFAULT);

    @Override
    public Shard open(Stamps stamps) {
      return new Ending(opener.open(stamps));
    }

    @Override
    public void recover(Shard shard) {
      opener.recover(shard);
    }
  }

  @BeforeEach
  void open() {
    owner =
        SharedEngine.open(
            directory, new SharedOptions("owner", SharedOptions.PATIENCE), new Opening());
    guest = SharedWriter.open(directory, "guest", PATIENCE);
    ownersStore = session(owner, StoreProfile.DOCUMENTED);
  }

  @AfterEach
  void close() {
    whenEnding = () -> {};
    guest.close();
    ownersStore.close();
    owner.close();
  }

  private static IMsgStore session(Shard shard, StoreProfile profile) {
    StoreOptions options = StoreOptions.builder().profile(profile).build();
    return StoreSession.open(shard, options, () -> {}, () -> {}).orElseThrow();
  }

  private static IMAPIFolder root(IMsgStore store) {
    return (IMAPIFolder) store.openEntry(null, null, MAPI_MODIFY).value().lppUnk();
  }

  private static void assertHr(int expected, int hr) {
    assertEquals(HResult.toString(expected), HResult.toString(hr));
  }

  private Bytes saved(int bytes) {
    try (IMAPIFolder root = root(ownersStore);
        IMessage message = root.createMessage(null, 0).value()) {
      subject(message, "base");
      SPropValue html = new SPropValue(PR_HTML, Bytes.wrap(new byte[bytes]));
      assertHr(S_OK, message.setProps(List.of(html)).hr());
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
      return message.getProps(SPropTagArray.tags(PR_ENTRYID), 0).value().get(0).asBytes();
    }
  }

  private static IMessage open(IMsgStore store, Bytes id) {
    return (IMessage) store.openEntry(id, null, MAPI_MODIFY).value().lppUnk();
  }

  private static void subject(IMessage message, String text) {
    assertHr(S_OK, message.setProps(List.of(SPropValue.of(PR_SUBJECT_W, text))).hr());
  }

  private int deleteByOwner(Bytes id) {
    try (IMAPIFolder root = root(ownersStore)) {
      return root.deleteMessages(ENTRYLIST.of(id), 0, null, 0);
    }
  }

  /** What ends the write access of a handle with an edit. */
  enum End {
    SAVE(StoreProfile.DOCUMENTED) {
      @Override
      void end(IMsgStore store, IMessage message) {
        assertHr(S_OK, message.saveChanges(0));
      }
    },
    SAVE_FOR_READING(StoreProfile.DOCUMENTED) {
      @Override
      void end(IMsgStore store, IMessage message) {
        assertHr(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
      }
    },
    SAVE_OF_AN_OUTLOOK(StoreProfile.OUTLOOK) {
      @Override
      void end(IMsgStore store, IMessage message) {
        assertHr(S_OK, message.saveChanges(KEEP_OPEN_READWRITE));
      }
    },
    RELEASE(StoreProfile.DOCUMENTED) {
      @Override
      void end(IMsgStore store, IMessage message) {
        message.close();
      }
    },
    LOGOFF(StoreProfile.DOCUMENTED) {
      @Override
      void end(IMsgStore store, IMessage message) {
        store.close();
      }
    };

    final StoreProfile profile;

    End(StoreProfile profile) {
      this.profile = profile;
    }

    abstract void end(IMsgStore store, IMessage message);
  }

  /** A message of the owner's that the guest has open and edited. */
  private final class Edit implements AutoCloseable {
    final Bytes id;
    final IMsgStore store;
    final IMessage message;

    Edit(StoreProfile profile, int bytes) {
      id = saved(bytes);
      store = session(guest, profile);
      message = open(store, id);
      subject(message, "mine");
    }

    @Override
    public void close() {
      message.close();
      store.close();
    }
  }

  private void assertDeletedAfter(End end, int bytes) {
    try (Edit edit = new Edit(end.profile, bytes)) {
      assertHr(MAPI_W_PARTIAL_COMPLETION, deleteByOwner(edit.id));
      whenEnding = () -> Pause.millis(LATE_MILLIS);
      end.end(edit.store, edit.message);
      assertHr(S_OK, deleteByOwner(edit.id));
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void deleteMessages_afterWriteAccessEndedInAnotherProcess_deletes(End end) {
    assertDeletedAfter(end, 10);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void deleteMessages_afterWriteAccessOfLargeValuesEndedElsewhere_deletes(End end) {
    assertDeletedAfter(end, 100_000);
  }

  @Test
  void saveChanges_whoseOwnerFallsSilentBehindTheCommit_standsAfterThePatience() {
    try (Edit edit = new Edit(StoreProfile.DOCUMENTED, 10)) {
      whenEnding = () -> Pause.millis(3 * PATIENCE.toMillis());
      long start = System.nanoTime();
      assertHr(S_OK, edit.message.saveChanges(0));
      long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      assertTrue(waited >= PATIENCE.toMillis(), "waited " + waited + " ms");
      edit.message.close();
      int hr = deleteByOwner(edit.id);
      while (hr == MAPI_W_PARTIAL_COMPLETION) { // until it goes on
        Pause.millis(5);
        hr = deleteByOwner(edit.id);
      }
      assertHr(S_OK, hr);
    }
  }

  @Test
  void saveChanges_whoseConnectionEndsBehindTheCommit_waitsForTheNext() {
    try (Edit edit = new Edit(StoreProfile.DOCUMENTED, 10)) {
      whenEnding =
          () -> {
            whenEnding = () -> {};
            throw new FrameFault("made up, so that the owner cuts the connection");
          };
      assertHr(S_OK, edit.message.saveChanges(0));
      assertHr(S_OK, deleteByOwner(edit.id));
    }
  }

  @ParameterizedTest(name = "{0} bytes")
  @ValueSource(ints = {10, 100_000})
  void openEntry_forWriting_asksForOneLease(int bytes) {
    Bytes id = saved(bytes);
    IMsgStore store = session(guest, StoreProfile.DOCUMENTED);
    int before = taken.get();
    open(store, id).close();
    assertEquals(before + 1, taken.get());
    store.close();
  }
}
