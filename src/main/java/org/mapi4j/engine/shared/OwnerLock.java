package org.mapi4j.engine.shared;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lock that makes a process the owner of a directory, held from before its engine is opened
 * until after it is closed, also while the engine opens its files again after a fault. The system
 * ends it with the process.
 */
final class OwnerLock implements AutoCloseable {
  private static final String NAME = "mapi4j.lock";

  /**
   * A process that closes any channel of a file loses its locks on it: so nobody opens the file
   * where this process has it locked.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private final Object key;

  private OwnerLock(Path file, FileChannel channel, Object key) {
    this.file = file;
    this.channel = channel;
    this.key = key;
  }

  /** The lock, or empty when someone else has it. */
  static Optional<OwnerLock> tryAcquire(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    if (!HELD.add(file)) {
      return Optional.empty();
    }
    FileChannel channel = null;
    try {
      channel = KeptChannels.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(new OwnerLock(file, channel, key(file)));
      }
    } catch (OverlappingFileLockException throughAnotherCopyOfThisClass) {
      KeptChannels.keep(file, channel);
      channel = null;
    } catch (IOException | RuntimeException | Error failed) {
      release(file, channel);
      throw failed;
    }
    release(file, channel);
    return Optional.empty();
  }

  private static Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  /**
   * False when the file of that name is another one by now, or none, so that this lock keeps nobody
   * out.
   */
  boolean isInPlace() {
    try {
      return Objects.equals(key, key(file));
    } catch (NoSuchFileException gone) {
      return false;
    } catch (IOException unknown) {
      return true; // looked at again soon
    }
  }

  private static void release(Path file, FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      HELD.remove(file);
    }
  }

  @Override
  public void close() throws IOException {
    release(file, channel);
  }
}
