/* What the files of the library share. */
#ifndef LIBRARY_H
#define LIBRARY_H

#include <mapi4j.h>
#include <stdint.h>

/* On Windows library.def lists what is exported. */
#ifdef _WIN32
#define EXPORT
#else
#define EXPORT __attribute__((visibility("default")))
#endif

/* What the bridge takes too (ComLimits): counts beyond are refused before anything is read. */
#define ELEMENTS_MAX (1u << 20)
#define BYTES_MAX (1u << 30)

/* ---- walk.c: the pointers of properties and notifications ---- */

/* What a pointer points to: one thing, an array that its owner counts, or what says itself how long it is. */
typedef enum Contents { ONE, ARRAY, TEXT, WIDE_TEXT, TAGS } Contents;

/* A walk ends with the first failure. */
typedef struct Walk {
  /*
   * For each pointer: where it is, what it points to, and of one thing or an array how many of which size. Returns
   * where the walk goes on through what it points to; NULL for nowhere.
   */
  void *(*visit)(struct Walk *walk, void *pointer, Contents contents, ULONG count, size_t size);
  SCODE sc; /* what failed */
} Walk;

void walk_value(Walk *walk, SPropValue *prop, SCODE unknownType);
/* The pointer to the array, then those within. */
void walk_values(Walk *walk, LPSPropValue *props, ULONG count);
void walk_event(Walk *walk, NOTIFICATION *event);
void walk_events(Walk *walk, LPNOTIFICATION *events, ULONG count);

/* ---- space.c: deep copies ---- */

/* Where the pieces of a deep copy go: counted only, one after the other into one block, or into chained blocks. */
typedef struct Space {
  Walk walk;           /* first: a visit gets it */
  BYTE *next;          /* one block: the next free byte */
  LPALLOCATEMORE more; /* chained blocks */
  LPVOID chain;
  ULONGLONG bytes; /* used so far */
} Space;

/* A walk with one of these counts what is there, or replaces each pointer by one to a copy. */
Space space_counting(void);
Space space_in_block(void *block);
Space space_chained(LPALLOCATEMORE more, LPVOID chain);

/* ---- platform_*.c: all paths are UTF-8 ---- */

/* The path of this library. */
int platform_library(char *path, size_t size);
/* A text file up to a limit, to be freed; NULL when it cannot be read. */
char *platform_read(const char *path, size_t limit);
int platform_is_file(const char *path);
void platform_append(const char *path, const char *line);
/* A line for people: stderr, or the debugger's output. */
void platform_say(const char *line);
/* Stack left to the calling thread, bytes; SIZE_MAX where the system does not tell. */
size_t platform_stack_left(void);
#define STACK_ELSEWHERE ((size_t)-2) /* it runs on another one than its own: a coroutine's, a signal handler's */
/* A loaded JVM library, NULL when there is none. */
void *platform_loaded_jvm(void);
void *platform_load(const char *path, char *why, size_t size);
typedef void (*Function)(void);
Function platform_function(void *library, const char *name);
/* An environment variable as UTF-8, to be freed; NULL when unset or empty. */
char *platform_environment(const char *name);
/* A Java home that the system knows, number index from 0; 0 when there are no more. */
int platform_java_home(int index, char *home, size_t size);
/* Text as the JVM wants its options; to be freed. */
char *platform_option_text(const char *utf8);
typedef enum Lock { LOCK_JVM, LOCK_SINKS } Lock;
void platform_lock(Lock lock);
void platform_unlock(Lock lock);
/* Keeps this library loaded until the process ends. */
void platform_pin(void);
/* Runs a function on a thread of its own with a full-sized stack and waits for it. 0 when that failed. */
int platform_on_new_thread(void (*run)(void *), void *argument);
/* Has jvm_thread_ends called when the calling thread ends. */
void platform_watch_thread(void);
void jvm_thread_ends(void);
uint64_t platform_thread_id(void);
/* Makes the calling thread one that platform_wake reaches, where threads dispatch messages. */
void platform_expect_wake(void);
/* Has a thread call HrDispatchNotifications when it next dispatches messages. */
void platform_wake(uint64_t thread);

extern const char PLATFORM_SEPARATOR; /* of folders */
extern const char PLATFORM_PATH_SEPARATOR;
extern const char *const PLATFORM_JVM_NAME;
extern const char *const PLATFORM_JVM_OPTIONS[]; /* before those of the .ini; ends with NULL */
extern const char *const PLATFORM_JVM_PLACES[]; /* below a Java home; ends with NULL */

/* ---- memory.c ---- */

/* What a block of MAPIAllocateBuffer holds, bytes; 0 for anything else. */
size_t memory_size(LPVOID buffer);

/* ---- settings.c ---- */

typedef struct Settings {
  int oversized; /* the .ini was not read to its end */
  char library[2048];
  char folder[2048];
  char *jvm, *classpath, *options, *log; /* of the .ini, NULL when absent */
} Settings;

const Settings *settings(void);
/* S_OK, or why the .ini cannot be used. */
HRESULT settings_refusal(void);
/* A path of the .ini as an absolute one. */
void settings_path(char *path, size_t size, const char *value, size_t length);
/* One line for people, also in the log; returns its code. */
HRESULT tell(HRESULT hr, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- find_jvm.c ---- */

/* Loads a JVM library. */
HRESULT find_jvm(void **library, char *path, size_t size);

/* ---- jvm.c ---- */

HRESULT jvm_open_store(const char *utf8Path, ULONG flags, const char *utf8Options, LPALLOCATEBUFFER allocateBuffer,
                       LPALLOCATEMORE allocateMore, LPFREEBUFFER freeBuffer, LPMDB *out);
HRESULT jvm_provider_init(HINSTANCE instance, LPMALLOC malloc, LPALLOCATEBUFFER allocateBuffer,
                          LPALLOCATEMORE allocateMore, LPFREEBUFFER freeBuffer, ULONG flags, ULONG mapiVersion,
                          ULONG *providerVersion, LPMSPROVIDER *out);
HRESULT jvm_service_entry(HINSTANCE instance, LPMALLOC malloc, LPMAPISUP support, ULONG_PTR uiParam, ULONG flags,
                          ULONG context, ULONG count, LPSPropValue props, LPPROVIDERADMIN admin, LPMAPIERROR *error);

#endif
