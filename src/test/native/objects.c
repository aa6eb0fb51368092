/* Everything but the conflict rule: values, recipients, attachments, embedded messages, streams, names, tables. */
#include "client.h"

static const GUID SET = {0x4A01, 1, 2, {3, 4, 5, 6, 7, 8, 9, 10}};

/* ---- objects ---- */

/* QueryInterface as COM demands it: one IUnknown, symmetric, transitive; what an object is not, it refuses. */
static void identity(Client *c) {
  A(c) {
    IMAPIFolder *folder = new_folder(c->store, TEXT16("identity"));
    IMessage *message = new_message(folder);
    LPVOID unknown = NULL, prop = NULL, again = NULL, refused = (LPVOID)1;
    CHECK_HR(S_OK, CALL(message, QueryInterface, REF(IID_IUnknown), &unknown));
    CHECK_HR(S_OK, CALL(message, QueryInterface, REF(IID_IMAPIProp), &prop));
    CHECK_HR(S_OK, CALL((IUnknown *)prop, QueryInterface, REF(IID_IUnknown), &again));
    CHECK(unknown == again);
    UlRelease(again);
    CHECK_HR(S_OK, CALL((IUnknown *)unknown, QueryInterface, REF(IID_IMessage), &again));
    CHECK(again == message);
    UlRelease(again);
    CHECK_HR(MAPI_E_INTERFACE_NOT_SUPPORTED, CALL(message, QueryInterface, REF(IID_IMAPIFolder), &refused));
    CHECK(refused == NULL);
    CHECK(CALL(message, AddRef) == 4);
    CHECK(CALL(message, Release) == 3);
    CHECK(UlRelease(prop) == 2);
    CHECK(UlRelease(unknown) == 1);
    CHECK(CALL(message, Release) == 0);
    CHECK(CALL(message, Release) == 0);
    CHECK_HR(MAPI_E_INVALID_OBJECT, CALL(message, SaveChanges, 0));
    RELEASE(folder);
  }
}

/* The store goes first: its last Release ends the logon, and children say so. */
static void logon_ends(Client *c) {
  B(c) {
    IMsgStore *store = NULL;
    CHECK_HR(S_OK, Mapi4jOpenStore(places.path, MDB_WRITE, &store));
    IMAPIFolder *root = open_folder(store, NULL);
    RELEASE(store);
    CHECK_HR(MAPI_E_INVALID_OBJECT, CALL(root, EmptyFolder, 0, NULL, 0));
    CHECK(CALL(root, Release) == 0);
  }
}

static void opening(Client *c) {
  A(c) {
    IMsgStore *store = (IMsgStore *)1;
    char absent[512];
    snprintf(absent, sizeof absent, "%s-absent", places.path);
    CHECK_HR(MAPI_E_NOT_FOUND, Mapi4jOpenStore(absent, MDB_WRITE, &store));
    CHECK(store == NULL);
    CHECK_HR(MAPI_E_INVALID_PARAMETER, Mapi4jOpenStoreEx(places.path, 0, "no=option", NULL, NULL, NULL, &store));
    CHECK(store == NULL);
    CHECK_HR(MAPI_E_INVALID_PARAMETER,
             Mapi4jOpenStoreEx(places.path, 0, NULL, MAPIAllocateBuffer, NULL, MAPIFreeBuffer, &store));
    CHECK_HR(MAPI_E_INVALID_PARAMETER, Mapi4jOpenStore(NULL, 0, &store));
    CHECK_HR(MAPI_E_INVALID_PARAMETER, Mapi4jOpenStore("\xFF", 0, &store));
    CHECK_HR(S_OK, Mapi4jOpenStore(places.path, 0, &store));
    IMAPIFolder *root = NULL;
    ULONG type = 0;
    CHECK_HR(MAPI_E_NO_ACCESS, CALL(store, OpenEntry, 0, NULL, NULL, MAPI_MODIFY, &type, (LPUNKNOWN *)&root));
    CHECK(root == NULL);
    CHECK_HR(S_OK, CALL(store, OpenEntry, 0, NULL, NULL, MAPI_BEST_ACCESS, &type, (LPUNKNOWN *)&root));
    CHECK(type == MAPI_FOLDER);
    RELEASE(root);
    RELEASE(store);
  }
}

static void last_error(Client *c) {
  A(c) {
    LPMAPIERROR error = NULL;
    IMAPIFolder *folder = new_folder(c->store, TEXT16("errors"));
    IMessage *message = new_message(folder);
    HRESULT hr = CALL(message, SetReadFlag, 0);
    CHECK_HR(MAPI_E_NOT_FOUND, hr);
    CHECK_HR(S_OK, CALL(message, GetLastError, hr, MAPI_UNICODE, &error));
    CHECK(error != NULL && error->lpszError != NULL && lstrlenW((LPWSTR)error->lpszError) > 10);
    MAPIFreeBuffer(error);
    error = NULL;
    CHECK_HR(S_OK, CALL(message, GetLastError, hr, 0, &error));
    CHECK(error != NULL && strstr((const char *)error->lpszError, "SetReadFlag") != NULL);
    MAPIFreeBuffer(error);
    /* What the bridge itself refuses is told too. */
    hr = CALL(message, GetPropList, 0, NULL);
    CHECK_HR(MAPI_E_INVALID_PARAMETER, hr);
    CHECK_HR(S_OK, CALL(message, GetLastError, hr, 0, &error));
    CHECK(error != NULL && strstr((const char *)error->lpszError, "NULL") != NULL);
    MAPIFreeBuffer(error);
    RELEASE(message);
    RELEASE(folder);
  }
}

/* ---- values ---- */

enum { TYPES = 26 };

static ULONG tag_of(int index, ULONG type) { return PROP_TAG(type, 0x6600 + index); }

/* A value of every type that can be stored, numbered upwards. */
static void every_type(SPropValue *props) {
  static GUID guids[2] = {{1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}}, {12, 13, 14, {15, 0, 0, 0, 0, 0, 0, 16}}};
  static short shorts[] = {-1, 0, 32767};
  static LONG longs[] = {-1, 2147483647};
  static float floats[] = {0.5f, -1.5f};
  static double doubles[] = {0.25, -1e300};
  static CURRENCY currencies[2];
  static double times[] = {36526.5};
  static FILETIME filetimes[2] = {{1, 0x01C00000}, {0xFFFFFFFF, 0x7FFFFFFF}};
  static LARGE_INTEGER larges[2];
  static BYTE bytes[] = {0, 255, 7};
  static SBinary binaries[] = {{3, bytes}, {0, bytes}, {1, bytes + 2}};
  static char narrow[] = "narrow";
  static LPSTR narrows[] = {narrow, narrow + 3};
  static LPWSTR wides[2];
  int i = 0;
  currencies[0].int64 = -1;
  currencies[1].int64 = 0x7FFFFFFFFFFFFFFFLL;
  larges[0].QuadPart = -2;
  larges[1].QuadPart = 0x123456789ABCDEFLL;
  wides[0] = TEXT16("wide");
  wides[1] = TEXT16("");
  memset(props, 0, TYPES * sizeof *props);
#define NEXT(type, field, value)            \
  props[i].ulPropTag = tag_of(i, type);     \
  props[i++].Value.field = value
#define NEXT_MV(type, field, list, values)                      \
  props[i].ulPropTag = tag_of(i, type);                         \
  props[i].Value.field.cValues = sizeof values / sizeof *values; \
  props[i++].Value.field.list = values
  NEXT(PT_I2, i, -2);
  NEXT(PT_LONG, l, -2147483647);
  NEXT(PT_R4, flt, 0.5f);
  NEXT(PT_DOUBLE, dbl, -1e-300);
  NEXT(PT_CURRENCY, cur, currencies[1]);
  NEXT(PT_APPTIME, at, 36526.25);
  NEXT(PT_BOOLEAN, b, 1);
  NEXT(PT_I8, li, larges[1]);
  NEXT(PT_STRING8, lpszA, narrow);
  NEXT(PT_UNICODE, lpszW, TEXT16("wide \x20AC"));
  NEXT(PT_SYSTIME, ft, filetimes[0]);
  NEXT(PT_CLSID, lpguid, guids);
  props[i].ulPropTag = tag_of(i, PT_BINARY);
  props[i++].Value.bin = binaries[0];
  NEXT_MV(PT_MV_I2, MVi, lpi, shorts);
  NEXT_MV(PT_MV_LONG, MVl, lpl, longs);
  NEXT_MV(PT_MV_R4, MVflt, lpflt, floats);
  NEXT_MV(PT_MV_DOUBLE, MVdbl, lpdbl, doubles);
  NEXT_MV(PT_MV_CURRENCY, MVcur, lpcur, currencies);
  NEXT_MV(PT_MV_APPTIME, MVat, lpat, times);
  NEXT_MV(PT_MV_SYSTIME, MVft, lpft, filetimes);
  NEXT_MV(PT_MV_BINARY, MVbin, lpbin, binaries);
  NEXT_MV(PT_MV_STRING8, MVszA, lppszA, narrows);
  NEXT_MV(PT_MV_UNICODE, MVszW, lppszW, wides);
  NEXT_MV(PT_MV_CLSID, MVguid, lpguid, guids);
  NEXT_MV(PT_MV_I8, MVli, lpli, larges);
  NEXT(PT_BOOLEAN, b, 0);
#undef NEXT
#undef NEXT_MV
  CHECK(i == TYPES);
}

/* Two property arrays hold the same. */
static int same_props(ULONG count, SPropValue *one, SPropValue *two) {
  ULONG bytes = 0, others = 0;
  if (ScCountProps((int)count, one, &bytes) != S_OK || ScCountProps((int)count, two, &others) != S_OK ||
      bytes != others) {
    return 0;
  }
  for (ULONG i = 0; i < count; i++) {
    if (one[i].ulPropTag != two[i].ulPropTag) {
      return 0;
    }
    ULONG cb = 0;
    const void *left = NULL, *right = NULL;
#define MANY(type, field, list)                                  \
  case type:                                                     \
    if (one[i].Value.field.cValues != two[i].Value.field.cValues) { \
      return 0;                                                  \
    }                                                            \
    cb = one[i].Value.field.cValues * (ULONG)sizeof *one[i].Value.field.list; \
    left = one[i].Value.field.list;                              \
    right = two[i].Value.field.list;                             \
    break
    switch (PROP_TYPE(one[i].ulPropTag)) {
    case PT_STRING8:
      cb = (ULONG)strlen(one[i].Value.lpszA) + 1;
      left = one[i].Value.lpszA;
      right = two[i].Value.lpszA;
      break;
    case PT_UNICODE:
      cb = 2 * (ULONG)lstrlenW(one[i].Value.lpszW) + 2;
      left = one[i].Value.lpszW;
      right = two[i].Value.lpszW;
      break;
    case PT_BINARY:
      cb = one[i].Value.bin.cb;
      left = one[i].Value.bin.lpb;
      right = two[i].Value.bin.lpb;
      break;
    case PT_CLSID:
      cb = sizeof(GUID);
      left = one[i].Value.lpguid;
      right = two[i].Value.lpguid;
      break;
      MANY(PT_MV_I2, MVi, lpi);
      MANY(PT_MV_LONG, MVl, lpl);
      MANY(PT_MV_R4, MVflt, lpflt);
      MANY(PT_MV_DOUBLE, MVdbl, lpdbl);
      MANY(PT_MV_CURRENCY, MVcur, lpcur);
      MANY(PT_MV_APPTIME, MVat, lpat);
      MANY(PT_MV_SYSTIME, MVft, lpft);
      MANY(PT_MV_CLSID, MVguid, lpguid);
      MANY(PT_MV_I8, MVli, lpli);
    case PT_MV_BINARY:
      for (ULONG n = 0; n < one[i].Value.MVbin.cValues; n++) {
        SBinary a = one[i].Value.MVbin.lpbin[n], b = two[i].Value.MVbin.lpbin[n];
        if (a.cb != b.cb || memcmp(a.lpb, b.lpb, a.cb) != 0) {
          return 0;
        }
      }
      break;
    case PT_MV_STRING8:
      for (ULONG n = 0; n < one[i].Value.MVszA.cValues; n++) {
        if (strcmp(one[i].Value.MVszA.lppszA[n], two[i].Value.MVszA.lppszA[n]) != 0) {
          return 0;
        }
      }
      break;
    case PT_MV_UNICODE:
      for (ULONG n = 0; n < one[i].Value.MVszW.cValues; n++) {
        LPWSTR a = one[i].Value.MVszW.lppszW[n], b = two[i].Value.MVszW.lppszW[n];
        if (memcmp(a, b, 2 * (size_t)lstrlenW(a) + 2) != 0) {
          return 0;
        }
      }
      break;
    case PT_BOOLEAN:
    case PT_I2:
      cb = 2;
      left = &one[i].Value;
      right = &two[i].Value;
      break;
    case PT_LONG:
    case PT_R4:
      cb = 4;
      left = &one[i].Value;
      right = &two[i].Value;
      break;
    default:
      cb = 8;
      left = &one[i].Value;
      right = &two[i].Value;
    }
#undef MANY
    if (cb != 0 && memcmp(left, right, cb) != 0) {
      return 0;
    }
  }
  return 1;
}

/* Read back in the order of what was asked for. */
static void check_every_type(IMessage *message, SPropValue *wanted) {
  SizedSPropTagArray(TYPES, tags);
  LPSPropValue got = NULL;
  ULONG count = 0;
  tags.cValues = TYPES;
  for (int i = 0; i < TYPES; i++) {
    tags.aulPropTag[i] = wanted[i].ulPropTag;
  }
  CHECK_HR(S_OK, CALL(message, GetProps, (LPSPropTagArray)&tags, 0, &count, &got));
  CHECK(count == TYPES);
  for (int i = 0; i < TYPES && got != NULL; i++) {
    if (!CHECK(same_props(1, &wanted[i], &got[i]))) {
      printf("tag 0x%08X, read 0x%08X\n", (unsigned)wanted[i].ulPropTag, (unsigned)got[i].ulPropTag);
    }
  }
  MAPIFreeBuffer(got);
}

static void values(Client *c) {
  SPropValue props[TYPES];
  every_type(props);
  A(c) {
    LPSPropProblemArray problems = NULL;
    IMAPIFolder *folder = new_folder(c->store, TEXT16("values"));
    IMessage *message = new_message(folder);
    CHECK_HR(S_OK, CALL(message, SetProps, TYPES, props, &problems));
    CHECK(problems == NULL);
    check_every_type(message, props);
    CHECK_HR(S_OK, CALL(message, SaveChanges, KEEP_OPEN_READONLY));
    c->shared->message = id_from(WHOLE(message));
    RELEASE(message);
    RELEASE(folder);
  }
  B(c) {
    SizedSPropTagArray(4, tags) = {4, {PR_SUBJECT_W, PROP_TAG(PT_UNSPECIFIED, 0x6600 + 8), PROP_TAG(PT_UNICODE, 0x6608),
                                       PROP_TAG(PT_STRING8, 0x6609)}};
    LPSPropTagArray list = NULL;
    LPSPropValue got = NULL;
    ULONG count = 0;
    IMessage *message = open_it(c, 0);
    check_every_type(message, props);
    CHECK_HR(S_OK, CALL(message, GetPropList, MAPI_UNICODE, &list));
    CHECK(list != NULL && list->cValues > TYPES);
    MAPIFreeBuffer(list);
    CHECK_HR(MAPI_W_ERRORS_RETURNED, CALL(message, GetProps, (LPSPropTagArray)&tags, MAPI_UNICODE, &count, &got));
    CHECK(count == 4 && PROP_TYPE(got[0].ulPropTag) == PT_ERROR && got[0].Value.err == MAPI_E_NOT_FOUND);
    CHECK(is_text(got[1].Value.lpszW, "narrow") || strcmp(got[1].Value.lpszA, "narrow") == 0);
    CHECK(got[2].ulPropTag == tags.aulPropTag[2] && is_text(got[2].Value.lpszW, "narrow"));
    CHECK(got[3].ulPropTag == tags.aulPropTag[3] && strncmp(got[3].Value.lpszA, "wide ", 5) == 0);
    MAPIFreeBuffer(got);
    RELEASE(message);
  }
}

/* ---- recipients ---- */

static void change_recipients(IMessage *message, ULONG flags, LONG row, LPWSTR name) {
  SPropValue props[4];
  SizedADRLIST(1, list);
  memset(props, 0, sizeof props);
  memset(&list, 0, sizeof list);
  props[0].ulPropTag = PR_ROWID;
  props[0].Value.l = row;
  props[1].ulPropTag = PR_DISPLAY_NAME_W;
  props[1].Value.lpszW = name;
  props[2].ulPropTag = PR_RECIPIENT_TYPE;
  props[2].Value.l = MAPI_CC;
  props[3].ulPropTag = PR_EMAIL_ADDRESS_A;
  props[3].Value.lpszA = (LPSTR)(ULONG_PTR)"a@b.example";
  list.cEntries = 1;
  list.aEntries[0].cValues = 4;
  list.aEntries[0].rgPropVals = props;
  CHECK_HR(S_OK, CALL(message, ModifyRecipients, flags, (LPADRLIST)&list));
}

static LONG row_id(IMessage *message, ULONG index) {
  SizedSPropTagArray(1, tags) = {1, {PR_ROWID}};
  IMAPITable *table = NULL;
  LPSRowSet rows = NULL;
  LONG id = -1;
  CHECK_HR(S_OK, CALL(message, GetRecipientTable, 0, &table));
  CHECK_HR(S_OK, HrQueryAllRows(table, (LPSPropTagArray)&tags, NULL, NULL, 0, &rows));
  if (CHECK(rows->cRows > index)) {
    id = rows->aRow[index].lpProps[0].Value.l;
  }
  FreeProws(rows);
  RELEASE(table);
  return id;
}

static void recipients(Client *c) {
  IMessage *b = NULL;
  set_scene(c);
  B(c) {
    b = open_it(c, MAPI_MODIFY);
    CHECK_HR(S_OK, add_recipient(b, TEXT16("second")));
    CHECK_HR(S_OK, add_recipient(b, TEXT16("third")));
    CHECK(has_recipients(b, "first,second,third,"));
    change_recipients(b, MODRECIP_MODIFY, row_id(b, 1), TEXT16("changed"));
    change_recipients(b, MODRECIP_REMOVE, row_id(b, 0), TEXT16("first"));
    CHECK(has_recipients(b, "changed,third,"));
  }
  A(c) {
    IMessage *a = open_it(c, 0);
    CHECK(has_recipients(a, "first,"));
    RELEASE(a);
  }
  B(c) {
    CHECK_HR(S_OK, CALL(b, SaveChanges, 0));
    RELEASE(b);
  }
  A(c) {
    IMessage *a = open_it(c, 0);
    CHECK(has_recipients(a, "changed,third,"));
    CHECK(has_text(WHOLE(a), PR_DISPLAY_CC_W, "changed"));
    RELEASE(a);
  }
}

/* ---- attachments and embedded messages ---- */

static void attachments(Client *c) {
  IMessage *b = NULL;
  set_scene(c);
  B(c) {
    IAttach *unsaved = NULL;
    ULONG number = 0;
    b = open_it(c, MAPI_MODIFY);
    CHECK(add_attachment(b, TEXT16("new.txt")) == 1);
    CHECK_HR(S_OK, CALL(b, CreateAttach, NULL, 0, &number, &unsaved));
    CHECK_HR(S_OK, set_text(WHOLE(unsaved), PR_ATTACH_FILENAME_W, TEXT16("unsaved.txt")));
    CHECK(has_attachments(b, "base.txt,new.txt,"));
    RELEASE(unsaved);
    CHECK_HR(S_OK, CALL(b, DeleteAttach, 0, 0, NULL, 0));
    CHECK(has_attachments(b, "new.txt,"));
  }
  A(c) {
    IMessage *a = open_it(c, 0);
    CHECK(has_attachments(a, "base.txt,"));
    RELEASE(a);
  }
  B(c) {
    CHECK_HR(S_OK, CALL(b, SaveChanges, 0));
    RELEASE(b);
  }
  A(c) {
    IAttach *gone = (IAttach *)1;
    IMessage *a = open_it(c, 0);
    CHECK(has_attachments(a, "new.txt,"));
    CHECK(attachment_data_is(a, 1));
    CHECK_HR(MAPI_E_NOT_FOUND, CALL(a, OpenAttach, 0, NULL, 0, &gone));
    CHECK(gone == NULL);
    RELEASE(a);
  }
}

static IMessage *embedded(IAttach *attach, ULONG flags) {
  LPUNKNOWN inner = NULL;
  CHECK_HR(S_OK, CALL(attach, OpenProperty, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, flags, &inner));
  return (IMessage *)inner;
}

static void embedded_message(Client *c) {
  IMessage *b = NULL;
  IAttach *attach = NULL;
  set_scene(c);
  B(c) {
    ULONG number = 0;
    b = open_it(c, MAPI_MODIFY);
    CHECK_HR(S_OK, CALL(b, CreateAttach, NULL, 0, &number, &attach));
    CHECK_HR(S_OK, set_long(WHOLE(attach), PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG));
    IMessage *inner = embedded(attach, MAPI_CREATE | MAPI_MODIFY);
    CHECK_HR(S_OK, set_text(WHOLE(inner), PR_SUBJECT_W, TEXT16("inner")));
    CHECK_HR(S_OK, add_recipient(inner, TEXT16("inner recipient")));
    CHECK_HR(S_OK, CALL(inner, SaveChanges, 0));
    RELEASE(inner);
    /* The rule holds here too. */
    IMessage *first = embedded(attach, MAPI_MODIFY);
    IMessage *second = embedded(attach, MAPI_MODIFY);
    CHECK_HR(S_OK, set_text(WHOLE(first), PR_SUBJECT_W, TEXT16("one")));
    CHECK_HR(S_OK, set_text(WHOLE(second), PR_SUBJECT_W, TEXT16("two")));
    CHECK_HR(S_OK, CALL(first, SaveChanges, 0));
    CHECK_HR(MAPI_E_OBJECT_CHANGED, CALL(second, SaveChanges, 0));
    RELEASE(first);
    RELEASE(second);
    CHECK_HR(S_OK, CALL(attach, SaveChanges, 0));
    RELEASE(attach);
    CHECK_HR(S_OK, CALL(b, SaveChanges, 0));
    RELEASE(b);
  }
  A(c) {
    IMessage *a = open_it(c, 0);
    CHECK_HR(S_OK, CALL(a, OpenAttach, 1, NULL, 0, &attach));
    IMessage *inner = embedded(attach, 0);
    CHECK(has_text(WHOLE(inner), PR_SUBJECT_W, "one"));
    CHECK(has_recipients(inner, "inner recipient,"));
    RELEASE(inner);
    RELEASE(attach);
    RELEASE(a);
  }
}

/* ---- streams ---- */

enum { PIECE = 1 << 20, PIECES = 64 };

static void fill(BYTE *piece, ULONG number) {
  ULONG state = number * 2654435761u + 1;
  for (int i = 0; i < PIECE; i++) {
    state = state * 1664525u + 1013904223u;
    piece[i] = (BYTE)(state >> 24);
  }
}

static IStream *attachment_stream(IMessage *message, IAttach **attach, ULONG number, ULONG mode, ULONG flags) {
  CHECK_HR(S_OK, CALL(message, OpenAttach, number, NULL, flags & MAPI_MODIFY, attach));
  return open_stream(WHOLE(*attach), PR_ATTACH_DATA_BIN, mode, flags);
}

static void large_stream(Client *c) {
  BYTE *piece = (BYTE *)malloc(PIECE);
  BYTE *wanted = (BYTE *)malloc(PIECE);
  set_scene(c);
  A(c) {
    IMessage *message = open_it(c, MAPI_MODIFY);
    IAttach *attach = NULL;
    IStream *stream = attachment_stream(message, &attach, 0, STGM_READWRITE, MAPI_CREATE | MAPI_MODIFY);
    for (ULONG i = 0; i < PIECES; i++) {
      fill(piece, i);
      CHECK_HR(S_OK, write_stream(stream, piece, PIECE));
    }
    CHECK_HR(S_OK, CALL(stream, Commit, STGC_DEFAULT));
    RELEASE(stream);
    CHECK_HR(S_OK, CALL(attach, SaveChanges, 0));
    RELEASE(attach);
    CHECK_HR(S_OK, CALL(message, SaveChanges, 0));
    RELEASE(message);
  }
  B(c) {
    STATSTG stat;
    LARGE_INTEGER to;
    ULARGE_INTEGER at;
    ULONG read = 0;
    LPSPropValue prop = NULL;
    IMessage *message = open_it(c, 0);
    IAttach *attach = NULL;
    IStream *stream = attachment_stream(message, &attach, 0, STGM_READ, 0);
    CHECK_HR(S_OK, CALL(stream, Stat, &stat, STATFLAG_NONAME));
    CHECK(stat.cbSize.QuadPart == (ULONGLONG)PIECE * PIECES);
    for (ULONG i = 0; i < PIECES; i++) {
      fill(wanted, i);
      CHECK_HR(S_OK, CALL(stream, Read, piece, PIECE, &read));
      CHECK(read == PIECE && memcmp(piece, wanted, PIECE) == 0);
    }
    CHECK_HR(S_OK, CALL(stream, Read, piece, PIECE, &read));
    CHECK(read == 0);
    to.QuadPart = -(LONGLONG)PIECE - 5;
    CHECK_HR(S_OK, CALL(stream, Seek, to, STREAM_SEEK_END, &at));
    CHECK(at.QuadPart == (ULONGLONG)PIECE * (PIECES - 1) - 5);
    CHECK_HR(S_OK, CALL(stream, Read, piece, 10, &read));
    fill(wanted, PIECES - 2);
    CHECK(read == 10 && memcmp(piece, wanted + PIECE - 5, 5) == 0);
    CHECK_HR(MAPI_E_NOT_ENOUGH_MEMORY, HrGetOneProp(WHOLE(attach), PR_ATTACH_DATA_BIN, &prop));
    RELEASE(stream);
    RELEASE(attach);
    RELEASE(message);
  }
  free(piece);
  free(wanted);
}

static void stream_modes(Client *c) {
  set_scene(c);
  A(c) {
    IMessage *message = open_it(c, MAPI_MODIFY);
    IStream *stream = open_stream(WHOLE(message), PR_BODY_W, STGM_READWRITE | STGM_TRANSACTED, MAPI_CREATE | MAPI_MODIFY);
    CHECK_HR(S_OK, write_stream(stream, "h\0", 2));
    CHECK_HR(S_OK, CALL(stream, Commit, STGC_DEFAULT));
    CHECK_HR(S_OK, write_stream(stream, "i\0", 2));
    RELEASE(stream);
    stream = open_stream(WHOLE(message), PR_SUBJECT_W, STGM_READWRITE, MAPI_CREATE | MAPI_MODIFY);
    CHECK_HR(S_OK, write_stream(stream, "s\0", 2));
    CHECK_HR(S_OK, CALL(message, SaveChanges, 0));
    RELEASE(stream);
    RELEASE(message);
  }
  B(c) {
    ULARGE_INTEGER all, read, written;
    IMessage *message = open_it(c, 0);
    CHECK(has_text(WHOLE(message), PR_BODY_W, "h"));
    CHECK(has_text(WHOLE(message), PR_SUBJECT_W, "s"));
    RELEASE(message);
    /* From one stream of the store into another. */
    message = open_it(c, MAPI_MODIFY);
    IStream *from = open_stream(WHOLE(message), PR_BODY_W, STGM_READ, 0);
    IStream *to = open_stream(WHOLE(message), PR_SUBJECT_W, STGM_READWRITE, MAPI_CREATE | MAPI_MODIFY);
    all.QuadPart = 1000;
    CHECK_HR(S_OK, CALL(from, CopyTo, to, all, &read, &written));
    CHECK(read.QuadPart == 2 && written.QuadPart == 2);
    RELEASE(from);
    RELEASE(to);
    CHECK(has_text(WHOLE(message), PR_SUBJECT_W, "h"));
    RELEASE(message);
  }
}

/* ---- named properties ---- */

static void names(Client *c) {
  MAPINAMEID one, two;
  LPMAPINAMEID wanted[2] = {&one, &two};
  memset(&one, 0, sizeof one);
  memset(&two, 0, sizeof two);
  one.lpguid = two.lpguid = (LPGUID)&SET;
  one.ulKind = MNID_ID;
  one.Kind.lID = 0x8501;
  two.ulKind = MNID_STRING;
  two.Kind.lpwstrName = TEXT16("Name");
  set_scene(c);
  A(c) {
    LPSPropTagArray tags = NULL;
    IMessage *message = open_it(c, MAPI_MODIFY);
    CHECK_HR(MAPI_W_ERRORS_RETURNED, CALL(message, GetIDsFromNames, 2, wanted, 0, &tags));
    CHECK(tags != NULL && tags->cValues == 2 && PROP_TYPE(tags->aulPropTag[0]) == PT_ERROR);
    MAPIFreeBuffer(tags);
    CHECK_HR(S_OK, CALL(message, GetIDsFromNames, 2, wanted, MAPI_CREATE, &tags));
    CHECK(PROP_ID(tags->aulPropTag[0]) >= 0x8000 && PROP_ID(tags->aulPropTag[1]) >= 0x8000);
    CHECK_HR(S_OK, set_long(WHOLE(message), CHANGE_PROP_TYPE(tags->aulPropTag[0], PT_LONG), 17));
    CHECK_HR(S_OK, set_text(WHOLE(message), CHANGE_PROP_TYPE(tags->aulPropTag[1], PT_UNICODE), TEXT16("named")));
    CHECK_HR(S_OK, CALL(message, SaveChanges, 0));
    MAPIFreeBuffer(tags);
    RELEASE(message);
  }
  B(c) {
    LPSPropTagArray tags = NULL;
    LPMAPINAMEID *back = NULL;
    ULONG count = 0;
    IMessage *message = open_it(c, 0);
    CHECK_HR(S_OK, CALL(message, GetIDsFromNames, 2, wanted, 0, &tags));
    CHECK(long_of(WHOLE(message), CHANGE_PROP_TYPE(tags->aulPropTag[0], PT_LONG)) == 17);
    CHECK(has_text(WHOLE(message), CHANGE_PROP_TYPE(tags->aulPropTag[1], PT_UNICODE), "named"));
    CHECK_HR(S_OK, CALL(message, GetNamesFromIDs, &tags, NULL, 0, &count, &back));
    CHECK(count == 2 && back[0]->ulKind == MNID_ID && back[0]->Kind.lID == 0x8501);
    CHECK(back[1]->ulKind == MNID_STRING && is_text(back[1]->Kind.lpwstrName, "Name"));
    CHECK(memcmp(back[1]->lpguid, &SET, sizeof SET) == 0);
    MAPIFreeBuffer(back);
    MAPIFreeBuffer(tags);
    tags = NULL;
    CHECK_HR(S_OK, CALL(message, GetNamesFromIDs, &tags, NULL, 0, &count, &back));
    CHECK(tags != NULL && tags->cValues == count && count >= 2);
    MAPIFreeBuffer(back);
    MAPIFreeBuffer(tags);
    RELEASE(message);
  }
}

/* ---- tables ---- */

enum { ROWS = 300 };

static void fill_folder(Client *c) {
  IMAPIFolder *folder = new_folder(c->store, TEXT16("table"));
  for (int i = 0; i < ROWS; i++) {
    WCHAR subject[] = {(WCHAR)('a' + i % 26), (WCHAR)('0' + i / 100), (WCHAR)('0' + i / 10 % 10), (WCHAR)('0' + i % 10), 0};
    IMessage *message = new_message(folder);
    CHECK_HR(S_OK, set_text(WHOLE(message), PR_SUBJECT_W, subject));
    CHECK_HR(S_OK, set_long(WHOLE(message), PR_IMPORTANCE, i % 3));
    CHECK_HR(S_OK, CALL(message, SaveChanges, KEEP_OPEN_READONLY));
    RELEASE(message);
  }
  c->shared->folder = id_from(WHOLE(folder));
  RELEASE(folder);
}

static void check_rows(IMAPITable *table, LONG count, ULONG flags, ULONG rows, const char *first) {
  LPSRowSet set = NULL;
  CHECK_HR(S_OK, CALL(table, QueryRows, count, flags, &set));
  if (CHECK(set != NULL && set->cRows == rows) && rows > 0) {
    CHECK(set->aRow[0].cValues == 2 && set->aRow[0].lpProps[0].ulPropTag == PR_SUBJECT_W);
    if (!CHECK(is_text(set->aRow[0].lpProps[0].Value.lpszW, first))) {
      printf("first row is not %s\n", first);
    }
  }
  FreeProws(set);
}

static void positions(IMAPITable *table) {
  ULONG row = 0, numerator = 0, denominator = 0;
  LONG sought = 0;
  BOOKMARK bookmark[2] = {0, 0x5555};
  check_rows(table, 5, 0, 5, "a000");
  check_rows(table, 5, TBL_NOADVANCE, 5, "a130");
  CHECK_HR(S_OK, CALL(table, CreateBookmark, bookmark));
  CHECK(bookmark[0] > BOOKMARK_END && bookmark[0] >> 32 == 0 && bookmark[1] == 0x5555);
  CHECK_HR(S_OK, CALL(table, SeekRow, BOOKMARK_END, -1, &sought));
  CHECK(sought == -1);
  check_rows(table, 10, 0, 1, "z285");
  CHECK_HR(S_OK, CALL(table, SeekRow, bookmark[0], 0, NULL));
  CHECK_HR(S_OK, CALL(table, QueryPosition, &row, &numerator, &denominator));
  CHECK(row == 5);
  check_rows(table, 1, 0, 1, "a130");
  check_rows(table, -2, 0, 2, "a104");
  CHECK_HR(S_OK, CALL(table, FreeBookmark, bookmark[0]));
  CHECK_HR(MAPI_E_INVALID_BOOKMARK, CALL(table, SeekRow, bookmark[0], 0, NULL));
}

static void restrictions(IMAPITable *table) {
  SPropValue two, text;
  SRestriction parts[2], both, negated;
  ULONG count = 0;
  memset(&two, 0, sizeof two);
  memset(&text, 0, sizeof text);
  memset(parts, 0, sizeof parts);
  memset(&both, 0, sizeof both);
  memset(&negated, 0, sizeof negated);
  two.ulPropTag = PR_IMPORTANCE;
  two.Value.l = 2;
  parts[0].rt = RES_PROPERTY;
  parts[0].res.resProperty.relop = RELOP_EQ;
  parts[0].res.resProperty.ulPropTag = PR_IMPORTANCE;
  parts[0].res.resProperty.lpProp = &two;
  text.ulPropTag = PR_SUBJECT_W;
  text.Value.lpszW = TEXT16("B");
  parts[1].rt = RES_CONTENT;
  parts[1].res.resContent.ulFuzzyLevel = FL_PREFIX | FL_IGNORECASE;
  parts[1].res.resContent.ulPropTag = PR_SUBJECT_W;
  parts[1].res.resContent.lpProp = &text;
  both.rt = RES_AND;
  both.res.resAnd.cRes = 2;
  both.res.resAnd.lpRes = parts;
  negated.rt = RES_NOT;
  negated.res.resNot.lpRes = &parts[0];
  CHECK_HR(S_OK, CALL(table, FindRow, &parts[1], BOOKMARK_BEGINNING, 0));
  check_rows(table, 1, 0, 1, "b001");
  CHECK_HR(S_OK, CALL(table, Restrict, &parts[0], TBL_BATCH));
  CHECK_HR(S_OK, CALL(table, GetRowCount, 0, &count));
  CHECK(count == ROWS / 3);
  CHECK_HR(S_OK, CALL(table, Restrict, &negated, 0));
  CHECK_HR(S_OK, CALL(table, GetRowCount, 0, &count));
  CHECK(count == ROWS - ROWS / 3);
  CHECK_HR(S_OK, CALL(table, Restrict, &both, 0));
  CHECK_HR(S_OK, CALL(table, GetRowCount, 0, &count));
  CHECK(count == 4); /* b053, b131, b209, b287 */
  check_rows(table, 50, 0, 4, "b053");
  CHECK_HR(MAPI_E_NOT_FOUND, CALL(table, FindRow, &negated, BOOKMARK_BEGINNING, 0));
  CHECK_HR(S_OK, CALL(table, Restrict, NULL, 0));
}

static void tables(Client *c) {
  A(c) { fill_folder(c); }
  B(c) {
    SizedSPropTagArray(2, columns) = {2, {PR_SUBJECT_W, PR_IMPORTANCE}};
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{PR_SUBJECT_W, TABLE_SORT_ASCEND}}};
    LPSPropTagArray set = NULL;
    LPSSortOrderSet sorted = NULL;
    LPSRowSet all = NULL;
    IMAPITable *table = NULL;
    IMAPIFolder *folder = open_folder(c->store, &c->shared->folder);
    CHECK_HR(S_OK, CALL(folder, GetContentsTable, MAPI_UNICODE, &table));
    CHECK_HR(S_OK, CALL(table, SetColumns, (LPSPropTagArray)&columns, 0));
    CHECK_HR(S_OK, CALL(table, SortTable, (LPSSortOrderSet)&order, 0));
    CHECK_HR(S_OK, CALL(table, QueryColumns, 0, &set));
    CHECK(set->cValues == 2 && set->aulPropTag[1] == PR_IMPORTANCE);
    MAPIFreeBuffer(set);
    CHECK_HR(S_OK, CALL(table, QuerySortOrder, &sorted));
    CHECK(sorted->cSorts == 1 && sorted->aSort[0].ulPropTag == PR_SUBJECT_W);
    MAPIFreeBuffer(sorted);
    positions(table);
    restrictions(table);
    CHECK_HR(S_OK, HrQueryAllRows(table, NULL, NULL, NULL, 0, &all));
    CHECK(all->cRows == ROWS);
    FreeProws(all);
    RELEASE(table);
    RELEASE(folder);
  }
}

static void everything(Client *c) {
  identity(c);
  logon_ends(c);
  opening(c);
  last_error(c);
  values(c);
  recipients(c);
  attachments(c);
  embedded_message(c);
  large_stream(c);
  stream_modes(c);
  names(c);
  tables(c);
}

int main(int argc, char **argv) {
  Shared shared;
  memset(&shared, 0, sizeof shared);
  if (argc < 2) {
    fprintf(stderr, "objects STORE\n");
    return 2;
  }
  places.path = argv[1];
  play(&shared, everything);
  return check_report();
}
