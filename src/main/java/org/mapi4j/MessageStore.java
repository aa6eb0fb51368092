package org.mapi4j;

import static org.mapi4j.types.MapiCode.MAPI_E_NOT_FOUND;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Optional;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.engine.shared.SharedEngine;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.provider.StoreSession;
import org.mapi4j.spi.EngineMaintenance;
import org.mapi4j.spi.Shard;

/**
 * A session on a store. Closing it releases the store object and all that was opened through it;
 * the store object's own Release does the same.
 */
public final class MessageStore implements AutoCloseable {
  private final SharedShard shared;
  private final StoreOptions options;
  private final IMsgStore store;

  MessageStore(SharedShard shared, StoreOptions options, String name) {
    this.shared = shared;
    this.options = options;
    shared.clock(options.clock());
    this.store =
        StoreSession.open(shared.shard(), options, shared::sweepSoon, shared::release)
            .orElseThrow(
                () ->
                    new StoreOpenException(
                        MAPI_E_NOT_FOUND,
                        name + " has no store, and it is opened read-only",
                        null));
  }

  /** The store's MAPI object, released with this session. */
  public IMsgStore store() {
    return store;
  }

  /** Another session on the same store, independent of this one. */
  public MessageStore newSession(StoreOptions sessionOptions) {
    SharedShard retained = shared.retain();
    try {
      return new MessageStore(retained, sessionOptions, "the shard");
    } catch (RuntimeException | Error failed) {
      retained.release();
      throw failed;
    }
  }

  /** Another session on the same store with the same options. */
  public MessageStore newSession() {
    return newSession(options);
  }

  /**
   * Returns when everything that was saved before is on the disk; needed with asynchronous commits
   * only.
   */
  public void flush() {
    StoreSession.sync(store);
  }

  /** Removes what nothing can reach any more, now; answers how many values and messages went. */
  @CanIgnoreReturnValue
  public int sweep() {
    return StoreSession.sweep(shared.shard(), () -> false, options.clock());
  }

  /**
   * What is wrong in the store's rows, a sentence each; empty when it is sound. Reads everything;
   * for a store that no session writes meanwhile. The engine's files: {@link #maintenance}.
   */
  public List<String> check() {
    return StoreSession.check(shared.shard());
  }

  /** The engine's maintenance: check, compact, sizes. Empty for a store in the heap. */
  public Optional<EngineMaintenance> maintenance() {
    Shard shard = shared.shard();
    return shard instanceof EngineMaintenance engine ? Optional.of(engine) : Optional.empty();
  }

  /** The processes that have the store open, the owner first. Empty for a store of one process. */
  public List<StoreProcess> processes() {
    return shared.shard() instanceof SharedEngine engine
        ? engine.participants().stream()
            .map(each -> new StoreProcess(each.owner(), each.pid(), each.program()))
            .toList()
        : List.of();
  }

  @Override
  public void close() {
    store.close();
  }
}
