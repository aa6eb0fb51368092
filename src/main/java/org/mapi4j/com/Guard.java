package org.mapi4j.com;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.Stg.STG_E_REVERTED;

import java.lang.System.Logger;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import org.mapi4j.api.ISequentialStream;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;

/** What calls from native code have in common, as dispatch composes it. */
final class Guard {
  /** A slot of no object, whatever its arguments. */
  static final MethodHandle NO_OBJECT = constant(MAPI_E_INVALID_OBJECT);

  /** AddRef and Release of no object. */
  static final MethodHandle NO_REFERENCE = constant(0);

  private static final Logger LOG = System.getLogger("org.mapi4j.com");
  private static final String COMPONENT = "mapi4j COM bridge";

  /** ulContext of everything that the bridge says itself. */
  private static final int CONTEXT = 0x4A01;

  private Guard() {}

  /** A line about what no caller can be told; where there is no memory for it, none. */
  static void log(String what, Throwable thrown) {
    try {
      LOG.log(Logger.Level.ERROR, what, thrown);
    } catch (RuntimeException | Error worse) {
      // Nothing is left to do: the log is the last resort.
    }
  }

  private static MethodHandle constant(int result) {
    return MethodHandles.dropArguments(
        MethodHandles.constant(long.class, result & 0xFFFF_FFFFL), 0, long.class);
  }

  /** The object of {@code this}. */
  static ComObject find(Cells cells, long pointer) {
    ComObject found = cells.find(pointer);
    if (found == null) {
      throw new ComFault(MAPI_E_INVALID_OBJECT, "no object is here, or it was released");
    }
    return found;
  }

  /** The Java object; whether it has the interface whose slot was called, a cast finds out. */
  static IUnknown target(ComObject object) {
    IUnknown target = object.target();
    if (target == null) {
      throw new ComFault(MAPI_E_INVALID_OBJECT, "the logon of this object has ended");
    }
    return target;
  }

  /** Before a call: every output is NULL or 0 until it has a value. */
  static void clear(NativeMemory memory, int bytes, long output) {
    if (output == 0) {
      return;
    }
    if (bytes == 4) {
      memory.putInt(output, 0);
    } else {
      memory.putLong(output, 0);
    }
  }

  /** An output that must be there. */
  static void require(String name, long output) {
    if (output == 0) {
      throw new ComFault(MAPI_E_INVALID_PARAMETER, name + " is NULL");
    }
  }

  /** True when there is nothing to put out. */
  static boolean isEmptyFailure(MapiResult<?> result) {
    return result.hr() < 0 && result.value() == null;
  }

  /** The object's own failure; what the bridge refused before is history. */
  static long failed(MapiResult<?> result, ComObject object) {
    return failed(result.hr(), object);
  }

  /** Of a method without outputs. */
  static long failed(int hr, ComObject object) {
    if (hr < 0 && object.refusal() != null) {
      object.refused(null);
    }
    return hr & 0xFFFF_FFFFL;
  }

  static long code(MapiResult<?> result) {
    return result.hr() & 0xFFFF_FFFFL;
  }

  /**
   * As {@link #refuse(Throwable, ComObject)}, of a slot of an interface. Streams have codes of
   * their own, also when their logon has ended: ADR 0031, STORE-059.
   */
  static long refuse(Class<?> type, Throwable thrown, ComObject object) {
    boolean none =
        thrown instanceof ClassCastException
            && object != null
            && object.target() != null
            && !type.isInstance(object.target());
    if (none) {
      return refuse(
          new ComFault(
              MAPI_E_INVALID_OBJECT, "the object is no %s".formatted(type.getSimpleName())),
          object);
    }
    boolean endedStream =
        object != null && object.target() == null && ISequentialStream.class.isAssignableFrom(type);
    return refuse(
        endedStream ? new ComFault(STG_E_REVERTED, "the logon of this stream has ended") : thrown,
        object);
  }

  /** The HRESULT of what was thrown, kept with its text for GetLastError. */
  static long refuse(Throwable thrown, ComObject object) {
    ComObject.Refusal refusal = refusal(thrown);
    if (object != null) {
      object.refused(refusal);
    }
    boolean expected =
        thrown instanceof ComFault
            || thrown instanceof OutOfMemoryError
            || thrown instanceof StackOverflowError;
    if (!expected) {
      LOG.log(Logger.Level.ERROR, "a call from native code failed", thrown);
    }
    return refusal.hr() & 0xFFFF_FFFFL;
  }

  private static ComObject.Refusal refusal(Throwable thrown) {
    if (thrown instanceof ComFault fault) {
      return new ComObject.Refusal(fault.hr(), fault.getMessage());
    }
    if (thrown instanceof OutOfMemoryError) {
      return new ComObject.Refusal(MAPI_E_NOT_ENOUGH_MEMORY, "Java has no memory left");
    }
    return new ComObject.Refusal(MAPI_E_CALL_FAILED, text(thrown));
  }

  /** Never null: a fault's own methods may fail, or have nothing to say. */
  private static String text(Throwable thrown) {
    try {
      String text = thrown.toString();
      return text == null ? thrown.getClass().getName() : text;
    } catch (RuntimeException | Error worse) {
      return "%s, whose text failed: %s".formatted(thrown.getClass(), worse.getClass());
    }
  }

  /** GetLastError is about what the bridge refused, not the object. */
  static boolean isRefusal(ComObject object, int hr) {
    ComObject.Refusal refusal = object.refusal();
    return refusal != null && refusal.hr() == hr;
  }

  /** GetLastError about what the bridge refused. */
  static MapiResult<MAPIERROR> lastRefusal(ComObject object) {
    return MapiResult.ok(error(object.refusal()));
  }

  /** What GetLastError says about a refusal; null for none. */
  static MAPIERROR error(ComObject.Refusal refusal) {
    return refusal == null ? null : new MAPIERROR(0, refusal.text(), COMPONENT, 0, CONTEXT);
  }
}
