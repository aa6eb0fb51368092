/*
 * Pointers within one block, moved from one base address to another: what ScCopyProps or ScCopyNotifications made, to
 * be written somewhere or read back. The block is where the array is; no object, no JVM.
 */
#include "library.h"

typedef struct Move {
  Walk walk;   /* first: a visit gets it */
  BYTE *block; /* where the block is */
  const BYTE *old;
  BYTE *fresh;
} Move;

/* Moves one pointer; the walk goes on where it points to in the block. */
static void *move(Walk *walk, void *pointer, Contents contents, ULONG count, size_t size) {
  const Move *to = (const Move *)walk;
  BYTE *target;
  memcpy(&target, pointer, sizeof target);
  (void)contents;
  (void)count;
  (void)size;
  if (target == NULL) {
    return NULL;
  }
  uintptr_t offset = (uintptr_t)target - (uintptr_t)to->old;
  BYTE *now = (BYTE *)((uintptr_t)to->fresh + offset);
  memcpy(pointer, &now, sizeof now);
  return (BYTE *)((uintptr_t)to->block + offset);
}

/* Moves the pointers of all events, which are where the block is. */
static SCODE moved(int count, NOTIFICATION *events, const void *old, void *fresh) {
  Move to = {.walk = {.visit = move}, .block = (BYTE *)events, .old = old, .fresh = fresh};
  for (int i = 0; i < count && to.walk.sc == S_OK; i++) {
    walk_event(&to.walk, &events[i]);
  }
  return to.walk.sc;
}

/*
 * pvBaseOld is the address at which the pointers are right, pvBaseNew the one at which they shall be; the array is the
 * block's beginning, wherever that is now. Nothing changes on failure.
 */
EXPORT SCODE STDAPICALLTYPE ScRelocNotifications(int cNotif, LPNOTIFICATION lpNotif, LPVOID pvBaseOld,
                                                 LPVOID pvBaseNew, ULONG *pcb) {
  if (cNotif < 0 || (ULONG)cNotif > ELEMENTS_MAX || (lpNotif == NULL && cNotif > 0)) {
    return MAPI_E_INVALID_PARAMETER;
  }
  /* every event and property is of a known kind: their pointers are moved to where they are already */
  SCODE sc = moved(cNotif, lpNotif, pvBaseOld, pvBaseOld);
  if (sc != S_OK) {
    return sc;
  }
  (void)moved(cNotif, lpNotif, pvBaseOld, lpNotif);
  /* the pointers are right here and now: count, then move them on */
  sc = pcb == NULL ? S_OK : ScCountNotifications(cNotif, lpNotif, pcb);
  (void)moved(cNotif, lpNotif, lpNotif, sc == S_OK ? pvBaseNew : pvBaseOld);
  return sc;
}
