/*
 * What the store calls: a progress object, a stream and a message written here, that work, fail, call the store again
 * or block. The store answers its caller with a code, goes on for everyone else meanwhile, and keeps no reference.
 */
#define USES_IID_IMAPIProgress
#include "client.h"

typedef enum Mood { WORKS, FAILS, CALLS_AGAIN, BLOCKS, MOODS } Mood;

enum { MESSAGES = 12 };

static const char *path;
static IMsgStore *store;
static IMAPIFolder *folder;
static IMAPIFolder *target;
static Id ids[MESSAGES];

/* What a foreign object does when it is called, and what happened to it. */
typedef struct Callback {
  const void *vtable;
  const GUID *iid;
  Mood mood;
  LONG references;
  int calls, blocked, go, deep;
  ULONG bytes;
  HRESULT hr; /* of what ran on another thread */
} Callback;

static HRESULT STDMETHODCALLTYPE query(Callback *self, REFIID riid, LPVOID *out) {
  if (memcmp(riid, self->iid, sizeof(GUID)) != 0 && memcmp(riid, &IID_IUnknown, sizeof(GUID)) != 0) {
    *out = NULL;
    return MAPI_E_INTERFACE_NOT_SUPPORTED;
  }
  __atomic_add_fetch(&self->references, 1, __ATOMIC_ACQ_REL);
  *out = self;
  return S_OK;
}

static ULONG STDMETHODCALLTYPE add_ref(Callback *self) {
  return (ULONG)__atomic_add_fetch(&self->references, 1, __ATOMIC_ACQ_REL);
}

static ULONG STDMETHODCALLTYPE release(Callback *self) {
  return (ULONG)__atomic_sub_fetch(&self->references, 1, __ATOMIC_ACQ_REL);
}

/* Waits for another thread: 30 s at most, which is a failure. */
static int wait_for(int *flag) {
  for (int i = 0; i < 3000 && !__atomic_load_n(flag, __ATOMIC_ACQUIRE); i++) {
    nap(10);
  }
  return __atomic_load_n(flag, __ATOMIC_ACQUIRE);
}

static HRESULT save_one(IMsgStore *in) {
  IMessage *message = open_message(in, &ids[0], MAPI_MODIFY);
  HRESULT hr = set_text(WHOLE(message), PR_SUBJECT_W, TEXT16("again"));
  hr = FAILED(hr) ? hr : CALL(message, SaveChanges, FORCE_SAVE);
  RELEASE(message);
  return hr;
}

/* Every kind of call, from within a call of the store. */
static void call_again(Callback *self) {
  if (self->deep++ < 3) {
    CHECK(row_count(folder) == MESSAGES);
    IMessage *message = new_message(target);
    CHECK_HR(S_OK, set_text(WHOLE(message), PR_SUBJECT_W, TEXT16("within")));
    CHECK_HR(S_OK, CALL(message, SaveChanges, 0));
    RELEASE(message);
    LPMAPIERROR error = NULL;
    CHECK_HR(S_OK, CALL(folder, GetLastError, S_OK, 0, &error));
    MAPIFreeBuffer(error);
  }
}

static HRESULT act(Callback *self) {
  self->calls++;
  switch (self->mood) {
  case FAILS:
    return MAPI_E_USER_CANCEL;
  case CALLS_AGAIN:
    call_again(self);
    return S_OK;
  case BLOCKS:
    __atomic_store_n(&self->blocked, 1, __ATOMIC_RELEASE);
    CHECK(wait_for(&self->go));
    return S_OK;
  default:
    return S_OK;
  }
}

static HRESULT STDMETHODCALLTYPE refuse(void) { return MAPI_E_NO_SUPPORT; }

/* ---- a progress object ---- */

static HRESULT STDMETHODCALLTYPE progress(Callback *self, ULONG value, ULONG count, ULONG total) {
  CHECK(value <= 1000 && count <= total);
  return act(self);
}

static HRESULT STDMETHODCALLTYPE get_flags(Callback *self, ULONG *flags) {
  *flags = MAPI_TOP_LEVEL;
  return self->mood == FAILS ? MAPI_E_CALL_FAILED : S_OK;
}

static HRESULT STDMETHODCALLTYPE get_max(Callback *self, ULONG *max) {
  *max = 1000;
  return self->mood == FAILS ? MAPI_E_CALL_FAILED : S_OK;
}

static HRESULT STDMETHODCALLTYPE get_min(Callback *self, ULONG *min) {
  *min = 0;
  return self->mood == FAILS ? MAPI_E_CALL_FAILED : S_OK;
}

static HRESULT STDMETHODCALLTYPE set_limits(Callback *self, ULONG *min, ULONG *max, ULONG *flags) {
  (void)min;
  (void)max;
  (void)flags;
  return self->mood == FAILS ? MAPI_E_CALL_FAILED : S_OK;
}

/* ---- a stream ---- */

static HRESULT STDMETHODCALLTYPE write_bytes(Callback *self, const void *bytes, ULONG cb, ULONG *written) {
  HRESULT hr = act(self);
  if (FAILED(hr)) {
    return hr; /* and leaves the output as it was */
  }
  CHECK(cb > 0 && bytes != NULL);
  self->bytes += cb;
  if (written != NULL) {
    *written = cb;
  }
  return S_OK;
}

/* ---- a message ---- */

static HRESULT STDMETHODCALLTYPE set_props(Callback *self, ULONG count, LPSPropValue props,
                                           LPSPropProblemArray *problems) {
  HRESULT hr = act(self);
  if (FAILED(hr)) {
    return hr;
  }
  for (ULONG i = 0; i < count; i++) {
    self->bytes += props[i].ulPropTag == PR_SUBJECT_W;
  }
  if (problems != NULL) {
    *problems = NULL;
  }
  return S_OK;
}

enum { SLOTS = 32 };
typedef void (*Any)(void);

static Callback callback(const GUID *iid, Mood mood, Any *slots) {
  Callback made;
  memset(&made, 0, sizeof made);
  for (int i = 3; i < SLOTS; i++) {
    slots[i] = slots[i] == NULL ? (Any)refuse : slots[i];
  }
  slots[0] = (Any)query;
  slots[1] = (Any)add_ref;
  slots[2] = (Any)release;
  made.vtable = slots;
  made.iid = iid;
  made.mood = mood;
  made.references = 1;
  return made;
}

/* ---- calls that take them ---- */

static void copy_messages(void *argument) {
  Callback *self = (Callback *)argument;
  SBinary entries[MESSAGES];
  ENTRYLIST list = {MESSAGES, entries};
  for (int i = 0; i < MESSAGES; i++) {
    entries[i].cb = ids[i].cb;
    entries[i].lpb = ids[i].ab;
  }
  self->hr = CALL(folder, CopyMessages, &list, NULL, target, 0, (LPMAPIPROGRESS)self, MESSAGE_DIALOG);
}

static void copy_stream(void *argument) {
  Callback *self = (Callback *)argument;
  ULARGE_INTEGER all, read, written;
  IMessage *message = open_message(store, &ids[1], 0);
  IStream *from = open_stream(WHOLE(message), PR_BODY_W, STGM_READ, 0);
  all.QuadPart = 0xFFFFFFFFFFFFFFFFULL;
  self->hr = CALL(from, CopyTo, (IStream *)self, all, &read, &written);
  CHECK(FAILED(self->hr) || (written.QuadPart == self->bytes && read.QuadPart == self->bytes));
  RELEASE(from);
  RELEASE(message);
}

static void copy_to(void *argument) {
  Callback *self = (Callback *)argument;
  LPSPropProblemArray problems = NULL;
  IMessage *message = open_message(store, &ids[1], 0);
  self->hr = CALL(message, CopyTo, 0, NULL, NULL, 0, NULL, &IID_IMessage, self, 0, &problems);
  MAPIFreeBuffer(problems);
  RELEASE(message);
}

static void play_mood(Callback *self, void (*call)(void *), const char *name) {
  int failed = check_failed;
  if (self->mood == BLOCKS) {
    ThreadRun run = {call, self};
    IMsgStore *other = NULL;
    Thread thread = thread_start(&run, 0);
    CHECK(wait_for(&self->blocked));
    /* Everybody else goes on. */
    CHECK(row_count(folder) == MESSAGES);
    CHECK_HR(S_OK, Mapi4jOpenStore(path, MDB_WRITE, &other));
    CHECK_HR(S_OK, save_one(other));
    RELEASE(other);
    __atomic_store_n(&self->go, 1, __ATOMIC_RELEASE);
    thread_join(thread);
  } else {
    call(self);
  }
  CHECK(self->calls > 0);
  /* A message that takes properties and nothing else is told so at the first attachment. */
  CHECK(self->mood == FAILS || SUCCEEDED(self->hr) || (self->iid == &IID_IMessage && self->hr == MAPI_E_NO_SUPPORT));
  CHECK(self->references == 1);
  CHECK_HR(S_OK, save_one(store));
  if (check_failed != failed) {
    printf("%s, mood %d: 0x%08X, %d calls, %d references\n", name, self->mood, (unsigned)self->hr, self->calls,
           (int)self->references);
  }
}

static void set_up(void) {
  if (!CHECK_HR(S_OK, Mapi4jOpenStore(path, MDB_WRITE | MAPI_CREATE, &store))) {
    (void)check_report();
    exit(2);
  }
  folder = new_folder(store, TEXT16("source"));
  target = new_folder(store, TEXT16("target"));
  for (int i = 0; i < MESSAGES; i++) {
    IMessage *message = new_message(folder);
    CHECK_HR(S_OK, set_text(WHOLE(message), PR_SUBJECT_W, TEXT16("subject")));
    IStream *body = open_stream(WHOLE(message), PR_BODY_W, STGM_READWRITE, MAPI_CREATE | MAPI_MODIFY);
    for (int line = 0; line < 3000; line++) {
      CHECK_HR(S_OK, write_stream(body, TEXT16("a line of a body that is too long for one buffer\r\n"), 100));
    }
    RELEASE(body);
    CHECK_HR(S_OK, add_recipient(message, TEXT16("recipient")));
    add_attachment(message, TEXT16("a.txt"));
    CHECK_HR(S_OK, CALL(message, SaveChanges, KEEP_OPEN_READONLY));
    ids[i] = id_from(WHOLE(message));
    RELEASE(message);
  }
}

int main(int argc, char **argv) {
  if (argc < 2) {
    fprintf(stderr, "callbacks STORE\n");
    return 2;
  }
  path = argv[1];
  set_up();
  for (int mood = WORKS; mood < MOODS; mood++) {
    Any progresses[SLOTS] = {NULL, NULL, NULL, (Any)progress, (Any)get_flags, (Any)get_max, (Any)get_min, (Any)set_limits};
    Any streams[SLOTS] = {NULL, NULL, NULL, NULL, (Any)write_bytes};
    Any messages[SLOTS] = {NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, (Any)set_props};
    Callback one = callback(&IID_IMAPIProgress, (Mood)mood, progresses);
    play_mood(&one, copy_messages, "progress");
    one = callback(&IID_IStream, (Mood)mood, streams);
    play_mood(&one, copy_stream, "stream");
    CHECK(one.bytes == (mood == FAILS ? 0 : 300000));
    one = callback(&IID_IMessage, (Mood)mood, messages);
    play_mood(&one, copy_to, "message");
    CHECK(mood == FAILS || one.bytes == 1);
  }
  RELEASE(target);
  RELEASE(folder);
  RELEASE(store);
  return check_report();
}
