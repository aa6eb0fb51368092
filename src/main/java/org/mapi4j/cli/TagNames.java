package org.mapi4j.cli;

import static org.mapi4j.types.MapiDefs.*;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.client.MapiException;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiTags;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropTagArray;

/** Property tags as people write them. */
final class TagNames {
  private static final Pattern NAMED =
      Pattern.compile("\\{([0-9A-Fa-f-]{36})\\}:(?:\"(.+)\"|(0x[0-9A-Fa-f]{1,8}))");
  private static final Map<String, Integer> TAGS = tags();

  private TagNames() {}

  /**
   * A tag from {@code PR_SUBJECT_W}, {@code PR_SUBJECT} (the wide form), {@code 0x0037001F}, or the
   * name of a named property as dump shows it, {@code {set}:0x8530} or {@code {set}:"name"}: that
   * one has the type PT_UNSPECIFIED. Throws CommandFailure for other text.
   */
  static int parse(String text, IMAPIProp object) {
    Integer known = TAGS.getOrDefault(text + "_W", TAGS.get(text));
    if (known != null) {
      return known;
    }
    if (text.matches("0[xX][0-9A-Fa-f]{8}")) {
      return Integer.parseUnsignedInt(text.substring(2), 16);
    }
    Matcher named = NAMED.matcher(text);
    if (named.matches()) {
      return named(named, object);
    }
    throw new CommandFailure(
        text
            + ": no property tag; expected PR_SUBJECT_W, 0x0037001F or {set}:0x8530."
            + Nearest.hint(text, TAGS.keySet()));
  }

  private static int named(Matcher text, IMAPIProp object) {
    Guid set = Guid.parse(text.group(1));
    MAPINAMEID name =
        text.group(2) != null
            ? MAPINAMEID.string(set, text.group(2))
            : MAPINAMEID.id(set, Integer.decode(text.group(3)));
    SPropTagArray ids =
        MapiException.require(
            object.getIDsFromNames(List.of(name), 0), "IMAPIProp::GetIDsFromNames");
    if (PropTag.type(ids.get(0)) == PT_ERROR) {
      throw new CommandFailure(name + ": the store has no property of this name");
    }
    return ids.get(0);
  }

  /** The name alone, or the number: a string tag of either width by the name without a width. */
  static String name(int tag) {
    return PropTag.name(tag)
        .or(() -> PropTag.name(PropTag.of(PropTag.id(tag), other(PropTag.type(tag)))))
        .orElseGet(() -> "0x%08X".formatted(tag));
  }

  private static int other(int type) {
    return PropType.isString(type)
        ? PropType.withWidth(type, (type & ~MV_FLAG) != PT_UNICODE)
        : type;
  }

  private static Map<String, Integer> tags() {
    Map<String, Integer> tags = new TreeMap<>();
    for (Field field : MapiTags.class.getFields()) {
      try {
        tags.put(field.getName(), field.getInt(null));
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("a constant of MapiTags is not public: " + field, e);
      }
    }
    return tags;
  }
}
