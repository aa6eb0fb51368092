/*
 * Opens a store, puts a message into its root folder's subtree, reads it back. A line to build and run it:
 *   gcc client.c -I ../../target/native/include -L ../../target/native/linux-x86-64 -lmapi4j -o client
 *   LD_LIBRARY_PATH=../../target/native/linux-x86-64 ./client /tmp/store
 *   x86_64-w64-mingw32-gcc client.c -I ../../target/native/include ../../target/native/win32-x86-64/libmapi4j.dll.a -o client.exe
 */
#define INITGUID
#define USES_IID_IMessage
#include <mapi4j.h>
#include <mapiguid.h>
#include <stdio.h>

#ifdef _WIN32
#define TEXT16(text) L##text
#else
#define TEXT16(text) u##text
#endif

static int failed(HRESULT hr, const char *what) {
  if (FAILED(hr)) {
    fprintf(stderr, "%s: 0x%08X\n", what, (unsigned)hr);
  }
  return FAILED(hr);
}

int main(int argc, char **argv) {
  LPMDB store = NULL;
  LPMAPIFOLDER root = NULL;
  LPMESSAGE message = NULL;
  LPSPropValue read = NULL;
  ULONG type = 0;
  int bad = failed(Mapi4jOpenStore(argc > 1 ? argv[1] : "store", MDB_WRITE | MAPI_CREATE, &store), "Mapi4jOpenStore");
  /* No entry identifier: the root folder. */
  bad = bad || failed(IMsgStore_OpenEntry(store, 0, NULL, NULL, MAPI_MODIFY, &type, (LPUNKNOWN *)&root), "OpenEntry");
  bad = bad || failed(IMAPIFolder_CreateMessage(root, NULL, 0, &message), "CreateMessage");
  if (!bad) {
    SPropValue subject = {0};
    subject.ulPropTag = PR_SUBJECT_W;
    subject.Value.lpszW = (LPWSTR)TEXT16("Hello from C");
    bad = failed(HrSetOneProp((LPMAPIPROP)message, &subject), "HrSetOneProp");
  }
  bad = bad || failed(IMessage_SaveChanges(message, KEEP_OPEN_READWRITE), "SaveChanges");
  bad = bad || failed(HrGetOneProp((LPMAPIPROP)message, PR_SUBJECT_W, &read), "HrGetOneProp");
  if (!bad) {
    LPWSTR text = read->Value.lpszW;
    printf("stored a message of %d characters: ", lstrlenW(text));
    for (; *text != 0; text++) {
      putchar(*text < 128 ? *text : '?');
    }
    putchar('\n');
  }
  MAPIFreeBuffer(read);
  UlRelease(message);
  UlRelease(root);
  UlRelease(store);
  return bad;
}
