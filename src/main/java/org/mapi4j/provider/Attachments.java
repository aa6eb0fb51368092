package org.mapi4j.provider;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The attachments of an open message as saved at attachment level, each with a version of its own:
 * the rule between handles of one attachment. Guarded by the message's lock.
 */
final class Attachments {
  private final TreeMap<Integer, Slot> slots = new TreeMap<>();
  private int next;

  /** An attachment and how often it was saved through this message handle. */
  record Slot(MessageImage.Attachment image, long version) {}

  Attachments(MessageImage saved) {
    saved
        .attachments()
        .forEach(attachment -> slots.put(attachment.number(), new Slot(attachment, 1)));
    next = saved.attachNext();
  }

  /** The attachment with a number, or null. */
  Slot get(int number) {
    return slots.get(number);
  }

  int size() {
    return slots.size();
  }

  /** A number that was not used. */
  int newNumber() {
    return next++;
  }

  int next() {
    return next;
  }

  void put(MessageImage.Attachment image, long version) {
    slots.put(image.number(), new Slot(image, version));
  }

  @CanIgnoreReturnValue
  boolean remove(int number) {
    return slots.remove(number) != null;
  }

  List<MessageImage.Attachment> freeze() {
    List<MessageImage.Attachment> images = new ArrayList<>(slots.size());
    slots.values().forEach(slot -> images.add(slot.image()));
    return images;
  }
}
