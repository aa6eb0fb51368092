package org.mapi4j.com;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mapi4j.types.MapiCode.MAPI_E_BUSY;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mapi4j.api.IMsgStore;

/** A store goes out to one client while another releases it: both get what they can use. */
class ComObjectsTest {
  private static final int ROUNDS = 20_000;

  private final Bridge bridge = new Bridge(BackEnds.stream().findFirst().orElseThrow());

  /** A store that can tell whether it was closed. */
  private static final class Store {
    private final AtomicBoolean closed = new AtomicBoolean();
    private Runnable atClose = () -> {};
    private final IMsgStore object =
        (IMsgStore)
            Proxy.newProxyInstance(
                IMsgStore.class.getClassLoader(),
                new Class<?>[] {IMsgStore.class},
                (self, method, arguments) ->
                    switch (method.getName()) {
                      case "hashCode" -> System.identityHashCode(this);
                      case "equals" -> self == arguments[0];
                      case "close" -> {
                        assertFalse(closed.getAndSet(true), "closed twice");
                        atClose.run();
                        yield null;
                      }
                      default -> throw new AssertionError(method);
                    });
  }

  private long give(Store store) {
    return bridge.objects().give(store.object, IMsgStore.class, bridge.logon(bridge.own()));
  }

  @Test
  void give_ofAStoreThatIsBeingReleased_isBusy() {
    Store store = new Store();
    store.atClose =
        () -> assertEquals(MAPI_E_BUSY, assertThrows(ComFault.class, () -> give(store)).hr());
    bridge.release(give(store));
    assertTrue(store.closed.get());
    assertEquals(MAPI_E_BUSY, assertThrows(ComFault.class, () -> give(store)).hr());
    assertEquals(List.of(), bridge.objects().leaks());
  }

  /** Two clients take the same store, use it and release it; it never closes under one of them. */
  @Test
  @Timeout(60)
  void give_besideTheLastRelease_givesNoStoreThatCloses() throws Exception {
    AtomicReference<Store> shared = new AtomicReference<>(new Store());
    Callable<Integer> client =
        () -> {
          int late = 0;
          for (int i = 0; i < ROUNDS; i++) {
            Store store = shared.get();
            try {
              long pointer = give(store);
              assertFalse(store.closed.get());
              bridge.release(pointer);
            } catch (ComFault fault) {
              assertEquals(MAPI_E_BUSY, fault.hr());
              late++;
              shared.compareAndSet(store, new Store());
            }
          }
          return late;
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      int late = 0; // one of them may never be: where the other, stopped, holds the store all along
      for (Future<Integer> done : threads.invokeAll(List.of(client, client))) {
        late += done.get();
      }
      assertTrue(late > 0);
    } finally {
      threads.shutdown();
    }
    assertEquals(List.of(), bridge.objects().leaks());
  }
}
