package org.mapi4j.table;

import org.mapi4j.types.HResult;

/**
 * A source cannot say its rows or a value: its store was released, or its storage failed. The view
 * answers the call that needed them with the code and stays as it was.
 */
public final class RowsUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int hr;

  /** With the failure code that the view's call answers. */
  public RowsUnavailable(int hr) {
    super("rows unavailable: " + HResult.toString(hr));
    this.hr = hr;
  }

  /** With a cause, for the log. */
  public RowsUnavailable(int hr, Throwable cause) {
    this(hr);
    initCause(cause);
  }

  /** The failure code. */
  public int hr() {
    return hr;
  }
}
