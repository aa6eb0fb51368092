/* See foreign.h. */
#include "foreign.h"

LONG foreign_alive;
LONG foreign_failed;

static struct {
  LONG after, often;
  HRESULT hr;
} failing;

void foreign_fails(LONG after, LONG often, HRESULT hr) {
  failing.after = after;
  failing.often = often;
  failing.hr = hr;
  foreign_failed = 0;
}

HRESULT foreign_told(void) {
  if (failing.hr == S_OK || failing.often <= 0) {
    return S_OK;
  }
  if (failing.after > 0) {
    failing.after--;
    return S_OK;
  }
  failing.often--;
  foreign_failed++;
  return failing.hr;
}

/* ---- objects ---- */

static HRESULT STDMETHODCALLTYPE query(Object *self, REFIID riid, LPVOID *out) {
  int known = memcmp(riid, &IID_IUnknown, sizeof(GUID)) == 0;
  for (int i = 0; i < INTERFACES_MAX && self->type->iids[i] != NULL; i++) {
    known |= memcmp(riid, self->type->iids[i], sizeof(GUID)) == 0;
  }
  *out = known ? self : NULL;
  if (!known) {
    return MAPI_E_INTERFACE_NOT_SUPPORTED;
  }
  foreign_add_ref(self);
  return S_OK;
}

static ULONG STDMETHODCALLTYPE add_ref(Object *self) {
  return __atomic_add_fetch(&self->references, 1, __ATOMIC_ACQ_REL);
}

static ULONG STDMETHODCALLTYPE release(Object *self) {
  ULONG left = __atomic_sub_fetch(&self->references, 1, __ATOMIC_ACQ_REL);
  if (left == 0) {
    if (self->type->destroy != NULL) {
      self->type->destroy(self);
    }
    __atomic_sub_fetch(&foreign_alive, 1, __ATOMIC_ACQ_REL);
    free(self);
  }
  return left;
}

/* Leaves its outputs as they are: whoever calls must not trust them after a failure. */
static HRESULT STDMETHODCALLTYPE refuse(void) {
  FAILS_AS_TOLD();
  return MAPI_E_NO_SUPPORT;
}

void foreign_type(Type *type) {
  type->slots[0] = (Any)query;
  type->slots[1] = (Any)add_ref;
  type->slots[2] = (Any)release;
  for (int i = 3; i < SLOTS_MAX; i++) {
    type->slots[i] = type->slots[i] == NULL ? (Any)refuse : type->slots[i];
  }
}

void *foreign_new(const Type *type, size_t size) {
  Object *made = calloc(1, size);
  if (made == NULL) {
    abort();
  }
  made->vtable = type->slots;
  made->references = 1;
  made->type = type;
  __atomic_add_fetch(&foreign_alive, 1, __ATOMIC_ACQ_REL);
  return made;
}

void foreign_add_ref(void *object) { (void)add_ref(object); }

ULONG foreign_release(void *object) { return release(object); }

/* ---- properties ---- */

static SPropValue *find(const Props *props, ULONG tag) {
  for (ULONG i = 0; i < props->count; i++) {
    ULONG has = props->values[i].ulPropTag;
    if (has == tag || (PROP_TYPE(tag) == PT_UNSPECIFIED && PROP_ID(has) == PROP_ID(tag))) {
      return (SPropValue *)(ULONG_PTR)&props->values[i];
    }
  }
  return NULL;
}

const SPropValue *props_find(const Props *props, ULONG tag) { return find(props, tag); }

void props_set(Props *props, const SPropValue *value) {
  SPropValue *at = find(props, value->ulPropTag);
  if (props->chain == NULL && FAILED(MAPIAllocateBuffer(1, &props->chain))) {
    abort();
  }
  if (at == NULL) {
    if (props->count == PROPS_MAX) {
      abort();
    }
    at = &props->values[props->count++];
  }
  if (FAILED(PropCopyMore(at, (LPSPropValue)(ULONG_PTR)value, MAPIAllocateMore, props->chain))) {
    abort();
  }
}

void props_text(Props *props, ULONG tag, LPCWSTR text) {
  SPropValue value = {.ulPropTag = tag, .Value.lpszW = (LPWSTR)(ULONG_PTR)text};
  props_set(props, &value);
}

void props_long(Props *props, ULONG tag, LONG number) {
  SPropValue value = {.ulPropTag = tag, .Value.l = number};
  props_set(props, &value);
}

void props_bytes(Props *props, ULONG tag, ULONG cb, const void *bytes) {
  SPropValue value = {.ulPropTag = tag, .Value.bin = {cb, (LPBYTE)(ULONG_PTR)bytes}};
  props_set(props, &value);
}

void props_delete(Props *props, ULONG tag) {
  SPropValue *at = find(props, tag);
  if (at != NULL) {
    *at = props->values[--props->count];
  }
}

void props_copy(Props *target, const Props *source) {
  for (ULONG i = 0; i < source->count; i++) {
    props_set(target, &source->values[i]);
  }
}

void props_free(Props *props) {
  MAPIFreeBuffer(props->chain);
  memset(props, 0, sizeof *props);
}

/* Values as a caller gets them, with what hangs on them in the block of the array. */
HRESULT props_get_by(const Props *props, const SPropTagArray *tags, ULONG *count, LPSPropValue *out,
                     const Routines *routines) {
  ULONG wanted = tags == NULL ? props->count : tags->cValues;
  HRESULT hr = S_OK;
  LPVOID block = NULL;
  SCODE sc = routines->buffer((wanted == 0 ? 1 : wanted) * (ULONG)sizeof(SPropValue), &block);
  if (FAILED(sc)) {
    return sc;
  }
  LPSPropValue values = block;
  for (ULONG i = 0; i < wanted; i++) {
    const SPropValue *value = tags == NULL ? &props->values[i] : props_find(props, tags->aulPropTag[i]);
    if (value == NULL) {
      memset(&values[i], 0, sizeof values[i]);
      values[i].ulPropTag = CHANGE_PROP_TYPE(tags->aulPropTag[i], PT_ERROR);
      values[i].Value.err = MAPI_E_NOT_FOUND;
      hr = MAPI_W_ERRORS_RETURNED;
    } else if (FAILED(PropCopyMore(&values[i], (LPSPropValue)(ULONG_PTR)value, routines->more, block))) {
      routines->free(block);
      return MAPI_E_NOT_ENOUGH_MEMORY;
    }
  }
  *count = wanted;
  *out = values;
  return hr;
}

static const Routines mapi = {MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer};

HRESULT props_get(const Props *props, const SPropTagArray *tags, ULONG *count, LPSPropValue *out) {
  return props_get_by(props, tags, count, out, &mapi);
}

HRESULT props_row(const Props *props, const SPropTagArray *tags, SRow *row) {
  row->ulAdrEntryPad = 0;
  return props_get_by(props, tags, &row->cValues, &row->lpProps, &mapi);
}

HRESULT props_list(const Props *props, LPSPropTagArray *out) {
  LPVOID block = NULL;
  SCODE sc = MAPIAllocateBuffer((ULONG)CbNewSPropTagArray(props->count + 1), &block);
  if (FAILED(sc)) {
    return sc;
  }
  LPSPropTagArray list = block;
  list->cValues = props->count;
  for (ULONG i = 0; i < props->count; i++) {
    list->aulPropTag[i] = props->values[i].ulPropTag;
  }
  *out = list;
  return S_OK;
}
