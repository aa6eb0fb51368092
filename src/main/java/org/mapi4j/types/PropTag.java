package org.mapi4j.types;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The macros of property tags: identifier in bits 16-31, type in bits 0-15. All 32 bits survive.
 * Source: MAPI "MAPI Property Tags".
 */
public final class PropTag {
  private static final Map<Integer, String> NAMES = SpecNames.tags(SpecNames.types());

  private static final Set<Integer> IDS =
      NAMES.keySet().stream().map(PropTag::id).collect(Collectors.toUnmodifiableSet());

  private PropTag() {}

  /** PROP_TAG. */
  public static int of(int id, int type) {
    return id << 16 | type & 0xFFFF;
  }

  /** PROP_ID. */
  public static int id(int tag) {
    return tag >>> 16;
  }

  /** PROP_TYPE. */
  public static int type(int tag) {
    return tag & 0xFFFF;
  }

  /** CHANGE_PROP_TYPE. */
  public static int changePropType(int tag, int type) {
    return of(id(tag), type);
  }

  /** True when the tag's type has MV_FLAG. */
  public static boolean isMultiValued(int tag) {
    return (tag & MapiDefs.MV_FLAG) != 0;
  }

  /** True for an identifier of the named range, 0x8000 to 0xFFFE. */
  public static boolean isNamed(int tag) {
    int id = id(tag);
    return id >= 0x8000 && id != MapiDefs.PROP_ID_INVALID;
  }

  /** True for an identifier that has a PR_ name under some type. */
  public static boolean isDefinedId(int id) {
    return IDS.contains(id);
  }

  /** The tag's PR_ name where it has one. */
  public static Optional<String> name(int tag) {
    return Optional.ofNullable(NAMES.get(tag));
  }

  /** {@code PR_SUBJECT_W (0x0037001F)}, or the number alone. */
  public static String toString(int tag) {
    return name(tag)
        .map(name -> "%s (0x%08X)".formatted(name, tag))
        .orElseGet(() -> "0x%08X".formatted(tag));
  }
}
