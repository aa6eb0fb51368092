/* The entry point of a message store provider. */
#ifndef MAPI4J_SPI_H
#define MAPI4J_SPI_H

#ifdef _WIN32
#define STDMAPIINITCALLTYPE __cdecl
#else
#define STDMAPIINITCALLTYPE
#endif

typedef HRESULT(STDMAPIINITCALLTYPE MSPROVIDERINIT)(HINSTANCE hInstance, LPMALLOC lpMalloc,
                                                    LPALLOCATEBUFFER lpAllocateBuffer, LPALLOCATEMORE lpAllocateMore,
                                                    LPFREEBUFFER lpFreeBuffer, ULONG ulFlags, ULONG ulMAPIVer,
                                                    ULONG *lpulProviderVer, LPMSPROVIDER *lppMSProvider);
typedef MSPROVIDERINIT *LPMSPROVIDERINIT;
#ifdef __cplusplus
extern "C" MSPROVIDERINIT MSProviderInit;
#else
extern MSPROVIDERINIT MSProviderInit;
#endif

#endif /* MAPI4J_SPI_H */
