package org.mapi4j.engine.shared;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SystemChance;

/**
 * Which processes have a directory open: a file for each, locked while its process lives. Whether
 * someone who is silent is dead or only stopped, the system says.
 */
final class Members implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("org.mapi4j.engine.shared");
  private static final String FOLDER = "mapi4j.members";
  private static final int NAME_BYTES = 16;
  private static final Pattern NAME = Pattern.compile("[0-9A-F]{%d}".formatted(2 * NAME_BYTES));

  /** The files of this process, which it must not open again: closing would end the lock. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final String name;
  private final FileChannel channel;

  private Members(Path folder, String name, FileChannel channel) {
    this.folder = folder;
    this.name = name;
    this.channel = channel;
  }

  /** Joins: from now on the process is a member. */
  static Members join(Path directory) throws IOException {
    Path folder = directory.resolve(FOLDER);
    String name = Bytes.wrap(SystemChance.bytes(NAME_BYTES)).toHex();
    Path file = folder.resolve(name);
    OWN.add(file);
    try {
      while (true) {
        try {
          Files.createDirectory(folder);
        } catch (FileAlreadyExistsException usual) {
          // Someone was here before.
        }
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock != null && Files.exists(file)) {
          return new Members(folder, name, channel);
        }
        channel.close(); // someone took it for a dead one's in between
      }
    } catch (IOException | RuntimeException | Error failed) {
      OWN.remove(file);
      throw failed;
    }
  }

  /** Whether it is a name that a member may have; others may lead out of the folder. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** This process's name among the members. */
  String name() {
    return name;
  }

  /** The other members that live. Files of dead ones go. */
  List<String> others() throws IOException {
    List<String> alive = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String other = file.getFileName().toString();
        if (!other.equals(name) && isName(other) && isAlive(other)) {
          alive.add(other);
        }
      }
    }
    return alive;
  }

  /**
   * True while the process of a member lives. A file that this process may not even read is none of
   * its user's, and keeps nobody waiting.
   */
  boolean isAlive(String member) throws IOException {
    Path file = folder.resolve(member);
    if (OWN.contains(file)) {
      return true;
    }
    FileChannel probe = null;
    try {
      // A lock that others may share asks for no more than reading, and the member's excludes it.
      probe = KeptChannels.open(file, StandardOpenOption.READ);
      FileLock lock = probe.tryLock(0, Long.MAX_VALUE, true);
      if (lock != null) {
        Files.deleteIfExists(file);
      }
      return lock == null;
    } catch (NoSuchFileException gone) {
      return false;
    } catch (AccessDeniedException notOurs) {
      LOG.log(System.Logger.Level.WARNING, "{0} is passed over: {1}", file, notOurs.toString());
      return false;
    } catch (OverlappingFileLockException throughAnotherCopyOfThisClass) {
      KeptChannels.keep(file, probe);
      probe = null;
      return true;
    } finally {
      if (probe != null) {
        probe.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    Path file = folder.resolve(name);
    try {
      Files.deleteIfExists(file);
    } finally {
      channel.close();
      OWN.remove(file);
    }
  }
}
