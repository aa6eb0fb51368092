package org.mapi4j.bench;

import static org.mapi4j.types.MapiCode.MAPI_E_NO_SUPPORT;
import static org.mapi4j.types.MapiCode.S_OK;

import java.util.List;
import org.mapi4j.api.IMAPIProgress;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.api.IUnknown;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/** An object whose SaveChanges and GetProps do nothing. */
final class NothingObject implements IMAPIProp {
  private static final MapiResult<List<SPropValue>> NO_PROPS = MapiResult.ok(List.of());

  @Override
  public int saveChanges(int ulFlags) {
    return S_OK;
  }

  @Override
  public MapiResult<List<SPropValue>> getProps(SPropTagArray lpPropTagArray, int ulFlags) {
    return NO_PROPS;
  }

  @Override
  public MapiResult<IUnknown> queryInterface(Guid riid) {
    return MapiResult.ok(this);
  }

  @Override
  public MapiResult<MAPIERROR> getLastError(int hResult, int ulFlags) {
    return MapiResult.ok(null);
  }

  @Override
  public MapiResult<SPropTagArray> getPropList(int ulFlags) {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
  }

  @Override
  public MapiResult<IUnknown> openProperty(
      int ulPropTag, Guid lpiid, int ulInterfaceOptions, int ulFlags) {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
  }

  @Override
  public MapiResult<List<SPropProblem>> setProps(List<SPropValue> lpPropArray) {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
  }

  @Override
  public MapiResult<List<SPropProblem>> deleteProps(SPropTagArray lpPropTagArray) {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
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
    return MapiResult.error(MAPI_E_NO_SUPPORT);
  }

  @Override
  public MapiResult<List<SPropProblem>> copyProps(
      SPropTagArray lpIncludeProps,
      long ulUIParam,
      IMAPIProgress lpProgress,
      Guid lpInterface,
      IUnknown lpDestObj,
      int ulFlags) {
    return MapiResult.error(MAPI_E_NO_SUPPORT);
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
  public void close() {}
}
