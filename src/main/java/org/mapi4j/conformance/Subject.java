package org.mapi4j.conformance;

import java.util.Optional;
import java.util.function.Supplier;
import org.mapi4j.api.IMsgStore;

/**
 * The store that the kit examines: a way to open it, again and again. Everything else the kit
 * learns through {@code api}, what the store offers from PR_STORE_SUPPORT_MASK.
 */
public interface Subject {
  /** Name for the report. */
  String name();

  /**
   * A new session on the same store. The kit closes it; the store itself must outlive it. Throws
   * what opening throws.
   *
   * @param writable false opens as a logon without MDB_WRITE
   */
  IMsgStore open(boolean writable) throws Exception;

  /**
   * A new session on another store of the same provider, always the same one, for copies from store
   * to store. Empty when there is none: rows that need it are then not applicable.
   */
  default Optional<IMsgStore> openSecond() throws Exception {
    return Optional.empty();
  }

  /** What a user decides whose SaveChanges meets the save of another. */
  enum Decision {
    /** The stored message stays. */
    KEEP,
    /** The user's message replaces it. */
    OVERWRITE,
    /** The user's message becomes another one. */
    SAVE_ELSEWHERE
  }

  /**
   * A new session, read/write, that asks a user where a save meets the save of another, as the page
   * of multiple client access lets a store do. The kit closes it. Empty where the store never asks:
   * the row about it is then not applicable.
   *
   * @param user asked once for each conflict, on any thread
   */
  default Optional<IMsgStore> openAsking(Supplier<Decision> user) throws Exception {
    return Optional.empty();
  }

  /**
   * What a native program beside the kit could do; only where the store is examined through
   * interface pointers. Empty: rows that need it are then not applicable.
   */
  default Optional<NativeSide> nativeSide() {
    return Optional.empty();
  }

  /**
   * The provider that a MAPI subsystem would load for this store. Empty: rows that need it are then
   * not applicable.
   */
  default Optional<ProviderSide> providerSide() {
    return Optional.empty();
  }
}
