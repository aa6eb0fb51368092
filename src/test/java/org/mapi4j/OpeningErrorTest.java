package org.mapi4j;

import static org.junit.jupiter.api.Assertions.*;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.Shard;

/** A fault of the program at opening is no MAPI_E_DISK_ERROR, and does not block the next. */
class OpeningErrorTest {
  @TempDir private Path directory;

  /** An engine in the heap with one method that ends in an Error. */
  private static Shard failing(String method, Error thrown, Runnable onClose) {
    MemoryEngine engine = new MemoryEngine();
    InvocationHandler handler =
        (proxy, called, arguments) -> {
          if (called.getName().equals(method)) {
            throw thrown;
          }
          if (called.getName().equals("close")) {
            onClose.run();
          }
          return called.invoke(engine, arguments);
        };
    return (Shard)
        Proxy.newProxyInstance(Shard.class.getClassLoader(), new Class<?>[] {Shard.class}, handler);
  }

  @Test
  void open_engineEndsWithAnError_isThatErrorAndTheDirectoryStaysFree() {
    Error missing = new NoClassDefFoundError("org/example/Missing");
    Error thrown =
        assertThrows(
            Error.class,
            () ->
                Mapi4j.shared(
                    directory,
                    StoreOptions.DEFAULT,
                    () -> {
                      throw missing;
                    }));
    assertSame(missing, thrown);
    Mapi4j.open(directory, StoreOptions.DEFAULT).close();
  }

  @Test
  void open_firstReadEndsWithAnError_isThatErrorAndTheShardIsClosed() {
    Error missing = new NoClassDefFoundError("org/example/Missing");
    int[] closings = {0};
    Shard broken = failing("scan", missing, () -> closings[0]++);
    Error thrown =
        assertThrows(
            Error.class, () -> Mapi4j.shared(directory, StoreOptions.DEFAULT, () -> broken));
    assertSame(missing, thrown);
    assertEquals(1, closings[0]);
    try (MessageStore next = Mapi4j.open(directory, StoreOptions.DEFAULT)) {
      assertEquals(List.of(), next.check());
    }
  }

  @Test
  void open_sessionEndsWithAnError_isThatErrorAndTheShardIsClosed() {
    Error missing = new NoClassDefFoundError("org/example/Missing");
    int[] closings = {0};
    Shard broken = failing("newSession", missing, () -> closings[0]++);
    Error thrown =
        assertThrows(
            Error.class, () -> Mapi4j.shared(directory, StoreOptions.DEFAULT, () -> broken));
    assertSame(missing, thrown);
    assertEquals(1, closings[0]);
    Mapi4j.open(directory, StoreOptions.DEFAULT).close();
  }
}
