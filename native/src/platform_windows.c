/* The operating system, as the rest of the library sees it: Windows. Inside, paths are UTF-8; outside, UTF-16. */
#include "library.h"

#include <stdio.h>
#include <stdlib.h>

const char PLATFORM_SEPARATOR = '\\';
const char PLATFORM_PATH_SEPARATOR = ';';
const char *const PLATFORM_JVM_NAME = "jvm.dll";
/* A thread that ends leaves the JVM while it holds a lock of the process (at best not the loader's: see thread_ends), and
 * waits there for a garbage collection under way. That waits for a thread which the JVM has just started, and which
 * needs the lock to begin. So the JVM starts its own threads once, not when it thinks fit. */
const char *const PLATFORM_JVM_OPTIONS[] = {"-XX:-UseDynamicNumberOfCompilerThreads",
                                            "-XX:-UseDynamicNumberOfGCThreads", NULL};
const char *const PLATFORM_JVM_PLACES[] = {"bin\\server\\jvm.dll", "bin\\client\\jvm.dll",
                                           /* where a JDK 8 has it */
                                           "jre\\bin\\server\\jvm.dll", NULL};

static HINSTANCE self;

static WCHAR *wide(const char *utf8) {
  int units = MultiByteToWideChar(CP_UTF8, 0, utf8, -1, NULL, 0);
  WCHAR *text = units <= 0 ? NULL : malloc((size_t)units * sizeof(WCHAR));
  if (text != NULL) {
    MultiByteToWideChar(CP_UTF8, 0, utf8, -1, text, units);
  }
  return text;
}

static char *narrow(const WCHAR *text, UINT page) {
  int bytes = WideCharToMultiByte(page, 0, text, -1, NULL, 0, NULL, NULL);
  char *out = bytes <= 0 ? NULL : malloc((size_t)bytes);
  if (out != NULL) {
    WideCharToMultiByte(page, 0, text, -1, out, bytes, NULL, NULL);
  }
  return out;
}

int platform_library(char *path, size_t size) {
  WCHAR file[2048];
  DWORD units = GetModuleFileNameW(self, file, 2048);
  return units > 0 && units < 2048 && WideCharToMultiByte(CP_UTF8, 0, file, -1, path, (int)size, NULL, NULL) > 0;
}

char *platform_read(const char *path, size_t limit) {
  WCHAR *name = wide(path);
  FILE *file = name == NULL ? NULL : _wfopen(name, L"rb");
  free(name);
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
  WCHAR *name = wide(path);
  DWORD attributes = name == NULL ? INVALID_FILE_ATTRIBUTES : GetFileAttributesW(name);
  free(name);
  return attributes != INVALID_FILE_ATTRIBUTES && !(attributes & FILE_ATTRIBUTE_DIRECTORY);
}

void platform_append(const char *path, const char *line) {
  WCHAR *name = wide(path);
  FILE *file = name == NULL ? NULL : _wfopen(name, L"ab");
  free(name);
  if (file != NULL) {
    fprintf(file, "%s\r\n", line);
    fclose(file);
  }
}

void platform_say(const char *line) {
  OutputDebugStringA(line);
  OutputDebugStringA("\n");
}

size_t platform_stack_left(void) {
  ULONG_PTR low = 0;
  ULONG_PTR high = 0;
  GetCurrentThreadStackLimits(&low, &high);
  ULONG_PTR here = (ULONG_PTR)__builtin_frame_address(0);
  return here >= low && here < high ? (size_t)(here - low) : STACK_ELSEWHERE;
}

void *platform_loaded_jvm(void) { return GetModuleHandleW(L"jvm.dll"); }

/* The runtime's own libraries lie one folder above the JVM's; a system that lacks one of Microsoft's takes it from there. */
static void *load_with_folder_above(const WCHAR *name) {
  WCHAR *folder = _wcsdup(name);
  for (int level = 0; folder != NULL && level < 2; level++) {
    WCHAR *end = wcsrchr(folder, L'\\');
    if (end != NULL) {
      *end = 0;
    }
  }
  DLL_DIRECTORY_COOKIE cookie = folder == NULL ? NULL : AddDllDirectory(folder);
  free(folder);
  void *library = LoadLibraryExW(name, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
  if (library == NULL && cookie != NULL) {
    RemoveDllDirectory(cookie);
  }
  return library;
}

/* A runtime whose modules jlink compressed inflates them by zip.dll, which it expects to be loaded. */
static void load_zip(const WCHAR *jvm) {
  WCHAR path[2048];
  if (wcslen(jvm) + 16 < sizeof path / sizeof *path) {
    wcscpy(path, jvm);
    for (int level = 0; level < 2; level++) {
      WCHAR *end = wcsrchr(path, L'\\');
      if (end == NULL) {
        return;
      }
      *end = 0;
    }
    wcscat(path, L"\\zip.dll");
    LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH); /* where there is none, none is needed */
  }
}

void *platform_load(const char *path, char *why, size_t size) {
  WCHAR *name = wide(path);
  void *library = name == NULL ? NULL : LoadLibraryExW(name, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
  if (library == NULL && name != NULL && GetLastError() == ERROR_MOD_NOT_FOUND) {
    library = load_with_folder_above(name);
  }
  if (library != NULL) {
    load_zip(name);
  } else {
    snprintf(why, size, "(Windows error %lu)", GetLastError());
  }
  free(name);
  return library;
}

Function platform_function(void *library, const char *name) { return (Function)GetProcAddress(library, name); }

char *platform_environment(const char *name) {
  WCHAR *key = wide(name);
  DWORD units = key == NULL ? 0 : GetEnvironmentVariableW(key, NULL, 0);
  WCHAR *value = units <= 1 ? NULL : malloc(units * sizeof(WCHAR));
  char *text = NULL;
  if (value != NULL && GetEnvironmentVariableW(key, value, units) > 0) {
    text = narrow(value, CP_UTF8);
  }
  free(value);
  free(key);
  return text;
}

static int registry(const WCHAR *key, const WCHAR *name, WCHAR *value, DWORD bytes) {
  return RegGetValueW(HKEY_LOCAL_MACHINE, key, name, RRF_RT_REG_SZ, NULL, value, &bytes) == ERROR_SUCCESS;
}

/* What installers of Java wrote into the registry. */
int platform_java_home(int index, char *home, size_t size) {
  static const WCHAR *const products[] = {L"SOFTWARE\\JavaSoft\\JDK", L"SOFTWARE\\JavaSoft\\JRE",
                                          L"SOFTWARE\\JavaSoft\\Java Runtime Environment"};
  if (index >= (int)(sizeof products / sizeof *products)) {
    return 0;
  }
  WCHAR version[128];
  WCHAR key[512];
  WCHAR value[1024];
  home[0] = 0;
  if (registry(products[index], L"CurrentVersion", version, sizeof version)) {
    swprintf(key, sizeof key / sizeof *key, L"%ls\\%ls", products[index], version);
    if (registry(key, L"JavaHome", value, sizeof value)) {
      WideCharToMultiByte(CP_UTF8, 0, value, -1, home, (int)size, NULL, NULL);
    }
  }
  return 1;
}

char *platform_option_text(const char *utf8) {
  WCHAR *text = wide(utf8);
  char *ansi = text == NULL ? NULL : narrow(text, CP_ACP);
  free(text);
  return ansi;
}

static SRWLOCK locks[] = {SRWLOCK_INIT, SRWLOCK_INIT};

void platform_lock(Lock lock) { AcquireSRWLockExclusive(&locks[lock]); }

void platform_unlock(Lock lock) { ReleaseSRWLockExclusive(&locks[lock]); }

void platform_pin(void) {
  HMODULE module;
  GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (LPCWSTR)(void *)&self,
                     &module);
}

typedef struct Run {
  void (*run)(void *);
  void *argument;
} Run;

static DWORD WINAPI run_it(LPVOID argument) {
  Run *run = argument;
  run->run(run->argument);
  return 0;
}

int platform_on_new_thread(void (*run)(void *), void *argument) {
  Run it = {run, argument};
  HANDLE thread = CreateThread(NULL, 8 << 20, run_it, &it, STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);
  if (thread == NULL) {
    return 0;
  }
  DWORD waited = WaitForSingleObject(thread, INFINITE);
  CloseHandle(thread);
  return waited == WAIT_OBJECT_0;
}

static DWORD slot = FLS_OUT_OF_INDEXES;

/* Found in ntdll.dll while this library is loaded, for the search takes the loader lock; NULL where it is not. */
static BOOLEAN(NTAPI *shutdown_in_progress)(void);

static void find_in_ntdll(void) {
  shutdown_in_progress =
      (BOOLEAN(NTAPI *)(void))(Function)GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "RtlDllShutdownInProgress");
}

/* While the process ends, other threads may be gone that hold the JVM's locks. */
static int process_ends(void) { return shutdown_in_progress != NULL && shutdown_in_progress(); }

/* Both JNA and java.lang.foreign let a thread leave the JVM when libraries are told of its end, which is under the
 * loader lock. Leaving waits for a garbage collection under way, and that for threads that run Java, any of which may
 * meet a fault that Java expects (a null, a page that stops it); Wine's search for the handler needs the loader lock,
 * and nobody goes on. This is called before, without that lock. */
static void NTAPI thread_ends(PVOID value) {
  if (value != NULL && !process_ends()) {
    jvm_thread_ends();
  }
}

void platform_watch_thread(void) {
  if (slot != FLS_OUT_OF_INDEXES) {
    FlsSetValue(slot, &slot);
  }
}

uint64_t platform_thread_id(void) { return GetCurrentThreadId(); }

/* ---- a window without a face per thread: messages to it deliver notifications ---- */

#define CLASS_NAME L"mapi4j notifications"
#define WM_DELIVER (WM_APP + 1)

typedef struct Window {
  struct Window *next;
  DWORD thread;
  HWND window;
} Window;

static Window *windows;

static LRESULT CALLBACK deliver(HWND window, UINT message, WPARAM wParam, LPARAM lParam) {
  if (message == WM_DELIVER) {
    HrDispatchNotifications(0);
    return 0;
  }
  return DefWindowProcW(window, message, wParam, lParam);
}

static Window *window_of(DWORD thread) {
  Window *at = windows;
  while (at != NULL && at->thread != thread) {
    at = at->next;
  }
  return at;
}

void platform_expect_wake(void) {
  DWORD thread = GetCurrentThreadId();
  platform_lock(LOCK_SINKS);
  Window *known = window_of(thread);
  platform_unlock(LOCK_SINKS);
  if (known != NULL && IsWindow(known->window)) {
    return;
  }
  WNDCLASSW class = {.lpfnWndProc = deliver, .hInstance = self, .lpszClassName = CLASS_NAME};
  RegisterClassW(&class); /* fails when it is registered already */
  HWND window = CreateWindowExW(0, CLASS_NAME, L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, self, NULL);
  if (window == NULL) {
    return; /* HrDispatchNotifications still delivers */
  }
  platform_pin(); /* the window's procedure is ours */
  if (known == NULL) {
    known = calloc(1, sizeof *known);
  }
  if (known != NULL) {
    platform_lock(LOCK_SINKS);
    known->window = window;
    if (known->thread == 0) {
      known->thread = thread;
      known->next = windows;
      windows = known;
    }
    platform_unlock(LOCK_SINKS);
  }
}

void platform_wake(uint64_t thread) {
  platform_lock(LOCK_SINKS);
  Window *known = window_of((DWORD)thread);
  HWND window = known == NULL ? NULL : known->window;
  platform_unlock(LOCK_SINKS);
  if (window != NULL) {
    PostMessageW(window, WM_DELIVER, 0, 0);
  }
}

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved);

/* Providers are loaded inside another library's DllMain: nothing starts here. Every thread is watched, for it may call an
 * object without ever calling the library. */
BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved) {
  if (reason == DLL_PROCESS_ATTACH) {
    self = instance;
    find_in_ntdll();
    slot = FlsAlloc(thread_ends);
  } else if (reason == DLL_THREAD_ATTACH) {
    platform_watch_thread();
  } else if (reason == DLL_PROCESS_DETACH && reserved == NULL && slot != FLS_OUT_OF_INDEXES) {
    FlsFree(slot); /* there is no JVM yet: with it the library stays */
  }
  return TRUE;
}
