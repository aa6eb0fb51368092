package org.mapi4j.util;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.SPropTagArray.tags;

import java.util.List;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** One property of an object or of a list: no warnings, only success or failure. */
final class OneProp {
  private OneProp() {}

  static MapiResult<SPropValue> get(IMAPIProp pmp, int tag) {
    if (pmp == null) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    MapiResult<List<SPropValue>> props = pmp.getProps(tags(tag), 0);
    if (props.failed()) {
      return MapiResult.error(props.hr());
    }
    if (props.value() == null || props.value().size() != 1) {
      return MapiResult.error(MAPI_E_CALL_FAILED);
    }
    SPropValue prop = props.value().get(0);
    if (prop.isError() && PropTag.type(tag) != PT_ERROR) {
      return MapiResult.error(failure(prop.scode()));
    }
    return MapiResult.ok(prop);
  }

  static int set(IMAPIProp pmp, SPropValue prop) {
    if (pmp == null || prop == null) {
      return MAPI_E_INVALID_PARAMETER;
    }
    MapiResult<List<SPropProblem>> problems = pmp.setProps(List.of(prop));
    if (problems.failed()) {
      return problems.hr();
    }
    boolean none = problems.value() == null || problems.value().isEmpty();
    return none ? S_OK : failure(problems.value().get(0).scode());
  }

  /** Strings are listed in one width for each call, so the tag's own width is asked for. */
  static boolean exists(IMAPIProp pobj, int tag) {
    if (pobj == null) {
      return false;
    }
    int width = (PropTag.type(tag) & ~MV_FLAG) == PT_UNICODE ? MAPI_UNICODE : 0;
    MapiResult<SPropTagArray> list = pobj.getPropList(width);
    if (list.failed() || list.value() == null) {
      return false;
    }
    return list.value().stream().anyMatch(one -> matches(one, tag));
  }

  static SPropValue find(List<SPropValue> props, int tag) {
    if (props == null) {
      return null;
    }
    for (SPropValue prop : props) {
      if (matches(prop.ulPropTag(), tag)) {
        return prop;
      }
    }
    return null;
  }

  /** The whole tag, or the identifier alone when the type asked for is PT_UNSPECIFIED. */
  private static boolean matches(int tag, int wanted) {
    return PropTag.type(wanted) == PT_UNSPECIFIED
        ? PropTag.id(tag) == PropTag.id(wanted)
        : tag == wanted;
  }

  /** A problem whose code is no failure would read as success. */
  private static int failure(int scode) {
    return scode < 0 ? scode : MAPI_E_CALL_FAILED;
  }
}
