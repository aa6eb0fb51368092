package org.mapi4j.format.msg;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The header of an OLE2 file and the length of its directory, looked at before the library builds
 * its tables: they are as large as the file claims. Source: [MS-CFB] 2.2.
 */
final class Ole2Header {
  private static final long SIGNATURE = 0xE11AB1A1E011CFD0L;
  private static final int SIZE = 512;
  private static final int DIFAT_IN_HEADER = 109;
  private static final int ENTRY_BYTES = 128;
  private static final int LAST_SECTOR = 0xFFFFFFFA;

  private final FileChannel file;
  private final ByteBuffer header;
  private final int sectorBytes;
  private final List<Integer> difatSectors = new ArrayList<>();

  private Ole2Header(FileChannel file, ByteBuffer header) {
    this.file = file;
    this.header = header;
    this.sectorBytes = 1 << header.getShort(30);
  }

  /** Refuses what is no OLE2 file or has a directory beyond the limits. */
  static void check(FileChannel file, MsgLimits limits) throws IOException {
    ByteBuffer header = read(file, 0, SIZE, "header");
    if (header.getLong(0) != SIGNATURE) {
      throw new FormatException(
          "header.signature at offset 0: expected D0CF11E0A1B11AE1, found %016X [MS-CFB] 2.2"
              .formatted(Long.reverseBytes(header.getLong(0))));
    }
    expect(header, 30, "sectorShift", 9, 12);
    expect(header, 32, "miniSectorShift", 6, 6);
    new Ole2Header(file, header).checkDirectory(limits);
  }

  private static void expect(ByteBuffer header, int offset, String field, int one, int other)
      throws FormatException {
    int found = header.getShort(offset);
    if (found != one && found != other) {
      throw new FormatException(
          "header.%s at offset %d: expected %s, found %d [MS-CFB] 2.2"
              .formatted(field, offset, one == other ? one : one + " or " + other, found));
    }
  }

  private void checkDirectory(MsgLimits limits) throws IOException {
    long sectorsMax = (long) limits.directoryEntriesMax() * ENTRY_BYTES / sectorBytes;
    long sectors = 0;
    Set<Integer> seen = new HashSet<>();
    for (int at = header.getInt(48); isSector(at); at = next(at)) {
      if (!seen.add(at)) {
        throw new FormatException(
            "directory sector %d: its chain comes back to it [MS-CFB] 2.6".formatted(at));
      }
      if (++sectors > sectorsMax) {
        throw FormatException.tooLarge(
            "directory entries",
            sectors * sectorBytes / ENTRY_BYTES,
            "directoryEntriesMax",
            limits.directoryEntriesMax());
      }
    }
  }

  /** The sector after this one in its chain. */
  private int next(int sector) throws IOException {
    int within = checked(sector, "directory sector");
    int perSector = sectorBytes / 4;
    int fat = fatSector(within / perSector);
    long at = offset(fat) + 4L * (within % perSector);
    return read(file, at, 4, "FAT entry of sector " + sector).getInt(0);
  }

  /** Where the n-th sector of the FAT is: the first ones stand in the header. */
  private int fatSector(int index) throws IOException {
    if (index < DIFAT_IN_HEADER) {
      return checked(header.getInt(76 + 4 * index), "header.difat[" + index + "]");
    }
    int perSector = sectorBytes / 4 - 1;
    int rest = index - DIFAT_IN_HEADER;
    while (difatSectors.size() <= rest / perSector) {
      difatSectors.add(
          difatSectors.isEmpty()
              ? checked(header.getInt(68), "header.firstDifatSector")
              : checked(linkOf(difatSectors.get(difatSectors.size() - 1)), "DIFAT link"));
    }
    long at = offset(difatSectors.get(rest / perSector)) + 4L * (rest % perSector);
    return checked(read(file, at, 4, "DIFAT").getInt(0), "DIFAT entry " + index);
  }

  private int linkOf(int difat) throws IOException {
    return read(file, offset(difat) + sectorBytes - 4, 4, "DIFAT").getInt(0);
  }

  /** Every sector that is followed lies within the file: this bounds the tables and the work. */
  @CanIgnoreReturnValue
  private int checked(int sector, String field) throws IOException {
    if (sector < 0 || offset(sector) >= file.size()) {
      throw new FormatException(
          "%s: expected a sector of a file of %d bytes, found 0x%08X [MS-CFB] 2.3"
              .formatted(field, file.size(), sector));
    }
    return sector;
  }

  private static boolean isSector(int number) {
    return Integer.compareUnsigned(number, LAST_SECTOR) <= 0;
  }

  private long offset(int sector) {
    return (Integer.toUnsignedLong(sector) + 1) * sectorBytes;
  }

  private static ByteBuffer read(FileChannel file, long at, int bytes, String what)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, at + buffer.position()) < 0) {
        throw new FormatException(
            "%s at offset %d: expected %d bytes, the file has %d [MS-CFB]"
                .formatted(what, at, bytes, file.size()));
      }
    }
    return buffer;
  }
}
