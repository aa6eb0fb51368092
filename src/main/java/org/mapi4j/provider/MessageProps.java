package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.function.Function;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.EntryId;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/**
 * The computed properties of a message. Source: MAPI "IMessage : IMAPIProp", the pages of the
 * properties; ADR 0031.
 */
final class MessageProps {
  static final Computed<MessageObject> HANDLERS =
      new Computed<MessageObject>()
          .add(PR_OBJECT_TYPE, message -> MAPI_MESSAGE)
          .add(
              PR_ENTRYID,
              message ->
                  message.id() == null ? null : message.core.entryId(EntryId.MESSAGE, message.id()))
          .add(PR_RECORD_KEY, message -> message.id() == null ? null : message.id())
          .add(
              PR_PARENT_ENTRYID,
              message ->
                  message.id() == null
                      ? null
                      : message.core.entryId(EntryId.FOLDER, message.home().folder()))
          .add(PR_STORE_ENTRYID, message -> message.core.storeEntryId())
          .add(PR_STORE_RECORD_KEY, message -> message.core.uid())
          .add(PR_STORE_SUPPORT_MASK, message -> message.core.supportMask())
          .add(PR_MAPPING_SIGNATURE, message -> message.core.mappingSignature())
          .add(PR_ACCESS, MessageProps::access)
          .add(PR_ACCESS_LEVEL, message -> message.canWrite() ? MAPI_MODIFY : 0)
          .add(
              PR_MESSAGE_FLAGS,
              MessageProps::flags,
              (message, value) -> message.setFlags(value.asInt()))
          .add(PR_MSG_STATUS, message -> null)
          .add(PR_HASATTACH, message -> !message.base().attachments().isEmpty())
          .add(PR_CREATION_TIME, saved(PR_CREATION_TIME))
          .add(
              PR_LAST_MODIFICATION_TIME,
              saved(PR_LAST_MODIFICATION_TIME),
              MessageProps::setModificationTime)
          .add(PR_MESSAGE_SIZE, afterFirstSave(PR_MESSAGE_SIZE))
          .add(PR_DISPLAY_TO_W, displayNames(PR_DISPLAY_TO_W))
          .add(PR_DISPLAY_CC_W, displayNames(PR_DISPLAY_CC_W))
          .add(PR_DISPLAY_BCC_W, displayNames(PR_DISPLAY_BCC_W))
          .add(PR_NORMALIZED_SUBJECT_W, saved(PR_NORMALIZED_SUBJECT_W))
          .add(PR_MESSAGE_RECIPIENTS, message -> 0L)
          .add(PR_MESSAGE_ATTACHMENTS, message -> 0L);

  private MessageProps() {}

  /** A property that saves compute and the image keeps. */
  private static Function<MessageObject, Object> saved(int tag) {
    return message -> whole(message.base(), tag);
  }

  private static Function<MessageObject, Object> afterFirstSave(int tag) {
    return message -> message.isFresh() ? null : whole(message.base(), tag);
  }

  private static Function<MessageObject, Object> displayNames(int tag) {
    return message -> {
      Object names = whole(message.base(), tag);
      return names == null ? "" : names;
    };
  }

  private static Object whole(MessageImage image, int tag) {
    return image.props().get(PropTag.id(tag)) instanceof Stored.Whole whole
        ? whole.prop().value()
        : null;
  }

  private static Object access(MessageObject message) {
    return message.core.writable()
        ? MAPI_ACCESS_MODIFY | MAPI_ACCESS_READ | MAPI_ACCESS_DELETE
        : MAPI_ACCESS_READ;
  }

  private static Object flags(MessageObject message) {
    if (message.isFresh()) {
      return message.newFlags() | MSGFLAG_UNMODIFIED | message.home().flags() & MSGFLAG_ASSOCIATED;
    }
    return message.home().flags();
  }

  private static int setModificationTime(MessageObject message, SPropValue value) {
    if (!message.isFresh()) {
      return MAPI_E_COMPUTED;
    }
    message.setModificationTime(value.asTime());
    return S_OK;
  }

  /** What a new message begins with. */
  static MessageImage initial(Bytes searchKey, FILETIME now) {
    return new MessageImage(
        PropSet.of(
            List.of(
                new Stored.Whole(new SPropValue(PR_SEARCH_KEY, searchKey)),
                new Stored.Whole(new SPropValue(PR_CREATION_TIME, now)),
                new Stored.Whole(new SPropValue(PR_LAST_MODIFICATION_TIME, now)))),
        List.of(),
        List.of(),
        0);
  }
}
