package org.mapi4j.api;

import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;

/** What a transport gives MAPI first. Source: MAPI "IXPProvider : IUnknown". */
public interface IXPProvider extends IUnknown {
  /** Outputs of {@link #transportLogon}: flags (in-out), an error or null, the logon. */
  record Logon(int lpulFlags, MAPIERROR lppMAPIError, IXPLogon lppXPLogon) {}

  /** MAPI is done with the transport. Flags: 0. Source: MAPI "IXPProvider::Shutdown". */
  int shutdown(int lpulFlags);

  /**
   * Logs on. Flags in: LOGON_NO_CONNECT, LOGON_NO_DIALOG, LOGON_NO_INBOUND, LOGON_NO_OUTBOUND,
   * MAPI_UNICODE; out: LOGON_SP_IDLE, LOGON_SP_POLL, LOGON_SP_RESOLVE, MAPI_UNICODE.
   * MAPI_E_FAILONEPROVIDER, MAPI_E_UNCONFIGURED, MAPI_E_USER_CANCEL. Source: MAPI
   * "IXPProvider::TransportLogon".
   */
  MapiResult<Logon> transportLogon(
      IMAPISupport lpMAPISup, long ulUIParam, String lpszProfileName, int lpulFlags);
}
