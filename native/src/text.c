/* Text and entry identifiers. Only ASCII digits count as hexadecimal. */
#include "library.h"

#ifndef _WIN32
#include <wctype.h>
#endif

EXPORT void STDAPICALLTYPE HexFromBin(LPBYTE lpb, int cb, LPSTR lpsz) {
  static const char digits[] = "0123456789ABCDEF";
  if (lpsz == NULL) {
    return;
  }
  for (int i = 0; lpb != NULL && i < cb; i++) {
    *lpsz++ = digits[lpb[i] >> 4];
    *lpsz++ = digits[lpb[i] & 15];
  }
  *lpsz = 0;
}

static int digit(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  if (c >= 'A' && c <= 'F') {
    return c - 'A' + 10;
  }
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

EXPORT BOOL STDAPICALLTYPE FBinFromHex(LPSTR lpsz, LPBYTE lpb) {
  if (lpsz == NULL || lpb == NULL) {
    return FALSE;
  }
  for (; *lpsz != 0; lpsz += 2) {
    int high = digit(lpsz[0]);
    int low = high < 0 ? -1 : digit(lpsz[1]);
    if (low < 0) {
      return FALSE;
    }
    *lpb++ = (BYTE)(high << 4 | low);
  }
  return TRUE;
}

EXPORT HRESULT STDAPICALLTYPE HrSzFromEntryID(ULONG cbEntryID, LPENTRYID lpEntryID, LPSTR *lppszEntryID) {
  if (lppszEntryID == NULL) {
    return MAPI_E_INVALID_PARAMETER;
  }
  *lppszEntryID = NULL;
  if (lpEntryID == NULL) {
    return MAPI_E_INVALID_PARAMETER;
  }
  if (cbEntryID == 0 || cbEntryID > 0x3FFFFFFF) {
    return MAPI_E_INVALID_ENTRYID;
  }
  LPVOID text = NULL;
  SCODE sc = MAPIAllocateBuffer(2 * cbEntryID + 1, &text);
  if (sc == S_OK) {
    HexFromBin((LPBYTE)lpEntryID, (int)cbEntryID, text);
    *lppszEntryID = text;
  }
  return sc;
}

EXPORT HRESULT STDAPICALLTYPE HrEntryIDFromSz(LPSTR lpszEntryID, ULONG *lpcbEntryID, LPENTRYID *lppEntryID) {
  if (lpszEntryID == NULL || lpcbEntryID == NULL || lppEntryID == NULL) {
    return MAPI_E_INVALID_PARAMETER;
  }
  *lpcbEntryID = 0;
  *lppEntryID = NULL;
  size_t length = strlen(lpszEntryID);
  if (length == 0 || length % 2 != 0 || length > 0x7FFFFFFF) {
    return MAPI_E_INVALID_ENTRYID;
  }
  LPVOID bytes = NULL;
  SCODE sc = MAPIAllocateBuffer((ULONG)(length / 2), &bytes);
  if (sc == S_OK && !FBinFromHex(lpszEntryID, bytes)) {
    MAPIFreeBuffer(bytes);
    sc = MAPI_E_INVALID_ENTRYID;
  }
  if (sc == S_OK) {
    *lpcbEntryID = (ULONG)(length / 2);
    *lppEntryID = bytes;
  }
  return sc;
}

EXPORT SCODE STDAPICALLTYPE ScInitMapiUtil(ULONG ulFlags) { return ulFlags == 0 ? S_OK : MAPI_E_UNKNOWN_FLAGS; }

EXPORT void STDAPICALLTYPE DeinitMapiUtil(void) {}

EXPORT ULONG STDAPICALLTYPE UlAddRef(LPVOID lpunk) {
  return lpunk == NULL ? 0 : ((IUnknown *)lpunk)->lpVtbl->AddRef(lpunk);
}

EXPORT ULONG STDAPICALLTYPE UlRelease(LPVOID lpunk) {
  return lpunk == NULL ? 0 : ((IUnknown *)lpunk)->lpVtbl->Release(lpunk);
}

#ifndef _WIN32

EXPORT int lstrlenW(LPCWSTR lpString) {
  int length = 0;
  while (lpString != NULL && lpString[length] != 0) {
    length++;
  }
  return length;
}

EXPORT LPWSTR lstrcpyW(LPWSTR lpTarget, LPCWSTR lpSource) {
  if (lpTarget == NULL || lpSource == NULL) {
    return NULL;
  }
  memmove(lpTarget, lpSource, ((size_t)lstrlenW(lpSource) + 1) * sizeof(WCHAR));
  return lpTarget;
}

EXPORT int lstrcmpiW(LPCWSTR lpString1, LPCWSTR lpString2) {
  if (lpString1 == NULL || lpString2 == NULL) {
    return (lpString1 != NULL) - (lpString2 != NULL);
  }
  for (;; lpString1++, lpString2++) {
    wint_t one = towlower(*lpString1);
    wint_t other = towlower(*lpString2);
    if (one != other || one == 0) {
      return (one > other) - (one < other);
    }
  }
}

#endif
