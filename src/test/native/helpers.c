/* The helper functions that need no JVM, on objects written here. */
#define INITGUID
#define USES_IID_IMAPIAdviseSink
#include "check.h"
#include <mapiguid.h>

#ifdef _WIN32
#define TEXT16(text) L##text
#else
#define TEXT16(text) u##text
#endif

/* ---- memory ---- */

static int aligned(const void *p) { return ((ULONG_PTR)p & 7) == 0; }

static void more_from_a_thread(void *chain) {
  for (int i = 0; i < 2000; i++) {
    LPVOID block = NULL;
    if (MAPIAllocateMore(24, chain, &block) != S_OK || !aligned(block)) {
      CHECK(!"MAPIAllocateMore on a thread");
      return;
    }
    memset(block, i, 24);
  }
}

static void memory(void) {
  LPVOID head = NULL, more = NULL, grown = NULL;
  CHECK_HR(S_OK, MAPIAllocateBuffer(1, &head));
  CHECK(head != NULL && aligned(head));
  CHECK_HR(S_OK, MAPIAllocateMore(100, head, &more));
  CHECK(aligned(more));
  memset(more, 7, 100);
  LPVOID of_more = NULL;
  CHECK_HR(S_OK, MAPIAllocateMore(5, more, &of_more));
  CHECK(FAILED((HRESULT)MAPIFreeBuffer(more)));
  CHECK(((BYTE *)more)[99] == 7);
  CHECK_HR(MAPI_E_INVALID_PARAMETER, MAPIAllocateMore(5, NULL, &of_more));
  CHECK(of_more == NULL);
  CHECK_HR(MAPI_E_INVALID_PARAMETER, MAPIAllocateBuffer(5, NULL));
  *(BYTE *)head = 42;
  CHECK_HR(S_OK, MAPIReallocateBuffer(head, 1000, &grown));
  CHECK(*(BYTE *)grown == 42 && ((BYTE *)more)[99] == 7);
  CHECK_HR(S_OK, MAPIAllocateMore(8, more, &of_more));
  CHECK_HR(S_OK, (HRESULT)MAPIFreeBuffer(grown));
  CHECK_HR(S_OK, (HRESULT)MAPIFreeBuffer(NULL));
  CHECK_HR(S_OK, MAPIAllocateBuffer(0, &head));
  ThreadRun run = {more_from_a_thread, head};
  Thread threads[4];
  for (int i = 0; i < 4; i++) {
    threads[i] = thread_start(&run, 0);
  }
  for (int i = 0; i < 4; i++) {
    thread_join(threads[i]);
  }
  CHECK_HR(S_OK, (HRESULT)MAPIFreeBuffer(head));
  LPMALLOC allocator = MAPIGetDefaultMalloc();
  CHECK(allocator != NULL);
  void *task = allocator->lpVtbl->Alloc(allocator, 30);
  CHECK(task != NULL && allocator->lpVtbl->GetSize(allocator, task) >= 30);
  task = allocator->lpVtbl->Realloc(allocator, task, 300);
  CHECK(task != NULL);
  allocator->lpVtbl->Free(allocator, task);
}

/* The allocator under a memory limit: no wrong size from a sum that overflows. */
static void largest(void) {
  LPVOID block = NULL;
  SCODE sc = MAPIAllocateBuffer(0xFFFFFFFF, &block);
  CHECK((sc == S_OK && block != NULL) || (sc == MAPI_E_NOT_ENOUGH_MEMORY && block == NULL));
  if (sc == S_OK) {
    ((BYTE *)block)[0xFFFFFFFE] = 1;
  }
  MAPIFreeBuffer(block);
}

/* ---- properties ---- */

static SPropValue long_prop(ULONG tag, LONG value) {
  SPropValue prop = {0};
  prop.ulPropTag = tag;
  prop.Value.l = value;
  return prop;
}

static int failing_more_calls;

static SCODE STDMETHODCALLTYPE no_more(ULONG cb, LPVOID object, LPVOID *out) {
  (void)cb;
  (void)object;
  *out = NULL;
  failing_more_calls++;
  return MAPI_E_NOT_ENOUGH_MEMORY;
}

static void copies(void) {
  static WCHAR wide[] = TEXT16("wide");
  static char narrow[] = "narrow";
  static BYTE bytes[] = {1, 2, 3};
  static LPSTR texts[] = {narrow, narrow};
  static LPWSTR wides[] = {wide, wide, wide};
  static SBinary binaries[] = {{3, bytes}, {1, bytes}};
  static GUID guid = {1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};
  static LONG longs[] = {5, 6, 7};
  static double doubles[] = {0.5};
  SPropValue props[10];
  memset(props, 0, sizeof props);
  props[0] = long_prop(PR_IMPORTANCE, 2);
  props[1].ulPropTag = PR_SUBJECT_W;
  props[1].Value.lpszW = wide;
  props[2].ulPropTag = PR_BODY_A;
  props[2].Value.lpszA = narrow;
  props[3].ulPropTag = PR_ENTRYID;
  props[3].Value.bin.cb = 3;
  props[3].Value.bin.lpb = bytes;
  props[4].ulPropTag = PROP_TAG(PT_MV_STRING8, 0x6600);
  props[4].Value.MVszA.cValues = 2;
  props[4].Value.MVszA.lppszA = texts;
  props[5].ulPropTag = PROP_TAG(PT_MV_UNICODE, 0x6601);
  props[5].Value.MVszW.cValues = 3;
  props[5].Value.MVszW.lppszW = wides;
  props[6].ulPropTag = PROP_TAG(PT_MV_BINARY, 0x6602);
  props[6].Value.MVbin.cValues = 2;
  props[6].Value.MVbin.lpbin = binaries;
  props[7].ulPropTag = PROP_TAG(PT_CLSID, 0x6603);
  props[7].Value.lpguid = &guid;
  props[8].ulPropTag = PROP_TAG(PT_MV_LONG, 0x6604);
  props[8].Value.MVl.cValues = 3;
  props[8].Value.MVl.lpl = longs;
  props[9].ulPropTag = PROP_TAG(PT_MV_DOUBLE, 0x6605);
  props[9].Value.MVdbl.cValues = 1;
  props[9].Value.MVdbl.lpdbl = doubles;
  ULONG size = 0;
  CHECK_HR(S_OK, ScCountProps(10, props, &size));
  CHECK(size > 10 * sizeof(SPropValue) && size % 8 == 0);
  LPSPropValue copy = NULL;
  CHECK_HR(S_OK, ScDupPropset(10, props, MAPIAllocateBuffer, &copy));
  CHECK(copy != NULL);
  CHECK(copy[0].Value.l == 2);
  CHECK(copy[1].Value.lpszW != wide && memcmp(copy[1].Value.lpszW, wide, sizeof wide) == 0);
  CHECK(copy[2].Value.lpszA != narrow && strcmp(copy[2].Value.lpszA, narrow) == 0);
  CHECK(copy[3].Value.bin.lpb != bytes && memcmp(copy[3].Value.bin.lpb, bytes, 3) == 0);
  CHECK(copy[4].Value.MVszA.lppszA[1] != narrow && strcmp(copy[4].Value.MVszA.lppszA[1], narrow) == 0);
  CHECK(copy[5].Value.MVszW.lppszW[2] != wide && lstrlenW(copy[5].Value.MVszW.lppszW[2]) == 4);
  CHECK(copy[6].Value.MVbin.lpbin[1].cb == 1 && copy[6].Value.MVbin.lpbin[1].lpb != bytes);
  CHECK(memcmp(copy[7].Value.lpguid, &guid, sizeof guid) == 0 && copy[7].Value.lpguid != &guid);
  CHECK(copy[8].Value.MVl.lpl[2] == 7 && copy[9].Value.MVdbl.lpdbl[0] == 0.5);
  CHECK((BYTE *)copy[9].Value.MVdbl.lpdbl < (BYTE *)copy + size);
  CHECK_HR(S_OK, (HRESULT)MAPIFreeBuffer(copy));
  for (int i = 0; i < 10; i++) {
    LPVOID chain = NULL;
    SPropValue one;
    MAPIAllocateBuffer(1, &chain);
    CHECK_HR(S_OK, PropCopyMore(&one, &props[i], MAPIAllocateMore, chain));
    CHECK(one.ulPropTag == props[i].ulPropTag);
    MAPIFreeBuffer(chain);
  }
  SPropValue untouched = long_prop(PR_IMPORTANCE, 77);
  CHECK_HR(S_OK, PropCopyMore(&untouched, &props[0], no_more, NULL));
  CHECK(failing_more_calls == 0 && untouched.Value.l == 2);
  CHECK_HR(MAPI_E_NOT_ENOUGH_MEMORY, PropCopyMore(&untouched, &props[5], no_more, NULL));
  CHECK(untouched.Value.l == 2);
  SPropValue odd = long_prop(PROP_TAG(0x77, 0x6606), 1);
  CHECK_HR(MAPI_E_NO_SUPPORT, PropCopyMore(&untouched, &odd, MAPIAllocateMore, NULL));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, ScDupPropset(1, &odd, MAPIAllocateBuffer, &copy));
  CHECK(copy == NULL);
  CHECK_HR(MAPI_E_INVALID_PARAMETER, ScCountProps(-1, props, NULL));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, ScDupPropset(1, NULL, MAPIAllocateBuffer, &copy));
  props[8].Value.MVl.cValues = 0;
  CHECK_HR(MAPI_E_INVALID_PARAMETER, ScCountProps(10, props, &size));
}

/* ---- an object with two properties ---- */

typedef struct Thing {
  IMAPIProp face;
  ULONG references;
  HRESULT hr;
  SCODE problem;
} Thing;

static ULONG STDMETHODCALLTYPE thing_add(IMAPIProp *This) { return ++((Thing *)This)->references; }

static ULONG STDMETHODCALLTYPE thing_release(IMAPIProp *This) { return --((Thing *)This)->references; }

static HRESULT STDMETHODCALLTYPE thing_get(IMAPIProp *This, LPSPropTagArray tags, ULONG flags, ULONG *count,
                                           LPSPropValue *props) {
  Thing *thing = (Thing *)This;
  LPVOID block = NULL;
  if (FAILED(thing->hr)) {
    return thing->hr;
  }
  CHECK(flags == 0 && tags->cValues == 1);
  MAPIAllocateBuffer(sizeof(SPropValue), &block);
  *props = (LPSPropValue)block;
  *count = 1;
  if (tags->aulPropTag[0] == PR_IMPORTANCE) {
    **props = long_prop(PR_IMPORTANCE, 1);
    return S_OK;
  }
  **props = long_prop(CHANGE_PROP_TYPE(tags->aulPropTag[0], PT_ERROR), 0);
  (*props)->Value.err = MAPI_E_NOT_FOUND;
  return MAPI_W_ERRORS_RETURNED;
}

static HRESULT STDMETHODCALLTYPE thing_list(IMAPIProp *This, ULONG flags, LPSPropTagArray *tags) {
  LPVOID block = NULL;
  (void)This;
  MAPIAllocateBuffer((ULONG)CbNewSPropTagArray(2), &block);
  *tags = (LPSPropTagArray)block;
  (*tags)->cValues = 2;
  (*tags)->aulPropTag[0] = PR_IMPORTANCE;
  (*tags)->aulPropTag[1] = flags & MAPI_UNICODE ? PR_SUBJECT_W : PR_SUBJECT_A;
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE thing_set(IMAPIProp *This, ULONG count, LPSPropValue props,
                                           LPSPropProblemArray *problems) {
  Thing *thing = (Thing *)This;
  LPVOID block = NULL;
  CHECK(count == 1 && props != NULL && problems != NULL);
  if (thing->problem != S_OK) {
    MAPIAllocateBuffer(sizeof(SPropProblemArray), &block);
    *problems = (LPSPropProblemArray)block;
    (*problems)->cProblem = 1;
    (*problems)->aProblem[0].scode = thing->problem;
  }
  return thing->hr;
}

static void one_property(void) {
  IMAPIPropVtbl vtable = {0};
  vtable.AddRef = thing_add;
  vtable.Release = thing_release;
  vtable.GetProps = thing_get;
  vtable.GetPropList = thing_list;
  vtable.SetProps = thing_set;
  Thing thing = {{&vtable}, 1, S_OK, S_OK};
  LPSPropValue prop = NULL;
  CHECK_HR(S_OK, HrGetOneProp(&thing.face, PR_IMPORTANCE, &prop));
  CHECK(prop != NULL && prop->Value.l == 1);
  MAPIFreeBuffer(prop);
  CHECK_HR(MAPI_E_NOT_FOUND, HrGetOneProp(&thing.face, PR_SUBJECT_W, &prop));
  CHECK(prop == NULL);
  thing.hr = MAPI_E_NO_ACCESS;
  CHECK_HR(MAPI_E_NO_ACCESS, HrGetOneProp(&thing.face, PR_IMPORTANCE, &prop));
  thing.hr = S_OK;
  CHECK_HR(MAPI_E_INVALID_PARAMETER, HrGetOneProp(NULL, PR_IMPORTANCE, &prop));
  SPropValue value = long_prop(PR_IMPORTANCE, 3);
  CHECK_HR(S_OK, HrSetOneProp(&thing.face, &value));
  thing.problem = MAPI_E_COMPUTED;
  CHECK_HR(MAPI_E_COMPUTED, HrSetOneProp(&thing.face, &value));
  thing.problem = S_OK;
  CHECK(FPropExists(&thing.face, PR_IMPORTANCE) && FPropExists(&thing.face, PR_SUBJECT_W));
  CHECK(FPropExists(&thing.face, PR_SUBJECT_A) && !FPropExists(&thing.face, PR_BODY_W));
  CHECK(FPropExists(&thing.face, PROP_TAG(PT_UNSPECIFIED, PROP_ID(PR_SUBJECT_W))));
  SPropValue two[2] = {long_prop(PR_PRIORITY, 1), long_prop(PR_IMPORTANCE, 2)};
  CHECK(PpropFindProp(two, 2, PR_IMPORTANCE) == &two[1] && LpValFindProp(PR_IMPORTANCE, 2, two) == &two[1]);
  CHECK(PpropFindProp(two, 2, PROP_TAG(PT_UNSPECIFIED, PROP_ID(PR_PRIORITY))) == &two[0]);
  CHECK(PpropFindProp(two, 2, PR_SUBJECT_W) == NULL && PpropFindProp(NULL, 2, PR_PRIORITY) == NULL);
  CHECK(UlAddRef(&thing) == 2 && UlRelease(&thing) == 1 && UlRelease(NULL) == 0);
}

/* ---- a table of rows ---- */

typedef struct Table {
  IMAPITable face;
  ULONG rows, next, per_call;
  HRESULT at_end;
} Table;

static HRESULT STDMETHODCALLTYPE table_columns(IMAPITable *This, LPSPropTagArray tags, ULONG flags) {
  (void)This;
  return tags->cValues == 1 && flags == TBL_BATCH ? S_OK : MAPI_E_INVALID_PARAMETER;
}

static HRESULT STDMETHODCALLTYPE table_seek(IMAPITable *This, BOOKMARK origin, LONG count, LONG *sought) {
  ((Table *)This)->next = 0;
  return origin == BOOKMARK_BEGINNING && count == 0 && sought == NULL ? S_OK : MAPI_E_INVALID_PARAMETER;
}

static HRESULT STDMETHODCALLTYPE table_rows(IMAPITable *This, LONG count, ULONG flags, LPSRowSet *rows) {
  Table *table = (Table *)This;
  ULONG left = table->rows - table->next;
  ULONG n = left < table->per_call ? left : table->per_call;
  LPVOID block = NULL;
  (void)flags;
  if (left == 0 && FAILED(table->at_end)) {
    return table->at_end;
  }
  CHECK(count > 0);
  MAPIAllocateBuffer((ULONG)CbNewSRowSet(n + 1), &block);
  *rows = (LPSRowSet)block;
  (*rows)->cRows = n;
  for (ULONG i = 0; i < n; i++) {
    MAPIAllocateBuffer(sizeof(SPropValue), &block);
    (*rows)->aRow[i].cValues = 1;
    (*rows)->aRow[i].lpProps = (LPSPropValue)block;
    (*rows)->aRow[i].lpProps[0] = long_prop(PR_ROWID, (LONG)(table->next + i));
  }
  table->next += n;
  return S_OK;
}

static void all_rows(void) {
  IMAPITableVtbl vtable = {0};
  vtable.SetColumns = table_columns;
  vtable.SeekRow = table_seek;
  vtable.QueryRows = table_rows;
  SizedSPropTagArray(1, columns) = {1, {PR_ROWID}};
  Table table = {{&vtable}, 4500, 7, 700, S_OK};
  LPSRowSet rows = NULL;
  CHECK_HR(S_OK, HrQueryAllRows(&table.face, (LPSPropTagArray)&columns, NULL, NULL, 0, &rows));
  CHECK(rows != NULL && rows->cRows == 4500);
  ULONG wrong = 0;
  for (ULONG i = 0; rows != NULL && i < rows->cRows; i++) {
    wrong += rows->aRow[i].lpProps[0].Value.l != (LONG)i;
  }
  CHECK(wrong == 0);
  FreeProws(rows);
  CHECK_HR(S_OK, HrQueryAllRows(&table.face, NULL, NULL, NULL, 4500, &rows));
  FreeProws(rows);
  CHECK_HR(MAPI_E_TABLE_TOO_BIG, HrQueryAllRows(&table.face, NULL, NULL, NULL, 4499, &rows));
  CHECK(rows == NULL);
  table.at_end = MAPI_E_CALL_FAILED;
  CHECK_HR(MAPI_E_CALL_FAILED, HrQueryAllRows(&table.face, NULL, NULL, NULL, 0, &rows));
  CHECK(rows == NULL);
  table.rows = 0;
  table.at_end = S_OK;
  CHECK_HR(S_OK, HrQueryAllRows(&table.face, NULL, NULL, NULL, 0, &rows));
  CHECK(rows != NULL && rows->cRows == 0);
  FreeProws(rows);
  FreeProws(NULL);
  FreePadrlist(NULL);
  CHECK_HR(MAPI_E_INVALID_PARAMETER, HrQueryAllRows(NULL, NULL, NULL, NULL, 0, &rows));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, HrQueryAllRows(&table.face, NULL, NULL, NULL, -1, &rows));
}

/* ---- notifications ---- */

static ULONG seen, seen_thread_matches;

#ifdef _WIN32
static ULONG_PTR this_thread(void) { return GetCurrentThreadId(); }
#else
static ULONG_PTR this_thread(void) { return (ULONG_PTR)pthread_self(); }
#endif

static ULONG_PTR owner;

static LONG STDAPICALLTYPE note(LPVOID context, ULONG count, LPNOTIFICATION notifications) {
  CHECK(context == &seen && notifications[0].info.obj.cbEntryID == 3);
  CHECK(((BYTE *)notifications[0].info.obj.lpEntryID)[2] == 9);
  seen += count;
  seen_thread_matches += this_thread() == owner;
  return S_OK;
}

static void notify_from_a_thread(void *sink) {
  BYTE id[3] = {7, 8, 9};
  NOTIFICATION event;
  memset(&event, 0, sizeof event);
  event.ulEventType = fnevObjectModified;
  event.info.obj.cbEntryID = 3;
  event.info.obj.lpEntryID = (LPENTRYID)id;
  IMAPIAdviseSink *face = (IMAPIAdviseSink *)sink;
  CHECK(face->lpVtbl->OnNotify(face, 1, &event) == S_OK);
  memset(id, 0, sizeof id);
}

static void sinks(void) {
  LPMAPIADVISESINK plain = NULL, mine = NULL;
  LPVOID face = NULL;
  owner = this_thread();
  CHECK_HR(S_OK, HrAllocAdviseSink(note, &seen, &plain));
  CHECK_HR(S_OK, HrThisThreadAdviseSink(plain, &mine));
  CHECK(UlRelease(plain) == 1);
  CHECK_HR(S_OK, mine->lpVtbl->QueryInterface(mine, &IID_IMAPIAdviseSink, &face));
  CHECK(face == mine && UlRelease(mine) == 1);
  notify_from_a_thread(mine);
  CHECK(seen == 1 && seen_thread_matches == 1);
  ThreadRun run = {notify_from_a_thread, mine};
  thread_join(thread_start(&run, 0));
  CHECK(seen == 1);
  CHECK_HR(S_OK, HrDispatchNotifications(0));
  CHECK(seen == 2 && seen_thread_matches == 2);
#ifdef _WIN32
  thread_join(thread_start(&run, 0));
  MSG message;
  while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE)) {
    DispatchMessageW(&message);
  }
  CHECK(seen == 3 && seen_thread_matches == 3);
#endif
  CHECK(UlRelease(mine) == 0);
  NOTIFICATION events[2];
  memset(events, 0, sizeof events);
  SPropValue row = long_prop(PR_ROWID, 5);
  events[0].ulEventType = fnevTableModified;
  events[0].info.tab.propIndex = row;
  events[0].info.tab.row.cValues = 1;
  events[0].info.tab.row.lpProps = &row;
  events[1].ulEventType = fnevNewMail;
  events[1].info.newmail.ulFlags = MAPI_UNICODE;
  events[1].info.newmail.lpszMessageClass = (LPTSTR)TEXT16("IPM.Note");
  ULONG size = 0;
  LPVOID copy = NULL;
  CHECK_HR(S_OK, ScCountNotifications(2, events, &size));
  MAPIAllocateBuffer(size, &copy);
  CHECK_HR(S_OK, ScCopyNotifications(2, events, copy, &size));
  LPNOTIFICATION copied = (LPNOTIFICATION)copy;
  CHECK(copied[0].info.tab.row.lpProps != &row && copied[0].info.tab.row.lpProps[0].Value.l == 5);
  CHECK(lstrlenW((LPCWSTR)copied[1].info.newmail.lpszMessageClass) == 8);
  CHECK((BYTE *)copied[1].info.newmail.lpszMessageClass + 18 <= (BYTE *)copy + size);
  LPVOID other = NULL;
  ULONG again = 0;
  MAPIAllocateBuffer(size, &other);
  memcpy(other, copy, size);
  LPNOTIFICATION there = (LPNOTIFICATION)other;
  there[1].ulEventType = 0x7F;
  CHECK_HR(MAPI_E_INVALID_PARAMETER, ScRelocNotifications(2, there, copy, other, &again));
  CHECK(again == 0 && memcmp(there, copied, sizeof *there) == 0);
  there[1].ulEventType = fnevNewMail;
  CHECK_HR(S_OK, ScRelocNotifications(2, there, copy, other, &again));
  CHECK(again == size);
  MAPIFreeBuffer(copy);
  CHECK((BYTE *)there[0].info.tab.row.lpProps > (BYTE *)other && there[0].info.tab.row.lpProps[0].Value.l == 5);
  CHECK(lstrlenW((LPCWSTR)there[1].info.newmail.lpszMessageClass) == 8);
  CHECK_HR(S_OK, ScRelocNotifications(2, there, other, NULL, NULL)); /* offsets, to be written to a file */
  CHECK((BYTE *)there[0].info.tab.row.lpProps < (BYTE *)NULL + size);
  CHECK_HR(S_OK, ScRelocNotifications(2, there, NULL, other, NULL));
  CHECK(there[0].info.tab.row.lpProps[0].Value.l == 5);
  CHECK_HR(MAPI_E_INVALID_PARAMETER, ScRelocNotifications(-1, there, other, other, NULL));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, ScRelocNotifications(1, NULL, other, other, NULL));
  MAPIFreeBuffer(other);
  CHECK_HR(MAPI_E_UNKNOWN_FLAGS, HrDispatchNotifications(1));
}

/* ---- text ---- */

static void text(void) {
  BYTE id[4] = {0x0A, 0xFF, 0, 0x7B};
  LPSTR hex = NULL;
  LPENTRYID back = NULL;
  ULONG size = 0;
  CHECK_HR(S_OK, HrSzFromEntryID(4, (LPENTRYID)id, &hex));
  CHECK(hex != NULL && strcmp(hex, "0AFF007B") == 0);
  CHECK_HR(S_OK, HrEntryIDFromSz(hex, &size, &back));
  CHECK(size == 4 && memcmp(back, id, 4) == 0);
  MAPIFreeBuffer(hex);
  MAPIFreeBuffer(back);
  static char odd[] = "0AF", bad[] = "0AXX";
  CHECK_HR(MAPI_E_INVALID_ENTRYID, HrEntryIDFromSz(odd, &size, &back));
  CHECK_HR(MAPI_E_INVALID_ENTRYID, HrEntryIDFromSz(bad, &size, &back));
  CHECK(back == NULL && size == 0);
  WCHAR buffer[16];
  CHECK(lstrlenW(TEXT16("four")) == 4);
  CHECK(lstrcpyW(buffer, TEXT16("Copy")) == buffer && lstrcmpiW(buffer, TEXT16("cOPY")) == 0);
  CHECK(lstrcmpiW(TEXT16("a"), TEXT16("B")) < 0 && lstrcmpiW(TEXT16("b"), TEXT16("A")) > 0);
  CHECK(sizeof(WCHAR) == 2 && sizeof(ULONG) == 4 && sizeof(BOOKMARK) == 8);
}

/* ---- what is exported ---- */

static void exports(void) {
#ifdef _WIN32
  HMODULE library = GetModuleHandleW(L"mapi4j.dll");
  CHECK(GetProcAddress(library, "HrQueryAllRows") != NULL);
  CHECK(GetProcAddress(library, "HrQueryAllRows@24") == GetProcAddress(library, "HrQueryAllRows"));
  CHECK(GetProcAddress(library, "MSProviderInit") != NULL);
  HMODULE named = LoadLibraryW(L"mapi4j32.dll");
  CHECK(named != NULL && GetProcAddress(named, "MSProviderInit") != NULL);
#endif
  LPMDB store = (LPMDB)&exports;
  CHECK_HR(MAPI_E_INVALID_PARAMETER, Mapi4jOpenStore(NULL, 0, &store));
  CHECK(store == NULL);
  CHECK_HR(MAPI_E_INVALID_PARAMETER, Mapi4jOpenStore("x", 0, NULL));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, Mapi4jOpenStoreEx("x", 0, NULL, MAPIAllocateBuffer, NULL, NULL, &store));
}

/* What arguments forbid needs no JVM; nothing is put out. */
static void provider_arguments(void) {
  LPMSPROVIDER provider = (LPMSPROVIDER)&exports;
  ULONG version = 0x5A5A5A5A;
  CHECK_HR(MAPI_E_INVALID_PARAMETER, MSProviderInit(NULL, NULL, NULL, MAPIAllocateMore, MAPIFreeBuffer, 0,
                                                    CURRENT_SPI_VERSION, &version, &provider));
  CHECK(provider == NULL && version == 0);
  provider = (LPMSPROVIDER)&exports;
  CHECK_HR(MAPI_E_INVALID_PARAMETER, MSProviderInit(NULL, NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, 0,
                                                    CURRENT_SPI_VERSION, NULL, &provider));
  CHECK(provider == NULL);
  version = 0x5A5A5A5A;
  CHECK_HR(MAPI_E_INVALID_PARAMETER, MSProviderInit(NULL, NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, 0,
                                                    CURRENT_SPI_VERSION, &version, NULL));
  CHECK(version == 0);
}

int main(void) {
  memory();
  largest();
  copies();
  one_property();
  all_rows();
  sinks();
  text();
  exports();
  provider_arguments();
  return check_report();
}
