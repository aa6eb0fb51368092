package org.mapi4j.api;

import java.util.List;
import org.mapi4j.types.ADRENTRY;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRowSet;

/** The address book of a session, all providers as one. Source: MAPI "IAddrBook : IMAPIProp". */
public interface IAddrBook extends IMAPIProp {
  /**
   * Opens an object. Flags: MAPI_BEST_ACCESS, MAPI_DEFERRED_ERRORS, MAPI_MODIFY. MAPI_E_NO_ACCESS,
   * MAPI_E_NOT_FOUND, MAPI_E_UNKNOWN_ENTRYID. Source: MAPI "IAddrBook::OpenEntry".
   *
   * @param lpInterface the interface wanted; null for the standard one
   */
  MapiResult<OpenedEntry> openEntry(Bytes lpEntryID, Guid lpInterface, int ulFlags);

  /**
   * True when two identifiers name one object. Flags: 0. MAPI_E_UNKNOWN_ENTRYID. Source: MAPI
   * "IAddrBook::CompareEntryIDs".
   */
  MapiResult<Boolean> compareEntryIDs(Bytes lpEntryID1, Bytes lpEntryID2, int ulFlags);

  /**
   * Registers a sink for events of an object; the value is a connection number. MAPI_E_NO_SUPPORT.
   * Source: MAPI "IAddrBook::Advise".
   */
  MapiResult<Long> advise(Bytes lpEntryID, int ulEventMask, IMAPIAdviseSink lpAdviseSink);

  /** Ends a registration. Source: MAPI "IAddrBook::Unadvise". */
  int unadvise(long ulConnection);

  /**
   * An entry identifier for a recipient that is in no address book. Flags: MAPI_SEND_NO_RICH_INFO,
   * MAPI_UNICODE. Source: MAPI "IAddrBook::CreateOneOff".
   */
  MapiResult<Bytes> createOneOff(
      String lpszName, String lpszAdrType, String lpszAddress, int ulFlags);

  /**
   * Lets the user make a new entry; the value is its identifier. Flags: MAPI_UNICODE. Source: MAPI
   * "IAddrBook::NewEntry".
   *
   * @param lpEIDContainer where it goes; null for a one-off entry
   * @param lpEIDNewEntryTpl its template; null lets the user choose
   */
  MapiResult<Bytes> newEntry(
      long ulUIParam, int ulFlags, Bytes lpEIDContainer, Bytes lpEIDNewEntryTpl);

  /**
   * Resolves names; the value is the recipients, in-out. Flags: AB_UNICODEUI, MAPI_CACHE_ONLY,
   * MAPI_DIALOG, MAPI_UNICODE. MAPI_E_AMBIGUOUS_RECIP, MAPI_E_NOT_FOUND. Source: MAPI
   * "IAddrBook::ResolveName".
   */
  MapiResult<ADRLIST> resolveName(
      long ulUIParam, int ulFlags, String lpszNewEntryTitle, ADRLIST lpAdrList);

  /** Shows the common address dialog. MAPI_E_USER_CANCEL. Source: MAPI "IAddrBook::Address". */
  MapiResult<IMAPISupport.Addressed> address(
      long lpulUIParam, ADRPARM lpAdrParms, ADRLIST lppAdrList);

  /**
   * Shows the details of an entry; the value is the window of a modeless dialog. Flags:
   * AB_TELL_DETAILS_CHANGE, DIALOG_MODAL, DIALOG_SDI, MAPI_UNICODE. S_FALSE where the change was
   * asked for and nothing changed. Source: MAPI "IAddrBook::Details".
   */
  MapiResult<Long> details(
      long lpulUIParam,
      DISMISSMODELESS lpfnDismiss,
      Object lpvDismissContext,
      Bytes lpEntryID,
      LPFNBUTTON lpfButtonCallback,
      Object lpvButtonContext,
      String lpszButtonText,
      int ulFlags);

  /** Shows the options of a recipient; the value is the recipient, in-out. Source: mapix.h. */
  MapiResult<ADRENTRY> recipOptions(long ulUIParam, int ulFlags, ADRENTRY lpRecip);

  /**
   * Default values of the recipient options of an address type. Flags: MAPI_UNICODE. Source:
   * mapix.h.
   */
  MapiResult<List<SPropValue>> queryDefaultRecipOpt(String lpszAdrType, int ulFlags);

  /** The personal address book. Source: MAPI "IAddrBook::GetPAB". */
  MapiResult<Bytes> getPAB();

  /** Makes a container the personal address book. Source: MAPI "IAddrBook::SetPAB". */
  int setPAB(Bytes lpEntryID);

  /** The container that the address dialog shows first. Source: MAPI "IAddrBook::GetDefaultDir". */
  MapiResult<Bytes> getDefaultDir();

  /**
   * Sets the container that the address dialog shows first. Source: MAPI
   * "IAddrBook::SetDefaultDir".
   */
  int setDefaultDir(Bytes lpEntryID);

  /**
   * The containers in which names are looked up, in order. Flags: MAPI_UNICODE. Source: MAPI
   * "IAddrBook::GetSearchPath".
   */
  MapiResult<SRowSet> getSearchPath(int ulFlags);

  /**
   * Sets the containers in which names are looked up. Flags: 0. MAPI_E_MISSING_REQUIRED_COLUMN
   * without a PR_ENTRYID. Source: MAPI "IAddrBook::SetSearchPath".
   */
  int setSearchPath(int ulFlags, SRowSet lpSearchPath);

  /**
   * Completes recipients with properties; the value is the recipients, in-out. Flags:
   * MAPI_CACHE_ONLY. Source: MAPI "IAddrBook::PrepareRecips".
   */
  MapiResult<ADRLIST> prepareRecips(int ulFlags, SPropTagArray lpPropTagArray, ADRLIST lpRecipList);
}
