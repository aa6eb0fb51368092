package org.mapi4j.com;

import java.util.List;
import org.mapi4j.api.IMAPISupport;
import org.mapi4j.api.IProviderAdmin;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiDefs;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropValue;

/**
 * A message service's configuration entry point, a MSGSERVICEENTRY in C, called from Java. Any
 * thread. Source: MAPI "MSGSERVICEENTRY".
 */
public final class ServiceEntry {
  private final long function;

  private ServiceEntry(long function) {
    this.function = function;
  }

  /** The entry at an address; 0 is that of this process's own provider, without a library. */
  public static ServiceEntry at(long function) {
    return new ServiceEntry(function);
  }

  /** Calls it; the objects are lent for the call. */
  public MapiResult<MAPIERROR> call(
      IMAPISupport lpMAPISup,
      long ulUIParam,
      int ulFlags,
      int ulContext,
      List<SPropValue> lpProps,
      IProviderAdmin lpProviderAdmin) {
    Bridge bridge = Bridge.get();
    NativeMemory memory = bridge.memory();
    Logon logon = Foreign.logon(routines(lpMAPISup));
    int count = lpProps == null ? 0 : lpProps.size();
    long errorOut = memory.allocate(8);
    long props = 0;
    long support = 0;
    long admin = 0;
    try {
      props = bridge.temporary().encoder().props(lpProps);
      support = lend(lpMAPISup, IMAPISupport.class, logon);
      admin = lend(lpProviderAdmin, IProviderAdmin.class, logon);
      int hr =
          (int)
              (function == 0
                  ? Host.serviceEntry(
                      0, 0, support, ulUIParam, ulFlags, ulContext, count, props, admin, errorOut)
                  : bridge.callFunction(
                      function,
                      0,
                      0,
                      support,
                      ulUIParam,
                      Integer.toUnsignedLong(ulFlags),
                      Integer.toUnsignedLong(ulContext),
                      count,
                      props,
                      admin,
                      errorOut));
      boolean wide = (ulFlags & MapiDefs.MAPI_UNICODE) != 0;
      MAPIERROR error = logon.decoder().mapiError(memory.getLong(errorOut), wide);
      return MapiResult.of(hr, error);
    } catch (ComFault fault) {
      return MapiResult.error(fault.hr());
    } finally {
      logon.allocators().freeBuffer(memory.getLong(errorOut));
      memory.free(errorOut);
      bridge.temporary().allocators().freeBuffer(props);
      release(bridge, support);
      release(bridge, admin);
    }
  }

  /** The entry allocates with what the support object offers. */
  private static Foreign.Routines routines(IMAPISupport support) {
    MapiResult<IMAPISupport.MemAllocRoutines> offered =
        support == null ? null : support.getMemAllocRoutines();
    if (offered == null || offered.failed() || offered.value().lpFreeBuffer() == 0) {
      return null;
    }
    IMAPISupport.MemAllocRoutines three = offered.value();
    return new Foreign.Routines(
        three.lpAllocateBuffer(), three.lpAllocateMore(), three.lpFreeBuffer());
  }

  private static <T extends IUnknown> long lend(T object, Class<T> type, Logon logon) {
    return object == null ? 0 : new ObjectCarrier(type, false).lend(logon, object, 0);
  }

  private static void release(Bridge bridge, long pointer) {
    if (pointer != 0) {
      bridge.release(pointer);
    }
  }
}
