package org.mapi4j.api;

import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SSortOrderSet;

/**
 * A folder. Not transacted: every call counts at once. Source: MAPI "IMAPIFolder : IMAPIContainer".
 */
public interface IMAPIFolder extends IMAPIContainer {
  /** A NULL entry list: every message of the folder. */
  ENTRYLIST ALL_MESSAGES = null;

  /**
   * A new message, visible to others after its SaveChanges. Flags: ITEMPROC_FORCE, MAPI_ASSOCIATED,
   * MAPI_DEFERRED_ERRORS. MAPI_E_NO_ACCESS, MAPI_E_OBJECT_DELETED, MAPI_E_INTERFACE_NOT_SUPPORTED.
   * Source: MAPI "IMAPIFolder::CreateMessage".
   */
  MapiResult<IMessage> createMessage(Guid lpInterface, int ulFlags);

  /**
   * Copies or moves messages. Flags: MAPI_DECLINE_OK, MESSAGE_DIALOG, MESSAGE_MOVE.
   * MAPI_W_PARTIAL_COMPLETION, MAPI_E_DECLINE_COPY, MAPI_E_NO_ACCESS. Source: MAPI
   * "IMAPIFolder::CopyMessages".
   */
  int copyMessages(
      ENTRYLIST lpMsgList,
      Guid lpInterface,
      IUnknown lpDestFolder,
      long ulUIParam,
      IMAPIProgress lpProgress,
      int ulFlags);

  /**
   * Deletes messages. Flags: DELETE_HARD_DELETE, MESSAGE_DIALOG. MAPI_W_PARTIAL_COMPLETION. Source:
   * MAPI "IMAPIFolder::DeleteMessages".
   */
  int deleteMessages(ENTRYLIST lpMsgList, long ulUIParam, IMAPIProgress lpProgress, int ulFlags);

  /**
   * Creates a subfolder. Flags: MAPI_DEFERRED_ERRORS, MAPI_UNICODE, OPEN_IF_EXISTS.
   * MAPI_E_BAD_CHARWIDTH, MAPI_E_COLLISION. Source: MAPI "IMAPIFolder::CreateFolder".
   *
   * @param ulFolderType FOLDER_GENERIC or FOLDER_SEARCH
   */
  MapiResult<IMAPIFolder> createFolder(
      int ulFolderType,
      String lpszFolderName,
      String lpszFolderComment,
      Guid lpInterface,
      int ulFlags);

  /**
   * Copies or moves a subfolder. Flags: COPY_SUBFOLDERS, FOLDER_DIALOG, FOLDER_MOVE,
   * MAPI_DECLINE_OK, MAPI_UNICODE. MAPI_E_COLLISION, MAPI_E_FOLDER_CYCLE,
   * MAPI_W_PARTIAL_COMPLETION, MAPI_E_NOT_FOUND. Source: MAPI "IMAPIFolder::CopyFolder".
   *
   * @param lpszNewFolderName the copy's name; null keeps the name
   */
  int copyFolder(
      Bytes lpEntryID,
      Guid lpInterface,
      IUnknown lpDestFolder,
      String lpszNewFolderName,
      long ulUIParam,
      IMAPIProgress lpProgress,
      int ulFlags);

  /**
   * Deletes a subfolder. Flags: DEL_FOLDERS, DEL_MESSAGES, DELETE_HARD_DELETE, FOLDER_DIALOG.
   * MAPI_E_HAS_FOLDERS, MAPI_E_HAS_MESSAGES, MAPI_W_PARTIAL_COMPLETION, MAPI_E_NOT_FOUND. Source:
   * MAPI "IMAPIFolder::DeleteFolder".
   */
  int deleteFolder(Bytes lpEntryID, long ulUIParam, IMAPIProgress lpProgress, int ulFlags);

  /**
   * Sets or clears the read flag of messages. Flags: CLEAR_READ_FLAG, CLEAR_NRN_PENDING,
   * CLEAR_RN_PENDING, GENERATE_RECEIPT_ONLY, MAPI_DEFERRED_ERRORS, MESSAGE_DIALOG,
   * SUPPRESS_RECEIPT. MAPI_E_NO_SUPPRESS, MAPI_W_PARTIAL_COMPLETION. Source: MAPI
   * "IMAPIFolder::SetReadFlags".
   *
   * @param lpMsgList the messages, or {@link #ALL_MESSAGES}
   */
  int setReadFlags(ENTRYLIST lpMsgList, long ulUIParam, IMAPIProgress lpProgress, int ulFlags);

  /**
   * The MSGSTATUS_ bits of a message. MAPI_E_NOT_FOUND. Source: MAPI
   * "IMAPIFolder::GetMessageStatus".
   */
  MapiResult<Integer> getMessageStatus(Bytes lpEntryID, int ulFlags);

  /**
   * Sets the MSGSTATUS_ bits that the mask names; answers the bits before. MAPI_E_NOT_FOUND,
   * MAPI_E_NO_ACCESS. Source: MAPI "IMAPIFolder::SetMessageStatus".
   */
  MapiResult<Integer> setMessageStatus(Bytes lpEntryID, int ulNewStatus, int ulNewStatusMask);

  /**
   * Keeps a sort order as the default of this folder's contents tables. Flags: RECURSIVE_SORT.
   * MAPI_E_NO_SUPPORT. Source: MAPI "IMAPIFolder::SaveContentsSort".
   */
  int saveContentsSort(SSortOrderSet lpSortCriteria, int ulFlags);

  /**
   * Deletes all messages and subfolders. Flags: DEL_ASSOCIATED, DELETE_HARD_DELETE, FOLDER_DIALOG.
   * MAPI_W_PARTIAL_COMPLETION. Source: MAPI "IMAPIFolder::EmptyFolder".
   */
  int emptyFolder(long ulUIParam, IMAPIProgress lpProgress, int ulFlags);
}
