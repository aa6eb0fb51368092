/*
 * Every slot of every object, called as no program should: NULL for each pointer in turn, counts and flags that make
 * no sense, garbage above 32-bit arguments, objects that are gone, never were or are somebody else's. The process
 * goes on, and outputs are as documented.
 */
#include "slots.h"

static const char *path;

static int is_reference_count(const Slot *slot) { return slot->number == 1 || slot->number == 2; }

/* Calls a slot and checks its outputs; the code. */
static HRESULT call_slot(Family *f, int kind, const Slot *slot, const Word *words, Outputs *o) {
  HRESULT hr = (HRESULT)call_words(function_of(f->object[kind], slot->number),
                                   (Word)(ULONG_PTR)f->object[kind], words);
  if (!CHECK(outputs_are_right(slot, words, o, hr))) {
    printf("in %s::%s\n", KINDS[kind].name, slot->name);
  }
  if (SUCCEEDED(hr)) {
    free_outputs(slot, words, o);
  }
  return hr;
}

typedef void Abuse(Family *f, int kind, const Slot *slot);

/* With fresh objects for every slot: one may close or delete them. */
static void each_slot(Abuse *abuse) {
  for (int kind = 0; kind < KIND_COUNT; kind++) {
    for (int i = 0; i < KINDS[kind].count; i++) {
      const Slot *slot = &KINDS[kind].slots[i];
      if (!is_reference_count(slot)) {
        Family f = family(path);
        abuse(&f, kind, slot);
        release_family(&f);
      }
    }
  }
}

static int required_refused;

static void nulls(Family *f, int kind, const Slot *slot) {
  Word words[PARAMETERS];
  Samples s;
  Outputs o;
  for (int i = 0; i < slot->parameters; i++) {
    if (is_pointer(&slot->parameter[i])) {
      fill_words(slot, kind, words, &s, &o, f);
      words[i] = 0;
      HRESULT hr = call_slot(f, kind, slot, words, &o);
      required_refused += hr == MAPI_E_INVALID_PARAMETER;
    }
  }
  fill_words(slot, kind, words, &s, &o, f);
  memset(words, 0, sizeof words);
  (void)call_slot(f, kind, slot, words, &o);
}

/* Only the lower half of a 32-bit argument is the caller's: the code is the same. */
static void upper_halves(Family *f, int kind, const Slot *slot) {
  Word words[PARAMETERS];
  Samples s;
  Outputs o;
  Family other = family(path);
  fill_words(slot, kind, words, &s, &o, f);
  HRESULT clean = call_slot(f, kind, slot, words, &o);
  fill_words(slot, kind, words, &s, &o, &other);
  for (int i = 0; i < slot->parameters; i++) {
    const char *type = slot->parameter[i].type;
    if (strcmp(type, "ULONG") == 0 || strcmp(type, "LONG") == 0 || strcmp(type, "DWORD") == 0) {
      words[i] |= 0xDEADBEEF00000000ULL;
    }
  }
  HRESULT dirty = (HRESULT)call_words(function_of(other.object[kind], slot->number),
                                      (Word)(ULONG_PTR)other.object[kind], words);
  if (!CHECK(dirty == clean)) {
    printf("%s::%s: 0x%08X, with garbage above 0x%08X\n", KINDS[kind].name, slot->name, (unsigned)clean,
           (unsigned)dirty);
  }
  if (SUCCEEDED(dirty)) {
    free_outputs(slot, words, &o);
  }
  release_family(&other);
}

/* The width of texts goes by the flags' top bit, whatever is above it. */
static void widths(void) {
  static const Word flags[] = {0, 0xFFFFFFFF00000000ULL, 0x80000000, 0xFFFFFFFF80000000ULL};
  Family f = family(path);
  IMessage *message = (IMessage *)f.object[MESSAGE];
  for (int i = 0; i < SIZE_OF(flags); i++) {
    LPMAPIERROR error = NULL;
    HRESULT hr = CALL(message, SetReadFlag, 0x40000000);
    Word words[PARAMETERS] = {(Word)(ULONG)hr, flags[i], (Word)(ULONG_PTR)&error};
    CHECK_HR(MAPI_E_UNKNOWN_FLAGS, hr);
    CHECK_HR(S_OK, (HRESULT)call_words(function_of(message, 3), (Word)(ULONG_PTR)message, words));
    if (CHECK(error != NULL && error->lpszComponent != NULL)) {
      const char *text = (const char *)error->lpszComponent;
      CHECK(text[0] != 0 && (text[1] == 0) == (i >= 2));
    }
    MAPIFreeBuffer(error);
  }
  release_family(&f);
}

static int unknown_refused;

static void flags(Family *f, int kind, const Slot *slot) {
  Word words[PARAMETERS];
  Samples s;
  Outputs o;
  for (int i = 0; i < slot->parameters; i++) {
    const Parameter *p = &slot->parameter[i];
    if (!is_pointer(p) && slot->parameter[i].count < 0 &&
        (strcmp(p->type, "ULONG") == 0 || strcmp(p->type, "DWORD") == 0)) {
      int counts = 0;
      for (int j = 0; j < slot->parameters; j++) {
        counts |= slot->parameter[j].count == i;
      }
      for (int bit = 0; !counts && bit <= 32; bit++) {
        fill_words(slot, kind, words, &s, &o, f);
        words[i] = bit == 32 ? 0xFFFFFFFF : words[i] ^ (1u << bit);
        unknown_refused += call_slot(f, kind, slot, words, &o) == MAPI_E_UNKNOWN_FLAGS;
      }
    }
  }
}

static void counts(Family *f, int kind, const Slot *slot) {
  static const Word values[] = {0, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF};
  Word words[PARAMETERS];
  Samples s;
  Outputs o;
  for (int i = 0; i < slot->parameters; i++) {
    const Parameter *p = &slot->parameter[i];
    if (p->direction == IN && p->count >= 0) {
      for (int v = 0; v < SIZE_OF(values); v++) {
        for (int null = 0; null < 2; null++) {
          fill_words(slot, kind, words, &s, &o, f);
          words[p->count] = values[v];
          words[i] = null ? 0 : words[i];
          HRESULT hr = call_slot(f, kind, slot, words, &o);
          if (values[v] != 0 && !CHECK(FAILED(hr))) {
            printf("%s::%s %s 0x%08X\n", KINDS[kind].name, slot->name, p->name, (unsigned)values[v]);
          }
        }
      }
    }
  }
}

/* Numbers that count nothing of the caller's: rows, sizes, positions. */
static void numbers(Family *f, int kind, const Slot *slot) {
  static const Word values[] = {0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x7FFFFFFFFFFFFFFFULL, 0xFFFFFFFFFFFFFFFFULL};
  Word words[PARAMETERS];
  Samples s;
  Outputs o;
  for (int i = 0; i < slot->parameters; i++) {
    const Parameter *p = &slot->parameter[i];
    int own = !is_pointer(p);
    for (int j = 0; j < slot->parameters; j++) {
      own &= slot->parameter[j].count != i;
    }
    /* A stream of 4 GB of zeros is no abuse, only slow. */
    for (int v = strcmp(slot->name, "SetSize") == 0 ? 3 : 0; own && v < SIZE_OF(values); v++) {
      fill_words(slot, kind, words, &s, &o, f);
      words[i] = values[v];
      (void)call_slot(f, kind, slot, words, &o);
    }
  }
}

static void arguments(Family *f, int kind, const Slot *slot) {
  nulls(f, kind, slot);
  counts(f, kind, slot);
  flags(f, kind, slot);
  numbers(f, kind, slot);
}

/* Everything that a call with a this of no object may answer. */
static void call_on(Function function, Word self, const Slot *slot, int kind, Family *f) {
  Word words[PARAMETERS];
  Samples s;
  Outputs o;
  fill_words(slot, kind, words, &s, &o, f);
  HRESULT hr = (HRESULT)call_words(function, self, words);
  HRESULT wanted = is_reference_count(slot) ? 0 : MAPI_E_INVALID_OBJECT;
  HRESULT missing = strcmp(slot->name, "QueryInterface") == 0 ? MAPI_E_INVALID_PARAMETER : wanted;
  if (!CHECK(hr == wanted || hr == missing)) {
    printf("%s::%s: 0x%08X\n", KINDS[kind].name, slot->name, (unsigned)hr);
  }
}

/* A pointer whose object is gone. */
static void released(void) {
  Family f = family(path);
  Family gone = family(path);
  Family kept = gone;
  release_family(&gone);
  for (int kind = 0; kind < KIND_COUNT; kind++) {
    for (int i = 0; i < KINDS[kind].count; i++) {
      const Slot *slot = &KINDS[kind].slots[i];
      call_on(function_of(kept.object[kind], slot->number), (Word)(ULONG_PTR)kept.object[kind], slot, kind, &f);
    }
  }
  release_family(&f);
}

/* Places that never were an object: of our slots, between two of them, or anywhere. */
static void forged(void) {
  Family f = family(path);
  struct {
    void *vtable;
    Word count;
  } copy = {*(void **)f.object[MESSAGE], 1};
  const Word object = (Word)(ULONG_PTR)f.object[MESSAGE];
  const Word selves[] = {0,
                         1,
                         8,
                         object + 8,
                         object + 1,
                         object + 16 * 3000,
                         object + (1ULL << 40),
                         (Word)(ULONG_PTR)&copy,
                         (Word)(ULONG_PTR)path,
                         0x7FFFFFFFFFFFFFFFULL,
                         0x8000000000000000ULL,
                         0xFFFFFFFFFFFFFFFFULL};
  for (int kind = 0; kind < KIND_COUNT; kind++) {
    for (int i = 0; i < KINDS[kind].count; i++) {
      const Slot *slot = &KINDS[kind].slots[i];
      for (int n = 0; n < SIZE_OF(selves); n++) {
        call_on(function_of(f.object[kind], slot->number), selves[n], slot, kind, &f);
      }
    }
  }
  CHECK(copy.count == 1);
  release_family(&f);
}

/* The vtable of a slot of the slab that was never given out, as a program with a wrong pointer calls it. */
static void never_issued(void) {
  Family f = family(path);
  char *cell = (char *)f.object[MESSAGE] + 16 * 3000;
  for (int i = 0; i < KINDS[STORE].count; i++) {
    const Slot *slot = &KINDS[STORE].slots[i];
    call_on(function_of(cell, slot->number), (Word)(ULONG_PTR)cell, slot, STORE, &f);
  }
  release_family(&f);
}

/* An object of another interface: our functions look at the object, not at what the caller says it is. */
static void wrong_interface(void) {
  Family f = family(path);
  for (int kind = 0; kind < KIND_COUNT; kind++) {
    for (int other = 0; other < KIND_COUNT; other++) {
      for (int i = 3; i < KINDS[kind].count; i++) {
        const Slot *slot = &KINDS[kind].slots[i];
        Word words[PARAMETERS];
        Samples s;
        Outputs o;
        if (kind == other || (kind < STREAM && other < STREAM && slot->number < 14)) {
          continue; /* it has the slot: one of IMAPIProp */
        }
        fill_words(slot, kind, words, &s, &o, &f);
        HRESULT hr = (HRESULT)call_words(function_of(f.object[kind], slot->number),
                                         (Word)(ULONG_PTR)f.object[other], words);
        if (!CHECK(hr == MAPI_E_INVALID_OBJECT && outputs_are_right(slot, words, &o, hr))) {
          printf("%s::%s on an %s: 0x%08X\n", KINDS[kind].name, slot->name, KINDS[other].name, (unsigned)hr);
        }
      }
    }
  }
  release_family(&f);
}

int main(int argc, char **argv) {
  if (argc < 2) {
    fprintf(stderr, "abuse STORE\n");
    return 2;
  }
  path = argv[1];
  IMsgStore *store = NULL; /* keeps the files open: opening them takes longer than everything else here */
  CHECK_HR(S_OK, Mapi4jOpenStore(path, MDB_WRITE | MAPI_CREATE, &store));
  each_slot(upper_halves);
  widths();
  check_say("upper halves");
  each_slot(arguments);
  CHECK(required_refused > 100);
  CHECK(unknown_refused > 500);
  check_say("arguments");
  released();
  forged();
  never_issued();
  check_say("no objects");
  wrong_interface();
  RELEASE(store);
  return check_report();
}
