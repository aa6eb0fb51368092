package org.mapi4j.api;

import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;

/** A button of a dialog built from a display table. Source: MAPI "IMAPIControl : IUnknown". */
public interface IMAPIControl extends IUnknown {
  /**
   * Detail about the last failure with that code, or null. Flags: MAPI_UNICODE. Source: MAPI
   * "IMAPIControl::GetLastError".
   */
  MapiResult<MAPIERROR> getLastError(int hResult, int ulFlags);

  /** The button was pressed. Flags: 0. Source: MAPI "IMAPIControl::Activate". */
  int activate(int ulFlags, long ulUIParam);

  /** MAPI_ENABLED or MAPI_DISABLED. Flags: 0. Source: MAPI "IMAPIControl::GetState". */
  MapiResult<Integer> getState(int ulFlags);
}
