/* MAPI itself as far as a logon sees it: a support object and a profile section, and a note of what was asked of them. */
#ifndef HOST_H
#define HOST_H

#define USES_IID_IMAPISup
#define USES_IID_IProfSect
#include "foreign.h"

enum { ROWS_MAX = 4, WRAPPED_MAX = 32 };

typedef struct Support {
  Object head;
  Routines routines; /* for what it and its section give */
  Props profile;
  Props rows[ROWS_MAX]; /* that ModifyStatusRow was given */
  Props wrapped;        /* what WrapStoreEntryID was given, tags WRAPPED_TAG(0), WRAPPED_TAG(1) ... */
  LONG calls[SLOTS_MAX];
  int saves; /* of the profile section */
  ULONG logoff_flags;
  HRESULT section_failure; /* what OpenProfileSection answers */
  int sections_null;       /* and it answers success without a section */
} Support;

#define WRAPPED_TAG(index) PROP_TAG(PT_BINARY, 0x6700 + (index))

/* How often a method of the support object was called. */
#define CALLS(support, method) ((support)->calls[offsetof(IMAPISupportVtbl, method) / sizeof(Any)])

/* WrapStoreEntryID puts these bytes before an identifier. */
extern const BYTE HOST_WRAPPING[8];

/* Arguments that no provider may give. */
extern LONG host_wrong;

/* With one reference, and an empty profile section. */
Support *host_support(LPALLOCATEBUFFER buffer, LPALLOCATEMORE more, LPFREEBUFFER free);

#endif
