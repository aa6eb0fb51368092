#!/usr/bin/env bash
# Builds the native library for Linux and Windows: build.sh JAVA_HOME TARGET_FOLDER
# What lacks a tool is left out with a line that says so. Nothing is done when nothing changed.
set -euo pipefail
cd "$(dirname "$0")"
java_home=$1
data=../src/main/resources/org/mapi4j/spec
generator=../src/build/java/GenerateHeaders.java
mkdir -p "$2/build"
target=$(cd "$2" && pwd)

lacks() { # TOOL PACKAGES SYSTEM
  if command -v "$1" >/dev/null; then return 1; fi
  echo "NOT RUN: the native library for $3, $1 missing (apt-get install $2)"
}

build() { # NAME CMAKE-OPTION...
  local name=$1 build=$target/build/$1 stamp=$target/build/$1.stamp
  shift
  if [ -e "$stamp" ] && [ -z "$(find . "$data" "$generator" -newer "$stamp" -type f -print -quit)" ]; then
    return
  fi
  if ! { cmake -S . -B "$build" -DCMAKE_BUILD_TYPE=RelWithDebInfo -DMAPI4J_HEADERS="$target/include" \
    -DJDK_INCLUDE="$java_home/include" -DMAPI4J_OUTPUT="$target/$name" \
    -DMAPI4J_BRIDGE_VERSION="$(sed -n 's/^bridge *= *//p' version.properties)" "$@" &&
    cmake --build "$build"; } >"$build.log" 2>&1; then
    cat "$build.log"
    exit 1
  fi
  touch "$stamp"
}

headers=$target/include/mapidefs.h
if [ ! -e "$headers" ] || [ -n "$(find include "$data" "$generator" -newer "$headers" -type f -print -quit)" ]; then
  "$java_home/bin/java" "$generator" "$data" include "$target/include" "$target/test"
  touch "$headers"
fi
if [ ! -f "$java_home/include/jni.h" ]; then
  echo "NOT RUN: the native library, $java_home has no jni.h (apt-get install openjdk-17-jdk-headless)"
  exit 0
fi
if lacks cmake "cmake gcc g++ mingw-w64" "Linux and Windows"; then exit 0; fi
lacks gcc "gcc g++" Linux || build linux-x86-64
lacks x86_64-w64-mingw32-gcc mingw-w64 Windows || build win32-x86-64 \
  -DCMAKE_SYSTEM_NAME=Windows -DCMAKE_C_COMPILER=x86_64-w64-mingw32-gcc
