package org.mapi4j.engine.je;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The making of a store, which a power cut may end. A note says that it has begun, from before the
 * log is there until the {@link CleanMark} says that it has ended. The log of a store that was
 * never made to its end holds no commit: it is made anew.
 */
final class Making {
  private static final String NOTE = "mapi4j.begun";
  private static final String LOCK = "je.lck";
  private static final String FIRST_FILE = "00000000.jdb";

  /** What JE begins each file of its log with: 14 bytes of an entry's header and 24 of its own. */
  private static final int FILE_HEADER_BYTES = 38;

  private Making() {}

  /** Whether a directory's log is one that was never made to its end, or is being made. */
  static boolean isUnfinished(Path directory, List<Path> log) throws IOException {
    if (CleanMark.exists(directory)) {
      return false;
    }
    return Files.exists(directory.resolve(NOTE)) || isWithoutHeader(log);
  }

  /** Whether a first file is all and lacks its header. JE refuses it; earlier programs left it. */
  private static boolean isWithoutHeader(List<Path> log) throws IOException {
    return log.size() == 1
        && log.get(0).getFileName().toString().equals(FIRST_FILE)
        && Files.size(log.get(0)) < FILE_HEADER_BYTES;
  }

  /** Notes on the disk that a store is begun; what is left of one that was never made goes. */
  static void begin(Path directory) throws IOException {
    Files.createDirectories(directory);
    removeUnfinished(directory);
    try (FileChannel note = create(directory.resolve(NOTE))) {
      note.force(true);
    }
  }

  /** Not while another process makes it, which holds JE's lock. */
  private static void removeUnfinished(Path directory) throws IOException {
    if (log(directory).isEmpty()) {
      return;
    }
    try (FileChannel lock = create(directory.resolve(LOCK))) {
      List<Path> log = log(directory);
      if (lock.tryLock() != null && isUnfinished(directory, log)) {
        for (Path file : log) {
          Files.delete(file);
        }
      }
    } catch (OverlappingFileLockException inThisProcess) {
      return; // JE names who has it
    }
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** The store is made, and {@link CleanMark} says so on the disk. */
  static void end(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(NOTE));
  }

  /** The files of the log, JE's note of damage among them. */
  static List<Path> log(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().endsWith(".jdb")).toList();
    }
  }
}
