package org.mapi4j.com;

import static org.mapi4j.types.MapiCode.MAPI_E_NOT_ENOUGH_MEMORY;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.util.concurrent.atomic.AtomicLong;

/** One back end and everything that stands on it. A process has one; tests make others. */
final class Bridge {
  private final Thunks thunks;
  private final long taskAllocator;
  private final long taskFreer;
  private final NativeVtables vtables;
  private final ComObjects objects;
  private final ForeignObjects foreigners = new ForeignObjects();
  private final MallocAllocators own;
  private final Logon temporary;

  /** By their number of words; each takes the words as an array. */
  private final MethodHandle[] callers = new MethodHandle[Thunks.WORDS_MAX + 1];

  /** An idle place for the output of a call; 0 while one is using it. */
  private final AtomicLong idlePlace = new AtomicLong();

  Bridge(Thunks thunks) {
    this.thunks = thunks;
    taskAllocator = thunks.symbol("ole32", "CoTaskMemAlloc");
    taskFreer = thunks.symbol("ole32", "CoTaskMemFree");
    vtables = new NativeVtables(thunks);
    objects = new ComObjects(thunks.memory(), vtables);
    vtables.dispatchBy(new Dispatcher(thunks.memory(), objects));
    own = new MallocAllocators(this);
    temporary = new Logon(this, own, AnsiCodePage.charset());
  }

  /** The bridge of this process. */
  static Bridge get() {
    return Holder.BRIDGE;
  }

  Thunks thunks() {
    return thunks;
  }

  NativeMemory memory() {
    return thunks.memory();
  }

  ComObjects objects() {
    return objects;
  }

  /** Objects of others that Java holds. */
  ForeignObjects foreigners() {
    return foreigners;
  }

  /** Allocation without a client's routines. */
  MallocAllocators own() {
    return own;
  }

  /** For arguments of foreign calls, which are freed when the call is over. */
  Logon temporary() {
    return temporary;
  }

  /** Objects of a client with these routines, in this process's code page. */
  Logon logon(Allocators allocators) {
    Charset ansi = AnsiCodePage.charset();
    return new Logon(this, allocators, ansi);
  }

  /** Calls a slot of an interface pointer: {@code words[0]} is the pointer. */
  @CanIgnoreReturnValue
  long call(int slot, long... words) {
    long function = memory().getLong(memory().getLong(words[0]) + 8L * slot);
    return callFunction(function, words);
  }

  /** CoTaskMemAlloc on Windows, malloc elsewhere. */
  long taskAllocate(int size) {
    try {
      long block = taskAllocator == 0 ? memory().allocate(size) : callFunction(taskAllocator, size);
      if (block != 0) {
        return block;
      }
    } catch (OutOfMemoryError full) {
      // As CoTaskMemAlloc's NULL.
    }
    throw new ComFault(MAPI_E_NOT_ENOUGH_MEMORY, "no %d bytes of task memory".formatted(size));
  }

  /** CoTaskMemFree on Windows, free elsewhere; 0 is harmless. */
  void taskFree(long block) {
    if (block != 0 && taskFreer != 0) {
      callFunction(taskFreer, block);
    } else {
      memory().free(block);
    }
  }

  /** 8 bytes, zeroed, for the output of a call; {@link #givePlace} it back. */
  long takePlace() {
    long place = idlePlace.getAndSet(0);
    if (place == 0) {
      return memory().allocate(8);
    }
    memory().putLong(place, 0);
    return place;
  }

  /** The first place to come back stays, since most calls do not meet another. */
  void givePlace(long place) {
    if (!idlePlace.compareAndSet(0, place)) {
      memory().free(place);
    }
  }

  /** Releases an interface pointer, whoever it belongs to. */
  void release(long pointer) {
    ComObject own = objects.find(pointer);
    if (own == null) {
      call(2, pointer);
    } else {
      int left = objects.release(own);
      assert left >= 0;
    }
  }

  /** One reference more to an interface pointer, whoever it belongs to. */
  void addRef(long pointer) {
    ComObject own = objects.find(pointer);
    if (own == null) {
      call(1, pointer);
    } else {
      int now = ComObjects.addRef(own);
      assert now > 0;
    }
  }

  /** Handles are immutable, so a race makes one twice at worst. */
  private MethodHandle caller(int words) {
    MethodHandle known = callers[words];
    if (known == null) {
      known = thunks.caller(words).asSpreader(1, long[].class, words);
      callers[words] = known;
    }
    return known;
  }

  /** Calls a function by its address; a ULONG result has garbage above it. */
  @CanIgnoreReturnValue
  long callFunction(long function, long... words) {
    try {
      return (long) caller(words.length).invokeExact(function, words);
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable checked) {
      throw new IllegalStateException(checked);
    }
  }

  private static final class Holder {
    static final Bridge BRIDGE = new Bridge(BackEnd.thunks());
  }
}
