package org.mapi4j.api;

import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiResult;

/**
 * A message: a transaction over its properties, recipients and attachments. Source: MAPI "IMessage
 * : IMAPIProp".
 */
public interface IMessage extends IMAPIProp {
  /** Outputs of {@link #createAttach}: its number and the attachment. */
  record CreatedAttach(int lpulAttachmentNum, IAttach lppAttach) {}

  /**
   * The attachments. Flags: MAPI_UNICODE, MAPI_DEFERRED_ERRORS. Source: MAPI
   * "IMessage::GetAttachmentTable".
   */
  MapiResult<IMAPITable> getAttachmentTable(int ulFlags);

  /**
   * Opens an attachment by PR_ATTACH_NUM. Flags: MAPI_MODIFY, MAPI_BEST_ACCESS,
   * MAPI_DEFERRED_ERRORS. MAPI_E_NOT_FOUND, MAPI_E_NO_ACCESS, MAPI_E_INTERFACE_NOT_SUPPORTED.
   * Source: MAPI "IMessage::OpenAttach".
   */
  MapiResult<IAttach> openAttach(int ulAttachmentNum, Guid lpInterface, int ulFlags);

  /**
   * A new attachment, part of the message after its own SaveChanges. Flags: MAPI_DEFERRED_ERRORS.
   * MAPI_E_NO_ACCESS, MAPI_E_TOO_BIG for one too many, MAPI_E_INTERFACE_NOT_SUPPORTED. Source: MAPI
   * "IMessage::CreateAttach".
   */
  MapiResult<CreatedAttach> createAttach(Guid lpInterface, int ulFlags);

  /**
   * Removes an attachment. Flags: ATTACH_DIALOG. MAPI_E_NOT_FOUND, MAPI_E_NO_ACCESS. Source: MAPI
   * "IMessage::DeleteAttach".
   */
  int deleteAttach(int ulAttachmentNum, long ulUIParam, IMAPIProgress lpProgress, int ulFlags);

  /**
   * The recipients. Flags: MAPI_UNICODE, MAPI_DEFERRED_ERRORS. Source: MAPI
   * "IMessage::GetRecipientTable".
   */
  MapiResult<IMAPITable> getRecipientTable(int ulFlags);

  /**
   * Changes recipients. Flags: 0 (replace all), or one of MODRECIP_ADD, MODRECIP_MODIFY,
   * MODRECIP_REMOVE. MAPI_E_INVALID_PARAMETER for a PR_ROWID that is missing, unknown or out of
   * place and for a PT_NULL value, MAPI_E_NO_ACCESS, MAPI_E_TOO_BIG; then nothing changes. Source:
   * MAPI "IMessage::ModifyRecipients".
   */
  int modifyRecipients(int ulFlags, ADRLIST lpMods);

  /**
   * Queues the message for sending. Flags: FORCE_SUBMIT. MAPI_E_NO_RECIPIENTS,
   * MAPI_E_OBJECT_CHANGED, MAPI_E_NO_SUPPORT. Source: MAPI "IMessage::SubmitMessage".
   */
  int submitMessage(int ulFlags);

  /**
   * Sets or clears the read flag, at once. Flags: CLEAR_READ_FLAG, CLEAR_NRN_PENDING,
   * CLEAR_RN_PENDING, GENERATE_RECEIPT_ONLY, MAPI_DEFERRED_ERRORS, SUPPRESS_RECEIPT.
   * MAPI_E_NO_SUPPRESS, MAPI_E_INVALID_PARAMETER for CLEAR_READ_FLAG with another receipt flag,
   * MAPI_E_NO_ACCESS, MAPI_E_OBJECT_DELETED. Source: MAPI "IMessage::SetReadFlag".
   */
  int setReadFlag(int ulFlags);
}
