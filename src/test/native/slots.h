/* The slots of what a store gives, as data (calls.inc), and calls of them by number with words that fit or do not. */
#ifndef SLOTS_H
#define SLOTS_H

#include "client.h"

#undef IN
#undef OUT

typedef enum Direction { IN, OUT, INOUT } Direction;

typedef struct Parameter {
  const char *name;
  const char *type;
  Direction direction;
  int count;    /* the parameter that counts it, -1 for none */
  int isObject; /* an interface pointer, in or out */
} Parameter;

enum { PARAMETERS = 12 };

typedef struct Slot {
  const char *name;
  int number;
  int parameters;
  Parameter parameter[PARAMETERS];
} Slot;

#include "calls.inc"

typedef unsigned long long Word;
typedef Word(STDMETHODCALLTYPE *Function)(Word, Word, Word, Word, Word, Word, Word, Word, Word, Word, Word, Word, Word);

/* More words than a slot takes do no harm on x64, where the caller clears the stack. */
static inline Word call_words(Function function, Word self, const Word *w) {
  return function(self, w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8], w[9], w[10], w[11]);
}

static inline Function function_of(void *object, int number) { return (*(Function **)object)[number]; }

#define SIZE_OF(array) (int)(sizeof(array) / sizeof *(array))

/* ---- kinds of objects ---- */

typedef struct Kind {
  const char *name;
  const Slot *slots;
  int count;
} Kind;

static const Kind KINDS[] = {
    {"IMsgStore", SLOTS_IMsgStore, SIZE_OF(SLOTS_IMsgStore)},
    {"IMAPIFolder", SLOTS_IMAPIFolder, SIZE_OF(SLOTS_IMAPIFolder)},
    {"IMessage", SLOTS_IMessage, SIZE_OF(SLOTS_IMessage)},
    {"IAttach", SLOTS_IAttach, SIZE_OF(SLOTS_IAttach)},
    {"IStream", SLOTS_IStream, SIZE_OF(SLOTS_IStream)},
    {"IMAPITable", SLOTS_IMAPITable, SIZE_OF(SLOTS_IMAPITable)},
};

enum { STORE, FOLDER, MESSAGE, ATTACH, STREAM, TABLE, KIND_COUNT };

/* One of each, opened for writing. */
typedef struct Family {
  void *object[KIND_COUNT];
  Id folder, message;
} Family;

static inline Family family(const char *path) {
  Family f;
  IMsgStore *store = NULL;
  IAttach *attach = NULL;
  IMAPITable *table = NULL;
  memset(&f, 0, sizeof f);
  if (!CHECK_HR(S_OK, Mapi4jOpenStore(path, MDB_WRITE | MAPI_CREATE, &store))) {
    (void)check_report();
    exit(2);
  }
  static int families;
  WCHAR name[] = {'f', (WCHAR)('0' + ++families / 1000), (WCHAR)('0' + families / 100 % 10),
                  (WCHAR)('0' + families / 10 % 10), (WCHAR)('0' + families % 10), 0};
  IMAPIFolder *folder = new_folder(store, name);
  IMessage *message = new_message(folder);
  CHECK_HR(S_OK, set_text(WHOLE(message), PR_SUBJECT_W, TEXT16("subject")));
  CHECK_HR(S_OK, set_text(WHOLE(message), PR_BODY_W, TEXT16("body")));
  CHECK_HR(S_OK, add_recipient(message, TEXT16("first")));
  add_attachment(message, TEXT16("a.txt"));
  CHECK_HR(S_OK, CALL(message, SaveChanges, KEEP_OPEN_READWRITE));
  CHECK_HR(S_OK, CALL(message, OpenAttach, 0, NULL, MAPI_MODIFY, &attach));
  CHECK_HR(S_OK, CALL(folder, GetContentsTable, 0, &table));
  f.object[STORE] = store;
  f.object[FOLDER] = folder;
  f.object[MESSAGE] = message;
  f.object[ATTACH] = attach;
  f.object[STREAM] = open_stream(WHOLE(message), PR_BODY_W, STGM_READWRITE, MAPI_MODIFY);
  f.object[TABLE] = table;
  f.folder = id_from(WHOLE(folder));
  f.message = id_from(WHOLE(message));
  return f;
}

static inline void release_family(Family *f) {
  for (int kind = KIND_COUNT - 1; kind >= 0; kind--) {
    UlRelease(f->object[kind]);
    f->object[kind] = NULL;
  }
}

/* ---- words that fit ---- */

typedef struct Samples {
  SizedSPropTagArray(2, tags);
  SPropValue prop;
  SBinary binary;
  ENTRYLIST list;
  SizedADRLIST(1, addresses);
  SRestriction restriction;
  SizedSSortOrderSet(1, order);
  NOTIFICATION notification;
  MAPINAMEID name;
  LPMAPINAMEID names[1];
  BYTE bytes[256];
  WCHAR text[16];
  LPSPropTagArray noTags;
  ULONG flags;
} Samples;

enum { GARBAGE = 0x5A, ROOM = 256, AT = 64 };

/* Where outputs go: each with room on both sides that nobody may touch. */
typedef struct Outputs {
  BYTE room[PARAMETERS][ROOM];
} Outputs;

static inline int is_pointer(const Parameter *p) {
  size_t length = strlen(p->type);
  return p->direction != IN || p->isObject || p->type[length - 1] == '*' || strncmp(p->type, "LP", 2) == 0 ||
         strcmp(p->type, "REFIID") == 0;
}

static inline ULONG width(const Parameter *p, const Word *words) {
  if (strcmp(p->type, "ULONG *") == 0 || strcmp(p->type, "LONG *") == 0) {
    return 4;
  }
  if (strcmp(p->type, "void *") == 0) {
    return (ULONG)words[p->count];
  }
  return strcmp(p->type, "STATSTG *") == 0 ? sizeof(STATSTG) : sizeof(void *);
}

static inline Word sample_number(const char *name, Family *f) {
  static const struct {
    const char *name;
    Word value;
  } values[] = {{"ulPropTag", PR_BODY_W},
                {"cValues", 1},
                {"cPropNames", 1},
                {"ciidExclude", 1},
                {"cb", 16},
                {"cbInstanceKey", 8},
                {"cbCollapseState", 8},
                {"ulFolderType", FOLDER_GENERIC},
                {"ulDenominator", 2},
                {"ulNumerator", 1},
                {"ulEventMask", fnevObjectModified},
                {"lRowCount", 1},
                {"hResult", 0x80004005}};
  if (strncmp(name, "cbEntryID", 9) == 0) {
    return f->message.cb;
  }
  for (int i = 0; i < SIZE_OF(values); i++) {
    if (strcmp(values[i].name, name) == 0) {
      return values[i].value;
    }
  }
  return 0;
}

static inline void fill_samples(Samples *s, Family *f) {
  memset(s, 0, sizeof *s);
  s->tags.cValues = 2;
  s->tags.aulPropTag[0] = PR_SUBJECT_W;
  s->tags.aulPropTag[1] = PR_ENTRYID;
  s->prop.ulPropTag = PR_SUBJECT_W;
  s->text[0] = 'x';
  s->prop.Value.lpszW = s->text;
  s->binary.cb = f->message.cb;
  s->binary.lpb = f->message.ab;
  s->list.cValues = 1;
  s->list.lpbin = &s->binary;
  s->addresses.cEntries = 1;
  s->addresses.aEntries[0].cValues = 1;
  s->addresses.aEntries[0].rgPropVals = &s->prop;
  s->restriction.rt = RES_EXIST;
  s->restriction.res.resExist.ulPropTag = PR_SUBJECT_W;
  s->order.cSorts = 1;
  s->order.aSort[0].ulPropTag = PR_SUBJECT_W;
  s->notification.ulEventType = fnevNewMail;
  s->name.lpguid = (LPGUID)(ULONG_PTR)&IID_IMessage;
  s->name.ulKind = MNID_ID;
  s->name.Kind.lID = 0x8501;
  s->names[0] = &s->name;
}

static inline const void *sample_iid(const Slot *slot, int kind) {
  if (strcmp(slot->name, "OpenProperty") == 0) {
    return &IID_IStream;
  }
  if (strncmp(slot->name, "Copy", 4) == 0) {
    return kind == FOLDER && strcmp(slot->name, "CopyTo") != 0 ? &IID_IMAPIFolder
           : kind == MESSAGE                                   ? &IID_IMessage
                                                               : &IID_IMAPIProp;
  }
  return strcmp(slot->name, "QueryInterface") == 0 ? &IID_IUnknown : NULL;
}

/* A pointer that the callee reads. */
static inline const void *sample_pointer(const Slot *slot, const Parameter *p, int kind, Samples *s, Family *f) {
  const struct {
    const char *type;
    const void *value;
  } values[] = {{"LPSPropTagArray", &s->tags},
                {"LPSPropValue", &s->prop},
                {"LPENTRYID", f->message.ab},
                {"LPENTRYLIST", &s->list},
                {"LPTSTR", s->text},
                {"LPSRestriction", &s->restriction},
                {"LPSSortOrderSet", &s->order},
                {"LPNOTIFICATION", &s->notification},
                {"LPBYTE", s->bytes},
                {"LPADRLIST", &s->addresses},
                {"LPMAPINAMEID *", s->names},
                {"const void *", s->bytes},
                {"IStream *", f->object[STREAM]},
                {"LPMESSAGE", f->object[MESSAGE]},
                {"LPVOID", strcmp(p->name, "lpDestFolder") == 0 ? f->object[FOLDER] : f->object[kind]}};
  if (strcmp(p->type, "LPCIID") == 0 || strcmp(p->type, "REFIID") == 0) {
    return sample_iid(slot, kind);
  }
  for (int i = 0; i < SIZE_OF(values); i++) {
    if (strcmp(values[i].type, p->type) == 0) {
      return values[i].value;
    }
  }
  return NULL; /* LPGUID, LPMAPIPROGRESS, LPMAPIADVISESINK: may be NULL */
}

/* Words that fit; outputs are dirty. */
static inline void fill_words(const Slot *slot, int kind, Word *words, Samples *s, Outputs *o, Family *f) {
  fill_samples(s, f);
  memset(o, GARBAGE, sizeof *o);
  memset(words, 0, PARAMETERS * sizeof *words);
  for (int i = 0; i < slot->parameters; i++) {
    const Parameter *p = &slot->parameter[i];
    if (p->direction == OUT) {
      words[i] = (Word)(ULONG_PTR)(o->room[i] + AT);
    } else if (p->direction == INOUT) {
      words[i] = (Word)(ULONG_PTR)(strcmp(p->type, "ULONG *") == 0 ? (void *)&s->flags : (void *)&s->noTags);
    } else if (is_pointer(p)) {
      words[i] = (Word)(ULONG_PTR)sample_pointer(slot, p, kind, s, f);
    } else {
      words[i] = sample_number(p->name, f);
    }
  }
}

/* Frees what a call that succeeded put out. */
static inline void free_outputs(const Slot *slot, const Word *words, Outputs *o) {
  for (int i = 0; i < slot->parameters; i++) {
    const Parameter *p = &slot->parameter[i];
    if (p->direction == OUT && words[i] != 0 && width(p, words) == 8) {
      LPVOID out;
      memcpy(&out, o->room[i] + AT, sizeof out);
      if (p->isObject) {
        UlRelease(out);
      } else if (strcmp(p->type, "LPSRowSet *") == 0) {
        FreeProws((LPSRowSet)out);
      } else if (strncmp(p->type, "LP", 2) == 0) {
        MAPIFreeBuffer(out);
      }
    }
  }
}

/* After a call: nothing beside an output was touched, and a failure left it NULL or 0. */
static inline int outputs_are_right(const Slot *slot, const Word *words, const Outputs *o, HRESULT hr) {
  for (int i = 0; i < slot->parameters; i++) {
    const Parameter *p = &slot->parameter[i];
    if (p->direction == OUT && words[i] != 0) {
      ULONG bytes = width(p, words);
      int filled = strcmp(p->type, "void *") == 0 || strcmp(p->type, "STATSTG *") == 0;
      for (int b = 0; b < ROOM; b++) {
        int inside = b >= AT && (ULONG)(b - AT) < bytes;
        if ((!inside && o->room[i][b] != GARBAGE) || (inside && FAILED(hr) && !filled && o->room[i][b] != 0)) {
          printf("%s: byte %d of %s is 0x%02X after 0x%08X\n", slot->name, b - AT, p->name, o->room[i][b],
                 (unsigned)hr);
          return 0;
        }
      }
    }
  }
  return 1;
}

#endif
