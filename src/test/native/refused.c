/*
 * Why no store opens: each export that needs a JVM answers the code it is given here, and nothing is put out. The
 * calls are made on a thread with as little stack as is said, on this one where nothing is said; "opened" makes them once
 * more after this thread has opened the store. "elsewhere" makes them on a coroutine's stack of that size and on a signal
 * handler's, by a thread that the JVM knows and by one that it does not.
 */
#include "check.h"

#ifndef _WIN32
#include <signal.h>
#include <ucontext.h>
#endif

static const char *path;
static HRESULT wanted;

static void exports(void *argument) {
  LPMDB store = (LPMDB)&path;
  LPMSPROVIDER provider = (LPMSPROVIDER)&path;
  ULONG version = 0x5A5A5A5A;
  LPMAPIERROR error = (LPMAPIERROR)&path;
  (void)argument;
  CHECK_HR(wanted, Mapi4jOpenStore(path, MDB_WRITE | MAPI_CREATE, &store));
  CHECK(store == NULL);
  CHECK_HR(wanted, MSProviderInit(NULL, MAPIGetDefaultMalloc(), MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, 0,
                                  CURRENT_SPI_VERSION, &version, &provider));
  CHECK(provider == NULL && version == 0);
  CHECK_HR(wanted, ServiceEntry(NULL, MAPIGetDefaultMalloc(), NULL, 0, 0, MSG_SERVICE_CONFIGURE, 0, NULL, NULL, &error));
  CHECK(error == NULL);
}

#ifdef _WIN32

/* Wine gives no thread less than 1 MB: what is too much is used up instead. */
static void use_up_stack(void *argument) {
  ULONG_PTR low = 0, high = 0;
  GetCurrentThreadStackLimits(&low, &high);
  size_t left = (size_t)((ULONG_PTR)__builtin_frame_address(0) - low);
  volatile char *used = __builtin_alloca(left - *(size_t *)argument);
  *used = 1;
  exports(NULL);
}

static void with_stack(size_t bytes) {
  ThreadRun run = {use_up_stack, &bytes};
  thread_join(thread_start(&run, 0));
}

#else

static void with_stack(size_t bytes) {
  ThreadRun run = {exports, NULL};
  thread_join(thread_start(&run, bytes));
}

static void coroutine(void) { exports(NULL); }

static void handler(int signal) {
  (void)signal;
  exports(NULL);
}

/* On a stack of the thread's own making; the thread's own waits. */
static void elsewhere(void *argument) {
  size_t bytes = *(size_t *)argument;
  ucontext_t own, other;
  void *stack = malloc(bytes);
  getcontext(&other);
  other.uc_stack.ss_sp = stack;
  other.uc_stack.ss_size = bytes;
  other.uc_link = &own;
  makecontext(&other, coroutine, 0);
  CHECK(swapcontext(&own, &other) == 0);
  stack_t alternate = {.ss_sp = stack, .ss_size = bytes}, before;
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_ONSTACK};
  CHECK(sigaltstack(&alternate, &before) == 0 && sigaction(SIGUSR1, &action, NULL) == 0);
  CHECK(raise(SIGUSR1) == 0);
  CHECK(sigaltstack(&before, NULL) == 0);
  free(stack);
}

static void check_elsewhere(size_t bytes) {
  LPMDB store = NULL;
  ThreadRun run = {elsewhere, &bytes};
  elsewhere(&bytes);
  CHECK_HR(S_OK, Mapi4jOpenStore(path, MDB_WRITE | MAPI_CREATE, &store));
  elsewhere(&bytes);
  thread_join(thread_start(&run, 0));
  CHECK(UlRelease(store) == 0);
  CHECK_HR(S_OK, Mapi4jOpenStore(path, MDB_WRITE, &store));
  CHECK(UlRelease(store) == 0);
}

#endif

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "refused STORE CODE [STACK-BYTES [opened|elsewhere]]\n");
    return 2;
  }
  path = argv[1];
  wanted = (HRESULT)strtoul(argv[2], NULL, 16);
  if (argc == 3) {
    exports(NULL);
    return check_report();
  }
  size_t bytes = (size_t)strtoul(argv[3], NULL, 10);
#ifndef _WIN32
  if (argc > 4 && strcmp(argv[4], "elsewhere") == 0) {
    check_elsewhere(bytes);
    return check_report();
  }
#endif
  with_stack(bytes);
  if (argc > 4) { /* the same for a thread that comes when the JVM runs */
    LPMDB store = NULL;
    CHECK_HR(S_OK, Mapi4jOpenStore(path, MDB_WRITE | MAPI_CREATE, &store));
    with_stack(bytes);
    UlRelease(store);
  }
  return check_report();
}
