/*
 * Which JVM: that of the .ini; a bundled one (folder "runtime" or "jre" beside or above the library); MAPI4J_JVM;
 * JAVA_HOME; what the system knows. The first two that someone named on purpose must work; the others are tried.
 * Of those, a JVM of 32 bits and one that is too old are passed over: neither is loaded.
 */
#include "library.h"

#include <stdio.h>
#include <stdlib.h>

enum { JAVA_VERSION_MIN = 17 };

typedef struct Search {
  void *library;
  char path[4096];
  char narrow[4096]; /* a JVM of 32 bits that was passed over */
  char old[4096];    /* one that is too old */
  int version;       /* that one's */
  char why[1024];
} Search;

static uint32_t little(const unsigned char *bytes) {
  return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

/* 64, 32 or 0 by the file's ELF or PE header. */
static int bits_of(const char *path) {
  enum { HEAD_BYTES = 4096 };
  unsigned char *head = (unsigned char *)platform_read(path, HEAD_BYTES);
  int bits = 0;
  if (head == NULL) {
    return 0;
  }
  if (memcmp(head, "\177ELF", 4) == 0) {
    bits = head[4] == 1 ? 32 : head[4] == 2 ? 64 : 0;
  } else if (head[0] == 'M' && head[1] == 'Z') {
    uint32_t pe = little(head + 0x3C);
    if (pe < HEAD_BYTES - 8 && memcmp(head + pe, "PE\0\0", 4) == 0) {
      unsigned machine = head[pe + 4] | (unsigned)head[pe + 5] << 8;
      bits = machine == 0x14C ? 32 : machine == 0x8664 ? 64 : 0;
    }
  }
  free(head);
  return bits;
}

/* What JAVA_VERSION="11.0.2" or "1.8.0_292" of a file named release says: 11 or 8; 0 without such a line. */
static int version_in(const char *text) {
  static const char key[] = "JAVA_VERSION=\"";
  const char *at = strstr(text, key);
  if (at == NULL) {
    return 0;
  }
  at += strlen(key);
  return atoi(strncmp(at, "1.", 2) == 0 ? at + 2 : at);
}

/*
 * The release of Java that a JVM library belongs to, by the file its home has; 0 when there is none. A JVM that is too
 * old would refuse an option by lines of its own, and could not be asked a second time.
 */
static int version_of(const char *path) {
  enum { FOLDERS_ABOVE = 5, RELEASE_BYTES = 65536 };
  char file[sizeof((Search *)0)->path];
  int version = 0;
  snprintf(file, sizeof file, "%s", path);
  for (int level = 0; level < FOLDERS_ABOVE && version == 0; level++) {
    char *end = strrchr(file, PLATFORM_SEPARATOR);
    if (end == NULL || (size_t)(end - file) > sizeof file - 16) {
      return 0;
    }
    snprintf(end, sizeof file - (size_t)(end - file), "%crelease", PLATFORM_SEPARATOR);
    char *text = platform_is_file(file) ? platform_read(file, RELEASE_BYTES) : NULL;
    version = text == NULL ? 0 : version_in(text);
    free(text);
    *end = 0;
  }
  return version;
}

static int try_library(Search *search, const char *path) {
  if (!platform_is_file(path)) {
    return 0;
  }
  if (bits_of(path) == 32) {
    snprintf(search->narrow, sizeof search->narrow, "%s", path);
    return 0;
  }
  int version = version_of(path);
  if (version != 0 && version < JAVA_VERSION_MIN) {
    snprintf(search->old, sizeof search->old, "%s", path);
    search->version = version;
    return 0;
  }
  search->library = platform_load(path, search->why, sizeof search->why);
  if (search->library != NULL) {
    snprintf(search->path, sizeof search->path, "%s", path);
  }
  return search->library != NULL;
}

/* Windows' loader wants its own kind of slash, and so does who looks for the folders above. */
static void own_slashes(char *path) {
  for (char *c = path; PLATFORM_SEPARATOR == '\\' && *c != 0; c++) {
    *c = *c == '/' ? '\\' : *c;
  }
}

/* A Java home, or the library itself. */
static int try_place(Search *search, const char *place) {
  char path[sizeof search->path];
  if (place == NULL || *place == 0) {
    return 0;
  }
  int length = snprintf(path, sizeof path, "%s", place);
  size_t name = strlen(PLATFORM_JVM_NAME);
  if ((size_t)length >= sizeof path) {
    return 0;
  }
  own_slashes(path);
  if ((size_t)length > name && strcmp(path + length - name, PLATFORM_JVM_NAME) == 0) {
    return try_library(search, path);
  }
  for (int i = 0; PLATFORM_JVM_PLACES[i] != NULL; i++) {
    int written = snprintf(path, sizeof path, "%s%c%s", place, PLATFORM_SEPARATOR, PLATFORM_JVM_PLACES[i]);
    own_slashes(path);
    if ((size_t)written < sizeof path && try_library(search, path)) {
      return 1;
    }
  }
  return 0;
}

static HRESULT too_old(const Search *search, const char *by) {
  return tell(MAPI4J_E_JVM_TOO_OLD, "%s is of Java %d, %s: Java %d or later is needed", by, search->version, search->old,
              JAVA_VERSION_MIN);
}

static HRESULT named(Search *search, const char *place, const char *by) {
  search->narrow[0] = search->old[0] = 0; /* one passed over before is not the one named */
  if (try_place(search, place)) {
    return S_OK;
  }
  if (search->narrow[0] != 0) {
    return tell(MAPI4J_E_JVM_32BIT, "%s names a JVM of 32 bits, %s: this library needs one of 64 bits", by,
                search->narrow);
  }
  if (search->old[0] != 0) {
    char what[64];
    snprintf(what, sizeof what, "what %s names", by);
    return too_old(search, what);
  }
  return tell(MAPI4J_E_NO_JVM, "%s names %s, where no JVM could be loaded %s", by, place, search->why);
}

static int bundled(Search *search) {
  static const char *const folders[] = {"runtime", "jre", "java-runtime"};
  const char *folder = settings()->folder;
  char place[4096];
  for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
    for (int up = 0; up < 2; up++) {
      snprintf(place, sizeof place, "%s%c%s%s", folder, PLATFORM_SEPARATOR,
               up == 0 ? "" : PLATFORM_SEPARATOR == '/' ? "../" : "..\\", folders[i]);
      if (try_place(search, place)) {
        return 1;
      }
    }
  }
  return 0;
}

static int of_system(Search *search) {
  char home[4096];
  char *java = platform_environment("JAVA_HOME");
  int found = try_place(search, java);
  free(java);
  for (int i = 0; !found && platform_java_home(i, home, sizeof home); i++) {
    found = try_place(search, home);
  }
  return found;
}

static HRESULT search_all(Search *search) {
  if (settings()->jvm != NULL) {
    char place[4096];
    settings_path(place, sizeof place, settings()->jvm, strlen(settings()->jvm));
    return named(search, place, "jvm= of the .ini");
  }
  if (bundled(search)) {
    return S_OK;
  }
  char *ours = platform_environment("MAPI4J_JVM");
  if (ours != NULL) {
    HRESULT hr = named(search, ours, "MAPI4J_JVM");
    free(ours);
    return hr;
  }
  if (of_system(search)) {
    return S_OK;
  }
  if (search->narrow[0] != 0) {
    return tell(MAPI4J_E_JVM_32BIT, "the only JVM found has 32 bits, %s: install a Java 17 or later of 64 bits",
                search->narrow);
  }
  if (search->old[0] != 0) {
    return too_old(search, "the only JVM found");
  }
  return tell(MAPI4J_E_NO_JVM,
              "no JVM found: write jvm=<Java home> into the .ini beside %s, or set MAPI4J_JVM or JAVA_HOME %s",
              settings()->library, search->why);
}

HRESULT find_jvm(void **library, char *path, size_t size) {
  Search *search = calloc(1, sizeof *search);
  if (search == NULL) {
    return MAPI_E_NOT_ENOUGH_MEMORY;
  }
  HRESULT hr = search_all(search);
  if (SUCCEEDED(hr)) {
    *library = search->library;
    snprintf(path, size, "%s", search->path);
  }
  free(search);
  return hr;
}
