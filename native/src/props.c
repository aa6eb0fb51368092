/* Helpers for properties: one of an object, one of an array, copies. */
#include "library.h"

/* The whole tag, or the identifier alone when the type asked for is PT_UNSPECIFIED. */
static BOOL matches(ULONG tag, ULONG wanted) {
  return PROP_TYPE(wanted) == PT_UNSPECIFIED ? PROP_ID(tag) == PROP_ID(wanted) : tag == wanted;
}

/* A problem whose code is no failure would read as success. */
static HRESULT failure(SCODE scode) { return FAILED(scode) ? scode : MAPI_E_CALL_FAILED; }

EXPORT HRESULT STDAPICALLTYPE HrGetOneProp(LPMAPIPROP lpMapiProp, ULONG ulPropTag, LPSPropValue *lppProp) {
  if (lppProp == NULL) {
    return MAPI_E_INVALID_PARAMETER;
  }
  *lppProp = NULL;
  if (lpMapiProp == NULL) {
    return MAPI_E_INVALID_PARAMETER;
  }
  SizedSPropTagArray(1, tags) = {1, {ulPropTag}};
  ULONG count = 0;
  LPSPropValue props = NULL;
  HRESULT hr = IMAPIProp_GetProps(lpMapiProp, (LPSPropTagArray)&tags, 0, &count, &props);
  if (FAILED(hr)) {
    return hr; /* what a failing call left in its outputs is nobody's */
  }
  if (count != 1 || props == NULL) {
    hr = MAPI_E_CALL_FAILED;
  } else if (PROP_TYPE(props->ulPropTag) == PT_ERROR && PROP_TYPE(ulPropTag) != PT_ERROR) {
    hr = failure(props->Value.err);
  }
  if (FAILED(hr)) {
    MAPIFreeBuffer(props);
    return hr;
  }
  *lppProp = props;
  return S_OK;
}

EXPORT HRESULT STDAPICALLTYPE HrSetOneProp(LPMAPIPROP lpMapiProp, LPSPropValue lpProp) {
  if (lpMapiProp == NULL || lpProp == NULL) {
    return MAPI_E_INVALID_PARAMETER;
  }
  LPSPropProblemArray problems = NULL;
  HRESULT hr = IMAPIProp_SetProps(lpMapiProp, 1, lpProp, &problems);
  if (SUCCEEDED(hr)) {
    hr = problems == NULL || problems->cProblem == 0 ? S_OK : failure(problems->aProblem[0].scode);
    MAPIFreeBuffer(problems);
  }
  return hr;
}

/* Strings are listed in one width for each call, so the tag's own width is asked for. */
EXPORT BOOL STDAPICALLTYPE FPropExists(LPMAPIPROP lpMapiProp, ULONG ulPropTag) {
  if (lpMapiProp == NULL) {
    return FALSE;
  }
  ULONG width = (PROP_TYPE(ulPropTag) & ~(ULONG)MV_FLAG) == PT_UNICODE ? MAPI_UNICODE : 0;
  LPSPropTagArray tags = NULL;
  HRESULT hr = IMAPIProp_GetPropList(lpMapiProp, width, &tags);
  if (FAILED(hr)) {
    return FALSE;
  }
  BOOL found = FALSE;
  for (ULONG i = 0; tags != NULL && i < tags->cValues && !found; i++) {
    found = matches(tags->aulPropTag[i], ulPropTag);
  }
  MAPIFreeBuffer(tags);
  return found;
}

EXPORT LPSPropValue STDAPICALLTYPE PpropFindProp(LPSPropValue lpPropArray, ULONG cValues, ULONG ulPropTag) {
  for (ULONG i = 0; lpPropArray != NULL && i < cValues; i++) {
    if (matches(lpPropArray[i].ulPropTag, ulPropTag)) {
      return &lpPropArray[i];
    }
  }
  return NULL;
}

EXPORT LPSPropValue STDAPICALLTYPE LpValFindProp(ULONG ulPropTag, ULONG cValues, LPSPropValue lpPropArray) {
  return PpropFindProp(lpPropArray, cValues, ulPropTag);
}

static BOOL possible(int count, LPSPropValue props) {
  return count >= 0 && count <= (int)ELEMENTS_MAX && (props != NULL || count == 0);
}

/* A count of the caller's as the array's length; negative and absurd ones are refused. */
static SCODE measure(int count, LPSPropValue props, ULONG *size) {
  if (!possible(count, props)) {
    return MAPI_E_INVALID_PARAMETER;
  }
  Space space = space_counting();
  walk_values(&space.walk, &props, (ULONG)count);
  if (space.walk.sc == S_OK && space.bytes > 0xFFFFFFFF) {
    return MAPI_E_TOO_BIG;
  }
  *size = (ULONG)space.bytes;
  return space.walk.sc;
}

static BOOL countable(const SPropValue *prop) {
  ULONG type = PROP_TYPE(prop->ulPropTag);
  BOOL many = (type & MVI_FLAG) == MV_FLAG;
  return PROP_ID(prop->ulPropTag) != PROP_ID_NULL && PROP_ID(prop->ulPropTag) != PROP_ID_INVALID &&
         !(many && (prop->Value.MVl.cValues == 0 || prop->Value.MVl.lpl == NULL));
}

EXPORT SCODE STDAPICALLTYPE ScCountProps(int cValues, LPSPropValue lpPropArray, ULONG *lpcb) {
  for (int i = 0; possible(cValues, lpPropArray) && i < cValues; i++) {
    if (!countable(&lpPropArray[i])) {
      return MAPI_E_INVALID_PARAMETER;
    }
  }
  ULONG size = 0;
  SCODE sc = measure(cValues, lpPropArray, &size);
  if (sc == S_OK && lpcb != NULL) {
    *lpcb = size;
  }
  return sc;
}

EXPORT SCODE STDAPICALLTYPE ScCopyProps(int cValues, LPSPropValue lpPropArray, LPVOID lpvDst, ULONG *lpcb) {
  ULONG size = 0;
  SCODE sc = lpvDst == NULL ? MAPI_E_INVALID_PARAMETER : measure(cValues, lpPropArray, &size);
  if (sc == S_OK) {
    Space space = space_in_block(lpvDst);
    walk_values(&space.walk, &lpPropArray, (ULONG)cValues);
    if (lpcb != NULL) {
      *lpcb = size;
    }
  }
  return sc;
}

EXPORT SCODE STDAPICALLTYPE ScDupPropset(int cValues, LPSPropValue lpPropArray, LPALLOCATEBUFFER lpAllocateBuffer,
                                         LPSPropValue *lppPropArray) {
  if (lppPropArray == NULL || lpAllocateBuffer == NULL) {
    return MAPI_E_INVALID_PARAMETER;
  }
  *lppPropArray = NULL;
  ULONG size = 0;
  LPVOID block = NULL;
  SCODE sc = measure(cValues, lpPropArray, &size);
  if (sc == S_OK) {
    sc = lpAllocateBuffer(size, &block);
    if (sc != S_OK ? SUCCEEDED(sc) : block == NULL) {
      sc = MAPI_E_NOT_ENOUGH_MEMORY;
    }
  }
  if (sc == S_OK) {
    Space space = space_in_block(block);
    walk_values(&space.walk, &lpPropArray, (ULONG)cValues);
    *lppPropArray = block;
  }
  return sc;
}

EXPORT HRESULT STDAPICALLTYPE PropCopyMore(LPSPropValue lpSPropValueDest, LPSPropValue lpSPropValueSrc,
                                           ALLOCATEMORE *lpfAllocMore, LPVOID lpvObject) {
  if (lpSPropValueDest == NULL || lpSPropValueSrc == NULL || lpfAllocMore == NULL) {
    return MAPI_E_INVALID_PARAMETER;
  }
  SPropValue copy = *lpSPropValueSrc;
  Space space = space_chained(lpfAllocMore, lpvObject);
  walk_value(&space.walk, &copy, MAPI_E_NO_SUPPORT);
  if (space.walk.sc == S_OK) {
    *lpSPropValueDest = copy;
  }
  return space.walk.sc;
}
