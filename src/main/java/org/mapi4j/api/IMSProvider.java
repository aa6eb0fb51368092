package org.mapi4j.api;

import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;

/** What a message store provider gives MAPI first. Source: MAPI "IMSProvider : IUnknown". */
public interface IMSProvider extends IUnknown {
  /**
   * Outputs of {@link #logon}: data that lets the spooler log on to the same store, an error or
   * null, the logon, the store.
   */
  record Logon(
      Bytes lppbSpoolSecurity, MAPIERROR lppMAPIError, IMSLogon lppMSLogon, IMsgStore lppMDB) {}

  /** Outputs of {@link #spoolerLogon}: an error or null, the logon, the store. */
  record SpoolerLogon(MAPIERROR lppMAPIError, IMSLogon lppMSLogon, IMsgStore lppMDB) {}

  /** MAPI is done with the provider. Flags: 0. Source: MAPI "IMSProvider::Shutdown". */
  int shutdown(int lpulFlags);

  /**
   * Logs on to a store. Flags: MAPI_DEFERRED_ERRORS, MAPI_UNICODE, MDB_NO_DIALOG, MDB_NO_MAIL,
   * MDB_TEMPORARY, MDB_WRITE. MAPI_E_FAILONEPROVIDER, MAPI_E_LOGON_FAILED, MAPI_E_UNCONFIGURED,
   * MAPI_E_USER_CANCEL, MAPI_E_UNKNOWN_CPID, MAPI_E_UNKNOWN_LCID, MAPI_W_ERRORS_RETURNED. Source:
   * MAPI "IMSProvider::Logon".
   *
   * @param lpEntryID the store; null when none was chosen yet
   * @param lpInterface the interface wanted; null for IMsgStore
   */
  MapiResult<Logon> logon(
      IMAPISupport lpMAPISup,
      long ulUIParam,
      String lpszProfileName,
      Bytes lpEntryID,
      int ulFlags,
      Guid lpInterface);

  /**
   * Logs the spooler on to the same store. Flags: MAPI_DEFERRED_ERRORS, MAPI_UNICODE,
   * MDB_NO_DIALOG, MDB_WRITE. MAPI_E_UNCONFIGURED, MAPI_W_ERRORS_RETURNED. Source: MAPI
   * "IMSProvider::SpoolerLogon".
   *
   * @param lpbSpoolSecurity the data of {@link Logon#lppbSpoolSecurity}
   */
  MapiResult<SpoolerLogon> spoolerLogon(
      IMAPISupport lpMAPISup,
      long ulUIParam,
      String lpszProfileName,
      Bytes lpEntryID,
      int ulFlags,
      Guid lpInterface,
      Bytes lpbSpoolSecurity);

  /**
   * True when two identifiers name one store. Flags: 0. Source: MAPI
   * "IMSProvider::CompareStoreIDs".
   */
  MapiResult<Boolean> compareStoreIDs(Bytes lpEntryID1, Bytes lpEntryID2, int ulFlags);
}
