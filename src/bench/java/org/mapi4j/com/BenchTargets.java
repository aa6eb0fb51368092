package org.mapi4j.com;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collections;
import java.util.List;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRowSet;

/** What {@code bench com} measures the bridge against: its parts, each alone. */
public final class BenchTargets {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Bridge bridge = Bridge.get();
  private final Logon logon;
  private final long[] blocks = new long[1 << 16];

  /** Encodes with a client's routines. */
  public BenchTargets(Foreign.Routines routines) {
    logon = Foreign.logon(routines);
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

  /** Nanoseconds that so many encodings of properties take, without freeing them. */
  public long encodeProps(List<SPropValue> props, int count) {
    long start = nanos();
    for (int i = 0; i < count; i++) {
      blocks[i] = logon.encoder().props(props);
    }
    long nanos = nanos() - start;
    for (int i = 0; i < count; i++) {
      logon.allocators().freeBuffer(blocks[i]);
    }
    return nanos;
  }

  /** Nanoseconds that so many encodings of rows take, without freeing them. */
  public long encodeRows(SRowSet rows, int count) {
    long start = nanos();
    for (int i = 0; i < count; i++) {
      blocks[i] = logon.encoder().rows(rows);
    }
    long nanos = nanos() - start;
    for (int i = 0; i < count; i++) {
      Encoder.freeRows(logon.memory(), logon.allocators(), blocks[i]);
    }
    return nanos;
  }
}
