/*
 * <library>.ini beside the library: lines key=value, # or ; before comments, UTF-8. Relative paths start at the
 * library's folder. Keys: jvm (a Java home or its jvm library), classpath, options, log.
 */
#include "library.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define INI_BYTES_MAX 65536

static Settings loaded;
static int ready;

static char *trimmed(char *text) {
  while (*text == ' ' || *text == '\t') {
    text++;
  }
  size_t length = strlen(text);
  while (length > 0 && strchr(" \t\r\n", text[length - 1]) != NULL) {
    text[--length] = 0;
  }
  return text;
}

static void line(char *text) {
  text = trimmed(text);
  char *equals = strchr(text, '=');
  if (*text == '#' || *text == ';' || equals == NULL) {
    return;
  }
  *equals = 0;
  const char *name = trimmed(text);
  char *value = trimmed(equals + 1);
  if (*value == 0) {
    return;
  }
  const struct {
    const char *name;
    char **value;
  } keys[] = {{"jvm", &loaded.jvm}, {"classpath", &loaded.classpath}, {"options", &loaded.options}, {"log", &loaded.log}};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    if (strcmp(name, keys[i].name) == 0) {
      *keys[i].value = value;
    }
  }
}

static void load(void) {
  if (!platform_library(loaded.library, sizeof loaded.library)) {
    return;
  }
  memcpy(loaded.folder, loaded.library, sizeof loaded.folder);
  char *end = strrchr(loaded.folder, PLATFORM_SEPARATOR);
  if (end != NULL) {
    *end = 0;
  }
  static char ini[sizeof loaded.library + 8]; /* the calling thread's stack may be nearly full */
  snprintf(ini, sizeof ini, "%s", loaded.library);
  char *dot = strrchr(ini, '.');
  if (dot != NULL && dot > strrchr(ini, PLATFORM_SEPARATOR)) {
    *dot = 0;
  }
  strcat(ini, ".ini");
  char *text = platform_read(ini, INI_BYTES_MAX + 1); /* the values stay in it */
  if (text == NULL) {
    return;
  }
  if (strlen(text) > INI_BYTES_MAX) {
    loaded.oversized = 1; /* what of it is whole may still say where the log is */
    text[INI_BYTES_MAX] = 0;
    char *cut = strrchr(text, '\n');
    *(cut == NULL ? text : cut) = 0;
  }
  char *next = strncmp(text, "\xEF\xBB\xBF", 3) == 0 ? text + 3 : text;
  while (next != NULL) {
    char *this = next;
    next = strchr(this, '\n');
    if (next != NULL) {
      *next++ = 0;
    }
    line(this);
  }
}

/* Callers hold LOCK_JVM. */
const Settings *settings(void) {
  if (!ready) {
    load();
    ready = 1;
  }
  return &loaded;
}

HRESULT settings_refusal(void) {
  return !settings()->oversized
             ? S_OK
             : tell(MAPI4J_E_JVM_START, "the .ini beside %s has more than %d KB", loaded.library, INI_BYTES_MAX >> 10);
}

void settings_path(char *path, size_t size, const char *value, size_t length) {
  int absolute = length > 0 && (value[0] == '/' || value[0] == '\\' || (length > 1 && value[1] == ':'));
  if (absolute) {
    snprintf(path, size, "%.*s", (int)length, value);
  } else {
    snprintf(path, size, "%s%c%.*s", loaded.folder, PLATFORM_SEPARATOR, (int)length, value);
  }
}

HRESULT tell(HRESULT hr, const char *format, ...) {
  char text[2048];
  int length = snprintf(text, sizeof text, "mapi4j: 0x%08X ", (unsigned)hr);
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text + length, sizeof text - (size_t)length, format, arguments);
  va_end(arguments);
  platform_say(text);
  if (loaded.log != NULL) {
    size_t size = strlen(loaded.folder) + strlen(loaded.log) + 2;
    char *path = malloc(size);
    if (path != NULL) {
      settings_path(path, size, loaded.log, strlen(loaded.log));
      platform_append(path, text);
      free(path);
    }
  }
  return hr;
}
