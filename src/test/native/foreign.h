/* Objects in C by their smallest means: a vtable of functions, a count of references, and a record of what happened. */
#ifndef FOREIGN_H
#define FOREIGN_H

/* One file of a program has INITGUID. */
#define USES_IID_IUnknown
#define USES_IID_IAttachment
#define USES_IID_IMAPIAdviseSink
#define USES_IID_IMAPIFolder
#define USES_IID_IMAPIContainer
#define USES_IID_IMAPIProp
#define USES_IID_IMAPITable
#define USES_IID_IMAPISup
#define USES_IID_IMessage
#define USES_IID_IMsgStore
#define USES_IID_IProfSect
#define USES_IID_IMAPIProgress
#define USES_IID_IStream
#define USES_IID_ISequentialStream
#include <mapi4j.h>
#include <mapiguid.h>
#include <stdlib.h>
#include <string.h>

typedef void (*Any)(void);

enum { SLOTS_MAX = 48, INTERFACES_MAX = 4 };

typedef struct Type {
  const GUID *iids[INTERFACES_MAX]; /* beside IID_IUnknown; ends with NULL */
  void (*destroy)(void *object);
  Any slots[SLOTS_MAX];
} Type;

/* The head of every object. */
typedef struct Object {
  const Any *vtable;
  ULONG references;
  const Type *type;
} Object;

/* Objects that are alive. */
extern LONG foreign_alive;
/* Calls that failed since foreign_fails. */
extern LONG foreign_failed;

/*
 * All calls but the next few answer a code so often, and then do what is right again; they leave their outputs as they
 * are. S_FALSE stands for S_OK without having done anything. Few and often may be LONG_MAX.
 */
void foreign_fails(LONG after, LONG often, HRESULT hr);
/* What a call answers instead of what is right: a failure or S_FALSE; S_OK for what is right. */
HRESULT foreign_told(void);

#define FAILS_AS_TOLD()                             \
  do {                                              \
    HRESULT foreign_answer = foreign_told();        \
    if (foreign_answer != S_OK) {                   \
      return FAILED(foreign_answer) ? foreign_answer : S_OK; \
    }                                               \
  } while (0)

/* Fills the slots that a type has not with those every object has, and with one that refuses. */
void foreign_type(Type *type);
void *foreign_new(const Type *type, size_t size);
void foreign_add_ref(void *object);
ULONG foreign_release(void *object);

/* ---- properties ---- */

enum { PROPS_MAX = 64 };

typedef struct Routines {
  LPALLOCATEBUFFER buffer;
  LPALLOCATEMORE more;
  LPFREEBUFFER free;
} Routines;

/* Properties of one object, each with its memory in a chain of MAPIAllocateBuffer. */
typedef struct Props {
  ULONG count;
  SPropValue values[PROPS_MAX];
  LPVOID chain;
} Props;

void props_set(Props *props, const SPropValue *value);
void props_text(Props *props, ULONG tag, LPCWSTR text);
void props_long(Props *props, ULONG tag, LONG value);
void props_bytes(Props *props, ULONG tag, ULONG cb, const void *bytes);
const SPropValue *props_find(const Props *props, ULONG tag);
void props_delete(Props *props, ULONG tag);
void props_copy(Props *target, const Props *source);
void props_free(Props *props);
/* IMAPIProp::GetProps. */
HRESULT props_get(const Props *props, const SPropTagArray *tags, ULONG *count, LPSPropValue *out);
/* The same with routines of the caller's. */
HRESULT props_get_by(const Props *props, const SPropTagArray *tags, ULONG *count, LPSPropValue *out,
                     const Routines *routines);
/* One row of a table. */
HRESULT props_row(const Props *props, const SPropTagArray *tags, SRow *row);
HRESULT props_list(const Props *props, LPSPropTagArray *out);

#endif
