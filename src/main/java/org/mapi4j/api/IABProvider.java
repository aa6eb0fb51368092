package org.mapi4j.api;

import org.mapi4j.types.Bytes;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;

/** What an address book provider gives MAPI first. Source: MAPI "IABProvider : IUnknown". */
public interface IABProvider extends IUnknown {
  /** Outputs of {@link #logon}; the security data is empty, the error is null without one. */
  record Logon(Bytes lppbSecurity, MAPIERROR lppMAPIError, IABLogon lppABLogon) {}

  /** MAPI is done with the provider. Flags: 0. Source: MAPI "IABProvider::Shutdown". */
  int shutdown(int lpulFlags);

  /**
   * Logs on. Flags: AB_NO_DIALOG, MAPI_DEFERRED_ERRORS, MAPI_UNICODE. MAPI_E_FAILONEPROVIDER,
   * MAPI_E_UNCONFIGURED, MAPI_E_UNKNOWN_CPID, MAPI_E_UNKNOWN_LCID, MAPI_E_USER_CANCEL. Source: MAPI
   * "IABProvider::Logon".
   */
  MapiResult<Logon> logon(
      IMAPISupport lpMAPISup, long ulUIParam, String lpszProfileName, int ulFlags);
}
