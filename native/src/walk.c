/* The pointers of properties and notifications: one walk for what counts, copies or moves what they point to. */
#include "library.h"

static void *visit(Walk *walk, void *pointer, Contents contents, ULONG count, size_t size) {
  return walk->sc == S_OK ? walk->visit(walk, pointer, contents, count, size) : NULL;
}

/* What a visit says to go on with, when there is any: an array of a count that something can have. */
static BOOL goes_on(Walk *walk, const void *array, ULONG count) {
  if (walk->sc == S_OK && count > ELEMENTS_MAX) {
    walk->sc = MAPI_E_INVALID_PARAMETER;
  }
  return walk->sc == S_OK && array != NULL;
}

static void numbers(Walk *walk, SPropValue *prop, size_t size) {
  /* the pointer is at the same place in each multivalued member of the union */
  visit(walk, &prop->Value.MVl.lpl, ARRAY, prop->Value.MVl.cValues, size);
}

static void texts(Walk *walk, SPropValue *prop, Contents contents) {
  ULONG count = prop->Value.MVszA.cValues;
  LPSTR *each = visit(walk, &prop->Value.MVszA.lppszA, ARRAY, count, sizeof(LPSTR));
  if (goes_on(walk, each, count)) {
    for (ULONG i = 0; i < count; i++) {
      visit(walk, &each[i], contents, 1, 0);
    }
  }
}

static void binaries(Walk *walk, SPropValue *prop) {
  ULONG count = prop->Value.MVbin.cValues;
  SBinary *each = visit(walk, &prop->Value.MVbin.lpbin, ARRAY, count, sizeof(SBinary));
  if (goes_on(walk, each, count)) {
    for (ULONG i = 0; i < count; i++) {
      visit(walk, &each[i].lpb, ARRAY, each[i].cb, 1);
    }
  }
}

void walk_value(Walk *walk, SPropValue *prop, SCODE unknownType) {
  ULONG type = PROP_TYPE(prop->ulPropTag);
  if ((type & MVI_FLAG) == MVI_FLAG) {
    type &= ~(ULONG)MVI_FLAG; /* a table's row per value holds one value */
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
      visit(walk, &prop->Value.lpszA, TEXT, 1, 0);
      return;
    case PT_UNICODE:
      visit(walk, &prop->Value.lpszW, WIDE_TEXT, 1, 0);
      return;
    case PT_CLSID:
      visit(walk, &prop->Value.lpguid, ONE, 1, sizeof(GUID));
      return;
    case PT_BINARY:
      visit(walk, &prop->Value.bin.lpb, ARRAY, prop->Value.bin.cb, 1);
      return;
    case PT_MV_I2:
      numbers(walk, prop, 2);
      return;
    case PT_MV_LONG:
    case PT_MV_R4:
      numbers(walk, prop, 4);
      return;
    case PT_MV_DOUBLE:
    case PT_MV_CURRENCY:
    case PT_MV_APPTIME:
    case PT_MV_SYSTIME:
    case PT_MV_I8:
      numbers(walk, prop, 8);
      return;
    case PT_MV_CLSID:
      numbers(walk, prop, sizeof(GUID));
      return;
    case PT_MV_STRING8:
      texts(walk, prop, TEXT);
      return;
    case PT_MV_UNICODE:
      texts(walk, prop, WIDE_TEXT);
      return;
    case PT_MV_BINARY:
      binaries(walk, prop);
      return;
    default:
      walk->sc = walk->sc == S_OK ? unknownType : walk->sc;
  }
}

void walk_values(Walk *walk, LPSPropValue *props, ULONG count) {
  SPropValue *each = visit(walk, props, ARRAY, count, sizeof(SPropValue));
  if (goes_on(walk, each, count)) {
    for (ULONG i = 0; i < count && walk->sc == S_OK; i++) {
      walk_value(walk, &each[i], MAPI_E_INVALID_PARAMETER);
    }
  }
}

static void identifier(Walk *walk, LPENTRYID *id, ULONG cb) { visit(walk, id, ARRAY, cb, 1); }

/* Text in the width that the event's flags say. */
static void text(Walk *walk, LPTSTR *at, ULONG flags) {
  visit(walk, at, flags & MAPI_UNICODE ? WIDE_TEXT : TEXT, 1, 0);
}

void walk_event(Walk *walk, NOTIFICATION *event) {
  switch (event->ulEventType) {
    case fnevCriticalError: {
      ERROR_NOTIFICATION *err = &event->info.err;
      identifier(walk, &err->lpEntryID, err->cbEntryID);
      MAPIERROR *error = visit(walk, &err->lpMAPIError, ONE, 1, sizeof *error);
      if (error != NULL) {
        text(walk, &error->lpszError, err->ulFlags);
        text(walk, &error->lpszComponent, err->ulFlags);
      }
      return;
    }
    case fnevNewMail: {
      NEWMAIL_NOTIFICATION *mail = &event->info.newmail;
      identifier(walk, &mail->lpEntryID, mail->cbEntryID);
      identifier(walk, &mail->lpParentID, mail->cbParentID);
      text(walk, &mail->lpszMessageClass, mail->ulFlags);
      return;
    }
    case fnevObjectCreated:
    case fnevObjectDeleted:
    case fnevObjectModified:
    case fnevObjectMoved:
    case fnevObjectCopied:
    case fnevSearchComplete: {
      OBJECT_NOTIFICATION *object = &event->info.obj;
      identifier(walk, &object->lpEntryID, object->cbEntryID);
      identifier(walk, &object->lpParentID, object->cbParentID);
      identifier(walk, &object->lpOldID, object->cbOldID);
      identifier(walk, &object->lpOldParentID, object->cbOldParentID);
      visit(walk, &object->lpPropTagArray, TAGS, 1, 0);
      return;
    }
    case fnevTableModified: {
      TABLE_NOTIFICATION *table = &event->info.tab;
      walk_value(walk, &table->propIndex, MAPI_E_INVALID_PARAMETER);
      walk_value(walk, &table->propPrior, MAPI_E_INVALID_PARAMETER);
      walk_values(walk, &table->row.lpProps, table->row.cValues);
      return;
    }
    case fnevStatusObjectModified: {
      STATUS_OBJECT_NOTIFICATION *status = &event->info.statobj;
      identifier(walk, &status->lpEntryID, status->cbEntryID);
      walk_values(walk, &status->lpPropVals, status->cValues);
      return;
    }
    case fnevExtended:
      visit(walk, &event->info.ext.pbEventParameters, ARRAY, event->info.ext.cb, 1);
      return;
    default:
      walk->sc = walk->sc == S_OK ? MAPI_E_INVALID_PARAMETER : walk->sc;
  }
}

void walk_events(Walk *walk, LPNOTIFICATION *events, ULONG count) {
  NOTIFICATION *each = visit(walk, events, ARRAY, count, sizeof(NOTIFICATION));
  if (goes_on(walk, each, count)) {
    for (ULONG i = 0; i < count && walk->sc == S_OK; i++) {
      walk_event(walk, &each[i]);
    }
  }
}
