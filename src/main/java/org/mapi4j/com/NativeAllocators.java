package org.mapi4j.com;

import static org.mapi4j.types.MapiCode.MAPI_E_NOT_ENOUGH_MEMORY;

/**
 * A client's own routines, by their addresses. What they refuse is MAPI_E_NOT_ENOUGH_MEMORY,
 * whatever their code. Any thread that the client's routines allow.
 */
final class NativeAllocators implements Allocators {
  private final Bridge bridge;
  private final long allocateBuffer;
  private final long allocateMore;
  private final long freeBuffer;

  /** MAPIAllocateBuffer, MAPIAllocateMore and MAPIFreeBuffer. */
  NativeAllocators(Bridge bridge, long allocateBuffer, long allocateMore, long freeBuffer) {
    this.bridge = bridge;
    this.allocateBuffer = allocateBuffer;
    this.allocateMore = allocateMore;
    this.freeBuffer = freeBuffer;
  }

  @Override
  public long allocateBuffer(int size) {
    return allocate(size, place -> bridge.callFunction(allocateBuffer, size, place));
  }

  @Override
  public long allocateMore(int size, long chain) {
    return allocate(size, place -> bridge.callFunction(allocateMore, size, chain, place));
  }

  private long allocate(int size, java.util.function.LongUnaryOperator routine) {
    NativeMemory memory = bridge.memory();
    long place = bridge.takePlace();
    try {
      int hr = (int) routine.applyAsLong(place);
      long block = memory.getLong(place);
      if (hr != 0 || block == 0) {
        throw new ComFault(
            MAPI_E_NOT_ENOUGH_MEMORY,
            "the client's allocation routine refused %d bytes with 0x%08X".formatted(size, hr));
      }
      return block;
    } finally {
      bridge.givePlace(place);
    }
  }

  @Override
  public void freeBuffer(long chain) {
    if (chain != 0) {
      bridge.callFunction(freeBuffer, chain);
    }
  }

  @Override
  public long taskAllocate(int size) {
    return bridge.taskAllocate(size);
  }
}
