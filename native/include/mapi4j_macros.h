/* The macros and function types of mapidefs.h; the structures before and the interfaces after them are generated. */
#ifndef MAPI4J_MACROS_H
#define MAPI4J_MACROS_H

#ifdef UNICODE
#define fMapiUnicode MAPI_UNICODE
#define PT_TSTRING PT_UNICODE
#define PT_MV_TSTRING PT_MV_UNICODE
#define LPSZ lpszW
#define LPPSZ lppszW
#define MVSZ MVszW
#else
#define fMapiUnicode 0
#define PT_TSTRING PT_STRING8
#define PT_MV_TSTRING PT_MV_STRING8
#define LPSZ lpszA
#define LPPSZ lppszA
#define MVSZ MVszA
#endif

#define PROP_TAG(type, id) ((ULONG)(((ULONG)(id) << 16) | (ULONG)(type)))
#define PROP_TYPE(tag) ((ULONG)(tag) & PROP_TYPE_MASK)
#define PROP_ID(tag) ((ULONG)(tag) >> 16)
#define CHANGE_PROP_TYPE(tag, type) ((0xFFFF0000 & (ULONG)(tag)) | (ULONG)(type))
#define MVI_PROP(tag) ((tag) | MVI_FLAG)
#define IDENTIFIER(tag) ((ULONG)(tag) & 0xFFFF0000)

#define CbNewSPropTagArray(n) (offsetof(SPropTagArray, aulPropTag) + (n) * sizeof(ULONG))
#define CbSPropTagArray(p) CbNewSPropTagArray((UINT)(p)->cValues)
#define CbNewSPropProblemArray(n) (offsetof(SPropProblemArray, aProblem) + (n) * sizeof(SPropProblem))
#define CbNewADRLIST(n) (offsetof(ADRLIST, aEntries) + (n) * sizeof(ADRENTRY))
#define CbADRLIST(p) CbNewADRLIST((UINT)(p)->cEntries)
#define CbNewSRowSet(n) (offsetof(SRowSet, aRow) + (n) * sizeof(SRow))
#define CbSRowSet(p) CbNewSRowSet((UINT)(p)->cRows)
#define CbNewSSortOrderSet(n) (offsetof(SSortOrderSet, aSort) + (n) * sizeof(SSortOrder))
#define CbSSortOrderSet(p) CbNewSSortOrderSet((UINT)(p)->cSorts)
#define CbNewENTRYID(n) (offsetof(ENTRYID, ab) + (n))
#define CbNewFlagList(n) (offsetof(FlagList, ulFlag) + (n) * sizeof(ULONG))

#define SizedENTRYID(n, name) \
  struct _ENTRYID_##name {    \
    BYTE abFlags[4];          \
    BYTE ab[n];               \
  } name
#define SizedSPropTagArray(n, name) \
  struct _SPropTagArray_##name {    \
    ULONG cValues;                  \
    ULONG aulPropTag[n];            \
  } name
#define SizedSPropProblemArray(n, name) \
  struct _SPropProblemArray_##name {    \
    ULONG cProblem;                     \
    SPropProblem aProblem[n];           \
  } name
#define SizedADRLIST(n, name) \
  struct _ADRLIST_##name {    \
    ULONG cEntries;           \
    ADRENTRY aEntries[n];     \
  } name
#define SizedSRowSet(n, name) \
  struct _SRowSet_##name {    \
    ULONG cRows;              \
    SRow aRow[n];             \
  } name
#define SizedSSortOrderSet(n, name) \
  struct _SSortOrderSet_##name {    \
    ULONG cSorts;                   \
    ULONG cCategories;              \
    ULONG cExpanded;                \
    SSortOrder aSort[n];            \
  } name
#define SizedDtblLabel(n, name)   \
  struct _DTBLLABEL_##name {      \
    DTBLLABEL dtbllabel;          \
    TCHAR lpszLabelName[n];       \
  } name

#define HR_SUCCEEDED(hr) SUCCEEDED((SCODE)(hr))
#define HR_FAILED(hr) FAILED((SCODE)(hr))
#ifndef GetScode
#define GetScode(hr) ((SCODE)(hr))
#define ResultFromScode(sc) ((HRESULT)(sc))
#endif

#endif /* MAPI4J_MACROS_H */
