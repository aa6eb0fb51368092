// Prints the slots, argument widths, sizes and offsets of MAPI's interfaces and structures as the headers on the
// include path have them: ours, or with -DFOREIGN mingw-w64's. Slots come from the ABI's pointers to virtual functions.
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <initializer_list>
#include <string>
#include <type_traits>
#ifdef FOREIGN
#include <windows.h>
#include <initguid.h>
#include <mapix.h>
#include <mapispi.h>
#include <mapiutil.h>
#else
#include <mapispi.h>
#include <mapiutil.h>
#endif

// Itanium C++ ABI: 1 + the offset in the vtable.
template <class P>
static long slot(P method) {
  size_t word = 0;
  memcpy(&word, &method, sizeof word);
  return (word & 1) ? long((word - 1) / sizeof(void *)) : -1;
}

// A reference is as wide as a pointer; of a pointer to numbers their width follows after >.
template <class A>
struct Width {
  static std::string text() { return std::to_string(std::is_reference<A>::value ? sizeof(void *) : sizeof(A)); }
};

template <class A>
struct Width<A *> {
  static std::string text() { return text(std::is_arithmetic<A>()); }
  static std::string text(std::true_type) { return std::to_string(sizeof(A *)) + ">" + std::to_string(sizeof(A)); }
  static std::string text(std::false_type) { return std::to_string(sizeof(A *)); }
};

template <class R, class C, class... A>
static void print(const char *type, const char *name, R (C::*method)(A...)) {
  std::string widths;
  for (const std::string &width : std::initializer_list<std::string>{Width<A>::text()...}) {
    widths += " " + width;
  }
  printf("%s::%s\tslot %ld returns %d takes%s\n", type, name, slot(method), int(sizeof(R)), widths.c_str());
}

#define METHOD(type, name) print(#type, #name, &type::name);
#define INHERITED(type, name) printf("%s::%s\tslot %ld\n", #type, #name, slot(&type::name));
// Windows' IUnknown has a template of the same name.
#define QUERY(type) \
  print(#type, "QueryInterface", \
        static_cast<HRESULT (STDMETHODCALLTYPE type::*)(REFIID, void **)>(&type::QueryInterface));
#define STRUCTURE(type) printf("%s\tsize %d\n", #type, int(sizeof(type)));
#define FIELD(type, name) \
  printf("%s.%s\toffset %d size %d\n", #type, #name, int(offsetof(type, name)), int(sizeof(((type *)0)->name)));

void layout();

int main() {
  layout();
  printf("ENTRYLIST\tsize %d\nSTATSTG\tsize %d\nFILETIME\tsize %d\nGUID\tsize %d\nLARGE_INTEGER\tsize %d\n"
         "CURRENCY\tsize %d\nWCHAR\tsize %d\nULONG\tsize %d\nHRESULT\tsize %d\n",
         int(sizeof(ENTRYLIST)), int(sizeof(STATSTG)), int(sizeof(FILETIME)), int(sizeof(GUID)),
         int(sizeof(LARGE_INTEGER)), int(sizeof(CURRENCY)), int(sizeof(WCHAR)), int(sizeof(ULONG)), int(sizeof(HRESULT)));
  FIELD(STATSTG, pwcsName) FIELD(STATSTG, type) FIELD(STATSTG, cbSize) FIELD(STATSTG, mtime) FIELD(STATSTG, grfMode)
  FIELD(STATSTG, clsid) FIELD(STATSTG, grfStateBits) FIELD(STATSTG, reserved)
  return 0;
}

#include "layout.inc"
