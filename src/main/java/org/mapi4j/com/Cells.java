package org.mapi4j.com;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The native heads of objects: cells of 16 bytes in slabs that are never freed, so that a pointer
 * to one can be used after its object is gone without harm. A cell is the address of a vtable and
 * how often it was given out. What belongs to a cell is found by its place, never by what it
 * contains: a client may overwrite it. Any thread.
 */
final class Cells {
  /** Bytes of a cell. */
  static final int BYTES = 16;

  /**
   * Released cells wait behind so many others, so that a stale pointer rarely meets a new object.
   */
  static final int QUARANTINE = 1024;

  private static final int SHIFT = 4;
  private static final int FIRST_CELLS = 4096;
  private static final VarHandle OBJECT = MethodHandles.arrayElementVarHandle(ComObject[].class);

  private final NativeMemory memory;
  private final long deadVtable;
  private final ArrayDeque<Long> released = new ArrayDeque<>();
  private volatile Slab[] slabs = {};
  private int issued;

  private record Slab(long base, long bytes, ComObject[] objects) {}

  /**
   * @param deadVtable the vtable of cells that were never given out
   */
  Cells(NativeMemory memory, long deadVtable) {
    this.memory = memory;
    this.deadVtable = deadVtable;
  }

  /**
   * The object of a pointer that a client gave; null when it is none of ours, not the start of a
   * cell, or the cell of no object. Reads no native memory.
   */
  ComObject find(long pointer) {
    for (Slab slab : slabs) {
      long offset = pointer - slab.base;
      if (offset >= 0 && offset < slab.bytes) {
        return (offset & (BYTES - 1)) == 0
            ? (ComObject) OBJECT.getAcquire(slab.objects, (int) (offset >>> SHIFT))
            : null;
      }
    }
    return null;
  }

  /** Gives a cell to an object; its address. */
  synchronized long issue(long vtable, ComObject object) {
    long cell = released.size() > QUARANTINE ? released.poll() : fresh();
    memory.putLong(cell + 8, memory.getLong(cell + 8) + 1);
    memory.putLong(cell, vtable);
    set(cell, object);
    return cell;
  }

  /** Takes a cell back. Its vtable stays: a late call must find functions. */
  synchronized void release(long cell) {
    set(cell, null);
    released.add(cell);
  }

  /** The objects that have a cell now, each as often as it has cells. */
  synchronized List<ComObject> held() {
    return Arrays.stream(slabs)
        .flatMap(slab -> Arrays.stream(slab.objects))
        .filter(Objects::nonNull)
        .toList();
  }

  private void set(long cell, ComObject object) {
    for (Slab slab : slabs) {
      long offset = cell - slab.base;
      if (offset >= 0 && offset < slab.bytes) {
        OBJECT.setRelease(slab.objects, (int) (offset >>> SHIFT), object);
        return;
      }
    }
    throw new IllegalArgumentException("no cell at 0x%x".formatted(cell));
  }

  private long fresh() {
    int before = 0;
    for (Slab slab : slabs) {
      if (issued < before + slab.objects.length) {
        return slab.base + (long) (issued++ - before) * BYTES;
      }
      before += slab.objects.length;
    }
    addSlab(slabs.length == 0 ? FIRST_CELLS : before);
    return fresh();
  }

  /** Each slab is as large as all before it, so that a search sees few. */
  private void addSlab(int cells) {
    long bytes = (long) cells * BYTES;
    long base = memory.allocate(bytes);
    for (long cell = base; cell < base + bytes; cell += BYTES) {
      memory.putLong(cell, deadVtable);
    }
    Slab[] more = Arrays.copyOf(slabs, slabs.length + 1);
    more[slabs.length] = new Slab(base, bytes, new ComObject[cells]);
    slabs = more;
  }
}
