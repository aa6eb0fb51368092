package org.mapi4j.provider;

import static org.mapi4j.types.MapiTags.*;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;

/**
 * Properties that the store itself reads, so that another type than theirs is
 * MAPI_E_UNEXPECTED_TYPE. All others take the type they are given.
 */
final class FixedTypes {
  private static final Map<Integer, Integer> TYPES =
      IntStream.of(
              PR_MESSAGE_CLASS_W,
              PR_SUBJECT_W,
              PR_SUBJECT_PREFIX_W,
              PR_CONVERSATION_TOPIC_W,
              PR_DISPLAY_NAME_W,
              PR_COMMENT_W,
              PR_SEARCH_KEY,
              PR_MESSAGE_FLAGS,
              PR_ATTACH_METHOD,
              PR_RENDERING_POSITION,
              PR_LAST_MODIFICATION_TIME,
              PR_IMPORTANCE,
              PR_PRIORITY,
              PR_SENSITIVITY,
              PR_MESSAGE_DELIVERY_TIME,
              PR_CLIENT_SUBMIT_TIME,
              PR_RTF_COMPRESSED,
              PR_BODY_W,
              PR_READ_RECEIPT_REQUESTED,
              PR_NON_RECEIPT_NOTIFICATION_REQUESTED,
              PR_DELETE_AFTER_SUBMIT,
              PR_SENTMAIL_ENTRYID)
          .boxed()
          .collect(Collectors.toUnmodifiableMap(PropTag::id, PropTag::type));

  private FixedTypes() {}

  static boolean allows(int tag) {
    Integer type = TYPES.get(PropTag.id(tag));
    return type == null || PropType.sameButWidth(type, PropTag.type(tag));
  }
}
