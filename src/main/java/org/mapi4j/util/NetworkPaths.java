package org.mapi4j.util;

import static org.mapi4j.types.MapiCode.*;

import org.mapi4j.types.MapiResult;

/**
 * UNC and local paths. No share is known to be a folder of this machine, so that a path of the
 * other kind has no counterpart. Sources: MAPI "ScLocalPathFromUNC", "ScUNCFromLocalPath".
 */
final class NetworkPaths {
  private NetworkPaths() {}

  static MapiResult<String> local(String unc, int cchLocal) {
    if (unc == null || unc.isEmpty()) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    return isUnc(unc) ? MapiResult.error(MAPI_E_NOT_FOUND) : same(unc, cchLocal);
  }

  static MapiResult<String> unc(String local, int cchUnc) {
    return local == null || !isUnc(local)
        ? MapiResult.error(MAPI_E_INVALID_PARAMETER)
        : same(local, cchUnc);
  }

  /** The path itself, if it fits with its NUL. */
  private static MapiResult<String> same(String path, int cch) {
    return path.length() >= cch ? MapiResult.error(MAPI_E_TOO_BIG) : MapiResult.of(S_FALSE, path);
  }

  private static boolean isUnc(String path) {
    return path.startsWith("\\\\");
  }
}
