package org.mapi4j.util;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.util.Objects;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropValue;

/** Copies of single values, and what tags and names say of themselves. */
final class PropCopies {
  private PropCopies() {}

  static SPropValue instance(SPropValue multi, int index) {
    int tag = PropTag.changePropType(multi.ulPropTag(), multi.type() & ~MVI_FLAG);
    return new SPropValue(tag, multi.asList().get(index));
  }

  static MapiResult<SPropValue> more(SPropValue source) {
    if (source == null) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    return PropType.isDefined(source.type())
        ? MapiResult.ok(source)
        : MapiResult.error(MAPI_E_NO_SUPPORT);
  }

  static boolean transmittable(int tag) {
    int id = PropTag.id(tag);
    return id < 0x0E00
        || id >= 0x1000 && id < 0x6000
        || id >= 0x6800 && id < 0x7C00
        || PropTag.isNamed(tag);
  }

  static boolean equalNames(MAPINAMEID one, MAPINAMEID other) {
    if (one == null || other == null || one.ulKind() != other.ulKind()) {
      return one == other;
    }
    return Objects.equals(one.lpguid(), other.lpguid())
        && (one.ulKind() == MNID_STRING
            ? Objects.equals(one.lpwstrName(), other.lpwstrName())
            : one.lID() == other.lID());
  }
}
