/* The entry points that need a JVM. What they can refuse without one, they refuse. */
#include "library.h"

EXPORT HRESULT STDAPICALLTYPE Mapi4jOpenStoreEx(const char *utf8Path, ULONG ulFlags, const char *utf8Options,
                                                LPALLOCATEBUFFER lpAllocateBuffer, LPALLOCATEMORE lpAllocateMore,
                                                LPFREEBUFFER lpFreeBuffer, LPMDB *lppMDB) {
  if (lppMDB == NULL) {
    return MAPI_E_INVALID_PARAMETER;
  }
  *lppMDB = NULL;
  int given = (lpAllocateBuffer != NULL) + (lpAllocateMore != NULL) + (lpFreeBuffer != NULL);
  if (utf8Path == NULL || *utf8Path == 0 || (given != 0 && given != 3)) {
    return MAPI_E_INVALID_PARAMETER;
  }
  if (given == 0) {
    lpAllocateBuffer = MAPIAllocateBuffer;
    lpAllocateMore = MAPIAllocateMore;
    lpFreeBuffer = MAPIFreeBuffer;
  }
  return jvm_open_store(utf8Path, ulFlags, utf8Options, lpAllocateBuffer, lpAllocateMore, lpFreeBuffer, lppMDB);
}

EXPORT HRESULT STDAPICALLTYPE Mapi4jOpenStore(const char *utf8Path, ULONG ulFlags, LPMDB *lppMDB) {
  return Mapi4jOpenStoreEx(utf8Path, ulFlags, NULL, NULL, NULL, NULL, lppMDB);
}

EXPORT HRESULT STDMAPIINITCALLTYPE MSProviderInit(HINSTANCE hInstance, LPMALLOC lpMalloc,
                                                  LPALLOCATEBUFFER lpAllocateBuffer, LPALLOCATEMORE lpAllocateMore,
                                                  LPFREEBUFFER lpFreeBuffer, ULONG ulFlags, ULONG ulMAPIVer,
                                                  ULONG *lpulProviderVer, LPMSPROVIDER *lppMSProvider) {
  if (lpulProviderVer != NULL) {
    *lpulProviderVer = 0;
  }
  if (lppMSProvider == NULL) {
    return MAPI_E_INVALID_PARAMETER;
  }
  *lppMSProvider = NULL;
  if (lpulProviderVer == NULL || lpAllocateBuffer == NULL || lpAllocateMore == NULL || lpFreeBuffer == NULL) {
    return MAPI_E_INVALID_PARAMETER;
  }
  return jvm_provider_init(hInstance, lpMalloc, lpAllocateBuffer, lpAllocateMore, lpFreeBuffer, ulFlags, ulMAPIVer,
                           lpulProviderVer, lppMSProvider);
}

EXPORT HRESULT STDAPICALLTYPE ServiceEntry(HINSTANCE hInstance, LPMALLOC lpMalloc, LPMAPISUP lpMAPISup,
                                           ULONG_PTR ulUIParam, ULONG ulFlags, ULONG ulContext, ULONG cValues,
                                           LPSPropValue lpProps, LPPROVIDERADMIN lpProviderAdmin,
                                           LPMAPIERROR *lppMapiError) {
  if (lppMapiError != NULL) {
    *lppMapiError = NULL;
  }
  if (cValues != 0 && lpProps == NULL) {
    return MAPI_E_INVALID_PARAMETER;
  }
  return jvm_service_entry(hInstance, lpMalloc, lpMAPISup, ulUIParam, ulFlags, ulContext, cValues, lpProps,
                           lpProviderAdmin, lppMapiError);
}
