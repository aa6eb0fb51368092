/* Helpers for rows and address lists: each row's properties are an allocation of their own. */
#include "library.h"

#define CHUNK_ROWS 1000

/* A count beyond the block that it stands in is not looked at: nothing is freed then. */
static BOOL holds(LPVOID block, ULONGLONG size) { return block != NULL && size <= memory_size(block); }

EXPORT void STDAPICALLTYPE FreeProws(LPSRowSet lpRows) {
  if (!holds(lpRows, CbNewSRowSet(0)) || !holds(lpRows, CbSRowSet(lpRows))) {
    return;
  }
  for (ULONG i = 0; i < lpRows->cRows; i++) {
    MAPIFreeBuffer(lpRows->aRow[i].lpProps);
  }
  MAPIFreeBuffer(lpRows);
}

EXPORT void STDAPICALLTYPE FreePadrlist(LPADRLIST lpAdrlist) {
  if (!holds(lpAdrlist, CbNewADRLIST(0)) || !holds(lpAdrlist, CbADRLIST(lpAdrlist))) {
    return;
  }
  for (ULONG i = 0; i < lpAdrlist->cEntries; i++) {
    MAPIFreeBuffer(lpAdrlist->aEntries[i].rgPropVals);
  }
  MAPIFreeBuffer(lpAdrlist);
}

static SCODE new_set(ULONGLONG rows, LPSRowSet *set) {
  ULONGLONG size = CbNewSRowSet(rows == 0 ? 1 : rows);
  if (size > 0xFFFFFFFF) {
    return MAPI_E_NOT_ENOUGH_MEMORY;
  }
  LPVOID block = NULL;
  SCODE sc = MAPIAllocateBuffer((ULONG)size, &block);
  *set = block;
  if (sc == S_OK) {
    (*set)->cRows = 0;
  }
  return sc;
}

/* Moves the rows of one set to the end of another; the emptied set is freed. */
static SCODE append(LPSRowSet *all, ULONG *room, LPSRowSet chunk) {
  ULONG count = (*all)->cRows;
  if (chunk->cRows > *room - count) {
    ULONGLONG wanted = (ULONGLONG)count + chunk->cRows;
    ULONGLONG larger = 2ULL * *room > wanted ? 2ULL * *room : wanted;
    LPSRowSet grown = NULL;
    SCODE sc = new_set(larger, &grown);
    if (sc != S_OK) {
      FreeProws(chunk);
      return sc;
    }
    memcpy(grown->aRow, (*all)->aRow, count * sizeof(SRow));
    grown->cRows = count;
    MAPIFreeBuffer(*all);
    *all = grown;
    *room = (ULONG)larger;
  }
  memcpy(&(*all)->aRow[count], chunk->aRow, chunk->cRows * sizeof(SRow));
  (*all)->cRows = count + chunk->cRows;
  MAPIFreeBuffer(chunk);
  return S_OK;
}

static HRESULT read_all(LPMAPITABLE table, ULONG rowsMax, LPSRowSet *rows) {
  ULONG room = CHUNK_ROWS;
  LPSRowSet all = NULL;
  HRESULT hr = new_set(room, &all);
  while (SUCCEEDED(hr)) {
    LPSRowSet chunk = NULL;
    hr = IMAPITable_QueryRows(table, CHUNK_ROWS, 0, &chunk);
    if (FAILED(hr) || chunk == NULL) {
      break; /* what a failing call left in its output is nobody's */
    }
    if (chunk->cRows == 0) {
      FreeProws(chunk);
      break;
    }
    if (chunk->cRows > CHUNK_ROWS) {
      hr = MAPI_E_CALL_FAILED; /* more than it was asked for */
      FreeProws(chunk);
      break;
    }
    hr = append(&all, &room, chunk);
    if (SUCCEEDED(hr) && rowsMax != 0 && all->cRows > rowsMax) {
      hr = MAPI_E_TABLE_TOO_BIG;
    }
  }
  if (FAILED(hr)) {
    FreeProws(all);
    return hr;
  }
  *rows = all;
  return S_OK;
}

EXPORT HRESULT STDAPICALLTYPE HrQueryAllRows(LPMAPITABLE lpTable, LPSPropTagArray lpPropTags,
                                             LPSRestriction lpRestriction, LPSSortOrderSet lpSortOrderSet,
                                             LONG crowsMax, LPSRowSet *lppRows) {
  if (lppRows == NULL) {
    return MAPI_E_INVALID_PARAMETER;
  }
  *lppRows = NULL;
  if (lpTable == NULL || crowsMax < 0) {
    return MAPI_E_INVALID_PARAMETER;
  }
  HRESULT hr = lpPropTags == NULL ? S_OK : IMAPITable_SetColumns(lpTable, lpPropTags, TBL_BATCH);
  if (SUCCEEDED(hr) && lpRestriction != NULL) {
    hr = IMAPITable_Restrict(lpTable, lpRestriction, TBL_BATCH);
  }
  if (SUCCEEDED(hr) && lpSortOrderSet != NULL) {
    hr = IMAPITable_SortTable(lpTable, lpSortOrderSet, TBL_BATCH);
  }
  if (SUCCEEDED(hr)) {
    hr = IMAPITable_SeekRow(lpTable, BOOKMARK_BEGINNING, 0, NULL);
  }
  return FAILED(hr) ? hr : read_all(lpTable, (ULONG)crowsMax, lppRows);
}
