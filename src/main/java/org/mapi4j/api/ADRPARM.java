package org.mapi4j.api;

import java.util.List;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SRestriction;

/**
 * How the common address dialog looks and acts. Source: MAPI "ADRPARM".
 *
 * @param lpABContEntryID the container shown first; null for the default one
 * @param ulFlags AB_RESOLVE, AB_SELECTONLY, ADDRESS_ONE, DIALOG_MODAL, DIALOG_OPTIONS, DIALOG_SDI,
 *     AB_UNICODEUI
 * @param ulHelpContext place in the help file
 * @param lpszHelpFileName the help file; may be null
 * @param lpfnABSDI handles keys of the modeless dialog; may be null
 * @param lpfnDismiss called when the modeless dialog is closed; may be null
 * @param lpvDismissContext handed to {@code lpfnDismiss}
 * @param lpszCaption title of the dialog; null for the default
 * @param lpszNewEntryTitle label of the button for new entries; null for the default
 * @param lpszDestWellsTitle title of the recipient fields; null for the default
 * @param cDestFields number of recipient fields; -1 for the default
 * @param nDestFieldFocus the field that has the focus at first
 * @param lppszDestTitles a title for each field; null for the default
 * @param lpulDestComps MAPI_TO, MAPI_CC or MAPI_BCC for each field; null for the default
 * @param lpContRestriction limits the entries shown; null for none
 * @param lpHierRestriction limits the containers shown; null for none
 */
public record ADRPARM(
    Bytes lpABContEntryID,
    int ulFlags,
    int ulHelpContext,
    String lpszHelpFileName,
    ACCELERATEABSDI lpfnABSDI,
    DISMISSMODELESS lpfnDismiss,
    Object lpvDismissContext,
    String lpszCaption,
    String lpszNewEntryTitle,
    String lpszDestWellsTitle,
    int cDestFields,
    int nDestFieldFocus,
    List<String> lppszDestTitles,
    List<Integer> lpulDestComps,
    SRestriction lpContRestriction,
    SRestriction lpHierRestriction) {
  /** Keeps its own copies of the lists. */
  public ADRPARM {
    lppszDestTitles = lppszDestTitles == null ? null : List.copyOf(lppszDestTitles);
    lpulDestComps = lpulDestComps == null ? null : List.copyOf(lpulDestComps);
  }
}
