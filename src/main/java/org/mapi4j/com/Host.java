package org.mapi4j.com;

import static org.mapi4j.types.MapiCode.MAPI_E_INVALID_PARAMETER;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.*;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.mapi4j.Mapi4j;
import org.mapi4j.StoreOpenException;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.options.StoreProfile;

/** What the native library calls, through JNI. Nothing is thrown. Any thread. */
public final class Host {
  private static final System.Logger LOG = System.getLogger("org.mapi4j.com");

  /** What native/version.properties says too; raised when a method of this class changes. */
  private static final String BRIDGE_VERSION = "1";

  private Host() {}

  /** The bridge version of the jar: the native library refuses one that is not its own. */
  public static String version() {
    return BRIDGE_VERSION;
  }

  /**
   * Opens a store and writes its IMsgStore pointer to {@code *out}, 0 on failure. MDB_WRITE or
   * MAPI_BEST_ACCESS: read/write, else read-only; MAPI_CREATE creates an absent store. The result
   * is an HRESULT in the low 32 bits.
   *
   * @param path the store's directory
   * @param options {@code key=value}, separated by lines or semicolons; {@code
   *     profile=documented|outlook}. An unknown one is MAPI_E_INVALID_PARAMETER
   * @param allocateBuffer address of MAPIAllocateBuffer; all three 0 for malloc
   * @param allocateMore address of MAPIAllocateMore
   * @param freeBuffer address of MAPIFreeBuffer
   * @param out where the pointer goes
   */
  public static long openStore(
      String path,
      int flags,
      String options,
      long allocateBuffer,
      long allocateMore,
      long freeBuffer,
      long out) {
    if (path == null || out == 0) {
      return MAPI_E_INVALID_PARAMETER & 0xFFFF_FFFFL;
    }
    try {
      Bridge bridge = Bridge.get();
      bridge.memory().putLong(out, 0);
      boolean none = allocateBuffer == 0 && allocateMore == 0 && freeBuffer == 0;
      if (!none && (allocateBuffer == 0 || allocateMore == 0 || freeBuffer == 0)) {
        throw new ComFault(MAPI_E_INVALID_PARAMETER, "allocation routines come all three or none");
      }
      Allocators allocators =
          none
              ? bridge.own()
              : new NativeAllocators(bridge, allocateBuffer, allocateMore, freeBuffer);
      IMsgStore store = Mapi4j.open(Path.of(path), options(flags, options)).store();
      bridge
          .memory()
          .putLong(out, bridge.objects().give(store, IMsgStore.class, bridge.logon(allocators)));
      return S_OK;
    } catch (StoreOpenException refused) {
      LOG.log(System.Logger.Level.WARNING, refused.getMessage());
      return refused.hr() & 0xFFFF_FFFFL;
    } catch (InvalidPathException bad) {
      LOG.log(System.Logger.Level.WARNING, bad.getMessage());
      return MAPI_E_INVALID_PARAMETER & 0xFFFF_FFFFL;
    } catch (ComFault fault) {
      LOG.log(System.Logger.Level.WARNING, fault.getMessage());
      return fault.hr() & 0xFFFF_FFFFL;
    } catch (Throwable thrown) {
      return Guard.refuse(thrown, null);
    }
  }

  private static StoreOptions options(int flags, String text) {
    StoreOptions.Builder builder =
        StoreOptions.builder()
            .writable((flags & (MDB_WRITE | MAPI_BEST_ACCESS)) != 0)
            .create((flags & MAPI_CREATE) != 0)
            .chance(SystemChance.get());
    for (String option : (text == null ? "" : text).split("[;\\r\\n]+", 0)) {
      String one = option.strip();
      if (!one.isEmpty()) {
        set(builder, one);
      }
    }
    return builder.build();
  }

  private static void set(StoreOptions.Builder builder, String option) {
    switch (option.toLowerCase(Locale.ROOT)) {
      case "profile=documented" -> builder.profile(StoreProfile.DOCUMENTED);
      case "profile=outlook" -> builder.profile(StoreProfile.OUTLOOK);
      default ->
          throw new ComFault(
              MAPI_E_INVALID_PARAMETER,
              "option %s: expected profile=documented or profile=outlook".formatted(option));
    }
  }
}
