/* The operating system, as the rest of the library sees it: Linux. */
#define _GNU_SOURCE
#include "library.h"

#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

const char PLATFORM_SEPARATOR = '/';
const char PLATFORM_PATH_SEPARATOR = ':';
const char *const PLATFORM_JVM_NAME = "libjvm.so";
const char *const PLATFORM_JVM_OPTIONS[] = {NULL};
const char *const PLATFORM_JVM_PLACES[] = {"lib/server/libjvm.so", "lib/client/libjvm.so",
                                           /* where Java 8 has it */
                                           "lib/amd64/server/libjvm.so", "jre/lib/amd64/server/libjvm.so", NULL};

int platform_library(char *path, size_t size) {
  static const char here = 0;
  Dl_info info;
  char *resolved = dladdr(&here, &info) == 0 || info.dli_fname == NULL ? NULL : realpath(info.dli_fname, NULL);
  int fits = resolved != NULL && (size_t)snprintf(path, size, "%s", resolved) < size;
  free(resolved);
  return fits;
}

char *platform_read(const char *path, size_t limit) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) {
    return NULL;
  }
  char *text = calloc(1, limit + 1);
  if (text != NULL) {
    text[fread(text, 1, limit, file)] = 0;
  }
  fclose(file);
  return text;
}

int platform_is_file(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

void platform_append(const char *path, const char *line) {
  FILE *file = fopen(path, "ab");
  if (file != NULL) {
    fprintf(file, "%s\n", line);
    fclose(file);
  }
}

/* fprintf would put 8 KB on a stack that may be nearly full. */
void platform_say(const char *line) {
  flockfile(stderr);
  fputs(line, stderr);
  fputs("\n", stderr);
  funlockfile(stderr);
}

size_t platform_stack_left(void) {
  pthread_attr_t attributes;
  void *lowest = NULL;
  size_t size = 0;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) {
    return SIZE_MAX;
  }
  int known = pthread_attr_getstack(&attributes, &lowest, &size) == 0;
  pthread_attr_destroy(&attributes);
  /* As numbers: pointers into another stack than the thread's own cannot be compared with it. */
  uintptr_t here = (uintptr_t)__builtin_frame_address(0);
  uintptr_t low = (uintptr_t)lowest;
  return !known ? SIZE_MAX : here - low < size ? here - low : STACK_ELSEWHERE;
}

void *platform_loaded_jvm(void) { return dlopen(PLATFORM_JVM_NAME, RTLD_NOW | RTLD_NOLOAD); }

void *platform_load(const char *path, char *why, size_t size) {
  void *library = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
  if (library == NULL) {
    snprintf(why, size, "%s", dlerror());
  }
  return library;
}

Function platform_function(void *library, const char *name) {
  void *symbol = dlsym(library, name);
  Function function;
  memcpy(&function, &symbol, sizeof function);
  return function;
}

char *platform_environment(const char *name) {
  const char *value = getenv(name);
  return value == NULL || *value == 0 ? NULL : strdup(value);
}

/* The home of the java on the PATH: two folders above what its links lead to. */
static int home_of(const char *folder, size_t length, char *home, size_t size) {
  char java[PATH_MAX];
  char resolved[PATH_MAX];
  if ((size_t)snprintf(java, sizeof java, "%.*s/java", (int)length, folder) >= sizeof java ||
      realpath(java, resolved) == NULL || access(resolved, X_OK) != 0) {
    return 0;
  }
  for (int level = 0; level < 2; level++) {
    char *slash = strrchr(resolved, '/');
    if (slash == NULL) {
      return 0;
    }
    *slash = 0;
  }
  return (size_t)snprintf(home, size, "%s", resolved) < size;
}

static int on_path(char *home, size_t size) {
  const char *path = getenv("PATH");
  while (path != NULL && *path != 0) {
    size_t length = strcspn(path, ":");
    if (length > 0 && home_of(path, length, home, size)) {
      return 1;
    }
    path += length + (path[length] == ':');
  }
  return 0;
}

int platform_java_home(int index, char *home, size_t size) {
  if (index == 0) {
    home[0] = 0;
    return on_path(home, size) || snprintf(home, size, "/usr/lib/jvm/default-java") > 0;
  }
  return index == 1 && snprintf(home, size, "/usr/lib/jvm/default-java") > 0;
}

char *platform_option_text(const char *utf8) { return strdup(utf8); }

static pthread_mutex_t locks[] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};

void platform_lock(Lock lock) { pthread_mutex_lock(&locks[lock]); }

void platform_unlock(Lock lock) { pthread_mutex_unlock(&locks[lock]); }

void platform_pin(void) {} /* linked with -z nodelete */

typedef struct Run {
  void (*run)(void *);
  void *argument;
} Run;

static void *run_it(void *argument) {
  Run *run = argument;
  run->run(run->argument);
  return NULL;
}

int platform_on_new_thread(void (*run)(void *), void *argument) {
  Run it = {run, argument};
  pthread_attr_t attributes;
  pthread_t thread;
  if (pthread_attr_init(&attributes) != 0) {
    return 0;
  }
  pthread_attr_setstacksize(&attributes, 8 << 20);
  int created = pthread_create(&thread, &attributes, run_it, &it) == 0;
  pthread_attr_destroy(&attributes);
  return created && pthread_join(thread, NULL) == 0;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static int keyed;

static void thread_ends(void *value) {
  (void)value;
  jvm_thread_ends();
}

static void make_key(void) { keyed = pthread_key_create(&key, thread_ends) == 0; }

void platform_watch_thread(void) {
  pthread_once(&once, make_key);
  if (keyed) {
    pthread_setspecific(key, &key);
  }
}

uint64_t platform_thread_id(void) { return (uint64_t)syscall(SYS_gettid); }

void platform_expect_wake(void) {} /* no messages here: HrDispatchNotifications delivers */

void platform_wake(uint64_t thread) { (void)thread; }
