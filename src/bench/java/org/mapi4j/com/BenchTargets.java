package org.mapi4j.com;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collections;
import java.util.List;
import java.util.function.ToLongFunction;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRowSet;

/** What {@code bench com} measures the bridge against: its parts, each alone. */
public final class BenchTargets {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Bridge bridge = Bridge.get();
  private final Logon logon;
  private final Logon still;

  /** What was encoded, so that the compiler must do it. */
  @SuppressWarnings("unused")
  private volatile long last;

  /** Encodes with a client's routines, which free the outputs of before. */
  public BenchTargets(Foreign.Routines routines) {
    logon = Foreign.logon(routines);
    still = bridge.logon(new StillAllocators(bridge.memory()));
  }

  /** CPU time of this thread: what other programs take from it does not count. */
  public static long nanos() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** An object whose slot 0 takes 2 words and whose slot 1 takes 5; both do nothing in Java. */
  public long bareObject() {
    NativeMemory memory = bridge.memory();
    long table = memory.allocate(16);
    memory.putLong(table, thunk("nothing", 2));
    memory.putLong(table + 8, thunk("nothing", 5));
    long object = memory.allocate(8);
    memory.putLong(object, table);
    return object;
  }

  private long thunk(String name, int words) {
    try {
      return bridge
          .thunks()
          .function(
              MethodHandles.lookup()
                  .findStatic(
                      BenchTargets.class,
                      name,
                      MethodType.methodType(long.class, Collections.nCopies(words, long.class))));
    } catch (ReflectiveOperationException renamed) {
      throw new LinkageError(name, renamed);
    }
  }

  @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // a handle finds it
  private static long nothing(long self, long flags) {
    return 0;
  }

  @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // a handle finds it
  private static long nothing(long self, long tags, long flags, long count, long props) {
    return 0;
  }

  /** Nanoseconds that so many encodings of properties take; the routines free them. */
  public long encodeProps(List<SPropValue> props, int count) {
    return encode(logon.encoder()::props, props, count);
  }

  /** As {@link #encodeProps} without the routines' calls, into memory that is there. */
  public long encodePropsInPlace(List<SPropValue> props, int count) {
    return encode(still.encoder()::props, props, count);
  }

  /** Nanoseconds that so many encodings of rows take; the routines free them. */
  public long encodeRows(SRowSet rows, int count) {
    return encode(logon.encoder()::rows, rows, count);
  }

  /** As {@link #encodeRows} without the routines' calls, into memory that is there. */
  public long encodeRowsInPlace(SRowSet rows, int count) {
    return encode(still.encoder()::rows, rows, count);
  }

  private <T> long encode(ToLongFunction<T> encoding, T values, int count) {
    long start = nanos();
    for (int i = 0; i < count; i++) {
      last = encoding.applyAsLong(values);
    }
    return nanos() - start;
  }

  /** Nanoseconds of the client's allocation routine alone, for so many blocks. */
  public long allocate(int blockBytes, long count) {
    long start = nanos();
    for (long i = 0; i < count; i++) {
      last = logon.allocators().allocateBuffer(blockBytes);
    }
    return nanos() - start;
  }

  /** One piece of memory, used again and again from its begin, without a call into C. */
  private static final class StillAllocators implements Allocators {
    private static final int BYTES = 64 << 10;

    private final long first;
    private int used;

    private StillAllocators(NativeMemory memory) {
      first = memory.allocate(BYTES);
    }

    @Override
    public long allocateBuffer(int size) {
      int rounded = (size + 15) & -16;
      if (rounded > BYTES) {
        throw new IllegalArgumentException("%d bytes do not fit".formatted(size));
      }
      int at = used + rounded > BYTES ? 0 : used;
      used = at + rounded;
      return first + at;
    }

    @Override
    public long allocateMore(int size, long chain) {
      return allocateBuffer(size);
    }

    @Override
    public void freeBuffer(long chain) {}

    @Override
    public long taskAllocate(int size) {
      return allocateBuffer(size);
    }
  }
}
