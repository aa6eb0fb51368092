/*
 * Preloaded into a process, journals what it does to the files below one directory, so that a test
 * can rebuild what a power cut would have left. What it prints to standard output is journaled too:
 * it says what was acknowledged, and when. Several processes may have one journal, when one of them
 * writes the files at a time. A process that exits leaves no write that is not in it.
 *
 * Environment: MAPI4J_JOURNAL_DIR the directory, MAPI4J_JOURNAL the journal's path.
 * A record: 1 byte kind, 4 bytes length of a name, 8 bytes offset, 4 bytes length of data, then the
 * name and the data; integers in the machine's order. Kinds: O created or truncated at opening,
 * W write, T truncate to offset, f sync begins, F sync ended, R rename (the data is the new name),
 * D unlink, A standard output.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define FDS 65536

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *directory;
static size_t directory_length;
static int journal = -1;
static char *names[FDS];

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static int (*real_open)(const char *, int, ...);
static int (*real_openat)(int, const char *, int, ...);
static int (*real_close)(int);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off64_t);
static int (*real_rename)(const char *, const char *);
static int (*real_unlink)(const char *);
static int (*real_unlinkat)(int, const char *, int);

__attribute__((constructor)) static void start(void) {
  real_write = dlsym(RTLD_NEXT, "write");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_open = dlsym(RTLD_NEXT, "open64");
  real_openat = dlsym(RTLD_NEXT, "openat64");
  real_close = dlsym(RTLD_NEXT, "close");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  real_rename = dlsym(RTLD_NEXT, "rename");
  real_unlink = dlsym(RTLD_NEXT, "unlink");
  real_unlinkat = dlsym(RTLD_NEXT, "unlinkat");
  const char *path = getenv("MAPI4J_JOURNAL");
  directory = getenv("MAPI4J_JOURNAL_DIR");
  if (path && directory) {
    directory_length = strlen(directory);
    journal = real_open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
  }
  unsetenv("LD_PRELOAD");
}

__attribute__((destructor)) static void stop(void) { pthread_mutex_lock(&lock); }

static int ours(const char *path) {
  return journal >= 0 && path && strncmp(path, directory, directory_length) == 0 &&
         path[directory_length] == '/';
}

static const char *name_of(int fd) { return fd >= 0 && fd < FDS ? names[fd] : NULL; }

static void record(char kind, const char *name, int64_t offset, const void *data, int32_t size) {
  char head[17];
  int32_t name_size = (int32_t)strlen(name);
  head[0] = kind;
  memcpy(head + 1, &name_size, 4);
  memcpy(head + 5, &offset, 8);
  memcpy(head + 13, &size, 4);
  struct iovec parts[3] = {{head, sizeof head}, {(void *)name, name_size}, {(void *)data, size}};
  if (writev(journal, parts, 3) != (ssize_t)sizeof head + name_size + size) abort();
}

static void opened(int fd, const char *path, int flags, int existed) {
  if (fd < 0 || fd >= FDS || !ours(path)) return;
  names[fd] = strdup(path + directory_length + 1);
  if ((!existed && (flags & O_CREAT)) || (flags & O_TRUNC)) record('O', names[fd], 0, "", 0);
}

static int exists(const char *path) {
  struct stat status;
  return stat(path, &status) == 0;
}

static int mode_of(int flags, va_list rest) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, int) : 0; }

static int do_open(const char *path, int flags, int mode) {
  if (!ours(path)) return real_open(path, flags, mode);
  pthread_mutex_lock(&lock);
  int existed = exists(path);
  int fd = real_open(path, flags, mode);
  opened(fd, path, flags, existed);
  pthread_mutex_unlock(&lock);
  return fd;
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  int mode = mode_of(flags, rest);
  va_end(rest);
  return do_open(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  int mode = mode_of(flags, rest);
  va_end(rest);
  return do_open(path, flags, mode);
}

static int do_openat(int at, const char *path, int flags, int mode) {
  if (!ours(path)) return real_openat(at, path, flags, mode);
  return do_open(path, flags, mode);
}

int openat(int at, const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  int mode = mode_of(flags, rest);
  va_end(rest);
  return do_openat(at, path, flags, mode);
}

int openat64(int at, const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  int mode = mode_of(flags, rest);
  va_end(rest);
  return do_openat(at, path, flags, mode);
}

int close(int fd) {
  if (!name_of(fd)) return real_close(fd);
  pthread_mutex_lock(&lock);
  names[fd] = NULL;
  int result = real_close(fd);
  pthread_mutex_unlock(&lock);
  return result;
}

ssize_t write(int fd, const void *data, size_t size) {
  const char *name = name_of(fd);
  if (journal < 0 || (!name && fd != 1)) return real_write(fd, data, size);
  pthread_mutex_lock(&lock);
  int64_t offset = name ? lseek64(fd, 0, SEEK_CUR) : 0;
  ssize_t written = real_write(fd, data, size);
  if (written > 0) record(name ? 'W' : 'A', name ? name : "", offset, data, (int32_t)written);
  pthread_mutex_unlock(&lock);
  return written;
}

static ssize_t do_pwrite(int fd, const void *data, size_t size, off64_t offset) {
  const char *name = name_of(fd);
  if (!name) return real_pwrite(fd, data, size, offset);
  pthread_mutex_lock(&lock);
  ssize_t written = real_pwrite(fd, data, size, offset);
  if (written > 0) record('W', name, offset, data, (int32_t)written);
  pthread_mutex_unlock(&lock);
  return written;
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) {
  return do_pwrite(fd, data, size, offset);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
  return do_pwrite(fd, data, size, offset);
}

static void note(char kind, const char *name) {
  pthread_mutex_lock(&lock);
  record(kind, name, 0, "", 0);
  pthread_mutex_unlock(&lock);
}

static int do_sync(int fd, int (*real)(int)) {
  const char *name = name_of(fd);
  if (!name) return real(fd);
  note('f', name);
  int result = real(fd);
  if (result == 0) note('F', name);
  return result;
}

int fsync(int fd) { return do_sync(fd, real_fsync); }

int fdatasync(int fd) { return do_sync(fd, real_fdatasync); }

static int do_truncate(int fd, off64_t length) {
  const char *name = name_of(fd);
  if (!name) return real_ftruncate(fd, length);
  pthread_mutex_lock(&lock);
  int result = real_ftruncate(fd, length);
  if (result == 0) record('T', name, length, "", 0);
  pthread_mutex_unlock(&lock);
  return result;
}

int ftruncate(int fd, off_t length) { return do_truncate(fd, length); }

int ftruncate64(int fd, off64_t length) { return do_truncate(fd, length); }

int rename(const char *from, const char *to) {
  if (!ours(from) || !ours(to)) return real_rename(from, to);
  pthread_mutex_lock(&lock);
  int result = real_rename(from, to);
  if (result == 0) {
    const char *target = to + directory_length + 1;
    const char *source = from + directory_length + 1;
    record('R', source, 0, target, (int32_t)strlen(target));
    for (int fd = 0; fd < FDS; fd++)
      if (names[fd] && strcmp(names[fd], source) == 0) names[fd] = strdup(target);
  }
  pthread_mutex_unlock(&lock);
  return result;
}

static int removed(const char *path, int result) {
  if (result == 0) record('D', path + directory_length + 1, 0, "", 0);
  return result;
}

int unlink(const char *path) {
  if (!ours(path)) return real_unlink(path);
  pthread_mutex_lock(&lock);
  int result = removed(path, real_unlink(path));
  pthread_mutex_unlock(&lock);
  return result;
}

int unlinkat(int at, const char *path, int flags) {
  if (!ours(path)) return real_unlinkat(at, path, flags);
  pthread_mutex_lock(&lock);
  int result = removed(path, real_unlinkat(at, path, flags));
  pthread_mutex_unlock(&lock);
  return result;
}

int remove(const char *path) { return unlink(path) == 0 ? 0 : rmdir(path); }
