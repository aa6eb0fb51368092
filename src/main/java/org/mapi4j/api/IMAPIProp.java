package org.mapi4j.api;

import java.util.List;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MAPIERROR;
import org.mapi4j.types.MAPINAMEID;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropProblem;
import org.mapi4j.types.SPropTagArray;
import org.mapi4j.types.SPropValue;

/**
 * Properties of an object. Messages and attachments are transacted: what is set counts for others
 * after {@link #saveChanges}; on stores and folders it counts at once. Every method also answers
 * MAPI_E_INVALID_PARAMETER and MAPI_E_UNKNOWN_FLAGS to bad input. A problem array that C would
 * leave NULL is an empty list. Source: MAPI "IMAPIProp : IUnknown".
 */
public interface IMAPIProp extends IUnknown {
  /** A NULL tag array: every property. */
  SPropTagArray ALL_PROPS = null;

  /** A NULL list of names: every name of the mapping. */
  List<MAPINAMEID> ALL_NAMES = null;

  /** Outputs of {@link #getNamesFromIDs}: the tags, in-out, and a name or null for each. */
  record NamesFromIDs(SPropTagArray lppPropTags, List<MAPINAMEID> lpppPropNames) {}

  /**
   * Detail about this object's last failure with that code; null when nothing is known. Flags:
   * MAPI_UNICODE. Source: MAPI "IMAPIProp::GetLastError".
   */
  MapiResult<MAPIERROR> getLastError(int hResult, int ulFlags);

  /**
   * Makes the pending edits permanent. Flags: KEEP_OPEN_READONLY, KEEP_OPEN_READWRITE, FORCE_SAVE,
   * MAPI_DEFERRED_ERRORS, SPAMFILTER_ONSAVE, NON_EMS_XP_SAVE. MAPI_E_OBJECT_CHANGED when another
   * handle saved since this one was opened: nothing is written and the edits stay.
   * MAPI_E_OBJECT_DELETED, MAPI_E_NO_ACCESS. Source: MAPI "IMAPIProp::SaveChanges".
   */
  int saveChanges(int ulFlags);

  /**
   * The values of the tags, in their order, one entry each; MAPI_W_ERRORS_RETURNED with PT_ERROR
   * entries where one is missing (MAPI_E_NOT_FOUND), too large (MAPI_E_NOT_ENOUGH_MEMORY: open a
   * stream) or inconvertible (MAPI_E_BAD_CHARWIDTH). Flags: MAPI_UNICODE, which gives the width of
   * PT_UNSPECIFIED and of {@link #ALL_PROPS}. An object without properties gives an empty list.
   * Source: MAPI "IMAPIProp::GetProps".
   */
  MapiResult<List<SPropValue>> getProps(SPropTagArray lpPropTagArray, int ulFlags);

  /**
   * The tags of all properties, PT_OBJECT ones included. Flags: MAPI_UNICODE. Source: MAPI
   * "IMAPIProp::GetPropList".
   */
  MapiResult<SPropTagArray> getPropList(int ulFlags);

  /**
   * Opens a property under an interface: IID_IStream for strings and binaries of any size,
   * IID_IMessage for an embedded message, IID_IMAPITable for the tables. Flags: MAPI_CREATE,
   * MAPI_MODIFY, MAPI_DEFERRED_ERRORS; interface options: STGM_ modes or MAPI_UNICODE.
   * MAPI_E_INTERFACE_NOT_SUPPORTED, MAPI_E_NO_ACCESS, MAPI_E_NO_SUPPORT, MAPI_E_NOT_FOUND. Source:
   * MAPI "IMAPIProp::OpenProperty".
   */
  MapiResult<IUnknown> openProperty(int ulPropTag, Guid lpiid, int ulInterfaceOptions, int ulFlags);

  /**
   * Sets properties; S_OK with the problems of those that could not be set. PT_ERROR and PR_NULL
   * entries are skipped; PT_OBJECT or an empty multivalue fails the whole call. Source: MAPI
   * "IMAPIProp::SetProps".
   */
  MapiResult<List<SPropProblem>> setProps(List<SPropValue> lpPropArray);

  /**
   * Deletes properties by identifier. MAPI_E_NO_ACCESS on a read-only object. Source: MAPI
   * "IMAPIProp::DeleteProps".
   */
  MapiResult<List<SPropProblem>> deleteProps(SPropTagArray lpPropTagArray);

  /**
   * Copies everything but what is excluded into another object. Flags: MAPI_MOVE, MAPI_NOREPLACE,
   * MAPI_DIALOG, MAPI_DECLINE_OK. MAPI_E_COLLISION, MAPI_E_DECLINE_COPY, MAPI_E_FOLDER_CYCLE,
   * MAPI_E_INTERFACE_NOT_SUPPORTED, MAPI_E_NO_ACCESS. Source: MAPI "IMAPIProp::CopyTo".
   *
   * @param rgiidExclude interfaces to leave out; an empty list for none
   * @param lpExcludeProps tags to leave out; null for none
   */
  MapiResult<List<SPropProblem>> copyTo(
      List<Guid> rgiidExclude,
      SPropTagArray lpExcludeProps,
      long ulUIParam,
      IMAPIProgress lpProgress,
      Guid lpInterface,
      IUnknown lpDestObj,
      int ulFlags);

  /**
   * Copies the listed properties into another object. Flags and codes as {@link #copyTo}. Source:
   * MAPI "IMAPIProp::CopyProps".
   */
  MapiResult<List<SPropProblem>> copyProps(
      SPropTagArray lpIncludeProps,
      long ulUIParam,
      IMAPIProgress lpProgress,
      Guid lpInterface,
      IUnknown lpDestObj,
      int ulFlags);

  /**
   * The names of identifiers. Flags: MAPI_NO_IDS, MAPI_NO_STRINGS. MAPI_W_ERRORS_RETURNED where an
   * identifier has none: null there, its tag PT_ERROR. Source: MAPI "IMAPIProp::GetNamesFromIDs".
   *
   * @param lppPropTags the identifiers, or {@link #ALL_PROPS} for every name of the mapping
   * @param lpPropSetGuid a property set to restrict {@link #ALL_PROPS} to, or null
   */
  MapiResult<NamesFromIDs> getNamesFromIDs(
      SPropTagArray lppPropTags, Guid lpPropSetGuid, int ulFlags);

  /**
   * The identifiers of names, type PT_UNSPECIFIED each, in order. Flags: MAPI_CREATE, which gives
   * new names an identifier. Without it MAPI_W_ERRORS_RETURNED and a PT_ERROR tag for unknown
   * names. MAPI_E_TOO_BIG, MAPI_E_NOT_ENOUGH_MEMORY. Source: MAPI "IMAPIProp::GetIDsFromNames".
   *
   * @param lppPropNames the names, or {@link #ALL_NAMES} for all identifiers of the mapping
   */
  MapiResult<SPropTagArray> getIDsFromNames(List<MAPINAMEID> lppPropNames, int ulFlags);
}
