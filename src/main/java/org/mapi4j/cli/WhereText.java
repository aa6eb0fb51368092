package org.mapi4j.cli;

import static org.mapi4j.types.MapiDefs.*;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction;
import org.mapi4j.types.SRestriction.SAndRestriction;
import org.mapi4j.types.SRestriction.SBitMaskRestriction;
import org.mapi4j.types.SRestriction.SContentRestriction;
import org.mapi4j.types.SRestriction.SExistRestriction;
import org.mapi4j.types.SRestriction.SNotRestriction;
import org.mapi4j.types.SRestriction.SOrRestriction;
import org.mapi4j.types.SRestriction.SPropertyRestriction;

/**
 * Restrictions in the words of {@link Where}, which makes the same of them again. One that these
 * words cannot say is shown as a program would write it, in angle brackets.
 */
final class WhereText {
  private static final Map<Integer, String> RELATIONS =
      Map.of(
          RELOP_EQ, "=", RELOP_NE, "!=", RELOP_LT, "<", RELOP_LE, "<=", RELOP_GT, ">", RELOP_GE,
          ">=");
  private static final int SUBSTRING = FL_SUBSTRING | FL_IGNORECASE;
  private static final int PREFIX = FL_PREFIX | FL_IGNORECASE;

  private WhereText() {}

  /** A restriction in words. */
  static String of(SRestriction restriction) {
    if (restriction instanceof SOrRestriction or && or.lpRes().size() > 1) {
      return joined(or.lpRes(), " or ");
    }
    if (restriction instanceof SAndRestriction and && and.lpRes().size() > 1) {
      return joined(and.lpRes(), " and ");
    }
    return restriction instanceof SNotRestriction not
        ? "not " + part(not.lpRes())
        : test(restriction);
  }

  private static String joined(List<SRestriction> parts, String word) {
    return parts.stream().map(WhereText::part).collect(Collectors.joining(word));
  }

  private static String part(SRestriction part) {
    boolean several =
        part instanceof SAndRestriction and && and.lpRes().size() > 1
            || part instanceof SOrRestriction or && or.lpRes().size() > 1;
    return several ? "(" + of(part) + ")" : of(part);
  }

  private static String test(SRestriction test) {
    if (test instanceof SPropertyRestriction property && RELATIONS.containsKey(property.relop())) {
      return "%s %s %s"
          .formatted(
              name(property.ulPropTag()),
              RELATIONS.get(property.relop()),
              value(property.lpProp()));
    }
    if (test instanceof SContentRestriction content
        && (content.ulFuzzyLevel() == SUBSTRING || content.ulFuzzyLevel() == PREFIX)) {
      return "%s %s %s"
          .formatted(
              name(content.ulPropTag()),
              content.ulFuzzyLevel() == PREFIX ? "starts" : "contains",
              value(content.lpProp()));
    }
    if (test instanceof SBitMaskRestriction mask) {
      String has = name(mask.ulPropTag()) + " has " + mask.ulMask();
      return mask.relBMR() == BMR_NEZ ? has : "not " + has;
    }
    return test instanceof SExistRestriction exists
        ? name(exists.ulPropTag()) + " exists"
        : "<" + ValueText.plain(String.valueOf(test)) + ">";
  }

  /** {@code subject} for PR_SUBJECT_W. */
  private static String name(int tag) {
    String name = TagNames.name(tag);
    return name.startsWith("PR_")
        ? name.substring(3).replaceAll("_W$", "").toLowerCase(Locale.ROOT)
        : name;
  }

  private static String value(SPropValue value) {
    Object one = value.value();
    if (one instanceof Number || one instanceof Boolean) {
      return one.toString();
    }
    String text = one instanceof Bytes bytes ? bytes.toHex() : String.valueOf(one);
    return '"' + ValueText.plain(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
  }
}
