/*
 * Garbage collections of the JVM in this process, forced through JNI by a thread of their own: ten without a gap, then
 * a breath, for without one every other thread stands still all but always, and the program takes minutes.
 */
#ifndef COLLECTOR_H
#define COLLECTOR_H

#include "check.h"
#include <jni.h>

#ifndef _WIN32
#include <dlfcn.h>
#endif

enum { COLLECTIONS = 10, BREATH_MILLIS = 20 };

typedef jint(JNICALL *GetCreated)(JavaVM **, jsize, jsize *);

typedef struct Collector {
  JavaVM *vm;
  int stop;
  int collections;
  ThreadRun run;
  Thread thread;
} Collector;

static inline JavaVM *collector_vm(void) {
  JavaVM *vm = NULL;
  jsize count = 0;
  GetCreated created = NULL;
#ifdef _WIN32
  HMODULE library = GetModuleHandleA("jvm.dll");
  if (library != NULL) {
    created = (GetCreated)(void *)GetProcAddress(library, "JNI_GetCreatedJavaVMs");
  }
#else
  void *library = dlopen("libjvm.so", RTLD_NOLOAD | RTLD_NOW);
  if (library != NULL) {
    *(void **)&created = dlsym(library, "JNI_GetCreatedJavaVMs");
  }
#endif
  return created != NULL && created(&vm, 1, &count) == JNI_OK && count == 1 ? vm : NULL;
}

static inline void collector_runs(void *argument) {
  Collector *collector = (Collector *)argument;
  JNIEnv *env = NULL;
  if ((*collector->vm)->AttachCurrentThreadAsDaemon(collector->vm, (void **)&env, NULL) != JNI_OK) {
    return;
  }
  jclass system = (*env)->FindClass(env, "java/lang/System");
  jmethodID gc = system == NULL ? NULL : (*env)->GetStaticMethodID(env, system, "gc", "()V");
  while (gc != NULL && !__atomic_load_n(&collector->stop, __ATOMIC_ACQUIRE)) {
    (*env)->CallStaticVoidMethod(env, system, gc);
    if (++collector->collections % COLLECTIONS == 0) {
      nap(BREATH_MILLIS);
    }
  }
  (*collector->vm)->DetachCurrentThread(collector->vm);
}

static inline int collector_starts(Collector *collector) {
  memset(collector, 0, sizeof *collector);
  collector->vm = collector_vm();
  if (collector->vm == NULL) {
    return 0;
  }
  collector->run.run = collector_runs;
  collector->run.argument = collector;
  collector->thread = thread_start(&collector->run, 0);
  return 1;
}

/* How often garbage was collected. */
static inline int collector_ends(Collector *collector) {
  if (collector->vm != NULL) {
    __atomic_store_n(&collector->stop, 1, __ATOMIC_RELEASE);
    thread_join(collector->thread);
  }
  return collector->collections;
}

#endif
