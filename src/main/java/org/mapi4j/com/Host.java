package org.mapi4j.com;

import static org.mapi4j.types.MapiCode.MAPI_E_INVALID_PARAMETER;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.*;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.mapi4j.Mapi4j;
import org.mapi4j.StoreOpenException;
import org.mapi4j.api.IMSProvider;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.options.StoreProfile;
import org.mapi4j.types.MapiResult;

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
    return answer(
        () -> {
          Guard.require("out", out);
          Bridge bridge = Bridge.get();
          bridge.memory().putLong(out, 0);
          if (path == null) {
            throw new ComFault(MAPI_E_INVALID_PARAMETER, "path is NULL");
          }
          Logon logon = logon(allocateBuffer, allocateMore, freeBuffer);
          IMsgStore store = Mapi4j.open(Path.of(path), options(flags, options)).store();
          bridge.memory().putLong(out, bridge.objects().give(store, IMsgStore.class, logon));
          return S_OK;
        });
  }

  /**
   * MSProviderInit: writes the provider's version and its IMSProvider pointer, 0 on failure. The
   * result is an HRESULT in the low 32 bits. Flags and versions: {@link Mapi4j#msProviderInit}.
   *
   * @param hInstance the module, unused: no dialog is shown
   * @param malloc the host's IMalloc, unused: the task allocator is the system's
   * @param allocateBuffer address of MAPIAllocateBuffer
   * @param allocateMore address of MAPIAllocateMore
   * @param freeBuffer address of MAPIFreeBuffer
   * @param providerVersionOut where the version goes
   * @param providerOut where the pointer goes
   */
  public static long providerInit(
      long hInstance,
      long malloc,
      long allocateBuffer,
      long allocateMore,
      long freeBuffer,
      int flags,
      int mapiVersion,
      long providerVersionOut,
      long providerOut) {
    return answer(
        () -> {
          NativeMemory memory = Bridge.get().memory();
          Guard.clear(memory, 4, providerVersionOut);
          Guard.clear(memory, 8, providerOut);
          Guard.require("lpulProviderVer", providerVersionOut);
          Guard.require("lppMSProvider", providerOut);
          Guard.require("lpAllocateBuffer", allocateBuffer);
          Logon logon = logon(allocateBuffer, allocateMore, freeBuffer);
          MapiResult<Mapi4j.InitializedProvider> made =
              Mapi4j.msProviderInit(flags, mapiVersion, providerOptions());
          if (made.succeeded()) {
            memory.putInt(providerVersionOut, made.value().lpulProviderVer());
            memory.putLong(
                providerOut,
                Bridge.get()
                    .objects()
                    .give(made.value().lppMSProvider(), IMSProvider.class, logon));
          }
          return made.hr();
        });
  }

  /** What holds where a profile section is silent, in this process's code page. */
  private static StoreOptions providerOptions() {
    return Mapi4j.PROVIDER_OPTIONS.toBuilder().codePage(AnsiCodePage.charset()).build();
  }

  /** Objects that allocate with a host's routines, all three or none. */
  private static Logon logon(long allocateBuffer, long allocateMore, long freeBuffer) {
    Bridge bridge = Bridge.get();
    if (allocateBuffer == 0 && allocateMore == 0 && freeBuffer == 0) {
      return bridge.logon(bridge.own());
    }
    if (allocateBuffer == 0 || allocateMore == 0 || freeBuffer == 0) {
      throw new ComFault(MAPI_E_INVALID_PARAMETER, "allocation routines come all three or none");
    }
    return bridge.logon(new NativeAllocators(bridge, allocateBuffer, allocateMore, freeBuffer));
  }

  /** Runs an entry; whatever it throws is a code, and a line in the log. */
  private static long answer(IntSupplier entry) {
    try {
      return entry.getAsInt() & 0xFFFF_FFFFL;
    } catch (StoreOpenException refused) {
      return refused(refused.hr(), refused.getMessage());
    } catch (InvalidPathException bad) {
      return refused(MAPI_E_INVALID_PARAMETER, bad.getMessage());
    } catch (ComFault fault) {
      return refused(fault.hr(), fault.getMessage());
    } catch (Throwable thrown) {
      return Guard.refuse(thrown, null);
    }
  }

  private static long refused(int hr, String why) {
    LOG.log(System.Logger.Level.WARNING, why);
    return hr & 0xFFFF_FFFFL;
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
