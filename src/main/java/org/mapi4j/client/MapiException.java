package org.mapi4j.client;

import static org.mapi4j.types.MapiCode.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.mapi4j.api.IUnknown;
import org.mapi4j.api.OpenedEntry;
import org.mapi4j.types.HResult;
import org.mapi4j.types.MapiResult;

/** A failure of a MAPI call where the caller wants exceptions: the code and the operation. */
public class MapiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int hr;

  /** A failure of an operation, such as {@code "IMessage::SaveChanges"}. */
  public MapiException(int hr, String operation) {
    super(operation + ": " + HResult.toString(hr));
    this.hr = hr;
  }

  /** The code. */
  public final int hr() {
    return hr;
  }

  /** The value of a result, a warning's too; throws for a failure. */
  @CanIgnoreReturnValue
  public static <T> T require(MapiResult<T> result, String operation) {
    require(result.hr(), operation);
    return result.value();
  }

  /** As {@link #require}, for a call that puts something out: nothing is MAPI_E_CALL_FAILED. */
  static <T> T value(MapiResult<T> result, String operation) {
    return present(require(result, operation), operation);
  }

  /** One of the outputs of a call that succeeded: nothing is MAPI_E_CALL_FAILED. */
  static <T> T present(T value, String operation) {
    if (value == null) {
      throw new MapiException(MAPI_E_CALL_FAILED, operation + " brought nothing");
    }
    return value;
  }

  /**
   * As {@link #require}, for an object: a success that brings none is MAPI_E_CALL_FAILED. What
   * comes is closed when it is not what was asked for: MAPI_E_INTERFACE_NOT_SUPPORTED.
   */
  static <T extends IUnknown> T object(
      MapiResult<? extends IUnknown> result, Class<T> type, String operation) {
    return object(value(result, operation), type, operation, MAPI_E_INTERFACE_NOT_SUPPORTED);
  }

  /** An entry that was opened; one of another kind is closed, and MAPI_E_INVALID_ENTRYID. */
  static <T extends IUnknown> T entry(
      MapiResult<OpenedEntry> result, Class<T> type, String operation) {
    return object(value(result, operation).lppUnk(), type, operation, MAPI_E_INVALID_ENTRYID);
  }

  private static <T> T object(IUnknown out, Class<T> type, String operation, int another) {
    IUnknown object = present(out, operation);
    if (!type.isInstance(object)) {
      object.close();
      throw new MapiException(another, operation + ": not " + type.getSimpleName());
    }
    return type.cast(object);
  }

  /**
   * Throws for a failure, {@link ObjectChangedException} for MAPI_E_OBJECT_CHANGED; the value is
   * the code, so that warnings stay visible.
   */
  @CanIgnoreReturnValue
  public static int require(int hr, String operation) {
    if (hr == MAPI_E_OBJECT_CHANGED) {
      throw new ObjectChangedException(operation);
    }
    if (HResult.failed(hr)) {
      throw new MapiException(hr, operation);
    }
    return hr;
  }
}
