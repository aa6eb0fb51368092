package org.mapi4j.util;

import static org.mapi4j.types.MapiCode.*;
import static org.mapi4j.types.MapiDefs.*;

import java.util.ArrayList;
import java.util.List;
import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.api.IPropData;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiGuid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.PropTag;
import org.mapi4j.types.PropType;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/**
 * The object of CreateIProp: properties in memory, each with access and change flags. Not
 * transacted, so SaveChanges succeeds and does nothing. It has no names, no streams and no
 * subobjects. Calls are serialised. Source: MAPI "IPropData : IMAPIProp".
 */
final class PropData implements IPropData {
  private static final int SAVE_FLAGS =
      KEEP_OPEN_READONLY | KEEP_OPEN_READWRITE | FORCE_SAVE | MAPI_DEFERRED_ERRORS;

  private final PropEntries entries = new PropEntries();
  private boolean writable = true;
  private boolean closed;

  static MapiResult<IPropData> create(Guid iid) {
    return iid == null || iid.equals(MapiGuid.IID_IMAPIPropData)
        ? MapiResult.ok(new PropData())
        : MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
  }

  @Override
  public synchronized int hrSetObjAccess(int ulAccess) {
    if (ulAccess != IPROP_READONLY && ulAccess != IPROP_READWRITE) {
      return MAPI_E_INVALID_PARAMETER;
    }
    writable = ulAccess == IPROP_READWRITE;
    return state();
  }

  @Override
  public synchronized int hrSetPropAccess(SPropTagArray lpPropTagArray, List<Integer> rgulAccess) {
    if (lpPropTagArray == null
        || rgulAccess == null
        || lpPropTagArray.size() != rgulAccess.size()
        || !rgulAccess.stream().allMatch(PropEntries::isAccess)) {
      return MAPI_E_INVALID_PARAMETER;
    }
    if (!writable) {
      return MAPI_E_NO_ACCESS;
    }
    for (int i = 0; i < rgulAccess.size(); i++) {
      entries.setAccess(PropTag.id(lpPropTagArray.get(i)), rgulAccess.get(i));
    }
    return state();
  }

  @Override
  public synchronized MapiResult<PropAccess> hrGetPropAccess(SPropTagArray lppPropTagArray) {
    return closed
        ? MapiResult.error(MAPI_E_INVALID_OBJECT)
        : MapiResult.ok(entries.access(lppPropTagArray));
  }

  @Override
  public synchronized MapiResult<List<SPropProblem>> hrAddObjProps(SPropTagArray lppPropTagArray) {
    if (lppPropTagArray == null) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    if (lppPropTagArray.stream().anyMatch(tag -> PropTag.type(tag) != PT_OBJECT)) {
      return MapiResult.error(MAPI_E_INVALID_TYPE);
    }
    if (!writable) {
      return MapiResult.error(MAPI_E_NO_ACCESS);
    }
    List<SPropProblem> problems = new ArrayList<>();
    for (int i = 0; i < lppPropTagArray.size(); i++) {
      int tag = lppPropTagArray.get(i);
      int scode = entries.put(new SPropValue(tag, null));
      if (scode < 0) {
        problems.add(new SPropProblem(i, tag, scode));
      }
    }
    return result(problems.isEmpty() ? S_OK : MAPI_W_PARTIAL_COMPLETION, problems);
  }

  @Override
  public synchronized MapiResult<List<SPropValue>> getProps(
      SPropTagArray lpPropTagArray, int ulFlags) {
    int hr = check(ulFlags, MAPI_UNICODE);
    if (hr < 0 || lpPropTagArray != ALL_PROPS && lpPropTagArray.isEmpty()) {
      return MapiResult.error(hr < 0 ? hr : MAPI_E_INVALID_PARAMETER);
    }
    boolean unicode = (ulFlags & MAPI_UNICODE) != 0;
    SPropTagArray tags = lpPropTagArray == ALL_PROPS ? entries.list(unicode) : lpPropTagArray;
    List<SPropValue> values = tags.stream().mapToObj(tag -> entries.read(tag, unicode)).toList();
    boolean errors = values.stream().anyMatch(SPropValue::isError);
    return MapiResult.of(errors ? MAPI_W_ERRORS_RETURNED : S_OK, values);
  }

  @Override
  public synchronized MapiResult<SPropTagArray> getPropList(int ulFlags) {
    int hr = check(ulFlags, MAPI_UNICODE);
    return hr < 0
        ? MapiResult.error(hr)
        : MapiResult.ok(entries.list((ulFlags & MAPI_UNICODE) != 0));
  }

  @Override
  public synchronized MapiResult<List<SPropProblem>> setProps(List<SPropValue> lpPropArray) {
    if (lpPropArray == null || lpPropArray.isEmpty()) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    for (SPropValue prop : lpPropArray) {
      if (prop == null
          || prop.type() == PT_OBJECT
          || prop.value() instanceof List<?> list && list.isEmpty()) {
        return MapiResult.error(MAPI_E_INVALID_PARAMETER);
      }
    }
    if (!writable) {
      return MapiResult.error(MAPI_E_NO_ACCESS);
    }
    List<SPropProblem> problems = new ArrayList<>();
    for (int i = 0; i < lpPropArray.size(); i++) {
      SPropValue prop = lpPropArray.get(i);
      if (prop.type() == PT_NULL || prop.isError()) {
        continue;
      }
      int scode = acceptable(prop) ? entries.put(prop) : MAPI_E_INVALID_TYPE;
      if (scode < 0) {
        problems.add(new SPropProblem(i, prop.ulPropTag(), scode));
      }
    }
    return result(S_OK, problems);
  }

  private static boolean acceptable(SPropValue prop) {
    return PropType.isDefined(prop.type())
        && prop.id() != PROP_ID_NULL
        && prop.id() != PROP_ID_INVALID;
  }

  @Override
  public synchronized MapiResult<List<SPropProblem>> deleteProps(SPropTagArray lpPropTagArray) {
    if (lpPropTagArray == null || lpPropTagArray.isEmpty()) {
      return MapiResult.error(MAPI_E_INVALID_PARAMETER);
    }
    if (!writable) {
      return MapiResult.error(MAPI_E_NO_ACCESS);
    }
    List<SPropProblem> problems = new ArrayList<>();
    for (int i = 0; i < lpPropTagArray.size(); i++) {
      int tag = lpPropTagArray.get(i);
      int scode = entries.delete(PropTag.id(tag));
      if (scode < 0) {
        problems.add(new SPropProblem(i, tag, scode));
      }
    }
    return result(S_OK, problems);
  }

  @Override
  public MapiResult<List<SPropProblem>> copyTo(
      List<Guid> rgiidExclude,
      SPropTagArray lpExcludeProps,
      long ulUIParam,
      IMAPIProgress lpProgress,
      Guid lpInterface,
      IUnknown lpDestObj,
      int ulFlags) {
    return copy(lpInterface, lpDestObj, ulFlags).all(rgiidExclude, lpExcludeProps);
  }

  @Override
  public MapiResult<List<SPropProblem>> copyProps(
      SPropTagArray lpIncludeProps,
      long ulUIParam,
      IMAPIProgress lpProgress,
      Guid lpInterface,
      IUnknown lpDestObj,
      int ulFlags) {
    return copy(lpInterface, lpDestObj, ulFlags).only(lpIncludeProps);
  }

  /** Made under the lock, run without it: the destination may be anybody's. */
  private synchronized PlainCopy copy(Guid iid, IUnknown destination, int flags) {
    return new PlainCopy(this, entries.values(), iid, destination, flags);
  }

  @Override
  public synchronized int saveChanges(int ulFlags) {
    return check(ulFlags, SAVE_FLAGS);
  }

  @Override
  public MapiResult<MAPIERROR> getLastError(int hResult, int ulFlags) {
    int hr = check(ulFlags, MAPI_UNICODE);
    return hr < 0 ? MapiResult.error(hr) : MapiResult.ok(null);
  }

  @Override
  public MapiResult<IUnknown> openProperty(
      int ulPropTag, Guid lpiid, int ulInterfaceOptions, int ulFlags) {
    return MapiResult.error(lpiid == null ? MAPI_E_INVALID_PARAMETER : MAPI_E_NO_SUPPORT);
  }

  @Override
  public MapiResult<NamesFromIDs> getNamesFromIDs(
      SPropTagArray lppPropTags, Guid lpPropSetGuid, int ulFlags) {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
  }

  @Override
  public MapiResult<SPropTagArray> getIDsFromNames(List<MAPINAMEID> lppPropNames, int ulFlags) {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
  }

  @Override
  public MapiResult<IUnknown> queryInterface(Guid riid) {
    boolean known =
        MapiGuid.IID_IMAPIPropData.equals(riid)
            || MapiGuid.IID_IMAPIProp.equals(riid)
            || MapiGuid.IID_IUnknown.equals(riid);
    return known ? MapiResult.ok(this) : MapiResult.error(MAPI_E_INTERFACE_NOT_SUPPORTED);
  }

  @Override
  public synchronized void close() {
    closed = true;
    entries.clear();
  }

  private synchronized int check(int flags, int allowed) {
    return (flags & ~allowed) != 0 ? MAPI_E_UNKNOWN_FLAGS : state();
  }

  private int state() {
    return closed ? MAPI_E_INVALID_OBJECT : S_OK;
  }

  private MapiResult<List<SPropProblem>> result(int hr, List<SPropProblem> problems) {
    return closed
        ? MapiResult.error(MAPI_E_INVALID_OBJECT)
        : MapiResult.of(hr, List.copyOf(problems));
  }
}
