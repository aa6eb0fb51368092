package org.mapi4j.conformance;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.mapi4j.api.IUnknown;

/**
 * The native half of a store that is examined through interface pointers: what a C program beside
 * the kit could do. Addresses and pointers are {@code long}s, 0 for NULL; arguments and results are
 * machine words of x64, of which a 32-bit number fills the lower half and leaves the rest
 * unspecified.
 */
public interface NativeSide {
  /**
   * The pointer behind an object that came from the subject, or from an object that did; no
   * reference is added. Throws IllegalArgumentException for an object that has none.
   */
  long pointer(IUnknown object);

  /**
   * An object over a pointer. It owns one reference, that of the caller, and gives it back when it
   * is closed.
   */
  <T extends IUnknown> T adopt(long pointer, Class<T> type);

  /**
   * A pointer to an object of the kit, an advise sink for instance, as a client's C code would hand
   * it in. Carries one reference, which the caller owns; the object is closed with the last.
   */
  <T extends IUnknown> long export(T object, Class<T> type);

  /**
   * A new session on the subject's store, as {@link Subject#open}, that allocates with the routines
   * of a ledger: its IMsgStore, with one reference.
   */
  long openStore(boolean writable, Ledger ledger) throws Exception;

  /**
   * Calls the method in a slot, {@code this} being the first argument; slots count from
   * QueryInterface, 0. The result is an HRESULT or a number.
   */
  int call(long object, int slot, long... arguments);

  /** Calls a C function; the result is the whole word. */
  @CanIgnoreReturnValue
  long callFunction(long function, long... arguments);

  /** The address of an export of the native library; 0 when it has none or was not found. */
  long symbol(String export);

  /** Why there is no native library, and what to do about it; empty when there is one. */
  String missingLibrary();

  /**
   * MSProviderInit, the library's export where there is one, else what that export calls. The
   * outputs are written to the addresses, which may be 0.
   */
  int providerInit(
      long malloc,
      Ledger ledger,
      int ulFlags,
      int ulMAPIVer,
      long lpulProviderVer,
      long lppMSProvider);

  /** How many interface pointers of the store's objects are held by someone, in this process. */
  long liveObjects();

  /** Copies bytes out of memory. */
  byte[] read(long address, int length);

  /** Copies bytes into memory. */
  void write(long address, byte[] bytes);

  /** Zeroed memory of malloc. */
  long allocate(int size);

  /** Frees what {@link #allocate} gave; 0 is harmless. */
  void free(long address);

  /**
   * Frees a block of the COM task allocator: CoTaskMemFree on Windows, free elsewhere. 0 is
   * harmless.
   */
  void taskFree(long address);

  /** Allocation routines that keep account. */
  Ledger newLedger();

  /**
   * A MAPIAllocateBuffer, MAPIAllocateMore and MAPIFreeBuffer as C functions that note what they
   * gave and took back. Closing frees what is left and the functions; only when no session that
   * allocates with them is open.
   */
  interface Ledger extends AutoCloseable {
    /** Address of the MAPIAllocateBuffer. */
    long allocateBuffer();

    /** Address of the MAPIAllocateMore. */
    long allocateMore();

    /** Address of the MAPIFreeBuffer. */
    long freeBuffer();

    /** The blocks that were given and not freed yet, oldest first. */
    List<Block> live();

    @Override
    void close();
  }

  /**
   * A block of a ledger.
   *
   * @param address what the caller got
   * @param size bytes asked for
   * @param head the block it is linked to, the first of its chain; its own address for that one
   */
  record Block(long address, long size, long head) {
    /** True for what MAPIAllocateBuffer gave. */
    public boolean isHead() {
      return address == head;
    }
  }
}
