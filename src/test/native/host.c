/* See host.h. A program links it; as a library it serves Java, which has no other means to look into the objects. */
#ifdef HOST_LIBRARY
#define INITGUID
#endif
#include "host.h"

#define EXPORT __attribute__((visibility("default")))

const BYTE HOST_WRAPPING[8] = {0, 0, 0, 0, 'w', 'r', 'a', 'p'};

LONG host_wrong;

static void add(LONG *number, LONG by) { __atomic_add_fetch(number, by, __ATOMIC_ACQ_REL); }

static int fits(int good) {
  add(&host_wrong, good ? 0 : 1);
  return good;
}

#define COUNT_CALL(method) add(&CALLS(self, method), 1)

#define SLOT(type, interface, method, function) \
  type.slots[offsetof(interface##Vtbl, method) / sizeof(Any)] = (Any)(function)

/* ---- profile section, and the same over what was noted ---- */

typedef struct Section {
  Object head;
  Support *owner;
  Props *props;
} Section;

static Type section_type, support_type;

static Section *section_over(Support *owner, Props *props) {
  Section *section = foreign_new(&section_type, sizeof(Section));
  foreign_add_ref(owner);
  section->owner = owner;
  section->props = props;
  return section;
}

static void section_ends(void *object) { foreign_release(((Section *)object)->owner); }

static HRESULT STDMETHODCALLTYPE section_get(Section *self, LPSPropTagArray tags, ULONG flags, ULONG *count,
                                             LPSPropValue *out) {
  (void)flags;
  return props_get_by(self->props, tags, count, out, &self->owner->routines);
}

static HRESULT STDMETHODCALLTYPE section_set(Section *self, ULONG count, LPSPropValue values,
                                             LPSPropProblemArray *problems) {
  for (ULONG i = 0; i < count; i++) {
    props_set(self->props, &values[i]);
  }
  if (problems != NULL) {
    *problems = NULL;
  }
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE section_save(Section *self, ULONG flags) {
  (void)flags;
  self->owner->saves++;
  return S_OK;
}

/* ---- support object ---- */

static HRESULT STDMETHODCALLTYPE open_section(Support *self, LPMAPIUID uid, ULONG flags, LPPROFSECT *out) {
  COUNT_CALL(OpenProfileSection);
  (void)flags;
  if (!fits(uid == NULL)) {
    return MAPI_E_NO_ACCESS;
  }
  if (FAILED(self->section_failure)) {
    return self->section_failure;
  }
  *out = self->sections_null ? NULL : (LPPROFSECT)section_over(self, &self->profile);
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE routines(Support *self, LPALLOCATEBUFFER *buffer, LPALLOCATEMORE *more,
                                          LPFREEBUFFER *free) {
  COUNT_CALL(GetMemAllocRoutines);
  *buffer = self->routines.buffer;
  *more = self->routines.more;
  *free = self->routines.free;
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE set_uid(Support *self, LPMAPIUID uid, ULONG flags) {
  COUNT_CALL(SetProviderUID);
  return fits(uid != NULL && flags == 0) ? S_OK : MAPI_E_INVALID_PARAMETER;
}

static HRESULT STDMETHODCALLTYPE status_row(Support *self, ULONG count, LPSPropValue row, ULONG flags) {
  LONG index = CALLS(self, ModifyStatusRow);
  COUNT_CALL(ModifyStatusRow);
  int named = PpropFindProp(row, count, PR_DISPLAY_NAME_W) != NULL || PpropFindProp(row, count, PR_DISPLAY_NAME_A) != NULL;
  if (!fits(flags == 0 && named && PpropFindProp(row, count, PR_STATUS_CODE) != NULL && index < ROWS_MAX)) {
    return MAPI_E_INVALID_PARAMETER;
  }
  for (ULONG i = 0; i < count; i++) {
    props_set(&self->rows[index], &row[i]);
  }
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE wrap(Support *self, ULONG cb, LPENTRYID id, ULONG *wrapped_cb, LPENTRYID *wrapped) {
  LONG index = CALLS(self, WrapStoreEntryID);
  LPVOID block = NULL;
  COUNT_CALL(WrapStoreEntryID);
  if (!fits(cb != 0 && id != NULL && index < WRAPPED_MAX)) {
    return MAPI_E_INVALID_PARAMETER;
  }
  if (FAILED(self->routines.buffer(cb + sizeof HOST_WRAPPING, &block))) {
    return MAPI_E_NOT_ENOUGH_MEMORY;
  }
  props_bytes(&self->wrapped, WRAPPED_TAG((ULONG)index), cb, id);
  memcpy(block, HOST_WRAPPING, sizeof HOST_WRAPPING);
  memcpy((BYTE *)block + sizeof HOST_WRAPPING, id, cb);
  *wrapped_cb = cb + sizeof HOST_WRAPPING;
  *wrapped = (LPENTRYID)block;
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE modify_profile(Support *self, ULONG flags) {
  COUNT_CALL(ModifyProfile);
  return fits(flags == 0) ? S_OK : MAPI_E_UNKNOWN_FLAGS;
}

static HRESULT STDMETHODCALLTYPE logoff_transports(Support *self, ULONG *flags) {
  COUNT_CALL(StoreLogoffTransports);
  self->logoff_flags = *flags;
  *flags = LOGOFF_COMPLETE;
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE read_receipt(Support *self, ULONG flags, LPMESSAGE read, LPMESSAGE *empty) {
  COUNT_CALL(ReadReceipt);
  (void)flags;
  (void)read;
  (void)empty;
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE spooler_notify(Support *self, ULONG flags, LPVOID data) {
  COUNT_CALL(SpoolerNotify);
  (void)flags;
  (void)data;
  return S_OK;
}

/* What only dialogs, transports and other providers could do. Its outputs stay as they are. */
#define REFUSED(method)                                              \
  static HRESULT STDMETHODCALLTYPE refuse_##method(Support *self) {  \
    COUNT_CALL(method);                                              \
    return MAPI_E_NO_SUPPORT;                                        \
  }

#define EACH_REFUSED(DO)                                                                                          \
  DO(GetLastError) DO(Subscribe) DO(Unsubscribe) DO(Notify) DO(RegisterPreprocessor) DO(NewUID) DO(MakeInvalid)   \
  DO(SpoolerYield) DO(CreateOneOff) DO(CompareEntryIDs) DO(OpenTemplateID) DO(OpenEntry) DO(GetOneOffTable)       \
  DO(Address) DO(Details) DO(NewEntry) DO(DoConfigPropsheet) DO(CopyMessages) DO(CopyFolder) DO(DoCopyTo)         \
  DO(DoCopyProps) DO(DoProgressDialog) DO(PrepareSubmit) DO(ExpandRecips) DO(UpdatePAB) DO(DoSentMail)            \
  DO(OpenAddressBook) DO(Preprocess) DO(CompleteMsg) DO(StatusRecips) DO(IStorageFromStream)                      \
  DO(GetSvcConfigSupportObj)

EACH_REFUSED(REFUSED)

static void support_ends(void *object) {
  Support *support = object;
  props_free(&support->profile);
  props_free(&support->wrapped);
  for (int i = 0; i < ROWS_MAX; i++) {
    props_free(&support->rows[i]);
  }
}

#define REFUSING_SLOT(method) SLOT(support_type, IMAPISupport, method, refuse_##method);

__attribute__((constructor)) static void make_types(void) {
  section_type.iids[0] = &IID_IProfSect;
  section_type.iids[1] = &IID_IMAPIProp;
  section_type.destroy = section_ends;
  SLOT(section_type, IMAPIProp, GetProps, section_get);
  SLOT(section_type, IMAPIProp, SetProps, section_set);
  SLOT(section_type, IMAPIProp, SaveChanges, section_save);
  support_type.iids[0] = &IID_IMAPISup;
  support_type.destroy = support_ends;
  EACH_REFUSED(REFUSING_SLOT)
  SLOT(support_type, IMAPISupport, GetMemAllocRoutines, routines);
  SLOT(support_type, IMAPISupport, OpenProfileSection, open_section);
  SLOT(support_type, IMAPISupport, SetProviderUID, set_uid);
  SLOT(support_type, IMAPISupport, ModifyStatusRow, status_row);
  SLOT(support_type, IMAPISupport, WrapStoreEntryID, wrap);
  SLOT(support_type, IMAPISupport, ModifyProfile, modify_profile);
  SLOT(support_type, IMAPISupport, StoreLogoffTransports, logoff_transports);
  SLOT(support_type, IMAPISupport, ReadReceipt, read_receipt);
  SLOT(support_type, IMAPISupport, SpoolerNotify, spooler_notify);
  foreign_type(&section_type);
  foreign_type(&support_type);
}

/* ---- for Java ---- */

EXPORT Support *host_support(LPALLOCATEBUFFER buffer, LPALLOCATEMORE more, LPFREEBUFFER free) {
  Support *support = foreign_new(&support_type, sizeof(Support));
  support->routines = (Routines){buffer, more, free};
  return support;
}

/* The profile section, as it stands, whoever opened it. */
EXPORT LPPROFSECT host_section(Support *support) { return (LPPROFSECT)section_over(support, &support->profile); }

EXPORT LPPROFSECT host_wrapped(Support *support) { return (LPPROFSECT)section_over(support, &support->wrapped); }

/* NULL when there are not so many. */
EXPORT LPPROFSECT host_row(Support *support, LONG index) {
  int given = index < ROWS_MAX && index < CALLS(support, ModifyStatusRow);
  return given ? (LPPROFSECT)section_over(support, &support->rows[index]) : NULL;
}

EXPORT LONG host_calls(Support *support, ULONG slot) {
  return slot < SLOTS_MAX ? __atomic_load_n(&support->calls[slot], __ATOMIC_ACQUIRE) : -1;
}

/* What is left over, and what was wrong. */
EXPORT LONG host_objects_left(void) { return __atomic_load_n(&foreign_alive, __ATOMIC_ACQUIRE); }

EXPORT LONG host_wrong_calls(void) { return __atomic_load_n(&host_wrong, __ATOMIC_ACQUIRE); }
