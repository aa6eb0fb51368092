package org.mapi4j.api;

import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MapiResult;

/** The profiles of this machine. Source: MAPI "IProfAdmin : IUnknown". */
public interface IProfAdmin extends IUnknown {
  /**
   * Detail about the last failure with that code, or null. Flags: MAPI_UNICODE. Source: MAPI
   * "IProfAdmin::GetLastError".
   */
  MapiResult<MAPIERROR> getLastError(int hResult, int ulFlags);

  /** The table of the profiles. Flags: MAPI_UNICODE. Source: MAPI "IProfAdmin::GetProfileTable". */
  MapiResult<IMAPITable> getProfileTable(int ulFlags);

  /**
   * Creates a profile. Flags: MAPI_DEFAULT_SERVICES, MAPI_DIALOG, MAPI_UNICODE. MAPI_E_NO_ACCESS
   * when it exists. Source: MAPI "IProfAdmin::CreateProfile".
   */
  int createProfile(String lpszProfileName, String lpszPassword, long ulUIParam, int ulFlags);

  /**
   * Deletes a profile. Flags: MAPI_UNICODE. MAPI_E_NOT_FOUND. Source: MAPI
   * "IProfAdmin::DeleteProfile".
   */
  int deleteProfile(String lpszProfileName, int ulFlags);

  /**
   * Changes the password of a profile. Flags: MAPI_UNICODE. Source: MAPI
   * "IProfAdmin::ChangeProfilePassword".
   */
  int changeProfilePassword(
      String lpszProfileName, String lpszOldPassword, String lpszNewPassword, int ulFlags);

  /**
   * Copies a profile. Flags: MAPI_DIALOG, MAPI_UNICODE. MAPI_E_ACCESS_DENIED, MAPI_E_LOGON_FAILED,
   * MAPI_E_NOT_FOUND, MAPI_E_USER_CANCEL. Source: MAPI "IProfAdmin::CopyProfile".
   */
  int copyProfile(
      String lpszOldProfileName,
      String lpszOldPassword,
      String lpszNewProfileName,
      long ulUIParam,
      int ulFlags);

  /**
   * Renames a profile. Flags: MAPI_DIALOG, MAPI_UNICODE. MAPI_E_LOGON_FAILED, MAPI_E_NOT_FOUND,
   * MAPI_E_USER_CANCEL. Source: MAPI "IProfAdmin::RenameProfile".
   */
  int renameProfile(
      String lpszOldProfileName,
      String lpszOldPassword,
      String lpszNewProfileName,
      long ulUIParam,
      int ulFlags);

  /**
   * Makes a profile the default; null for none. Flags: MAPI_UNICODE. MAPI_E_NOT_FOUND. Source: MAPI
   * "IProfAdmin::SetDefaultProfile".
   */
  int setDefaultProfile(String lpszProfileName, int ulFlags);

  /**
   * Administration of the message services of a profile. Flags: MAPI_DIALOG, MAPI_UNICODE.
   * MAPI_E_LOGON_FAILED, MAPI_E_USER_CANCEL. Source: MAPI "IProfAdmin::AdminServices".
   */
  MapiResult<IMsgServiceAdmin> adminServices(
      String lpszProfileName, String lpszPassword, long ulUIParam, int ulFlags);
}
