/* What clients of a store share: one spelling of calls for C and C++, short reads and writes, two threads in turns. */
#ifndef CLIENT_H
#define CLIENT_H

#ifndef INITGUID
#define INITGUID
#endif
#define USES_IID_IUnknown
#define USES_IID_IMAPIFolder
#define USES_IID_IMAPIProp
#define USES_IID_IMessage
#define USES_IID_IMsgStore
#define USES_IID_IAttachment
#define USES_IID_IStream
#include "check.h"
#include <mapiguid.h>

#ifdef _WIN32
#define TEXT16(text) ((LPWSTR)L##text)
#else
#define TEXT16(text) ((LPWSTR)u##text)
#endif

#ifdef __cplusplus
#define CALL(object, method, ...) (object)->method(__VA_ARGS__)
#define REF(iid) iid
#else
#define CALL(object, method, ...) (object)->lpVtbl->method((object), ##__VA_ARGS__)
#define REF(iid) &iid
#endif

#define RELEASE(object)            \
  do {                             \
    if ((object) != NULL) {        \
      (void)CALL(object, Release); \
    }                              \
    (object) = NULL;               \
  } while (0)

/* ---- entry identifiers ---- */

typedef struct Id {
  ULONG cb;
  BYTE ab[64];
} Id;

static inline LPENTRYID id_of(Id *id) { return (LPENTRYID)id->ab; }

static inline Id id_from(IMAPIProp *object) {
  Id id = {0, {0}};
  LPSPropValue prop = NULL;
  if (CHECK_HR(S_OK, HrGetOneProp(object, PR_ENTRYID, &prop)) && CHECK(prop->Value.bin.cb <= sizeof id.ab)) {
    id.cb = prop->Value.bin.cb;
    memcpy(id.ab, prop->Value.bin.lpb, id.cb);
  }
  MAPIFreeBuffer(prop);
  return id;
}

/* ---- values ---- */

#define WHOLE(object) ((IMAPIProp *)(object))

static inline int is_text(LPCWSTR text, const char *wanted) {
  for (; *wanted != 0 && *text == (unsigned char)*wanted; wanted++) {
    text++;
  }
  return *wanted == 0 && *text == 0;
}

static inline HRESULT set_text(IMAPIProp *object, ULONG tag, LPWSTR text) {
  SPropValue prop;
  memset(&prop, 0, sizeof prop);
  prop.ulPropTag = tag;
  prop.Value.lpszW = text;
  return HrSetOneProp(object, &prop);
}

static inline HRESULT set_long(IMAPIProp *object, ULONG tag, LONG value) {
  SPropValue prop;
  memset(&prop, 0, sizeof prop);
  prop.ulPropTag = tag;
  prop.Value.l = value;
  return HrSetOneProp(object, &prop);
}

static inline HRESULT set_bytes(IMAPIProp *object, ULONG tag, ULONG cb, const void *bytes) {
  SPropValue prop;
  memset(&prop, 0, sizeof prop);
  prop.ulPropTag = tag;
  prop.Value.bin.cb = cb;
  prop.Value.bin.lpb = (LPBYTE)(ULONG_PTR)bytes;
  return HrSetOneProp(object, &prop);
}

/* Whether a text property is as wanted; NULL: it is missing. */
static inline int has_text(IMAPIProp *object, ULONG tag, const char *wanted) {
  LPSPropValue prop = NULL;
  HRESULT hr = HrGetOneProp(object, tag, &prop);
  int good = wanted == NULL ? hr == MAPI_E_NOT_FOUND : hr == S_OK && is_text(prop->Value.lpszW, wanted);
  MAPIFreeBuffer(prop);
  return good;
}

enum { MISSING = -1000000, UNREADABLE };

static inline LONG long_of(IMAPIProp *object, ULONG tag) {
  LPSPropValue prop = NULL;
  HRESULT hr = HrGetOneProp(object, tag, &prop);
  LONG value = hr == S_OK ? prop->Value.l : hr == MAPI_E_NOT_FOUND ? (LONG)MISSING : (LONG)UNREADABLE;
  MAPIFreeBuffer(prop);
  return value;
}

static inline int has_bytes(IMAPIProp *object, ULONG tag, ULONG cb, const void *wanted) {
  LPSPropValue prop = NULL;
  HRESULT hr = HrGetOneProp(object, tag, &prop);
  int good = hr == S_OK && prop->Value.bin.cb == cb && memcmp(prop->Value.bin.lpb, wanted, cb) == 0;
  MAPIFreeBuffer(prop);
  return good;
}

/* ---- objects ---- */

static inline IUnknown *open_id(IMsgStore *store, Id *id, ULONG flags, ULONG wantedType) {
  LPUNKNOWN object = NULL;
  ULONG type = 0;
  if (CHECK_HR(S_OK, CALL(store, OpenEntry, id == NULL ? 0 : id->cb, id == NULL ? NULL : id_of(id), NULL, flags, &type,
                          &object))) {
    CHECK(type == wantedType);
  }
  if (object == NULL) {
    (void)check_report();
    exit(2);
  }
  return object;
}

static inline IMessage *open_message(IMsgStore *store, Id *id, ULONG flags) {
  return (IMessage *)open_id(store, id, flags, MAPI_MESSAGE);
}

static inline IMAPIFolder *open_folder(IMsgStore *store, Id *id) {
  return (IMAPIFolder *)open_id(store, id, MAPI_MODIFY, MAPI_FOLDER);
}

static inline HRESULT open_code(IMsgStore *store, Id *id, ULONG flags) {
  LPUNKNOWN object = NULL;
  ULONG type = 0;
  HRESULT hr = CALL(store, OpenEntry, id->cb, id_of(id), NULL, flags, &type, &object);
  RELEASE(object);
  return hr;
}

static inline IMAPIFolder *new_folder(IMsgStore *store, LPWSTR name) {
  IMAPIFolder *root = open_folder(store, NULL);
  IMAPIFolder *folder = NULL;
  CHECK_HR(S_OK, CALL(root, CreateFolder, FOLDER_GENERIC, (LPTSTR)name, NULL, NULL, MAPI_UNICODE | OPEN_IF_EXISTS,
                      &folder));
  RELEASE(root);
  return folder;
}

static inline IMessage *new_message(IMAPIFolder *folder) {
  IMessage *message = NULL;
  CHECK_HR(S_OK, CALL(folder, CreateMessage, NULL, 0, &message));
  return message;
}

static inline ULONG row_count(IMAPIFolder *folder) {
  IMAPITable *table = NULL;
  ULONG count = 0xFFFFFFFF;
  CHECK_HR(S_OK, CALL(folder, GetContentsTable, 0, &table));
  CHECK_HR(S_OK, CALL(table, GetRowCount, 0, &count));
  RELEASE(table);
  return count;
}

/* The texts of one column, each followed by a comma; the table is released. */
static inline const char *column(IMAPITable *table, ULONG tag, char *texts, size_t size) {
  SizedSPropTagArray(1, tags) = {1, {tag}};
  LPSRowSet rows = NULL;
  size_t used = 0;
  if (table != NULL && CHECK_HR(S_OK, HrQueryAllRows(table, (LPSPropTagArray)&tags, NULL, NULL, 0, &rows))) {
    for (ULONG i = 0; i < rows->cRows; i++) {
      const SPropValue *prop = rows->aRow[i].lpProps;
      LPCWSTR text = prop->ulPropTag == tag ? prop->Value.lpszW : TEXT16("(none)");
      for (; *text != 0 && used < size - 2; text++) {
        texts[used++] = *text < 128 ? (char)*text : '?';
      }
      if (used < size - 2) {
        texts[used++] = ',';
      }
    }
  }
  texts[used] = 0;
  FreeProws(rows);
  RELEASE(table);
  return texts;
}

static inline int same(const char *wanted, const char *got) {
  if (strcmp(wanted, got) != 0) {
    printf("wanted \"%s\", got \"%s\"\n", wanted, got);
  }
  return strcmp(wanted, got) == 0;
}

static inline int has_recipients(IMessage *message, const char *wanted) {
  char texts[512];
  IMAPITable *table = NULL;
  CHECK_HR(S_OK, CALL(message, GetRecipientTable, MAPI_UNICODE, &table));
  return same(wanted, column(table, PR_DISPLAY_NAME_W, texts, sizeof texts));
}

static inline int has_attachments(IMessage *message, const char *wanted) {
  char texts[512];
  IMAPITable *table = NULL;
  CHECK_HR(S_OK, CALL(message, GetAttachmentTable, MAPI_UNICODE, &table));
  return same(wanted, column(table, PR_ATTACH_FILENAME_W, texts, sizeof texts));
}

static inline HRESULT add_recipient(IMessage *message, LPWSTR name) {
  SPropValue props[2];
  SizedADRLIST(1, list);
  memset(props, 0, sizeof props);
  memset(&list, 0, sizeof list);
  props[0].ulPropTag = PR_DISPLAY_NAME_W;
  props[0].Value.lpszW = name;
  props[1].ulPropTag = PR_RECIPIENT_TYPE;
  props[1].Value.l = MAPI_TO;
  list.cEntries = 1;
  list.aEntries[0].cValues = 2;
  list.aEntries[0].rgPropVals = props;
  return CALL(message, ModifyRecipients, MODRECIP_ADD, (LPADRLIST)&list);
}

static const BYTE DATA[3] = {1, 2, 3};

/* Adds an attachment and saves it at its own level. */
static inline ULONG add_attachment(IMessage *message, LPWSTR name) {
  IAttach *attach = NULL;
  ULONG number = 0xFFFFFFFF;
  if (CHECK_HR(S_OK, CALL(message, CreateAttach, NULL, 0, &number, &attach))) {
    CHECK_HR(S_OK, set_long(WHOLE(attach), PR_ATTACH_METHOD, ATTACH_BY_VALUE));
    CHECK_HR(S_OK, set_text(WHOLE(attach), PR_ATTACH_FILENAME_W, name));
    CHECK_HR(S_OK, set_bytes(WHOLE(attach), PR_ATTACH_DATA_BIN, sizeof DATA, DATA));
    CHECK_HR(S_OK, CALL(attach, SaveChanges, 0));
  }
  RELEASE(attach);
  return number;
}

static inline int attachment_data_is(IMessage *message, ULONG number) {
  IAttach *attach = NULL;
  int good = CHECK_HR(S_OK, CALL(message, OpenAttach, number, NULL, 0, &attach)) &&
             has_bytes(WHOLE(attach), PR_ATTACH_DATA_BIN, sizeof DATA, DATA);
  RELEASE(attach);
  return good;
}

static inline IStream *open_stream(IMAPIProp *object, ULONG tag, ULONG mode, ULONG flags) {
  LPUNKNOWN stream = NULL;
  CHECK_HR(S_OK, CALL(object, OpenProperty, tag, &IID_IStream, mode, flags, &stream));
  return (IStream *)stream;
}

static inline HRESULT write_stream(IStream *stream, const void *bytes, ULONG cb) {
  ULONG written = 0;
  HRESULT hr = CALL(stream, Write, bytes, cb, &written);
  CHECK(written == cb);
  return hr;
}

static inline HRESULT copy_message(IMessage *from, IMessage *to) {
  LPSPropProblemArray problems = NULL;
  HRESULT hr = CALL(from, CopyTo, 0, NULL, NULL, 0, NULL, &IID_IMessage, to, 0, &problems);
  for (ULONG i = 0; problems != NULL && i < problems->cProblem; i++) {
    /* What the store computes for each message does not go over. */
    CHECK_HR(MAPI_E_COMPUTED, problems->aProblem[i].scode);
  }
  MAPIFreeBuffer(problems);
  return hr;
}

/* ---- two clients, each with a thread and a session of its own ---- */

typedef struct Client Client;

/* Where this program's clients find their stores. */
typedef struct Places {
  const char *path;
  const char *otherPath;
  const char *options;
} Places;

static Places places;

/* What both clients see: no pointer, since they may be two programs that map one file. */
typedef struct Shared {
  int turns;    /* blocks that are over */
  int waiting;  /* clients at a meeting, counted up for ever */
  int wins[2];  /* of a race */
  Id folder, message, other;
} Shared;

struct Client {
  Shared *shared;
  int me;
  int turns; /* blocks that this client has seen */
  int meetings;
  IMsgStore *store;
  void (*script)(Client *);
};

/*
 * A script runs on both threads. A block after A or B runs on one of them, after the block before it, whoever ran
 * that. So a variable of the script is a variable of each client.
 */
#define A(client) for (int go = turn_begins((client), 0); go; go = turn_ends(client))
#define B(client) for (int go = turn_begins((client), 1); go; go = turn_ends(client))

static inline int turn_begins(Client *client, int who) {
  client->turns++;
  if (who != client->me) {
    return 0;
  }
  while (__atomic_load_n(&client->shared->turns, __ATOMIC_ACQUIRE) != client->turns - 1) {
    nap(0);
  }
  return 1;
}

static inline int turn_ends(Client *client) {
  __atomic_store_n(&client->shared->turns, client->turns, __ATOMIC_RELEASE);
  return 0;
}

/* Both go on at the same moment. */
static inline void meet(Client *client) {
  client->meetings++;
  __atomic_add_fetch(&client->shared->waiting, 1, __ATOMIC_ACQ_REL);
  while (__atomic_load_n(&client->shared->waiting, __ATOMIC_ACQUIRE) < 2 * client->meetings) {
    continue;
  }
}

static inline void client_runs(void *argument) {
  Client *client = (Client *)argument;
  ULONG flags = MDB_WRITE | MAPI_CREATE;
  HRESULT hr = places.options == NULL
                   ? Mapi4jOpenStore(places.path, flags, &client->store)
                   : Mapi4jOpenStoreEx(places.path, flags, places.options, MAPIAllocateBuffer,
                                       MAPIAllocateMore, MAPIFreeBuffer, &client->store);
  if (!CHECK_HR(S_OK, hr)) {
    (void)check_report();
    exit(2);
  }
  client->script(client);
  RELEASE(client->store);
}

/* Plays a script with two sessions on two threads. */
static inline void play(Shared *shared, void (*script)(Client *)) {
  Client clients[2];
  ThreadRun runs[2];
  Thread threads[2];
  shared->turns = shared->waiting = 0;
  memset(clients, 0, sizeof clients);
  for (int i = 0; i < 2; i++) {
    clients[i].shared = shared;
    clients[i].me = i;
    clients[i].script = script;
    runs[i].run = client_runs;
    runs[i].argument = &clients[i];
    threads[i] = thread_start(&runs[i], 0);
  }
  thread_join(threads[0]);
  thread_join(threads[1]);
}

/* Maps a file that two programs meet in; it has zeros at first. */
static inline Shared *map_meeting(const char *file) {
#ifdef _WIN32
  HANDLE handle = CreateFileA(file, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                              OPEN_EXISTING, 0, NULL);
  HANDLE mapping = CreateFileMappingA(handle, NULL, PAGE_READWRITE, 0, 0, NULL);
  return (Shared *)MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, sizeof(Shared));
#else
  int handle = open(file, O_RDWR);
  void *mapped = mmap(NULL, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED, handle, 0);
  return mapped == MAP_FAILED ? NULL : (Shared *)mapped;
#endif
}

/* Plays one client of a script, on this thread; another program plays the other. Turns count on from play to play. */
static inline void play_one(Shared *shared, int me, void (*script)(Client *)) {
  static Client before;
  Client client;
  memset(&client, 0, sizeof client);
  client.shared = shared;
  client.me = me;
  client.turns = before.turns;
  client.meetings = before.meetings;
  client.script = script;
  client_runs(&client);
  before = client;
}

/*
 * Before a row: a saved message in a folder of its own, subject "base", importance 1, recipient "first", attachment
 * "base.txt".
 */
static inline void set_scene(Client *client) {
  A(client) {
    static int scenes;
    char name[32];
    WCHAR wide[32];
    snprintf(name, sizeof name, "scene %d", ++scenes);
    for (int i = 0; i < 32; i++) {
      wide[i] = (WCHAR)(unsigned char)name[i];
    }
    IMAPIFolder *folder = new_folder(client->store, wide);
    IMessage *message = new_message(folder);
    CHECK_HR(S_OK, set_text(WHOLE(message), PR_SUBJECT_W, TEXT16("base")));
    CHECK_HR(S_OK, set_long(WHOLE(message), PR_IMPORTANCE, 1));
    CHECK_HR(S_OK, add_recipient(message, TEXT16("first")));
    add_attachment(message, TEXT16("base.txt"));
    CHECK_HR(S_OK, CALL(message, SaveChanges, KEEP_OPEN_READONLY));
    client->shared->folder = id_from(WHOLE(folder));
    client->shared->message = id_from(WHOLE(message));
    RELEASE(message);
    RELEASE(folder);
  }
}

static inline IMessage *open_it(Client *client, ULONG flags) {
  return open_message(client->store, &client->shared->message, flags);
}

static inline IMessage *edit_it(Client *client, ULONG tag, LPWSTR text) {
  IMessage *message = open_it(client, MAPI_MODIFY);
  CHECK_HR(S_OK, set_text(WHOLE(message), tag, text));
  return message;
}

/* Opens, writes one text, saves, releases. */
static inline void save_as(Client *client, ULONG tag, LPWSTR text) {
  IMessage *message = edit_it(client, tag, text);
  CHECK_HR(S_OK, CALL(message, SaveChanges, 0));
  RELEASE(message);
}

/* What a client that opens the message now reads. */
static inline int stored_text(Client *client, ULONG tag, const char *wanted) {
  IMessage *message = open_it(client, 0);
  int good = has_text(WHOLE(message), tag, wanted);
  RELEASE(message);
  return good;
}

static inline LONG stored_long(Client *client, ULONG tag) {
  IMessage *message = open_it(client, 0);
  LONG value = long_of(WHOLE(message), tag);
  RELEASE(message);
  return value;
}

#endif
