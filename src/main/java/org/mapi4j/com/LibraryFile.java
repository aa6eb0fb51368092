package org.mapi4j.com;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A native library as its file shows it; nothing is loaded.
 *
 * @param path the file
 * @param bits 64 or 32, 0 for a file that is no library
 * @param bridge the bridge version it was built for, as {@link Host#version}; empty when it has
 *     none
 */
record LibraryFile(Path path, int bits, String bridge) {
  /** The system property by which the library tells the JVM that it starts where it is. */
  static final String PROPERTY = "mapi4j.library";

  private static final String MARK = "mapi4j-bridge=";
  private static final int BYTES_MAX = 64 << 20;
  private static final int ELF_CLASS = 4;
  private static final int PE_START = 0x3C;
  private static final int PE_I386 = 0x14C;
  private static final int PE_AMD64 = 0x8664;

  /** The systems it is built for: folder and name, as native/build.sh makes them. */
  enum Target {
    LINUX("linux-x86-64", "libmapi4j.so"),
    WINDOWS("win32-x86-64", "mapi4j.dll");

    final String folder;
    final String file;

    Target(String folder, String file) {
      this.folder = folder;
      this.file = file;
    }

    /** The one of a system, by its os.name. */
    static Target of(String osName) {
      return osName.toLowerCase(Locale.ROOT).startsWith("windows") ? WINDOWS : LINUX;
    }
  }

  /**
   * Where the library for a system may be: the one that started this process, then beside the jar,
   * where the library itself would find the jar.
   */
  static List<Path> places(Target target) {
    Set<Path> places = new LinkedHashSet<>();
    String named = System.getProperty(PROPERTY);
    if (named != null && named.endsWith(target.file.substring(target.file.lastIndexOf('.')))) {
      places.add(Path.of(named));
    }
    Path jarFolder = jarFolder();
    if (jarFolder != null) {
      for (String folder : List.of("native/" + target.folder, target.folder, "native", "")) {
        places.add(jarFolder.resolve(folder).resolve(target.file));
      }
    }
    return new ArrayList<>(places);
  }

  /** The folder of the jar, or of the folder of classes; null when nobody knows. */
  private static Path jarFolder() {
    try {
      var source = LibraryFile.class.getProtectionDomain().getCodeSource();
      return source == null ? null : Path.of(source.getLocation().toURI()).getParent();
    } catch (URISyntaxException | FileSystemNotFoundException odd) {
      return null;
    }
  }

  /** Reads what a file says of itself. */
  static LibraryFile read(Path path) throws IOException {
    if (Files.size(path) > BYTES_MAX) {
      return new LibraryFile(path, 0, "");
    }
    byte[] file = Files.readAllBytes(path);
    return new LibraryFile(path, bits(file), bridge(file));
  }

  private static int bits(byte[] file) {
    if (file.length > PE_START + 4 && file[0] == 0x7F && file[1] == 'E' && file[2] == 'L') {
      return file[ELF_CLASS] == 1 ? 32 : file[ELF_CLASS] == 2 ? 64 : 0;
    }
    if (file.length > PE_START + 4 && file[0] == 'M' && file[1] == 'Z') {
      long header = Integer.toUnsignedLong(LittleEndian.getInt(file, PE_START));
      if (header + 6 <= file.length && file[(int) header] == 'P') {
        return switch (LittleEndian.getShort(file, (int) header + 4) & 0xFFFF) {
          case PE_I386 -> 32;
          case PE_AMD64 -> 64;
          default -> 0;
        };
      }
    }
    return 0;
  }

  /** What follows the mark, up to the NUL. */
  private static String bridge(byte[] file) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    int at = text.indexOf(MARK);
    int end = at < 0 ? -1 : text.indexOf('\0', at);
    return end < 0 ? "" : text.substring(at + MARK.length(), end);
  }
}
