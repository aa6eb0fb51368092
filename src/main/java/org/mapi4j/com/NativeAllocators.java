package org.mapi4j.com;

import static org.mapi4j.types.MapiCode.MAPI_E_NOT_ENOUGH_MEMORY;

import java.lang.invoke.MethodHandle;

/**
 * A client's own routines, by their addresses. What they refuse is MAPI_E_NOT_ENOUGH_MEMORY,
 * whatever their code. Any thread that the client's routines allow.
 */
final class NativeAllocators implements Allocators {
  private final Bridge bridge;

  /** {@code (long size, long place)long}: every output and every row of a set is one call. */
  private final MethodHandle allocateBuffer;

  private final long allocateMore;
  private final long freeBuffer;

  /** MAPIAllocateBuffer, MAPIAllocateMore and MAPIFreeBuffer. */
  NativeAllocators(Bridge bridge, long allocateBuffer, long allocateMore, long freeBuffer) {
    this.bridge = bridge;
    this.allocateBuffer = bridge.thunks().bound(allocateBuffer, 2);
    this.allocateMore = allocateMore;
    this.freeBuffer = freeBuffer;
  }

  @Override
  public long allocateBuffer(int size) {
    long place = bridge.takePlace();
    try {
      return block(size, (int) (long) allocateBuffer.invokeExact((long) size, place), place);
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable checked) {
      throw new IllegalStateException(checked);
    } finally {
      bridge.givePlace(place);
    }
  }

  @Override
  public long allocateMore(int size, long chain) {
    long place = bridge.takePlace();
    try {
      return block(size, (int) bridge.callFunction(allocateMore, size, chain, place), place);
    } finally {
      bridge.givePlace(place);
    }
  }

  private long block(int size, int hr, long place) {
    long block = bridge.memory().getLong(place);
    if (hr != 0 || block == 0) {
      throw new ComFault(
          MAPI_E_NOT_ENOUGH_MEMORY,
          "the client's allocation routine refused %d bytes with 0x%08X".formatted(size, hr));
    }
    return block;
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
