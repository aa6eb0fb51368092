package org.mapi4j.com;

import static org.mapi4j.types.MapiCode.MAPI_E_NOT_ENOUGH_MEMORY;

import java.util.LinkedHashMap;
import java.util.Map;

/** Allocation routines that remember what lives, and that fail at the call they are told. */
final class RecordingAllocators implements Allocators {
  private final FakeMemory memory;
  private final Map<Long, Integer> live = new LinkedHashMap<>();
  private final Map<Long, Integer> tasks = new LinkedHashMap<>();
  private int calls;
  private int failAt = Integer.MAX_VALUE;

  RecordingAllocators(FakeMemory memory) {
    this.memory = memory;
  }

  /** The n-th allocation from now on fails, counted from 1, and every later one. */
  void failAt(int n) {
    calls = 0;
    failAt = n;
  }

  /** Chains that live, with their sizes, in the order of their allocation. */
  Map<Long, Integer> live() {
    return live;
  }

  /** Blocks of the task allocator. */
  Map<Long, Integer> tasks() {
    return tasks;
  }

  /** Allocations so far, failed ones included. */
  int calls() {
    return calls;
  }

  private long allocate(int size, Map<Long, Integer> list) {
    if (++calls >= failAt) {
      throw new ComFault(MAPI_E_NOT_ENOUGH_MEMORY, "told to fail");
    }
    long address = memory.allocateDirty(size);
    list.put(address, size);
    return address;
  }

  @Override
  public long allocateBuffer(int size) {
    return allocate(size, live);
  }

  @Override
  public long allocateMore(int size, long chain) {
    throw new AssertionError("values are one block each");
  }

  @Override
  public void freeBuffer(long chain) {
    if (chain != 0) {
      if (live.remove(chain) == null) {
        throw new AssertionError("MAPIFreeBuffer of 0x%X, which is no chain".formatted(chain));
      }
      memory.free(chain);
    }
  }

  @Override
  public long taskAllocate(int size) {
    return allocate(size, tasks);
  }
}
