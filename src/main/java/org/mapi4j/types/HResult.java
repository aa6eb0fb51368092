package org.mapi4j.types;

import java.util.Map;

/** HRESULTs: the macros of winerror.h and the names of mapicode.h. Source: MAPI "Return codes". */
public final class HResult {
  private static final Map<Integer, String> NAMES = SpecNames.hresults();

  private HResult() {}

  /** FAILED(hr). */
  public static boolean failed(int hr) {
    return hr < 0;
  }

  /** SUCCEEDED(hr): success codes and warnings. */
  public static boolean succeeded(int hr) {
    return hr >= 0;
  }

  /** The name of a code, or its number where it has none. */
  public static String name(int hr) {
    String name = NAMES.get(hr);
    return name != null ? name : "0x%08X".formatted(hr);
  }

  /** {@code MAPI_E_OBJECT_CHANGED (0x80040109)}. */
  public static String toString(int hr) {
    String name = NAMES.get(hr);
    return name != null ? "%s (0x%08X)".formatted(name, hr) : "0x%08X".formatted(hr);
  }
}
