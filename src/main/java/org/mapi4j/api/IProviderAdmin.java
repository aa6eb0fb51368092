package org.mapi4j.api;

import java.util.List;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropValue;

/** The providers of a message service in a profile. Source: MAPI "IProviderAdmin : IUnknown". */
public interface IProviderAdmin extends IUnknown {
  /**
   * Detail about the last failure with that code, or null. Flags: MAPI_UNICODE. Source: MAPI
   * "IProviderAdmin::GetLastError".
   */
  MapiResult<MAPIERROR> getLastError(int hResult, int ulFlags);

  /**
   * The table of the providers. Flags: MAPI_UNICODE. Source: MAPI
   * "IProviderAdmin::GetProviderTable".
   */
  MapiResult<IMAPITable> getProviderTable(int ulFlags);

  /**
   * Adds a provider; the value is its UID. Flags: MAPI_DIALOG, MAPI_UNICODE. MAPI_E_USER_CANCEL.
   * Source: MAPI "IProviderAdmin::CreateProvider".
   */
  MapiResult<Guid> createProvider(
      String lpszProvider, List<SPropValue> lpProps, long ulUIParam, int ulFlags);

  /** Removes a provider. MAPI_E_NOT_FOUND. Source: MAPI "IProviderAdmin::DeleteProvider". */
  int deleteProvider(Guid lpUID);

  /**
   * Opens a profile section. Flags: MAPI_DEFERRED_ERRORS, MAPI_FORCE_ACCESS, MAPI_MODIFY.
   * MAPI_E_NO_ACCESS, MAPI_E_NOT_FOUND. Source: MAPI "IProviderAdmin::OpenProfileSection".
   */
  MapiResult<IProfSect> openProfileSection(Guid lpUID, Guid lpInterface, int ulFlags);
}
