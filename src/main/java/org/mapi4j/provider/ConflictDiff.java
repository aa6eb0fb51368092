package org.mapi4j.provider;

import static org.mapi4j.types.MapiTags.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mapi4j.options.MessageConflict.Difference;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;

/**
 * What differs between the version a handle was opened at, the stored one, and the handle's own.
 * What every save computes is left out.
 */
final class ConflictDiff {
  private static final Set<Integer> COMPUTED =
      Set.of(
          PropTag.id(PR_LAST_MODIFICATION_TIME),
          PropTag.id(PR_MESSAGE_SIZE),
          PropTag.id(PR_DISPLAY_TO_W),
          PropTag.id(PR_DISPLAY_CC_W),
          PropTag.id(PR_DISPLAY_BCC_W),
          PropTag.id(PR_NORMALIZED_SUBJECT_W));

  private ConflictDiff() {}

  static List<Difference> between(MessageImage base, MessageImage theirs, MessageImage mine) {
    TreeSet<Integer> ids = new TreeSet<>();
    for (MessageImage image : List.of(base, theirs, mine)) {
      image.props().forEach(prop -> ids.add(prop.id()));
    }
    ids.removeAll(COMPUTED);
    List<Difference> differences = new ArrayList<>();
    for (int id : ids) {
      Stored b = base.props().get(id);
      Stored t = theirs.props().get(id);
      Stored m = mine.props().get(id);
      if (!Objects.equals(b, t) || !Objects.equals(b, m)) {
        int tag = m != null ? m.tag() : t != null ? t.tag() : b.tag();
        differences.add(new Difference(tag, shown(b), shown(t), shown(m)));
      }
    }
    if (!base.recipients().equals(theirs.recipients())
        || !base.recipients().equals(mine.recipients())) {
      differences.add(
          difference(
              PR_MESSAGE_RECIPIENTS, recipients(base), recipients(theirs), recipients(mine)));
    }
    if (!base.attachments().equals(theirs.attachments())
        || !base.attachments().equals(mine.attachments())) {
      differences.add(
          difference(
              PR_MESSAGE_ATTACHMENTS, attachments(base), attachments(theirs), attachments(mine)));
    }
    return differences;
  }

  private static Difference difference(int tag, String base, String theirs, String mine) {
    return new Difference(tag, text(base), text(theirs), text(mine));
  }

  private static SPropValue text(String text) {
    return new SPropValue(PR_BODY_W, text);
  }

  private static SPropValue shown(Stored prop) {
    if (prop == null) {
      return null;
    }
    return prop instanceof Stored.Large large
        ? new SPropValue(
            PR_BODY_W, "(%,d bytes, blob %s)".formatted(large.blob().size(), large.blob().id()))
        : ((Stored.Whole) prop).prop();
  }

  private static String recipients(MessageImage image) {
    return image.recipients().stream()
        .map(recipient -> name(recipient, PR_DISPLAY_NAME_W))
        .collect(Collectors.joining("; "));
  }

  private static String attachments(MessageImage image) {
    return image.attachments().stream()
        .map(
            attachment ->
                "#%d %s (%,d bytes)"
                    .formatted(
                        attachment.number(),
                        name(attachment.props(), PR_ATTACH_LONG_FILENAME_W),
                        AttachProps.size(attachment)))
        .collect(Collectors.joining("; "));
  }

  private static String name(PropSet props, int tag) {
    return props.get(PropTag.id(tag)) instanceof Stored.Whole whole
        ? String.valueOf(whole.prop().value())
        : "(no name)";
  }
}
