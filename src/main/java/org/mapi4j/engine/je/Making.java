package org.mapi4j.engine.je;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The making of a store, which a power cut may end. A note says that it has begun, from before the
 * log is there; while it is empty the making has not ended, no commit was ever given to the log,
 * and it is made anew. What it says at the end is on the disk before the first commit.
 *
 * <p>An empty note alone has no log removed: it may have come into a finished store with a copy
 * that keeps what its source no longer has. A mark of the log's end, written only when the log is
 * on the disk, or a log larger than any that is being made say that the store is finished.
 */
final class Making {
  private static final String NOTE = "mapi4j.begun";
  private static final byte[] ENDED = {'e', 'n', 'd', 'e', 'd', '\n'};
  private static final String LOCK = "je.lck";
  private static final String FIRST_FILE = "00000000.jdb";

  /** What JE begins each file of its log with: 14 bytes of an entry's header and 24 of its own. */
  private static final int FILE_HEADER_BYTES = 38;

  /** More than a log has before the first commit, which is some 10 KiB. */
  private static final int BEGUN_BYTES_MAX = 1 << 20;

  private Making() {}

  /** Whether a store was made in a directory to its end. */
  static boolean isEnded(Path directory) throws IOException {
    return Files.isDirectory(directory) && holdsStore(directory, log(directory));
  }

  private static boolean holdsStore(Path directory, List<Path> log) throws IOException {
    if (log.isEmpty()) {
      return false;
    }
    return isEmpty(directory.resolve(NOTE))
        ? CleanMark.tells(directory) || bytes(log) > BEGUN_BYTES_MAX
        : CleanMark.exists(directory) || !isWithoutHeader(log);
  }

  private static long bytes(List<Path> log) throws IOException {
    long bytes = 0;
    for (Path file : log) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private static boolean isEmpty(Path note) throws IOException {
    try {
      return Files.size(note) == 0;
    } catch (NoSuchFileException removed) {
      return false;
    }
  }

  /** Whether a first file is all and lacks its header. JE refuses it; earlier programs left it. */
  private static boolean isWithoutHeader(List<Path> log) throws IOException {
    return log.size() == 1
        && log.get(0).getFileName().toString().equals(FIRST_FILE)
        && Files.size(log.get(0)) < FILE_HEADER_BYTES;
  }

  /**
   * Takes away what is left of a store that was never made to its end, and notes on the disk that
   * one is begun. Not where another process is making one, which holds JE's lock, or has made it.
   */
  static void begin(Path directory) throws IOException {
    Files.createDirectories(directory);
    try (FileChannel lock = create(directory.resolve(LOCK))) {
      if (lock.tryLock() == null) {
        return;
      }
      List<Path> log = log(directory); // with the lock: who had it may have made one meanwhile
      if (holdsStore(directory, log)) {
        return;
      }
      for (Path file : log) {
        Files.delete(file);
      }
      CleanMark.remove(directory); // of a log that somebody deleted
      try (FileChannel note = create(directory.resolve(NOTE))) {
        note.truncate(0);
        note.force(true);
      }
    } catch (OverlappingFileLockException inThisProcess) {
      return; // JE names who has it
    }
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** The store is made and on the disk. Harmless when it was made long ago. */
  static void end(Path directory) throws IOException {
    Path file = directory.resolve(NOTE);
    if (Files.exists(file)) {
      try (FileChannel note = FileChannel.open(file, StandardOpenOption.WRITE)) {
        int written = note.write(ByteBuffer.wrap(ENDED));
        assert written > 0 : written;
        note.force(true); // removing it need not reach the disk before the first commit does
      }
      Files.delete(file);
    }
  }

  /** The files of the log, JE's note of damage among them. */
  private static List<Path> log(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().endsWith(".jdb")).toList();
    }
  }
}
