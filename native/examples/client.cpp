// The same in C++: objects release themselves. A line to build and run it:
//   g++ -std=c++17 client.cpp -I ../../target/native/include -L ../../target/native/linux-x86-64 -lmapi4j -o client
//   LD_LIBRARY_PATH=../../target/native/linux-x86-64 ./client /tmp/store
// For Windows:
//   x86_64-w64-mingw32-g++ -std=c++17 client.cpp -I ../../target/native/include
//     ../../target/native/win32-x86-64/libmapi4j.dll.a -static -o client.exe
#define INITGUID
#define USES_IID_IMessage
#include <mapi4j.h>
#include <mapiguid.h>

#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

struct Releaser {
  void operator()(IUnknown *object) const { object->Release(); }
};

template <class T>
using Object = std::unique_ptr<T, Releaser>;

static void check(HRESULT hr, const char *what) {
  if (FAILED(hr)) {
    char code[16];
    std::snprintf(code, sizeof code, ": 0x%08X", static_cast<unsigned>(hr));
    throw std::runtime_error(what + std::string(code));
  }
}

static Object<IMsgStore> open_store(const char *path) {
  IMsgStore *store = nullptr;
  check(Mapi4jOpenStore(path, MDB_WRITE | MAPI_CREATE, &store), "Mapi4jOpenStore");
  return Object<IMsgStore>(store);
}

int main(int argc, char **argv) try {
  Object<IMsgStore> store = open_store(argc > 1 ? argv[1] : "store");
  IUnknown *found = nullptr;
  ULONG type = 0;
  check(store->OpenEntry(0, nullptr, nullptr, MAPI_MODIFY, &type, &found), "OpenEntry");
  Object<IMAPIFolder> root(static_cast<IMAPIFolder *>(found));
  IMessage *made = nullptr;
  check(root->CreateMessage(nullptr, 0, &made), "CreateMessage");
  Object<IMessage> message(made);
  SPropValue subject = {};
  subject.ulPropTag = PR_SUBJECT_A;
  subject.Value.lpszA = const_cast<LPSTR>("Hello from C++");
  check(HrSetOneProp(message.get(), &subject), "HrSetOneProp");
  check(message->SaveChanges(KEEP_OPEN_READWRITE), "SaveChanges");
  LPSPropValue read = nullptr;
  check(HrGetOneProp(message.get(), PR_SUBJECT_A, &read), "HrGetOneProp");
  std::printf("stored a message: %s\n", read->Value.lpszA);
  MAPIFreeBuffer(read);
  return 0;
} catch (const std::exception &fault) {
  std::fprintf(stderr, "%s\n", fault.what());
  return 1;
}
