package org.mapi4j.engine.shared;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.mapi4j.spi.Stamps;
import org.mapi4j.types.Bytes;
import org.mapi4j.types.SystemChance;

/**
 * The stamps of a directory's shard in a file that every process maps: the owner writes, all read.
 * It has its full size, written out, before anyone maps it, and is never made shorter: touching a
 * page that is not there ends a process. Its bytes mean nothing after a restart of the machine,
 * which the next owner makes sure of.
 *
 * @param id which file this is; a guest counts on the file of its owner only
 * @param stamps the stamps in it
 * @param header the bytes before the stamps
 */
record StampFile(Bytes id, Stamps stamps, ByteBuffer header) {
  /** The name has the format's version: another format is another file. */
  private static final String NAME = "mapi4j.stamps1";

  private static final int ID_BYTES = 16;
  private static final int SETTLED_AT = ID_BYTES;
  private static final byte SETTLED = 1;
  private static final int HEADER_BYTES = 4096;

  /** Even, positive, and with room to grow. */
  private static final long START_BITS = 0x3FFF_FFFF_FFFF_FFFEL;

  private static final int FILE_BYTES = HEADER_BYTES + Stamps.BYTES;

  /** The file for writing, made when absent. Only for the owner. */
  static StampFile own(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    if (!Files.exists(file) || Files.size(file) != FILE_BYTES) {
      Path made = directory.resolve(NAME + ".new");
      Files.write(made, content());
      Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return of(channel.map(FileChannel.MapMode.READ_WRITE, 0, FILE_BYTES));
    }
  }

  /**
   * False while processes that were there when the file was made may map one before it, which
   * somebody deleted.
   */
  boolean isSettled() {
    return header.get(SETTLED_AT) == SETTLED;
  }

  /** All processes that live have come to an owner of this file. By the owner. */
  void settle() {
    header.put(SETTLED_AT, SETTLED);
  }

  /**
   * A file of its own: its stamps begin where no other's do, so that what was read under the stamps
   * of one that somebody deleted does not seem to be of this one.
   */
  private static byte[] content() {
    byte[] id = SystemChance.bytes(ID_BYTES);
    long start = ByteBuffer.wrap(SystemChance.bytes(Long.BYTES)).getLong();
    long even = start & START_BITS;
    ByteBuffer whole = ByteBuffer.allocate(FILE_BYTES).order(ByteOrder.nativeOrder()).put(id);
    for (int at = HEADER_BYTES; at < FILE_BYTES - Long.BYTES; at += Long.BYTES) {
      whole.putLong(at, even);
    }
    return whole.array();
  }

  /** The owner's file for reading; empty when it is another one or none. */
  static Optional<StampFile> of(Path directory, Bytes id) throws IOException {
    if (id.isEmpty()) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(directory.resolve(NAME), StandardOpenOption.READ)) {
      if (channel.size() != FILE_BYTES) {
        return Optional.empty();
      }
      StampFile file = of(channel.map(FileChannel.MapMode.READ_ONLY, 0, FILE_BYTES));
      return file.id.equals(id) ? Optional.of(file) : Optional.empty();
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  private static StampFile of(MappedByteBuffer whole) {
    byte[] id = new byte[ID_BYTES];
    whole.get(0, id);
    ByteBuffer stamps = whole.slice(HEADER_BYTES, Stamps.BYTES);
    return new StampFile(Bytes.wrap(id), new Stamps(stamps), whole.slice(0, HEADER_BYTES));
  }
}
