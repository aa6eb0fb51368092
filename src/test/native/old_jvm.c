/*
 * JVMs that are too old. REFUSES_JNI_10: Java 9 or earlier, asked for JNI of Java 10. REFUSES_OPTIONS: Java 10 to 16,
 * which knows that JNI and refuses an option that came later.
 */
#include <jni.h>

JNIEXPORT jint JNICALL JNI_CreateJavaVM(JavaVM **vm, void **env, void *arguments) {
  (void)vm;
  (void)env;
#ifdef REFUSES_OPTIONS
  return ((JavaVMInitArgs *)arguments)->version > JNI_VERSION_10 ? JNI_EVERSION : JNI_ERR;
#else
  return ((JavaVMInitArgs *)arguments)->version > JNI_VERSION_1_8 ? JNI_EVERSION : JNI_ERR;
#endif
}
