package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Change;
import org.mapi4j.spi.KeyRange;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Row;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;

/** A store on a shard that goes wrong where a test says so. */
abstract class FaultyStore {
  /** A shard that goes wrong from now on in the ways that are set. */
  static final class Faults extends BrokenShards.Passing {
    Random chance;
    boolean commitsStand;
    boolean outcomesUnknown;
    boolean lookupFails;
    boolean historyForgotten;
    boolean diskFull;
    int asyncCommitsKept = Integer.MAX_VALUE;

    Faults() {
      super(new MemoryEngine());
    }

    /** Nobody hears how commits end, nor what they were: the connection is gone. */
    void silent(boolean andCommitsStand) {
      outcomesUnknown = true;
      lookupFails = true;
      commitsStand = andCommitsStand;
    }

    void answersAgain() {
      outcomesUnknown = false;
      lookupFails = false;
    }

    private void mayFail() {
      if (chance != null && chance.nextInt(3) == 0) {
        throw new StorageFault("the disk went away", null);
      }
    }

    @Override
    public Optional<Row> get(Bytes key) {
      mayFail();
      return super.get(key);
    }

    @Override
    public List<Row> scan(KeyRange range, boolean reverse, int limit) {
      mayFail();
      return super.scan(range, reverse, limit);
    }

    @Override
    public CompletionStage<Outcome> commit(Batch batch) {
      mayFail();
      if (diskFull) {
        return CompletableFuture.failedFuture(new StorageFault.DiskFull("full", null));
      }
      if (batch.durability() == Batch.Durability.ASYNC && asyncCommitsKept-- <= 0) {
        return CompletableFuture.completedFuture(new Outcome.Committed(0));
      }
      if (!outcomesUnknown) {
        return super.commit(batch);
      }
      if (commitsStand) {
        assertInstanceOf(Outcome.Committed.class, super.commit(batch).toCompletableFuture().join());
      }
      return CompletableFuture.failedFuture(new StorageFault.OutcomeUnknown("no answer", null));
    }

    @Override
    public OptionalLong outcomeOf(Bytes token, long after) {
      if (lookupFails) {
        throw new StorageFault.Unreachable("no connection", null);
      }
      return historyForgotten ? OptionalLong.empty() : super.outcomeOf(token, after);
    }

    @Override
    public Optional<List<Change>> changesSince(long seq, int limit) {
      return historyForgotten ? Optional.empty() : super.changesSince(seq, limit);
    }
  }

  final Faults faults = new Faults();
  final Shard shard = faults;

  IMsgStore session(StoreOptions options) {
    return StoreSession.open(shard, options, () -> {}, () -> {}).orElseThrow();
  }

  static IMessage open(IMsgStore store, Bytes id, int flags) {
    return (IMessage) ok(store.openEntry(id, null, flags)).lppUnk();
  }

  static IMAPIFolder root(IMsgStore store) {
    return (IMAPIFolder) ok(store.openEntry(null, null, MAPI_MODIFY)).lppUnk();
  }

  static Bytes saved(IMsgStore store) {
    try (IMessage message = ok(root(store).createMessage(null, 0))) {
      set(message, PR_SUBJECT_W, "base");
      set(message, PR_HTML, Bytes.wrap(new byte[100_000]));
      try (IAttach attach = ok(message.createAttach(null, 0)).lppAttach()) {
        set(attach, PR_ATTACH_DATA_BIN, Bytes.wrap(new byte[3 << 20]));
        assertHr(S_OK, attach.saveChanges(0));
      }
      assertHr(S_OK, message.saveChanges(KEEP_OPEN_READONLY));
      return id(message);
    }
  }
}
