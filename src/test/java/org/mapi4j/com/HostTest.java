package org.mapi4j.com;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store as the native library opens it. */
class HostTest {
  @TempDir Path folder;

  private long open(String name, int flags, String options, long out) {
    return Host.openStore(folder.resolve(name).toString(), flags, options, 0, 0, 0, out);
  }

  @Test
  void openStore_createdThenReleased_answersAPointer() {
    Bridge bridge = Bridge.get();
    long out = bridge.memory().allocate(8);
    assertEquals(S_OK, (int) open("s", MDB_WRITE | MAPI_CREATE, "profile=outlook", out));
    long store = bridge.memory().getLong(out);
    assertNotEquals(0, store);
    assertEquals(2, bridge.call(1, store));
    assertEquals(1, bridge.call(2, store));
    assertEquals(0, bridge.call(2, store));
    bridge.memory().free(out);
  }

  @Test
  void openStore_refused_answersItsCodeAndNull() {
    Bridge bridge = Bridge.get();
    long out = bridge.memory().allocate(8);
    bridge.memory().putLong(out, -1);
    assertEquals(MAPI_E_NOT_FOUND, (int) open("absent", MDB_WRITE, null, out));
    assertEquals(0, bridge.memory().getLong(out));
    assertEquals(MAPI_E_INVALID_PARAMETER, (int) open("s", MDB_WRITE, "profil=x", out));
    assertEquals(MAPI_E_INVALID_PARAMETER, (int) open("s", MDB_WRITE, null, 0));
    bridge.memory().free(out);
  }
}
