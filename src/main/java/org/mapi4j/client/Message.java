package org.mapi4j.client;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMessage;
import org.mapi4j.types.ADRENTRY;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropValue;

/**
 * A message: a transaction over its properties, recipients and attachments, of which others see
 * nothing before {@link #save}. Source: MAPI "IMessage : IMAPIProp".
 */
public final class Message extends Item {
  private final IMessage message;

  Message(IMessage message) {
    super(message);
    this.message = message;
  }

  /** A façade over a message. */
  public static Message of(IMessage message) {
    return new Message(message);
  }

  @Override
  public IMessage object() {
    return message;
  }

  /** The entry identifier, there from the first save on. */
  public Bytes entryId() {
    return get(Tags.ENTRYID).orElseThrow(() -> new MapiException(MAPI_E_NOT_FOUND, "PR_ENTRYID"));
  }

  /**
   * Makes the edits permanent; the message stays open for more. Throws {@link
   * ObjectChangedException} when someone else saved since it was opened: nothing is written then,
   * and the edits stay.
   */
  @CanIgnoreReturnValue
  public Outcome save() {
    return save(KEEP_OPEN_READWRITE);
  }

  /** As {@link #save}, but replaces what others saved meanwhile (FORCE_SAVE). */
  @CanIgnoreReturnValue
  public Outcome overwrite() {
    return save(KEEP_OPEN_READWRITE | FORCE_SAVE);
  }

  private Outcome save(int flags) {
    return Outcome.of(message.saveChanges(flags), "IMessage::SaveChanges");
  }

  /** The recipients, with PR_ROWID, type, name, address type, address and these columns. */
  public Rows recipients(Key<?>... columns) {
    Key<?>[] all = new Key<?>[columns.length + 4];
    all[0] = Tags.RECIPIENT_TYPE;
    all[1] = Tags.DISPLAY_NAME;
    all[2] = Tags.ADDRTYPE;
    all[3] = Tags.EMAIL_ADDRESS;
    System.arraycopy(columns, 0, all, 4, columns.length);
    return Rows.of(this, () -> message.getRecipientTable(MAPI_UNICODE), Tags.ROWID, all);
  }

  /**
   * Adds a recipient.
   *
   * @param type MAPI_TO, MAPI_CC or MAPI_BCC
   * @param addressType such as {@code "SMTP"}
   */
  public void addRecipient(int type, String name, String addressType, String address) {
    ADRENTRY entry =
        ADRENTRY.of(
            new SPropValue(PR_RECIPIENT_TYPE, type),
            new SPropValue(PR_DISPLAY_NAME_W, name),
            new SPropValue(PR_ADDRTYPE_W, addressType),
            new SPropValue(PR_EMAIL_ADDRESS_W, address));
    MapiException.require(
        message.modifyRecipients(MODRECIP_ADD, ADRLIST.of(entry)), "IMessage::ModifyRecipients");
  }

  /** Removes a row of {@link #recipients}. */
  public void removeRecipient(Row row) {
    int rowId = row.get(Tags.ROWID).orElseThrow();
    ADRENTRY entry = ADRENTRY.of(new SPropValue(PR_ROWID, rowId));
    MapiException.require(
        message.modifyRecipients(MODRECIP_REMOVE, ADRLIST.of(entry)), "IMessage::ModifyRecipients");
  }

  /** The attachments, with PR_ATTACH_NUM and these columns. */
  public Rows attachments(Key<?>... columns) {
    return Rows.of(this, () -> message.getAttachmentTable(MAPI_UNICODE), Tags.ATTACH_NUM, columns);
  }

  /** Opens a row of {@link #attachments}, for changes where the message allows them. */
  public Attachment attachment(Row row) {
    int number = row.get(Tags.ATTACH_NUM).orElseThrow();
    return new Attachment(
        MapiException.object(
            message.openAttach(number, null, MAPI_BEST_ACCESS),
            IAttach.class,
            "IMessage::OpenAttach"));
  }

  /**
   * A new attachment; it becomes part of the message by its own {@link Attachment#save}, and
   * permanent by the message's.
   */
  public Attachment createAttachment() {
    String operation = "IMessage::CreateAttach";
    var created = MapiException.require(message.createAttach(null, 0), operation);
    return new Attachment(MapiException.present(created.lppAttach(), operation));
  }

  /** Adds a file, saved at its own level. */
  public void attach(String fileName, Bytes content) {
    try (Attachment attachment = createAttachment()) {
      attachment.set(Tags.ATTACH_METHOD, ATTACH_BY_VALUE);
      attachment.set(Tags.ATTACH_LONG_FILENAME, fileName);
      attachment.set(Tags.ATTACH_DATA, content);
      attachment.save();
    }
  }

  /** Removes a row of {@link #attachments}. */
  public void removeAttachment(Row row) {
    int number = row.get(Tags.ATTACH_NUM).orElseThrow();
    MapiException.require(message.deleteAttach(number, 0, null, 0), "IMessage::DeleteAttach");
  }
}
