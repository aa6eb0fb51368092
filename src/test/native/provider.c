/*
 * A host as MAPI itself is one: MSProviderInit, Logon with the support object and the profile section of host.h, work,
 * a second Logon, the spooler's, and the end. Every reference and every block is given back.
 */
#define INITGUID
#define USES_IID_IMAPIProviderShutdown
#define USES_IID_IMSLogon
#define USES_IID_IMSProvider
#include "host.h"

/* What the provider's objects give is freed by the host's routine, in the helpers of the clients too. */
static ULONG STDAPICALLTYPE free_block(LPVOID block);
#define MAPIFreeBuffer(block) free_block(block)

#include "client.h"

#include <sys/stat.h>

static const ULONG PATH = 0x6600001F, CREATE = 0x6603000B;

/* ---- allocation routines that count ---- */

static LONG blocks;

static SCODE STDMETHODCALLTYPE allocate(ULONG cb, LPVOID *out) {
  SCODE sc = MAPIAllocateBuffer(cb, out);
  __atomic_add_fetch(&blocks, sc == S_OK, __ATOMIC_RELAXED);
  return sc;
}

static ULONG STDAPICALLTYPE free_block(LPVOID block) {
  __atomic_sub_fetch(&blocks, block != NULL, __ATOMIC_RELAXED);
  return (MAPIFreeBuffer)(block);
}

static Support *new_support(const char *path) {
  WCHAR wide[1024];
  SPropValue create = {.ulPropTag = CREATE, .Value.b = 1};
  Support *support = host_support(allocate, MAPIAllocateMore, free_block);
  if (path != NULL) {
    size_t length = strlen(path);
    for (size_t i = 0; i <= length; i++) {
      wide[i] = (WCHAR)(unsigned char)path[i];
    }
    props_text(&support->profile, PATH, wide);
    props_set(&support->profile, &create);
  }
  return support;
}

/* ---- the host ---- */

typedef struct Opened {
  HRESULT hr;
  ULONG cb;
  LPBYTE security;
  LPMAPIERROR error;
  LPMSLOGON logon;
  LPMDB store;
} Opened;

static IMSProvider *provider;

static Opened log_on(Support *support, ULONG cb, const void *id) {
  Opened o;
  memset(&o, 0x5A, sizeof o);
  o.hr = IMSProvider_Logon(provider, (LPMAPISUP)support, 0, (LPTSTR)(ULONG_PTR) "profile", cb,
                           (LPENTRYID)(ULONG_PTR)id, MDB_WRITE | MDB_NO_DIALOG, NULL, &o.cb, &o.security, &o.error,
                           &o.logon, &o.store);
  return o;
}

static void check_refused(Support *support, HRESULT wanted) {
  Opened o = log_on(support, 0, NULL);
  CHECK_HR(wanted, o.hr);
  CHECK(o.cb == 0 && o.security == NULL && o.logon == NULL && o.store == NULL);
  CHECK(o.error != NULL && o.error->lpszError != NULL && strlen((const char *)o.error->lpszError) > 10);
  free_block(o.error);
  CHECK(support->head.references == 1);
  CHECK(foreign_release(support) == 0);
}

/* Why a store is not there. */
static void refusals(const char *path) {
  char text[1200];
  check_refused(new_support(NULL), MAPI_E_UNCONFIGURED);
  Support *broken = new_support(path);
  broken->section_failure = MAPI_E_CORRUPT_DATA;
  check_refused(broken, MAPI_E_FAILONEPROVIDER);
  Support *empty = new_support(path);
  empty->sections_null = 1;
  check_refused(empty, MAPI_E_FAILONEPROVIDER);
  empty = new_support(path);
  empty->sections_null = 1;
  LPMAPIERROR error = NULL;
  CHECK_HR(MAPI_E_CALL_FAILED, ServiceEntry(NULL, MAPIGetDefaultMalloc(), (LPMAPISUP)empty, 0, 0, MSG_SERVICE_CONFIGURE,
                                            empty->profile.count, empty->profile.values, NULL, &error));
  CHECK(error != NULL && strstr((const char *)error->lpszError, "profile section") != NULL);
  free_block(error);
  CHECK(foreign_release(empty) == 0);
  snprintf(text, sizeof text, "%s-damaged", path);
#ifdef _WIN32
  CHECK(mkdir(text) == 0);
#else
  CHECK(mkdir(text, 0700) == 0);
#endif
  size_t length = strlen(text);
  snprintf(text + length, sizeof text - length, "/00000000.jdb");
  FILE *file = fopen(text, "wb");
  for (int i = 0; i < 10000; i++) {
    fputc(i * 7, file);
  }
  fclose(file);
  text[length] = 0;
  check_refused(new_support(text), MAPI_E_FAILONEPROVIDER);
  Opened o = log_on(NULL, 0, NULL);
  CHECK_HR(MAPI_E_INVALID_PARAMETER, o.hr);
}

/* The service's configuration, without a dialog: what it asks for, then what makes the store. */
static void configure(const char *path) {
  char text[1200];
  snprintf(text, sizeof text, "%s-configured", path);
  Support *wanted = new_support(text);
  Support *support = new_support(NULL);
  LPMAPIERROR error = (LPMAPIERROR)(ULONG_PTR)0x5A5A5A5A;
  CHECK_HR(MAPI_E_UNCONFIGURED, ServiceEntry(NULL, MAPIGetDefaultMalloc(), (LPMAPISUP)support, 0, 0,
                                             MSG_SERVICE_CONFIGURE, 0, NULL, NULL, &error));
  CHECK(error != NULL && error->lpszError != NULL && strstr((const char *)error->lpszError, "path") != NULL);
  free_block(error);
  CHECK_HR(MAPI_E_INVALID_PARAMETER, ServiceEntry(NULL, MAPIGetDefaultMalloc(), (LPMAPISUP)support, 0, 0,
                                                  MSG_SERVICE_CONFIGURE, 1, NULL, NULL, &error));
  CHECK(error == NULL);
  CHECK_HR(S_OK, ServiceEntry(NULL, MAPIGetDefaultMalloc(), (LPMAPISUP)support, 0, 0, MSG_SERVICE_CONFIGURE,
                              wanted->profile.count, wanted->profile.values, NULL, NULL));
  CHECK(props_find(&support->profile, PATH) != NULL && support->head.references == 1);
  Opened o = log_on(support, 0, NULL);
  CHECK_HR(S_OK, o.hr);
  free_block(o.security);
  RELEASE(o.store);
  (void)IMSLogon_Release(o.logon);
  CHECK(foreign_release(support) == 0 && foreign_release(wanted) == 0);
}

static int bytes_of(Support *support, ULONG tag) {
  const SPropValue *value = props_find(&support->profile, tag);
  return value == NULL ? -1 : (int)value->Value.bin.cb;
}

static void check_introduced(Support *support) {
  const SPropValue *display = props_find(&support->profile, PR_PROVIDER_DISPLAY_W);
  const SPropValue *id = props_find(&support->profile, PR_ENTRYID);
  CHECK(CALLS(support, SetProviderUID) == 1 && CALLS(support, ModifyStatusRow) == 1);
  CHECK(CALLS(support, WrapStoreEntryID) == 1 && CALLS(support, ModifyProfile) == 1);
  CHECK(support->head.references > 1);
  CHECK(props_find(&support->profile, PR_DISPLAY_NAME_W) != NULL);
  CHECK(display != NULL && is_text(display->Value.lpszW, "mapi4j message store"));
  CHECK(bytes_of(support, PR_RECORD_KEY) == 16);
  CHECK(id != NULL && id->Value.bin.cb > 8 && memcmp(id->Value.bin.lpb, HOST_WRAPPING, 8) == 0);
}

static IMAPIFolder *check_work(IMsgStore *store) {
  IMAPIFolder *folder = new_folder(store, TEXT16("work"));
  IMessage *message = new_message(folder);
  CHECK_HR(S_OK, set_text(WHOLE(message), PR_SUBJECT_W, TEXT16("through the provider")));
  CHECK_HR(S_OK, CALL(message, SaveChanges, KEEP_OPEN_READONLY));
  Id id = id_from(WHOLE(message));
  RELEASE(message);
  message = open_message(store, &id, 0);
  LPSPropValue subject = NULL;
  CHECK_HR(S_OK, HrGetOneProp(WHOLE(message), PR_SUBJECT_W, &subject));
  CHECK(is_text(subject->Value.lpszW, "through the provider"));
  free_block(subject);
  RELEASE(message);
  return folder;
}

static void check_logon(IMSLogon *logon, Opened *o, Support *support) {
  LPUNKNOWN root = NULL;
  LPVOID status = NULL;
  ULONG type = 0, same = 7;
  const SPropValue *wrapped = props_find(&support->profile, PR_ENTRYID);
  CHECK_HR(S_OK, IMSLogon_OpenEntry(logon, 0, NULL, NULL, 0, &type, &root));
  CHECK(type == MAPI_FOLDER);
  RELEASE(root);
  CHECK_HR(S_OK, IMSLogon_OpenStatusEntry(logon, NULL, 0, &type, &status));
  CHECK(type == MAPI_STATUS);
  UlRelease(status);
  CHECK_HR(S_OK, IMSProvider_CompareStoreIDs(provider, o->cb, (LPENTRYID)o->security, wrapped->Value.bin.cb - 8,
                                             (LPENTRYID)(wrapped->Value.bin.lpb + 8), 0, &same));
  CHECK(same == 1);
}

static void session(const char *path) {
  Support *support = new_support(path);
  Support *second = new_support(path);
  Support *spooler = new_support(path);
  Opened o = log_on(support, 0, NULL);
  if (!CHECK_HR(S_OK, o.hr)) {
    return;
  }
  CHECK(o.cb > 0 && o.security != NULL && o.error == NULL && o.logon != NULL && o.store != NULL);
  check_introduced(support);
  IMAPIFolder *folder = check_work(o.store);
  check_logon(o.logon, &o, support);
  /* Logged on already: the open store once more, and no logon. */
  Opened again = log_on(second, o.cb, o.security);
  CHECK_HR(S_OK, again.hr);
  CHECK(again.logon == NULL && again.store == o.store && again.cb == 0 && again.security == NULL);
  CHECK(second->head.references == 1 && CALLS(second, SetProviderUID) == 0);
  /* The spooler has its own. */
  LPMAPIERROR error = NULL;
  LPMSLOGON spooler_logon = NULL;
  LPMDB spooler_store = NULL;
  CHECK_HR(S_OK, IMSProvider_SpoolerLogon(provider, (LPMAPISUP)spooler, 0, (LPTSTR)(ULONG_PTR) "profile", 0, NULL,
                                          MDB_WRITE | MDB_NO_DIALOG, NULL, o.cb, o.security, &error, &spooler_logon,
                                          &spooler_store));
  CHECK(error == NULL && spooler_logon != NULL && spooler_store != NULL && spooler_store != o.store);
  CHECK(CALLS(spooler, ModifyProfile) == 0);
  RELEASE(spooler_store);
  LPUNKNOWN root = NULL;
  ULONG type = 0;
  CHECK_HR(MAPI_E_INVALID_OBJECT, IMSLogon_OpenEntry(spooler_logon, 0, NULL, NULL, 0, &type, &root));
  RELEASE(spooler_logon);
  CHECK(spooler->head.references == 1 && CALLS(spooler, StoreLogoffTransports) == 1);
  free_block(o.security);
  CHECK(CALL(again.store, Release) == 1);
  CHECK(CALLS(support, StoreLogoffTransports) == 0);
  CHECK(CALL(o.store, Release) == 0);
  CHECK(CALLS(support, StoreLogoffTransports) == 1);
  CHECK_HR(MAPI_E_INVALID_OBJECT, CALL(folder, EmptyFolder, 0, NULL, 0));
  RELEASE(folder);
  ULONG flags = 0;
  HRESULT hr = IMSLogon_Logoff(o.logon, &flags);
  CHECK(hr == S_OK || hr == MAPI_E_INVALID_OBJECT);
  CHECK(IMSLogon_Release(o.logon) == 0);
  CHECK(support->head.references == 1);
  CHECK(foreign_release(support) == 0 && foreign_release(second) == 0 && foreign_release(spooler) == 0);
}

int main(int argc, char **argv) {
  ULONG version = 0x5A5A5A5A, flags = 0;
  IMSProvider *refused = (IMSProvider *)1;
  LPVOID shutdown = NULL;
  if (argc < 2) {
    fprintf(stderr, "provider STORE\n");
    return 2;
  }
  CHECK_HR(MAPI_E_VERSION, MSProviderInit(NULL, MAPIGetDefaultMalloc(), allocate, MAPIAllocateMore, free_block, 0,
                                          0x00010000, &version, &refused));
  CHECK(refused == NULL);
  if (!CHECK_HR(S_OK, MSProviderInit(NULL, MAPIGetDefaultMalloc(), allocate, MAPIAllocateMore, free_block, 0,
                                     CURRENT_SPI_VERSION, &version, &provider))) {
    return check_report();
  }
  CHECK(version == CURRENT_SPI_VERSION);
  CHECK_HR(S_OK, IMSProvider_QueryInterface(provider, &IID_IMAPIProviderShutdown, &shutdown));
  UlRelease(shutdown);
  refusals(argv[1]);
  configure(argv[1]);
  session(argv[1]);
  session(argv[1]); /* and once more, on what the first left */
  CHECK_HR(S_OK, IMSProvider_Shutdown(provider, &flags));
  CHECK(IMSProvider_Release(provider) == 0);
  CHECK(foreign_alive == 0);
  CHECK(host_wrong == 0);
  CHECK(blocks == 0);
  if (blocks != 0 || foreign_alive != 0) {
    printf("%d blocks, %d objects are left\n", (int)blocks, (int)foreign_alive);
  }
  return check_report();
}
