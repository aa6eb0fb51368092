/*
 * The JVM: joined when the process has one, else started on the first call; never destroyed. Threads are attached as
 * daemons and detached when they end. The Java side is org.mapi4j.com.Host.
 */
#include "library.h"

#include <jni.h>
#include <stdio.h>
#include <stdlib.h>

#define HOST "org/mapi4j/com/Host"
#define OPTIONS_MAX 64
#define OPTION_BYTES_MAX 4096

typedef jint(JNICALL *GetCreated)(JavaVM **, jsize, jsize *);
typedef jint(JNICALL *Create)(JavaVM **, void **, void *);

static JavaVM *vm;
static jclass host; /* set when everything below is */
static jmethodID open_store;
static HRESULT broken; /* a start that failed cannot be repeated */

/* doctor reads this from the file, without loading it. */
__attribute__((used)) static const char bridge_mark[] = "mapi4j-bridge=" MAPI4J_BRIDGE_VERSION;

/* ---- class path ---- */

static void add_entry(char *path, size_t size, const char *entry, size_t length) {
  size_t used = strlen(path);
  if (used > 0 && used < size - 1) {
    path[used++] = PLATFORM_PATH_SEPARATOR;
  }
  settings_path(path + used, size - used, entry, length);
}

/* The class path of the .ini, or the jar beside or above the library. 0 for none, -1 for one that is too long. */
static int class_path(char *path, size_t size) {
  path[0] = 0;
  const char *given = settings()->classpath;
  while (given != NULL && *given != 0) {
    size_t length = strcspn(given, (char[]){PLATFORM_PATH_SEPARATOR, 0});
    if (length > 0) {
      add_entry(path, size, given, length);
    }
    given += length + (given[length] != 0);
  }
  if (path[0] != 0) {
    return strlen(path) < size - 1 ? 1 : -1;
  }
  char jar[4096];
  snprintf(jar, sizeof jar, "%s%cmapi4j.jar", settings()->folder, PLATFORM_SEPARATOR);
  for (int level = 0; level < 4; level++) {
    if (platform_is_file(jar)) {
      snprintf(path, size, "%s", jar);
      return 1;
    }
    char *name = strrchr(jar, PLATFORM_SEPARATOR);
    *name = 0;
    char *parent = strrchr(jar, PLATFORM_SEPARATOR);
    if (parent == NULL) {
      return 0;
    }
    snprintf(parent + 1, sizeof jar - (size_t)(parent + 1 - jar), "mapi4j.jar");
  }
  return 0;
}

static HRESULT no_jar(void) {
  return tell(MAPI4J_E_NO_JAR, "no mapi4j.jar beside or above %s: write classpath=<the jar> into its .ini",
              settings()->library);
}

/* ---- start ---- */

typedef struct Start {
  Create create;
  JavaVMOption options[OPTIONS_MAX];
  int count;
  jint result;
  const char *refused; /* why the options cannot all be passed */
} Start;

static void add_option(Start *start, const char *utf8) {
  if (start->count == OPTIONS_MAX) {
    start->refused = "there are more than 64 JVM options, the library's own included";
    return;
  }
  char *text = platform_option_text(utf8);
  if (text == NULL) {
    start->refused = "there is no memory for the JVM options";
  } else {
    start->options[start->count++].optionString = text;
  }
}

/* Options of the .ini: separated by blanks; "..." keeps blanks. */
static void add_options(Start *start, const char *text) {
  char one[OPTION_BYTES_MAX];
  while (text != NULL && *text != 0) {
    size_t length = 0;
    int quoted = 0;
    for (; *text != 0 && (quoted || (*text != ' ' && *text != '\t')); text++) {
      if (*text == '"') {
        quoted = !quoted;
      } else if (length < sizeof one - 1) {
        one[length++] = *text;
      } else {
        start->refused = "one of the JVM options has 4096 bytes or more";
      }
    }
    one[length] = 0;
    if (length > 0) {
      add_option(start, one);
    }
    text += strspn(text, " \t");
  }
}

/* On a thread of its own, whatever stack the caller has. */
static void create(void *argument) {
  Start *start = argument;
  JavaVMInitArgs arguments = {JNI_VERSION_10, start->count, start->options, JNI_FALSE};
  JNIEnv *env = NULL;
  start->result = start->create(&vm, (void **)&env, &arguments);
  if (start->result == JNI_OK) {
    (*vm)->DetachCurrentThread(vm);
  }
}

static HRESULT start_jvm(void) {
  void *library = NULL;
  char jvm[4096];
  char path[32768];
  char option[sizeof path + 32];
  int classes = class_path(path, sizeof path);
  if (classes <= 0) {
    return classes == 0 ? no_jar()
                        : tell(MAPI4J_E_NO_JAR, "classpath= of the .ini beside %s has more than %d KB as full paths",
                               settings()->library, (int)(sizeof path >> 10));
  }
  HRESULT hr = find_jvm(&library, jvm, sizeof jvm);
  if (FAILED(hr)) {
    return hr;
  }
  Start start = {.create = (Create)platform_function(library, "JNI_CreateJavaVM"), .result = JNI_ERR};
  if (start.create == NULL) {
    return tell(MAPI4J_E_NO_JVM, "%s is no JVM", jvm);
  }
  add_option(&start, "-Xrs");
  snprintf(option, sizeof option, "-Djava.class.path=%s", path);
  add_option(&start, option);
  snprintf(option, sizeof option, "-Dmapi4j.library=%s", settings()->library);
  add_option(&start, option);
  add_option(&start, "--enable-native-access=ALL-UNNAMED");
  for (int i = 0; PLATFORM_JVM_OPTIONS[i] != NULL; i++) {
    add_option(&start, PLATFORM_JVM_OPTIONS[i]);
  }
  add_options(&start, settings()->options);
  platform_pin();
  int ran = start.refused == NULL && platform_on_new_thread(create, &start);
  for (int i = 0; i < start.count; i++) {
    free(start.options[i].optionString);
  }
  if (start.refused != NULL) {
    return tell(MAPI4J_E_JVM_START, "%s, see options= of the .ini beside %s", start.refused, settings()->library);
  }
  if (!ran || start.result != JNI_OK) {
    vm = NULL;
    if (start.result == JNI_EVERSION) {
      broken = MAPI4J_E_JVM_TOO_OLD;
      return tell(broken, "the JVM %s is too old, Java 17 or later is needed", jvm);
    }
    broken = MAPI4J_E_JVM_START;
    return tell(broken,
                "the JVM %s did not start (JNI code %d): is it of Java 17 or later, and are the options of the .ini right?",
                jvm, (int)start.result);
  }
  return S_OK;
}

static int join_jvm(void) {
  void *library = platform_loaded_jvm();
  GetCreated created = library == NULL ? NULL : (GetCreated)platform_function(library, "JNI_GetCreatedJavaVMs");
  jsize count = 0;
  if (created == NULL || created(&vm, 1, &count) != JNI_OK || count == 0) {
    vm = NULL;
    return 0;
  }
  platform_pin();
  return 1;
}

/* ---- the Java side ---- */

/* What was thrown, as text; nothing is pending afterwards. */
static void thrown(JNIEnv *env, char *text, size_t size) {
  jthrowable fault = (*env)->ExceptionOccurred(env);
  snprintf(text, size, "nothing was thrown");
  (*env)->ExceptionClear(env);
  jclass type = fault == NULL ? NULL : (*env)->FindClass(env, "java/lang/Throwable");
  jmethodID method = type == NULL ? NULL : (*env)->GetMethodID(env, type, "toString", "()Ljava/lang/String;");
  jstring string = method == NULL ? NULL : (*env)->CallObjectMethod(env, fault, method);
  const char *utf = string == NULL || (*env)->ExceptionCheck(env) ? NULL : (*env)->GetStringUTFChars(env, string, NULL);
  if (utf != NULL) {
    snprintf(text, size, "%s", utf);
    (*env)->ReleaseStringUTFChars(env, string, utf);
  }
  (*env)->ExceptionClear(env);
}

static jobject new_object(JNIEnv *env, const char *type, const char *signature, jobject argument) {
  jclass class = (*env)->FindClass(env, type);
  jmethodID constructor = class == NULL ? NULL : (*env)->GetMethodID(env, class, "<init>", signature);
  return constructor == NULL ? NULL : (*env)->NewObject(env, class, constructor, argument);
}

static jobject call(JNIEnv *env, jobject object, const char *name, const char *signature, jobject argument) {
  if (object == NULL || (*env)->ExceptionCheck(env)) {
    return NULL;
  }
  jmethodID method = (*env)->GetMethodID(env, (*env)->GetObjectClass(env, object), name, signature);
  return method == NULL ? NULL : (*env)->CallObjectMethod(env, object, method, argument);
}

/* A JVM that someone else started need not have the jar: a class loader of ours finds it. */
static jclass load_host(JNIEnv *env) {
  char path[32768];
  if (class_path(path, sizeof path) <= 0) {
    return NULL;
  }
  jclass url = (*env)->FindClass(env, "java/net/URL");
  jsize count = 1;
  for (const char *c = path; *c != 0; c++) {
    count += *c == PLATFORM_PATH_SEPARATOR;
  }
  jobjectArray urls = url == NULL ? NULL : (*env)->NewObjectArray(env, count, url, NULL);
  char *entry = path;
  for (jsize i = 0; urls != NULL && i < count; i++) {
    size_t length = strcspn(entry, (char[]){PLATFORM_PATH_SEPARATOR, 0});
    entry[length] = 0;
    jstring name = (*env)->NewStringUTF(env, entry);
    jobject file = name == NULL ? NULL : new_object(env, "java/io/File", "(Ljava/lang/String;)V", name);
    jobject uri = call(env, file, "toURI", "()Ljava/net/URI;", NULL);
    jobject at = call(env, uri, "toURL", "()Ljava/net/URL;", NULL);
    if (at == NULL) {
      return NULL;
    }
    (*env)->SetObjectArrayElement(env, urls, i, at);
    entry += length + 1;
  }
  jobject loader = urls == NULL ? NULL : new_object(env, "java/net/URLClassLoader", "([Ljava/net/URL;)V", urls);
  jstring name = (*env)->NewStringUTF(env, "org.mapi4j.com.Host");
  return call(env, loader, "loadClass", "(Ljava/lang/String;)Ljava/lang/Class;", name);
}

static HRESULT no_host(JNIEnv *env) {
  char why[1024];
  thrown(env, why, sizeof why);
  if (strstr(why, "UnsupportedClassVersionError") != NULL) {
    return tell(MAPI4J_E_JVM_TOO_OLD, "the JVM is too old, Java 17 or later is needed: %s", why);
  }
  if (strstr(why, "NoClassDefFoundError") != NULL || strstr(why, "ClassNotFoundException") != NULL) {
    return tell(MAPI4J_E_NO_JAR, "mapi4j.jar is not on the class path (%s): set classpath= in the .ini beside %s", why,
                settings()->library);
  }
  return tell(MAPI4J_E_WRONG_JAR, "the jar does not fit this library, bridge version %s: %s", MAPI4J_BRIDGE_VERSION,
              why);
}

static HRESULT check_version(JNIEnv *env, jclass class) {
  jmethodID method = (*env)->GetStaticMethodID(env, class, "version", "()Ljava/lang/String;");
  jstring version = method == NULL ? NULL : (*env)->CallStaticObjectMethod(env, class, method);
  if (version == NULL || (*env)->ExceptionCheck(env)) {
    return no_host(env);
  }
  const char *utf = (*env)->GetStringUTFChars(env, version, NULL);
  HRESULT hr = S_OK;
  if (utf == NULL || strcmp(utf, MAPI4J_BRIDGE_VERSION) != 0) {
    hr = tell(MAPI4J_E_WRONG_JAR, "the jar has bridge version %s, this library %s: take both from one release",
              utf == NULL ? "unknown" : utf, MAPI4J_BRIDGE_VERSION);
  }
  if (utf != NULL) {
    (*env)->ReleaseStringUTFChars(env, version, utf);
  }
  return hr;
}

/* The class of the application's own loader, whatever Java code is on the stack below: FindClass would ask the loader
 * of the innermost frame, which for a call by java.lang.foreign is the JDK's. */
static jclass application_host(JNIEnv *env) {
  jclass type = (*env)->FindClass(env, "java/lang/ClassLoader");
  jmethodID system = type == NULL ? NULL
                                  : (*env)->GetStaticMethodID(env, type, "getSystemClassLoader",
                                                              "()Ljava/lang/ClassLoader;");
  jobject loader = system == NULL ? NULL : (*env)->CallStaticObjectMethod(env, type, system);
  jstring name = (*env)->NewStringUTF(env, "org.mapi4j.com.Host");
  jclass class = call(env, loader, "loadClass", "(Ljava/lang/String;)Ljava/lang/Class;", name);
  if ((*env)->ExceptionCheck(env)) {
    (*env)->ExceptionClear(env);
    return NULL;
  }
  return class;
}

static HRESULT bind_host(JNIEnv *env) {
  jclass class = application_host(env);
  if (class == NULL) {
    class = (*env)->FindClass(env, HOST);
  }
  if (class == NULL) {
    jthrowable first = (*env)->ExceptionOccurred(env);
    (*env)->ExceptionClear(env);
    class = load_host(env);
    if (class == NULL && !(*env)->ExceptionCheck(env) && first != NULL) {
      (*env)->Throw(env, first);
    }
  }
  if (class == NULL) {
    return no_host(env);
  }
  HRESULT hr = check_version(env, class);
  if (FAILED(hr)) {
    return hr;
  }
  open_store = (*env)->GetStaticMethodID(env, class, "openStore", "(Ljava/lang/String;ILjava/lang/String;JJJJ)J");
  jclass kept = open_store == NULL ? NULL : (*env)->NewGlobalRef(env, class);
  if (kept == NULL) {
    return no_host(env);
  }
  host = kept;
  return S_OK;
}

/* ---- threads ---- */

void jvm_thread_ends(void) {
  void *env = NULL;
  if (vm != NULL && (*vm)->GetEnv(vm, &env, JNI_VERSION_10) == JNI_OK) {
    (*vm)->DetachCurrentThread(vm);
  }
}

/* Java measures its calls by the stack that the thread was made with. On another one it would see an overflow where
 * there is none, or none where there is one. */
static HRESULT own_stack(size_t left) {
  return left != STACK_ELSEWHERE
             ? S_OK
             : tell(MAPI4J_E_SMALL_STACK, "the calling thread runs on another stack than its own (a coroutine's, a fiber's, "
                                          "a signal handler's), where Java cannot run: call from a thread's own stack");
}

static HRESULT enough_stack(void) {
  size_t left = platform_stack_left();
  HRESULT hr = own_stack(left);
  if (FAILED(hr) || left >= MAPI4J_STACK_BYTES_MIN) {
    return hr;
  }
  return tell(MAPI4J_E_SMALL_STACK, "the calling thread has %u KB of stack left, %u are needed", (unsigned)(left >> 10),
              (unsigned)(MAPI4J_STACK_BYTES_MIN >> 10));
}

static HRESULT attach(JNIEnv **env) {
  if ((*vm)->GetEnv(vm, (void **)env, JNI_VERSION_10) == JNI_OK) {
    return own_stack(platform_stack_left()); /* how much it needs, Java itself watches on a thread that it knows */
  }
  HRESULT hr = enough_stack();
  if (FAILED(hr)) {
    return hr;
  }
  JavaVMAttachArgs arguments = {JNI_VERSION_10, "mapi4j client", NULL};
  if ((*vm)->AttachCurrentThreadAsDaemon(vm, (void **)env, &arguments) != JNI_OK) {
    return tell(MAPI4J_E_JVM_START, "the JVM refused the calling thread");
  }
  platform_watch_thread();
  return S_OK;
}

static HRESULT ready_locked(JNIEnv **env) {
  if (FAILED(broken)) {
    return tell(broken, "the JVM did not start before");
  }
  HRESULT hr = settings_refusal();
  if (SUCCEEDED(hr) && vm == NULL && !join_jvm()) {
    hr = enough_stack();
    if (SUCCEEDED(hr)) {
      hr = start_jvm();
    }
  }
  if (SUCCEEDED(hr)) {
    hr = attach(env);
  }
  if (SUCCEEDED(hr) && host == NULL) {
    hr = (**env)->PushLocalFrame(*env, 32) == 0 ? bind_host(*env) : MAPI_E_NOT_ENOUGH_MEMORY;
    (**env)->PopLocalFrame(*env, NULL);
  }
  return hr;
}

/* The calling thread attached, the Java side found. */
static HRESULT ready(JNIEnv **env) {
  platform_lock(LOCK_JVM);
  HRESULT hr = ready_locked(env);
  platform_unlock(LOCK_JVM);
  return hr;
}

/* ---- calls ---- */

/* UTF-16 of UTF-8 that is well-formed; -1 when it is not. */
static int utf16(const char *utf8, jchar *out) {
  const unsigned char *s = (const unsigned char *)utf8;
  int count = 0;
  while (*s != 0) {
    int more = *s < 0x80 ? 0 : *s >= 0xC2 && *s < 0xE0 ? 1 : *s >= 0xE0 && *s < 0xF0 ? 2 : *s >= 0xF0 && *s < 0xF5 ? 3 : -1;
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    uint32_t code = more == 0 ? *s : *s & (0x3Fu >> more);
    if (more < 0) {
      return -1;
    }
    for (int i = 1; i <= more; i++) {
      if ((s[i] & 0xC0) != 0x80) {
        return -1;
      }
      code = code << 6 | (s[i] & 0x3Fu);
    }
    if (code < least[more] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) {
      return -1;
    }
    if (code >= 0x10000) {
      out[count++] = (jchar)(0xD7C0 + (code >> 10));
      out[count++] = (jchar)(0xDC00 + (code & 0x3FF));
    } else {
      out[count++] = (jchar)code;
    }
    s += more + 1;
  }
  return count;
}

static HRESULT string_of(JNIEnv *env, const char *utf8, jstring *string) {
  *string = NULL;
  if (utf8 == NULL) {
    return S_OK;
  }
  jchar *units = malloc((strlen(utf8) + 1) * sizeof(jchar));
  if (units == NULL) {
    return MAPI_E_NOT_ENOUGH_MEMORY;
  }
  int count = utf16(utf8, units);
  if (count >= 0) {
    *string = (*env)->NewString(env, units, count);
  }
  free(units);
  return count < 0 ? MAPI_E_INVALID_PARAMETER : *string == NULL ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

/* Nothing thrown reaches the caller: it would read as S_OK. */
static HRESULT result(JNIEnv *env, jint hr, void **out) {
  if ((*env)->ExceptionCheck(env)) {
    char why[1024];
    thrown(env, why, sizeof why);
    hr = tell(MAPI_E_CALL_FAILED, "the Java side failed: %s", why);
  }
  if (FAILED(hr) && out != NULL) {
    *out = NULL;
  }
  return hr;
}

static jlong address(const void *pointer) { return (jlong)(uintptr_t)pointer; }

static jlong code_address(Function function) { return (jlong)(uintptr_t)function; }

HRESULT jvm_open_store(const char *utf8Path, ULONG flags, const char *utf8Options, LPALLOCATEBUFFER allocateBuffer,
                       LPALLOCATEMORE allocateMore, LPFREEBUFFER freeBuffer, LPMDB *out) {
  JNIEnv *env = NULL;
  HRESULT hr = ready(&env);
  if (FAILED(hr)) {
    return hr;
  }
  if ((*env)->PushLocalFrame(env, 8) != 0) {
    (*env)->ExceptionClear(env);
    return MAPI_E_NOT_ENOUGH_MEMORY;
  }
  jstring path = NULL;
  jstring options = NULL;
  hr = string_of(env, utf8Path, &path);
  if (SUCCEEDED(hr)) {
    hr = string_of(env, utf8Options, &options);
  }
  if (SUCCEEDED(hr)) {
    hr = (HRESULT)(*env)->CallStaticLongMethod(env, host, open_store, path, (jint)flags, options,
                                     code_address((Function)allocateBuffer), code_address((Function)allocateMore),
                                     code_address((Function)freeBuffer), address(out));
  }
  hr = result(env, hr, (void **)out);
  (*env)->PopLocalFrame(env, NULL);
  return hr;
}

HRESULT jvm_provider_init(HINSTANCE instance, LPMALLOC malloc, LPALLOCATEBUFFER allocateBuffer,
                          LPALLOCATEMORE allocateMore, LPFREEBUFFER freeBuffer, ULONG flags, ULONG mapiVersion,
                          ULONG *providerVersion, LPMSPROVIDER *out) {
  JNIEnv *env = NULL;
  HRESULT hr = ready(&env);
  if (FAILED(hr)) {
    return hr;
  }
  jmethodID provider_init = (*env)->GetStaticMethodID(env, host, "providerInit", "(JJJJJIIJJ)J");
  if (provider_init == NULL) {
    return no_host(env);
  }
  hr = (HRESULT)(*env)->CallStaticLongMethod(env, host, provider_init, address(instance), address(malloc),
                                   code_address((Function)allocateBuffer), code_address((Function)allocateMore),
                                   code_address((Function)freeBuffer), (jint)flags, (jint)mapiVersion,
                                   address(providerVersion), address(out));
  hr = result(env, hr, (void **)out);
  if (FAILED(hr)) {
    *providerVersion = 0;
  }
  return hr;
}

HRESULT jvm_service_entry(HINSTANCE instance, LPMALLOC malloc, LPMAPISUP support, ULONG_PTR uiParam, ULONG flags,
                          ULONG context, ULONG count, LPSPropValue props, LPPROVIDERADMIN admin, LPMAPIERROR *error) {
  JNIEnv *env = NULL;
  HRESULT hr = ready(&env);
  if (FAILED(hr)) {
    return hr;
  }
  jmethodID service_entry = (*env)->GetStaticMethodID(env, host, "serviceEntry", "(JJJJIIIJJJ)J");
  if (service_entry == NULL) {
    return no_host(env);
  }
  hr = (HRESULT)(*env)->CallStaticLongMethod(env, host, service_entry, address(instance), address(malloc),
                                   address(support), (jlong)uiParam, (jint)flags, (jint)context, (jint)count,
                                   address(props), address(admin), address(error));
  return result(env, hr, NULL); /* a MAPIERROR tells of a failure: it stays */
}
