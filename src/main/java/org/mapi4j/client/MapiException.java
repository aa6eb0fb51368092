package org.mapi4j.client;

import static org.mapi4j.types.MapiCode.MAPI_E_OBJECT_CHANGED;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
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
