/* Deep copies, each piece at a multiple of 8 bytes; no object, no JVM. */
#include "library.h"

static ULONGLONG rounded(ULONGLONG size) { return (size + 7) & ~(ULONGLONG)7; }

static BOOL counts_only(const Space *space) { return space->next == NULL && space->more == NULL; }

/* A copy of memory, NULL while counting or after a failure. */
static void *copied(Space *space, const void *source, ULONGLONG size) {
  space->bytes += rounded(size);
  if (counts_only(space)) {
    return NULL;
  }
  void *target = NULL;
  if (space->next != NULL) {
    target = space->next;
    space->next += rounded(size);
  } else if (size > 0xFFFFFFFF) {
    space->walk.sc = MAPI_E_NOT_ENOUGH_MEMORY;
  } else {
    space->walk.sc = space->more((ULONG)size, space->chain, &target);
    if (space->walk.sc != S_OK ? SUCCEEDED(space->walk.sc) : target == NULL) {
      space->walk.sc = MAPI_E_NOT_ENOUGH_MEMORY; /* a routine that gives nothing and calls it success */
    }
  }
  if (space->walk.sc != S_OK) {
    return NULL;
  }
  memcpy(target, source, (size_t)size);
  return target;
}

static ULONGLONG wide_bytes(const WCHAR *text) {
  ULONGLONG units = 1;
  while (*text++ != 0) {
    units++;
  }
  return units * sizeof(WCHAR);
}

/* The bytes of what a pointer that is not NULL points to. */
static ULONGLONG bytes_of(Space *space, const void *source, Contents contents, ULONG count, size_t size) {
  switch (contents) {
    case TEXT:
      return strlen(source) + 1;
    case WIDE_TEXT:
      return wide_bytes(source);
    case TAGS:
      count = ((const SPropTagArray *)source)->cValues;
      if (count > ELEMENTS_MAX) {
        space->walk.sc = MAPI_E_INVALID_PARAMETER;
      }
      return sizeof(ULONG) + (ULONGLONG)count * sizeof(ULONG);
    case ONE:
      return size;
    case ARRAY:
      break;
  }
  /* a count that nothing can have fails */
  if (count > (size == 1 ? BYTES_MAX : ELEMENTS_MAX)) {
    space->walk.sc = MAPI_E_INVALID_PARAMETER;
  }
  return (ULONGLONG)count * size;
}

/*
 * The walk goes through the copies, whose pointers are still those of the source, and puts the copy of what each
 * points to there. One that only counts goes through the source, and writes nothing.
 */
static void *copy(Walk *walk, void *pointer, Contents contents, ULONG count, size_t size) {
  Space *space = (Space *)walk;
  void *source;
  memcpy(&source, pointer, sizeof source);
  void *target = NULL;
  if (contents == ARRAY && count == 0) {
    source = NULL;
  } else if (source == NULL && contents == ARRAY) {
    walk->sc = MAPI_E_INVALID_PARAMETER; /* a count without an array */
  } else if (source != NULL) {
    ULONGLONG bytes = bytes_of(space, source, contents, count, size);
    target = walk->sc == S_OK ? copied(space, source, bytes) : NULL;
  }
  if (counts_only(space)) {
    return walk->sc == S_OK ? source : NULL;
  }
  memcpy(pointer, &target, sizeof target);
  return target;
}

Space space_counting(void) { return (Space){.walk = {.visit = copy}}; }

Space space_in_block(void *block) { return (Space){.walk = {.visit = copy}, .next = block}; }

Space space_chained(LPALLOCATEMORE more, LPVOID chain) {
  return (Space){.walk = {.visit = copy}, .more = more, .chain = chain};
}
