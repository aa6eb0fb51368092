package org.mapi4j.client;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiGuid.IID_IMessage;
import static org.mapi4j.types.MapiTags.PR_ATTACH_DATA_OBJ;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.mapi4j.api.IAttach;
import org.mapi4j.api.IMessage;

/** An attachment. Its content is {@link Tags#ATTACH_DATA}. Source: MAPI "IAttach : IMAPIProp". */
public final class Attachment extends Item {
  private final IAttach attachment;

  Attachment(IAttach attachment) {
    super(attachment);
    this.attachment = attachment;
  }

  /** A façade over an attachment. */
  public static Attachment of(IAttach attachment) {
    return new Attachment(attachment);
  }

  @Override
  public IAttach object() {
    return attachment;
  }

  /** Hands the edits to the message, whose save makes them permanent; it stays open for more. */
  @CanIgnoreReturnValue
  public Outcome save() {
    return Outcome.of(attachment.saveChanges(KEEP_OPEN_READWRITE), "IAttach::SaveChanges");
  }

  /** Opens the message that this attachment embeds, to read it. */
  public Message embedded() {
    return embedded(0);
  }

  /** A new embedded message; saved first, then the attachment, then the message around it. */
  public Message createEmbedded() {
    set(Tags.ATTACH_METHOD, ATTACH_EMBEDDED_MSG);
    return embedded(MAPI_CREATE | MAPI_MODIFY);
  }

  private Message embedded(int flags) {
    return new Message(
        MapiException.object(
            attachment.openProperty(PR_ATTACH_DATA_OBJ, IID_IMessage, 0, flags),
            IMessage.class,
            "IAttach::OpenProperty PR_ATTACH_DATA_OBJ"));
  }
}
