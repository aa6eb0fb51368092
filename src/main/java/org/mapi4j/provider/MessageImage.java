package org.mapi4j.provider;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A whole message, all of one version: properties, recipients, attachments with their embedded
 * messages. Values over the inline limit are references to blobs.
 *
 * @param attachNext the number the next attachment gets; numbers are not used twice
 */
record MessageImage(
    PropSet props, List<PropSet> recipients, List<Attachment> attachments, int attachNext) {
  static final MessageImage EMPTY = new MessageImage(PropSet.EMPTY, List.of(), List.of(), 0);

  MessageImage {
    recipients = List.copyOf(recipients);
    attachments = List.copyOf(attachments);
  }

  /** An attachment. @param embedded the message in it, or null */
  record Attachment(int number, PropSet props, MessageImage embedded) {}

  /** Every blob that this message and those embedded in it reference. */
  List<BlobRef> blobs() {
    Set<BlobRef> found = new HashSet<>();
    visitBlobs(found::add);
    return new ArrayList<>(found);
  }

  /** True when some value is kept outside the image. */
  boolean hasBlobs() {
    return !blobs().isEmpty();
  }

  private void visitBlobs(Consumer<BlobRef> action) {
    visit(props, action);
    recipients.forEach(recipient -> visit(recipient, action));
    for (Attachment attachment : attachments) {
      visit(attachment.props(), action);
      if (attachment.embedded() != null) {
        attachment.embedded().visitBlobs(action);
      }
    }
  }

  private static void visit(PropSet props, Consumer<BlobRef> action) {
    for (int i = 0; i < props.size(); i++) {
      if (props.at(i) instanceof Stored.Large large) {
        action.accept(large.blob());
      }
    }
  }
}
