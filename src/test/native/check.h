/* Checks of a test program, and the threads they need. Last line of each: N passed, N failed. */
#ifndef CHECK_H
#define CHECK_H

#include <mapi4j.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
typedef HANDLE Thread;
#else
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>
typedef pthread_t Thread;
#endif

static int check_passed, check_failed;

static inline int check_report(void) {
  printf("%d passed, %d failed\n", check_passed, check_failed);
  fflush(stdout);
  return check_failed == 0 && check_passed > 0 ? 0 : 1;
}

/* How far a program is: one that hangs has said where. */
static inline void check_say(const char *what) {
  printf("%s: %d passed, %d failed so far\n", what, check_passed, check_failed);
  fflush(stdout);
}

static inline int check_count(int good, const char *what, const char *file, int line) {
  __atomic_add_fetch(good ? &check_passed : &check_failed, 1, __ATOMIC_RELAXED);
  if (!good) {
    printf("FAILED %s:%d %s\n", strrchr(file, '/') ? strrchr(file, '/') + 1 : file, line, what);
    fflush(stdout);
  }
  return good;
}

static inline int check_equal(HRESULT wanted, HRESULT got, const char *what, const char *file, int line) {
  char text[512];
  snprintf(text, sizeof text, "%s: wanted 0x%08X, got 0x%08X", what, (unsigned)wanted, (unsigned)got);
  return check_count(wanted == got, text, file, line);
}

#define CHECK(condition) check_count((condition) ? 1 : 0, #condition, __FILE__, __LINE__)
#define CHECK_HR(wanted, call) check_equal((wanted), (call), #call, __FILE__, __LINE__)

typedef struct ThreadRun {
  void (*run)(void *);
  void *argument;
} ThreadRun;

#ifdef _WIN32

static DWORD WINAPI thread_run(LPVOID argument) {
  ThreadRun *run = (ThreadRun *)argument;
  run->run(run->argument);
  return 0;
}

static inline Thread thread_start(ThreadRun *run, size_t stack) {
  return CreateThread(NULL, stack, thread_run, run, STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);
}

static inline void thread_join(Thread thread) {
  WaitForSingleObject(thread, INFINITE);
  CloseHandle(thread);
}

static inline void nap(unsigned milliseconds) { Sleep(milliseconds); }

#else

static void *thread_run(void *argument) {
  ThreadRun *run = (ThreadRun *)argument;
  run->run(run->argument);
  return NULL;
}

static inline Thread thread_start(ThreadRun *run, size_t stack) {
  pthread_t thread;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  if (stack != 0) {
    pthread_attr_setstacksize(&attributes, stack);
  }
  if (pthread_create(&thread, &attributes, thread_run, run) != 0) {
    printf("FAILED no thread\n");
    exit(3);
  }
  pthread_attr_destroy(&attributes);
  return thread;
}

static inline void thread_join(Thread thread) { pthread_join(thread, NULL); }

static inline void nap(unsigned milliseconds) { usleep(milliseconds * 1000); }

#endif

#endif
