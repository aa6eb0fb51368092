package org.mapi4j.api;

/**
 * Fast shutdown of a client, as the provider sees it. Source: MAPI "IMAPIProviderShutdown :
 * IUnknown".
 */
public interface IMAPIProviderShutdown extends IUnknown {
  /**
   * S_OK when the client may exit without logging off; MAPI_E_NO_SUPPORT. Source: MAPI
   * "IMAPIProviderShutdown::QueryFastShutdown".
   */
  int queryFastShutdown();

  /**
   * The client is about to exit; nothing may be lost. Source: MAPI
   * "IMAPIProviderShutdown::NotifyProcessShutdown".
   */
  int notifyProcessShutdown();

  /**
   * The client exits now. MAPI_E_NO_SUPPORT. Source: MAPI "IMAPIProviderShutdown::DoFastShutdown".
   */
  int doFastShutdown();
}
