package org.mapi4j.provider;

import static org.mapi4j.types.MapiTags.*;

import java.util.Map;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.String8;

/**
 * PR_SUBJECT_PREFIX and PR_NORMALIZED_SUBJECT, as a save computes them. Source: MAPI
 * "PidTagNormalizedSubject", "PidTagSubjectPrefix"; ADR 0031.
 */
final class SubjectParts {
  private static final int LETTERS_MAX = 3;

  private SubjectParts() {}

  /**
   * Fills in both. An explicit prefix that begins the subject stays; another one is dropped;
   * without one, "RE: " and its like are split off.
   */
  static void compute(Map<Integer, Stored> props) {
    String subject = text(props.get(PropTag.id(PR_SUBJECT_W)));
    String prefix = text(props.get(PropTag.id(PR_SUBJECT_PREFIX_W)));
    if (subject == null) {
      props.remove(PropTag.id(PR_NORMALIZED_SUBJECT_W));
      return;
    }
    if (prefix != null && !subject.startsWith(prefix)) {
      props.remove(PropTag.id(PR_SUBJECT_PREFIX_W));
      prefix = null;
    }
    if (prefix == null) {
      prefix = subject.substring(0, prefixLength(subject));
      if (!prefix.isEmpty()) {
        put(props, PR_SUBJECT_PREFIX_W, prefix);
      }
    }
    put(props, PR_NORMALIZED_SUBJECT_W, subject.substring(prefix.length()));
  }

  /** Length of "one to three letters, colon, space" at the start, or 0. */
  static int prefixLength(String subject) {
    int letters = 0;
    while (letters < subject.length()
        && letters <= LETTERS_MAX
        && Character.isLetter(subject.charAt(letters))) {
      letters++;
    }
    boolean fits = letters >= 1 && letters <= LETTERS_MAX && subject.startsWith(": ", letters);
    return fits ? letters + 2 : 0;
  }

  private static void put(Map<Integer, Stored> props, int tag, String value) {
    props.put(PropTag.id(tag), new Stored.Whole(new SPropValue(tag, value)));
  }

  private static String text(Stored prop) {
    if (!(prop instanceof Stored.Whole whole)) {
      return null;
    }
    return whole.prop().value() instanceof String8 narrow
        ? narrow.toString()
        : whole.prop().asString();
  }
}
