/*
 * A message store in memory, as somebody else would write it: folders with messages, tables, streams, notifications
 * and the conflict rule, all of it in C. Exports for the test in Java are at the end.
 */
#define INITGUID
#include "foreign_store.h"

#define EXPORT __attribute__((visibility("default")))

enum { SINKS_MAX = 8 };

typedef struct Sink {
  LPMAPIADVISESINK sink;
  ULONG mask;
} Sink;

/* The root is the first. */
typedef struct Place {
  int used;
  BYTE id[ID_BYTES];
  Props props;
} Place;

static Entry entries[MESSAGES_MAX];
static Place places[FOLDERS_MAX];
static Sink sinks[SINKS_MAX];

static Type store_type, folder_type, sink_type;

void tell_sinks(ULONG event, const Entry *entry) {
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
      news.info.obj.lpParentID = (LPENTRYID)places[entry->folder < 0 ? 0 : entry->folder].id;
      news.info.obj.lpPropTagArray = (LPSPropTagArray)&tags;
      (void)IMAPIAdviseSink_OnNotify(sinks[i].sink, 1, &news);
    }
  }
}

Entry *new_entry(int folder) {
  for (int i = 0; i < MESSAGES_MAX; i++) {
    if (!entries[i].used) {
      entries[i].used = 1;
      entries[i].folder = folder;
      memset(entries[i].id, 0, ID_BYTES);
      entries[i].id[4] = 'm';
      entries[i].id[5] = (BYTE)i;
      return &entries[i];
    }
  }
  return NULL;
}

static Entry *entry_of(ULONG cb, const void *id) {
  for (int i = 0; i < MESSAGES_MAX; i++) {
    if (entries[i].used && cb == ID_BYTES && memcmp(id, entries[i].id, ID_BYTES) == 0) {
      return &entries[i];
    }
  }
  return NULL;
}

static void entry_ends(Entry *entry) {
  entry->used = 0;
  props_free(&entry->props);
}

/* ---- folders ---- */

static Place *new_place(LPCWSTR name) {
  for (int i = 0; i < FOLDERS_MAX; i++) {
    if (!places[i].used) {
      places[i].used = 1;
      places[i].id[4] = 'f';
      places[i].id[5] = (BYTE)i;
      props_text(&places[i].props, PR_DISPLAY_NAME_W, name);
      props_bytes(&places[i].props, PR_ENTRYID, ID_BYTES, places[i].id);
      props_long(&places[i].props, PR_OBJECT_TYPE, MAPI_FOLDER);
      return &places[i];
    }
  }
  return NULL;
}

static Place *root_place(void) { return places[0].used ? &places[0] : new_place(u"Root"); }

static Place *place_of(ULONG cb, const void *id) {
  for (int i = 0; i < FOLDERS_MAX; i++) {
    if (places[i].used && cb == ID_BYTES && memcmp(id, places[i].id, ID_BYTES) == 0) {
      return &places[i];
    }
  }
  return cb == 0 ? root_place() : NULL;
}

typedef struct Folder {
  Object head;
  int number;
  Props props;
} Folder;

static HRESULT STDMETHODCALLTYPE folder_get(Folder *self, LPSPropTagArray tags, ULONG flags, ULONG *count,
                                            LPSPropValue *out) {
  (void)flags;
  FAILS_AS_TOLD();
  return props_get(&self->props, tags, count, out);
}

static void folder_ends(void *object) { props_free(&((Folder *)object)->props); }

static Folder *new_folder(const Place *place) {
  Folder *folder = foreign_new(&folder_type, sizeof(Folder));
  folder->number = (int)(place - places);
  props_copy(&folder->props, &place->props);
  return folder;
}

static HRESULT STDMETHODCALLTYPE hierarchy_table(Folder *self, ULONG flags, LPMAPITABLE *out) {
  (void)flags;
  FAILS_AS_TOLD();
  Table *table = new_table();
  for (int i = 1; self->number == 0 && i < FOLDERS_MAX; i++) {
    if (places[i].used) {
      props_copy(table_row(table), &places[i].props);
    }
  }
  *out = (LPMAPITABLE)table;
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE contents_table(Folder *self, ULONG flags, LPMAPITABLE *out) {
  (void)flags;
  FAILS_AS_TOLD();
  Table *table = new_table();
  for (int i = 0; i < MESSAGES_MAX; i++) {
    if (entries[i].used && entries[i].folder == self->number) {
      Props *row = table_row(table);
      props_copy(row, &entries[i].props);
      props_bytes(row, PR_ENTRYID, ID_BYTES, entries[i].id);
      props_long(row, PR_OBJECT_TYPE, MAPI_MESSAGE);
    }
  }
  *out = (LPMAPITABLE)table;
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE create_folder(Folder *self, ULONG type, LPTSTR name, LPTSTR comment, LPCIID iid,
                                               ULONG flags, LPMAPIFOLDER *out) {
  (void)type;
  (void)comment;
  (void)iid;
  FAILS_AS_TOLD();
  if (self->number != 0 || (flags & MAPI_UNICODE) == 0) {
    return MAPI_E_NO_SUPPORT;
  }
  Place *place = NULL;
  for (int i = 1; i < FOLDERS_MAX && place == NULL; i++) {
    const SPropValue *has = places[i].used ? props_find(&places[i].props, PR_DISPLAY_NAME_W) : NULL;
    place = has != NULL && lstrcmpiW(has->Value.lpszW, (LPCWSTR)name) == 0 ? &places[i] : NULL;
  }
  if (place != NULL && (flags & OPEN_IF_EXISTS) == 0) {
    return MAPI_E_COLLISION;
  }
  place = place == NULL ? new_place((LPCWSTR)name) : place;
  if (place == NULL) {
    return MAPI_E_NOT_ENOUGH_MEMORY;
  }
  *out = (LPMAPIFOLDER)new_folder(place);
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE delete_folder(Folder *self, ULONG cb, LPENTRYID id, ULONG_PTR window,
                                               LPMAPIPROGRESS progress, ULONG flags) {
  (void)self;
  (void)window;
  (void)progress;
  (void)flags;
  FAILS_AS_TOLD();
  Place *place = place_of(cb, id);
  if (place == NULL || place == &places[0]) {
    return MAPI_E_NOT_FOUND;
  }
  for (int i = 0; i < MESSAGES_MAX; i++) {
    if (entries[i].used && entries[i].folder == place - places) {
      entry_ends(&entries[i]);
    }
  }
  props_free(&place->props);
  place->used = 0;
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE create_message(Folder *self, LPCIID iid, ULONG flags, LPMESSAGE *out) {
  (void)iid;
  (void)flags;
  FAILS_AS_TOLD();
  *out = (LPMESSAGE)new_message(NULL, self->number, 1);
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
      entry_ends(entry);
    }
    if (progress != NULL) {
      (void)IMAPIProgress_Progress(progress, i + 1, i + 1, list->cValues);
    }
  }
  return hr;
}

/* Between folders of this store alone. */
static HRESULT STDMETHODCALLTYPE copy_messages(Folder *self, LPENTRYLIST list, LPCIID iid, Folder *target,
                                               ULONG_PTR window, LPMAPIPROGRESS progress, ULONG flags) {
  (void)self;
  (void)iid;
  (void)window;
  (void)progress;
  FAILS_AS_TOLD();
  HRESULT hr = S_OK;
  if (target->head.type != &folder_type) {
    return MAPI_E_INTERFACE_NOT_SUPPORTED;
  }
  for (ULONG i = 0; i < list->cValues; i++) {
    Entry *entry = entry_of(list->lpbin[i].cb, list->lpbin[i].lpb);
    Entry *copy = entry == NULL ? NULL : (flags & MESSAGE_MOVE) != 0 ? entry : new_entry(target->number);
    if (copy == NULL) {
      hr = MAPI_W_PARTIAL_COMPLETION;
    } else if (copy == entry) {
      entry->folder = target->number;
    } else {
      props_copy(&copy->props, &entry->props);
    }
  }
  return hr;
}

/* ---- the store ---- */

static HRESULT STDMETHODCALLTYPE open_entry(Object *self, ULONG cb, LPENTRYID id, LPCIID iid, ULONG flags, ULONG *type,
                                            LPUNKNOWN *out) {
  (void)self;
  (void)iid;
  FAILS_AS_TOLD();
  Entry *entry = entry_of(cb, id);
  Place *place = place_of(cb, id);
  if (entry != NULL) {
    *type = MAPI_MESSAGE;
    *out = (LPUNKNOWN)new_message(entry, entry->folder, flags & (MAPI_MODIFY | MAPI_BEST_ACCESS));
  } else if (place != NULL) {
    *type = MAPI_FOLDER;
    *out = (LPUNKNOWN)new_folder(place);
  } else {
    return MAPI_E_UNKNOWN_ENTRYID;
  }
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE receive_folder(Object *self, LPTSTR class, ULONG flags, ULONG *cb, LPENTRYID *out,
                                                LPTSTR *explicit) {
  (void)self;
  (void)class;
  (void)flags;
  FAILS_AS_TOLD();
  LPVOID id = NULL;
  HRESULT hr = MAPIAllocateBuffer(ID_BYTES, &id);
  if (SUCCEEDED(hr)) {
    memcpy(id, root_place()->id, ID_BYTES);
    *cb = ID_BYTES;
    *out = id;
    if (explicit != NULL) {
      *explicit = NULL;
    }
  }
  return hr;
}

static HRESULT STDMETHODCALLTYPE advise(Object *self, ULONG cb, LPENTRYID id, ULONG mask, LPMAPIADVISESINK sink,
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

static HRESULT STDMETHODCALLTYPE unadvise(Object *self, ULONG_PTR connection) {
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

__attribute__((constructor)) static void make_types(void) {
  store_type.iids[0] = &IID_IMsgStore;
  store_type.iids[1] = folder_type.iids[1] = &IID_IMAPIProp;
  store_type.destroy = folder_type.destroy = folder_ends;
  SLOT(store_type, IMsgStore, GetProps, folder_get);
  SLOT(store_type, IMsgStore, OpenEntry, open_entry);
  SLOT(store_type, IMsgStore, GetReceiveFolder, receive_folder);
  SLOT(store_type, IMsgStore, Advise, advise);
  SLOT(store_type, IMsgStore, Unadvise, unadvise);
  folder_type.iids[0] = &IID_IMAPIFolder;
  folder_type.iids[2] = &IID_IMAPIContainer;
  SLOT(folder_type, IMAPIFolder, GetProps, folder_get);
  SLOT(folder_type, IMAPIFolder, OpenEntry, open_entry);
  SLOT(folder_type, IMAPIFolder, GetContentsTable, contents_table);
  SLOT(folder_type, IMAPIFolder, GetHierarchyTable, hierarchy_table);
  SLOT(folder_type, IMAPIFolder, CreateFolder, create_folder);
  SLOT(folder_type, IMAPIFolder, DeleteFolder, delete_folder);
  SLOT(folder_type, IMAPIFolder, CreateMessage, create_message);
  SLOT(folder_type, IMAPIFolder, DeleteMessages, delete_messages);
  SLOT(folder_type, IMAPIFolder, CopyMessages, copy_messages);
  sink_type.iids[0] = &IID_IMAPIAdviseSink;
  SLOT(sink_type, IMAPIAdviseSink, OnNotify, on_notify);
  foreign_type(&store_type);
  foreign_type(&folder_type);
  foreign_type(&sink_type);
  table_slots();
  message_slots();
}

EXPORT LPMDB new_foreign_store(void) {
  Folder *store = foreign_new(&store_type, sizeof(Folder));
  props_text(&store->props, PR_DISPLAY_NAME_W, u"A store in C");
  props_bytes(&store->props, PR_IPM_SUBTREE_ENTRYID, ID_BYTES, root_place()->id);
  return (LPMDB)store;
}

EXPORT LPMAPIADVISESINK new_foreign_sink(void) { return (LPMAPIADVISESINK)foreign_new(&sink_type, sizeof(Object)); }

/* Events that the sink understood; -1 when the row of the last one was not read right. */
EXPORT LONG foreign_sink_events(void) { return sink_subject ? (LONG)sink_events : -1; }

EXPORT LONG foreign_objects(void) { return __atomic_load_n(&foreign_alive, __ATOMIC_ACQUIRE); }

/* Every call from now on but the first so many fails so often; S_FALSE: it succeeds and puts nothing out. */
EXPORT void foreign_fail(LONG after, LONG often, HRESULT hr) { foreign_fails(after, often, hr); }

/* How many calls have failed so. */
EXPORT LONG foreign_failures(void) { return foreign_failed; }

/* Forgets every message and folder. */
EXPORT void foreign_reset(void) {
  for (int i = 0; i < MESSAGES_MAX; i++) {
    entry_ends(&entries[i]);
  }
  for (int i = 0; i < FOLDERS_MAX; i++) {
    props_free(&places[i].props);
    places[i].used = 0;
  }
}
