package org.mapi4j.api;

import java.util.List;
import org.mapi4j.types.ADRLIST;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SPropTagArray;

/** A container of the address book. Source: MAPI "IABContainer : IMAPIContainer". */
public interface IABContainer extends IMAPIContainer {
  /**
   * Outputs of {@link #resolveNames}, both in-out: the recipients, and MAPI_UNRESOLVED,
   * MAPI_AMBIGUOUS or MAPI_RESOLVED for each.
   */
  record ResolvedNames(ADRLIST lpAdrList, List<Integer> lpFlagList) {
    /** Keeps its own copy of the list. */
    public ResolvedNames {
      lpFlagList = List.copyOf(lpFlagList);
    }
  }

  /**
   * Creates an entry from a template; its SaveChanges adds it. Flags: CREATE_CHECK_DUP_LOOSE,
   * CREATE_CHECK_DUP_STRICT, CREATE_REPLACE. Source: MAPI "IABContainer::CreateEntry".
   *
   * @param lpEntryID the template
   */
  MapiResult<IMAPIProp> createEntry(Bytes lpEntryID, int ulCreateFlags);

  /**
   * Copies entries of the address book into this container. Flags: AB_NO_DIALOG,
   * CREATE_CHECK_DUP_LOOSE, CREATE_CHECK_DUP_STRICT, CREATE_REPLACE. MAPI_W_PARTIAL_COMPLETION.
   * Source: MAPI "IABContainer::CopyEntries".
   */
  int copyEntries(ENTRYLIST lpEntries, long ulUIParam, IMAPIProgress lpProgress, int ulFlags);

  /**
   * Removes entries. Flags: 0. MAPI_W_PARTIAL_COMPLETION. Source: MAPI
   * "IABContainer::DeleteEntries".
   */
  int deleteEntries(ENTRYLIST lpEntries, int ulFlags);

  /**
   * Resolves names to entries. Flags: EMS_AB_ADDRESS_LOOKUP, MAPI_CACHE_ONLY, MAPI_UNICODE.
   * MAPI_E_BAD_CHARWIDTH, MAPI_E_NO_SUPPORT. Source: MAPI "IABContainer::ResolveNames".
   *
   * @param lpPropTagArray properties that resolved entries get; null for the provider's default set
   * @param lpFlagList for each entry MAPI_UNRESOLVED, MAPI_AMBIGUOUS or MAPI_RESOLVED
   */
  MapiResult<ResolvedNames> resolveNames(
      SPropTagArray lpPropTagArray, int ulFlags, ADRLIST lpAdrList, List<Integer> lpFlagList);
}
