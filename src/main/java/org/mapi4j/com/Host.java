package org.mapi4j.com;

import static org.mapi4j.types.MapiCode.MAPI_E_CALL_FAILED;
import static org.mapi4j.types.MapiCode.MAPI_E_INVALID_PARAMETER;
import static org.mapi4j.types.MapiCode.S_OK;
import static org.mapi4j.types.MapiDefs.*;

import java.nio.file.Path;
import java.util.function.IntSupplier;
import org.mapi4j.Mapi4j;
import org.mapi4j.StoreOpenException;
import org.mapi4j.api.IMAPISupport;
import org.mapi4j.api.IMSProvider;
import org.mapi4j.api.IMsgStore;
import org.mapi4j.api.IProviderAdmin;
import org.mapi4j.api.IUnknown;
import org.mapi4j.options.OptionsText;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.MAPIERROR;
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
   * @param options as {@link OptionsText} reads them; null for none. An unknown one is
   *     MAPI_E_INVALID_PARAMETER
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
          bridge.memory().putLong(out, give(store, IMsgStore.class, logon));
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
                providerOut, give(made.value().lppMSProvider(), IMSProvider.class, logon));
          }
          return made.hr();
        });
  }

  /**
   * MSGSERVICEENTRY, the service's configuration: what {@link Mapi4j#serviceEntry} does. The result
   * is an HRESULT in the low 32 bits. Nothing is kept of what comes in.
   *
   * @param hInstance the module, unused: no dialog is shown
   * @param malloc the host's IMalloc, unused
   * @param support the host's IMAPISupport pointer, or 0
   * @param uiParam the window, unused
   * @param flags ulFlags
   * @param context ulContext, MSG_SERVICE_CONFIGURE and its like
   * @param count cValues
   * @param props lpProps
   * @param admin the service's IProviderAdmin pointer, or 0
   * @param errorOut where the MAPIERROR goes that tells of a failure, allocated with the support
   *     object's routines; may be 0
   */
  public static long serviceEntry(
      long hInstance,
      long malloc,
      long support,
      long uiParam,
      int flags,
      int context,
      int count,
      long props,
      long admin,
      long errorOut) {
    return answer(
        () -> {
          Bridge bridge = Bridge.get();
          Guard.clear(bridge.memory(), 8, errorOut);
          Logon logon = support == 0 ? bridge.logon(bridge.own()) : logonOf(support);
          IMAPISupport host = share(support, IMAPISupport.class, logon);
          IProviderAdmin providers = null;
          try {
            providers = share(admin, IProviderAdmin.class, logon);
            MapiResult<MAPIERROR> result =
                Mapi4j.serviceEntry(
                    host,
                    uiParam,
                    flags,
                    context,
                    logon.decoder().props(props, Integer.toUnsignedLong(count)),
                    providers,
                    providerOptions());
            if (errorOut != 0 && host != null && result.value() != null) {
              boolean wide = (flags & MAPI_UNICODE) != 0;
              bridge.memory().putLong(errorOut, logon.encoder().mapiError(result.value(), wide));
            }
            return result.hr();
          } finally {
            close(providers);
            close(host);
          }
        });
  }

  private static <T extends IUnknown> T share(long pointer, Class<T> type, Logon logon) {
    return pointer == 0 ? null : type.cast(Bridge.get().foreigners().share(pointer, type, logon));
  }

  private static void close(IUnknown object) {
    if (object != null) {
      object.close();
    }
  }

  /** A logon with the routines of a host's support object. */
  private static Logon logonOf(long support) {
    Bridge bridge = Bridge.get();
    // What it answers here has no memory to free.
    IMAPISupport host = share(support, IMAPISupport.class, bridge.logon(bridge.own()));
    try {
      MapiResult<IMAPISupport.MemAllocRoutines> routines = host.getMemAllocRoutines();
      ComObject own = bridge.objects().find(support);
      if (routines.failed() && own != null) {
        // A host in Java has no routines: its objects allocate as they were handed in.
        return bridge.logon(own.logon().allocators());
      }
      if (routines.failed()) {
        throw new ComFault(routines.hr(), "the support object does not give its routines");
      }
      if (routines.value() == null || routines.value().lpFreeBuffer() == 0) {
        throw new ComFault(MAPI_E_CALL_FAILED, "the support object gives NULL for its routines");
      }
      return logon(
          routines.value().lpAllocateBuffer(),
          routines.value().lpAllocateMore(),
          routines.value().lpFreeBuffer());
    } finally {
      close(host);
    }
  }

  /** Gives an object to the caller; it is closed when that fails. */
  private static long give(IUnknown object, Class<? extends IUnknown> type, Logon logon) {
    boolean given = false;
    try {
      long pointer = Bridge.get().objects().give(object, type, logon);
      given = true;
      return pointer;
    } finally {
      if (!given) {
        object.close();
      }
    }
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
    } catch (IllegalArgumentException bad) {
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
    return OptionsText.parse(
        text,
        StoreOptions.builder()
            .writable((flags & (MDB_WRITE | MAPI_BEST_ACCESS)) != 0)
            .create((flags & MAPI_CREATE) != 0)
            .build());
  }
}
