/*
 * Pointers within one block, moved from one base address to another: what ScCopyProps or ScCopyNotifications made, to
 * be written somewhere or read back. The block is where the array is; no object, no JVM.
 */
#include "library.h"

#include <stddef.h>

typedef struct Move {
  BYTE *block; /* where the block is */
  const BYTE *old;
  BYTE *fresh;
  SCODE sc;
} Move;

/* Moves one pointer; where it points to in the block, NULL for none. */
static void *moved(const Move *move, void *pointer) {
  BYTE *target;
  memcpy(&target, pointer, sizeof target);
  if (target == NULL) {
    return NULL;
  }
  uintptr_t offset = (uintptr_t)target - (uintptr_t)move->old;
  BYTE *now = (BYTE *)((uintptr_t)move->fresh + offset);
  memcpy(pointer, &now, sizeof now);
  return (BYTE *)((uintptr_t)move->block + offset);
}

/* An array of count pointers, the first of each size bytes further. */
static void each(Move *move, void *array, ULONG count, size_t size, size_t at) {
  if (count > ELEMENTS_MAX) {
    move->sc = MAPI_E_INVALID_PARAMETER;
    return;
  }
  for (ULONG i = 0; array != NULL && i < count; i++) {
    moved(move, (BYTE *)array + i * size + at);
  }
}

static void value(Move *move, SPropValue *prop) {
  ULONG type = PROP_TYPE(prop->ulPropTag);
  if ((type & MVI_FLAG) == MVI_FLAG) {
    type &= ~(ULONG)MVI_FLAG;
  }
  switch (type) {
    case PT_UNSPECIFIED:
    case PT_NULL:
    case PT_I2:
    case PT_LONG:
    case PT_R4:
    case PT_DOUBLE:
    case PT_CURRENCY:
    case PT_APPTIME:
    case PT_ERROR:
    case PT_BOOLEAN:
    case PT_OBJECT:
    case PT_I8:
    case PT_SYSTIME:
      return;
    case PT_STRING8:
    case PT_UNICODE:
    case PT_CLSID:
      moved(move, &prop->Value.lpszA);
      return;
    case PT_BINARY:
      moved(move, &prop->Value.bin.lpb);
      return;
    case PT_MV_I2:
    case PT_MV_LONG:
    case PT_MV_R4:
    case PT_MV_DOUBLE:
    case PT_MV_CURRENCY:
    case PT_MV_APPTIME:
    case PT_MV_SYSTIME:
    case PT_MV_I8:
    case PT_MV_CLSID:
      moved(move, &prop->Value.MVl.lpl);
      return;
    case PT_MV_STRING8:
    case PT_MV_UNICODE:
      each(move, moved(move, &prop->Value.MVszA.lppszA), prop->Value.MVszA.cValues, sizeof(LPSTR), 0);
      return;
    case PT_MV_BINARY:
      each(move, moved(move, &prop->Value.MVbin.lpbin), prop->Value.MVbin.cValues, sizeof(SBinary),
           offsetof(SBinary, lpb));
      return;
    default:
      move->sc = MAPI_E_INVALID_PARAMETER;
  }
}

static void values(Move *move, ULONG count, SPropValue *props) {
  if (count > ELEMENTS_MAX) {
    move->sc = MAPI_E_INVALID_PARAMETER;
  }
  for (ULONG i = 0; props != NULL && i < count && move->sc == S_OK; i++) {
    value(move, &props[i]);
  }
}

static void event(Move *move, NOTIFICATION *event) {
  switch (event->ulEventType) {
    case fnevCriticalError: {
      moved(move, &event->info.err.lpEntryID);
      MAPIERROR *error = moved(move, &event->info.err.lpMAPIError);
      if (error != NULL) {
        moved(move, &error->lpszError);
        moved(move, &error->lpszComponent);
      }
      return;
    }
    case fnevNewMail:
      moved(move, &event->info.newmail.lpEntryID);
      moved(move, &event->info.newmail.lpParentID);
      moved(move, &event->info.newmail.lpszMessageClass);
      return;
    case fnevObjectCreated:
    case fnevObjectDeleted:
    case fnevObjectModified:
    case fnevObjectMoved:
    case fnevObjectCopied:
    case fnevSearchComplete:
      moved(move, &event->info.obj.lpEntryID);
      moved(move, &event->info.obj.lpParentID);
      moved(move, &event->info.obj.lpOldID);
      moved(move, &event->info.obj.lpOldParentID);
      moved(move, &event->info.obj.lpPropTagArray);
      return;
    case fnevTableModified:
      value(move, &event->info.tab.propIndex);
      value(move, &event->info.tab.propPrior);
      values(move, event->info.tab.row.cValues, moved(move, &event->info.tab.row.lpProps));
      return;
    case fnevStatusObjectModified:
      moved(move, &event->info.statobj.lpEntryID);
      values(move, event->info.statobj.cValues, moved(move, &event->info.statobj.lpPropVals));
      return;
    case fnevExtended:
      moved(move, &event->info.ext.pbEventParameters);
      return;
    default:
      move->sc = MAPI_E_INVALID_PARAMETER;
  }
}

/* S_OK when every event and property is of a known kind: their pointers are moved to where they are already. */
static SCODE checked(int count, NOTIFICATION *events, const Move *move) {
  Move still = {.block = move->block, .old = move->old, .fresh = (BYTE *)(uintptr_t)move->old, .sc = S_OK};
  for (int i = 0; i < count && still.sc == S_OK; i++) {
    event(&still, &events[i]);
  }
  return still.sc;
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
  Move here = {.block = (BYTE *)lpNotif, .old = pvBaseOld, .fresh = (BYTE *)lpNotif, .sc = S_OK};
  SCODE sc = checked(cNotif, lpNotif, &here);
  if (sc != S_OK) {
    return sc;
  }
  for (int i = 0; i < cNotif; i++) {
    event(&here, &lpNotif[i]);
  }
  /* the pointers are right here and now: count, then move them on */
  sc = pcb == NULL ? S_OK : ScCountNotifications(cNotif, lpNotif, pcb);
  Move on = {.block = (BYTE *)lpNotif, .old = (BYTE *)lpNotif, .fresh = sc == S_OK ? pvBaseNew : pvBaseOld, .sc = S_OK};
  for (int i = 0; i < cNotif; i++) {
    event(&on, &lpNotif[i]);
  }
  return sc;
}
