package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.MAPI_E_BAD_CHARWIDTH;
import static org.mapi4j.types.MapiCode.MAPI_E_NOT_FOUND;
import static org.mapi4j.types.MapiDefs.*;

import java.nio.charset.Charset;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.String8;

/**
 * Gives a value the type that was asked for: string widths convert by the store's code page,
 * nothing else converts.
 */
final class PropWidth {
  private PropWidth() {}

  /**
   * The value under the tag asked for, or a PT_ERROR entry: MAPI_E_BAD_CHARWIDTH when the text does
   * not convert, MAPI_E_NOT_FOUND when the property has another type.
   */
  static SPropValue convert(SPropValue prop, int askedTag, boolean unicode, Charset codePage) {
    int asked = PropTag.type(askedTag);
    int want = asked == PT_UNSPECIFIED ? PropType.withWidth(prop.type(), unicode) : asked;
    if (want == prop.type()) {
      return prop;
    }
    if (!PropType.isString(want) || !PropType.sameButWidth(want, prop.type())) {
      return SPropValue.error(askedTag, MAPI_E_NOT_FOUND);
    }
    return String8.otherWidth(prop.value(), codePage)
        .map(value -> new SPropValue(PropTag.changePropType(prop.ulPropTag(), want), value))
        .orElseGet(() -> SPropValue.error(askedTag, MAPI_E_BAD_CHARWIDTH));
  }
}
