/*
 * Advise sinks written in C, of the store and of tables: one that counts, one that fails, one that calls the store or
 * its table again, one that blocks while the store or its table closes. None is called within the call that causes an event, none after it was unregistered, and each is
 * released as often as it was held.
 */
#define USES_IID_IMAPIAdviseSink
#include "client.h"

typedef struct Sink {
  IMAPIAdviseSink face;
  LONG references;
  LONG calls, created, modified, deleted, lost;
  LONG wrong;                   /* events that are not as documented */
  LONG inside;                  /* calls that are under way */
  LONG answer;                  /* what OnNotify returns */
  void (*work)(struct Sink *);  /* what it does beside counting */
  IMsgStore *store;
  IMAPITable *table;            /* NULL for a sink of the store */
  const NOTIFICATION *events;   /* of the call that is under way */
  ULONG number;
  ULONG_PTR connection;
  LONG go_on, made;
  Id folder, message;
} Sink;

static LONG get(LONG *number) { return __atomic_load_n(number, __ATOMIC_ACQUIRE); }

static void set(LONG *number, LONG value) { __atomic_store_n(number, value, __ATOMIC_RELEASE); }

static void count(LONG *number) { __atomic_add_fetch(number, 1, __ATOMIC_ACQ_REL); }

/* Waits, 20 seconds at most, until a number is at least so large. */
static int reaches(LONG *number, LONG wanted) {
  for (int i = 0; i < 20000 && get(number) < wanted; i++) {
    nap(1);
  }
  return get(number) >= wanted;
}

static int falls_to(LONG *number, LONG wanted) {
  for (int i = 0; i < 20000 && get(number) > wanted; i++) {
    nap(1);
  }
  return get(number) == wanted;
}

static HRESULT STDMETHODCALLTYPE sink_query(IMAPIAdviseSink *This, REFIID riid, LPVOID *ppvObj) {
  *ppvObj = NULL;
  if (memcmp(riid, &IID_IUnknown, sizeof(GUID)) != 0 && memcmp(riid, &IID_IMAPIAdviseSink, sizeof(GUID)) != 0) {
    return MAPI_E_INTERFACE_NOT_SUPPORTED;
  }
  (void)CALL(This, AddRef);
  *ppvObj = This;
  return S_OK;
}

static ULONG STDMETHODCALLTYPE sink_add(IMAPIAdviseSink *This) {
  return (ULONG)__atomic_add_fetch(&((Sink *)This)->references, 1, __ATOMIC_ACQ_REL);
}

static ULONG STDMETHODCALLTYPE sink_release(IMAPIAdviseSink *This) {
  return (ULONG)__atomic_sub_fetch(&((Sink *)This)->references, 1, __ATOMIC_ACQ_REL);
}

/* Whether what an event does not use is zero, and what it uses is there. */
static int is_right(const NOTIFICATION *event) {
  const OBJECT_NOTIFICATION *object = &event->info.obj;
  int moved = event->ulEventType == fnevObjectMoved || event->ulEventType == fnevObjectCopied;
  if (event->ulEventType == fnevCriticalError) {
    const ERROR_NOTIFICATION *error = &event->info.err;
    return FAILED(error->scode) && error->lpMAPIError != NULL && error->lpMAPIError->lpszError != NULL;
  }
  return object->cbEntryID > 16 && object->lpEntryID != NULL &&
         (object->ulObjType == MAPI_MESSAGE || object->ulObjType == MAPI_FOLDER) && object->cbParentID > 16 &&
         object->lpParentID != NULL && (object->cbOldID != 0) == moved && (object->lpOldID != NULL) == moved &&
         (object->cbOldParentID != 0) == moved && (object->lpOldParentID != NULL) == moved;
}

static int is_key(const SPropValue *prop) {
  return prop->ulPropTag == PR_INSTANCE_KEY && prop->Value.bin.cb > 0 && prop->Value.bin.lpb != NULL;
}

/* The same for a table with the columns PR_INSTANCE_KEY and PR_SUBJECT. */
static int is_row_right(const NOTIFICATION *event) {
  const TABLE_NOTIFICATION *table = &event->info.tab;
  if (event->ulEventType != fnevTableModified || table->hResult != S_OK) {
    return 0;
  }
  if (table->ulTableEvent == TABLE_ROW_DELETED) {
    return is_key(&table->propIndex) && table->row.cValues == 0 && table->row.lpProps == NULL;
  }
  if (table->ulTableEvent != TABLE_ROW_ADDED && table->ulTableEvent != TABLE_ROW_MODIFIED) {
    return table->row.cValues == 0 && table->row.lpProps == NULL;
  }
  const SPropValue *key = &table->propIndex, *props = table->row.lpProps;
  return is_key(key) && (table->propPrior.ulPropTag == PR_NULL || is_key(&table->propPrior)) &&
         table->row.cValues == 2 && props != NULL && is_key(&props[0]) &&
         props[0].Value.bin.cb == key->Value.bin.cb &&
         memcmp(props[0].Value.bin.lpb, key->Value.bin.lpb, key->Value.bin.cb) == 0 &&
         PROP_ID(props[1].ulPropTag) == PROP_ID(PR_SUBJECT);
}

static ULONG kind(const NOTIFICATION *event) {
  if (event->ulEventType != fnevTableModified) {
    return event->ulEventType;
  }
  switch (event->info.tab.ulTableEvent) {
    case TABLE_ROW_ADDED:
      return fnevObjectCreated;
    case TABLE_ROW_MODIFIED:
      return fnevObjectModified;
    case TABLE_ROW_DELETED:
      return fnevObjectDeleted;
    default:
      return fnevExtended;
  }
}

static ULONG STDMETHODCALLTYPE sink_notify(IMAPIAdviseSink *This, ULONG cNotif, LPNOTIFICATION lpNotifications) {
  Sink *sink = (Sink *)This;
  count(&sink->inside);
  count(&sink->calls);
  if (cNotif == 0 || get(&sink->inside) != 1 || get(&sink->references) < 1) {
    count(&sink->wrong);
  }
  sink->events = lpNotifications;
  sink->number = cNotif;
  if (sink->work != NULL) {
    sink->work(sink);
  }
  for (ULONG i = 0; i < cNotif; i++) {
    if (sink->table == NULL ? !is_right(&lpNotifications[i]) : !is_row_right(&lpNotifications[i])) {
      count(&sink->wrong);
    }
    switch (kind(&lpNotifications[i])) {
      case fnevObjectCreated:
        count(&sink->created);
        break;
      case fnevObjectModified:
        count(&sink->modified);
        break;
      case fnevObjectDeleted:
        count(&sink->deleted);
        break;
      default:
        count(&sink->lost);
    }
  }
  /* The memory is the store's: a copy of what is to be kept, nothing written back. */
  __atomic_sub_fetch(&sink->inside, 1, __ATOMIC_ACQ_REL);
  return (ULONG)sink->answer;
}

static IMAPIAdviseSinkVtbl sink_calls = {sink_query, sink_add, sink_release, sink_notify};

static void sink_begins(Sink *sink, IMsgStore *store) {
  memset(sink, 0, sizeof *sink);
  sink->face.lpVtbl = &sink_calls;
  sink->references = 1;
  sink->store = store;
}

static const ULONG EVENTS = fnevObjectCreated | fnevObjectModified | fnevObjectDeleted | fnevCriticalError;

static void advise_rows(Sink *sink) {
  CHECK_HR(S_OK, CALL(sink->table, Advise, fnevTableModified, &sink->face, &sink->connection));
  CHECK(sink->connection != 0 && get(&sink->references) > 1);
}

static void advise(Sink *sink, Id *id, ULONG mask) {
  CHECK_HR(S_OK, CALL(sink->store, Advise, id == NULL ? 0 : id->cb, id == NULL ? NULL : id_of(id), mask, &sink->face,
                      &sink->connection));
  CHECK(sink->connection != 0 && (unsigned long long)sink->connection >> 32 == 0);
  CHECK(get(&sink->references) > 1);
}

/* Makes a message, which is the event; SaveChanges must return whatever the sinks do. */
static Id make(IMAPIFolder *folder) {
  IMessage *message = new_message(folder);
  CHECK_HR(S_OK, set_text(WHOLE(message), PR_SUBJECT_W, TEXT16("made")));
  CHECK_HR(S_OK, CALL(message, SaveChanges, KEEP_OPEN_READONLY));
  Id id = id_from(WHOLE(message));
  RELEASE(message);
  return id;
}

static HRESULT delete_one(IMAPIFolder *folder, Id *id) {
  SBinary bin = {id->cb, id->ab};
  ENTRYLIST list = {1, &bin};
  return CALL(folder, DeleteMessages, &list, 0, NULL, 0);
}

/* ---- a sink that counts, and one whose OnNotify fails ---- */

static void counting(IMsgStore *store, IMAPIFolder *folder) {
  Sink all, failing, one;
  sink_begins(&all, store);
  sink_begins(&failing, store);
  sink_begins(&one, store);
  failing.answer = (LONG)MAPI_E_CALL_FAILED;
  advise(&all, NULL, EVENTS);
  advise(&failing, NULL, EVENTS);
  Id ids[20];
  for (int i = 0; i < 20; i++) {
    ids[i] = make(folder);
  }
  advise(&one, &ids[0], EVENTS);
  for (int i = 0; i < 20; i++) {
    CHECK_HR(S_OK, delete_one(folder, &ids[i]));
  }
  CHECK(reaches(&all.deleted, 20) && get(&all.created) == 20);
  CHECK(reaches(&failing.deleted, 20) && get(&failing.created) == 20);
  CHECK(reaches(&one.deleted, 1));
  CHECK(all.wrong == 0 && failing.wrong == 0 && one.wrong == 0);
  CHECK_HR(S_OK, CALL(store, Unadvise, all.connection));
  CHECK_HR(S_OK, CALL(store, Unadvise, failing.connection));
  CHECK_HR(S_OK, CALL(store, Unadvise, one.connection));
  CHECK_HR(MAPI_E_NOT_FOUND, CALL(store, Unadvise, one.connection));
  CHECK(falls_to(&all.references, 1) && falls_to(&failing.references, 1) && falls_to(&one.references, 1));
  LONG calls = get(&all.calls);
  Id last = make(folder);
  CHECK_HR(S_OK, delete_one(folder, &last));
  nap(100);
  CHECK(get(&all.calls) == calls && get(&one.deleted) == 1);
}

static void refusals(IMsgStore *store) {
  Sink sink;
  BYTE foreign[24] = {0, 0, 0, 0, 1, 2, 3};
  sink_begins(&sink, store);
  ULONG_PTR connection = 5;
  CHECK_HR(MAPI_E_INVALID_PARAMETER, CALL(store, Advise, 0, NULL, fnevObjectCreated, NULL, &connection));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, CALL(store, Advise, 0, NULL, 0, &sink.face, &connection));
  CHECK_HR(MAPI_E_INVALID_PARAMETER,
           CALL(store, Advise, 0, NULL, fnevStatusObjectModified, &sink.face, &connection));
  CHECK_HR(MAPI_E_UNKNOWN_ENTRYID, CALL(store, Advise, sizeof foreign, (LPENTRYID)foreign, fnevObjectCreated,
                                        &sink.face, &connection));
  CHECK_HR(MAPI_E_NOT_FOUND, CALL(store, Unadvise, 4711));
  CHECK(get(&sink.references) == 1);
}

/* ---- a sink that calls the store again ---- */

static void calls_again(Sink *sink) {
  if (get(&sink->calls) != 1) {
    return;
  }
  IMessage *message = open_message(sink->store, &sink->message, MAPI_MODIFY);
  CHECK_HR(S_OK, set_text(WHOLE(message), PR_SUBJECT_W, TEXT16("from within")));
  CHECK_HR(S_OK, CALL(message, SaveChanges, KEEP_OPEN_READWRITE));
  RELEASE(message);
  CHECK_HR(S_OK, CALL(sink->store, Unadvise, sink->connection));
  CHECK(get(&sink->references) > 1); /* held until OnNotify returns */
  count(&sink->go_on);
}

static void entering(IMsgStore *store, IMAPIFolder *folder) {
  Sink sink;
  sink_begins(&sink, store);
  sink.message = make(folder);
  sink.work = calls_again;
  advise(&sink, NULL, EVENTS);
  (void)make(folder);
  CHECK(reaches(&sink.go_on, 1));
  CHECK(falls_to(&sink.references, 1));
  CHECK(sink.wrong == 0 && get(&sink.calls) == 1);
  IMessage *message = open_message(store, &sink.message, 0);
  CHECK(has_text(WHOLE(message), PR_SUBJECT_W, "from within"));
  RELEASE(message);
}

/* ---- a sink that blocks, while the store closes ---- */

static void blocks(Sink *sink) {
  for (int i = 0; i < 30000 && get(&sink->go_on) == 0; i++) {
    nap(1);
  }
}

static void blocking(const char *path) {
  IMsgStore *store = NULL;
  Sink slow, quick;
  CHECK_HR(S_OK, Mapi4jOpenStore(path, MDB_WRITE, &store));
  IMAPIFolder *folder = new_folder(store, TEXT16("blocking"));
  sink_begins(&slow, store);
  sink_begins(&quick, store);
  slow.work = blocks;
  advise(&slow, NULL, EVENTS);
  advise(&quick, NULL, EVENTS);
  for (int i = 0; i < 50; i++) {
    (void)make(folder);
  }
  CHECK(reaches(&quick.created, 50));
  CHECK(reaches(&slow.inside, 1) && get(&slow.calls) == 1);
  RELEASE(folder);
  RELEASE(store); /* with both registered */
  CHECK(falls_to(&quick.references, 1));
  CHECK(get(&slow.references) > 1 && get(&slow.inside) == 1);
  LONG calls = get(&quick.calls);
  set(&slow.go_on, 1);
  CHECK(falls_to(&slow.references, 1));
  CHECK(get(&slow.calls) == 1 && get(&quick.calls) == calls);
  CHECK(slow.wrong == 0 && quick.wrong == 0);
}

/* ---- a sink whose store is released from within ---- */

static void closes(Sink *sink) {
  if (get(&sink->calls) == 1) {
    CHECK(reaches(&sink->made, 1)); /* who made the message has read its identifier */
    (void)CALL(sink->store, Release);
    CHECK(get(&sink->references) > 1);
    count(&sink->go_on);
  }
}

static void closing(const char *path) {
  IMsgStore *store = NULL;
  Sink sink;
  CHECK_HR(S_OK, Mapi4jOpenStore(path, MDB_WRITE, &store));
  IMAPIFolder *folder = new_folder(store, TEXT16("closing"));
  sink_begins(&sink, store);
  sink.work = closes;
  advise(&sink, NULL, EVENTS);
  (void)make(folder);
  set(&sink.made, 1);
  CHECK(reaches(&sink.go_on, 1));
  CHECK(falls_to(&sink.references, 1));
  RELEASE(folder);
}

/* ---- sinks of tables ---- */

static IMAPITable *contents(IMAPIFolder *folder) {
  SizedSPropTagArray(2, tags) = {2, {PR_INSTANCE_KEY, PR_SUBJECT_W}};
  IMAPITable *table = NULL;
  CHECK_HR(S_OK, CALL(folder, GetContentsTable, MAPI_UNICODE, &table));
  CHECK_HR(S_OK, CALL(table, SetColumns, (LPSPropTagArray)&tags, 0));
  return table;
}

static void table_sink_begins(Sink *sink, IMsgStore *store, IMAPITable *table) {
  sink_begins(sink, store);
  sink->table = table;
}

/* What is to be kept is copied, and the copy moves to where it is kept. */
static void copies(Sink *sink) {
  ULONG size = 0, copied = 0, moved = 0;
  LPNOTIFICATION events = (LPNOTIFICATION)sink->events;
  BYTE *there = NULL, *elsewhere = (BYTE *)(ULONG_PTR)0x10000;
  CHECK_HR(S_OK, ScCountNotifications((int)sink->number, events, &size));
  CHECK_HR(S_OK, MAPIAllocateBuffer(size, (LPVOID *)&there));
  CHECK_HR(S_OK, ScCopyNotifications((int)sink->number, events, there, &copied));
  LPNOTIFICATION copy = (LPNOTIFICATION)there;
  CHECK_HR(S_OK, ScRelocNotifications((int)sink->number, copy, there, elsewhere, &moved));
  CHECK(copied == size && moved == size);
  CHECK_HR(S_OK, ScRelocNotifications((int)sink->number, copy, elsewhere, there, NULL));
  for (ULONG i = 0; i < sink->number; i++) {
    CHECK(is_row_right(&copy[i]) && copy[i].info.tab.propIndex.Value.bin.lpb != events[i].info.tab.propIndex.Value.bin.lpb);
  }
  MAPIFreeBuffer(there);
}

static void rows_counting(IMsgStore *store, IMAPIFolder *folder) {
  IMAPITable *table = contents(folder);
  Sink all, failing;
  table_sink_begins(&all, store, table);
  table_sink_begins(&failing, store, table);
  all.work = copies;
  failing.answer = (LONG)MAPI_E_CALL_FAILED;
  advise_rows(&all);
  advise_rows(&failing);
  Id ids[20];
  for (int i = 0; i < 20; i++) {
    ids[i] = make(folder);
  }
  CHECK(reaches(&all.created, 20) && reaches(&failing.created, 20));
  IMessage *message = open_message(store, &ids[7], MAPI_MODIFY);
  CHECK_HR(S_OK, set_text(WHOLE(message), PR_SUBJECT_W, TEXT16("changed")));
  CHECK_HR(S_OK, CALL(message, SaveChanges, 0));
  RELEASE(message);
  CHECK(reaches(&all.modified, 1) && reaches(&failing.modified, 1));
  for (int i = 0; i < 20; i++) {
    CHECK_HR(S_OK, delete_one(folder, &ids[i]));
  }
  CHECK(reaches(&all.deleted, 20) && reaches(&failing.deleted, 20));
  CHECK(get(&all.created) == 20 && get(&all.modified) == 1 && get(&all.lost) == 0 && get(&failing.lost) == 0);
  CHECK(all.wrong == 0 && failing.wrong == 0);
  CHECK_HR(S_OK, CALL(table, Unadvise, all.connection));
  CHECK_HR(MAPI_E_NOT_FOUND, CALL(table, Unadvise, all.connection));
  CHECK(falls_to(&all.references, 1) && get(&failing.references) > 1);
  ULONG_PTR connection = 5;
  CHECK_HR(MAPI_E_INVALID_PARAMETER, CALL(table, Advise, fnevTableModified, NULL, &connection));
  CHECK_HR(MAPI_E_INVALID_PARAMETER, CALL(table, Advise, fnevObjectCreated, &all.face, &connection));
  CHECK(get(&all.references) == 1);
  RELEASE(table); /* with one registered */
  CHECK(falls_to(&failing.references, 1));
  LONG calls = get(&failing.calls);
  Id last = make(folder);
  CHECK_HR(S_OK, delete_one(folder, &last));
  nap(50);
  CHECK(get(&failing.calls) == calls);
}

/* Every kind of call on the table from within; at last it is released by its own sink. */
static void table_again(Sink *sink) {
  SizedSSortOrderSet(1, order) = {1, 0, 0, {{PR_SUBJECT_W, TABLE_SORT_DESCEND}}};
  LPSRowSet rows = NULL;
  ULONG status = 1;
  if (get(&sink->calls) != 1) {
    return;
  }
  CHECK_HR(S_OK, CALL(sink->table, QueryRows, 10, 0, &rows));
  CHECK(rows != NULL && rows->cRows > 0);
  FreeProws(rows);
  CHECK_HR(S_OK, CALL(sink->table, SortTable, (LPSSortOrderSet)&order, TBL_ASYNC));
  CHECK_HR(S_OK, CALL(sink->table, WaitForCompletion, 0, 20000, &status));
  CHECK(status == TBLSTAT_COMPLETE);
  CHECK_HR(S_OK, CALL(sink->table, Unadvise, sink->connection));
  CHECK_HR(MAPI_E_NOT_FOUND, CALL(sink->table, Unadvise, sink->connection));
  advise_rows(sink);
  (void)CALL(sink->table, Release);
  CHECK(get(&sink->references) > 1); /* held until OnNotify returns */
  count(&sink->go_on);
}

static void rows_entering(IMsgStore *store, IMAPIFolder *folder) {
  Sink sink;
  table_sink_begins(&sink, store, contents(folder));
  sink.work = table_again;
  advise_rows(&sink);
  (void)make(folder);
  CHECK(reaches(&sink.go_on, 1));
  CHECK(falls_to(&sink.references, 1));
  (void)make(folder);
  nap(50);
  CHECK(sink.wrong == 0 && get(&sink.calls) == 1);
}

static void rows_blocking(IMsgStore *store, IMAPIFolder *folder) {
  IMAPITable *first = contents(folder), *second = contents(folder);
  Sink slow, quick, other;
  table_sink_begins(&slow, store, first);
  table_sink_begins(&quick, store, first);
  table_sink_begins(&other, store, second);
  slow.work = blocks;
  advise_rows(&slow);
  advise_rows(&quick);
  advise_rows(&other);
  for (int i = 0; i < 20; i++) {
    (void)make(folder);
  }
  CHECK(reaches(&quick.created, 20) && reaches(&other.created, 20));
  CHECK(reaches(&slow.inside, 1) && get(&slow.calls) == 1);
  RELEASE(first);
  CHECK(falls_to(&quick.references, 1));
  CHECK(get(&slow.references) > 1 && get(&slow.inside) == 1);
  (void)make(folder);
  CHECK(reaches(&other.created, 21) && get(&quick.created) == 20);
  set(&slow.go_on, 1);
  CHECK(falls_to(&slow.references, 1) && get(&slow.calls) == 1);
  RELEASE(second);
  CHECK(falls_to(&other.references, 1));
  CHECK(slow.wrong == 0 && quick.wrong == 0 && other.wrong == 0);
}

/* ---- many that come and go on two threads, while messages are made ---- */

static void comes_and_goes(void *argument) {
  IMsgStore *store = (IMsgStore *)argument;
  for (int i = 0; i < 60; i++) {
    Sink sink;
    sink_begins(&sink, store);
    advise(&sink, NULL, EVENTS);
    if (i % 3 == 0) {
      CHECK(reaches(&sink.calls, 1));
    }
    CHECK_HR(S_OK, CALL(store, Unadvise, sink.connection));
    CHECK(falls_to(&sink.references, 1)); /* and its memory goes with this turn */
    CHECK(get(&sink.inside) == 0 && sink.wrong == 0);
  }
}

static LONG raining;

static void rains(void *argument) {
  IMAPIFolder *folder = new_folder((IMsgStore *)argument, TEXT16("rain"));
  while (get(&raining)) {
    Id id = make(folder);
    CHECK_HR(S_OK, delete_one(folder, &id));
  }
  RELEASE(folder);
}

static void crowd(IMsgStore *store) {
  ThreadRun rain = {rains, store}, crowds = {comes_and_goes, store};
  set(&raining, 1);
  Thread raindrops = thread_start(&rain, 0), first = thread_start(&crowds, 0), second = thread_start(&crowds, 0);
  thread_join(first);
  thread_join(second);
  set(&raining, 0);
  thread_join(raindrops);
}

int main(int argc, char **argv) {
  if (argc < 2) {
    fprintf(stderr, "sinks STORE\n");
    return 2;
  }
  IMsgStore *store = NULL;
  if (!CHECK_HR(S_OK, Mapi4jOpenStore(argv[1], MDB_WRITE | MAPI_CREATE, &store))) {
    return check_report();
  }
  LPSPropValue mask = NULL;
  CHECK(HrGetOneProp(WHOLE(store), PR_STORE_SUPPORT_MASK, &mask) == S_OK && (mask->Value.l & STORE_NOTIFY_OK) != 0);
  MAPIFreeBuffer(mask);
  IMAPIFolder *folder = new_folder(store, TEXT16("sinks"));
  counting(store, folder);
  refusals(store);
  entering(store, folder);
  crowd(store);
  RELEASE(folder);
  folder = new_folder(store, TEXT16("rows"));
  rows_counting(store, folder);
  rows_entering(store, folder);
  rows_blocking(store, folder);
  RELEASE(folder);
  blocking(argv[1]);
  closing(argv[1]);
  RELEASE(store);
  return check_report();
}
