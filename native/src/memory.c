/*
 * MAPI's allocator: a chain is a head and the blocks allocated for it, all freed with the head. Any thread may
 * allocate for a chain; nobody may use it while it is freed. 16-byte aligned.
 */
#include "library.h"

#include <stdlib.h>

#define HEAD 0x6d34686561643030ULL
#define MORE 0x6d346d6f72653030ULL
#define FREED 0x6d34667265653030ULL

typedef struct Block {
  ULONGLONG kind;
  struct Block *head;
  struct Block *next; /* of a head: the newest block for it */
  size_t size;
} Block;

_Static_assert(sizeof(Block) % 16 == 0, "what follows the header is aligned as malloc aligns");

static Block *block_of(LPVOID buffer) { return buffer == NULL ? NULL : (Block *)buffer - 1; }

static Block *allocate(size_t size, ULONGLONG kind) {
  if (size > SIZE_MAX - sizeof(Block)) {
    return NULL;
  }
  Block *block = malloc(sizeof(Block) + size);
  if (block != NULL) {
    block->kind = kind;
    block->head = block;
    block->next = NULL;
    block->size = size;
  }
  return block;
}

size_t memory_size(LPVOID buffer) {
  Block *block = block_of(buffer);
  return block != NULL && block->kind == HEAD ? block->size : 0;
}

EXPORT SCODE STDMETHODCALLTYPE MAPIAllocateBuffer(ULONG cbSize, LPVOID *lppBuffer) {
  if (lppBuffer == NULL) {
    return MAPI_E_INVALID_PARAMETER;
  }
  Block *block = allocate(cbSize, HEAD);
  *lppBuffer = block == NULL ? NULL : block + 1;
  return block == NULL ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

EXPORT SCODE STDMETHODCALLTYPE MAPIAllocateMore(ULONG cbSize, LPVOID lpObject, LPVOID *lppBuffer) {
  if (lppBuffer == NULL) {
    return MAPI_E_INVALID_PARAMETER;
  }
  *lppBuffer = NULL;
  Block *object = block_of(lpObject);
  if (object == NULL || (object->kind != HEAD && object->kind != MORE)) {
    return MAPI_E_INVALID_PARAMETER;
  }
  Block *block = allocate(cbSize, MORE);
  if (block == NULL) {
    return MAPI_E_NOT_ENOUGH_MEMORY;
  }
  Block *head = object->head;
  block->head = head;
  block->next = __atomic_load_n(&head->next, __ATOMIC_RELAXED);
  while (!__atomic_compare_exchange_n(&head->next, &block->next, block, 1, __ATOMIC_RELEASE, __ATOMIC_RELAXED)) {
  }
  *lppBuffer = block + 1;
  return S_OK;
}

EXPORT ULONG STDAPICALLTYPE MAPIFreeBuffer(LPVOID lpBuffer) {
  Block *block = block_of(lpBuffer);
  if (block == NULL) {
    return (ULONG)S_OK;
  }
  if (block->kind != HEAD) {
    return (ULONG)MAPI_E_INVALID_PARAMETER; /* a block of a chain is not freed by itself */
  }
  while (block != NULL) {
    Block *next = block->next;
    block->kind = FREED;
    free(block);
    block = next;
  }
  return (ULONG)S_OK;
}

/* The old block is gone afterwards; what was allocated for it belongs to the new one. Pointers stay as they were. */
EXPORT SCODE STDAPICALLTYPE MAPIReallocateBuffer(LPVOID lpObject, ULONG cbSize, LPVOID *lppBuffer) {
  if (lppBuffer == NULL) {
    return MAPI_E_INVALID_PARAMETER;
  }
  *lppBuffer = NULL;
  Block *old = block_of(lpObject);
  if (old == NULL) {
    return MAPIAllocateBuffer(cbSize, lppBuffer);
  }
  if (old->kind != HEAD) {
    return MAPI_E_INVALID_PARAMETER;
  }
  Block *block = allocate(cbSize, HEAD);
  if (block == NULL) {
    return MAPI_E_NOT_ENOUGH_MEMORY;
  }
  memcpy(block + 1, old + 1, old->size < cbSize ? old->size : cbSize);
  block->next = old->next;
  for (Block *more = block->next; more != NULL; more = more->next) {
    more->head = block;
  }
  old->kind = FREED;
  free(old);
  *lppBuffer = block + 1;
  return S_OK;
}

#ifdef _WIN32

EXPORT LPMALLOC STDAPICALLTYPE MAPIGetDefaultMalloc(void) {
  IMalloc *malloc = NULL;
  return SUCCEEDED(CoGetMalloc(1, &malloc)) ? malloc : NULL;
}

#else

/* The task allocator of a system without one; it lives as long as the process. */
#include <malloc.h>

static HRESULT task_query(IMalloc *This, REFIID riid, LPVOID *ppv) {
  if (ppv == NULL) {
    return E_INVALIDARG;
  }
  *ppv = NULL;
  if (riid == NULL || !(IsEqualIID(riid, &IID_IUnknown) || IsEqualIID(riid, &IID_IMalloc))) {
    return E_NOINTERFACE;
  }
  *ppv = This;
  return S_OK;
}

static ULONG task_count(IMalloc *This) {
  (void)This;
  return 1;
}

static LPVOID task_alloc(IMalloc *This, SIZE_T cb) {
  (void)This;
  return malloc(cb);
}

static LPVOID task_realloc(IMalloc *This, LPVOID pv, SIZE_T cb) {
  (void)This;
  if (pv != NULL && cb == 0) {
    free(pv);
    return NULL;
  }
  return realloc(pv, cb);
}

static void task_free(IMalloc *This, LPVOID pv) {
  (void)This;
  free(pv);
}

static SIZE_T task_size(IMalloc *This, LPVOID pv) {
  (void)This;
  return pv == NULL ? (SIZE_T)-1 : malloc_usable_size(pv);
}

static int task_did_alloc(IMalloc *This, LPVOID pv) {
  (void)This;
  (void)pv;
  return -1; /* not known */
}

static void task_minimize(IMalloc *This) {
  (void)This;
  malloc_trim(0);
}

EXPORT LPMALLOC STDAPICALLTYPE MAPIGetDefaultMalloc(void) {
  static const IMallocVtbl vtable = {task_query,   task_count, task_count, task_alloc,    task_realloc,
                                     task_free, task_size,  task_did_alloc, task_minimize};
  static IMalloc allocator = {&vtable};
  return &allocator;
}

#endif
