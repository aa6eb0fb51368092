package org.mapi4j.api;

import org.mapi4j.types.Bytes;

/**
 * The state of a provider or of the session, as the status table lists it. PR_RESOURCE_METHODS
 * tells which methods it has; the others answer MAPI_E_NO_SUPPORT. Source: MAPI "IMAPIStatus :
 * IMAPIProp".
 */
public interface IMAPIStatus extends IMAPIProp {
  /**
   * Checks the state of the resource. Flags: ABORT_XP_HEADER_OPERATION, CONFIG_CHANGED,
   * FORCE_XP_CONNECT, FORCE_XP_DISCONNECT, PROCESS_XP_HEADER_CACHE, REFRESH_XP_HEADER_CACHE,
   * SUPPRESS_UI. MAPI_E_BUSY, MAPI_E_NO_SUPPORT, MAPI_E_USER_CANCEL. Source: MAPI
   * "IMAPIStatus::ValidateState".
   */
  int validateState(long ulUIParam, int ulFlags);

  /**
   * Shows the configuration property sheet. Flags: UI_READONLY. MAPI_E_NO_SUPPORT. Source: MAPI
   * "IMAPIStatus::SettingsDialog".
   */
  int settingsDialog(long ulUIParam, int ulFlags);

  /**
   * Changes the password. Flags: MAPI_UNICODE. MAPI_E_NO_ACCESS for a wrong old one,
   * MAPI_E_NO_SUPPORT. Source: MAPI "IMAPIStatus::ChangePassword".
   */
  int changePassword(String lpOldPass, String lpNewPass, int ulFlags);

  /**
   * Sends and fetches what is queued. Flags: FLUSH_ASYNC_OK, FLUSH_DOWNLOAD, FLUSH_FORCE,
   * FLUSH_NO_UI, FLUSH_UPLOAD. MAPI_E_BUSY, MAPI_E_NO_SUPPORT. Source: MAPI
   * "IMAPIStatus::FlushQueues".
   *
   * @param lpTargetTransport the transport, on the spooler's status object; else null
   */
  int flushQueues(long ulUIParam, Bytes lpTargetTransport, int ulFlags);
}
