package org.mapi4j.provider;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mapi4j.types.FILETIME;
import org.mapi4j.types.PropSize;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/** The image that a save writes: what the handle shows, and what SaveChanges computes from it. */
final class SaveImage {
  private SaveImage() {}

  /**
   * @param modified PR_LAST_MODIFICATION_TIME of the save; null keeps what is there
   */
  static MessageImage of(MessageObject message, FILETIME modified) {
    TreeMap<Integer, Stored> props = message.presentProps();
    List<PropSet> recipients = message.recipients().freeze();
    List<MessageImage.Attachment> attachments = message.attachments().freeze();
    if (!(props.get(PropTag.id(PR_MESSAGE_CLASS_W)) instanceof Stored.Whole whole)
        || PropSize.of(whole.prop()) == 0) {
      put(props, PR_MESSAGE_CLASS_W, "IPM");
    }
    SubjectParts.compute(props);
    put(props, PR_DISPLAY_TO_W, Recipients.displayNames(recipients, MAPI_TO));
    put(props, PR_DISPLAY_CC_W, Recipients.displayNames(recipients, MAPI_CC));
    put(props, PR_DISPLAY_BCC_W, Recipients.displayNames(recipients, MAPI_BCC));
    if (modified != null) {
      put(props, PR_LAST_MODIFICATION_TIME, modified);
    }
    props.remove(PropTag.id(PR_MESSAGE_SIZE));
    long size = sizeOf(props.values());
    for (PropSet recipient : recipients) {
      size += sizeOf(recipient);
    }
    for (MessageImage.Attachment attachment : attachments) {
      size +=
          sizeOf(attachment.props())
              + (attachment.embedded() == null ? 0 : sizeOf(attachment.embedded().props()));
    }
    put(props, PR_MESSAGE_SIZE, (int) Math.min(Integer.MAX_VALUE, size));
    return new MessageImage(
        PropSet.of(props.values()), recipients, attachments, message.attachments().next());
  }

  /** Bytes of the values. */
  static long sizeOf(PropSet props) {
    long size = 0;
    for (int i = 0; i < props.size(); i++) {
      size += sizeOf(props.at(i));
    }
    return size;
  }

  private static long sizeOf(Iterable<Stored> props) {
    long size = 0;
    for (Stored prop : props) {
      size += sizeOf(prop);
    }
    return size;
  }

  private static long sizeOf(Stored prop) {
    return prop instanceof Stored.Large large
        ? large.blob().size()
        : PropSize.of(((Stored.Whole) prop).prop());
  }

  private static void put(Map<Integer, Stored> props, int tag, Object value) {
    props.put(PropTag.id(tag), new Stored.Whole(new SPropValue(tag, value)));
  }
}
