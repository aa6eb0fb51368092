/*
 * Opening a mapi4j store without a MAPI subsystem. The library finds a JVM and the jar by the file libmapi4j.ini
 * (mapi4j.ini on Windows) beside it, else by itself; see README.md of this folder.
 */
#ifndef MAPI4J_H
#define MAPI4J_H

#include "mapiutil.h"

/* Why no store could be opened; one line on stderr (Windows: the debugger's output) and in the log says more. */
#define MAPI4J_E_NO_JVM ((HRESULT)0x80044A01)       /* no Java runtime found */
#define MAPI4J_E_JVM_32BIT ((HRESULT)0x80044A02)    /* the only one found has 32 bits */
#define MAPI4J_E_JVM_START ((HRESULT)0x80044A03)    /* it did not start */
#define MAPI4J_E_JVM_TOO_OLD ((HRESULT)0x80044A04)  /* it is older than Java 17 */
#define MAPI4J_E_NO_JAR ((HRESULT)0x80044A05)       /* mapi4j.jar is not on the class path */
#define MAPI4J_E_WRONG_JAR ((HRESULT)0x80044A06)    /* the jar belongs to another version of this library */
#define MAPI4J_E_SMALL_STACK ((HRESULT)0x80044A07)  /* the calling thread has too little of its own stack left */

/* Stack that must be left when an export is called, bytes; calls of objects need as much. */
#define MAPI4J_STACK_BYTES_MIN (256 * 1024)

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Opens the store in a directory. MDB_WRITE or MAPI_BEST_ACCESS: read/write, else read-only; MAPI_CREATE creates
 * an absent store, else MAPI_E_NOT_FOUND. Free what it gives with MAPIFreeBuffer and Release.
 */
HRESULT STDAPICALLTYPE Mapi4jOpenStore(const char *utf8Path, ULONG ulFlags, LPMDB *lppMDB);

/* The same with options and with the caller's own allocation routines: all three, or NULL for all three. */
HRESULT STDAPICALLTYPE Mapi4jOpenStoreEx(const char *utf8Path, ULONG ulFlags, const char *utf8Options,
                                         LPALLOCATEBUFFER lpAllocateBuffer, LPALLOCATEMORE lpAllocateMore,
                                         LPFREEBUFFER lpFreeBuffer, LPMDB *lppMDB);

#ifdef __cplusplus
}
#endif

#endif /* MAPI4J_H */
