package org.mapi4j.types;

import java.util.function.Function;

/**
 * What a method with outputs returns: its HRESULT and, unless that is a failure, its outputs. A
 * warning travels with its data. The value may be null where the page allows a NULL output with
 * success. Source: MAPI "Error Handling in MAPI".
 */
public record MapiResult<T>(int hr, T value) {
  /** S_OK with a value. */
  public static <T> MapiResult<T> ok(T value) {
    return new MapiResult<>(MapiCode.S_OK, value);
  }

  /** A success or warning code with its data; also a failure whose page documents an output. */
  public static <T> MapiResult<T> of(int hr, T value) {
    return new MapiResult<>(hr, value);
  }

  /** A failure, outputs empty. Throws IllegalArgumentException for a success code. */
  public static <T> MapiResult<T> error(int hr) {
    if (hr >= 0) {
      throw new IllegalArgumentException(HResult.toString(hr) + " is not a failure");
    }
    return new MapiResult<>(hr, null);
  }

  /** True for a failure, as FAILED(hr). */
  public boolean failed() {
    return hr < 0;
  }

  /** True for success and warnings, as SUCCEEDED(hr). */
  public boolean succeeded() {
    return hr >= 0;
  }

  /** The same code with the value carried over; a failure stays as it is. */
  public <U> MapiResult<U> map(Function<? super T, ? extends U> f) {
    return failed() ? new MapiResult<>(hr, null) : new MapiResult<>(hr, f.apply(value));
  }

  @Override
  public String toString() {
    return HResult.toString(hr) + (value == null ? "" : " " + value);
  }
}
