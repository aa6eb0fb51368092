package org.mapi4j.provider;

import static org.mapi4j.types.MapiCode.MAPI_E_BAD_CHARWIDTH;
import static org.mapi4j.types.MapiCode.MAPI_E_NOT_FOUND;
import static org.mapi4j.types.MapiDefs.*;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    Optional<Object> converted =
        (want & MV_FLAG) != 0
            ? convertAll(prop.asList(), codePage)
            : convertOne(prop.value(), codePage);
    return converted
        .map(value -> new SPropValue(PropTag.changePropType(prop.ulPropTag(), want), value))
        .orElseGet(() -> SPropValue.error(askedTag, MAPI_E_BAD_CHARWIDTH));
  }

  private static Optional<Object> convertAll(List<?> values, Charset codePage) {
    List<Object> converted = new ArrayList<>(values.size());
    for (Object value : values) {
      Optional<Object> one = convertOne(value, codePage);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      converted.add(one.get());
    }
    return Optional.of(converted);
  }

  private static Optional<Object> convertOne(Object value, Charset codePage) {
    return value instanceof String8 narrow
        ? narrow.decode(codePage).map(text -> text)
        : String8.encode((String) value, codePage).map(text -> text);
  }
}
