package org.mapi4j;

import static org.mapi4j.types.MapiCode.*;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.StorageFault;

/** Opens stores. */
public final class Mapi4j {
  private Mapi4j() {}

  /** A new store in the heap, gone with its last session. */
  public static MessageStore memory(StoreOptions options) {
    return session(SharedShard.alone(new MemoryEngine()), options, "the store in memory");
  }

  private static MessageStore session(SharedShard shared, StoreOptions options, String name) {
    try {
      return new MessageStore(shared, options, name);
    } catch (StorageFault fault) {
      shared.release();
      throw failure(name, fault);
    } catch (RuntimeException failed) {
      shared.release();
      throw failed;
    }
  }

  private static StoreOpenException failure(String name, StorageFault fault) {
    int hr = MAPI_E_DISK_ERROR;
    if (fault instanceof StorageFault.Absent) {
      hr = MAPI_E_NOT_FOUND;
    } else if (fault instanceof StorageFault.Locked) {
      hr = MAPI_E_BUSY;
    } else if (fault instanceof StorageFault.Damaged) {
      hr = MAPI_E_CORRUPT_STORE;
    } else if (fault instanceof StorageFault.NewerFormat) {
      hr = MAPI_E_VERSION;
    } else if (fault instanceof StorageFault.ReadOnly) {
      hr = MAPI_E_NO_ACCESS;
    } else if (fault instanceof StorageFault.DiskFull) {
      hr = MAPI_E_NOT_ENOUGH_DISK;
    }
    return new StoreOpenException(hr, name + ": " + fault.getMessage(), fault);
  }

  /** Opens a directory's engine once for all its sessions. */
  static MessageStore shared(Path directory, StoreOptions options, Supplier<Shard> open) {
    try {
      Path real = realPath(directory);
      return session(SharedShard.acquire(real, open), options, directory.toString());
    } catch (StorageFault fault) {
      throw failure(directory.toString(), fault);
    }
  }

  private static Path realPath(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException absent) {
      return directory.toAbsolutePath().normalize();
    }
  }
}
