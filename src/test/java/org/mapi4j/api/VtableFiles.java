package org.mapi4j.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the tab-separated files of the specification and of the tests, without their heads. */
final class VtableFiles {
  private VtableFiles() {}

  static List<String[]> rows(String file) {
    return read("/org/mapi4j/spec/" + file);
  }

  static List<String[]> testRows(String file) {
    return read("/org/mapi4j/api/" + file);
  }

  private static List<String[]> read(String path) {
    try (InputStream in = VtableFiles.class.getResourceAsStream(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }
}
