package org.mapi4j.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * What src/test/native/journal.c wrote, and the disks that a power cut at one of its records may
 * leave. A file's writes before a completed sync of it are there. Of later ones each is there,
 * gone, or torn at sectors, whatever became of those before it. Making, cutting, renaming and
 * removing files happens in order, as journaling file systems do it, and is there up to the last
 * completed sync at least.
 */
final class Journal {
  private static final int SECTOR_BYTES = 512;

  private final List<Entry> entries;

  /** One record; see journal.c for the kinds. */
  record Entry(char kind, String name, long offset, byte[] data) {}

  private Journal(List<Entry> entries) {
    this.entries = entries;
  }

  static Journal read(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
    List<Entry> entries = new ArrayList<>();
    while (in.hasRemaining()) {
      char kind = (char) in.get();
      byte[] name = new byte[in.getInt()];
      long offset = in.getLong();
      byte[] data = new byte[in.getInt()];
      in.get(name).get(data);
      entries.add(new Entry(kind, new String(name, StandardCharsets.UTF_8), offset, data));
    }
    return new Journal(entries);
  }

  int size() {
    return entries.size();
  }

  /** The lines printed before a record. */
  List<String> printed(int cut) {
    StringBuilder text = new StringBuilder();
    for (Entry entry : entries.subList(0, cut)) {
      if (entry.kind() == 'A') {
        text.append(new String(entry.data(), StandardCharsets.US_ASCII));
      }
    }
    String whole = text.substring(0, text.lastIndexOf("\n") + 1);
    return whole.lines().toList();
  }

  /** Writes a disk that a power cut before a record may leave. */
  void image(int cut, RandomGenerator chance, Path directory) throws IOException {
    Map<String, Content> files = new TreeMap<>();
    Map<String, Integer> syncedBefore = syncs(cut);
    int named = namesKept(cut, chance);
    for (int i = 0; i < cut; i++) {
      Entry entry = entries.get(i);
      boolean synced = i < syncedBefore.getOrDefault(entry.name(), 0);
      switch (entry.kind()) {
        case 'W' -> write(files, entry, synced, chance);
        case 'O', 'T', 'R', 'D' -> {
          if (synced || i < named) {
            rename(files, entry);
          }
        }
        default -> {}
      }
    }
    Files.createDirectories(directory);
    for (Map.Entry<String, Content> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue().bytes());
    }
  }

  /** For each file, the record where its last completed sync began. */
  private Map<String, Integer> syncs(int cut) {
    Map<String, Integer> begun = new TreeMap<>();
    Map<String, Integer> completed = new TreeMap<>();
    for (int i = 0; i < cut; i++) {
      Entry entry = entries.get(i);
      if (entry.kind() == 'f') {
        begun.put(entry.name(), i);
      } else if (entry.kind() == 'F') {
        completed.merge(entry.name(), begun.get(entry.name()), Math::max);
      }
    }
    return completed;
  }

  /** Up to which record changes of names are there: at least to the last completed sync. */
  private int namesKept(int cut, RandomGenerator chance) {
    int last = syncs(cut).values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return last + chance.nextInt(cut - last + 1);
  }

  private static void rename(Map<String, Content> files, Entry entry) {
    switch (entry.kind()) {
      case 'O' -> files.put(entry.name(), new Content());
      case 'T' -> content(files, entry.name()).truncate(entry.offset());
      case 'D' -> files.remove(entry.name());
      default -> {
        Content moved = files.remove(entry.name());
        if (moved != null) {
          files.put(new String(entry.data(), StandardCharsets.UTF_8), moved);
        }
      }
    }
  }

  private static Content content(Map<String, Content> files, String name) {
    return files.computeIfAbsent(name, n -> new Content());
  }

  private static void write(
      Map<String, Content> files, Entry entry, boolean synced, RandomGenerator chance) {
    Content file = files.get(entry.name());
    if (file == null) {
      return; // the file itself did not survive
    }
    int fate = synced ? 0 : chance.nextInt(3);
    if (fate == 0) {
      file.write(entry.offset(), entry.data(), 0, entry.data().length);
    } else if (fate == 1) {
      tear(file, entry, chance);
    }
  }

  private static void tear(Content file, Entry entry, RandomGenerator chance) {
    byte[] data = entry.data();
    int from = 0;
    while (from < data.length) {
      int inSector = (int) ((entry.offset() + from) % SECTOR_BYTES);
      int to = Math.min(data.length, from + SECTOR_BYTES - inSector);
      if (chance.nextBoolean()) {
        file.write(entry.offset() + from, data, from, to);
      }
      from = to;
    }
  }

  /** A file's bytes. What was never written reads as zeros. */
  private static final class Content {
    private byte[] bytes = new byte[0];
    private int length;

    void write(long offset, byte[] data, int from, int to) {
      int end = Math.toIntExact(offset + to - from);
      if (end > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
      }
      System.arraycopy(data, from, bytes, (int) offset, to - from);
      length = Math.max(length, end);
    }

    void truncate(long size) {
      int end = Math.toIntExact(size);
      if (end < length) {
        Arrays.fill(bytes, end, length, (byte) 0);
      } else if (end > bytes.length) {
        bytes = Arrays.copyOf(bytes, end);
      }
      length = end;
    }

    byte[] bytes() {
      return Arrays.copyOf(bytes, length);
    }
  }
}
