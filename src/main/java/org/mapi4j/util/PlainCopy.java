package org.mapi4j.util;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/**
 * CopyTo and CopyProps of an object that has values only: writes the destination through its
 * interface. Problems carry the place in the list that was copied.
 */
final class PlainCopy {
  private static final int FLAGS = MAPI_MOVE | MAPI_NOREPLACE | MAPI_DIALOG | MAPI_DECLINE_OK;

  private final IMAPIProp source;
  private final List<SPropValue> props;
  private final Guid iid;
  private final IUnknown destination;
  private final int flags;

  PlainCopy(IMAPIProp source, List<SPropValue> props, Guid iid, IUnknown destination, int flags) {
    this.source = source;
    this.props = props;
    this.iid = iid;
    this.destination = destination;
    this.flags = flags;
  }

  MapiResult<List<SPropProblem>> all(List<Guid> excludedInterfaces, SPropTagArray excluded) {
    List<Guid> without = excludedInterfaces == null ? List.of() : excludedInterfaces;
    if (without.contains(MapiGuid.IID_IUnknown) || without.contains(MapiGuid.IID_IMAPIProp)) {
      return MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
    }
    if (excluded != null && excluded.isEmpty()) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    return run(tag -> excluded == null || !excluded.containsId(tag));
  }

  MapiResult<List<SPropProblem>> only(SPropTagArray included) {
    return included == null || included.isEmpty()
        ? MapiResult.error(MAPI_E_INVALID_PARAMETER)
        : run(included::containsId);
  }

  private MapiResult<List<SPropProblem>> run(IntPredicate chosen) {
    if (iid == null || destination == null) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    if ((flags & ~FLAGS) != 0) {
      return MapiResult.error(MAPI_E_UNKNOWN_FLAGS);
    }
    MapiResult<IUnknown> asked = destination.queryInterface(iid);
    if (asked.failed() || !(asked.value() instanceof IMAPIProp target)) {
      return MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
    }
    if (target == source) {
      return MapiResult.error(MAPI_E_NO_ACCESS);
    }
    List<SPropValue> values =
        props.stream()
            .filter(prop -> chosen.test(prop.ulPropTag()))
            .filter(prop -> !keeps(target, prop.ulPropTag()))
            .toList();
    return values.isEmpty() ? MapiResult.ok(List.of()) : write(target, values);
  }

  private boolean keeps(IMAPIProp target, int tag) {
    return (flags & MAPI_NOREPLACE) != 0
        && MapiUtil.fPropExists(target, PropTag.changePropType(tag, PT_UNSPECIFIED));
  }

  private MapiResult<List<SPropProblem>> write(IMAPIProp target, List<SPropValue> values) {
    MapiResult<List<SPropProblem>> set = target.setProps(values);
    if (set.failed() || (flags & MAPI_MOVE) == 0) {
      return set;
    }
    List<Integer> moved = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      int place = i;
      if (set.value().stream().noneMatch(problem -> problem.ulIndex() == place)) {
        moved.add(values.get(i).ulPropTag());
      }
    }
    int hr = moved.isEmpty() ? S_OK : source.deleteProps(SPropTagArray.of(moved)).hr();
    return hr < 0 ? MapiResult.error(hr) : set;
  }
}
