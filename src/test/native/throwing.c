/*
 * Calls every slot of objects whose Java methods throw, out of a library in Java's process: what is thrown is a code
 * here, with outputs that are NULL or 0, and the next call is as if nothing had been.
 */
#include "slots.h"

#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

/* The objects in the order of KINDS. How many calls were answered with the code; -1 when one was answered otherwise. */
EXPORT LONG call_throwing(void **objects, HRESULT wanted) {
  Family f;
  LONG calls = 0, wrong = 0;
  memset(&f, 0, sizeof f);
  f.message.cb = sizeof f.message.ab;
  memcpy(f.object, objects, sizeof f.object);
  for (int kind = 0; kind < KIND_COUNT; kind++) {
    for (int i = 0; i < KINDS[kind].count; i++) {
      const Slot *slot = &KINDS[kind].slots[i];
      Word words[PARAMETERS];
      Samples s;
      Outputs o;
      if (slot->number < 3 || strcmp(slot->name, "GetLastError") == 0) {
        continue; /* what the bridge itself answers */
      }
      fill_words(slot, kind, words, &s, &o, &f);
      HRESULT hr = (HRESULT)call_words(function_of(f.object[kind], slot->number), (Word)(ULONG_PTR)f.object[kind], words);
      if (hr == wanted && outputs_are_right(slot, words, &o, hr)) {
        calls++;
      } else {
        printf("%s::%s: 0x%08X\n", KINDS[kind].name, slot->name, (unsigned)hr);
        wrong++;
      }
    }
  }
  fflush(stdout);
  return wrong == 0 ? calls : -1;
}

/* Whether GetLastError of a store says something about a code. */
EXPORT LONG says_why(IMsgStore *store, HRESULT hr) {
  LPMAPIERROR error = NULL;
  HRESULT got = CALL(store, GetLastError, hr, MAPI_UNICODE, &error);
  LONG says = got == S_OK && error != NULL && error->lpszError != NULL;
  MAPIFreeBuffer(error);
  return says;
}
