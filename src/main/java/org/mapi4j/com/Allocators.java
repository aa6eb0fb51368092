package org.mapi4j.com;

/**
 * The allocation routines of one logon: what goes out to a client was allocated with the routines
 * that came in with its logon. Any thread. Source: MAPI "MAPIAllocateBuffer", "MAPIAllocateMore",
 * "MAPIFreeBuffer".
 */
interface Allocators {
  /**
   * Head of a new chain, at least {@code size} bytes, 8-byte aligned. Throws {@link ComFault}
   * MAPI_E_NOT_ENOUGH_MEMORY.
   */
  long allocateBuffer(int size);

  /** A block that is freed with the chain of another. Throws {@link ComFault} likewise. */
  long allocateMore(int size, long chain);

  /** Frees a chain; 0 is harmless. */
  void freeBuffer(long chain);

  /**
   * A block of the COM task allocator (CoTaskMemAlloc on Windows, malloc elsewhere), for the
   * outputs of interfaces that OLE defined. Throws {@link ComFault} likewise.
   */
  long taskAllocate(int size);
}
