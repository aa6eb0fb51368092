package org.mapi4j.provider;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.mapi4j.types.SPropValue;

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

  /**
   * An attachment.
   *
   * @param embedded the message in it, or null
   */
  record Attachment(int number, PropSet props, MessageImage embedded) {}

  /** The same message with one property set. */
  MessageImage with(SPropValue value) {
    List<Stored> changed = new ArrayList<>();
    props.forEach(
        prop -> {
          if (prop.id() != value.id()) {
            changed.add(prop);
          }
        });
    changed.add(new Stored.Whole(value));
    return new MessageImage(PropSet.of(changed), recipients, attachments, attachNext);
  }

  /** The same message with every blob replaced: what a copy that owns its blobs needs. */
  MessageImage mapBlobs(UnaryOperator<BlobRef> copy) {
    return new MessageImage(
        props.mapBlobs(copy),
        recipients.stream().map(recipient -> recipient.mapBlobs(copy)).toList(),
        attachments.stream()
            .map(
                attachment ->
                    new Attachment(
                        attachment.number(),
                        attachment.props().mapBlobs(copy),
                        attachment.embedded() == null
                            ? null
                            : attachment.embedded().mapBlobs(copy)))
            .toList(),
        attachNext);
  }

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
