/* What a JVM of Java 9 or earlier answers to who asks for JNI of Java 10. */
#include <jni.h>

JNIEXPORT jint JNICALL JNI_CreateJavaVM(JavaVM **vm, void **env, void *arguments) {
  (void)vm;
  (void)env;
  return ((JavaVMInitArgs *)arguments)->version > JNI_VERSION_1_8 ? JNI_EVERSION : JNI_ERR;
}
