package org.mapi4j.api;

import java.util.List;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropValue;

/**
 * A user's session: the stores, the address book and the status of a profile. Source: MAPI
 * "IMAPISession : IUnknown".
 */
public interface IMAPISession extends IUnknown {
  /**
   * Detail about the last failure with that code, or null. Flags: MAPI_UNICODE. Source: MAPI
   * "IMAPISession::GetLastError".
   */
  MapiResult<MAPIERROR> getLastError(int hResult, int ulFlags);

  /**
   * The table of the stores. Flags: MAPI_UNICODE. Source: MAPI "IMAPISession::GetMsgStoresTable".
   */
  MapiResult<IMAPITable> getMsgStoresTable(int ulFlags);

  /**
   * Opens a store. Flags: MAPI_BEST_ACCESS, MAPI_DEFERRED_ERRORS, MDB_NO_DIALOG, MDB_NO_MAIL,
   * MDB_ONLINE, MDB_TEMPORARY, MDB_WRITE. MAPI_E_NO_ACCESS, MAPI_E_NOT_FOUND,
   * MAPI_W_ERRORS_RETURNED. Source: MAPI "IMAPISession::OpenMsgStore".
   */
  MapiResult<IMsgStore> openMsgStore(
      long ulUIParam, Bytes lpEntryID, Guid lpInterface, int ulFlags);

  /**
   * Opens the address book. Flags: AB_NO_DIALOG. MAPI_W_ERRORS_RETURNED. Source: MAPI
   * "IMAPISession::OpenAddressBook".
   */
  MapiResult<IAddrBook> openAddressBook(long ulUIParam, Guid lpInterface, int ulFlags);

  /**
   * Opens a profile section. Flags: MAPI_DEFERRED_ERRORS, MAPI_FORCE_ACCESS, MAPI_MODIFY.
   * MAPI_E_NO_ACCESS, MAPI_E_NOT_FOUND. Source: MAPI "IMAPISession::OpenProfileSection".
   */
  MapiResult<IProfSect> openProfileSection(Guid lpUID, Guid lpInterface, int ulFlags);

  /** The status table. Flags: MAPI_UNICODE. Source: MAPI "IMAPISession::GetStatusTable". */
  MapiResult<IMAPITable> getStatusTable(int ulFlags);

  /**
   * Opens an object. Flags: MAPI_BEST_ACCESS, MAPI_DEFERRED_ERRORS, MAPI_MODIFY. MAPI_E_NO_ACCESS,
   * MAPI_E_NOT_FOUND, MAPI_E_UNKNOWN_ENTRYID. Source: MAPI "IMAPISession::OpenEntry".
   *
   * @param lpInterface the interface wanted; null for the standard one
   */
  MapiResult<OpenedEntry> openEntry(Bytes lpEntryID, Guid lpInterface, int ulFlags);

  /**
   * True when two identifiers name one object. Flags: 0. MAPI_E_UNKNOWN_ENTRYID. Source: MAPI
   * "IMAPISession::CompareEntryIDs".
   */
  MapiResult<Boolean> compareEntryIDs(Bytes lpEntryID1, Bytes lpEntryID2, int ulFlags);

  /**
   * Registers a sink for events of an object; the value is a connection number. MAPI_E_NO_SUPPORT.
   * Source: MAPI "IMAPISession::Advise".
   */
  MapiResult<Long> advise(Bytes lpEntryID, int ulEventMask, IMAPIAdviseSink lpAdviseSink);

  /** Ends a registration. Source: MAPI "IMAPISession::Unadvise". */
  int unadvise(long ulConnection);

  /** Shows the options of a message for an address type. Source: mapix.h. */
  int messageOptions(long ulUIParam, int ulFlags, String lpszAdrType, IMessage lpMessage);

  /**
   * Default values of the message options of an address type. Flags: MAPI_UNICODE. Source: mapix.h.
   */
  MapiResult<List<SPropValue>> queryDefaultMessageOpt(String lpszAdrType, int ulFlags);

  /**
   * The address types that the transports handle. Flags: MAPI_UNICODE. Source: MAPI
   * "IMAPISession::EnumAdrTypes".
   */
  MapiResult<List<String>> enumAdrTypes(int ulFlags);

  /**
   * The entry identifier of the user. MAPI_W_NO_SERVICE. Source: MAPI
   * "IMAPISession::QueryIdentity".
   */
  MapiResult<Bytes> queryIdentity();

  /**
   * Ends the session. Flags: MAPI_LOGOFF_SHARED, MAPI_LOGOFF_UI. Source: MAPI
   * "IMAPISession::Logoff".
   */
  int logoff(long ulUIParam, int ulFlags, int ulReserved);

  /**
   * Sets the default store; null for none. Flags: one of MAPI_DEFAULT_STORE, MAPI_PRIMARY_STORE,
   * MAPI_SECONDARY_STORE, MAPI_SIMPLE_STORE_PERMANENT, MAPI_SIMPLE_STORE_TEMPORARY. Source: MAPI
   * "IMAPISession::SetDefaultStore".
   */
  int setDefaultStore(int ulFlags, Bytes lpEntryID);

  /**
   * Administration of the message services of this profile. Flags: 0. Source: MAPI
   * "IMAPISession::AdminServices".
   */
  MapiResult<IMsgServiceAdmin> adminServices(int ulFlags);

  /**
   * Shows a message in its form. Flags: MAPI_NEW_MESSAGE, MAPI_POST_MESSAGE. MAPI_E_USER_CANCEL.
   * Source: MAPI "IMAPISession::ShowForm".
   *
   * @param ulMessageToken the value of {@link #prepareForm}
   * @param lpMessageSent null
   */
  int showForm(
      long ulUIParam,
      IMsgStore lpMsgStore,
      IMAPIFolder lpParentFolder,
      Guid lpInterface,
      long ulMessageToken,
      IMessage lpMessageSent,
      int ulFlags,
      int ulMessageStatus,
      int ulMessageFlags,
      int ulAccess,
      String lpszMessageClass);

  /**
   * A token for a message that {@link #showForm} shows. Source: MAPI "IMAPISession::PrepareForm".
   */
  MapiResult<Long> prepareForm(Guid lpInterface, IMessage lpMessage);
}
