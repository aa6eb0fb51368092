package org.mapi4j.com;

import static org.mapi4j.types.MapiCode.MAPI_E_NOT_ENOUGH_MEMORY;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Chains over malloc, for hosts that bring no routines of their own. A block has a head of 16 bytes
 * before it: the next block of its chain, and a mark that is gone when it is freed. Any thread, one
 * at a time for a chain.
 */
final class MallocAllocators implements Allocators {
  private static final int HEAD = 16;
  private static final long LIVE = 0x4D41_5049_346A_0001L;

  private final Bridge bridge;
  private final NativeMemory memory;
  private final AtomicLong live = new AtomicLong();

  MallocAllocators(Bridge bridge) {
    this.bridge = bridge;
    this.memory = bridge.memory();
  }

  /** Blocks that were allocated and not freed. */
  long live() {
    return live.get();
  }

  @Override
  public long allocateBuffer(int size) {
    try {
      long block = memory.allocate(HEAD + (long) size);
      memory.putLong(block + 8, LIVE);
      live.incrementAndGet();
      return block + HEAD;
    } catch (OutOfMemoryError full) {
      throw new ComFault(MAPI_E_NOT_ENOUGH_MEMORY, full.getMessage());
    }
  }

  @Override
  public long allocateMore(int size, long chain) {
    long block = allocateBuffer(size);
    memory.putLong(block - HEAD, memory.getLong(chain - HEAD));
    memory.putLong(chain - HEAD, block);
    return block;
  }

  @Override
  public void freeBuffer(long chain) {
    long block = chain;
    while (block != 0) {
      if (memory.getLong(block - 8) != LIVE) {
        throw new IllegalArgumentException("no block at 0x%x".formatted(block));
      }
      long next = memory.getLong(block - HEAD);
      memory.putLong(block - 8, 0);
      memory.free(block - HEAD);
      live.decrementAndGet();
      block = next;
    }
  }

  @Override
  public long taskAllocate(int size) {
    return bridge.taskAllocate(size);
  }
}
