/*
 * Advise sinks written in C: one that counts, one that fails, one that calls the store again, one that blocks while
 * the store closes. None is called within the call that causes an event, none after it was unregistered, and each is
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

static ULONG STDMETHODCALLTYPE sink_notify(IMAPIAdviseSink *This, ULONG cNotif, LPNOTIFICATION lpNotifications) {
  Sink *sink = (Sink *)This;
  count(&sink->inside);
  count(&sink->calls);
  if (cNotif == 0 || get(&sink->inside) != 1 || get(&sink->references) < 1) {
    count(&sink->wrong);
  }
  if (sink->work != NULL) {
    sink->work(sink);
  }
  for (ULONG i = 0; i < cNotif; i++) {
    if (!is_right(&lpNotifications[i])) {
      count(&sink->wrong);
    }
    switch (lpNotifications[i].ulEventType) {
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
  blocking(argv[1]);
  closing(argv[1]);
  RELEASE(store);
  return check_report();
}
