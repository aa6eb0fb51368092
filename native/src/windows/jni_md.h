/* The machine's part of jni.h, which a JDK for Linux has not for Windows: the x64 ABI's facts. */
#ifndef MAPI4J_JNI_MD_H
#define MAPI4J_JNI_MD_H

#define JNIEXPORT __declspec(dllexport)
#define JNIIMPORT __declspec(dllimport)
#define JNICALL __stdcall

typedef int jint;
typedef long long jlong;
typedef signed char jbyte;

#endif
