/*
 * A message store in memory, as somebody else would write it: a root folder with messages, tables, streams,
 * notifications and the conflict rule, all of it in C. Exports for the test in Java are at the end.
 */
#include "foreign.h"

#define EXPORT __attribute__((visibility("default")))

enum { MESSAGES_MAX = 64, SINKS_MAX = 8, ID_BYTES = 24 };

typedef struct Entry {
  int used;
  ULONG version;
  BYTE id[ID_BYTES];
  Props props;
} Entry;

typedef struct Sink {
  LPMAPIADVISESINK sink;
  ULONG mask;
} Sink;

static Entry entries[MESSAGES_MAX];
static Sink sinks[SINKS_MAX];
static const BYTE ROOT[ID_BYTES] = {0, 0, 0, 0, 'r', 'o', 'o', 't'};

static Type store_type, folder_type, message_type, table_type, stream_type, sink_type;

/* ---- table ---- */

typedef struct Table {
  Object head;
  Props rows[MESSAGES_MAX];
  ULONG count, next;
  LPSPropTagArray columns;
} Table;

static LPSPropTagArray copy_tags(const SPropTagArray *tags) {
  size_t bytes = CbNewSPropTagArray(tags->cValues);
  LPSPropTagArray copy = malloc(bytes);
  memcpy(copy, tags, bytes);
  return copy;
}

static HRESULT STDMETHODCALLTYPE set_columns(Table *self, LPSPropTagArray tags, ULONG flags) {
  (void)flags;
  FAILS_AS_TOLD();
  free(self->columns);
  self->columns = copy_tags(tags);
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE row_count(Table *self, ULONG flags, ULONG *count) {
  (void)flags;
  FAILS_AS_TOLD();
  *count = self->count;
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE seek_row(Table *self, BOOKMARK origin, LONG rows, LONG *sought) {
  FAILS_AS_TOLD();
  LONG from = origin == BOOKMARK_BEGINNING ? 0 : origin == BOOKMARK_END ? (LONG)self->count : (LONG)self->next;
  LONG to = from + rows < 0 ? 0 : from + rows > (LONG)self->count ? (LONG)self->count : from + rows;
  self->next = (ULONG)to;
  if (sought != NULL) {
    *sought = to - from;
  }
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE query_rows(Table *self, LONG rows, ULONG flags, LPSRowSet *out) {
  LPVOID block = NULL;
  FAILS_AS_TOLD();
  ULONG left = self->count - self->next;
  ULONG count = rows < 0 ? 0 : (ULONG)rows < left ? (ULONG)rows : left;
  HRESULT hr = MAPIAllocateBuffer((ULONG)CbNewSRowSet(count + 1), &block);
  if (FAILED(hr)) {
    return hr;
  }
  LPSRowSet set = block;
  set->cRows = 0;
  for (ULONG i = 0; i < count && SUCCEEDED(hr); i++) {
    hr = props_row(&self->rows[self->next + i], self->columns, &set->aRow[i]);
    set->cRows += SUCCEEDED(hr);
  }
  if (FAILED(hr)) {
    FreeProws(set);
    return hr;
  }
  self->next += (flags & TBL_NOADVANCE) != 0 ? 0 : count;
  *out = set;
  return S_OK;
}

static void table_ends(void *object) {
  Table *self = object;
  for (ULONG i = 0; i < self->count; i++) {
    props_free(&self->rows[i]);
  }
  free(self->columns);
}

static Table *new_table(void) {
  SizedSPropTagArray(3, first) = {3, {PR_ENTRYID, PR_SUBJECT_W, PR_OBJECT_TYPE}};
  Table *table = foreign_new(&table_type, sizeof(Table));
  table->columns = copy_tags((LPSPropTagArray)&first);
  return table;
}

static HRESULT STDMETHODCALLTYPE empty_table(Object *self, ULONG flags, LPMAPITABLE *out) {
  (void)self;
  (void)flags;
  FAILS_AS_TOLD();
  *out = (LPMAPITABLE)new_table();
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE contents_table(Object *self, ULONG flags, LPMAPITABLE *out) {
  (void)self;
  (void)flags;
  FAILS_AS_TOLD();
  Table *table = new_table();
  for (int i = 0; i < MESSAGES_MAX; i++) {
    if (entries[i].used) {
      Props *row = &table->rows[table->count++];
      props_copy(row, &entries[i].props);
      props_bytes(row, PR_ENTRYID, ID_BYTES, entries[i].id);
      props_long(row, PR_OBJECT_TYPE, MAPI_MESSAGE);
    }
  }
  *out = (LPMAPITABLE)table;
  return S_OK;
}

/* ---- message ---- */

typedef struct Message {
  Object head;
  Entry *entry; /* NULL until its first save */
  ULONG version;
  ULONG writable;
  Props props;
} Message;

static HRESULT STDMETHODCALLTYPE message_get(Message *self, LPSPropTagArray tags, ULONG flags, ULONG *count,
                                             LPSPropValue *out) {
  (void)flags;
  FAILS_AS_TOLD();
  return props_get(&self->props, tags, count, out);
}

static HRESULT STDMETHODCALLTYPE message_list(Message *self, ULONG flags, LPSPropTagArray *out) {
  (void)flags;
  FAILS_AS_TOLD();
  return props_list(&self->props, out);
}

static HRESULT STDMETHODCALLTYPE message_set(Message *self, ULONG count, LPSPropValue values,
                                             LPSPropProblemArray *problems) {
  FAILS_AS_TOLD();
  if (!self->writable) {
    return MAPI_E_NO_ACCESS;
  }
  for (ULONG i = 0; i < count; i++) {
    props_set(&self->props, &values[i]);
  }
  if (problems != NULL) {
    *problems = NULL;
  }
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE message_delete(Message *self, LPSPropTagArray tags, LPSPropProblemArray *problems) {
  FAILS_AS_TOLD();
  for (ULONG i = 0; i < tags->cValues; i++) {
    props_delete(&self->props, tags->aulPropTag[i]);
  }
  if (problems != NULL) {
    *problems = NULL;
  }
  return S_OK;
}

static void tell_sinks(ULONG event, const Entry *entry) {
  for (int i = 0; i < SINKS_MAX; i++) {
    if (sinks[i].sink != NULL && (sinks[i].mask & event) != 0) {
      SizedSPropTagArray(1, tags) = {1, {PR_SUBJECT_W}};
      NOTIFICATION news;
      memset(&news, 0, sizeof news);
      news.ulEventType = event;
      news.info.obj.cbEntryID = ID_BYTES;
      news.info.obj.lpEntryID = (LPENTRYID)(ULONG_PTR)entry->id;
      news.info.obj.ulObjType = MAPI_MESSAGE;
      news.info.obj.cbParentID = ID_BYTES;
      news.info.obj.lpParentID = (LPENTRYID)(ULONG_PTR)ROOT;
      news.info.obj.lpPropTagArray = (LPSPropTagArray)&tags;
      (void)IMAPIAdviseSink_OnNotify(sinks[i].sink, 1, &news);
    }
  }
}

static Entry *new_entry(void) {
  for (int i = 0; i < MESSAGES_MAX; i++) {
    if (!entries[i].used) {
      entries[i].used = 1;
      memset(entries[i].id, 0, ID_BYTES);
      entries[i].id[4] = 'm';
      entries[i].id[5] = (BYTE)i;
      return &entries[i];
    }
  }
  return NULL;
}

static HRESULT STDMETHODCALLTYPE message_save(Message *self, ULONG flags) {
  FAILS_AS_TOLD();
  int first = self->entry == NULL;
  if (first) {
    self->entry = new_entry();
  } else if (self->entry->version != self->version && (flags & FORCE_SAVE) == 0) {
    return MAPI_E_OBJECT_CHANGED;
  }
  if (self->entry == NULL) {
    return MAPI_E_NOT_ENOUGH_MEMORY;
  }
  props_bytes(&self->props, PR_ENTRYID, ID_BYTES, self->entry->id);
  props_free(&self->entry->props);
  props_copy(&self->entry->props, &self->props);
  self->version = ++self->entry->version;
  self->writable = (flags & KEEP_OPEN_READWRITE) != 0;
  tell_sinks(first ? fnevObjectCreated : fnevObjectModified, self->entry);
  return S_OK;
}

static void message_ends(void *object) { props_free(&((Message *)object)->props); }

static Message *new_message(Entry *entry, ULONG writable) {
  Message *message = foreign_new(&message_type, sizeof(Message));
  message->entry = entry;
  message->writable = writable;
  if (entry != NULL) {
    message->version = entry->version;
    props_copy(&message->props, &entry->props);
  } else {
    props_text(&message->props, PR_MESSAGE_CLASS_W, u"IPM.Note");
  }
  return message;
}

/* ---- stream over a property of a message ---- */

typedef struct Stream {
  Object head;
  Message *owner;
  ULONG tag;
  BYTE *bytes;
  size_t size, at;
  int writes;
} Stream;

static HRESULT STDMETHODCALLTYPE stream_read(Stream *self, void *pv, ULONG cb, ULONG *read) {
  FAILS_AS_TOLD();
  size_t left = self->at < self->size ? self->size - self->at : 0;
  size_t count = cb < left ? cb : left;
  memcpy(pv, self->bytes + self->at, count);
  self->at += count;
  if (read != NULL) {
    *read = (ULONG)count;
  }
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE stream_write(Stream *self, const void *pv, ULONG cb, ULONG *written) {
  FAILS_AS_TOLD();
  if (self->at + cb > self->size) {
    self->bytes = realloc(self->bytes, self->at + cb);
    memset(self->bytes + self->size, 0, self->at + cb - self->size);
    self->size = self->at + cb;
  }
  memcpy(self->bytes + self->at, pv, cb);
  self->at += cb;
  self->writes++;
  if (written != NULL) {
    *written = cb;
  }
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE stream_seek(Stream *self, LARGE_INTEGER move, DWORD origin, ULARGE_INTEGER *at) {
  FAILS_AS_TOLD();
  LONGLONG from = origin == STREAM_SEEK_SET ? 0 : origin == STREAM_SEEK_CUR ? (LONGLONG)self->at : (LONGLONG)self->size;
  if (from + move.QuadPart < 0) {
    return E_INVALIDARG;
  }
  self->at = (size_t)(from + move.QuadPart);
  if (at != NULL) {
    at->QuadPart = self->at;
  }
  return S_OK;
}

/* This store cannot shorten a compressed body. */
static HRESULT STDMETHODCALLTYPE stream_size(Stream *self, ULARGE_INTEGER size) {
  FAILS_AS_TOLD();
  if (self->tag == PR_RTF_COMPRESSED) {
    return MAPI_E_NO_SUPPORT;
  }
  self->bytes = realloc(self->bytes, (size_t)size.QuadPart + 1);
  if (size.QuadPart > self->size) {
    memset(self->bytes + self->size, 0, (size_t)size.QuadPart - self->size);
  }
  self->size = (size_t)size.QuadPart;
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE stream_commit(Stream *self, DWORD flags) {
  (void)flags;
  FAILS_AS_TOLD();
  if (PROP_TYPE(self->tag) == PT_BINARY) {
    props_bytes(&self->owner->props, self->tag, (ULONG)self->size, self->bytes);
  } else {
    WCHAR *text = calloc(self->size / 2 + 1, sizeof(WCHAR));
    memcpy(text, self->bytes, self->size / 2 * 2);
    props_text(&self->owner->props, self->tag, text);
    free(text);
  }
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE stream_stat(Stream *self, STATSTG *stat, DWORD flags) {
  (void)flags;
  FAILS_AS_TOLD();
  memset(stat, 0, sizeof *stat);
  stat->type = STGTY_STREAM;
  stat->cbSize.QuadPart = self->size;
  return S_OK;
}

static void stream_ends(void *object) {
  Stream *self = object;
  free(self->bytes);
  (void)foreign_release(self->owner);
}

static HRESULT STDMETHODCALLTYPE message_open(Message *self, ULONG tag, LPCIID iid, ULONG options, ULONG flags,
                                              LPUNKNOWN *out) {
  (void)options;
  FAILS_AS_TOLD();
  if (iid == NULL || memcmp(iid, &IID_IStream, sizeof(GUID)) != 0) {
    return MAPI_E_INTERFACE_NOT_SUPPORTED;
  }
  const SPropValue *value = props_find(&self->props, tag);
  if (value == NULL && (flags & MAPI_CREATE) == 0) {
    return MAPI_E_NOT_FOUND;
  }
  Stream *stream = foreign_new(&stream_type, sizeof(Stream));
  stream->owner = self;
  stream->tag = tag;
  foreign_add_ref(self);
  if (value != NULL && (flags & MAPI_CREATE) == 0) {
    int wide = PROP_TYPE(tag) == PT_UNICODE;
    stream->size = wide ? 2 * (size_t)lstrlenW(value->Value.lpszW) : value->Value.bin.cb;
    stream->bytes = malloc(stream->size + 1);
    memcpy(stream->bytes, wide ? (const void *)value->Value.lpszW : value->Value.bin.lpb, stream->size);
  }
  *out = (LPUNKNOWN)stream;
  return S_OK;
}

/* ---- folder and store ---- */

typedef struct Folder {
  Object head;
  Props props;
} Folder;

static HRESULT STDMETHODCALLTYPE folder_get(Folder *self, LPSPropTagArray tags, ULONG flags, ULONG *count,
                                            LPSPropValue *out) {
  (void)flags;
  FAILS_AS_TOLD();
  return props_get(&self->props, tags, count, out);
}

static void folder_ends(void *object) { props_free(&((Folder *)object)->props); }

static Folder *new_folder(const Type *type, LPCWSTR name) {
  Folder *folder = foreign_new(type, sizeof(Folder));
  props_text(&folder->props, PR_DISPLAY_NAME_W, name);
  props_bytes(&folder->props, PR_ENTRYID, ID_BYTES, ROOT);
  props_bytes(&folder->props, PR_IPM_SUBTREE_ENTRYID, ID_BYTES, ROOT);
  return folder;
}

static HRESULT STDMETHODCALLTYPE create_message(Folder *self, LPCIID iid, ULONG flags, LPMESSAGE *out) {
  (void)self;
  (void)iid;
  (void)flags;
  FAILS_AS_TOLD();
  *out = (LPMESSAGE)new_message(NULL, 1);
  return S_OK;
}

static Entry *entry_of(ULONG cb, const void *id) {
  for (int i = 0; i < MESSAGES_MAX; i++) {
    if (entries[i].used && cb == ID_BYTES && memcmp(id, entries[i].id, ID_BYTES) == 0) {
      return &entries[i];
    }
  }
  return NULL;
}

static HRESULT STDMETHODCALLTYPE open_entry(Object *self, ULONG cb, LPENTRYID id, LPCIID iid, ULONG flags, ULONG *type,
                                            LPUNKNOWN *out) {
  (void)self;
  (void)iid;
  FAILS_AS_TOLD();
  Entry *entry = entry_of(cb, id);
  if (entry != NULL) {
    *type = MAPI_MESSAGE;
    *out = (LPUNKNOWN)new_message(entry, flags & (MAPI_MODIFY | MAPI_BEST_ACCESS));
  } else if (cb == 0 || (cb == ID_BYTES && memcmp(id, ROOT, cb) == 0)) {
    *type = MAPI_FOLDER;
    *out = (LPUNKNOWN)new_folder(&folder_type, u"Root");
  } else {
    return MAPI_E_UNKNOWN_ENTRYID;
  }
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE delete_messages(Folder *self, LPENTRYLIST list, ULONG_PTR window,
                                                 LPMAPIPROGRESS progress, ULONG flags) {
  (void)self;
  (void)window;
  (void)flags;
  FAILS_AS_TOLD();
  HRESULT hr = S_OK;
  for (ULONG i = 0; i < list->cValues; i++) {
    Entry *entry = entry_of(list->lpbin[i].cb, list->lpbin[i].lpb);
    if (entry == NULL) {
      hr = MAPI_W_PARTIAL_COMPLETION;
    } else {
      tell_sinks(fnevObjectDeleted, entry);
      entry->used = 0;
      props_free(&entry->props);
    }
    if (progress != NULL) {
      (void)IMAPIProgress_Progress(progress, i + 1, i + 1, list->cValues);
    }
  }
  return hr;
}

static HRESULT STDMETHODCALLTYPE advise(Folder *self, ULONG cb, LPENTRYID id, ULONG mask, LPMAPIADVISESINK sink,
                                        ULONG_PTR *connection) {
  (void)self;
  (void)cb;
  (void)id;
  FAILS_AS_TOLD();
  for (int i = 0; i < SINKS_MAX; i++) {
    if (sinks[i].sink == NULL) {
      (void)IMAPIAdviseSink_AddRef(sink);
      sinks[i].sink = sink;
      sinks[i].mask = mask;
      *connection = (ULONG_PTR)i + 1;
      return S_OK;
    }
  }
  return MAPI_E_NOT_ENOUGH_RESOURCES;
}

static HRESULT STDMETHODCALLTYPE unadvise(Folder *self, ULONG_PTR connection) {
  (void)self;
  FAILS_AS_TOLD();
  if (connection == 0 || connection > SINKS_MAX || sinks[connection - 1].sink == NULL) {
    return MAPI_E_INVALID_PARAMETER;
  }
  LPMAPIADVISESINK sink = sinks[connection - 1].sink;
  sinks[connection - 1].sink = NULL;
  (void)IMAPIAdviseSink_Release(sink);
  return S_OK;
}

/* ---- a sink ---- */

static ULONG sink_events, sink_subject;

static ULONG STDMETHODCALLTYPE on_notify(Object *self, ULONG count, LPNOTIFICATION news) {
  (void)self;
  for (ULONG i = 0; i < count; i++) {
    if (news[i].ulEventType == fnevObjectModified && news[i].info.obj.cbEntryID == 3 &&
        memcmp(news[i].info.obj.lpEntryID, "abc", 3) == 0) {
      sink_events++;
    } else if (news[i].ulEventType == fnevTableModified) {
      sink_events++;
      sink_subject = news[i].info.tab.row.cValues == 1 &&
                     lstrcmpiW(news[i].info.tab.row.lpProps[0].Value.lpszW, u"of a row") == 0;
    }
  }
  return 0;
}

/* ---- exports ---- */

#define SLOT(type, interface, method, function) \
  type.slots[offsetof(interface##Vtbl, method) / sizeof(Any)] = (Any)(function)

__attribute__((constructor)) static void make_types(void) {
  store_type.iids[0] = &IID_IMsgStore;
  store_type.iids[1] = folder_type.iids[1] = message_type.iids[1] = &IID_IMAPIProp;
  store_type.destroy = folder_type.destroy = folder_ends;
  SLOT(store_type, IMsgStore, GetProps, folder_get);
  SLOT(store_type, IMsgStore, OpenEntry, open_entry);
  SLOT(store_type, IMsgStore, Advise, advise);
  SLOT(store_type, IMsgStore, Unadvise, unadvise);
  folder_type.iids[0] = &IID_IMAPIFolder;
  folder_type.iids[2] = &IID_IMAPIContainer;
  SLOT(folder_type, IMAPIFolder, GetProps, folder_get);
  SLOT(folder_type, IMAPIFolder, OpenEntry, open_entry);
  SLOT(folder_type, IMAPIFolder, GetContentsTable, contents_table);
  SLOT(folder_type, IMAPIFolder, GetHierarchyTable, empty_table);
  SLOT(folder_type, IMAPIFolder, CreateMessage, create_message);
  SLOT(folder_type, IMAPIFolder, DeleteMessages, delete_messages);
  message_type.iids[0] = &IID_IMessage;
  message_type.destroy = message_ends;
  SLOT(message_type, IMessage, GetProps, message_get);
  SLOT(message_type, IMessage, GetPropList, message_list);
  SLOT(message_type, IMessage, SetProps, message_set);
  SLOT(message_type, IMessage, DeleteProps, message_delete);
  SLOT(message_type, IMessage, SaveChanges, message_save);
  SLOT(message_type, IMessage, OpenProperty, message_open);
  SLOT(message_type, IMessage, GetRecipientTable, empty_table);
  SLOT(message_type, IMessage, GetAttachmentTable, empty_table);
  table_type.iids[0] = &IID_IMAPITable;
  table_type.destroy = table_ends;
  SLOT(table_type, IMAPITable, SetColumns, set_columns);
  SLOT(table_type, IMAPITable, GetRowCount, row_count);
  SLOT(table_type, IMAPITable, SeekRow, seek_row);
  SLOT(table_type, IMAPITable, QueryRows, query_rows);
  stream_type.iids[0] = &IID_IStream;
  stream_type.iids[1] = &IID_ISequentialStream;
  stream_type.destroy = stream_ends;
  SLOT(stream_type, IStream, Read, stream_read);
  SLOT(stream_type, IStream, Write, stream_write);
  SLOT(stream_type, IStream, Seek, stream_seek);
  SLOT(stream_type, IStream, SetSize, stream_size);
  SLOT(stream_type, IStream, Commit, stream_commit);
  SLOT(stream_type, IStream, Stat, stream_stat);
  sink_type.iids[0] = &IID_IMAPIAdviseSink;
  SLOT(sink_type, IMAPIAdviseSink, OnNotify, on_notify);
  Type *types[] = {&store_type, &folder_type, &message_type, &table_type, &stream_type, &sink_type};
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
    foreign_type(types[i]);
  }
}

EXPORT LPMDB new_foreign_store(void) { return (LPMDB)new_folder(&store_type, u"A store in C"); }

EXPORT LPMAPIADVISESINK new_foreign_sink(void) { return (LPMAPIADVISESINK)foreign_new(&sink_type, sizeof(Object)); }

/* Events that the sink understood; -1 when the row of the last one was not read right. */
EXPORT LONG foreign_sink_events(void) { return sink_subject ? (LONG)sink_events : -1; }

EXPORT LONG foreign_objects(void) { return __atomic_load_n(&foreign_alive, __ATOMIC_ACQUIRE); }

EXPORT void foreign_fail(HRESULT hr) { foreign_failure = hr; }
