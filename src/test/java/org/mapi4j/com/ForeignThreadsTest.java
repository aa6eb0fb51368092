package org.mapi4j.com;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.S_OK;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapi4j.Mapi4j;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.MapiTags;

/** Threads that Java has not seen before call the store, while the collector runs. */
class ForeignThreadsTest {
  private static final int THREADS = 64;
  private static final int ROUNDS = Boolean.getBoolean("mapi4j.long") ? 50 : 3;
  private static final int CALLS = 20;
  private static final int ADD_REF = 1;
  private static final int RELEASE = 2;
  private static final int GET_PROPS = 5;

  private final AtomicInteger good = new AtomicInteger();
  private Bridge bridge;
  private long store;

  static Stream<Bridge> bridges() {
    return BackEnds.stream().map(Bridge::new);
  }

  @ParameterizedTest
  @MethodSource("bridges")
  void sixtyFourThreads_comeAndGo_underTheCollector(Bridge on) throws Exception {
    bridge = on;
    long create = on.thunks().symbol("libc.so.6", "pthread_create");
    long join = on.thunks().symbol("libc.so.6", "pthread_join");
    if (create == 0 || join == 0) {
      System.out.println("NOT RUN: threads of pthread_create, which this system's C library lacks");
      return;
    }
    Logon logon = on.logon(on.own());
    store = on.objects().give(Mapi4j.memory(StoreOptions.DEFAULT).store(), IMsgStore.class, logon);
    long body =
        on.thunks()
            .function(
                MethodHandles.lookup()
                    .findVirtual(
                        ForeignThreadsTest.class,
                        "body",
                        MethodType.methodType(long.class, long.class))
                    .bindTo(this));
    long ids = on.memory().allocate(8L * THREADS);
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < THREADS; i++) {
        assertEquals(0, (int) on.callFunction(create, ids + 8L * i, 0, body, i));
      }
      System.gc();
      for (int i = 0; i < THREADS; i++) {
        assertEquals(0, (int) on.callFunction(join, on.memory().getLong(ids + 8L * i), 0));
      }
    }
    assertEquals(ROUNDS * THREADS, good.get());
    on.memory().free(ids);
    assertEquals(0, on.call(RELEASE, store));
    assertEquals(List.of(), on.objects().leaks());
    assertEquals(0, on.own().live());
    long natives =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("native"))
            .count();
    assertTrue(natives < THREADS, natives + " ended threads are still known to Java");
  }

  /** What a native thread runs. Nothing may be thrown. */
  long body(long number) {
    try {
      NativeMemory memory = bridge.memory();
      long block = memory.allocate(32);
      memory.putInt(block, 1);
      memory.putInt(block + 4, MapiTags.PR_OBJECT_TYPE);
      boolean all = true;
      for (int i = 0; i < CALLS; i++) {
        all &= bridge.call(ADD_REF, store) > 1;
        all &= (int) bridge.call(GET_PROPS, store, block, 0, block + 16, block + 24) == S_OK;
        all &= memory.getInt(memory.getLong(block + 24)) == MapiTags.PR_OBJECT_TYPE;
        bridge.own().freeBuffer(memory.getLong(block + 24));
        all &= bridge.call(RELEASE, store) >= 1;
      }
      memory.free(block);
      if (all) {
        good.incrementAndGet();
      }
    } catch (RuntimeException | Error failed) {
      System.getLogger("test").log(System.Logger.Level.ERROR, "thread " + number, failed);
    }
    return 0;
  }
}
