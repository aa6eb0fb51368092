package org.mapi4j.com;

import org.mapi4j.types.HResult;

/**
 * What ends a call in the bridge itself, before or after the object's method: its HRESULT is the
 * call's result, and its message is kept for GetLastError.
 */
final class ComFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int hr;

  /** Throws IllegalArgumentException for a success code. */
  ComFault(int hr, String message) {
    super(HResult.toString(hr) + ": " + message, null, false, false);
    if (hr >= 0) {
      throw new IllegalArgumentException(HResult.toString(hr) + " is not a failure");
    }
    this.hr = hr;
  }

  int hr() {
    return hr;
  }
}
