/*
 * The helper functions called as no program should: NULL for every pointer, counts that nothing has, allocation routines
 * that give nothing and call it success, objects that fail and leave rubbish. Nothing is put out, and the process goes on.
 */
#include "check.h"

#define RUBBISH ((void *)(ULONG_PTR)0x5A5A5A5A5A5A5A5AULL)

static const ULONG COUNTS[] = {0x00100001, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF};
#define EACH_COUNT(n) for (size_t n = 0; n < sizeof COUNTS / sizeof *COUNTS; n++)

/* ---- allocation routines that give nothing ---- */

static SCODE answered;

static SCODE STDMETHODCALLTYPE nothing(ULONG cb, LPVOID *out) {
  (void)cb;
  *out = NULL;
  return answered;
}

static SCODE STDMETHODCALLTYPE nothing_more(ULONG cb, LPVOID object, LPVOID *out) {
  (void)object;
  return nothing(cb, out);
}

/* ---- one property ---- */

static SPropValue property(ULONG tag) {
  SPropValue value;
  memset(&value, 0, sizeof value);
  value.ulPropTag = tag;
  return value;
}

static SPropValue text_property(void) {
  static char text[] = "text";
  SPropValue value = property(PR_BODY_A);
  value.Value.lpszA = text;
  return value;
}

/* Each of the functions that copy one, with this code and without an output. */
static void check_refused(SCODE wanted, SPropValue *value) {
  LPVOID chain = NULL;
  LPSPropValue copies = (LPSPropValue)RUBBISH;
  SPropValue copy = property(PR_IMPORTANCE);
  BYTE block[64];
  ULONG size = 77;
  MAPIAllocateBuffer(1, &chain);
  CHECK_HR(wanted, PropCopyMore(&copy, value, MAPIAllocateMore, chain));
  CHECK(copy.ulPropTag == PR_IMPORTANCE && copy.Value.l == 0);
  CHECK_HR(wanted, ScDupPropset(1, value, MAPIAllocateBuffer, &copies));
  CHECK(copies == NULL);
  CHECK_HR(wanted, ScCopyProps(1, value, block, &size));
  CHECK_HR(wanted, ScCountProps(1, value, &size));
  CHECK(size == 77);
  MAPIFreeBuffer(chain);
}

static void pointers_of_properties(void) {
  SPropValue text = text_property();
  SPropValue copy = property(PR_IMPORTANCE);
  LPSPropValue copies = (LPSPropValue)RUBBISH;
  LPVOID chain = NULL;
  ULONG size = 77;
  BYTE block[64];
  MAPIAllocateBuffer(1, &chain);
  CHECK_HR(MAPI_E_INVALID_PARAMETER, PropCopyMore(NULL, &text, MAPIAllocateMore, chain));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, PropCopyMore(&copy, NULL, MAPIAllocateMore, chain));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, PropCopyMore(&copy, &text, NULL, chain));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, PropCopyMore(&copy, &text, MAPIAllocateMore, NULL));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, PropCopyMore(NULL, NULL, NULL, NULL));
  CHECK(copy.ulPropTag == PR_IMPORTANCE);
  CHECK_HR(MAPI_E_INVALID_PARAMETER, ScDupPropset(1, &text, NULL, &copies));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, ScDupPropset(1, &text, MAPIAllocateBuffer, NULL));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, ScDupPropset(1, NULL, MAPIAllocateBuffer, &copies));
  CHECK(copies == NULL);
  CHECK_HR(MAPI_E_INVALID_PARAMETER, ScCopyProps(1, NULL, block, &size));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, ScCopyProps(1, &text, NULL, &size));
  CHECK_HR(S_OK, ScCopyProps(1, &text, block, NULL));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, ScCountProps(1, NULL, &size));
  CHECK(size == 77);
  CHECK_HR(S_OK, ScCountProps(1, &text, NULL));
  CHECK_HR(S_OK, ScCountProps(0, NULL, &size));
  CHECK(size == 0);
  MAPIFreeBuffer(chain);
}

static void counts_of_properties(void) {
  static const ULONG types[] = {PT_MV_I2,      PT_MV_LONG, PT_MV_DOUBLE,  PT_MV_CLSID,
                                PT_MV_STRING8, PT_MV_UNICODE, PT_MV_BINARY};
  LONG one[4] = {0};
  EACH_COUNT(n) {
    SPropValue text = text_property();
    LPSPropValue copies = (LPSPropValue)RUBBISH;
    ULONG size = 77;
    CHECK_HR(MAPI_E_INVALID_PARAMETER, ScCountProps((int)COUNTS[n], &text, &size));
    CHECK_HR(MAPI_E_INVALID_PARAMETER, ScDupPropset((int)COUNTS[n], &text, MAPIAllocateBuffer, &copies));
    CHECK_HR(MAPI_E_INVALID_PARAMETER, ScCopyProps((int)COUNTS[n], &text, one, &size));
    CHECK(copies == NULL && size == 77);
    for (size_t t = 0; t < sizeof types / sizeof *types; t++) {
      SPropValue value = property(PROP_TAG(types[t], 0x6600));
      value.Value.MVl.cValues = COUNTS[n];
      value.Value.MVl.lpl = one;
      check_refused(MAPI_E_INVALID_PARAMETER, &value);
      value.Value.MVl.lpl = NULL;
      check_refused(MAPI_E_INVALID_PARAMETER, &value);
    }
    SPropValue binary = property(PR_ENTRYID);
    binary.Value.bin.cb = COUNTS[n] | 0x40000001;
    binary.Value.bin.lpb = (LPBYTE)one;
    check_refused(MAPI_E_INVALID_PARAMETER, &binary);
    binary.Value.bin.lpb = NULL;
    check_refused(MAPI_E_INVALID_PARAMETER, &binary);
    SBinary inner = {COUNTS[n] | 0x40000001, (LPBYTE)one};
    SPropValue many = property(PROP_TAG(PT_MV_BINARY, 0x6600));
    many.Value.MVbin.cValues = 1;
    many.Value.MVbin.lpbin = &inner;
    check_refused(MAPI_E_INVALID_PARAMETER, &many);
  }
}

/* A NULL text is one that is not there: it is copied as it is. */
static void texts_that_are_null(void) {
  static const ULONG tags[] = {PR_SUBJECT_W, PR_SUBJECT_A, PROP_TAG(PT_CLSID, 0x6600)};
  for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
    SPropValue value = property(tags[i]);
    LPSPropValue copies = NULL;
    CHECK_HR(S_OK, ScDupPropset(1, &value, MAPIAllocateBuffer, &copies));
    CHECK(copies != NULL && copies->Value.lpszA == NULL);
    MAPIFreeBuffer(copies);
  }
}

static void routines_that_give_nothing(void) {
  static const SCODE codes[] = {S_OK, MAPI_W_ERRORS_RETURNED};
  SPropValue text = text_property();
  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
    LPSPropValue copies = (LPSPropValue)RUBBISH;
    SPropValue copy = property(PR_IMPORTANCE);
    answered = codes[i];
    CHECK_HR(MAPI_E_NOT_ENOUGH_MEMORY, ScDupPropset(1, &text, nothing, &copies));
    CHECK(copies == NULL);
    CHECK_HR(MAPI_E_NOT_ENOUGH_MEMORY, PropCopyMore(&copy, &text, nothing_more, NULL));
    CHECK(copy.ulPropTag == PR_IMPORTANCE);
  }
}

/* ---- memory ---- */

static void memory(void) {
  LPVOID block = RUBBISH;
  CHECK_HR(MAPI_E_INVALID_PARAMETER, MAPIAllocateBuffer(1, NULL));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, MAPIAllocateMore(1, NULL, &block));
  CHECK(block == NULL);
  CHECK_HR(MAPI_E_INVALID_PARAMETER, MAPIReallocateBuffer(NULL, 1, NULL));
  CHECK_HR(S_OK, MAPIReallocateBuffer(NULL, 1, &block));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, MAPIAllocateMore(1, block, NULL));
  CHECK_HR(S_OK, (HRESULT)MAPIFreeBuffer(block));
  CHECK_HR(S_OK, (HRESULT)MAPIFreeBuffer(NULL));
}

/* ---- an object and a table that fail, and leave rubbish ---- */

static HRESULT STDMETHODCALLTYPE failing_get(IMAPIProp *This, LPSPropTagArray tags, ULONG flags, ULONG *count,
                                             LPSPropValue *props) {
  (void)This;
  (void)tags;
  (void)flags;
  *count = 0xFFFFFFFF;
  *props = (LPSPropValue)RUBBISH;
  return MAPI_E_NO_ACCESS;
}

static HRESULT STDMETHODCALLTYPE failing_list(IMAPIProp *This, ULONG flags, LPSPropTagArray *tags) {
  (void)This;
  (void)flags;
  *tags = (LPSPropTagArray)RUBBISH;
  return MAPI_E_NO_ACCESS;
}

static HRESULT STDMETHODCALLTYPE failing_set(IMAPIProp *This, ULONG count, LPSPropValue props,
                                             LPSPropProblemArray *problems) {
  (void)This;
  (void)count;
  (void)props;
  *problems = (LPSPropProblemArray)RUBBISH;
  return MAPI_E_NO_ACCESS;
}

static void objects(void) {
  IMAPIPropVtbl vtable;
  memset(&vtable, 0, sizeof vtable);
  vtable.GetProps = failing_get;
  vtable.GetPropList = failing_list;
  vtable.SetProps = failing_set;
  IMAPIProp object = {&vtable};
  LPSPropValue value = (LPSPropValue)RUBBISH;
  SPropValue text = text_property();
  CHECK_HR(MAPI_E_NO_ACCESS, HrGetOneProp(&object, PR_BODY_A, &value));
  CHECK(value == NULL);
  CHECK_HR(MAPI_E_INVALID_PARAMETER, HrGetOneProp(&object, PR_BODY_A, NULL));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, HrGetOneProp(NULL, PR_BODY_A, &value));
  CHECK_HR(MAPI_E_NO_ACCESS, HrSetOneProp(&object, &text));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, HrSetOneProp(NULL, &text));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, HrSetOneProp(&object, NULL));
  CHECK(!FPropExists(&object, PR_BODY_A) && !FPropExists(NULL, PR_BODY_A));
  EACH_COUNT(n) { CHECK(PpropFindProp(NULL, COUNTS[n], PR_BODY_A) == NULL); }
  CHECK(LpValFindProp(PR_BODY_A, 3, NULL) == NULL && PpropFindProp(&text, 0, PR_BODY_A) == NULL);
  CHECK(UlAddRef(NULL) == 0 && UlRelease(NULL) == 0);
}

static ULONG rows_said;
static HRESULT rows_answer;

static HRESULT STDMETHODCALLTYPE table_seek(IMAPITable *This, BOOKMARK origin, LONG count, LONG *sought) {
  (void)This;
  (void)origin;
  (void)count;
  (void)sought;
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE table_rows(IMAPITable *This, LONG count, ULONG flags, LPSRowSet *rows) {
  LPVOID block = NULL;
  (void)This;
  (void)count;
  (void)flags;
  if (FAILED(rows_answer)) {
    *rows = (LPSRowSet)RUBBISH;
    return rows_answer;
  }
  MAPIAllocateBuffer((ULONG)CbNewSRowSet(1), &block);
  *rows = (LPSRowSet)block;
  memset(*rows, 0, CbNewSRowSet(1));
  (*rows)->cRows = rows_said;
  return S_OK;
}

static void tables(void) {
  IMAPITableVtbl vtable;
  memset(&vtable, 0, sizeof vtable);
  vtable.SeekRow = table_seek;
  vtable.QueryRows = table_rows;
  IMAPITable table = {&vtable};
  LPSRowSet rows = (LPSRowSet)RUBBISH;
  EACH_COUNT(n) {
    rows_said = COUNTS[n];
    CHECK_HR(MAPI_E_CALL_FAILED, HrQueryAllRows(&table, NULL, NULL, NULL, 0, &rows));
    CHECK(rows == NULL);
  }
  rows_answer = MAPI_E_NO_ACCESS;
  rows = (LPSRowSet)RUBBISH;
  CHECK_HR(MAPI_E_NO_ACCESS, HrQueryAllRows(&table, NULL, NULL, NULL, 0, &rows));
  CHECK(rows == NULL);
  CHECK_HR(MAPI_E_INVALID_PARAMETER, HrQueryAllRows(&table, NULL, NULL, NULL, 0, NULL));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, HrQueryAllRows(NULL, NULL, NULL, NULL, 0, &rows));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, HrQueryAllRows(&table, NULL, NULL, NULL, (LONG)0x80000000, &rows));
}

/* A set whose count is beyond its block stays; with a count that fits it goes, rows and all. */
static void sets(void) {
  LPVOID set = NULL, entries = NULL, row = NULL;
  FreeProws(NULL);
  FreePadrlist(NULL);
  MAPIAllocateBuffer((ULONG)CbNewSRowSet(1), &set);
  MAPIAllocateBuffer((ULONG)CbNewADRLIST(1), &entries);
  memset(set, 0, CbNewSRowSet(1));
  memset(entries, 0, CbNewADRLIST(1));
  EACH_COUNT(n) {
    ((LPSRowSet)set)->cRows = COUNTS[n];
    ((LPADRLIST)entries)->cEntries = COUNTS[n];
    FreeProws((LPSRowSet)set);
    FreePadrlist((LPADRLIST)entries);
  }
  MAPIAllocateBuffer(8, &row);
  ((LPSRowSet)set)->cRows = 1;
  ((LPSRowSet)set)->aRow[0].lpProps = (LPSPropValue)row;
  CHECK_HR(S_OK, MAPIAllocateMore(8, set, &row));
  FreeProws((LPSRowSet)set);
  ((LPADRLIST)entries)->cEntries = 1;
  CHECK_HR(S_OK, MAPIAllocateMore(8, entries, &row));
  FreePadrlist((LPADRLIST)entries);
}

/* ---- notifications ---- */

static LONG STDAPICALLTYPE unexpected(LPVOID context, ULONG count, LPNOTIFICATION notifications) {
  (void)context;
  (void)count;
  (void)notifications;
  CHECK(!"called back");
  return S_OK;
}

static void check_event_refused(NOTIFICATION *event) {
  ULONG size = 77;
  BYTE block[sizeof *event];
  CHECK_HR(MAPI_E_INVALID_PARAMETER, ScCountNotifications(1, event, &size));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, ScCopyNotifications(1, event, block, &size));
  CHECK(size == 77);
}

static void notifications(void) {
  NOTIFICATION event;
  ULONG size = 77;
  BYTE few[64] = {0};
  SPropTagArray tags = {0, {0}};
  SPropValue text = text_property();
  memset(&event, 0, sizeof event);
  CHECK_HR(MAPI_E_INVALID_PARAMETER, ScCountNotifications(1, NULL, &size));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, ScCopyNotifications(1, &event, NULL, &size));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, ScCopyNotifications(1, NULL, few, &size));
  check_event_refused(&event); /* of no type */
  EACH_COUNT(n) {
    CHECK_HR(MAPI_E_INVALID_PARAMETER, ScCountNotifications((int)COUNTS[n], &event, &size));
    CHECK_HR(MAPI_E_INVALID_PARAMETER, ScRelocNotifications((int)COUNTS[n], &event, &event, NULL, &size));
    memset(&event, 0, sizeof event);
    event.ulEventType = fnevObjectModified;
    event.info.obj.cbEntryID = COUNTS[n] | 0x40000001;
    event.info.obj.lpEntryID = (LPENTRYID)few;
    check_event_refused(&event);
    event.info.obj.lpEntryID = NULL;
    check_event_refused(&event);
    event.info.obj.cbEntryID = 0;
    tags.cValues = COUNTS[n];
    event.info.obj.lpPropTagArray = &tags;
    check_event_refused(&event);
    memset(&event, 0, sizeof event);
    event.ulEventType = fnevTableModified;
    event.info.tab.row.cValues = COUNTS[n];
    event.info.tab.row.lpProps = &text;
    check_event_refused(&event);
    event.info.tab.row.lpProps = NULL;
    check_event_refused(&event);
    memset(&event, 0, sizeof event);
    event.ulEventType = fnevStatusObjectModified;
    event.info.statobj.cValues = COUNTS[n];
    event.info.statobj.lpPropVals = &text;
    check_event_refused(&event);
    memset(&event, 0, sizeof event);
    event.ulEventType = fnevExtended;
    event.info.ext.cb = COUNTS[n] | 0x40000001;
    event.info.ext.pbEventParameters = few;
    check_event_refused(&event);
  }
  CHECK(size == 77);
}

static void hand_over_nonsense(void *sink) {
  LPMAPIADVISESINK mine = (LPMAPIADVISESINK)sink;
  NOTIFICATION event;
  memset(&event, 0, sizeof event);
  EACH_COUNT(n) {
    CHECK_HR(MAPI_E_INVALID_PARAMETER, (HRESULT)mine->lpVtbl->OnNotify(mine, COUNTS[n], &event));
    CHECK_HR(MAPI_E_INVALID_PARAMETER, (HRESULT)mine->lpVtbl->OnNotify(mine, COUNTS[n], NULL));
  }
}

static void sinks(void) {
  LPMAPIADVISESINK plain = (LPMAPIADVISESINK)RUBBISH, mine = (LPMAPIADVISESINK)RUBBISH;
  LPVOID face = RUBBISH;
  CHECK_HR(MAPI_E_INVALID_PARAMETER, HrAllocAdviseSink(NULL, NULL, &plain));
  CHECK(plain == NULL);
  CHECK_HR(MAPI_E_INVALID_PARAMETER, HrAllocAdviseSink(unexpected, NULL, NULL));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, HrThisThreadAdviseSink(NULL, &mine));
  CHECK(mine == NULL);
  CHECK_HR(S_OK, HrAllocAdviseSink(unexpected, NULL, &plain));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, HrThisThreadAdviseSink(plain, NULL));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, plain->lpVtbl->QueryInterface(plain, NULL, NULL));
  CHECK(FAILED(plain->lpVtbl->QueryInterface(plain, NULL, &face)) && face == NULL);
  CHECK_HR(S_OK, HrThisThreadAdviseSink(plain, &mine));
  ThreadRun run = {hand_over_nonsense, mine};
  thread_join(thread_start(&run, 0));
  CHECK_HR(S_OK, HrDispatchNotifications(0));
  CHECK(UlRelease(mine) == 0 && UlRelease(plain) == 0);
}

/* ---- text ---- */

static void text(void) {
  LPSTR hex = (LPSTR)RUBBISH;
  LPENTRYID id = (LPENTRYID)RUBBISH;
  ULONG size = 77;
  BYTE bytes[2] = {1, 2};
  char room[8] = "x", digits[] = "01";
  CHECK_HR(MAPI_E_INVALID_PARAMETER, HrSzFromEntryID(2, NULL, &hex));
  CHECK(hex == NULL);
  CHECK_HR(MAPI_E_INVALID_PARAMETER, HrSzFromEntryID(2, (LPENTRYID)bytes, NULL));
  static const ULONG sizes[] = {0, 0x40000000, 0x80000000, 0xFFFFFFFF};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    CHECK_HR(MAPI_E_INVALID_ENTRYID, HrSzFromEntryID(sizes[i], (LPENTRYID)bytes, &hex));
    CHECK(hex == NULL);
  }
  CHECK_HR(MAPI_E_INVALID_PARAMETER, HrEntryIDFromSz(NULL, &size, &id));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, HrEntryIDFromSz(digits, NULL, &id));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, HrEntryIDFromSz(digits, &size, NULL));
  HexFromBin(NULL, 4, room);
  CHECK(room[0] == 0);
  HexFromBin(bytes, -1, room);
  CHECK(room[0] == 0);
  HexFromBin(bytes, 2, NULL);
  CHECK(!FBinFromHex(NULL, bytes) && !FBinFromHex(digits, NULL));
  CHECK_HR(MAPI_E_UNKNOWN_FLAGS, ScInitMapiUtil(1));
#ifndef _WIN32
  WCHAR wide[2] = {'x', 0};
  CHECK(lstrlenW(NULL) == 0 && lstrcpyW(NULL, wide) == NULL && lstrcpyW(wide, NULL) == NULL);
  CHECK(lstrcmpiW(NULL, NULL) == 0 && lstrcmpiW(NULL, wide) < 0 && lstrcmpiW(wide, NULL) > 0);
#endif
}

int main(void) {
  memory();
  pointers_of_properties();
  counts_of_properties();
  texts_that_are_null();
  routines_that_give_nothing();
  objects();
  tables();
  sets();
  notifications();
  sinks();
  text();
  return check_report();
}
