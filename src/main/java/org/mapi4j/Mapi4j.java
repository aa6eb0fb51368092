package org.mapi4j;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.CURRENT_SPI_VERSION;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.mapi4j.api.IMAPISupport;
import org.mapi4j.api.IMSProvider;
import org.mapi4j.api.IProviderAdmin;
import org.mapi4j.engine.je.JeEngine;
import org.mapi4j.engine.je.JeOptions;
import org.mapi4j.engine.memory.MemoryEngine;
import org.mapi4j.engine.shared.SharedEngine;
import org.mapi4j.engine.shared.SharedOptions;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.options.StoreProfile;
import org.mapi4j.provider.StoreOpener;
import org.mapi4j.provider.StoreProvider;
import org.mapi4j.provider.StoreService;
import org.mapi4j.spi.BatchLimits;
import org.mapi4j.spi.Shard;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.ThisProgram;

/** Opens stores. */
public final class Mapi4j {
  /** What the stores of a provider have where their profile sections are silent. */
  public static final StoreOptions PROVIDER_OPTIONS =
      StoreOptions.builder().profile(StoreProfile.OUTLOOK).create(false).build();

  private static final SharedOptions SHARED =
      new SharedOptions(
          "%s with mapi4j %s"
              .formatted(ThisProgram.name().orElse("a program"), ThisProgram.version()),
          SharedOptions.PATIENCE);

  private Mapi4j() {}

  /** A new store in the heap, gone with its last session. */
  public static MessageStore memory(StoreOptions options) {
    return session(SharedShard.alone(new MemoryEngine()), options, "the store in memory");
  }

  /**
   * Opens a session on the store of a directory, created when absent if the options say so. All
   * sessions of this process share one engine, and all processes of one user one store: whoever
   * opens it first owns the files, the others reach them through it, and when it ends another takes
   * over. Throws {@link StoreOpenException}: its owner does not answer (named), damaged, of a newer
   * format, absent, not to be written, disk full. An Error that no I/O caused, such as a class that
   * is missing, is thrown as it is.
   */
  public static MessageStore open(Path directory, StoreOptions options) {
    return shared(directory, options, () -> engine(directory, options));
  }

  /**
   * A fresh provider object, for hosts in Java: what MSProviderInit gives. Its stores have the
   * Outlook profile unless their profile sections say otherwise.
   */
  public static IMSProvider provider() {
    return provider(PROVIDER_OPTIONS);
  }

  /** The same with other options where profile sections are silent. */
  public static IMSProvider provider(StoreOptions defaults) {
    return new StoreProvider(Mapi4j::openForLogon, defaults);
  }

  /** Outputs of an MSProviderInit: the SPI version that the provider uses, and the provider. */
  public record InitializedProvider(int lpulProviderVer, IMSProvider lppMSProvider) {}

  /**
   * MSProviderInit: a fresh provider object at each call. Flags: MAPI_NT_SERVICE; others are
   * ignored, as is all that asks for dialogs, of which there are none. MAPI_E_VERSION for a host
   * whose SPI is older than the provider's. Source: MAPI "MSProviderInit", "Implementing a Service
   * Provider Entry Point Function".
   *
   * @param defaults what holds where profile sections are silent; {@link #PROVIDER_OPTIONS} in the
   *     host's code page
   */
  public static MapiResult<InitializedProvider> msProviderInit(
      int ulFlags, int ulMAPIVer, StoreOptions defaults) {
    return Integer.compareUnsigned(ulMAPIVer, CURRENT_SPI_VERSION) < 0
        ? MapiResult.error(MAPI_E_VERSION)
        : MapiResult.ok(new InitializedProvider(CURRENT_SPI_VERSION, provider(defaults)));
  }

  /**
   * The service's configuration entry point, MSGSERVICEENTRY: see {@link StoreService}.
   *
   * @param defaults as for {@link #msProviderInit}
   */
  public static MapiResult<MAPIERROR> serviceEntry(
      IMAPISupport lpMAPISup,
      long ulUIParam,
      int ulFlags,
      int ulContext,
      List<SPropValue> lpProps,
      IProviderAdmin lpProviderAdmin,
      StoreOptions defaults) {
    return new StoreService(Mapi4j::openForLogon, defaults)
        .serviceEntry(lpMAPISup, ulUIParam, ulFlags, ulContext, lpProps, lpProviderAdmin);
  }

  private static StoreOpener.Opened openForLogon(Path directory, StoreOptions options) {
    try {
      return StoreOpener.Opened.of(open(directory, options).store());
    } catch (StoreOpenException failed) {
      return StoreOpener.Opened.failure(failed.hr(), failed.getMessage());
    }
  }

  /**
   * The shard that all processes share; where the directory or a full disk allows no more than
   * reading, and the options ask for no more, one of our own that may not write.
   */
  private static Shard engine(Path directory, StoreOptions options) {
    boolean create = options.create() && options.writable();
    JeOptions je =
        new JeOptions(
            true, create, options.cacheBytes(), options.diskBytesMax(), BatchLimits.DEFAULT, true);
    if (!create && !JeEngine.holdsStore(directory)) {
      throw new StorageFault.Absent("no store in %s".formatted(directory), null);
    }
    if (Files.isDirectory(directory) && !Files.isWritable(directory)) {
      StorageFault.ReadOnly fault =
          new StorageFault.ReadOnly("%s cannot be written".formatted(directory), null);
      if (options.writable()) {
        throw fault;
      }
      return JeEngine.open(directory, je.withWritable(false));
    }
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new StorageFault("%s: %s".formatted(directory, e), e);
    }
    try {
      return SharedEngine.open(directory, SHARED, new JeOpener(directory, je));
    } catch (StorageFault.DiskFull full) {
      if (options.writable()) {
        throw full;
      }
      return openFull(directory, je.withWritable(false), full);
    }
  }

  /** What is on a full disk can be read, but for a store that was never made whole. */
  private static Shard openFull(Path directory, JeOptions reading, StorageFault full) {
    try {
      return JeEngine.open(directory, reading);
    } catch (StorageFault unreadable) {
      full.addSuppressed(unreadable);
      throw full;
    }
  }

  private static MessageStore session(SharedShard shared, StoreOptions options, String name) {
    try {
      return new MessageStore(shared, options, name);
    } catch (StorageFault fault) {
      shared.release();
      throw failure(name, fault);
    } catch (RuntimeException | Error failed) {
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
    } else if (fault instanceof StorageFault.Unreachable) {
      hr = MAPI_E_NETWORK_ERROR;
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

  /** One path for one directory, whatever links lead to it, also before it exists. */
  private static Path realPath(Path directory) {
    Path absolute = directory.toAbsolutePath().normalize();
    for (Path there = absolute; there != null; there = there.getParent()) {
      try {
        return there.toRealPath().resolve(there.relativize(absolute)).normalize();
      } catch (IOException absent) {
        continue;
      }
    }
    return absolute;
  }
}
