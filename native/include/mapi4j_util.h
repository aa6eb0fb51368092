/*
 * MAPI's helper functions, in C and without a JVM. They are exported under these names and, from the Windows
 * library, also as x86 would decorate them (HrQueryAllRows@24), because clients ask GetProcAddress for that.
 * Text is 8-bit whether UNICODE is defined or not, as in MAPI32.DLL.
 *
 * What objects put out is taken to be blocks of the MAPIAllocateBuffer below, as MAPI's functions take them to be of
 * MAPI's own: FreeProws, FreePadrlist, HrQueryAllRows, HrGetOneProp, HrSetOneProp and FPropExists free with the
 * MAPIFreeBuffer below, and a row set grows by the MAPIAllocateBuffer below. That is right for objects of Mapi4jOpenStore,
 * of Mapi4jOpenStoreEx without routines or with these, and of a host that gives MSProviderInit these. Where a logon
 * has other routines, also ones that count and call these, do not use those six: call QueryRows, GetProps, SetProps
 * and GetPropList, and free by the logon's routine, a row set row by row. A block of another allocator is not freed
 * by MAPIFreeBuffer: it looks at the 32 bytes before the block and answers MAPI_E_INVALID_PARAMETER.
 *
 * A pointer that must not be NULL, a count without its array, and a count that no array can have (more than 1,048,576
 * elements, 1 GiB of bytes) are MAPI_E_INVALID_PARAMETER before anything is read. FreeProws and FreePadrlist free nothing
 * of a set whose count is beyond its own block.
 */
#ifndef MAPI4J_UTIL_H
#define MAPI4J_UTIL_H

#ifdef __cplusplus
extern "C" {
#endif

SCODE STDMETHODCALLTYPE MAPIAllocateBuffer(ULONG cbSize, LPVOID *lppBuffer);
SCODE STDMETHODCALLTYPE MAPIAllocateMore(ULONG cbSize, LPVOID lpObject, LPVOID *lppBuffer);
ULONG STDAPICALLTYPE MAPIFreeBuffer(LPVOID lpBuffer);
SCODE STDAPICALLTYPE MAPIReallocateBuffer(LPVOID lpObject, ULONG cbSize, LPVOID *lppBuffer);
LPMALLOC STDAPICALLTYPE MAPIGetDefaultMalloc(void);

ULONG STDAPICALLTYPE UlAddRef(LPVOID lpunk);
ULONG STDAPICALLTYPE UlRelease(LPVOID lpunk);

void STDAPICALLTYPE FreeProws(LPSRowSet lpRows);
void STDAPICALLTYPE FreePadrlist(LPADRLIST lpAdrlist);
HRESULT STDAPICALLTYPE HrQueryAllRows(LPMAPITABLE lpTable, LPSPropTagArray lpPropTags, LPSRestriction lpRestriction,
                                      LPSSortOrderSet lpSortOrderSet, LONG crowsMax, LPSRowSet *lppRows);

HRESULT STDAPICALLTYPE HrGetOneProp(LPMAPIPROP lpMapiProp, ULONG ulPropTag, LPSPropValue *lppProp);
HRESULT STDAPICALLTYPE HrSetOneProp(LPMAPIPROP lpMapiProp, LPSPropValue lpProp);
BOOL STDAPICALLTYPE FPropExists(LPMAPIPROP lpMapiProp, ULONG ulPropTag);
LPSPropValue STDAPICALLTYPE PpropFindProp(LPSPropValue lpPropArray, ULONG cValues, ULONG ulPropTag);
LPSPropValue STDAPICALLTYPE LpValFindProp(ULONG ulPropTag, ULONG cValues, LPSPropValue lpPropArray);

SCODE STDAPICALLTYPE ScCountProps(int cValues, LPSPropValue lpPropArray, ULONG *lpcb);
SCODE STDAPICALLTYPE ScCopyProps(int cValues, LPSPropValue lpPropArray, LPVOID lpvDst, ULONG *lpcb);
SCODE STDAPICALLTYPE ScDupPropset(int cValues, LPSPropValue lpPropArray, LPALLOCATEBUFFER lpAllocateBuffer,
                                  LPSPropValue *lppPropArray);
HRESULT STDAPICALLTYPE PropCopyMore(LPSPropValue lpSPropValueDest, LPSPropValue lpSPropValueSrc,
                                    ALLOCATEMORE *lpfAllocMore, LPVOID lpvObject);

SCODE STDAPICALLTYPE ScCountNotifications(int cNotifications, LPNOTIFICATION lpNotifications, ULONG *lpcb);
SCODE STDAPICALLTYPE ScCopyNotifications(int cNotifications, LPNOTIFICATION lpNotifications, LPVOID lpvDst,
                                         ULONG *lpcb);
SCODE STDAPICALLTYPE ScRelocNotifications(int cNotif, LPNOTIFICATION lpNotif, LPVOID pvBaseOld, LPVOID pvBaseNew,
                                          ULONG *pcb);
HRESULT STDAPICALLTYPE HrAllocAdviseSink(LPNOTIFCALLBACK lpfnCallback, LPVOID lpvContext,
                                         LPMAPIADVISESINK *lppAdviseSink);
HRESULT STDAPICALLTYPE HrThisThreadAdviseSink(LPMAPIADVISESINK lpAdviseSink, LPMAPIADVISESINK *lppAdviseSink);
HRESULT STDAPICALLTYPE HrDispatchNotifications(ULONG ulFlags);

HRESULT STDAPICALLTYPE HrSzFromEntryID(ULONG cbEntryID, LPENTRYID lpEntryID, LPSTR *lppszEntryID);
HRESULT STDAPICALLTYPE HrEntryIDFromSz(LPSTR lpszEntryID, ULONG *lpcbEntryID, LPENTRYID *lppEntryID);
void STDAPICALLTYPE HexFromBin(LPBYTE lpb, int cb, LPSTR lpsz);
BOOL STDAPICALLTYPE FBinFromHex(LPSTR lpsz, LPBYTE lpb);

SCODE STDAPICALLTYPE ScInitMapiUtil(ULONG ulFlags);
void STDAPICALLTYPE DeinitMapiUtil(void);

#ifndef _WIN32
/* Windows has these in kernel32. */
int lstrlenW(LPCWSTR lpString);
LPWSTR lstrcpyW(LPWSTR lpTarget, LPCWSTR lpSource);
int lstrcmpiW(LPCWSTR lpString1, LPCWSTR lpString2);
#endif

#ifdef __cplusplus
}
#endif

#endif /* MAPI4J_UTIL_H */
