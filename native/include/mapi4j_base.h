/*
 * The types under MAPI's headers. On Windows they come from the platform's own headers; elsewhere they are
 * declared here with the widths Windows has: ULONG, LONG and HRESULT 32 bits, WCHAR 16 bits, ULONG_PTR as wide
 * as a pointer. x64 only.
 */
#ifndef MAPI4J_BASE_H
#define MAPI4J_BASE_H

#ifdef _WIN32

#include <windows.h>
#include <objbase.h>
#include <objidl.h>

#else

#include <stddef.h>
#include <string.h>
#ifndef __cplusplus
#include <uchar.h>
#endif

#define WINAPI
#define APIENTRY
#define CALLBACK
#define STDAPICALLTYPE
#define STDMETHODCALLTYPE
#define __RPC_FAR
#define FAR

typedef unsigned char BYTE, *LPBYTE, *PBYTE, BOOLEAN;
typedef unsigned short WORD, *LPWORD, USHORT;
typedef unsigned int DWORD, *LPDWORD, ULONG, *PULONG, UINT;
typedef int LONG, *LPLONG, *PLONG, INT, *LPINT, BOOL, HRESULT, SCODE, *PSCODE;
typedef short SHORT;
typedef long long LONGLONG;
typedef unsigned long long ULONGLONG;
typedef unsigned long ULONG_PTR, DWORD_PTR, UINT_PTR, WPARAM;
typedef long LONG_PTR, LPARAM, LRESULT;
typedef size_t SIZE_T;
typedef void *LPVOID, *PVOID, *HANDLE, *HINSTANCE, *HMODULE, *HWND;
typedef const void *LPCVOID;
typedef char CHAR, *LPSTR;
typedef const char *LPCSTR;
/* Compiled with -fshort-wchar, L"text" is text for MAPI; otherwise u"text" is. */
#if __SIZEOF_WCHAR_T__ == 2
typedef wchar_t WCHAR;
#else
typedef char16_t WCHAR;
#endif
typedef WCHAR *LPWSTR, *LPOLESTR, OLECHAR;
typedef const WCHAR *LPCWSTR, *LPCOLESTR;
#ifdef UNICODE
typedef WCHAR TCHAR;
#else
typedef char TCHAR;
#endif
typedef TCHAR *LPTSTR;
typedef const TCHAR *LPCTSTR;

typedef struct _FILETIME {
  DWORD dwLowDateTime;
  DWORD dwHighDateTime;
} FILETIME, *PFILETIME, *LPFILETIME;

typedef union _LARGE_INTEGER {
  struct {
    DWORD LowPart;
    LONG HighPart;
  } u;
  LONGLONG QuadPart;
} LARGE_INTEGER, *PLARGE_INTEGER;

typedef union _ULARGE_INTEGER {
  struct {
    DWORD LowPart;
    DWORD HighPart;
  } u;
  ULONGLONG QuadPart;
} ULARGE_INTEGER, *PULARGE_INTEGER;

typedef union tagCY {
  struct {
    ULONG Lo;
    LONG Hi;
  } s;
  LONGLONG int64;
} CY, *LPCY;

typedef struct _GUID {
  DWORD Data1;
  WORD Data2;
  WORD Data3;
  BYTE Data4[8];
} GUID, *LPGUID, IID, *LPIID, CLSID, *LPCLSID;
typedef const GUID *LPCGUID;

#ifdef __cplusplus
#define REFIID const IID &
#define REFGUID const GUID &
#define REFCLSID const CLSID &
#else
#define REFIID const IID *
#define REFGUID const GUID *
#define REFCLSID const CLSID *
#endif

typedef struct tagSTATSTG {
  LPOLESTR pwcsName;
  DWORD type;
  ULARGE_INTEGER cbSize;
  FILETIME mtime;
  FILETIME ctime;
  FILETIME atime;
  DWORD grfMode;
  DWORD grfLocksSupported;
  CLSID clsid;
  DWORD grfStateBits;
  DWORD reserved;
} STATSTG;

#define STGTY_STREAM 2
#define STATFLAG_DEFAULT 0
#define STATFLAG_NONAME 1
#define STREAM_SEEK_SET 0
#define STREAM_SEEK_CUR 1
#define STREAM_SEEK_END 2
#define STGC_DEFAULT 0
#define STGM_READ 0x00000000
#define STGM_WRITE 0x00000001
#define STGM_READWRITE 0x00000002
#define STGM_CREATE 0x00001000
#define STGM_DIRECT 0x00000000
#define STGM_TRANSACTED 0x00010000
#define STGM_SHARE_EXCLUSIVE 0x00000010

#ifndef TRUE
#define TRUE 1
#define FALSE 0
#endif
#define SUCCEEDED(hr) ((HRESULT)(hr) >= 0)
#define FAILED(hr) ((HRESULT)(hr) < 0)
#define E_INVALIDARG ((HRESULT)0x80070057)
#define E_NOINTERFACE ((HRESULT)0x80004002)
#define E_OUTOFMEMORY ((HRESULT)0x8007000E)
#define E_FAIL ((HRESULT)0x80004005)
#define E_NOTIMPL ((HRESULT)0x80004001)

#ifdef __cplusplus
#define EXTERN_C extern "C"
#else
#define EXTERN_C extern
#endif
#define interface struct
#define STDAPI EXTERN_C HRESULT STDAPICALLTYPE
#define STDAPI_(type) EXTERN_C type STDAPICALLTYPE
#define STDMETHODIMP HRESULT STDMETHODCALLTYPE
#define STDMETHODIMP_(type) type STDMETHODCALLTYPE
#ifdef __cplusplus
#define STDMETHOD(method) virtual HRESULT STDMETHODCALLTYPE method
#define STDMETHOD_(type, method) virtual type STDMETHODCALLTYPE method
#define PURE = 0
#define THIS_
#define THIS void
#else
#define STDMETHOD(method) HRESULT(STDMETHODCALLTYPE *method)
#define STDMETHOD_(type, method) type(STDMETHODCALLTYPE *method)
#define PURE
#define THIS_ INTERFACE *This,
#define THIS INTERFACE *This
#endif

#ifdef __cplusplus
#include <cstring>
static inline bool operator==(const GUID &a, const GUID &b) { return memcmp(&a, &b, sizeof a) == 0; }
static inline bool operator!=(const GUID &a, const GUID &b) { return memcmp(&a, &b, sizeof a) != 0; }
#define IsEqualGUID(a, b) ((a) == (b))
#else
#define IsEqualGUID(a, b) (memcmp((a), (b), sizeof(GUID)) == 0)
#endif
#define IsEqualIID(a, b) IsEqualGUID(a, b)

#endif /* _WIN32 */

#ifndef BEGIN_INTERFACE
#define BEGIN_INTERFACE
#endif
#ifndef EXTERN_C
#error "windows.h did not define EXTERN_C"
#endif

typedef const IID *LPCIID;
typedef CY CURRENCY, *LPCURRENCY;
typedef ULONG *LPULONG;
/* As wide as a pointer, values below 2^32: mingw-w64's own headers have 4 bytes here and in connection numbers. */
typedef ULONG_PTR BOOKMARK;

/* MAPI's spelling of the platform's macros. */
#define MAPIMETHOD(method) STDMETHOD(method)
#define MAPIMETHOD_(type, method) STDMETHOD_(type, method)
#define IMPL

#define MAPI_IUNKNOWN_METHODS(IPURE)                               \
  MAPIMETHOD(QueryInterface)(THIS_ REFIID riid, LPVOID * ppvObj) IPURE; \
  MAPIMETHOD_(ULONG, AddRef)(THIS) IPURE;                          \
  MAPIMETHOD_(ULONG, Release)(THIS) IPURE;

#ifndef _WIN32
#undef INTERFACE
#define INTERFACE IMalloc
#define MAPI4J_IMALLOC_METHODS(IPURE)                    \
  STDMETHOD_(LPVOID, Alloc)(THIS_ SIZE_T cb) IPURE;      \
  STDMETHOD_(LPVOID, Realloc)(THIS_ LPVOID pv, SIZE_T cb) IPURE; \
  STDMETHOD_(void, Free)(THIS_ LPVOID pv) IPURE;         \
  STDMETHOD_(SIZE_T, GetSize)(THIS_ LPVOID pv) IPURE;    \
  STDMETHOD_(int, DidAlloc)(THIS_ LPVOID pv) IPURE;      \
  STDMETHOD_(void, HeapMinimize)(THIS) IPURE;
#ifdef __cplusplus
struct IMalloc {
  MAPI_IUNKNOWN_METHODS(PURE)
  MAPI4J_IMALLOC_METHODS(PURE)
};
#else
typedef struct IMalloc IMalloc;
typedef struct IMallocVtbl {
  MAPI_IUNKNOWN_METHODS(PURE)
  MAPI4J_IMALLOC_METHODS(PURE)
} IMallocVtbl;
struct IMalloc {
  const IMallocVtbl *lpVtbl;
};
#endif
#endif

#endif /* MAPI4J_BASE_H */
