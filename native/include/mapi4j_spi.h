/* The entry points of a message store provider and of its message service. */
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
typedef HRESULT(STDAPICALLTYPE MSGSERVICEENTRY)(HINSTANCE hInstance, LPMALLOC lpMalloc, LPMAPISUP lpMAPISup,
                                                ULONG_PTR ulUIParam, ULONG ulFlags, ULONG ulContext, ULONG cValues,
                                                LPSPropValue lpProps, LPPROVIDERADMIN lpProviderAdmin,
                                                LPMAPIERROR *lppMapiError);
typedef MSGSERVICEENTRY *LPMSGSERVICEENTRY;
#ifdef __cplusplus
extern "C" MSPROVIDERINIT MSProviderInit;
extern "C" MSGSERVICEENTRY ServiceEntry;
#else
extern MSPROVIDERINIT MSProviderInit;
extern MSGSERVICEENTRY ServiceEntry;
#endif

#endif /* MAPI4J_SPI_H */
