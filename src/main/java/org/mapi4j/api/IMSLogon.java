package org.mapi4j.api;

import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;

/** A logon to a message store. Source: MAPI "IMSLogon : IUnknown". */
public interface IMSLogon extends IUnknown {
  /**
   * Detail about the last failure with that code, or null. Flags: MAPI_UNICODE. Source: MAPI
   * "IMSLogon::GetLastError".
   */
  MapiResult<MAPIERROR> getLastError(int hResult, int ulFlags);

  /** Ends the logon. Flags: 0. Source: MAPI "IMSLogon::Logoff". */
  int logoff(int lpulFlags);

  /**
   * Opens an object. Flags: MAPI_BEST_ACCESS, MAPI_DEFERRED_ERRORS, MAPI_MODIFY. MAPI_E_NO_ACCESS,
   * MAPI_E_NOT_FOUND, MAPI_E_UNKNOWN_ENTRYID. Source: MAPI "IMSLogon::OpenEntry".
   *
   * @param lpInterface the interface wanted; null for the standard one
   */
  MapiResult<OpenedEntry> openEntry(Bytes lpEntryID, Guid lpInterface, int ulFlags);

  /**
   * True when two identifiers name one object. Flags: 0. MAPI_E_UNKNOWN_ENTRYID. Source: MAPI
   * "IMSLogon::CompareEntryIDs".
   */
  MapiResult<Boolean> compareEntryIDs(Bytes lpEntryID1, Bytes lpEntryID2, int ulFlags);

  /**
   * Registers a sink for events of an object; the value is a connection number. MAPI_E_NO_SUPPORT.
   * Source: MAPI "IMSLogon::Advise".
   */
  MapiResult<Long> advise(Bytes lpEntryID, int ulEventMask, IMAPIAdviseSink lpAdviseSink);

  /** Ends a registration. Source: MAPI "IMSLogon::Unadvise". */
  int unadvise(long ulConnection);

  /**
   * Opens the status object of this logon. Flags: MAPI_MODIFY. MAPI_E_NO_SUPPORT. Source: MAPI
   * "IMSLogon::OpenStatusEntry".
   */
  MapiResult<OpenedStatus> openStatusEntry(Guid lpInterface, int ulFlags);
}
