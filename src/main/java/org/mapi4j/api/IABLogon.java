package org.mapi4j.api;

import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;

/** A logon to an address book provider. Source: MAPI "IABLogon : IUnknown". */
public interface IABLogon extends IUnknown {
  /**
   * Detail about the last failure with that code, or null. Flags: MAPI_UNICODE. Source: MAPI
   * "IABLogon::GetLastError".
   */
  MapiResult<MAPIERROR> getLastError(int hResult, int ulFlags);

  /** Ends the logon. Flags: 0. Source: MAPI "IABLogon::Logoff". */
  int logoff(int ulFlags);

  /**
   * Opens an object. Flags: MAPI_BEST_ACCESS, MAPI_DEFERRED_ERRORS, MAPI_MODIFY. MAPI_E_NO_ACCESS,
   * MAPI_E_NOT_FOUND, MAPI_E_UNKNOWN_ENTRYID. Source: MAPI "IABLogon::OpenEntry".
   *
   * @param lpInterface the interface wanted; null for the standard one
   */
  MapiResult<OpenedEntry> openEntry(Bytes lpEntryID, Guid lpInterface, int ulFlags);

  /**
   * True when two identifiers name one object. Flags: 0. MAPI_E_UNKNOWN_ENTRYID. Source: MAPI
   * "IABLogon::CompareEntryIDs".
   */
  MapiResult<Boolean> compareEntryIDs(Bytes lpEntryID1, Bytes lpEntryID2, int ulFlags);

  /**
   * Registers a sink for events of an object; the value is a connection number. MAPI_E_NO_SUPPORT.
   * Source: MAPI "IABLogon::Advise".
   */
  MapiResult<Long> advise(Bytes lpEntryID, int ulEventMask, IMAPIAdviseSink lpAdviseSink);

  /** Ends a registration. Source: MAPI "IABLogon::Unadvise". */
  int unadvise(long ulConnection);

  /**
   * Opens the status object of this logon. Flags: MAPI_MODIFY. MAPI_E_NO_SUPPORT. Source: MAPI
   * "IABLogon::OpenStatusEntry".
   */
  MapiResult<OpenedStatus> openStatusEntry(Guid lpInterface, int ulFlags);

  /**
   * Binds an entry copied from a foreign provider to the code of that provider. Flags: FILL_ENTRY.
   * MAPI_E_UNKNOWN_ENTRYID. Source: MAPI "IABLogon::OpenTemplateID".
   *
   * @param lpMAPIPropData access to the copied entry, read/write
   * @param lpMAPIPropSibling null
   */
  MapiResult<IMAPIProp> openTemplateID(
      Bytes lpTemplateID,
      int ulTemplateFlags,
      IMAPIProp lpMAPIPropData,
      Guid lpInterface,
      IMAPIProp lpMAPIPropSibling);

  /**
   * The table of templates for one-off entries. Flags: MAPI_UNICODE. Source: MAPI
   * "IABLogon::GetOneOffTable".
   */
  MapiResult<IMAPITable> getOneOffTable(int ulFlags);

  /**
   * Completes recipients with properties; the value is the recipients, in-out. Source: MAPI
   * "IABLogon::PrepareRecips".
   */
  MapiResult<ADRLIST> prepareRecips(int ulFlags, SPropTagArray lpPropTagArray, ADRLIST lpRecipList);
}
