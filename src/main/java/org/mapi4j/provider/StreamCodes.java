package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.Stg.*;

/** Codes of MAPI as the codes that methods of IStream answer, and back. */
final class StreamCodes {
  private StreamCodes() {}

  /**
   * What a method of a stream answers.
   *
   * @param hr a code of MAPI, a success, or what a stream answers already
   * @param otherwise for a failure that streams have no code of their own for
   */
  static int of(int hr, int otherwise) {
    if (hr >= 0 || isStorage(hr)) {
      return hr;
    }
    return switch (hr) {
      case MAPI_E_NO_ACCESS -> STG_E_ACCESSDENIED;
      case MAPI_E_NOT_ENOUGH_DISK, MAPI_E_TOO_BIG -> STG_E_MEDIUMFULL;
      case MAPI_E_NOT_ENOUGH_MEMORY -> STG_E_INSUFFICIENTMEMORY;
      case MAPI_E_CORRUPT_DATA -> STG_E_DOCFILECORRUPT;
      case MAPI_E_OBJECT_DELETED, MAPI_E_INVALID_OBJECT -> STG_E_REVERTED;
      default -> otherwise;
    };
  }

  /** What a method of MAPI answers after a stream's method, anybody's, answered this. */
  static int toMapi(int hr) {
    if (!isStorage(hr)) {
      return hr;
    }
    return switch (hr) {
      case STG_E_ACCESSDENIED -> MAPI_E_NO_ACCESS;
      case STG_E_MEDIUMFULL -> MAPI_E_NOT_ENOUGH_DISK;
      case STG_E_INSUFFICIENTMEMORY -> MAPI_E_NOT_ENOUGH_MEMORY;
      case STG_E_DOCFILECORRUPT -> MAPI_E_CORRUPT_DATA;
      case STG_E_REVERTED -> MAPI_E_OBJECT_DELETED;
      default -> MAPI_E_CALL_FAILED;
    };
  }

  private static boolean isStorage(int hr) {
    return hr >>> 16 == STG_E_ACCESSDENIED >>> 16;
  }
}
