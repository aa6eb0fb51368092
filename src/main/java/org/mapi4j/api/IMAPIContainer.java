package org.mapi4j.api;

import org.mapi4j.types.Bytes;
import org.mapi4j.types.ENTRYLIST;
import org.mapi4j.types.Guid;
import org.mapi4j.types.MapiResult;
import org.mapi4j.types.SRestriction;

/** An object that holds others. Source: MAPI "IMAPIContainer : IMAPIProp". */
public interface IMAPIContainer extends IMAPIProp {
  /** Outputs of {@link #getSearchCriteria}. */
  record SearchCriteria(
      SRestriction lppRestriction, ENTRYLIST lppContainerList, int lpulSearchState) {}

  /**
   * The table of the messages. Flags: MAPI_ASSOCIATED, MAPI_DEFERRED_ERRORS, MAPI_UNICODE,
   * SHOW_SOFT_DELETES, ACLTABLE_FREEBUSY. MAPI_E_BAD_CHARWIDTH, MAPI_E_NO_SUPPORT. Source: MAPI
   * "IMAPIContainer::GetContentsTable".
   */
  MapiResult<IMAPITable> getContentsTable(int ulFlags);

  /**
   * The table of the subfolders. Flags: CONVENIENT_DEPTH, MAPI_DEFERRED_ERRORS, MAPI_UNICODE,
   * SHOW_SOFT_DELETES. MAPI_E_BAD_CHARWIDTH, MAPI_E_NO_SUPPORT. Source: MAPI
   * "IMAPIContainer::GetHierarchyTable".
   */
  MapiResult<IMAPITable> getHierarchyTable(int ulFlags);

  /**
   * Opens an object of this container. Flags: MAPI_BEST_ACCESS, MAPI_DEFERRED_ERRORS, MAPI_MODIFY,
   * SHOW_SOFT_DELETES, MAPI_NO_CACHE. MAPI_E_NO_ACCESS, MAPI_E_NOT_FOUND, MAPI_E_UNKNOWN_ENTRYID.
   * Source: MAPI "IMAPIContainer::OpenEntry".
   *
   * @param lpEntryID the identifier; null for the container itself
   * @param lpInterface the interface wanted; null for the standard one
   */
  MapiResult<OpenedEntry> openEntry(Bytes lpEntryID, Guid lpInterface, int ulFlags);

  /**
   * Sets the criteria of a search folder. MAPI_E_TOO_COMPLEX, MAPI_E_NO_SUPPORT. Source: MAPI
   * "IMAPIContainer::SetSearchCriteria".
   */
  int setSearchCriteria(SRestriction lpRestriction, ENTRYLIST lpContainerList, int ulSearchFlags);

  /**
   * The criteria of a search folder. Flags: MAPI_UNICODE. MAPI_E_NOT_INITIALIZED,
   * MAPI_E_NO_SUPPORT. Source: MAPI "IMAPIContainer::GetSearchCriteria".
   */
  MapiResult<SearchCriteria> getSearchCriteria(int ulFlags);
}
