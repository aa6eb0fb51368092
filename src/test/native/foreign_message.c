/* Messages of the store in C: properties, the conflict rule, streams, recipients and attachments. */
#include "foreign_store.h"

static Type message_type, stream_type, attachment_type;

/* A recipient or an attachment. Those of a handle are gone with it: this store keeps none. */
typedef struct Part {
  int used;
  Props props;
  Entry *embedded;
} Part;

struct Message {
  Object head;
  Entry *entry; /* NULL until its first save */
  int folder;
  ULONG version;
  ULONG writable;
  Props props;
  Part recipients[PARTS_MAX], attachments[PARTS_MAX];
  Object *around; /* the attachment that embeds it */
};

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

static HRESULT STDMETHODCALLTYPE message_save(Message *self, ULONG flags) {
  FAILS_AS_TOLD();
  int first = self->entry == NULL;
  if (first) {
    self->entry = new_entry(self->folder);
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

static void parts_end(Part *parts) {
  for (int i = 0; i < PARTS_MAX; i++) {
    props_free(&parts[i].props);
    if (parts[i].embedded != NULL) {
      props_free(&parts[i].embedded->props);
      free(parts[i].embedded);
    }
    memset(&parts[i], 0, sizeof parts[i]);
  }
}

static void message_ends(void *object) {
  Message *self = object;
  props_free(&self->props);
  parts_end(self->recipients);
  parts_end(self->attachments);
  if (self->around != NULL) {
    (void)foreign_release(self->around);
  }
}

Message *new_message(Entry *entry, int folder, ULONG writable) {
  Message *message = foreign_new(&message_type, sizeof(Message));
  message->entry = entry;
  message->folder = folder;
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

/* ---- recipients and attachments ---- */

static Part *new_part(Part *parts, ULONG *number) {
  for (int i = 0; i < PARTS_MAX; i++) {
    if (!parts[i].used) {
      parts[i].used = 1;
      *number = (ULONG)i;
      return &parts[i];
    }
  }
  return NULL;
}

static HRESULT parts_table(Part *parts, LPMAPITABLE *out) {
  FAILS_AS_TOLD();
  Table *table = new_table();
  for (int i = 0; i < PARTS_MAX; i++) {
    if (parts[i].used) {
      props_copy(table_row(table), &parts[i].props);
    }
  }
  *out = (LPMAPITABLE)table;
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE recipient_table(Message *self, ULONG flags, LPMAPITABLE *out) {
  (void)flags;
  return parts_table(self->recipients, out);
}

static HRESULT STDMETHODCALLTYPE attachment_table(Message *self, ULONG flags, LPMAPITABLE *out) {
  (void)flags;
  return parts_table(self->attachments, out);
}

static HRESULT add_recipient(Message *self, const ADRENTRY *entry) {
  ULONG number = 0;
  Part *part = new_part(self->recipients, &number);
  if (part == NULL) {
    return MAPI_E_NOT_ENOUGH_MEMORY;
  }
  for (ULONG i = 0; i < entry->cValues; i++) {
    props_set(&part->props, &entry->rgPropVals[i]);
  }
  props_long(&part->props, PR_ROWID, (LONG)number);
  return S_OK;
}

static HRESULT remove_part(Part *parts, ULONG number) {
  if (number >= PARTS_MAX || !parts[number].used) {
    return MAPI_E_NOT_FOUND;
  }
  props_free(&parts[number].props);
  parts[number].used = 0;
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE modify_recipients(Message *self, ULONG flags, LPADRLIST list) {
  FAILS_AS_TOLD();
  HRESULT hr = S_OK;
  for (ULONG i = 0; i < list->cEntries && SUCCEEDED(hr); i++) {
    const ADRENTRY *entry = &list->aEntries[i];
    const SPropValue *row = PpropFindProp(entry->rgPropVals, entry->cValues, PR_ROWID);
    hr = flags == MODRECIP_ADD ? add_recipient(self, entry)
         : row == NULL         ? MAPI_E_INVALID_PARAMETER
                               : remove_part(self->recipients, (ULONG)row->Value.l);
  }
  return hr;
}

typedef struct Attachment {
  Object head;
  Message *owner;
  Part *part;
} Attachment;

static HRESULT STDMETHODCALLTYPE attachment_get(Attachment *self, LPSPropTagArray tags, ULONG flags, ULONG *count,
                                                LPSPropValue *out) {
  (void)flags;
  FAILS_AS_TOLD();
  return props_get(&self->part->props, tags, count, out);
}

static HRESULT STDMETHODCALLTYPE attachment_set(Attachment *self, ULONG count, LPSPropValue values,
                                                LPSPropProblemArray *problems) {
  FAILS_AS_TOLD();
  for (ULONG i = 0; i < count; i++) {
    props_set(&self->part->props, &values[i]);
  }
  if (problems != NULL) {
    *problems = NULL;
  }
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE attachment_save(Attachment *self, ULONG flags) {
  (void)self;
  (void)flags;
  FAILS_AS_TOLD();
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE attachment_open(Attachment *self, ULONG tag, LPCIID iid, ULONG options, ULONG flags,
                                                 LPUNKNOWN *out) {
  (void)options;
  FAILS_AS_TOLD();
  if (tag != PR_ATTACH_DATA_OBJ || iid == NULL || memcmp(iid, &IID_IMessage, sizeof(GUID)) != 0) {
    return MAPI_E_INTERFACE_NOT_SUPPORTED;
  }
  if (self->part->embedded == NULL && (flags & MAPI_CREATE) == 0) {
    return MAPI_E_NOT_FOUND;
  }
  if (self->part->embedded == NULL) {
    self->part->embedded = calloc(1, sizeof(Entry));
  }
  Message *message = new_message(self->part->embedded, -1, flags & MAPI_MODIFY);
  message->around = &self->head;
  foreign_add_ref(self);
  *out = (LPUNKNOWN)message;
  return S_OK;
}

static void attachment_ends(void *object) { (void)foreign_release(((Attachment *)object)->owner); }

static LPATTACH new_attachment(Message *owner, Part *part) {
  Attachment *attachment = foreign_new(&attachment_type, sizeof(Attachment));
  attachment->owner = owner;
  attachment->part = part;
  foreign_add_ref(owner);
  return (LPATTACH)attachment;
}

static HRESULT STDMETHODCALLTYPE create_attachment(Message *self, LPCIID iid, ULONG flags, ULONG *number,
                                                   LPATTACH *out) {
  (void)iid;
  (void)flags;
  FAILS_AS_TOLD();
  Part *part = new_part(self->attachments, number);
  if (part == NULL) {
    return MAPI_E_NOT_ENOUGH_MEMORY;
  }
  props_long(&part->props, PR_ATTACH_NUM, (LONG)*number);
  *out = new_attachment(self, part);
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE open_attachment(Message *self, ULONG number, LPCIID iid, ULONG flags, LPATTACH *out) {
  (void)iid;
  (void)flags;
  FAILS_AS_TOLD();
  if (number >= PARTS_MAX || !self->attachments[number].used) {
    return MAPI_E_NOT_FOUND;
  }
  *out = new_attachment(self, &self->attachments[number]);
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE delete_attachment(Message *self, ULONG number, ULONG_PTR window,
                                                   LPMAPIPROGRESS progress, ULONG flags) {
  (void)window;
  (void)progress;
  (void)flags;
  FAILS_AS_TOLD();
  return remove_part(self->attachments, number);
}

/* ---- what a message opens ---- */

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

void message_slots(void) {
  message_type.iids[0] = &IID_IMessage;
  message_type.iids[1] = attachment_type.iids[1] = &IID_IMAPIProp;
  message_type.destroy = message_ends;
  SLOT(message_type, IMessage, GetProps, message_get);
  SLOT(message_type, IMessage, GetPropList, message_list);
  SLOT(message_type, IMessage, SetProps, message_set);
  SLOT(message_type, IMessage, DeleteProps, message_delete);
  SLOT(message_type, IMessage, SaveChanges, message_save);
  SLOT(message_type, IMessage, OpenProperty, message_open);
  SLOT(message_type, IMessage, GetRecipientTable, recipient_table);
  SLOT(message_type, IMessage, ModifyRecipients, modify_recipients);
  SLOT(message_type, IMessage, GetAttachmentTable, attachment_table);
  SLOT(message_type, IMessage, CreateAttach, create_attachment);
  SLOT(message_type, IMessage, OpenAttach, open_attachment);
  SLOT(message_type, IMessage, DeleteAttach, delete_attachment);
  attachment_type.iids[0] = &IID_IAttachment;
  attachment_type.destroy = attachment_ends;
  SLOT(attachment_type, IAttach, GetProps, attachment_get);
  SLOT(attachment_type, IAttach, SetProps, attachment_set);
  SLOT(attachment_type, IAttach, SaveChanges, attachment_save);
  SLOT(attachment_type, IAttach, OpenProperty, attachment_open);
  stream_type.iids[0] = &IID_IStream;
  stream_type.iids[1] = &IID_ISequentialStream;
  stream_type.destroy = stream_ends;
  SLOT(stream_type, IStream, Read, stream_read);
  SLOT(stream_type, IStream, Write, stream_write);
  SLOT(stream_type, IStream, Seek, stream_seek);
  SLOT(stream_type, IStream, SetSize, stream_size);
  SLOT(stream_type, IStream, Commit, stream_commit);
  SLOT(stream_type, IStream, Stat, stream_stat);
  foreign_type(&message_type);
  foreign_type(&attachment_type);
  foreign_type(&stream_type);
}
