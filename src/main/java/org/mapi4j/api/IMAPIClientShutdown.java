package org.mapi4j.api;

/**
 * Fast shutdown of a client, as the MAPI subsystem sees it. Source: MAPI "IMAPIClientShutdown :
 * IUnknown".
 */
public interface IMAPIClientShutdown extends IUnknown {
  /**
   * S_OK when the client may exit without logging off; MAPI_E_NO_SUPPORT. Source: MAPI
   * "IMAPIClientShutdown::QueryFastShutdown".
   */
  int queryFastShutdown();

  /**
   * The client is about to exit; nothing may be lost. Source: MAPI
   * "IMAPIClientShutdown::NotifyProcessShutdown".
   */
  int notifyProcessShutdown();

  /**
   * The client exits now. MAPI_E_NO_SUPPORT. Source: MAPI "IMAPIClientShutdown::DoFastShutdown".
   */
  int doFastShutdown();
}
