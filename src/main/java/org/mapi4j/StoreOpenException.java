package org.mapi4j;

import org.mapi4j.types.HResult;

/**
 * A store could not be opened. The message names the store and the reason; the HRESULT is what a
 * native caller would get.
 */
public final class StoreOpenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int hr;

  StoreOpenException(int hr, String message, Throwable cause) {
    super(message + ": " + HResult.toString(hr), cause);
    this.hr = hr;
  }

  /**
   * The code: MAPI_E_NOT_FOUND, MAPI_E_BUSY, MAPI_E_NETWORK_ERROR, MAPI_E_CORRUPT_STORE,
   * MAPI_E_VERSION, MAPI_E_NO_ACCESS, MAPI_E_NOT_ENOUGH_DISK or MAPI_E_DISK_ERROR.
   */
  public int hr() {
    return hr;
  }
}
