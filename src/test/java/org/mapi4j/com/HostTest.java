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
  /** Routines that no test here calls. */
  private static final Foreign.Routines BLOCKS = new Foreign.Routines(1, 2, 3);

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

  @Test
  void providerInit_ofThisSpi_answersAFreshProviderEachTime() {
    Bridge bridge = Bridge.get();
    NativeMemory memory = bridge.memory();
    long outs = memory.allocate(16);
    long[] providers = new long[2];
    for (int i = 0; i < 2; i++) {
      assertEquals(S_OK, (int) init(CURRENT_SPI_VERSION, outs, outs + 8));
      assertEquals(CURRENT_SPI_VERSION, memory.getInt(outs));
      providers[i] = memory.getLong(outs + 8);
    }
    assertNotEquals(providers[0], providers[1]);
    for (long provider : providers) {
      assertEquals(0, bridge.call(2, provider));
    }
    memory.free(outs);
  }

  @Test
  void providerInit_refused_clearsItsOutputs() {
    NativeMemory memory = Bridge.get().memory();
    long outs = memory.allocate(16);
    memory.putInt(outs, 7);
    memory.putLong(outs + 8, 7);
    assertEquals(MAPI_E_VERSION, (int) init(CURRENT_SPI_VERSION - 1, outs, outs + 8));
    assertEquals(0, memory.getInt(outs));
    assertEquals(0, memory.getLong(outs + 8));
    memory.putInt(outs, 7);
    assertEquals(MAPI_E_INVALID_PARAMETER, (int) init(CURRENT_SPI_VERSION, outs, 0));
    assertEquals(0, memory.getInt(outs));
    assertEquals(MAPI_E_INVALID_PARAMETER, (int) init(CURRENT_SPI_VERSION, 0, outs + 8));
    memory.free(outs);
  }

  private static long init(int version, long versionOut, long providerOut) {
    return Host.providerInit(
        0,
        0,
        BLOCKS.allocateBuffer(),
        BLOCKS.allocateMore(),
        BLOCKS.freeBuffer(),
        0,
        version,
        versionOut,
        providerOut);
  }
}
