/* Deep copies of properties, each piece at a multiple of 8 bytes; no object, no JVM. */
#include "library.h"

static ULONGLONG rounded(ULONGLONG size) { return (size + 7) & ~(ULONGLONG)7; }

static void fail(Space *space, SCODE sc) { space->sc = space->sc == S_OK ? sc : space->sc; }

/* A copy of memory, NULL while counting or after a failure. */
void *space_copy(Space *space, const void *source, ULONGLONG size) {
  space->bytes += rounded(size);
  if (space->sc != S_OK || (space->next == NULL && space->more == NULL)) {
    return NULL;
  }
  void *target = NULL;
  if (space->next != NULL) {
    target = space->next;
    space->next += rounded(size);
  } else if (size > 0xFFFFFFFF) {
    space->sc = MAPI_E_NOT_ENOUGH_MEMORY;
  } else {
    space->sc = space->more((ULONG)size, space->chain, &target);
    if (space->sc != S_OK ? SUCCEEDED(space->sc) : target == NULL) {
      space->sc = MAPI_E_NOT_ENOUGH_MEMORY; /* a routine that gives nothing and calls it success */
    }
  }
  if (space->sc != S_OK) {
    return NULL;
  }
  memcpy(target, source, (size_t)size);
  return target;
}

void *space_array(Space *space, const void *source, ULONG count, size_t size) {
  if (count == 0 || space->sc != S_OK) {
    return NULL;
  }
  if (source == NULL || count > (size == 1 ? BYTES_MAX : ELEMENTS_MAX)) {
    fail(space, MAPI_E_INVALID_PARAMETER);
    return NULL;
  }
  return space_copy(space, source, (ULONGLONG)count * size);
}

static ULONGLONG wide_bytes(const WCHAR *text) {
  ULONGLONG units = 1;
  while (*text++ != 0) {
    units++;
  }
  return units * sizeof(WCHAR);
}

void space_text(Space *space, LPSTR *text, const char *source) {
  void *copy = source == NULL || space->sc != S_OK ? NULL : space_copy(space, source, strlen(source) + 1);
  if (text != NULL) {
    *text = copy;
  }
}

void space_wide(Space *space, LPWSTR *text, const WCHAR *source) {
  void *copy = source == NULL || space->sc != S_OK ? NULL : space_copy(space, source, wide_bytes(source));
  if (text != NULL) {
    *text = copy;
  }
}

void space_bytes(Space *space, LPBYTE *bytes, ULONG cb, const BYTE *source) {
  void *copy = space_array(space, source, cb, 1);
  if (bytes != NULL) {
    *bytes = copy;
  }
}

/* An array of values of one size; its pointer is at the same place in each multivalued member of the union. */
static void *values(Space *space, SPropValue *target, const SPropValue *source, size_t size) {
  void *copy = space_array(space, source->Value.MVl.lpl, source->Value.MVl.cValues, size);
  if (target != NULL) {
    target->Value.MVl.lpl = copy;
  }
  return copy;
}

static void many(Space *space, SPropValue *target, const SPropValue *source, SCODE unknownType) {
  ULONG count = source->Value.MVl.cValues;
  switch (PROP_TYPE(source->ulPropTag)) {
    case PT_MV_I2:
      values(space, target, source, 2);
      return;
    case PT_MV_LONG:
    case PT_MV_R4:
      values(space, target, source, 4);
      return;
    case PT_MV_DOUBLE:
    case PT_MV_CURRENCY:
    case PT_MV_APPTIME:
    case PT_MV_SYSTIME:
    case PT_MV_I8:
      values(space, target, source, 8);
      return;
    case PT_MV_CLSID:
      values(space, target, source, sizeof(GUID));
      return;
    case PT_MV_STRING8: {
      LPSTR *copies = values(space, target, source, sizeof(LPSTR));
      for (ULONG i = 0; space->sc == S_OK && i < count; i++) {
        space_text(space, copies == NULL ? NULL : &copies[i], source->Value.MVszA.lppszA[i]);
      }
      return;
    }
    case PT_MV_UNICODE: {
      LPWSTR *copies = values(space, target, source, sizeof(LPWSTR));
      for (ULONG i = 0; space->sc == S_OK && i < count; i++) {
        space_wide(space, copies == NULL ? NULL : &copies[i], source->Value.MVszW.lppszW[i]);
      }
      return;
    }
    case PT_MV_BINARY: {
      SBinary *copies = values(space, target, source, sizeof(SBinary));
      for (ULONG i = 0; space->sc == S_OK && i < count; i++) {
        const SBinary *one = &source->Value.MVbin.lpbin[i];
        space_bytes(space, copies == NULL ? NULL : &copies[i].lpb, one->cb, one->lpb);
      }
      return;
    }
    default:
      fail(space, unknownType);
  }
}

void space_value(Space *space, SPropValue *target, const SPropValue *source, SCODE unknownType) {
  ULONG type = PROP_TYPE(source->ulPropTag);
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
      space_text(space, target == NULL ? NULL : &target->Value.lpszA, source->Value.lpszA);
      return;
    case PT_UNICODE:
      space_wide(space, target == NULL ? NULL : &target->Value.lpszW, source->Value.lpszW);
      return;
    case PT_CLSID: {
      void *copy = source->Value.lpguid == NULL ? NULL : space_copy(space, source->Value.lpguid, sizeof(GUID));
      if (target != NULL) {
        target->Value.lpguid = copy;
      }
      return;
    }
    case PT_BINARY:
      space_bytes(space, target == NULL ? NULL : &target->Value.bin.lpb, source->Value.bin.cb, source->Value.bin.lpb);
      return;
    default:
      many(space, target, source, unknownType);
  }
}

void space_props(Space *space, LPSPropValue *target, ULONG count, const SPropValue *source) {
  SPropValue *copies = space_array(space, source, count, sizeof(SPropValue));
  for (ULONG i = 0; space->sc == S_OK && i < count; i++) {
    space_value(space, copies == NULL ? NULL : &copies[i], &source[i], MAPI_E_INVALID_PARAMETER);
  }
  if (target != NULL) {
    *target = copies;
  }
}
