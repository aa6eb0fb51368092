package org.mapi4j.cli;

import static org.mapi4j.types.MapiCode.MAPI_E_INVALID_PARAMETER;
import static org.mapi4j.types.MapiCode.MAPI_E_NOT_ENOUGH_MEMORY;
import static org.mapi4j.types.MapiCode.S_OK;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mapi4j.com.Foreign;
import org.mapi4j.com.NativeCalls;
import org.mapi4j.conformance.NativeSide;

/**
 * MAPIAllocateBuffer, MAPIAllocateMore and MAPIFreeBuffer as C functions that note every block. The
 * functions live as long as the process, so a closed ledger's serve the next one. Any thread.
 */
final class Ledger implements NativeSide.Ledger {
  private static final Deque<Functions> IDLE = new ArrayDeque<>();

  private final Functions functions;
  private final Map<Long, NativeSide.Block> live = new LinkedHashMap<>();

  /** Three functions, and the ledger that they write to now. */
  private static final class Functions {
    private final long allocateBuffer;
    private final long allocateMore;
    private final long freeBuffer;
    private volatile Ledger ledger;

    private Functions() {
      allocateBuffer = NativeCalls.function(2, w -> ledger.allocate((int) w[0], 0, w[1]));
      allocateMore = NativeCalls.function(3, w -> ledger.allocate((int) w[0], w[1], w[2]));
      freeBuffer = NativeCalls.function(1, w -> ledger.free(w[0]));
    }
  }

  Ledger() {
    synchronized (IDLE) {
      functions = IDLE.isEmpty() ? new Functions() : IDLE.pop();
    }
    functions.ledger = this;
  }

  /** The functions as a logon takes them. */
  Foreign.Routines routines() {
    return new Foreign.Routines(allocateBuffer(), allocateMore(), freeBuffer());
  }

  static Foreign.Routines routines(NativeSide.Ledger ledger) {
    return new Foreign.Routines(
        ledger.allocateBuffer(), ledger.allocateMore(), ledger.freeBuffer());
  }

  @Override
  public long allocateBuffer() {
    return functions.allocateBuffer;
  }

  @Override
  public long allocateMore() {
    return functions.allocateMore;
  }

  @Override
  public long freeBuffer() {
    return functions.freeBuffer;
  }

  private synchronized long allocate(int size, long chain, long place) {
    if (place == 0) {
      return MAPI_E_INVALID_PARAMETER & 0xFFFF_FFFFL;
    }
    NativeSide.Block head = chain == 0 ? null : live.get(chain);
    if (chain != 0 && (head == null || !head.isHead())) {
      return MAPI_E_INVALID_PARAMETER & 0xFFFF_FFFFL;
    }
    long bytes = Integer.toUnsignedLong(size);
    long block;
    try {
      block = NativeCalls.allocate(bytes);
    } catch (OutOfMemoryError full) {
      return MAPI_E_NOT_ENOUGH_MEMORY & 0xFFFF_FFFFL;
    }
    live.put(block, new NativeSide.Block(block, bytes, chain == 0 ? block : chain));
    NativeCalls.write(
        place, ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(block).array());
    return S_OK;
  }

  private synchronized long free(long head) {
    if (head == 0) {
      return S_OK;
    }
    NativeSide.Block found = live.get(head);
    if (found == null || !found.isHead()) {
      return MAPI_E_INVALID_PARAMETER & 0xFFFF_FFFFL;
    }
    List<Long> chain =
        live.values().stream()
            .filter(block -> block.head() == head)
            .map(NativeSide.Block::address)
            .toList();
    for (long block : chain) {
      live.remove(block);
      NativeCalls.free(block);
    }
    return S_OK;
  }

  @Override
  public synchronized List<NativeSide.Block> live() {
    return new ArrayList<>(live.values());
  }

  @Override
  public synchronized void close() {
    live.keySet().forEach(NativeCalls::free);
    live.clear();
    synchronized (IDLE) {
      if (!IDLE.contains(functions)) {
        IDLE.push(functions);
      }
    }
  }
}
