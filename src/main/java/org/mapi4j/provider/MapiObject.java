package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.MAPI_UNICODE;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.mapi4j.api.IUnknown;
import org.mapi4j.spi.StorageFault;
import org.mapi4j.types.Guid;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;

/**
 * What all objects of the store do alike: interfaces, release, the lock around a call, faults as
 * HRESULTs, the last error.
 */
abstract class MapiObject implements IUnknown {
  final StoreCore core;
  final ReentrantLock lock;
  private volatile boolean closed;
  private int users = 1;
  private volatile Failure failure;

  private record Failure(int hr, String text, int context) {}

  /**
   * @param lock shared with what was opened through the same message; null for an object without a
   *     lock
   */
  MapiObject(StoreCore core, ReentrantLock lock) {
    this.core = core;
    this.lock = lock;
  }

  /** The interfaces of this object beside IUnknown. */
  abstract Set<Guid> interfaces();

  @Override
  public MapiResult<IUnknown> queryInterface(Guid riid) {
    if (riid == null) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    return riid.equals(MapiGuid.IID_IUnknown) || interfaces().contains(riid)
        ? MapiResult.ok(this)
        : MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
  }

  /** True when an interface parameter, null for the standard one, is not one of this object's. */
  boolean refuses(Guid iid) {
    return iid != null && queryInterface(iid).failed();
  }

  @Override
  public final void close() {
    beforeRelease();
    if (lock != null) {
      lock.lock();
    }
    try {
      if (!closed) {
        closed = true;
        letGo();
        if (users > 0) {
          outlived();
        }
      }
    } catch (StorageFault fault) {
      // Release answers nothing. What could not be removed is swept when the store is next opened.
      note(Faults.toHResult(fault), fault.getMessage());
    } finally {
      if (lock != null) {
        lock.unlock();
      }
    }
  }

  /** Called by each Release, before anything else, without the lock. */
  void beforeRelease() {}

  /** Called once, with the lock held, when the client and all that was opened through it let go. */
  void released() {}

  /** The client let go, with the lock held, and something that was opened through this is open. */
  void outlived() {}

  /** Something that reads through this object was opened. With the lock held. */
  final void retain() {
    users++;
  }

  /** It was released. */
  final void letGo() {
    if (--users == 0) {
      released();
    }
  }

  /** True after Release, or when the store behind it was released. */
  boolean isClosed() {
    return closed || core.isClosed();
  }

  /** Runs a method without outputs, with the lock. */
  final int call(IntSupplier body) {
    if (lock != null) {
      lock.lock();
    }
    try {
      return callUnlocked(body);
    } finally {
      if (lock != null) {
        lock.unlock();
      }
    }
  }

  /**
   * Runs a method without outputs that reads and writes nothing of the object's own: it may call
   * other objects, which may be calling this one.
   */
  final int callUnlocked(IntSupplier body) {
    try {
      return isClosed() ? invalid() : remember(body.getAsInt(), null);
    } catch (StorageFault fault) {
      return remember(code(fault), fault.getMessage());
    }
  }

  /** Runs a method with outputs, with the lock. */
  final <T> MapiResult<T> query(Supplier<MapiResult<T>> body) {
    if (lock != null) {
      lock.lock();
    }
    try {
      return queryUnlocked(body);
    } finally {
      if (lock != null) {
        lock.unlock();
      }
    }
  }

  /** The same as {@link #callUnlocked} for a method with outputs. */
  final <T> MapiResult<T> queryUnlocked(Supplier<MapiResult<T>> body) {
    try {
      if (isClosed()) {
        return MapiResult.error(invalid());
      }
      MapiResult<T> result = body.get();
      remember(result.hr(), null);
      return result;
    } catch (StorageFault fault) {
      return MapiResult.error(remember(code(fault), fault.getMessage()));
    }
  }

  /** What every method answers once the object is closed. */
  int invalid() {
    return MAPI_E_INVALID_OBJECT;
  }

  /** What a method answers that a fault ended. */
  int code(StorageFault fault) {
    return Faults.toHResult(fault);
  }

  /** Notes why a call is about to fail, for GetLastError. */
  final int because(int hr, String text) {
    failure = new Failure(hr, text, 0);
    return hr;
  }

  /** Notes for GetLastError what is known beside a code that was already answered. */
  final void note(int hr, String text) {
    failure = new Failure(hr, text, 0);
  }

  @CanIgnoreReturnValue
  private int remember(int hr, String text) {
    if (HResult.failed(hr) && (text != null || failure == null || failure.hr() != hr)) {
      failure = new Failure(hr, text == null ? HResult.toString(hr) : text, 0);
    }
    return hr;
  }

  /**
   * GetLastError of every interface: what is known of the last failure with that code, else null.
   */
  final MapiResult<MAPIERROR> lastError(int hResult, int ulFlags) {
    if (isClosed()) {
      return MapiResult.error(MAPI_E_INVALID_OBJECT);
    }
    if (core.unknownFlags(ulFlags, MAPI_UNICODE)) {
      return MapiResult.error(MAPI_E_UNKNOWN_FLAGS);
    }
    Failure last = failure;
    boolean known = last != null && last.hr() == hResult;
    return MapiResult.ok(known ? new MAPIERROR(0, last.text(), "mapi4j", 0, last.context()) : null);
  }
}
