package org.mapi4j.table;

import static org.mapi4j.types.MapiCode.MAPI_E_BAD_CHARWIDTH;
import static org.mapi4j.types.MapiDefs.*;

import java.nio.charset.Charset;
import java.util.Optional;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.String8;

/** Strings between PT_STRING8 and PT_UNICODE. */
final class Widths {
  private Widths() {}

  /** The tag with a string type changed to PT_UNICODE. */
  static int wide(int tag) {
    return PropTag.changePropType(tag, PropType.withWidth(PropTag.type(tag), true));
  }

  /** The value in a string width; others as they are. Empty for text that a code page lacks. */
  static Optional<SPropValue> convert(SPropValue prop, boolean unicode, Charset codePage) {
    int type = PropType.withWidth(prop.type(), unicode);
    if (type == prop.type()) {
      return Optional.of(prop);
    }
    int tag = PropTag.changePropType(prop.ulPropTag(), type);
    return String8.otherWidth(prop.value(), codePage).map(value -> new SPropValue(tag, value));
  }

  /** The value in the width of a tag that it fits, or PT_ERROR for text that the width lacks. */
  static SPropValue shown(SPropValue value, int wanted, TableOptions options) {
    int type = PropTag.type(wanted);
    if (type == value.type()) {
      return value;
    }
    boolean unicode =
        type == PT_UNSPECIFIED ? options.unicode() : PropType.withWidth(type, true) == type;
    return convert(value, unicode, options.codePage())
        .orElseGet(() -> SPropValue.error(value.ulPropTag(), MAPI_E_BAD_CHARWIDTH));
  }

  /** True when a value has the type that a tag asks for, string width aside. */
  static boolean fits(SPropValue prop, int tag) {
    int wanted = PropTag.type(tag);
    return wanted == PT_UNSPECIFIED || PropType.sameButWidth(prop.type(), wanted);
  }
}
