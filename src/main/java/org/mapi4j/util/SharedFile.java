package org.mapi4j.util;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file that a stream and its clones share, guarded by its own monitor. Not a FileChannel, which
 * an interrupt of the calling thread would close for all of them.
 */
final class SharedFile {
  private final Path path;
  private final boolean writable;
  private final boolean deleteOnRelease;
  private final RandomAccessFile file;
  private int users = 1;

  SharedFile(Path path, boolean writable, boolean deleteOnRelease) throws IOException {
    this.path = path.toAbsolutePath();
    this.writable = writable;
    this.deleteOnRelease = deleteOnRelease;
    this.file = new RandomAccessFile(this.path.toFile(), writable ? "rw" : "r");
  }

  Path path() {
    return path;
  }

  boolean writable() {
    return writable;
  }

  void use() {
    users++;
  }

  /** Reads until the count or the end; the bytes read. */
  int read(long position, byte[] pv, int offset, int cb) throws IOException {
    file.seek(position);
    int total = 0;
    while (total < cb) {
      int n = file.read(pv, offset + total, cb - total);
      if (n < 0) {
        break;
      }
      total += n;
    }
    return total;
  }

  void write(long position, byte[] pv, int offset, int cb) throws IOException {
    file.seek(position);
    file.write(pv, offset, cb);
  }

  long size() throws IOException {
    return file.length();
  }

  void setSize(long size) throws IOException {
    file.setLength(size);
  }

  void sync() throws IOException {
    if (writable) {
      file.getFD().sync();
    }
  }

  /** True when the disk has no room; false when that cannot be told. */
  boolean isFull() {
    return path.toFile().getUsableSpace() == 0;
  }

  /** One user less; the last one closes the file, and deletes it where that was asked for. */
  void release() {
    users--;
    if (users > 0) {
      return;
    }
    try {
      file.close();
      if (deleteOnRelease) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("closing " + path, e);
    }
  }
}
