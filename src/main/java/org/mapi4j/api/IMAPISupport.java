package org.mapi4j.api;

import java.util.List;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.NOTIFICATION;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/**
 * What MAPI offers a provider: notifications, profile sections, copying, dialogs, the spooler.
 * Source: MAPI "IMAPISupport : IUnknown".
 */
public interface IMAPISupport extends IUnknown {
  /**
   * Outputs of {@link #getMemAllocRoutines}: the addresses of MAPIAllocateBuffer, MAPIAllocateMore
   * and MAPIFreeBuffer; 0 where the host has no native memory.
   */
  record MemAllocRoutines(long lpAllocateBuffer, long lpAllocateMore, long lpFreeBuffer) {}

  /** Outputs of an Address, all in-out: the dialog's window, its parameters, the recipients. */
  record Addressed(long lpulUIParam, ADRPARM lpAdrParms, ADRLIST lppAdrList) {}

  /**
   * Detail about the last failure with that code, or null. Flags: MAPI_UNICODE. Source: MAPI
   * "IMAPISupport::GetLastError".
   */
  MapiResult<MAPIERROR> getLastError(int hResult, int ulFlags);

  /**
   * The routines that the session allocates memory with. Source: MAPI
   * "IMAPISupport::GetMemAllocRoutines".
   */
  MapiResult<MemAllocRoutines> getMemAllocRoutines();

  /**
   * Registers a sink for the events of a key; the value is a connection number. Flags: NOTIFY_SYNC.
   * Source: MAPI "IMAPISupport::Subscribe".
   */
  MapiResult<Long> subscribe(
      Bytes lpKey, int ulEventMask, int ulFlags, IMAPIAdviseSink lpAdviseSink);

  /** Ends a registration. MAPI_E_NOT_FOUND. Source: MAPI "IMAPISupport::Unsubscribe". */
  int unsubscribe(long ulConnection);

  /**
   * Sends events to the sinks of a key. Flags in: MAPI_UNICODE; out: NOTIFY_CANCELED. Source: MAPI
   * "IMAPISupport::Notify".
   */
  MapiResult<Integer> notify(Bytes lpKey, List<NOTIFICATION> lpNotifications, int lpulFlags);

  /**
   * Adds or changes the provider's row of the status table. Flags: STATUSROW_UPDATE. Source: MAPI
   * "IMAPISupport::ModifyStatusRow".
   */
  int modifyStatusRow(List<SPropValue> lpColumnVals, int ulFlags);

  /**
   * Opens a profile section. Flags: MAPI_DEFERRED_ERRORS, MAPI_MODIFY. MAPI_E_NO_ACCESS,
   * MAPI_E_NOT_FOUND. Source: MAPI "IMAPISupport::OpenProfileSection".
   *
   * @param lpUid the section; null for the caller's own
   */
  MapiResult<IProfSect> openProfileSection(Guid lpUid, int ulFlags);

  /**
   * Registers a transport's preprocessor for messages. Flags: 0. Source: MAPI
   * "IMAPISupport::RegisterPreprocessor".
   */
  int registerPreprocessor(
      Guid lpMuid,
      String lpszAdrType,
      String lpszDLLName,
      String lpszPreprocess,
      String lpszRemovePreprocessInfo,
      int ulFlags);

  /** A new unique identifier. Source: MAPI "IMAPISupport::NewUID". */
  MapiResult<Guid> newUID();

  /**
   * Makes every further call on an object fail. Flags: 0. Source: MAPI "IMAPISupport::MakeInvalid".
   */
  int makeInvalid(int ulFlags, IUnknown lpObject, int ulRefCount, int cMethods);

  /**
   * Gives the spooler time. Flags: 0. MAPI_W_CANCEL_MESSAGE asks to stop the delivery. Source: MAPI
   * "IMAPISupport::SpoolerYield".
   */
  int spoolerYield(int ulFlags);

  /**
   * Tells the spooler of an event. Flags: NOTIFY_CONFIG_CHANGE, NOTIFY_CRITICAL_ERROR,
   * NOTIFY_CRITSEC, NOTIFY_NEWMAIL, NOTIFY_NEWMAIL_RECEIVED, NOTIFY_NONCRIT, NOTIFY_READYTOSEND,
   * NOTIFY_SENTDEFERRED. Source: MAPI "IMAPISupport::SpoolerNotify".
   *
   * @param lpvData a NEWMAIL_NOTIFICATION with NOTIFY_NEWMAIL_RECEIVED, the entry identifier as
   *     {@link Bytes} with NOTIFY_SENTDEFERRED; else null
   */
  int spoolerNotify(int ulFlags, Object lpvData);

  /**
   * An entry identifier for a recipient that is in no address book. Flags: MAPI_SEND_NO_RICH_INFO,
   * MAPI_UNICODE. Source: MAPI "IMAPISupport::CreateOneOff".
   */
  MapiResult<Bytes> createOneOff(
      String lpszName, String lpszAdrType, String lpszAddress, int ulFlags);

  /**
   * Registers the UID of the entry identifiers that the provider makes. Flags: 0. Source: MAPI
   * "IMAPISupport::SetProviderUID".
   */
  int setProviderUID(Guid lpProviderID, int ulFlags);

  /**
   * True when two identifiers name one object. Flags: 0. MAPI_E_UNKNOWN_ENTRYID. Source: MAPI
   * "IMAPISupport::CompareEntryIDs".
   */
  MapiResult<Boolean> compareEntryIDs(Bytes lpEntry1, Bytes lpEntry2, int ulCompareFlags);

  /**
   * Binds an entry copied from a foreign provider to the code of that provider. Flags: FILL_ENTRY.
   * MAPI_E_UNKNOWN_ENTRYID. Source: MAPI "IMAPISupport::OpenTemplateID".
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
   * Opens an object. Flags: MAPI_BEST_ACCESS, MAPI_DEFERRED_ERRORS, MAPI_MODIFY. MAPI_E_NO_ACCESS,
   * MAPI_E_NOT_FOUND, MAPI_E_UNKNOWN_ENTRYID. Source: MAPI "IMAPISupport::OpenEntry".
   */
  MapiResult<OpenedEntry> openEntry(Bytes lpEntryID, Guid lpInterface, int ulOpenFlags);

  /**
   * The table of one-off templates. Flags: MAPI_UNICODE. Source: MAPI
   * "IMAPISupport::GetOneOffTable".
   */
  MapiResult<IMAPITable> getOneOffTable(int ulFlags);

  /** Shows the common address dialog. MAPI_E_USER_CANCEL. Source: MAPI "IMAPISupport::Address". */
  MapiResult<Addressed> address(long lpulUIParam, ADRPARM lpAdrParms, ADRLIST lppAdrList);

  /**
   * Shows the details of an entry; the value is the window of a modeless dialog. Flags:
   * AB_TELL_DETAILS_CHANGE, DIALOG_MODAL, DIALOG_SDI, MAPI_UNICODE. S_FALSE where the change was
   * asked for and nothing changed. Source: MAPI "IMAPISupport::Details".
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

  /**
   * Lets the user make a new entry; the value is its identifier. Flags: MAPI_UNICODE. Source: MAPI
   * "IMAPISupport::NewEntry".
   *
   * @param lpEIDContainer where it goes; null for a one-off entry
   * @param lpEIDNewEntryTpl its template; null lets the user choose
   */
  MapiResult<Bytes> newEntry(
      long ulUIParam, int ulFlags, Bytes lpEIDContainer, Bytes lpEIDNewEntryTpl);

  /**
   * Shows a property sheet built from a display table. Flags: 0. Source: MAPI
   * "IMAPISupport::DoConfigPropsheet".
   */
  int doConfigPropsheet(
      long ulUIParam,
      int ulFlags,
      String lpszTitle,
      IMAPITable lpDisplayTable,
      IMAPIProp lpCOnfigData,
      int ulTopPage);

  /**
   * Copies or moves messages for a store. Flags: MESSAGE_DIALOG, MESSAGE_MOVE. MAPI_E_USER_CANCEL,
   * MAPI_W_PARTIAL_COMPLETION. Source: MAPI "IMAPISupport::CopyMessages".
   */
  int copyMessages(
      Guid lpSrcInterface,
      IUnknown lpSrcFolder,
      ENTRYLIST lpMsgList,
      Guid lpDestInterface,
      IUnknown lpDestFolder,
      long ulUIParam,
      IMAPIProgress lpProgress,
      int ulFlags);

  /**
   * Copies or moves a folder for a store. Flags: COPY_SUBFOLDERS, FOLDER_DIALOG, FOLDER_MOVE,
   * MAPI_UNICODE. MAPI_E_COLLISION, MAPI_W_PARTIAL_COMPLETION. Source: MAPI
   * "IMAPISupport::CopyFolder".
   */
  int copyFolder(
      Guid lpSrcInterface,
      IUnknown lpSrcFolder,
      Bytes lpEntryID,
      Guid lpDestInterface,
      IUnknown lpDestFolder,
      String lszNewFolderName,
      long ulUIParam,
      IMAPIProgress lpProgress,
      int ulFlags);

  /**
   * Copies an object for a provider, as {@link IMAPIProp#copyTo}. Source: MAPI
   * "IMAPISupport::DoCopyTo".
   */
  MapiResult<List<SPropProblem>> doCopyTo(
      Guid lpSrcInterface,
      IUnknown lpSrcObj,
      List<Guid> rgiidExclude,
      SPropTagArray lpExcludeProps,
      long ulUIParam,
      IMAPIProgress lpProgress,
      Guid lpDestInterface,
      IUnknown lpDestObj,
      int ulFlags);

  /**
   * Copies properties for a provider, as {@link IMAPIProp#copyProps}. Source: MAPI
   * "IMAPISupport::DoCopyProps".
   */
  MapiResult<List<SPropProblem>> doCopyProps(
      Guid lpSrcInterface,
      IUnknown lpSrcObj,
      SPropTagArray lpIncludeProps,
      long ulUIParam,
      IMAPIProgress lpProgress,
      Guid lpDestInterface,
      IUnknown lpDestObj,
      int ulFlags);

  /** A progress indicator. Flags: MAPI_TOP_LEVEL. Source: MAPI "IMAPISupport::DoProgressDialog". */
  MapiResult<IMAPIProgress> doProgressDialog(long ulUIParam, int ulFlags);

  /**
   * Writes a read or nonread report into an empty message. Flags: MAPI_NON_READ. Source: MAPI
   * "IMAPISupport::ReadReceipt".
   */
  MapiResult<IMessage> readReceipt(int ulFlags, IMessage lpReadMessage, IMessage lppEmptyMessage);

  /** Prepares a message for sending. Flags: 0. Source: MAPI "IMAPISupport::PrepareSubmit". */
  MapiResult<Integer> prepareSubmit(IMessage lpMessage, int lpulFlags);

  /**
   * Expands personal distribution lists; the value is NEEDS_PREPROCESSING and NEEDS_SPOOLER.
   * Source: MAPI "IMAPISupport::ExpandRecips".
   */
  MapiResult<Integer> expandRecips(IMessage lpMessage);

  /** Adds the recipients of a message to the personal address book. Source: mapispi.h. */
  int updatePAB(int ulFlags, IMessage lpMessage);

  /**
   * Files a sent message as its properties ask. Flags: 0. Source: MAPI "IMAPISupport::DoSentMail".
   */
  int doSentMail(int ulFlags, IMessage lpMessage);

  /**
   * Opens the address book. Flags: AB_NO_DIALOG. MAPI_W_ERRORS_RETURNED. Source: MAPI
   * "IMAPISupport::OpenAddressBook".
   */
  MapiResult<IAddrBook> openAddressBook(Guid lpInterface, int ulFlags);

  /** Preprocesses a message. Source: mapispi.h. */
  int preprocess(int ulFlags, Bytes lpEntryID);

  /**
   * Does what follows after a message was sent. Flags: 0. Source: MAPI "IMAPISupport::CompleteMsg".
   */
  int completeMsg(int ulFlags, Bytes lpEntryID);

  /**
   * Logs transports off a store; LOGOFF_ flags in and out. Source: MAPI
   * "IMAPISupport::StoreLogoffTransports".
   */
  MapiResult<Integer> storeLogoffTransports(int lpulFlags);

  /**
   * Generates delivery reports for recipients. MAPI_W_ERRORS_RETURNED. Source: MAPI
   * "IMAPISupport::StatusRecips".
   */
  int statusRecips(IMessage lpMessage, ADRLIST lpRecipList);

  /**
   * A store's private entry identifier in the form that profiles keep. Source: MAPI
   * "IMAPISupport::WrapStoreEntryID".
   */
  MapiResult<Bytes> wrapStoreEntryID(Bytes lpOrigEntry);

  /**
   * Makes the changes to the profile section permanent. Flags: MDB_TEMPORARY. Source: MAPI
   * "IMAPISupport::ModifyProfile".
   */
  int modifyProfile(int ulFlags);

  /**
   * A storage over a stream. Flags: STGSTRM_CREATE, STGSTRM_CURRENT, STGSTRM_MODIFY, STGSTRM_RESET.
   * Source: MAPI "IMAPISupport::IStorageFromStream".
   */
  MapiResult<IUnknown> iStorageFromStream(IUnknown lpUnkIn, Guid lpInterface, int ulFlags);

  /**
   * A support object for the configuration of message services. Flags: 0. Source: MAPI
   * "IMAPISupport::GetSvcConfigSupportObj".
   */
  MapiResult<IMAPISupport> getSvcConfigSupportObj(int ulFlags);
}
