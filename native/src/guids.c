/* The library exports MAPI's GUIDs on Linux; on Windows clients define them by INITGUID, as they do with MAPI. */
#define MAPI4J_DEFINE_GUIDS
#ifndef _WIN32
#pragma GCC visibility push(default)
#endif
#include <mapiguid.h>
