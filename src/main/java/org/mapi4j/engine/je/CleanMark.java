package org.mapi4j.engine.je;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.mapi4j.spi.StorageFault;

/**
 * What the end of the log was when the store was made, or last closed. After a power cut JE takes
 * the first broken entry of the last file for the end of the log, and cuts off what follows. That
 * is right for a tail that never reached the disk; for damage it would silently drop commits that
 * did. Log files only grow, so what was there then must be there ever after: when it is not,
 * opening stops before JE changes anything.
 */
final class CleanMark {
  private static final String NAME = "mapi4j.closed";
  private static final Pattern TEXT =
      Pattern.compile("([0-9a-f]{8}\\.jdb) (\\d+) bytes, CRC-32C ([0-9a-f]{8})");

  private CleanMark() {}

  /** Whether a store was ever made in this directory to its end. */
  static boolean exists(Path directory) {
    return Files.exists(directory.resolve(NAME));
  }

  /** Whether one says what the end of the log was: a crash while it was written leaves none. */
  static boolean tells(Path directory) throws IOException {
    return exists(directory) && text(directory).matches();
  }

  private static Matcher text(Path directory) throws IOException {
    return TEXT.matcher(Files.readString(directory.resolve(NAME), ISO_8859_1).strip());
  }

  /** Before another log is begun. */
  static void remove(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(NAME));
  }

  /** Notes the end of a log that is on the disk whole. */
  static void write(Path directory) throws IOException {
    Optional<Path> last = lastFile(directory);
    if (last.isPresent()) {
      try (FileChannel log = FileChannel.open(last.get(), StandardOpenOption.WRITE)) {
        log.force(true); // the mark must not reach the disk before what it speaks of
      }
      long length = Files.size(last.get());
      String text =
          "%s %d bytes, CRC-32C %08x%n"
              .formatted(last.get().getFileName(), length, crc(last.get(), length));
      Files.writeString(directory.resolve(NAME), text);
    }
  }

  /** Throws Damaged when the last file is no longer what it was at the last close. */
  static void verify(Path directory) throws IOException {
    if (!exists(directory)) {
      return;
    }
    Matcher text = text(directory);
    Optional<Path> last = lastFile(directory);
    if (!text.matches() || last.isEmpty()) {
      return; // a crash while it was written: it says nothing
    }
    int order = text.group(1).compareTo(last.get().getFileName().toString());
    long length = Long.parseLong(text.group(2));
    if (order > 0) {
      throw damaged(directory, text.group(1), "is missing");
    }
    if (order == 0) {
      if (Files.size(last.get()) < length) {
        throw damaged(
            directory, text.group(1), "is shorter than the %d bytes it had".formatted(length));
      }
      if (crc(last.get(), length) != Long.parseLong(text.group(3), 16)) {
        throw damaged(directory, text.group(1), "has other contents than it had");
      }
    }
  }

  private static StorageFault damaged(Path directory, String file, String how) {
    return new StorageFault.Damaged(
        "%s is damaged in %s: it %s when the store was made or last closed"
            .formatted(directory, file, how),
        null);
  }

  private static Optional<Path> lastFile(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[0-9a-f]{8}\\.jdb"))
          .filter(file -> !file.endsWith(JeStore.MARKER))
          .max(Path::compareTo);
    }
  }

  private static long crc(Path file, long length) throws IOException {
    CRC32C crc = new CRC32C();
    byte[] block = new byte[1 << 18];
    try (InputStream in = Files.newInputStream(file)) {
      long left = length;
      while (left > 0) {
        int read = in.read(block, 0, (int) Math.min(block.length, left));
        if (read < 0) {
          break;
        }
        crc.update(block, 0, read);
        left -= read;
      }
    }
    return crc.getValue();
  }
}
