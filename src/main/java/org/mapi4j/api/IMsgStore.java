package org.mapi4j.api;

import org.mapi4j.types.Bytes;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.NOTIFICATION;

/**
 * A message store. Not transacted. The last four methods are the spooler's. Source: MAPI "IMsgStore
 * : IMAPIProp".
 */
public interface IMsgStore extends IMAPIProp {
  /** A NULL entry identifier: the root folder. */
  Bytes ROOT_FOLDER = null;

  /**
   * Outputs of {@link #getReceiveFolder}: the folder, and the class that explicitly names it (""
   * for the default).
   */
  record ReceiveFolder(Bytes lppEntryID, String lppszExplicitClass) {}

  /**
   * Registers a sink for events of an object, or of the whole store with a null identifier.
   * MAPI_E_NO_SUPPORT. Source: MAPI "IMsgStore::Advise".
   */
  MapiResult<Long> advise(Bytes lpEntryID, int ulEventMask, IMAPIAdviseSink lpAdviseSink);

  /** Ends a registration. Source: MAPI "IMsgStore::Unadvise". */
  int unadvise(long ulConnection);

  /**
   * True when two identifiers name one object. Flags: 0. MAPI_E_UNKNOWN_ENTRYID. Source: MAPI
   * "IMsgStore::CompareEntryIDs".
   */
  MapiResult<Boolean> compareEntryIDs(Bytes lpEntryID1, Bytes lpEntryID2, int ulFlags);

  /**
   * Opens a folder or message. Flags: MAPI_BEST_ACCESS, MAPI_DEFERRED_ERRORS, MAPI_MODIFY,
   * MAPI_NO_CACHE, SHOW_SOFT_DELETES. MAPI_E_NO_ACCESS, MAPI_E_NOT_FOUND, MAPI_E_UNKNOWN_ENTRYID,
   * MAPI_E_SUBMITTED. Source: MAPI "IMsgStore::OpenEntry".
   *
   * @param lpEntryID the object, or {@link #ROOT_FOLDER}
   * @param lpInterface the interface wanted; null for the standard one
   */
  MapiResult<OpenedEntry> openEntry(Bytes lpEntryID, Guid lpInterface, int ulFlags);

  /**
   * Associates a message class with a folder for incoming messages; null identifier removes. Flags:
   * MAPI_UNICODE. Source: MAPI "IMsgStore::SetReceiveFolder".
   */
  int setReceiveFolder(String lpszMessageClass, int ulFlags, Bytes lpEntryID);

  /**
   * The folder for incoming messages of a class. Flags: MAPI_UNICODE. Source: MAPI
   * "IMsgStore::GetReceiveFolder".
   */
  MapiResult<ReceiveFolder> getReceiveFolder(String lpszMessageClass, int ulFlags);

  /**
   * The table of associations. Flags: MAPI_UNICODE, MAPI_DEFERRED_ERRORS. Source: MAPI
   * "IMsgStore::GetReceiveFolderTable".
   */
  MapiResult<IMAPITable> getReceiveFolderTable(int ulFlags);

  /** Announces the end of use; LOGOFF_ flags in and out. Source: MAPI "IMsgStore::StoreLogoff". */
  MapiResult<Integer> storeLogoff(int lpulFlags);

  /**
   * Takes a message back from the outgoing queue. MAPI_E_NOT_IN_QUEUE, MAPI_E_UNABLE_TO_ABORT.
   * Source: MAPI "IMsgStore::AbortSubmit".
   */
  int abortSubmit(Bytes lpEntryID, int ulFlags);

  /** The outgoing queue. Source: MAPI "IMsgStore::GetOutgoingQueue". */
  MapiResult<IMAPITable> getOutgoingQueue(int ulFlags);

  /**
   * Locks or unlocks a message for the spooler: MSG_LOCKED, MSG_UNLOCKED. Source: MAPI
   * "IMsgStore::SetLockState".
   */
  int setLockState(IMessage lpMessage, int ulLockState);

  /** The spooler is done with a message. Source: MAPI "IMsgStore::FinishedMsg". */
  int finishedMsg(int ulFlags, Bytes lpEntryID);

  /** Tells the store of a newly arrived message. Source: MAPI "IMsgStore::NotifyNewMail". */
  int notifyNewMail(NOTIFICATION lpNotification);
}
