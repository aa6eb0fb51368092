package org.mapi4j.api;

import java.util.List;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropValue;

/** The message services of a profile. Source: MAPI "IMsgServiceAdmin : IUnknown". */
public interface IMsgServiceAdmin extends IUnknown {
  /**
   * Detail about the last failure with that code, or null. Flags: MAPI_UNICODE. Source: MAPI
   * "IMsgServiceAdmin::GetLastError".
   */
  MapiResult<MAPIERROR> getLastError(int hResult, int ulFlags);

  /**
   * The table of the message services. Flags: MAPI_UNICODE. Source: MAPI
   * "IMsgServiceAdmin::GetMsgServiceTable".
   */
  MapiResult<IMAPITable> getMsgServiceTable(int ulFlags);

  /**
   * Adds a message service. Flags: MAPI_UNICODE, SERVICE_NO_RESTART_WARNING, SERVICE_UI_ALLOWED,
   * SERVICE_UI_ALWAYS. MAPI_E_NOT_FOUND. Source: MAPI "IMsgServiceAdmin::CreateMsgService".
   */
  int createMsgService(String lpszService, String lpszDisplayName, long ulUIParam, int ulFlags);

  /**
   * Removes a message service. MAPI_E_NOT_FOUND. Source: MAPI "IMsgServiceAdmin::DeleteMsgService".
   */
  int deleteMsgService(Guid lpUID);

  /**
   * Copies a message service into this or another profile. Flags: MAPI_UNICODE, SERVICE_UI_ALWAYS.
   * MAPI_E_NO_ACCESS, MAPI_E_NOT_FOUND. Source: MAPI "IMsgServiceAdmin::CopyMsgService".
   */
  int copyMsgService(
      Guid lpUID,
      String lpszDisplayName,
      Guid lpInterfaceToCopy,
      Guid lpInterfaceDst,
      IUnknown lpObjectDst,
      long ulUIParam,
      int ulFlags);

  /**
   * Renames a message service. Flags: MAPI_UNICODE. MAPI_E_NO_SUPPORT. Source: MAPI
   * "IMsgServiceAdmin::RenameMsgService".
   */
  int renameMsgService(Guid lpUID, int ulFlags, String lpszDisplayName);

  /**
   * Configures a message service. Flags: MSG_SERVICE_UI_READ_ONLY, SERVICE_UI_ALLOWED,
   * SERVICE_UI_ALWAYS. MAPI_E_EXTENDED_ERROR, MAPI_E_NOT_FOUND, MAPI_E_USER_CANCEL. Source: MAPI
   * "IMsgServiceAdmin::ConfigureMsgService".
   */
  int configureMsgService(Guid lpUID, long ulUIParam, int ulFlags, List<SPropValue> lpProps);

  /**
   * Opens a profile section. Flags: MAPI_DEFERRED_ERRORS, MAPI_FORCE_ACCESS, MAPI_MODIFY.
   * MAPI_E_NO_ACCESS, MAPI_E_NOT_FOUND. Source: MAPI "IMsgServiceAdmin::OpenProfileSection".
   */
  MapiResult<IProfSect> openProfileSection(Guid lpUID, Guid lpInterface, int ulFlags);

  /**
   * Sets the order in which transports are asked. Flags: 0. MAPI_E_NOT_FOUND. Source: MAPI
   * "IMsgServiceAdmin::MsgServiceTransportOrder".
   */
  int msgServiceTransportOrder(List<Guid> lpUIDList, int ulFlags);

  /**
   * Administration of the providers of a message service. Flags: 0. Source: MAPI
   * "IMsgServiceAdmin::AdminProviders".
   */
  MapiResult<IProviderAdmin> adminProviders(Guid lpUID, int ulFlags);

  /**
   * Makes a message service the one that gives the user's identity. Flags: 0. MAPI_E_NO_SUPPORT.
   * Source: MAPI "IMsgServiceAdmin::SetPrimaryIdentity".
   */
  int setPrimaryIdentity(Guid lpUID, int ulFlags);

  /**
   * The table of the providers of all message services. Flags: MAPI_UNICODE. Source: MAPI
   * "IMsgServiceAdmin::GetProviderTable".
   */
  MapiResult<IMAPITable> getProviderTable(int ulFlags);
}
