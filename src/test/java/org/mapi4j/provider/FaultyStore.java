package org.mapi4j.provider;

import static org.junit.jupiter.api.Assertions.*;
import static org.mapi4j.provider.TestStore.*;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMessage;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.Batch;
import org.mapi4j.spi.Outcome;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Bytes;

/** A store on a shard that goes wrong where a test says so. */
abstract class FaultyStore {
  /** What a shard does wrong from now on. */
  static final class Faults {
    Random chance;
    boolean commitsStand;
    boolean outcomesUnknown;
    boolean lookupFails;
    boolean historyForgotten;
    boolean diskFull;
    int asyncCommitsKept = Integer.MAX_VALUE;

    void mayFail() {
      if (chance != null && chance.nextInt(3) == 0) {
        throw new StorageFault("the disk went away", null);
      }
    }

    Shard around(Shard good) {
      return (Shard)
          Proxy.newProxyInstance(
              Shard.class.getClassLoader(),
              new Class<?>[] {Shard.class},
              (self, method, arguments) -> {
                if (List.of("get", "scan", "commit").contains(method.getName())) {
                  mayFail();
                }
                if (method.getName().equals("commit") && diskFull) {
                  return CompletableFuture.failedFuture(new StorageFault.DiskFull("full", null));
                }
                if (method.getName().equals("outcomeOf") && lookupFails) {
                  throw new StorageFault.OutcomeUnknown("no connection", null);
                }
                if (method.getName().equals("outcomeOf") && historyForgotten) {
                  return OptionalLong.empty();
                }
                if (method.getName().equals("changesSince") && historyForgotten) {
                  return Optional.empty();
                }
                if (method.getName().equals("commit")
                    && ((Batch) arguments[0]).durability() == Batch.Durability.ASYNC
                    && asyncCommitsKept-- <= 0) {
                  return CompletableFuture.completedFuture(new Outcome.Committed(0));
                }
                if (method.getName().equals("commit") && outcomesUnknown) {
                  if (commitsStand) {
                    assertNotNull(method.invoke(good, arguments));
                  }
                  return CompletableFuture.failedFuture(
                      new StorageFault.OutcomeUnknown("no answer", null));
                }
                try {
                  return method.invoke(good, arguments);
                } catch (InvocationTargetException thrown) {
                  throw thrown.getCause();
                }
              });
    }
  }

  final Faults faults = new Faults();
  final Shard shard = faults.around(new MemoryEngine());

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
