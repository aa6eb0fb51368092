/*
 * Structures that lie: arrays that are NULL or too long, restrictions without end, streams that ask for everything;
 * and threads that come and go while the garbage collector runs all the time. The process goes on, and so does work.
 */
#include "client.h"
#include "collector.h"

static IMsgStore *store;
static IMAPIFolder *folder;
static Id message_id;

static IMessage *fresh(void) { return open_message(store, &message_id, MAPI_MODIFY); }

/* ---- structures ---- */

enum { HUGE_COUNT = 0x7FFFFFFF };

static const ULONG COUNTS[] = {1, 2, HUGE_COUNT, 0x80000000, 0xFFFFFFFF};

/* NULL where an array should be, and counts of more than there can be. */
static void property_values(void) {
  static const ULONG arrays[] = {PT_MV_I2,     PT_MV_LONG, PT_MV_R4,      PT_MV_DOUBLE,  PT_MV_CURRENCY, PT_MV_APPTIME,
                                 PT_MV_SYSTIME, PT_MV_I8,   PT_MV_BINARY, PT_MV_STRING8, PT_MV_UNICODE,  PT_MV_CLSID,
                                 PT_BINARY};
  static const ULONG pointers[] = {PT_STRING8, PT_UNICODE, PT_CLSID};
  BYTE some[16] = {0};
  SPropValue prop;
  IMessage *message = fresh();
  for (int type = 0; type < 13; type++) {
    for (int i = 0; i < 5; i++) {
      memset(&prop, 0, sizeof prop);
      prop.ulPropTag = PROP_TAG(arrays[type], 0x6700);
      prop.Value.bin.cb = COUNTS[i]; /* every array has its count there, and its pointer behind */
      CHECK(FAILED(CALL(message, SetProps, 1, &prop, NULL)));
      if (COUNTS[i] >= HUGE_COUNT) {
        prop.Value.bin.lpb = some;
        CHECK(FAILED(CALL(message, SetProps, 1, &prop, NULL)));
      }
    }
  }
  for (int type = 0; type < 3; type++) {
    memset(&prop, 0, sizeof prop);
    prop.ulPropTag = PROP_TAG(pointers[type], 0x6701);
    CHECK(FAILED(CALL(message, SetProps, 1, &prop, NULL)));
  }
  memset(&prop, 0, sizeof prop);
  int set = 0;
  for (ULONG type = 0; type < 0x10000; type += type < 0x2000 ? 1 : 97) { /* most types there are not */
    LPSPropProblemArray problems = NULL;
    prop.ulPropTag = PROP_TAG(type, 0x6702);
    if (CALL(message, SetProps, 1, &prop, &problems) == S_OK && problems == NULL) {
      set++;
    }
    MAPIFreeBuffer(problems);
  }
  CHECK(set >= 9 && set < 30);
  CHECK_HR(S_OK, CALL(message, SaveChanges, KEEP_OPEN_READWRITE));
  RELEASE(message);
}

static void lists(void) {
  SPropTagArray tags;
  ENTRYLIST entries;
  ADRLIST addresses;
  SSortOrderSet order;
  SBinary none[2];
  LPMAPINAMEID names[2] = {NULL, NULL};
  MAPINAMEID name;
  ULONG count = 0;
  LPSPropValue props = NULL;
  LPSPropTagArray ids = NULL;
  IMAPITable *table = NULL;
  IMessage *message = fresh();
  CHECK_HR(S_OK, CALL(folder, GetContentsTable, 0, &table));
  memset(&entries, 0, sizeof entries);
  memset(&addresses, 0, sizeof addresses);
  memset(&order, 0, sizeof order);
  memset(none, 0, sizeof none);
  memset(&name, 0, sizeof name);
  for (int i = 2; i < 5; i++) {
    tags.cValues = COUNTS[i];
    tags.aulPropTag[0] = PR_SUBJECT_W;
    CHECK(FAILED(CALL(message, GetProps, &tags, 0, &count, &props)));
    CHECK(FAILED(CALL(message, DeleteProps, &tags, NULL)));
    CHECK(FAILED(CALL(table, SetColumns, &tags, 0)));
    addresses.cEntries = COUNTS[i];
    CHECK(FAILED(CALL(message, ModifyRecipients, MODRECIP_ADD, &addresses)));
    order.cSorts = COUNTS[i];
    CHECK(FAILED(CALL(table, SortTable, &order, 0)));
    order.cSorts = 1;
    order.cCategories = COUNTS[i];
    CHECK(FAILED(CALL(table, SortTable, &order, 0)));
    order.cCategories = 0;
    order.cExpanded = COUNTS[i];
    CHECK(FAILED(CALL(table, SortTable, &order, 0)));
    order.cExpanded = 0;
    CHECK(FAILED(CALL(message, GetIDsFromNames, COUNTS[i], names, 0, &ids)));
  }
  for (int i = 0; i < 5; i++) {
    entries.cValues = COUNTS[i];
    entries.lpbin = NULL;
    CHECK(FAILED(CALL(folder, DeleteMessages, &entries, 0, NULL, 0)));
    CHECK(FAILED(CALL(folder, CopyMessages, &entries, NULL, folder, 0, NULL, 0)));
    CHECK(FAILED(CALL(folder, SetReadFlags, &entries, 0, NULL, 0)));
    entries.lpbin = none;
    entries.cValues = 1;
    none[0].cb = COUNTS[i];
    CHECK(FAILED(CALL(folder, DeleteMessages, &entries, 0, NULL, 0)));
    addresses.cEntries = 1;
    addresses.aEntries[0].cValues = COUNTS[i];
    CHECK(FAILED(CALL(message, ModifyRecipients, MODRECIP_ADD, &addresses)));
  }
  CHECK(FAILED(CALL(message, GetIDsFromNames, 2, names, MAPI_CREATE, &ids)));
  names[0] = names[1] = &name;
  name.ulKind = MNID_STRING;
  CHECK(FAILED(CALL(message, GetIDsFromNames, 1, names, MAPI_CREATE, &ids)));
  name.ulKind = 77;
  CHECK(CALL(message, GetIDsFromNames, 1, names, MAPI_CREATE, &ids) != S_OK);
  MAPIFreeBuffer(ids);
  RELEASE(table);
  RELEASE(message);
}

/* ---- restrictions ---- */

enum { DEPTH = 10000 };

static void check_refused(IMAPITable *table, LPSRestriction restriction) {
  HRESULT hr = CALL(table, Restrict, restriction, 0);
  CHECK(FAILED(hr));
  CHECK_HR(hr, CALL(table, FindRow, restriction, BOOKMARK_BEGINNING, 0));
}

static void restrictions(void) {
  static SRestriction deep[DEPTH];
  SRestriction one;
  IMAPITable *table = NULL;
  CHECK_HR(S_OK, CALL(folder, GetContentsTable, 0, &table));
  for (int kind = 0; kind < 3; kind++) {
    memset(deep, 0, sizeof deep);
    for (int i = 0; i < DEPTH - 1; i++) {
      deep[i].rt = kind == 0 ? RES_NOT : kind == 1 ? RES_AND : RES_SUBRESTRICTION;
      if (kind == 0) {
        deep[i].res.resNot.lpRes = &deep[i + 1];
      } else if (kind == 1) {
        deep[i].res.resAnd.cRes = 1;
        deep[i].res.resAnd.lpRes = &deep[i + 1];
      } else {
        deep[i].res.resSub.lpRes = &deep[i + 1];
        deep[i].res.resSub.ulSubObject = PR_MESSAGE_RECIPIENTS;
      }
    }
    deep[DEPTH - 1].rt = RES_EXIST;
    deep[DEPTH - 1].res.resExist.ulPropTag = PR_SUBJECT_W;
    CHECK_HR(MAPI_E_TOO_COMPLEX, CALL(table, Restrict, deep, 0));
    check_refused(table, deep);
  }
  /* One that contains itself, once and twice over. */
  memset(deep, 0, sizeof deep);
  deep[0].rt = RES_NOT;
  deep[0].res.resNot.lpRes = deep;
  check_refused(table, deep);
  deep[0].rt = deep[1].rt = RES_OR;
  deep[0].res.resOr.cRes = deep[1].res.resOr.cRes = 2;
  deep[0].res.resOr.lpRes = deep[1].res.resOr.lpRes = deep;
  check_refused(table, deep);
  for (ULONG type = 0; type < 13; type++) { /* nothing inside */
    for (int i = 0; i < 5; i++) {
      memset(&one, 0, sizeof one);
      one.rt = type;
      if (type == RES_AND || type == RES_OR) {
        one.res.resAnd.cRes = COUNTS[i];
      } else if (type == RES_COMMENT || type == RES_ANNOTATION) {
        one.res.resComment.cValues = COUNTS[i];
      }
      HRESULT hr = CALL(table, Restrict, &one, 0);
      int empty = type == RES_EXIST || type == RES_COMPAREPROPS || type == RES_BITMASK || type == RES_SIZE;
      if (!CHECK(empty || FAILED(hr))) {
        printf("kind %u, count 0x%08X\n", (unsigned)type, (unsigned)COUNTS[i]);
      }
    }
  }
  one.rt = 0xFFFFFFFF;
  check_refused(table, &one);
  CHECK_HR(S_OK, CALL(table, Restrict, NULL, 0));
  ULONG rows = 0;
  CHECK_HR(S_OK, CALL(table, GetRowCount, 0, &rows));
  CHECK(rows == 1);
  RELEASE(table);
}

/* ---- streams ---- */

/* More than the heap has: the code of that, and the next call is as if nothing had been. */
static void streams(void) {
  BYTE small[16];
  ULONG done = 7;
  LARGE_INTEGER to;
  ULARGE_INTEGER at;
  IMessage *message = fresh();
  IStream *stream = open_stream(WHOLE(message), PR_BODY_W, STGM_READWRITE, MAPI_MODIFY);
  HRESULT hr = CALL(stream, Read, small, 1 << 30, &done);
  CHECK(hr == MAPI_E_NOT_ENOUGH_MEMORY || hr == S_OK);
  CHECK(FAILED(CALL(stream, Read, small, 0xFFFFFFFF, &done)));
  CHECK(done == 0);
  CHECK(FAILED(CALL(stream, Write, small, 0xFFFFFFFF, &done)));
  CHECK(FAILED(CALL(stream, Write, NULL, 10, &done)));
  CHECK(FAILED(CALL(stream, Read, NULL, 10, &done)));
  to.QuadPart = -1;
  CHECK(FAILED(CALL(stream, Seek, to, STREAM_SEEK_SET, &at)));
  to.QuadPart = 0x7FFFFFFFFFFFFFFFLL;
  hr = CALL(stream, Seek, to, STREAM_SEEK_SET, &at);
  CHECK(FAILED(hr) || FAILED(CALL(stream, Write, "x", 1, &done)));
  CHECK(FAILED(CALL(stream, Seek, to, 77, &at)));
  to.QuadPart = 0;
  CHECK_HR(S_OK, CALL(stream, Seek, to, STREAM_SEEK_SET, NULL));
  CHECK_HR(S_OK, CALL(stream, Read, small, 4, &done));
  CHECK(done == 4 && memcmp(small, "b\0o\0", 4) == 0);
  CHECK(CALL(stream, Release) == 0);
  CHECK_HR(MAPI_E_INVALID_OBJECT, CALL(stream, Commit, 0));
  RELEASE(message);
}

/* ---- threads that come and go ---- */

enum { THREADS = 64, ROUNDS = 6 };

static int worked;

static void work(void *argument) {
  char name[] = {'t', (char)('A' + (int)(ULONG_PTR)argument % 26), 0};
  SPropValue prop;
  LPSPropValue got = NULL;
  memset(&prop, 0, sizeof prop);
  prop.ulPropTag = PR_SUBJECT_A;
  prop.Value.lpszA = name;
  IMessage *mine = NULL;
  IMAPITable *table = NULL;
  LPSRowSet rows = NULL;
  int good = CALL(folder, CreateMessage, NULL, 0, &mine) == S_OK;
  for (int i = 0; good && i < 20; i++) {
    good = HrSetOneProp(WHOLE(mine), &prop) == S_OK && HrGetOneProp(WHOLE(mine), PR_SUBJECT_A, &got) == S_OK &&
           strcmp(got->Value.lpszA, name) == 0;
    MAPIFreeBuffer(got);
    got = NULL;
  }
  good = good && CALL(folder, GetContentsTable, 0, &table) == S_OK && CALL(table, QueryRows, 10, 0, &rows) == S_OK &&
         rows->cRows == 1;
  FreeProws(rows);
  RELEASE(table);
  RELEASE(mine);
  if (CHECK(good)) {
    __atomic_add_fetch(&worked, 1, __ATOMIC_RELAXED);
  }
}

static void threads(void) {
  ThreadRun runs[THREADS];
  Thread started[THREADS];
  Collector collector;
  CHECK(collector_starts(&collector));
  for (int round = 0; round < ROUNDS; round++) {
    for (int i = 0; i < THREADS; i++) {
      runs[i].run = work;
      runs[i].argument = (void *)(ULONG_PTR)i;
      started[i] = thread_start(&runs[i], 0);
    }
    for (int i = 0; i < THREADS; i++) {
      thread_join(started[i]);
    }
  }
  int collections = collector_ends(&collector);
  CHECK(worked == THREADS * ROUNDS);
  CHECK(collections > 5);
  printf("%d threads worked while garbage was collected %d times\n", worked, collections);
}

int main(int argc, char **argv) {
  if (argc < 2) {
    fprintf(stderr, "hostile STORE\n");
    return 2;
  }
  if (!CHECK_HR(S_OK, Mapi4jOpenStore(argv[1], MDB_WRITE | MAPI_CREATE, &store))) {
    return check_report();
  }
  folder = new_folder(store, TEXT16("hostile"));
  IMessage *message = new_message(folder);
  CHECK_HR(S_OK, set_text(WHOLE(message), PR_BODY_W, TEXT16("body")));
  CHECK_HR(S_OK, CALL(message, SaveChanges, KEEP_OPEN_READONLY));
  message_id = id_from(WHOLE(message));
  RELEASE(message);
  property_values();
  lists();
  restrictions();
  streams();
  threads();
  RELEASE(folder);
  RELEASE(store);
  return check_report();
}
