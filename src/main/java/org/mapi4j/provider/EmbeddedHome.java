package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import org.mapi4j.types.Bytes;
import org.mapi4j.types.MapiTags;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/**
 * A message in an attachment: its SaveChanges hands it to the attachment, by the same rule of
 * versions.
 */
final class EmbeddedHome implements MessageHome {
  private final MessageObject message;
  private final AttachObject attach;
  private final int depth;
  private long version;

  EmbeddedHome(MessageObject message, AttachObject attach, int depth) {
    this.message = message;
    this.attach = attach;
    this.depth = depth;
    this.version = attach.embeddedVersion();
    attach.retain();
  }

  @Override
  public Bytes id() {
    return null;
  }

  @Override
  public Bytes folder() {
    return null;
  }

  @Override
  public int flags() {
    return message.base().props().get(PropTag.id(MapiTags.PR_MESSAGE_FLAGS))
            instanceof Stored.Whole whole
        ? MessageFlags.shown(whole.prop().asInt(), 1, message.base())
        : 0;
  }

  @Override
  public int save(int flags) {
    return message.call(
        () -> {
          if (!message.canWrite() || !attach.canWrite()) {
            return MAPI_E_NO_ACCESS;
          }
          int settled = message.streams().settle();
          if (settled < 0) {
            return settled;
          }
          if (!message.isFresh() && attach.embedded() == null) {
            return MAPI_E_OBJECT_DELETED;
          }
          if (message.isEdited()) {
            if (attach.embeddedVersion() != version && (flags & FORCE_SAVE) == 0) {
              return message.because(
                  MAPI_E_OBJECT_CHANGED,
                  "the embedded message was saved through another handle since it was opened");
            }
            MessageImage image =
                withFlags(SaveImage.of(message, message.isFresh() ? null : message.core.now()));
            attach.embeddedSaved(image);
            version = attach.embeddedVersion();
            message.saved(image);
          }
          message.keepOpen(flags);
          return S_OK;
        });
  }

  /** An embedded message has no row for its flags: the image keeps them. */
  private MessageImage withFlags(MessageImage image) {
    int flags =
        message.isFresh() ? message.newFlags() | MSGFLAG_UNMODIFIED : flags() & ~MSGFLAG_UNMODIFIED;
    return image.with(new SPropValue(MapiTags.PR_MESSAGE_FLAGS, flags));
  }

  @Override
  public int setReadFlag(int flags) {
    return MAPI_E_NO_SUPPORT;
  }

  @Override
  public void edited() {}

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public void outlived() {}

  @Override
  public void released() {
    attach.letGo();
  }
}
